"""The one door from tiles to what is shown: states, and tiles without an insight."""

from datetime import UTC, datetime

import pytest
from msgspec import Raw

from phdesk.core.charts.spec import ButtonBody, MarkdownBody, NoticeBody, XYBody
from phdesk.core.charts.text import is_section
from phdesk.core.charts.view import insight_view, tile_view
from phdesk.models.dashboard import ButtonCard, TextCard, Tile, WidgetCard
from phdesk.models.insight import Insight, QueryStatus
from tests.core.charts.asked import CONTEXT, item, made, raw

TRENDS = {
    "kind": "TrendsQuery",
    "series": [{"event": "signup"}],
    "dateRange": {"date_from": "-30d"},
}
RESULT = [item([1, 2, 3])]
FAILED = QueryStatus(error=True, complete=True, error_message="Too slow")


def state(insight, **tile):
    body = tile_view(Tile(id=1, insight=insight, **tile), CONTEXT).body
    assert isinstance(body, NoticeBody)
    return body


@pytest.mark.parametrize(
    ("more", "wanted", "words"),
    [
        ({}, "pending", "Not calculated yet. Refresh to ask PostHog."),
        ({"status": QueryStatus()}, "waiting", "PostHog is calculating this tile."),
        ({"status": FAILED}, "error", "PostHog could not calculate this tile."),
        ({"error": "Broken"}, "error", "PostHog could not calculate this tile."),
        ({"no_access": True}, "forbidden", "You have no access to this insight."),
        (
            {"status": QueryStatus(complete=True)},
            "pending",
            "Not calculated yet. Refresh to ask PostHog.",
        ),
    ],
    ids=["pending", "waiting", "failed", "error", "forbidden", "done-without-result"],
)
def test_a_tile_without_a_result_says_why(more, wanted, words):
    body = state(made(TRENDS, None, **more))
    assert (body.state, body.headline) == (wanted, words)


def test_the_servers_own_words_are_the_detail():
    assert state(made(TRENDS, None, status=FAILED)).detail == "Too slow"
    assert state(made(TRENDS, None), error="No such event").detail == "No such event"


@pytest.mark.parametrize("result", [[], {}, ""], ids=["list", "object", "text"])
def test_an_error_beside_an_empty_result_is_an_error_and_no_answer(result):
    body = state(made(TRENDS, result, error="Each series needs a numeric property"))
    assert (body.state, body.detail) == ("error", "Each series needs a numeric property")


def test_a_failure_beside_an_older_result_keeps_the_chart_and_warns():
    view = insight_view(made(TRENDS, RESULT, status=FAILED), CONTEXT)
    assert isinstance(view.body, XYBody)
    assert view.warning == "Shown from before a failure: Too slow"


def test_a_result_is_shown_while_a_new_one_is_calculated():
    view = insight_view(made(TRENDS, RESULT, status=QueryStatus()), CONTEXT)
    assert isinstance(view.body, XYBody)
    assert view.warning == ""


@pytest.mark.parametrize(
    ("result", "where"),
    [
        ([{"data": [1, "x"]}], "result[0].data[1]: Expected"),
        ({"data": []}, "result: Expected array"),
        ("nope", "result: Expected array"),
    ],
)
def test_a_result_of_the_wrong_shape_names_the_field(result, where):
    body = state(made(TRENDS, result))
    assert body.state == "error"
    assert body.headline == "PostHog's answer for this tile could not be read."
    assert body.detail.startswith(where)
    assert "\n" not in body.detail


def test_a_result_that_is_not_json_is_an_error():
    insight = Insight(query=raw(TRENDS), result=Raw(b"[{"))
    assert state(insight).detail == "result: not readable JSON"


@pytest.mark.parametrize("filtered", [True, False])
def test_an_empty_result_says_what_is_empty(filtered):
    query = {**TRENDS, "properties": [{"key": "a"}] if filtered else []}
    body = state(made(query, []))
    assert (body.state, body.headline) == ("empty", "No events in this range (last 30 days).")
    assert bool(body.detail) is filtered


