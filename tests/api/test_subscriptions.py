"""Subscriptions: read, and written as a real server took them."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.api.errors import InvalidRequestError, PlanError, UnreadableError
from phdesk.api.read_subscription import changes_body, draft_body
from phdesk.api.resources import subscriptions
from phdesk.models.subscription import SubscriptionDraft
from tests.api import recorded
from tests.api.sent import anything, encoded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

DRAFT = SubscriptionDraft(
    title="Monday numbers",
    dashboard=5,
    value="ada@lumenlane.test,bruno@lumenlane.test",
    weekdays=("monday",),
    start=datetime(2026, 11, 24, 9, tzinfo=UTC),
)
NEWER = {  # reference 9.1
    "id": 8,
    "dashboard": 9,
    "insight": None,
    "resource_name": "Company KPIs",
    "resource_type": "dashboard",
    "dashboard_export_insights": [101, "102", None],
    "target_type": "teams",
    "target_value": "19:x|General",
    "integration_id": 4,
    "frequency": "monthly",
    "interval": 2,
    "byweekday": ["friday"],
    "bysetpos": -1,
    "start_date": "2026-11-02T08:00:00Z",
    "next_delivery_date": "2026-11-30T08:00:00Z",
    "enabled": False,
    "created_by": {"id": 41, "email": "ada@example.org"},
}


def sent(server):
    return json.loads(server.requests[-1].content)


@needs_shared
def test_a_new_one_is_written_as_a_real_server_took_it():
    server = Server([replay("subscription_create")])
    made = server.run(subscriptions.create, 1, DRAFT)
    assert sent(server) == recorded.exchange("subscription_create")["request"]["json"]
    assert server.asked == ["POST /api/projects/1/subscriptions/"]
    assert (made.id, made.dashboard, made.target, made.weekdays) == (1, 5, "email", ("monday",))
    assert made.next_at == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert (made.creator, made.can_pause, made.picks_charts) == ("Ada", False, False)


@needs_shared
def test_deleting_is_a_change_that_can_be_taken_back():
    server = Server([replay("subscription_delete"), replay("subscription_delete")])
    server.run(subscriptions.delete, 1, 1)
    assert sent(server) == recorded.exchange("subscription_delete")["request"]["json"]
    server.run(subscriptions.restore, 1, 1)
    assert sent(server) == {"deleted": False}


@needs_shared
def test_the_list_of_a_dashboard_is_asked_for_as_recorded():
    server = Server([replay("subscriptions_list_of_dashboard"), replay("subscriptions_list")])
    found = server.run(subscriptions.list_all, 1, dashboard=5)
    assert server.asked == ["GET /api/projects/1/subscriptions/?dashboard=5"]
    assert [one.title for one in found] == ["Monday numbers"]
    # Who does not know the filter sends all.
    found = server.run(subscriptions.list_all, 1, insight=25)
    assert [(one.target, one.value, one.interval) for one in found] == [
        ("slack", "C123|#growth", 2)
    ]


@needs_shared
def test_a_plan_without_them_says_so():
    server = Server([replay("subscriptions_list_without_feature")])
    with pytest.raises(PlanError):
        server.run(subscriptions.list_all, 1)


@needs_shared
def test_what_a_server_does_not_take_is_named():
    server = Server([replay("error_subscription_invalid")])
    with pytest.raises(InvalidRequestError) as refused:
        server.run(subscriptions.create, 1, replace(DRAFT, target="pigeon"))
    assert sent(server) == recorded.exchange("error_subscription_invalid")["request"]["json"]
    assert refused.value.failure.field == "target_type"
    assert "pigeon" in refused.value.failure.message


def test_all_that_one_of_2026_says_is_read():
    found = decoding.subscription(encoded(NEWER))
    assert (found.charts, found.integration, found.position) == ((101, 102), 4, -1)
    assert (found.resource, found.creator) == ("Company KPIs", "ada@example.org")
    assert (found.enabled, found.can_pause, found.picks_charts) == (False, True, True)


def test_one_that_a_machine_writes_is_known():
    assert decoding.subscription(encoded(NEWER | {"resource_type": "ai_prompt"})).prompted


def test_only_what_differs_is_sent():
    after = replace(DRAFT, frequency="monthly", weekdays=("friday",), position=1)
    assert json.loads(changes_body(DRAFT, after)) == {
        "frequency": "monthly",
        "byweekday": ["friday"],
        "bysetpos": 1,
    }
    assert json.loads(changes_body(after, replace(after, frequency="daily", weekdays=()))) == {
        "frequency": "daily",
        "byweekday": None,
    }
    assert json.loads(changes_body(DRAFT, DRAFT)) == {}


def test_charts_are_named_where_the_server_wants_that():
    assert json.loads(draft_body(replace(DRAFT, charts=(3, 4))))["dashboard_export_insights"] == [
        3,
        4,
    ]


def test_a_pause_and_a_test_are_asked_for():
    server = Server([answer(NEWER), answer({}, 202)])
    assert not server.run(subscriptions.switch, 1, 8, on=False).enabled
    assert sent(server) == {"enabled": False}
    server.run(subscriptions.send_test, 1, 8)
    assert server.asked[-1] == "POST /api/projects/1/subscriptions/8/test-delivery/"


@given(st.dictionaries(st.sampled_from([*NEWER, "until_date", "count"]), anything))
def test_whatever_comes_is_read_or_refused_in_words(value):
    if type(value.get("id")) in (int, float) and value["id"] == 1:
        assert decoding.subscription(encoded(value)).id == 1
        return
    with suppress(UnreadableError):
        assert decoding.subscription(encoded(value)).interval
