from datetime import timedelta

import pytest

from phdesk.services.online import Online
from phdesk.store.cache_history import Look, last_look
from tests.services.conftest import ADA
from tests.services.posthog import tile
from tests.store.builders import NOON

HERE = (ADA.id, 7, 9)


@pytest.fixture
def clock():
    """Hours after noon."""
    return [0]


@pytest.fixture
def online(parts, server, clock):
    return Online(parts, connect=server.connect, now=lambda: NOON + timedelta(hours=clock[0]))


def hour(number):
    return NOON + timedelta(hours=number)


@pytest.fixture
def looked(parts, qtbot):
    """Wait until a look is on disk."""

    def wait(at, before):
        qtbot.waitUntil(lambda: last_look(parts.cache, *HERE) == Look(at, before))

    return wait


def test_a_look_lasts_from_opening_over_refreshes_to_leaving(ada, online, server, clock, looked):
    server.tiles = [tile(1, 0)]
    online.open_dashboard(9)
    looked(hour(0), None)
    clock[0] = 1
    online.refresh(9)
    looked(hour(1), None)
    clock[0] = 2
    online.dashboards.close(9)
    looked(hour(2), None)
    clock[0] = 9
    online.open_dashboard(9)
    looked(hour(9), hour(2))


def test_a_second_window_begins_no_new_look(ada, online, server, clock, looked):
    server.tiles = [tile(1, 0)]
    online.open_dashboard(9, viewer=1)
    looked(hour(0), None)
    clock[0] = 5
    online.open_dashboard(9, viewer=2)
    online.dashboards.close(9, viewer=1)
    clock[0] = 6
    online.dashboards.close(9, viewer=2)
    looked(hour(6), None)


def test_what_is_open_at_the_end_was_looked_at_until_then(ada, online, server, clock, parts):
    server.tiles = [tile(1, 0)]
    online.open_dashboard(9)
    clock[0] = 3
    online.dashboards.leave(0)
    assert parts.background.stop()
    assert last_look(parts.cache, *HERE) == Look(hour(3), None)
