"""Who looks at dashboards, and what the clock, other windows and the network make of it."""

import httpx
import pytest
from PySide6.QtCore import QObject, Signal

from phdesk.models.account import Project
from tests.services.on_dashboard import board, calculated, settled, times
from tests.services.posthog import Gate, tile
from tests.store.builders import at


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
    online.dashboards.reach._again.timeout.emit()
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
    disconnected = Signal()
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


def test_a_network_that_is_gone_is_noticed_without_a_refresh(
    open_board, online, server, parts, qtbot
):
    server.tiles = [tile(1, 0)]
    open_board()
    system = System()
    online.dashboards.auto.set_system(system)
    asked = len(server.paths("dashboards/"))
    system.disconnected.emit()
    qtbot.waitUntil(lambda: len(server.paths("dashboards/")) == asked + 1)
    qtbot.waitUntil(lambda: not parts.store.state.rows.loading)
    assert parts.store.state.offline is None, "the system was wrong"
    server.special["dashboards/"] = httpx.ConnectError("no route")
    system.disconnected.emit()
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    asked = len(server.paths("dashboards/"))
    system.disconnected.emit()
    qtbot.wait(20)
    assert len(server.paths("dashboards/")) == asked, "all is known"


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
