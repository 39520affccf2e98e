"""Subscriptions and shared pages of the demo, asked as the app asks."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from msgspec.structs import replace

from phdesk.api import shared_page
from phdesk.api.errors import (
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    RateLimitedError,
)
from phdesk.api.resources import dashboards, sharing, subscriptions
from phdesk.demo.recurring import next_time, summary
from phdesk.demo.server import DemoServer
from phdesk.demo.sharing import OLD_TOKEN
from phdesk.models.subscription import SubscriptionDraft
from tests.demo.conftest import NOW, Clock


@pytest.fixture(scope="module")
def clock():
    return Clock(NOW)


@pytest.fixture(scope="module")
def server(clock):
    with DemoServer(now=clock) as running:
        yield running


def test_a_subscription_lives_from_its_making_to_its_end(ask, clock):
    board = ask(dashboards.get, 2)
    charts = tuple(tile.insight.id for tile in board.tiles if tile.insight)[:2]
    draft = SubscriptionDraft(
        title="Weekly",
        dashboard=2,
        value="ada@example.org",
        charts=charts,
        weekdays=("tuesday",),
        start=datetime(2026, 11, 20, 7, 30, tzinfo=UTC),
    )
    made = ask(subscriptions.create, draft)
    assert (made.resource, made.charts) == (board.row.name, charts)
    assert made.next_at == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    after = replace(draft, frequency="monthly", weekdays=("friday",), position=1)
    changed = ask(subscriptions.update, made.id, draft, after)
    assert changed.summary == "sent every month on the first Friday"
    assert changed.next_at == datetime(2026, 12, 4, 7, 30, tzinfo=UTC)
    assert not ask(subscriptions.switch, made.id, on=False).enabled
    ask(subscriptions.send_test, made.id)
    with pytest.raises(RateLimitedError):
        ask(subscriptions.send_test, made.id)
    clock.forward(minutes=2)
    ask(subscriptions.send_test, made.id)
    ask(subscriptions.delete, made.id)
    assert ask(subscriptions.list_all, dashboard=2) == ()
    ask(subscriptions.restore, made.id)
    assert [one.id for one in ask(subscriptions.list_all, dashboard=2)] == [made.id]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target": "pigeon"}, "target_type"),
        ({"value": " "}, "target_value"),
        ({"charts": ()}, "dashboard_export_insights"),
        ({"charts": (1,)}, "dashboard_export_insights"),
        ({"interval": 0}, "interval"),
        ({"start": None}, "start_date"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(ask, wrong, field):
    charts = tuple(tile.insight.id for tile in ask(dashboards.get, 1).tiles if tile.insight)[:1]
    draft = SubscriptionDraft(
        dashboard=1, value="ada@example.org", charts=charts, start=datetime.now(UTC)
    )
    with pytest.raises(InvalidRequestError) as refused:
        ask(subscriptions.create, replace(draft, **wrong))
    assert refused.value.failure.field == field


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("subscription_create", "2026-11-23T22:14:29+00:00"),
        ("subscription_delete", "2026-11-23T22:14:29+00:00"),
    ],
)
def test_the_next_delivery_is_when_a_real_server_said(recording, name, after):
    body = recording(name)
    start = datetime.fromisoformat(body["start_date"])
    found = next_time(body, start, datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(body["next_delivery_date"])
    assert summary(body) == body["summary"]


def rule(frequency, interval=1, weekdays=None, position=None):
    return {
        "frequency": frequency,
        "interval": interval,
        "byweekday": weekdays,
        "bysetpos": position,
    }


@pytest.mark.parametrize(
    ("how", "after", "expected"),
    [
        (rule("daily", 2), "2026-01-02", "2026-01-03"),
        (rule("weekly", 2), "2026-01-02", "2026-01-15"),  # 1 January is a Thursday
        (rule("weekly", 1, ["monday", "friday"]), "2026-01-02", "2026-01-05"),
        (rule("monthly"), "2026-01-02", "2026-02-01"),
        (rule("monthly", 1, ["friday"], -1), "2026-01-02", "2026-01-30"),
        (rule("yearly"), "2026-01-02", "2027-01-01"),
    ],
)
def test_times_recur_by_the_rules_of_calendars(how, after, expected):
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    found = next_time(how, start, datetime.fromisoformat(after).replace(tzinfo=UTC, hour=12))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC, hour=9)
    assert found > start - timedelta(days=1)


def opened(server, token, word=""):
    return asyncio.run(shared_page.fetch(server.url, token, word))


def test_a_link_shows_the_dashboard_while_it_is_shared(server, ask):
    before = ask(sharing.get, "dashboards", 3)
    assert before.created_at is None
    assert before.token != ask(sharing.get, "dashboards", 3).token  # each look another
    with pytest.raises(NotFoundError):
        opened(server, before.token)
    on = ask(sharing.switch, "dashboards", 3, on=True)
    page = opened(server, on.token)
    assert page.dashboard.row.id == 3
    assert any(tile.insight and bytes(tile.insight.result) != b"null" for tile in
               page.dashboard.tiles)  # fmt: skip
    assert 3 in [row.id for row in ask(dashboards.rows) if row.is_shared]
    newer = ask(sharing.renew, "dashboards", 3)
    with pytest.raises(NotFoundError):
        opened(server, on.token)
    off = ask(sharing.switch, "dashboards", 3, on=False)
    assert off.token == newer.token
    with pytest.raises(NotFoundError):
        opened(server, newer.token)
    assert 3 not in [row.id for row in ask(dashboards.rows) if row.is_shared]


def test_a_password_guards_a_page(server, ask):
    insight = next(tile.insight.id for tile in ask(dashboards.get, 1).tiles if tile.insight)
    where = "insights", insight
    token = ask(sharing.switch, *where, on=True).token
    assert opened(server, token).insight.id == insight
    made = ask(sharing.add_password, *where, "Board", "long enough")
    ask(sharing.change, *where, {"password_required": True})
    with pytest.raises(ForbiddenError, match="protected by a password"):
        opened(server, token)
    with pytest.raises(ForbiddenError, match="not the password"):
        opened(server, token, "something else")
    assert opened(server, token, "long enough").insight.id == insight
    ask(sharing.delete_password, *where, made.id)
    with pytest.raises(ForbiddenError):
        opened(server, token, "long enough")
    with pytest.raises(InvalidRequestError) as short:
        ask(sharing.add_password, *where, "", "short")
    assert short.value.failure.field == "raw_password"


def test_one_is_shared_from_the_start_as_in_many_projects(ask):
    shared = [row.id for row in ask(dashboards.rows) if row.is_shared]
    assert 6 in shared
    assert ask(sharing.get, "dashboards", 6).is_live


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("subscriptions_list_of_dashboard", "/api/projects/1/subscriptions/?dashboard=1"),
        ("sharing_get_on", "/api/projects/1/dashboards/6/sharing/"),
        ("shared_dashboard_json", f"/shared/{OLD_TOKEN}.json"),
        ("shared_dashboard_legacy_path", f"/shared_dashboard/{OLD_TOKEN}.json"),
    ],
)
def test_answers_have_at_least_the_keys_of_a_real_server(server, recording, name, path):
    headers = {"Authorization": f"Bearer {server.key}"} if path.startswith("/api") else {}
    ours, theirs = httpx.get(server.url + path, headers=headers).json(), recording(name)
    if "results" in theirs:
        ours, theirs = ours["results"][0], theirs["results"][0]
    assert set(theirs) <= set(ours)
    if "dashboard" in theirs and isinstance(theirs["dashboard"], dict):
        assert set(theirs["dashboard"]) <= set(ours["dashboard"])
        tiles = [
            next(tile for tile in one["dashboard"]["tiles"] if tile["insight"])
            for one in (ours, theirs)
        ]
        assert set(tiles[1]["insight"]) <= set(tiles[0]["insight"])


@pytest.mark.parametrize("path", ["/shared/nosuchtoken.json", "/shared/nosuchtoken"])
def test_a_link_to_nowhere_is_refused_as_by_a_real_server(server, recording, path):
    answer = httpx.get(server.url + path)
    assert (answer.status_code, answer.json()) == (404, recording("error_shared_unknown"))


def test_a_browser_gets_a_page_that_says_what_it_is(server):
    answer = httpx.get(f"{server.url}/shared/{OLD_TOKEN}")
    assert answer.headers["content-type"].startswith("text/html")
    assert "Customer success" in answer.text


def test_an_unknown_way_is_refused_as_by_a_real_server(server, recording):
    theirs = recording("error_subscription_invalid")
    body = {
        "dashboard": 1,
        "target_type": "pigeon",
        "target_value": "x",
        "frequency": "weekly",
        "start_date": "2026-11-24T09:00:00Z",
    }
    headers = {"Authorization": f"Bearer {server.key}"}
    answer = httpx.post(f"{server.url}/api/projects/1/subscriptions/", json=body, headers=headers)
    assert (answer.status_code, answer.json()) == (400, theirs)
