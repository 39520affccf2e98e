import httpx
import pytest
from PySide6.QtCore import QObject, Signal

from phdesk.core.budget import MINUTE, SLOT, Kind, Use
from phdesk.models.account import Project
from phdesk.models.failure import Cause
from phdesk.store.state import Progress
from tests.services.posthog import BROKEN, BUSY, HOST, REFUSED, Gate, insight, tile
from tests.store.builders import at


@pytest.fixture
def open_board(online, parts, ada, qtbot):
    def open_board(visible=()):
        online.open_dashboard(9, visible)
        qtbot.waitUntil(lambda: settled(parts))
        return board(parts)

    return open_board


def board(parts):
    return parts.store.state.dashboards[9]


def settled(parts):
    held = parts.store.state.dashboards.get(9)
    return held is not None and not held.loading and held.progress is None


def times(held):
    return {number: each.computed_at for number, each in held.tiles.items()}


def calculated(server):
    return [path for path, params in server.asked if params.get("refresh") == "blocking"]


def test_stale_and_missing_tiles_are_refreshed_and_fresh_ones_not(open_board, server):
    server.tiles = [tile(1, 0), tile(2, 0, stale=True), tile(3)]
    held = open_board()
    assert times(held) == {1: at(0), 2: at(1), 3: at(1)}
    assert sorted(calculated(server)) == ["insights/102/", "insights/103/"]
    params = dict(server.asked)["insights/102/"]
    assert params["from_dashboard"] == "9"
    assert len(params["client_query_id"]) == 36
    assert dict(server.asked)["dashboards/9/"] == {"refresh": "force_cache"}


def test_results_are_cached_as_they_come(open_board, server, parts, ada):
    server.tiles = [tile(1, 0), tile(2)]
    open_board()
    cached = parts.cache.load_dashboard(ada.id, 7, 9)
    assert {each.tile_id: each.computed_at for each in cached.tiles} == {1: at(0), 2: at(1)}


def test_two_run_at_once_and_progress_is_told(online, server, parts, ada, qtbot):
    server.tiles = [tile(number, y=number) for number in (1, 2, 3, 4)]
    gates = {f"insights/{number}/": Gate() for number in range(101, 105)}
    server.special = dict(gates)
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 2)
    assert board(parts).progress == Progress(0, 4)
    assert [each.refreshing for each in board(parts).tiles.values()] == [True, True, False, False]
    gates["insights/101/"].open()
    qtbot.waitUntil(lambda: board(parts).progress == Progress(1, 4) and server.running == 2)
    assert [each.refreshing for each in board(parts).tiles.values()] == [False, True, True, False]
    for path in ("insights/102/", "insights/103/", "insights/104/"):
        gates[path].open()
    qtbot.waitUntil(lambda: settled(parts))
    assert server.most_running == 2


def test_tiles_on_screen_come_first(open_board, server):
    server.tiles = [tile(number, y=number) for number in (1, 2, 3)]
    open_board(visible=(3, 2))
    assert calculated(server)[0] == "insights/103/"
    assert sorted(calculated(server)[:2]) == ["insights/102/", "insights/103/"]


def test_one_bad_tile_is_one_bad_tile(open_board, server):
    server.tiles = [tile(1, 0, stale=True), tile(2)]
    server.special["insights/101/"] = (500, BROKEN)
    held = open_board()
    assert times(held) == {1: at(0), 2: at(1)}
    assert held.tiles[1].failure.cause is Cause.SERVER
    assert held.tiles[1].failed_since is not None
    assert not held.tiles[1].refreshing


def test_an_error_inside_an_ok_answer_is_a_failure(open_board, server):
    server.tiles = [tile(1, 0, stale=True)]
    status = {"id": "q", "complete": True, "error": True, "error_message": "out of memory"}
    server.special["insights/101/"] = (200, {**insight(101), "query_status": status})
    held = open_board()
    assert times(held) == {1: at(0)}
    assert "out of memory" in held.tiles[1].failure.message


