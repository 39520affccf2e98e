"""Weekends leave the drawing when an insight wants that, and nothing else."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.context import Context
from phdesk.core.charts.trends_weekdays import weekday_places
from phdesk.core.question import Question
from phdesk.models.annotation import Annotation
from tests.core.charts.asked import NOW, item, trends

HIDE = {"hideWeekends": True}
WEEK = (18, 19, 20, 21, 22, 23)  # Wednesday to Monday, November 2026


def week(own=None, display=None, **source):
    return trends([item([1, 2, 4, 8, 16, 32], start=18)], display, own, **source)


@pytest.mark.parametrize("display", [None, "ActionsBar", "ActionsAreaGraph"])
def test_saturday_and_sunday_leave_the_chart(display):
    body = week(HIDE, display).body
    assert body.x_labels == ("18 Nov", "19 Nov", "20 Nov", "23 Nov")
    assert body.series[0].values == (1, 2, 4, 32)
    assert body.x_starts == ("2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23")
    assert body.series[0].dashed_from == 3


def test_totals_and_the_table_keep_every_day():
    view = week(HIDE, insight={"last_refresh": NOW})
    assert view.table.rows == (("signup", 63, 1, 2, 4, 8, 16, 32),)
    assert view.table.note == "The chart leaves weekends out."
    assert view.summary == (
        "Untitled insight: line chart, 1 series, last complete value 4 on 20 Nov 2026,"
        " total 63, weekends left out."
    )


@pytest.mark.parametrize(
    ("own", "source"),
    [
        pytest.param({}, {}, id="not asked"),
        pytest.param({"hideWeekends": False}, {}, id="switched off"),
        pytest.param(HIDE, {"interval": "week"}, id="weeks"),
        pytest.param(HIDE, {"interval": "hour"}, id="hours"),
    ],
)
def test_all_days_are_drawn_otherwise(own, source):
    view = week(own, **source)
    assert view.body.series[0].values == (1, 2, 4, 8, 16, 32)
    assert (view.table.note, "weekends" in view.summary) == ("", False)


def test_a_range_of_a_weekend_alone_is_drawn():
    assert trends([item([8, 16], start=21)], None, HIDE).body.series[0].values == (8, 16)


def test_a_period_before_keeps_its_places_beside_the_current_one():
    now = item([1, 2, 4, 8], start=19, compare=True, compare_label="current")
    before = item([10, 20, 40, 80, 99], start=13, compare=True, compare_label="previous")
    body = trends([now, before], None, HIDE).body
    assert body.series[0].values == (1, 2, None)
    assert body.series[1].values == (10, 20, 99)


def test_trends_and_averages_are_those_of_the_days_drawn():
    own = {**HIDE, "showMovingAverage": True, "movingAverageIntervals": 2}
    assert week(own).body.overlays[0].values == (None, 1.5, 3, 18)


def test_a_weekend_as_the_last_day_leaves_no_bucket_unfinished():
    context = Context(now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    body = trends([item([1, 2, 4, 8, 16], start=18)], None, HIDE, context).body
    assert body.series[0].dashed_from is None


def test_the_days_are_those_of_the_project_as_sent():
    context = Context(now=datetime(2026, 11, 23, 3, tzinfo=UTC), timezone="America/New_York")
    body = week(HIDE).body
    assert "23 Nov" in body.x_labels
    late = trends([item([1, 2], start=22)], None, HIDE, context).body
    assert late.x_labels == ("23 Nov",)  # Monday's bucket, though in New York it is Sunday still


def test_annotations_stand_at_the_days_that_are_left():
    notes = tuple(
        Annotation(id=i, content=day, at=datetime(2026, 11, int(day), 9, tzinfo=UTC))
        for i, day in enumerate(("20", "21", "23"))
    )
    context = Context(now=datetime(2026, 11, 23, 22, tzinfo=UTC), annotations=notes)
    marks = trends([item([1, 2, 4, 8], start=20)], None, HIDE, context).body.marks
    assert [(mark.at, mark.texts) for mark in marks] == [(0, ("20",)), (1, ("23",))]


@given(st.lists(st.dates().map(str) | st.sampled_from(["", "day 0", "2026-13-01"]), max_size=20))
def test_every_day_but_weekends_is_kept_in_order(days):
    places = weekday_places(days, Question(filter=HIDE))
    kept = list(range(len(days))) if places is None else places
    assert kept == sorted(set(kept))
    assert bool(kept) == bool(days)
    names = {datetime.fromisoformat(days[i]).strftime("%a") for i in kept if days[i][:1].isdigit()
             and days[i] != "2026-13-01"}  # fmt: skip
    assert places is None or not names & {"Sat", "Sun"}
