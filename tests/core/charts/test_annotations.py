"""Annotations stand in the bucket of their moment, in the project's zone, and only where meant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.charts.annotations import belonging, placed, spoken
from phdesk.core.charts.spec import AxisMark
from phdesk.models.annotation import Annotation
from phdesk.models.insight import Insight
from tests.core.charts.asked import CONTEXT, item, trends


def note(at, content="Release", **more):
    return Annotation(content=content, at=datetime.fromisoformat(at), **more)


@pytest.mark.parametrize(
    ("one", "belongs"),
    [
        ({"scope": "organization"}, True),
        ({"scope": "project"}, True),
        ({"scope": "dashboard", "dashboard_id": 4}, True),
        ({"scope": "dashboard", "dashboard_id": 5}, False),
        ({"scope": "dashboard"}, False),
        ({"scope": "dashboard_item", "insight_id": 7}, True),
        ({"scope": "dashboard_item", "insight_id": 8}, False),
        ({"scope": "dashboard_item", "insight_short_id": "abc"}, True),
        ({"scope": "dashboard_item"}, False),
        ({"scope": "recording"}, False),
        ({"scope": ""}, False),
    ],
    ids=str,
)
def test_an_annotation_belongs_by_its_scope(one, belongs):
    found = belonging([note("2026-11-20T00:00+00:00", **one)], Insight(id=7, short_id="abc"), 4)
    assert bool(found) is belongs


def test_without_a_dashboard_only_wide_annotations_and_those_of_the_insight_belong():
    notes = [note("2026-11-20T00:00+00:00", scope="dashboard", dashboard_id=4)]
    assert belonging(notes, Insight(id=7), None) == []


@pytest.mark.parametrize(
    ("at", "starts", "interval", "timezone", "place"),
    [
        ("2026-11-20T23:30+00:00", ["2026-11-20", "2026-11-21"], "day", "UTC", 0),
        ("2026-11-20T23:30+00:00", ["2026-11-20", "2026-11-21"], "day", "Europe/Berlin", 1),
        ("2026-11-21T03:00+00:00", ["2026-11-20", "2026-11-21"], "day", "America/New_York", 0),
        ("2026-11-18T09:00+00:00", ["2026-11-08", "2026-11-15"], "week", "UTC", 1),
        ("2026-11-22T09:00+00:00", ["2026-11-09", "2026-11-16"], "week", "UTC", 1),
        ("2026-11-30T09:00+00:00", ["2026-10-01", "2026-11-01"], "month", "UTC", 1),
        ("2026-11-20T10:59+00:00", ["2026-11-20 10:00:00", "2026-11-20 11:00:00"], "hour", "", 0),
        ("2026-11-20T10:00+00:00", ["2026-11-20T10:00:00+01:00"], "hour", "Europe/Berlin", None),
        ("2026-11-20T09:10+00:00", ["2026-11-20T10:00:00+01:00"], "hour", "Europe/Berlin", 0),
        ("2026-11-22T09:00+00:00", ["2026-11-20", "2026-11-21"], "day", "UTC", None),
        ("2026-11-19T09:00+00:00", ["2026-11-20", "2026-11-21"], "day", "UTC", None),
        ("2026-11-21T09:00+00:00", ["2026-11-20", "2026-11-23"], "day", "UTC", None),
        ("2026-11-21T09:00+00:00", ["pro", "free"], "day", "UTC", None),
    ],
    ids=[
        "same day", "next day in Berlin", "day before in New York", "week from Sunday",
        "week from Monday", "month", "hour", "an hour too late", "hour with an offset",
        "after the range", "before the range", "a hidden weekend", "no times",
    ],
)  # fmt: skip
def test_an_annotation_stands_in_the_bucket_of_its_moment(at, starts, interval, timezone, place):
    marks = placed([note(at)], starts, interval, timezone)
    assert [mark.at for mark in marks] == ([] if place is None else [place])


def test_several_of_one_bucket_become_one_mark_in_order_of_time():
    notes = [note("2026-11-20T18:00+00:00", "Evening"), note("2026-11-20T09:00+00:00", "")]
    assert placed(notes, ["2026-11-20"], "day", "UTC") == (
        AxisMark(at=0, texts=("Annotation without text", "Evening")),
    )


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@given(st.lists(MOMENTS, max_size=30), st.sampled_from(ZONES))
def test_each_moment_of_the_range_is_marked_once_on_its_local_day(moments, timezone):
    first = datetime(2026, 11, 1)
    starts = [f"{first + timedelta(days=i):%Y-%m-%d}" for i in range(30)]
    marks = placed([note(f"{m:%Y-%m-%dT%H:%M:%S%z}") for m in moments], starts, "day", timezone)
    days = [f"{m.astimezone(ZoneInfo(timezone)):%Y-%m-%d}" for m in moments]
    assert {starts[mark.at]: len(mark.texts) for mark in marks} == {
        day: days.count(day) for day in set(days) & set(starts)
    }


@given(
    st.lists(MOMENTS, max_size=5),
    st.lists(st.text(max_size=12) | st.dates().map(str), max_size=6),
    st.sampled_from(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "?"]),
    st.text(max_size=8),
)
def test_any_starts_are_taken(moments, starts, interval, timezone):
    notes = [Annotation(at=moment) for moment in moments]
    marks = placed(notes, starts, interval, timezone)
    assert sum(len(mark.texts) for mark in marks) <= len(notes)
    assert all(0 <= mark.at < len(starts) for mark in marks)


def test_the_sentence_names_a_few_and_counts_the_rest():
    marks = [AxisMark(at=0, texts=tuple("abcdefg"))]
    assert spoken(marks, ["20 Nov"]).endswith("e (20 Nov); 2 more.")
    assert spoken([], []) == ""


NOTED = replace(CONTEXT, annotations=(note("2026-11-22T09:00+00:00", "Release 2.15"),))


@pytest.mark.parametrize("display", ["ActionsLineGraph", "ActionsBar", "ActionsAreaGraph"])
def test_a_chart_carries_its_marks_and_says_them(display):
    view = trends([item([1, 2, 3])], display, context=NOTED)
    assert view.body.marks == (AxisMark(at=1, texts=("Release 2.15",)),)
    assert "Annotated: Release 2.15 (Sun 22 Nov 2026)." in view.summary


def test_an_insight_may_leave_annotations_out():
    view = trends([item([1, 2, 3])], "ActionsLineGraph", {"showAnnotations": False}, NOTED)
    assert view.body.marks == ()
    assert "Annotated" not in view.summary


def test_the_zone_of_the_insight_wins():
    late = replace(NOTED, annotations=(note("2026-11-21T23:30+00:00"),))
    view = trends([item([1, 2, 3])], context=late, insight={"timezone": "Europe/Berlin"})
    assert [mark.at for mark in view.body.marks] == [1]
