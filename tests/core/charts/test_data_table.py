"""Lists of events and persons, and the overview of web analytics."""

import pytest

from phdesk.core.charts.spec import NoticeBody, TableBody
from phdesk.core.charts.tables import column_title, person_name
from phdesk.core.charts.view import insight_view
from tests.core.charts.asked import CONTEXT, made


def listed(kind, result, columns=None, types=None, outer=None):
    query = {"kind": "DataTableNode", "source": {"kind": kind}, **(outer or {})}
    return insight_view(made(query, result, columns=columns, types=types), CONTEXT)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("*", "Event"),
        ("event", "Event"),
        ("person", "Person"),
        ("timestamp", "Time"),
        ("properties.$browser", "Browser"),
        ("person.properties.$os", "OS"),
        ("properties.plan", "plan"),
        ("count() -- Times seen", "Times seen"),
        ("count() --", "count()"),
        ("properties.a + 1", "properties.a + 1"),
        ("", ""),
        ("context.columns.breakdown_value", "Breakdown value"),
        ("context.columns.visitors", "Visitors"),
        ("context.columns.", "context.columns."),
    ],
)
def test_columns_have_readable_titles(expression, wanted):
    assert column_title(expression) == wanted


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        ({"display_name": "Ada", "properties": {"email": "a@b.test"}}, "Ada"),
        ({"properties": {"email": "a@b.test", "name": "Ada"}, "distinct_id": "u1"}, "a@b.test"),
        ({"properties": {"name": "Ada"}, "distinct_id": "u1"}, "Ada"),
        ({"distinct_id": "u1", "uuid": "0199"}, "u1"),
        ({"distinct_ids": ["u2"]}, "u2"),
        ({"id": "0199"}, "0199"),
        (None, "Anonymous"),
    ],
)
def test_persons_are_named(person, wanted):
    assert person_name(person) == wanted


def test_events_are_listed():
    row = [
        {"event": "$pageview", "uuid": "1"},
        "$pageview",
        {"distinct_id": "u1"},
        "2026-11-22T10:00:00Z",
        "https://x.test/",
    ]
    columns = ["*", "event", "person", "timestamp", "properties.$current_url"]
    types = ["Tuple(UUID, String)", "String", "String", "DateTime64(6, 'UTC')", "String"]
    view = listed("EventsQuery", [row], columns, types)
    assert isinstance(view.body, TableBody)
    assert [c.title for c in view.table.columns] == [
        "Event",
        "Event",
        "Person",
        "Time",
        "Current URL",
    ]
    assert view.table.texts == (
        ("Pageview", "Pageview", "u1", "22 Nov 2026, 10:00:00", "https://x.test/"),
    )
    assert view.table.rows[0][0] == '{"event":"$pageview","uuid":"1"}'


def test_hidden_columns_and_buttons_are_left_out():
    columns = ["person", "id", "person.$delete"]
    view = listed("ActorsQuery", [[{}, 7, 1]], columns, outer={"hiddenColumns": ["id"]})
    assert [column.title for column in view.table.columns] == ["Person"]


def test_events_of_old_come_as_objects():
    view = listed("EventsNode", [{"event": "a", "n": 1}, {"event": "b", "extra": None}])
    assert [column.title for column in view.table.columns] == ["Event", "n", "extra"]
    assert view.table.rows == (("a", 1, None), ("b", None, None))


def test_no_events_are_said():
    view = listed("EventsQuery", [], ["event"])
    assert isinstance(view.body, NoticeBody)
    assert view.body.headline == "No events match."
    assert len(view.table.columns) == 1


def test_a_list_of_the_wrong_shape_is_an_error():
    assert listed("EventsQuery", {"a": 1}).body.detail == "result: expected a list of rows"


def test_the_overview_of_the_web_is_a_table_of_metrics():
    result = [
        {
            "key": "visitors",
            "kind": "unit",
            "value": 1200,
            "previous": 1100,
            "changeFromPreviousPct": 9,
        },
        {"key": "session_duration", "kind": "duration_s", "value": 75, "previous": None},
        {"key": "bounce_rate", "kind": "percentage", "value": 41.5},
        {"key": "revenue", "kind": "currency", "value": 10},
    ]
    view = listed("WebOverviewQuery", result)
    assert view.table.texts == (
        ("Visitors", "1,200", "1,100", "9%"),
        ("Session duration", "1m 15s", "–", "–"),
        ("Bounce rate", "41.5%", "–", "–"),
        ("Revenue", "$10.00", "–", "–"),
    )
    assert view.table.rows[0] == ("Visitors", 1200, 1100, 9)


@pytest.mark.parametrize("result", [[], [1], {}, [{}]])
def test_an_overview_of_nothing_is_empty(result):
    assert listed("WebOverviewQuery", result).body.state == "empty"


@pytest.mark.parametrize(
    ("by", "title"),
    [("InitialPage", "Initial page"), ("Browser", "Browser"), (None, "Breakdown value")],
)
def test_tables_of_web_analytics_say_what_their_rows_are(by, title):
    columns = ["context.columns.breakdown_value", "context.columns.visitors"]
    source = {"kind": "WebStatsTableQuery", "breakdownBy": by}
    view = insight_view(
        made({"kind": "DataTableNode", "source": source}, [["/a", [5, 4]]], columns=columns),
        CONTEXT,
    )
    assert [column.title for column in view.table.columns] == [title, "Visitors"]
    assert view.table.texts == (("/a", "5"),)
