"""The whole way with a real dashboard of 2024: wire, decoding, store, cache."""

import json

import httpx
import pytest

from phdesk.services.library import load_dashboard
from phdesk.store.state import State
from tests.api.recorded import body, exchange
from tests.services.on_dashboard import settled
from tests.shared import needs_shared

pytestmark = needs_shared


@pytest.fixture
def replayed(server, monkeypatch):
    """Dashboard 5 with nothing calculated, and each of its insights when it is asked for."""
    whole = exchange("dashboard_retrieve_overview_full")["response"]["json"]
    insights = {
        f"insights/{t['insight']['id']}/": t["insight"] for t in whole["tiles"] if t["insight"]
    }
    cold = json.loads(body("dashboard_retrieve_overview_full"))
    for tile in cold["tiles"]:
        if tile["insight"]:
            tile["insight"] |= {"result": None, "last_refresh": None, "cache_target_age": None}
    server.special = {path: (200, answer) for path, answer in insights.items()}
    server.special["dashboards/5/"] = (200, cold)
    return server


def test_a_cold_dashboard_fills_and_comes_back_from_disk(replayed, online, parts, ada, qtbot):
    online.open_dashboard(5)
    qtbot.waitUntil(lambda: 5 in parts.store.state.dashboards)
    qtbot.waitUntil(lambda: parts.store.state.dashboards[5].progress is None)
    held = parts.store.state.dashboards[5]
    asked = exchange("dashboard_retrieve_overview_full")["response"]["json"]["tiles"]
    with_result = {t["id"] for t in asked if t["insight"] and t["insight"]["result"] is not None}
    assert {number for number, tile in held.tiles.items() if tile.has_result} == with_result
    assert len(with_result) >= 10
    fresh = State(account=ada, project=parts.store.state.project)
    again = load_dashboard(fresh, parts.cache, 5)[0].dashboards[5]
    assert again.dashboard == held.dashboard
    for number, tile in held.tiles.items():
        assert again.tiles[number].insight == tile.insight


def test_a_wrong_kind_of_answer_is_a_failure_and_not_a_crash(replayed, online, parts, ada, qtbot):
    replayed.special["dashboards/5/"] = (200, {"results": []})
    online.open_dashboard(5)
    qtbot.waitUntil(lambda: 5 in parts.store.state.missing)
    assert "not a dashboard" in parts.store.state.missing[5].detail


def test_a_portal_page_is_not_taken_for_posthog(server, online, parts, ada, qtbot, monkeypatch):
    async def portal(_request):
        return httpx.Response(200, html="<html>Sign in to the Wi-Fi</html>")

    monkeypatch.setattr(
        online._session.client()._exchange._http, "_transport", httpx.MockTransport(portal)
    )
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: 9 in parts.store.state.missing)
    assert not settled(parts)
    assert "web page" in parts.store.state.missing[9].message