def test_a_refused_tile_recovers_on_retry(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0, stale=True)]
    server.special["insights/101/"] = (500, BROKEN)
    open_board()
    del server.special["insights/101/"]
    online.refresh(9, tile_ids=[1, 77])
    qtbot.waitUntil(lambda: board(parts).tiles[1].failure is None)
    assert times(board(parts)) == {1: at(1)}


def test_force_calculates_everything(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0), tile(2, 0)]
    open_board()
    online.refresh(9, force=True)
    qtbot.waitUntil(lambda: times(board(parts)) == {1: at(1), 2: at(1)})
    assert {dict(params)["refresh"] for path, params in server.asked if "insights" in path} == {
        "force_blocking"
    }


def test_a_second_opening_shows_the_cache_at_once(online, server, parts, ada, qtbot):
    server.tiles = [tile(1, 0)]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: settled(parts))
    parts.store.apply(lambda state: (type(state)(account=ada, project=state.project), None))
    server.special["dashboards/9/"] = Gate()
    online.open_dashboard(9)
    held = board(parts)
    assert (times(held), held.from_cache, held.loading) == ({1: at(0)}, True, True)
    server.special["dashboards/9/"].open()
    qtbot.waitUntil(lambda: not board(parts).from_cache)


def test_a_closed_dashboard_asks_no_more(online, server, parts, ada, qtbot):
    server.tiles = [tile(number, 0, stale=True) for number in (1, 2, 3)]
    gate = Gate()
    server.special = {f"insights/{number}/": gate for number in (101, 102, 103)}
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 2)
    online.dashboards.close(9)
    qtbot.waitUntil(lambda: server.cancelled == 2)
    assert len(server.paths("insights")) == 2
    assert settled(parts)
    assert not any(each.refreshing for each in board(parts).tiles.values())
    assert times(board(parts)) == dict.fromkeys((1, 2, 3), at(0))
    asked = {params["client_query_id"] for path, params in server.asked if "insights" in path}
    qtbot.waitUntil(lambda: {path[6:-1] for path in server.paths("query/")} == asked)


def test_signing_out_stops_what_the_server_calculates(online, server, parts, ada, qtbot):
    server.tiles = [tile(1)]
    server.special = {"insights/101/": Gate()}
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 1)
    online.forget(ada.id)
    qtbot.waitUntil(lambda: server.cancelled == 1 and bool(server.paths("query/")))


def test_a_dashboard_that_is_gone_is_told(online, server, parts, ada, qtbot):
    server.special["dashboards/9/"] = (404, {"type": "invalid_request", "code": "not_found"})
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: 9 in parts.store.state.missing)
    assert parts.store.state.missing[9].cause is Cause.NOT_FOUND
    assert parts.store.state.offline is None


def test_offline_keeps_everything_and_recovers(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = httpx.ConnectError("no route")
    online.refresh(9)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    assert times(board(parts)) == {1: at(0)}
    assert board(parts).failure.cause is Cause.NETWORK
    del server.special["dashboards/9/"]
    online.dashboards._again.timeout.emit()  # its time has come
    qtbot.waitUntil(lambda: parts.store.state.offline is None)
    assert board(parts).failure is None


def test_a_server_that_goes_away_is_not_asked_for_each_tile(online, server, parts, ada, qtbot):
    server.tiles = [tile(number, 0, stale=True) for number in range(1, 9)]
    server.special = {f"insights/{n}/": httpx.ConnectError("no route") for n in range(101, 109)}
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None and settled(parts))
    assert len(set(server.paths("insights"))) <= 3
    assert not any(each.refreshing for each in board(parts).tiles.values())


