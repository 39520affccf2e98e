"""What questions are made of: events, actions, properties, values, SQL variables."""

import json

import pytest
from msgspec import Raw

from phdesk.api import decoding
from phdesk.api.errors import ForbiddenError, MissingScopeError, NotPostHogError
from phdesk.api.resources import (
    actions,
    cohorts,
    dashboards,
    event_definitions,
    insights,
    properties,
    variables,
)
from phdesk.models.definition import ActionDefinition, CohortDefinition, PropertyDefinition
from phdesk.models.insight import NULL
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

BOARD = {"id": 5, "name": "Weekly", "tiles": []}


@needs_shared
def test_recorded_events_are_read_and_searched_by_the_server():
    server = Server([replay("event_definitions")])
    found = server.run(event_definitions.find, 1, "sign")
    sent = recorded.exchange("event_definitions")["response"]["json"]["results"]
    assert [one.name for one in found] == [one["name"] for one in sent]
    assert all(one.last_seen_at is not None for one in found)
    assert server.asked == ["GET /api/projects/1/event_definitions/?limit=100&search=sign"]


def test_odd_events_are_left_out_and_descriptions_read():
    sent = [{"name": ""}, [], {"name": "paid", "description": "Money came", "last_seen_at": 3}]
    (found,) = Server([answer({"results": sent})]).run(event_definitions.find, 1)
    assert (found.name, found.description, found.last_seen_at) == ("paid", "Money came", None)


def test_actions_are_found_by_name_and_deleted_ones_left_out():
    sent = [
        {"id": 3, "name": "Signed up", "description": "By web"},
        {"id": 4, "name": "signed out", "deleted": True},
        {"id": 5, "name": "Paid"},
        {"name": "signed nothing"},
    ]
    server = Server([answer({"results": sent, "next": None})])
    assert server.run(actions.find, 1, "SIGNED") == (
        ActionDefinition(id=3, name="Signed up", description="By web"),
    )
    assert server.asked == ["GET /api/projects/1/actions/?limit=200"]


@needs_shared
def test_recorded_cohorts_are_read():
    server = Server([replay("cohorts_list")])
    found = server.run(cohorts.find, 1, "paying")
    assert found == (CohortDefinition(id=1, name="Paying plans", count=728),)
    assert server.asked == ["GET /api/projects/1/cohorts/?limit=200"]


@needs_shared
def test_recorded_properties_are_read():
    server = Server([replay("property_definitions")])
    found = server.run(properties.find, 1, "event", "bro")
    assert found[0] == PropertyDefinition(name="$browser")
    assert {one.type for one in found} == {"String", "Numeric"}
    assert dict(server.requests[0].url.params) == {
        "type": "event",
        "limit": "100",
        "search": "bro",
    }


@pytest.mark.parametrize("sent", ["[%s]", '{"results": [%s]}'], ids=["bare", "wrapped"])
def test_values_come_in_both_forms_and_odd_ones_are_left_out(sent):
    body = sent % '{"name": "pro"}, {"name": 3}, {"name": true}, {"name": null}, [], "x", "x"'
    assert decoding.property_values(body.encode()) == ("pro", "3", "true", "x")


@pytest.mark.parametrize(
    ("kind", "path"),
    [("event", "/api/projects/1/events/values/"), ("person", "/api/projects/1/persons/values/")],
)
def test_values_are_asked_where_they_are_kept(kind, path):
    server = Server([answer([{"name": "pro"}])])
    assert server.run(properties.values, 1, kind, "plan", "pr") == ("pro",)
    assert server.requests[0].url.path == path
    assert dict(server.requests[0].url.params) == {"key": "plan", "value": "pr"}


