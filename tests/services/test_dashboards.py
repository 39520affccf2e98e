"""Open dashboards are read, and their tiles refreshed: what comes, fails, and is held back."""

import httpx

from phdesk.core.budget import MINUTE, SLOT, Kind, Use
from phdesk.models.failure import Cause
from phdesk.services.queue import RefreshQueue
from phdesk.store.changes import with_dashboard
from phdesk.store.state import Progress
from tests.services.on_dashboard import board, calculated, settled, times
from tests.services.posthog import BROKEN, BUSY, HOST, REFUSED, Gate, insight, tile
from tests.store import builders
from tests.store.builders import at


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


def test_the_clock_does_not_take_a_refresh_of_everything_from_a_person(
    open_board, online, server, parts, qtbot
):
    server.tiles = [tile(number, 0) for number in (1, 2)]
    open_board()
    server.special["dashboards/9/"] = gate = Gate()
    online.refresh(9, force=True)
    online.dashboards.read_all()
    gate.open()
    qtbot.waitUntil(lambda: times(board(parts)) == {1: at(1), 2: at(1)})
    assert online.dashboards.budget().classes[0].background == 0


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


def test_quitting_stops_what_the_server_calculates(online, server, parts, ada, qtbot):
    server.tiles = [tile(1)]
    gate = server.special["insights/101/"] = Gate()
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: server.running == 1)
    assert parts.background.stop()
    assert (server.cancelled, len(server.paths("query/"))) == (1, 1)
    gate.open()


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
    online.dashboards.reach._again.timeout.emit()  # its time has come
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
    assert not online.dashboards.reach.waits


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


def test_what_cannot_be_polled_for_a_while_is_not_begun_again_and_again(
    online, server, parts, ada, clocks, qtbot
):
    server.tiles = [tile(number, 0, stale=True, y=number) for number in (1, 2)]
    server.special = {"query/mine/": (429, BUSY)}
    for number in (101, 102):
        started = {"id": number, "query_status": {"id": "mine", "complete": False}}
        server.special[f"insights/{number}/"] = (202, started)
        online.dashboards._session._slow.ids.add(number)
    online.dashboards._tiles._queue = RefreshQueue(1)
    online.open_dashboard(9)
    pause = online.dashboards._tiles._pause
    qtbot.waitUntil(lambda: pause.isActive() or len(server.paths("insights/102/")) > 2)
    assert server.paths("insights") == ["insights/101/", "insights/102/"]
    assert 80_000 < pause.interval() <= 90_001
    assert board(parts).progress == Progress(1, 2, until=at(1.5))
    server.special.clear()
    clocks.go_on(90)
    pause.timeout.emit()
    qtbot.waitUntil(lambda: settled(parts))
    assert times(board(parts))[2] == at(1)


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


def test_before_a_wall_only_what_was_never_there_is_asked_for_at_once(
    open_board, online, server, parts, qtbot
):
    online.dashboards.set_calm()
    server.tiles = [tile(1, -5)]
    open_board()
    (calculations, *_, others) = online.dashboards.budget().classes
    assert (calculations.background, others.background) == (0, 0), "the wall was empty"
    online.dashboards.close(9)
    server.tiles = [tile(1, 0, stale=True)]
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: times(board(parts)) == {1: at(1)})
    (again, *_, others) = online.dashboards.budget().classes
    assert (again.interactive, again.background) == (calculations.interactive, 1)
    assert others.background == 1


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


def test_the_clock_begins_with_the_dashboard_of_the_oldest_number(online, parts, monkeypatch):
    for number, minute in ((7, -5), (8, -50), (9, -20)):
        one = builders.board(builders.tile(1, builders.answer(minute)), dashboard_id=number)
        parts.store.apply(with_dashboard, one, now=at(0), asked=1)
        online.dashboards._open.ready(number)
    read = []
    monkeypatch.setattr(online.dashboards._reading, "read_by_itself", read.append)
    online.dashboards.read_all()
    assert read == [8, 9, 7]


def spent_but(parts, clocks, left):
    """Let others of the team's process use the budget up but for some calls."""
    ledger = parts.governor._rules.ledger((HOST, 7))
    for _ in range(ledger.left(Use(Kind.INSIGHTS), clocks.steady) - left):
        ledger.spend(Use(Kind.INSIGHTS), clocks.steady)


def board_failures(parts):
    held = parts.store.state.dashboards.get(9)
    return sum(each.failure is not None for each in held.tiles.values()) if held else 0
