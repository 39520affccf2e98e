"""A shared page is read from a server nobody chose: without a key, over https, up to a limit."""

import asyncio
import json

import httpx
import pytest

from phdesk.api import shared_page
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    RateLimitedError,
    ServerError,
    UnreadableError,
)
from tests.api import recorded
from tests.api.server import Server, answer, replay
from tests.shared import needs_shared

ORIGIN = "https://posthog.example.com"
INSIGHT = {"type": "scene", "insight": {"id": 5, "name": "Sign-ups", "result": [1]}}


def fetch(route, token="EXAMPLE_share_token_health", word="", origin=ORIGIN):
    server = Server(route)
    transport = httpx.MockTransport(server)
    found = asyncio.run(shared_page.fetch(origin, token, word, transport=transport))
    return found, server


@needs_shared
def test_a_dashboard_is_read_with_its_answers():
    found, server = fetch([replay("shared_dashboard_json")])
    assert server.asked == ["GET /shared/EXAMPLE_share_token_health.json"]
    assert "authorization" not in server.requests[0].headers
    assert "cookie" not in server.requests[0].headers
    assert found.dashboard.row.name == "API health and latency"
    assert all(tile.insight is not None for tile in found.dashboard.tiles)
    assert found.address == f"{ORIGIN}/shared/EXAMPLE_share_token_health"
    assert found.insight is None


@needs_shared
def test_an_insight_is_read_alone():
    found, _ = fetch([replay("shared_insight_json")])
    assert (found.insight.name, found.dashboard) == ("Users by country", None)


@needs_shared
@pytest.mark.parametrize("name", ["error_shared_disabled", "error_shared_unknown"])
def test_a_link_that_leads_nowhere_says_so(name):
    with pytest.raises(NotFoundError, match="sharing was turned off, or the link is not whole"):
        fetch([replay(name)])


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer({}, 429), RateLimitedError),
        (answer({}, 500), ServerError),
        (answer({}, 418), InvalidRequestError),
        (httpx.Response(200, text="<!doctype html>"), NotPostHogError),
        (httpx.Response(200, text="nothing"), UnreadableError),
        (answer({"type": "scene"}), UnreadableError),
        (answer({"type": "unlock"}), ForbiddenError),
    ],
)
def test_other_answers_are_told_by_their_kind(given, kind):
    with pytest.raises(kind) as refused:
        fetch([given])
    assert str(refused.value).endswith(".")


def test_more_than_the_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(shared_page, "LARGEST", 100)
    with pytest.raises(UnreadableError, match="larger than"):
        fetch([answer({"type": "scene", "x": "y" * 200})])


def test_who_does_not_answer_is_named():
    def route(_request):
        raise httpx.ConnectError("no")

    with pytest.raises(NetworkError, match=r"posthog\.example\.com is out of reach"):
        fetch(route)


def test_a_redirect_is_followed_over_https_and_the_page_is_named_by_its_end():
    there = "https://eu.example.com/shared/t.json"
    found, server = fetch([httpx.Response(302, headers={"location": there}), answer(INSIGHT)])
    assert found.address == "https://eu.example.com/shared/t"
    assert server.requests[1].url == there


@pytest.mark.parametrize(
    "there",
    [
        "http://posthog.example.com/x",
        "http://127.0.0.1:80/x",
        "file:///etc/passwd",
    ],
)
def test_no_redirect_leads_away_from_https(there):
    with pytest.raises(InvalidRequestError):
        fetch([httpx.Response(302, headers={"location": there})])


def test_a_redirect_to_no_address_is_not_followed():
    with pytest.raises(ApiError):
        fetch([httpx.Response(302, headers={"location": "https://a:b:c/"})])


def test_redirects_end():
    back = httpx.Response(302, headers={"location": "/again"})
    with pytest.raises(InvalidRequestError, match="circles"):
        fetch([back] * 10)


def test_a_password_opens_the_page():
    found, server = fetch([answer({"shareToken": "jwt"}), answer(INSIGHT)], "t", "secret word")
    assert server.asked == ["POST /shared/t", "GET /shared/t.json"]
    assert json.loads(server.requests[0].content) == {"password": "secret word"}
    assert server.requests[1].headers["authorization"] == "Bearer jwt"
    assert found.insight.name == "Sign-ups"


@pytest.mark.parametrize(
    "given",
    [
        answer({"error": "Incorrect password"}, 401),
        answer({}),
        answer({"shareToken": "a\nb"}),
        httpx.Response(302, headers={"location": "https://elsewhere.example.com"}),
    ],
)
def test_another_word_does_not(given):
    with pytest.raises(ForbiddenError, match="not the password") as refused:
        fetch([given], "t", "wrong")
    assert refused.value.failure.field == shared_page.PASSWORD


def test_what_a_password_gave_stays_with_its_server():
    there = "https://elsewhere.example.com/shared/t.json"
    moved = httpx.Response(302, headers={"location": there})
    _, server = fetch([answer({"shareToken": "jwt"}), moved, answer(INSIGHT)], "t", "word")
    assert "authorization" not in server.requests[2].headers


@needs_shared
def test_the_recorded_page_names_who_made_it():
    """Which is why the warning before sharing says so."""
    assert recorded.exchange("shared_dashboard_json")["response"]["json"]["dashboard"][
        "created_by"
    ]["email"]