def test_properties_and_values_of_groups_are_asked_for_by_their_type():
    listed = answer({"results": [{"name": "plan", "property_type": "String"}]})
    server = Server([listed, answer({"results": [{"name": "pro", "count": 3}]})])
    found = server.run(properties.find, 1, "group 2", "pl")
    assert found == (PropertyDefinition(name="plan", kind="group", group=2),)
    assert dict(server.requests[0].url.params) == {
        "type": "group",
        "limit": "100",
        "group_type_index": "2",
        "search": "pl",
    }
    assert server.run(properties.values, 1, "group 2", "plan", "") == ("pro",)
    assert server.requests[1].url.path == "/api/projects/1/groups/property_values/"
    assert dict(server.requests[1].url.params) == {"key": "plan", "group_type_index": "2"}


@needs_shared
def test_a_server_that_gives_no_variables_to_keys_says_so():
    with pytest.raises(ForbiddenError):
        Server([replay("insight_variables_list_with_key")]).run(variables.list_all, 1)


@needs_shared
def test_a_recorded_variable_is_read():
    sent = recorded.exchange("insight_variable_create_session")["response"]["json"]
    (found,) = Server([answer({"results": [sent, {"name": "odd"}]})]).run(variables.list_all, 1)
    assert (found.id, found.name, found.code_name, found.type) == (
        sent["id"],
        "Plan",
        "plan",
        "String",
    )
    assert found.choices == ()


def test_a_variable_of_several_values_says_so_and_its_defaults():
    sent = {"id": "a", "code_name": "plan", "is_multi": True, "default_value": ["pro", "free"]}
    (found,) = Server([answer({"results": [sent]})]).run(variables.list_all, 1)
    assert (found.several, found.default) == (True, ["pro", "free"])


def test_overrides_of_filters_and_variables_go_along():
    server = Server([answer(BOARD), answer({"id": 3, "short_id": "x", "query": {}})])
    filters, values = Raw(b'{"date_from":"-7d"}'), Raw(b'{"v1":{"value":"pro"}}')
    server.run(dashboards.get, 1, 5, filters_override=filters, variables_override=values)
    server = Server([answer({"id": 3, "short_id": "x", "query": {}})])
    server.run(
        insights.get, 1, 3, from_dashboard=5, filters_override=filters, variables_override=values
    )
    params = dict(server.requests[0].url.params)
    assert json.loads(params["filters_override"]) == {"date_from": "-7d"}
    assert json.loads(params["variables_override"]) == {"v1": {"value": "pro"}}


def test_saved_and_effective_filters_are_told_apart_where_the_server_does():
    sent = {**BOARD, "filters": {"date_from": "-7d"}, "persisted_filters": {"date_from": "-30d"}}
    found = decoding.dashboard(json.dumps(sent).encode())
    assert json.loads(bytes(found.filters)) == {"date_from": "-7d"}
    assert json.loads(bytes(found.saved_filters)) == {"date_from": "-30d"}
    assert decoding.dashboard(json.dumps(BOARD).encode()).saved_filters == NULL


@needs_shared
def test_saving_is_the_patch_that_a_real_server_took():
    exchange = recorded.exchange("dashboard_patch_filters")
    server = Server([replay("dashboard_patch_filters")])
    found = server.run(dashboards.save, 1, 7, exchange["request"]["json"])
    request = server.requests[0]
    assert (request.method, request.url.path) == ("PATCH", "/api/projects/1/dashboards/7/")
    assert json.loads(request.content) == exchange["request"]["json"]
    assert json.loads(bytes(found.filters)) == exchange["request"]["json"]["filters"]


def test_saving_without_the_scope_names_it_and_is_tried_once():
    refusal = {
        "type": "authentication_error",
        "code": "permission_denied",
        "detail": "API key missing required scope 'dashboard:write'",
    }
    server = Server([answer(refusal, 403)])
    with pytest.raises(MissingScopeError) as caught:
        server.run(dashboards.save, 1, 7, {"filters": {}})
    assert caught.value.failure.scope == "dashboard:write"
    assert len(server.requests) == 1


def test_an_answer_to_saving_that_is_no_dashboard_is_refused():
    with pytest.raises(NotPostHogError):
        Server([answer({})]).run(dashboards.save, 1, 7, {"filters": {}})
