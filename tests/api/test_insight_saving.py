"""Insights are made and changed with the bodies that a real server was seen to take."""

import json

import pytest

from phdesk.api.errors import InvalidRequestError, NotFoundError, NotPostHogError
from phdesk.api.resources import hogql, insights
from phdesk.core.building.draft import opened, put
from phdesk.core.building.saving import Details, change_body, create_body, details_of
from phdesk.models.insight import Insight, SavedInsight
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

CREATES = ["trends", "retention", "sql", "datatable"]


def sent(server, place=0):
    return json.loads(server.requests[place].content)


@needs_shared
@pytest.mark.parametrize("kind", CREATES)
def test_a_new_insight_is_sent_as_a_server_took_it(kind):
    asked = recorded.exchange(f"insight_create_{kind}")["request"]
    body = asked["json"]
    details = Details(
        name=body["name"],
        description=body.get("description", ""),
        tags=tuple(body.get("tags", ())),
        dashboards=tuple(body["dashboards"]),
    )
    server = Server([replay(f"insight_create_{kind}")])
    made = server.run(insights.add, 1, create_body(opened(body["query"]), details))
    assert server.asked == [f"POST {asked['path']}"]
    assert sent(server) == body
    assert made.dashboards == details.dashboards
    assert json.loads(bytes(made.insight.query)) == body["query"]
    assert made.modified_by == "Ada"


@needs_shared
def test_a_changed_question_is_sent_alone_as_a_server_took_it():
    asked = recorded.exchange("insight_patch_query")["request"]
    before = SavedInsight(insight=Insight(id=36, name="Never happened"), dashboards=(7,))
    draft = opened({"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}})
    draft = put(draft, "", asked["json"]["query"]["source"])
    body = change_body(before, draft, details_of(before))
    server = Server([replay("insight_patch_query")])
    changed = server.run(insights.change, 1, 36, body)
    assert server.asked == ["PATCH /api/projects/1/insights/36/"]
    assert sent(server) == asked["json"]
    assert changed.insight.id == 36


@needs_shared
@pytest.mark.parametrize(
    ("name", "number", "before", "after"),
    [
        ("insight_patch_dashboards", 51, (7,), (7, 5)),
        ("insight_remove_from_dashboards", 138, (5,), ()),
    ],
)
def test_dashboards_are_sent_whole_as_a_server_took_them(name, number, before, after):
    draft = opened({"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}})
    held = SavedInsight(insight=Insight(id=number), dashboards=before)
    server = Server([replay(name)])
    body = change_body(held, draft, Details(dashboards=after))
    changed = server.run(insights.change, 1, number, body)
    assert sent(server) == recorded.exchange(name)["request"]["json"]
    assert changed.dashboards == after


@needs_shared
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("error_insight_create_bad_dashboard", "dashboards"),
        ("error_insight_create_invalid_query", ""),
        ("error_insight_create_bad_chart_setting", ""),
    ],
)
def test_a_refusal_keeps_the_servers_words(name, field):
    server = Server([replay(name)])
    with pytest.raises(InvalidRequestError) as refused:
        server.run(insights.add, 1, recorded.exchange(name)["request"]["json"])
    assert refused.value.failure.field == field
    assert recorded.exchange(name)["response"]["json"]["detail"] in refused.value.failure.detail


def test_an_insight_is_read_by_itself_without_calculating_it():
    tiles = [{"dashboard_id": 5}, {"dashboard_id": 6, "deleted": True}]
    server = Server([answer({"id": 3, "name": "Signups", "dashboard_tiles": tiles})])
    saved = server.run(insights.read_saved, 1, 3)
    assert server.asked == ["GET /api/projects/1/insights/3/?refresh=force_cache"]
    assert saved.dashboards == (5,)


def test_the_newest_are_asked_for_in_one_page_of_them_all_or_of_a_name():
    rows = {"results": [{"id": 9, "name": "Visits", "dashboards": [5]}], "next": "?offset=20"}
    server = Server([answer(rows), answer(rows)])
    (one,) = server.run(insights.list_newest, 1)
    assert (one.insight.id, one.dashboards) == (9, (5,))
    server.run(insights.list_newest, 1, "V" * 300)
    asked = "GET /api/projects/1/insights/?basic=true&saved=true&order=-created_at&limit=20"
    assert server.asked == [asked, f"{asked}&search={'V' * 200}"]


def test_what_is_no_insight_is_said():
    with pytest.raises(NotPostHogError):
        Server([answer({"detail": "hello"})]).run(insights.read_saved, 1, 3)
    with pytest.raises(NotFoundError):
        Server([answer({"results": []})]).run(insights.read_saved, 1, "abcdefgh")


def test_tables_and_columns_are_read_in_both_forms():
    now = {
        "tables": {
            "events": {
                "type": "posthog",
                "id": "events",
                "name": "events",
                "fields": {
                    "event": {"name": "event", "type": "string", "schema_valid": True},
                    "person": {"name": "person", "type": "lazy_table", "table": "persons"},
                },
            },
            "odd": 7,
        }
    }
    server = Server([answer(now), answer({"events": [{"key": "event", "type": "string"}]})])
    assert server.run(hogql.read_schema, 1) == {
        "events": {"event": "string", "person": "lazy_table persons"}
    }
    assert sent(server) == {"query": {"kind": "DatabaseSchemaQuery"}}
    assert server.run(hogql.read_schema, 1) == {"events": {"event": "string"}}


def test_what_a_server_says_of_sql_is_read_with_its_place():
    said = {
        "isValid": False,
        "errors": [{"message": "No such field", "start": 7, "end": 11, "fix": "event"}, {}],
        "warnings": [{"message": "Slow", "start": None}],
        "notices": [{"message": "Field 'event' is of type 'String'", "start": 0, "end": 3}],
    }
    server = Server([answer(said)])
    error, warning = server.run(hogql.check, 1, "select nope from events")
    assert (error.message, error.start, error.end, error.fix) == ("No such field", 7, 11, "event")
    assert error.is_error
    assert not warning.is_error
    assert sent(server)["query"] == {
        "kind": "HogQLMetadata",
        "language": "hogQL",
        "query": "select nope from events",
    }