def test_the_frame_of_a_view_is_filled():
    when = datetime(2026, 11, 22, 12, tzinfo=UTC)
    insight = made(
        TRENDS, RESULT, name="Sign-ups", description="All", short_id="Ab12", last_refresh=when
    )
    view = tile_view(Tile(id=1, insight=insight, color="blue"), CONTEXT)
    assert (view.title, view.kind, view.kind_label) == ("Sign-ups", "TrendsQuery", "Trends")
    assert (view.display, view.range_label) == ("ActionsLineGraph", "last 30 days")
    assert (view.description, view.short_id, view.computed_at) == ("All", "Ab12", when)
    assert view.accent == "#597dce"
    assert view.summary.startswith("Sign-ups: line chart, 1 series")


def test_a_description_can_be_switched_off():
    insight = made(TRENDS, RESULT, description="All")
    view = tile_view(Tile(id=1, insight=insight, show_description=False), CONTEXT)
    assert view.description == ""


def test_an_unknown_kind_shows_its_rows_and_its_name():
    insight = made({"kind": "NewThingQuery"}, [["a", 1], ["b", 2]], columns=["name", "n"])
    view = insight_view(insight, CONTEXT)
    assert isinstance(view.body, NoticeBody)
    assert view.body.state == "unsupported"
    assert view.body.headline == "“New thing” is not drawn yet; these are its rows."
    assert view.table.rows == (("a", 1), ("b", 2))
    assert [column.title for column in view.table.columns] == ["name", "n"]


@pytest.mark.parametrize("result", [[], {}, 5, "text"])
def test_an_unknown_kind_without_rows_says_its_name(result):
    body = state(made({"kind": "NewThingQuery"}, result))
    assert body.state == "unsupported"
    assert "“New thing”" in body.headline
    assert body.detail == "NewThingQuery"


def test_the_stats_of_web_analytics_show_the_current_value_of_each_pair():
    query = {"kind": "DataTableNode", "source": {"kind": "WebStatsTableQuery"}}
    insight = made(query, [["/", [10, 8], [20, None]]], columns=["page", "visitors", "views"])
    assert insight_view(insight, CONTEXT).table.rows == (("/", 10, 20),)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Growth\nMore", "Growth"),
        ("Intro\n\n## The **plan**", "The plan"),
        ("See [docs](https://x.test) now", "See docs now"),
        ("", "Text"),
        ("word " * 40, "word word word word word word word word word word word word…"),
    ],
)
def test_a_text_tile_is_titled_by_its_heading_or_first_words(body, title):
    view = tile_view(Tile(id=1, text=TextCard(body)), CONTEXT)
    assert view.title == title
    assert view.body == MarkdownBody(body)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.test/a?b#c", "https://x.test/a?b#c"),
        ("http://x.test", "http://x.test"),
        ("/insights/abc", "/insights/abc"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("//evil.test/x", ""),
        ("/\\evil.test", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("mailto:a@b.test", ""),
        ("relative", ""),
        ("", ""),
    ],
)
def test_a_button_opens_only_safe_addresses(url, kept):
    body = tile_view(Tile(id=1, button=ButtonCard("Go", url)), CONTEXT).body
    assert isinstance(body, ButtonBody)
    assert body.url == kept


def test_a_widget_lists_what_it_is_set_to_show():
    config = {"dateRange": {"date_from": "-7d", "date_to": None}, "limit": 10, "showTests": False,
              "status": ["active", "resolved"], "orderBy": "", "filters": {}}  # fmt: skip
    card = WidgetCard("error_tracking_list", "Top errors", config=raw(config))
    view = tile_view(Tile(id=1, widget=card), CONTEXT)
    assert view.table.texts == (
        ("Widget", "Error tracking list"),
        ("Date range date from", "-7d"),
        ("Limit", "10"),
        ("Show tests", "no"),
        ("Status", '["active","resolved"]'),
    )
    assert view.body.detail == "Error tracking list"