def test_a_key_that_was_revoked_stops_everything(open_board, online, server, parts, clocks, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = (401, REFUSED)
    online.refresh(9)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    assert parts.store.state.offline.cause is Cause.WRONG_REGION
    asked = len(server.asked)
    clocks.go_on(3600)
    online.dashboards.auto.tick()
    assert len(server.asked) == asked
    assert not online.dashboards._again.isActive()


def test_a_busy_server_gets_a_pause(online, server, parts, ada, clocks, qtbot):
    server.tiles = [tile(number, 0, stale=True, y=number) for number in (1, 2, 3)]
    server.special = {f"insights/{number}/": (429, BUSY) for number in (101, 102)}
    online.open_dashboard(9)
    pause = online.dashboards._tiles._pause
    qtbot.waitUntil(lambda: pause.isActive() and board(parts).progress.until is not None)
    failed = board_failures(parts)  # the second may not have set out before the first came back
    assert failed >= 1
    assert "insights/103/" not in server.paths()
    assert board(parts).progress == Progress(failed, 3, until=at(1.5))
    assert 80_000 < pause.interval() <= 90_001
    server.special.clear()
    clocks.go_on(90)
    pause.timeout.emit()
    qtbot.waitUntil(lambda: settled(parts))
    assert times(board(parts))[3] == at(1)


def test_the_budget_of_the_team_is_kept_and_told(online, server, parts, ada, clocks, qtbot):
    server.tiles = [tile(number, 0, stale=True) for number in (1, 2, 3)]
    spent_but(parts, clocks, 2)
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: 9 in parts.store.state.dashboards)
    qtbot.waitUntil(lambda: board(parts).progress == Progress(2, 3, at((MINUTE + SLOT) / 60)))
    assert len(server.paths("insights")) == 2
    insights = online.dashboards.budget().classes[0]
    assert (insights.name, insights.left, insights.interactive) == ("insights", 0, 95)
    clocks.go_on(MINUTE + SLOT)
    online.dashboards._tiles.pump()
    qtbot.waitUntil(lambda: settled(parts))
    assert len(server.paths("insights")) == 3


def test_what_the_clock_wants_beyond_its_share_is_left_for_another_time(
    open_board, online, server, parts, clocks, qtbot
):
    server.tiles = [tile(number, -5) for number in (1, 2, 3)]
    open_board()
    parts.governor.set_share(0.002)  # one an hour
    server.tiles = [tile(number, 0, stale=True) for number in (1, 2, 3)]
    server.asked.clear()
    clocks.go_on(3 * 3600)
    online.dashboards.auto.tick()
    qtbot.waitUntil(lambda: len(server.paths("insights")) == 1 and settled(parts))
    assert board_failures(parts) == 0
    assert online.dashboards.budget().classes[0].background == 1


def test_what_the_clock_wants_beyond_its_minute_comes_in_the_next(
    open_board, online, server, parts, clocks, qtbot
):
    server.tiles = [tile(number, -5) for number in (1, 2, 3)]
    open_board()
    parts.governor.set_share(0.02)  # two a minute
    server.tiles = [tile(number, 0, stale=True) for number in (1, 2, 3)]
    server.asked.clear()
    online.dashboards.read_all()
    qtbot.waitUntil(online.dashboards._tiles._pause.isActive)
    qtbot.waitUntil(lambda: board(parts).progress == Progress(2, 3, at((MINUTE + SLOT) / 60)))
    clocks.go_on(MINUTE + SLOT)
    online.dashboards._tiles.pump()
    qtbot.waitUntil(lambda: len(server.paths("insights")) == 3 and settled(parts))


def spent_but(parts, clocks, left):
    """Let others of the team's process use the budget up but for some calls."""
    ledger = parts.governor._rules.ledger((HOST, 7))
    for _ in range(ledger.left(Use(Kind.INSIGHTS), clocks.steady) - left):
        ledger.spend(Use(Kind.INSIGHTS), clocks.steady)


def board_failures(parts):
    held = parts.store.state.dashboards.get(9)
    return sum(each.failure is not None for each in held.tiles.values()) if held else 0


