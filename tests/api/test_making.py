"""Making dashboards, PostHog's templates, and the activity log."""

import json
from datetime import UTC, datetime

import pytest

from phdesk.api import decoding
from phdesk.api.errors import MissingScopeError, NotPostHogError, PlanError
from phdesk.api.resources import activity, dashboards, insights, templates
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

REFUSAL = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "API key missing required scope 'dashboard:write'",
}


@needs_shared
@pytest.mark.parametrize(
    "name", ["dashboard_create_from_template", "dashboard_duplicate", "tags_without_feature"]
)
def test_making_is_the_post_that_a_real_server_took(name):
    sent = recorded.exchange(name)["request"]["json"]
    server = Server([replay(name)])
    made = server.run(dashboards.create, 1, sent)
    assert server.asked == ["POST /api/projects/1/dashboards/"]
    assert json.loads(server.requests[0].content) == sent
    assert (made.row.name, made.row.created_by) == (sent["name"], "Ada")
    assert (made.row.privilege, made.row.restriction, made.row.access_level) == (37, 21, "")


def test_making_without_the_scope_names_it_and_is_tried_once():
    server = Server([answer(REFUSAL, 403)])
    with pytest.raises(MissingScopeError) as caught:
        server.run(dashboards.create, 1, {"name": "Weekly"})
    assert caught.value.failure.scope == "dashboard:write"
    assert len(server.requests) == 1


def test_an_answer_that_is_no_dashboard_is_refused():
    with pytest.raises(NotPostHogError):
        Server([answer({})]).run(dashboards.create, 1, {"name": "Weekly"})
    with pytest.raises(NotPostHogError):
        Server([answer({})]).run(insights.create, 1, {"name": "Signups"})


@needs_shared
def test_an_insight_is_made_by_the_recorded_call():
    sent = recorded.exchange("insight_create_trends")["request"]["json"]
    server = Server([replay("insight_create_trends")])
    assert server.run(insights.create, 1, sent) == 25
    assert json.loads(server.requests[0].content) == sent


@needs_shared
def test_recorded_templates_are_read():
    server = Server([replay("dashboard_templates_list")])
    (found,) = server.run(templates.list_all, 1)
    assert server.asked == ["GET /api/projects/1/dashboard_templates/"]
    assert (found.name, found.scope, found.variables) == ("Product analytics", "global", ())
    assert [tile.name for tile in found.tiles][:2] == [
        "Daily active users (DAUs)",
        "Weekly active users (WAUs)",
    ]
    assert json.loads(bytes(found.tiles[0].filters))["display"] == "ActionsLineGraph"
    assert json.loads(bytes(found.tiles[0].layouts))["sm"]["w"] == 6
    assert found.tiles[0].color == "blue"


def test_variables_of_templates_are_read_in_both_forms_and_odd_parts_left_out():
    new = {"id": "A", "name": "Sign-up", "required": True,
           "default": {"kind": "EventsNode", "event": "signed_up", "math": "dau"}}  # fmt: skip
    old = {"id": "B", "default": {"id": "$pageview", "type": "events"}}
    sent = [
        {"template_name": "Growth", "variables": [new, old, {"name": "x"}, 3], "tiles": [3, {}]},
        {"template_name": ""},
        {"template_name": "Gone", "deleted": True},
        [],
    ]
    (found,) = decoding.templates(json.dumps(sent).encode()).items
    assert [(one.id, one.event, one.required) for one in found.variables] == [
        ("A", "signed_up", True),
        ("B", "$pageview", False),
    ]
    assert found.tiles == ()


@needs_shared
def test_recorded_activity_is_read():
    found = decoding.activities(recorded.body("insight_activity")).items
    assert [(one.did, one.who, one.item) for one in found] == [
        ("updated", "Ada", "25"),
        ("created", "Ada", "25"),
    ]
    assert found[0].at == datetime(2026, 11, 23, 22, 13, 38, 690677, tzinfo=UTC)
    assert [one.field for one in found[0].changes] == ["tags", "name", "description", "favorited"]
    assert found[1].changes == ()


def test_activity_is_asked_of_one_dashboard_or_of_all():
    server = Server([answer({"results": [{}, 3]}), answer({"results": []})])
    assert server.run(activity.of_dashboard, 1, 9) == ()
    assert server.run(activity.of_dashboards, 1) == ()
    assert server.asked == [
        "GET /api/projects/1/dashboards/9/activity/?limit=50",
        "GET /api/projects/1/activity_log/?scope=Dashboard&limit=50",
    ]


def test_a_plan_without_the_log_says_so():
    sent = {"type": "server_error", "code": "payment_required", "detail": "Premium."}
    with pytest.raises(PlanError):
        Server([answer(sent, 402)]).run(activity.of_dashboard, 1, 9)


@pytest.mark.parametrize(
    ("sent", "levels"),
    [
        ({"organization": {"id": "a", "membership_level": 8}}, (("a", 8),)),
        ({"organizations": [{"id": "b", "membership_level": 1}, 3, {"id": "c"}]}, (("b", 1),)),
        ({"organization": "o1"}, ()),
        ({}, ()),
    ],
)
def test_the_level_in_each_organization_is_read(sent, levels):
    assert decoding.user(json.dumps({"uuid": "u", **sent}).encode()).levels == levels


@needs_shared
def test_the_recorded_level_is_that_of_an_owner():
    assert [level for _, level in decoding.user(recorded.body("me")).levels] == [15]