@pytest.mark.parametrize("config", [None, [1], "x", {}])
def test_a_widget_without_settings_is_named_by_its_sort(config):
    view = tile_view(Tile(id=1, widget=WidgetCard("logs_list", "", config=raw(config))), CONTEXT)
    assert (view.title, view.table.texts) == ("Logs list", (("Widget", "Logs list"),))


SAVED = {"kind": "SavedInsightNode", "shortId": "Ab3dE6gH"}


def test_a_tile_that_points_to_another_insight_says_so_and_opens_that():
    view = insight_view(made(SAVED, None, short_id="own"), CONTEXT)
    assert (view.body.state, view.short_id) == ("unsupported", "Ab3dE6gH")
    assert "points to another insight" in view.summary


def test_what_came_for_an_insight_that_is_pointed_to_is_listed():
    view = insight_view(made(SAVED, [{"a": 1}], short_id="own"), CONTEXT)
    assert view.table.texts == (("1",),)


def test_a_widget_is_named():
    view = tile_view(Tile(id=1, widget=WidgetCard("errors", "Top errors")), CONTEXT)
    assert view.title == "Top errors"
    assert isinstance(view.body, NoticeBody)
    assert view.body.state == "unsupported"


def test_an_unknown_tile_says_so():
    view = tile_view(Tile(id=1), CONTEXT)
    assert view.title == "Unknown tile"
    assert view.body.state == "unsupported"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT count() FROM events WHERE {filters}", "last 30 days"),
        ("SELECT count() FROM events", ""),
    ],
    ids=["with a place for dates", "without"],
)
def test_sql_has_a_range_only_where_it_asks_for_one(query, wanted):
    filters = {"dateRange": {"date_from": "-30d"}}
    source = {"kind": "HogQLQuery", "query": query, "filters": filters}
    assert insight_view(made(source, [[1]]), CONTEXT).range_label == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("## Revenue", True),
        ("## Revenue\nWhat customers paid.", True),
        ("# Revenue\n\nWhat customers paid.\n", True),
        ("Revenue", False),
        ("## Revenue\nOne.\nTwo.", False),
        ("## Revenue\n- a list", False),
        ("## Revenue\n> a quote", False),
        ("## Revenue\n1. first", False),
        ("", False),
    ],
)
def test_a_heading_with_one_line_is_a_section(source, wanted):
    assert is_section(source) is wanted


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ({}, "last 9 weeks"),
        ({"date_from": "-7d"}, "last 9 weeks"),
        ({"date_from": "-60d", "date_to": "2026-11-03"}, "9 weeks to 3 Nov 2026"),
    ],
    ids=["no dates", "a start, which says nothing", "an end"],
)
def test_a_retention_names_the_periods_that_it_shows(dates, wanted):
    own = {"period": "Week", "totalIntervals": 9}
    source = {"kind": "RetentionQuery", "retentionFilter": own, "dateRange": dates}
    assert insight_view(made(source, []), CONTEXT).range_label == wanted


RESOLVED = {"resolved_from": "2026-10-24T00:00:00Z", "resolved_to": "2026-11-23T23:59:59Z"}


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ({"date_from": "-30d"}, "last 30 days (24 Oct – 23 Nov 2026)"),
        ({"date_from": "2026-10-24"}, "24 Oct – 23 Nov 2026"),
        ({}, "last 7 days (24 Oct – 23 Nov 2026)"),
    ],
    ids=["relative", "a date", "none"],
)
def test_the_range_that_the_server_worked_out_is_shown(dates, wanted):
    source = {"kind": "TrendsQuery", "dateRange": dates}
    assert insight_view(made(source, RESULT, **RESOLVED), CONTEXT).whole_range == wanted


def test_a_retention_keeps_its_periods_beside_the_dates_worked_out():
    source = {"kind": "RetentionQuery", "retentionFilter": {"totalIntervals": 9}}
    source["dateRange"] = {"date_from": "2026-10-01"}
    view = insight_view(made(source, [], **RESOLVED), CONTEXT)
    assert view.whole_range == "last 9 days (24 Oct – 23 Nov 2026)"