def test_the_clock_refreshes_unless_nobody_looks(open_board, online, server, clocks, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    auto = online.dashboards.auto
    assert 27 * 60 <= auto.next_at.timestamp() - clocks.wall <= 33 * 60
    online.dashboards.set_hidden(hidden=True)
    clocks.go_on(34 * 60)
    auto.tick()
    assert (server.paths("dashboards/9"), auto.paused) == (
        ["dashboards/9/"],
        "the window is hidden",
    )
    online.dashboards.set_hidden(hidden=False)
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9")) == 2)


def test_the_clock_refreshes_while_one_of_two_windows_is_seen(
    open_board, online, server, clocks, qtbot
):
    server.tiles = [tile(1, 0)]
    open_board()
    auto = online.dashboards.auto
    online.dashboards.set_hidden(hidden=False, viewer=1)
    online.dashboards.set_hidden(hidden=True, viewer=2)
    clocks.go_on(34 * 60)
    auto.tick()
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9")) == 2)
    online.dashboards.leave(1)
    clocks.go_on(34 * 60)
    auto.tick()
    assert auto.paused == "the window is hidden", "the window that is left is"
    online.dashboards.set_hidden(hidden=False, viewer=2)
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9")) == 3)


def test_two_windows_on_a_dashboard_read_it_once(online, server, parts, ada, qtbot):
    server.tiles = [tile(number, 0, stale=True) for number in (1, 2, 3)]
    gate = Gate()
    server.special = {f"insights/{number}/": gate for number in (101, 102, 103)}
    online.open_dashboard(9, viewer=1)
    online.open_dashboard(9, viewer=2)
    qtbot.waitUntil(lambda: server.running == 2)
    online.open_dashboard(9, viewer=3)
    assert server.paths("dashboards/9") == ["dashboards/9/"]
    online.dashboards.close(9, viewer=1)
    online.dashboards.leave(3)
    gate.open()
    qtbot.waitUntil(lambda: settled(parts))
    assert times(board(parts)) == dict.fromkeys((1, 2, 3), at(1)), "one still looked"
    assert server.cancelled == 0


def test_who_wants_some_tiles_gets_those_until_somebody_wants_all(
    online, server, parts, ada, qtbot
):
    server.tiles = [tile(1, 0, stale=True), tile(2, 0, stale=True)]
    online.dashboards.open(9, viewer=-1, only=[2])
    qtbot.waitUntil(lambda: settled(parts))
    assert calculated(server) == ["insights/102/"]
    online.open_dashboard(9, viewer=1)
    qtbot.waitUntil(lambda: settled(parts) and len(calculated(server)) == 2)
    online.dashboards.close(9, viewer=1)
    server.tiles = [tile(1, 2, stale=True), tile(2, 2, stale=True)]
    online.refresh(9)
    qtbot.waitUntil(lambda: settled(parts) and len(calculated(server)) == 3)
    assert calculated(server)[-1] == "insights/102/"


def test_the_last_window_that_leaves_a_dashboard_gives_it_up(online, server, parts, ada, qtbot):
    server.tiles = [tile(1, 0, stale=True)]
    server.special["insights/101/"] = Gate()
    online.open_dashboard(9, viewer=1)
    online.open_dashboard(9, viewer=2)
    qtbot.waitUntil(lambda: server.running == 1)
    online.dashboards.leave(1)
    online.dashboards.leave(2)
    qtbot.waitUntil(lambda: server.cancelled == 1)
    assert settled(parts)


def test_a_second_window_reads_what_the_first_could_not(online, server, parts, ada, qtbot):
    server.special["dashboards/9/"] = (404, {"detail": "Not found."})
    online.open_dashboard(9, viewer=1)
    qtbot.waitUntil(lambda: 9 in parts.store.state.missing)
    online.open_dashboard(9, viewer=2)
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9")) == 2)


def test_closing_while_reading_leaves_nothing_loading(online, server, parts, ada, qtbot):
    server.special["dashboards/9/"] = Gate()
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 1)
    online.dashboards.close(9)
    assert parts.store.state.opening == frozenset()
    qtbot.waitUntil(lambda: server.cancelled == 1)


def test_what_was_opened_before_the_key_came_is_read_then(online, server, parts, signed_out, qtbot):
    server.tiles = [tile(1, 0)]
    online.open_dashboard(9)
    assert server.asked == []
    online.resume()
    qtbot.waitUntil(lambda: settled(parts))
    assert times(board(parts)) == {1: at(0)}


