"""Every trends insight and table that was recorded: its numbers are in our table, unchanged."""

import pytest

from phdesk.core.charts.spec import NoticeBody
from tests.core.charts.asked import all_sent, fixture, kind_of, recording, sent_view, sums_sent
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
EVERY_KIND = (
    "TrendsQuery", "FunnelsQuery", "RetentionQuery", "StickinessQuery", "LifecycleQuery",
    "PathsQuery", "HogQLQuery", "EventsQuery", "ActorsQuery",
)  # fmt: skip
TOTALS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"}
SENT_TRENDS = all_sent("TrendsQuery") if SHARED.is_dir() else []
SENT_ROWS = all_sent("HogQLQuery", "EventsQuery", "ActorsQuery") if SHARED.is_dir() else []


def display_of(sent):
    """Find the display without the code under test."""
    if sent.get("query"):
        return sent["query"]["source"].get("trendsFilter", {}).get("display")
    return sent["filters"].get("display")


BUCKETS = [(i, s) for i, s in SENT_TRENDS if s["result"] and display_of(s) not in TOTALS]


def numbers_sent(sent):
    if display_of(sent) in TOTALS:
        return [(item["aggregated_value"],) for item in sent["result"]]
    sums = sums_sent(sent)
    return [(count, *item["data"]) for count, item in zip(sums, sent["result"], strict=True)]


def numbers_shown(view):
    places = [index for index, column in enumerate(view.table.columns) if column.numeric]
    return [tuple(row[place] for place in places) for row in view.table.rows]


def test_enough_was_recorded():
    assert len(SENT_TRENDS) > 55
    assert len(SENT_ROWS) > 11
    assert len(BUCKETS) > 35


def test_every_recorded_insight_is_shown():
    for name, sent in all_sent(*EVERY_KIND):
        view = sent_view(sent)
        assert view.title, name
        assert getattr(view.body, "state", "") not in {"error", "unsupported"}, name


@pytest.mark.parametrize("sent", [s for _, s in SENT_TRENDS], ids=[i for i, _ in SENT_TRENDS])
def test_a_trends_table_holds_every_number_that_was_sent(sent):
    view = sent_view(sent)
    if not sent["result"]:
        assert isinstance(view.body, NoticeBody)
        assert view.body.state == "empty"
    assert sorted(map(repr, numbers_shown(view))) == sorted(map(repr, tidy(numbers_sent(sent))))


@pytest.mark.parametrize("sent", [s for _, s in BUCKETS], ids=[i for i, _ in BUCKETS])
def test_a_trends_chart_draws_every_number_that_was_sent(sent):
    body = sent_view(sent).body
    drawn = [series.values for series in body.series]
    assert drawn == [tuple(item["data"]) for item in sent["result"]]
    assert {len(series.values) for series in body.series} == {len(body.x_labels)}


def tidy(rows):
    """Write whole floats as whole numbers, for comparing by text."""
    return [tuple(int(v) if v is not None and v == int(v) else v for v in row) for row in rows]


@pytest.mark.parametrize("sent", [s for _, s in SENT_ROWS], ids=[i for i, _ in SENT_ROWS])
def test_a_table_of_rows_holds_every_cell_that_was_sent(sent):
    view = sent_view(sent)
    width = len(view.table.columns)
    assert len(view.table.rows) == len(sent["result"])
    for shown, row in zip(view.table.rows, sent["result"], strict=True):
        plain = [cell for cell in row[:width] if not isinstance(cell, dict | list)]
        assert [shown[i] for i, c in enumerate(row[:width]) if not isinstance(c, dict | list)] == (
            plain
        )
    assert kind_of(sent) == view.kind


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("trendsNumber", [("signed_up", "3,141,592")]),
        ("trendsPie", [("Pageview", "47,258"), ("Pageview", "3,258")]),
        ("trendsTable", [("Pageview", "47,258")]),
        (
            "trendsWorldMap",
            [("Pageview", "AU", "Australia", "1,732"), ("Pageview", "IS", "Iceland", "6")],
        ),
        (
            "trendsLineMulti",
            [
                ("Pageview", "702", "85", "77", "82", "84", "85", "96"),
                ("Rageclick", "0", "0", "0", "0", "0", "0", "0"),
                ("All events", "1,598", "192", "174", "186", "185", "202", "217"),
            ],
        ),
        (
            "trendsBarBreakdown",
            [
                ("Pageview", "1.10.5", "44,182", "22,750", "15,032", "5,332", "1,068"),
                ("Pageview", "1.13.9", "598", "0", "0", "0", "544"),
                ("Pageview", "1.17.9", "2,478", "120", "12", "1,343", "945"),
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_table_reads_as_in_posthogs_own_picture(name, texts):
    shown = fixture(name).table.texts
    assert [row[: len(wanted)] for row, wanted in zip(shown, texts, strict=True)] == texts


@pytest.mark.parametrize(
    ("name", "title", "columns"),
    [
        ("trendsNumber", "Signups!", ("Series", "Total sum")),
        ("trendsTable", "Pageview count", ("Series", "Total sum")),
        (
            "trendsBarBreakdown",
            "Pageview count by event's Library Version",
            ("Series", "Library Version", "Total sum"),
        ),
        (
            "trendsLineMulti",
            "Pageview count & Rageclick count & All events count",
            ("Series", "Total sum"),
        ),
        (
            "trendsWorldMap",
            "Pageview count by event's Country Code",
            ("Series", "Country code", "Country name", "Total sum"),
        ),
    ],
)
def test_titles_read_as_in_posthogs_own_picture(name, title, columns):
    view = fixture(name)
    assert view.title == title
    assert tuple(c.title for c in view.table.columns)[: len(columns)] == columns


def test_the_pie_says_the_total_of_the_picture():
    body = fixture("trendsPie").body
    assert body.total_text == "50,516"
    assert [share.color for share in body.shares] == ["preset-1", "preset-2"]


def test_the_big_number_is_that_of_the_picture():
    assert fixture("trendsNumber").body.text == "3,141,592"


def test_hours_of_new_york_end_in_the_hour_that_was_not_over():
    body = recording("insight_new_york_hourly").body
    assert body.series[0].dashed_from == len(body.x_labels) - 1
    assert body.x_titles[-1] == "Mon 23 Nov 2026, 17:00"


def test_the_list_of_events_names_events_and_persons():
    view = recording("insight_datatable_events")
    assert view.table.texts[0][:3] == (
        "api_error_occurred", "api_error_occurred", "tom.smith493@example.com"
    )  # fmt: skip
    assert view.table.note == "First 15 rows; PostHog has more."


def test_the_sql_chart_has_its_right_axis_and_goal():
    body = recording("insight_sql_stacked_bar_axes").body
    assert [(s.label, s.right_axis, s.mark) for s in body.series] == [
        ("opens", False, "bar"),
        ("errors", True, "bar"),
    ]
    assert [(g.label, g.value) for g in body.goal_lines] == [("Target", 2500)]
    assert body.stacked
    assert not body.percent
