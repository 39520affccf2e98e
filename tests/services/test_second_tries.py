"""A server in trouble is asked again for a dashboard, before the clock would."""

import pytest

from phdesk.models.failure import Cause, Failure
from phdesk.services.second_tries import LONGEST, WAITS, SecondTries
from tests.services.on_dashboard import board, times
from tests.services.posthog import REFUSED, tile
from tests.store.builders import at

TROUBLE = (502, {"detail": "Bad gateway"})


@pytest.fixture
def due(online):
    """Let the time of the second try come."""
    second = online.dashboards._reading._second

    def come():
        (timer,) = second._timers.values()
        assert timer.isActive()
        timer.timeout.emit()

    return come


def test_a_server_in_trouble_is_asked_again_and_what_was_wrong_is_over(
    open_board, online, server, parts, due, qtbot
):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = TROUBLE
    online.refresh(9)
    qtbot.waitUntil(lambda: board(parts).failure is not None)
    assert board(parts).failure.cause is Cause.SERVER
    assert times(board(parts)) == {1: at(0)}, "its numbers stay"
    del server.special["dashboards/9/"]
    due()
    qtbot.waitUntil(lambda: board(parts).failure is None)
    assert online.dashboards._reading._second._timers == {}


def test_what_nobody_sees_is_asked_for_when_somebody_does(
    open_board, online, server, parts, due, qtbot
):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = TROUBLE
    online.refresh(9)
    qtbot.waitUntil(lambda: board(parts).failure is not None)
    del server.special["dashboards/9/"]
    online.dashboards.set_hidden(hidden=True)
    asked = len(server.asked)
    due()
    assert len(server.asked) == asked
    online.dashboards.set_hidden(hidden=False)
    qtbot.waitUntil(lambda: board(parts).failure is None)


def test_a_dashboard_that_is_closed_is_asked_for_no_more(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = TROUBLE
    online.refresh(9)
    qtbot.waitUntil(lambda: board(parts).failure is not None)
    online.dashboards.close(9)
    assert online.dashboards._reading._second._timers == {}


def test_a_refused_key_is_not_tried_again(open_board, online, server, parts, qtbot):
    server.tiles = [tile(1, 0)]
    open_board()
    server.special["dashboards/9/"] = (401, REFUSED)
    online.refresh(9)
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    assert online.dashboards._reading._second._timers == {}


def test_it_is_asked_for_ever_more_seldom_until_it_is_there(qapp):
    tries = SecondTries()
    trouble = Failure(cause=Cause.SERVER, message="")
    waits = []
    for _ in range(len(WAITS) + 1):
        tries.failed(9, trouble)
        waits.append(tries._timers[9].interval() // 1000)
    assert tuple(waits) == (*WAITS, WAITS[-1])
    tries.forget(9)
    tries.failed(9, Failure(cause=Cause.SERVER, message="", retry_after=45.0))
    assert tries._timers[9].interval() == 45_000
    tries.failed(9, Failure(cause=Cause.SERVER, message="", retry_after=999_999_999.0))
    assert tries._timers[9].interval() == LONGEST * 1000