def test_another_project_does_not_reopen_the_dashboards_of_the_last(
    open_board, online, server, qtbot
):
    server.tiles = [tile(1, 0)]
    open_board()
    online.choose_project(Project(id=8))
    qtbot.waitUntil(lambda: "projects/8/dashboards/" in server.paths())
    assert "projects/8/dashboards/9/" not in server.paths()


def test_a_list_that_failed_is_read_again_when_the_server_is_back(
    online, server, parts, ada, qtbot
):
    server.special["dashboards/"] = httpx.ConnectError("no route")
    online.list_dashboards()
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    server.special.clear()
    online.dashboards._again.timeout.emit()
    qtbot.waitUntil(lambda: parts.store.state.rows.failure is None)
    assert parts.store.state.offline is None


def test_reading_twice_counts_once(online, server, parts, ada, qtbot):
    gate = server.special["dashboards/9/"] = Gate()
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 1)
    online.refresh(9)
    qtbot.waitUntil(lambda: server.cancelled == 1 and server.running == 1)
    gate.open()
    qtbot.waitUntil(lambda: settled(parts))


def test_without_a_session_nothing_is_asked(online, parts, server):
    online.open_dashboard(9)
    online.refresh(9)
    online.list_dashboards()
    online.list_projects()
    assert server.asked == []
    assert online.dashboards.budget() is None


def spared(number, minute, allowed):
    """A tile that the server would not calculate anew before a minute."""
    made = tile(number, minute)
    made["insight"]["next_allowed_client_refresh"] = at(allowed).isoformat()
    return made


def test_what_the_server_wants_to_be_spared_is_left_out_even_of_a_whole_refresh(
    open_board, online, server, parts, heard, qtbot
):
    server.tiles = [spared(1, -5, 10), spared(2, -30, -15)]
    open_board()
    online.refresh(9, force=True)
    qtbot.waitUntil(lambda: server.paths("insights") == ["insights/102/"] and settled(parts))
    assert heard["told"] == []


@pytest.mark.parametrize("tile_ids", [None, [1]], ids=["the dashboard", "a tile"])
def test_a_refresh_that_the_server_does_not_want_yet_is_told_with_the_time(
    open_board, online, server, heard, qtbot, tile_ids
):
    server.tiles = [spared(1, -5, 10)]
    open_board()
    online.refresh(9, force=True, tile_ids=tile_ids)
    qtbot.waitUntil(lambda: bool(heard["told"]))
    assert f"PostHog does it anew from {at(10).astimezone():%H:%M} on." in heard["told"][0]
    assert server.paths("insights") == []


def test_a_tile_of_its_own_comes_before_all_that_wait(online, server, parts, ada, qtbot):
    server.tiles = [tile(number, y=number) for number in range(1, 6)]
    gates = {f"insights/{number}/": Gate() for number in range(101, 106)}
    server.special = dict(gates)
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 2)
    online.refresh(9, tile_ids=[5])
    gates["insights/101/"].open()
    qtbot.waitUntil(lambda: len(server.paths("insights")) == 3)
    assert server.paths("insights")[-1] == "insights/105/"
    for gate in gates.values():
        if not gate.done():
            gate.open()
    qtbot.waitUntil(lambda: settled(parts))


class System(QObject):
    """What a system says of power and network, set by hand."""

    reconnected = Signal()
    changed = Signal()
    battery = metered = False


def test_the_network_that_is_back_is_used_at_once(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    system = System()
    online.dashboards.auto.set_system(system)
    system.reconnected.emit()
    assert len(server.paths("dashboards/9")) == 1, "nothing was away"
    server.special["dashboards/9/"] = httpx.ConnectError("no route")
    online.refresh(9)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    del server.special["dashboards/9/"]
    system.reconnected.emit()
    qtbot.waitUntil(lambda: parts.store.state.offline is None)


def test_a_metered_connection_waits_until_it_is_another(open_board, online, server, clocks, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    system, auto = System(), online.dashboards.auto
    auto.set_system(system)
    system.metered = True
    clocks.go_on(3600)
    auto.tick()
    assert auto.paused == "the connection is metered"
    system.metered = False
    system.changed.emit()
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9")) == 2)
