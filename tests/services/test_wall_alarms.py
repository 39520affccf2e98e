"""Which alerts fire on what a wall shows, wherever its tiles are from."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from phdesk.core.wall.stops import Stop
from phdesk.models.account import Account, Project
from phdesk.models.alert import Alert
from phdesk.models.failure import Cause, Failure
from phdesk.models.watch import Address, Bound, Watch, WatchState
from phdesk.services.wall_alarms import WallAlarms
from phdesk.services.wall_room import Known
from phdesk.store.state import EMPTY, DashboardState, Origin, TileState
from tests.store.builders import NOON, board, tile
from tests.views.dashboard.showing import trend

ADA, BEN = (Account(id=name, host="https://eu.posthog.com") for name in ("ada", "ben"))
STATE = replace(EMPTY, account=ADA, project=Project(id=7))
FIRES = Alert(id="a1", name="Low", state="Firing", lower=5, value=2, last_notified_at=NOON)
GONE = Failure(cause=Cause.NOT_FOUND, message="There is no such dashboard.")
HOUR = 3600.0


class Rooms(QObject):
    changed = Signal()

    def __init__(self, known):
        super().__init__()
        self.known = lambda _stop: known


def page(origin=None, fetched=NOON, alerts=(FIRES,), **more):
    made = tile(4, replace(trend(-5), id=101, short_id="abc", alerts=tuple(alerts)))
    held = TileState(tile=made, insight=made.insight, origin=origin)
    frame = board(made, dashboard_id=more.pop("number", 9))
    return DashboardState(dashboard=frame, tiles={4: held}, fetched_at=fetched, **more)


def found(page, stop=None, room=None, now=NOON, **known):
    alarms = WallAlarms(Rooms(Known(state=STATE, page=page, **known)))
    if room is not None:
        alarms.use(room)
    return alarms.found([stop or Stop(key="dashboard 9", dashboard=9)], now, HOUR)


def watching(**more):
    place = {"account": "ada", "project": 7, "dashboard": 9, "tile": 4, **more}
    watch = Watch(id="w", number=Address(measure="total"), condition=Bound("above", 1), **place)
    state = WatchState(watch="w", phase="firing", since=NOON, judged_at=NOON, value_text="2")

    class Standing(QObject):
        changed = Signal()

        def state_of(self, _watch):
            return state

    return SimpleNamespace(list=SimpleNamespace(watches=(watch,)), watches=Standing())


def test_a_tile_of_a_board_has_the_alerts_of_where_it_is_from():
    origin = Origin(project=Project(id=3), dashboard=5, tile=6, account=BEN)
    stop = Stop(key="board Mine", board="Mine")
    (alarm,) = found(page(origin, number=-2), stop).firing
    assert alarm.key == "posthog/ben/3/a1"
    assert (alarm.stop.board, alarm.stop.tile, alarm.takes) == ("Mine", 4, True)
    room = watching(account="ben", project=3, dashboard=5, tile=6)
    assert "watch/ben/w" in [one.key for one in found(page(origin), stop, room).firing]
    assert "watch/ada/w" not in [one.key for one in found(page(origin), stop, watching()).firing]


def test_an_insight_by_itself_has_the_watches_of_it_wherever_its_tile_is():
    room = watching(dashboard=77, tile=88, insight="abc")
    stop = Stop(key="insight abc", insight="abc")
    keys = [one.key for one in found(page(number=-5), stop, room).firing]
    assert keys == ["posthog/ada/7/a1", "watch/ada/w"]
    elsewhere = found(page(), Stop(key="dashboard 9", dashboard=9), room)
    assert [one.key for one in elsewhere.firing] == ["posthog/ada/7/a1"]


@pytest.mark.parametrize(
    ("alert", "calm"),
    [
        (replace(FIRES, state="Not firing"), True),
        (replace(FIRES, enabled=False), True),
        (replace(FIRES, state="Snoozed"), False),
        (replace(FIRES, state="Errored"), False),
    ],
    ids=["well", "off", "snoozed", "errored"],
)
def test_only_what_is_well_may_fire_as_news_again(alert, calm):
    told = found(page(alerts=[alert]))
    assert told.firing == ()
    assert bool(told.calm) is calm


@pytest.mark.parametrize(
    ("more", "known"),
    [
        ({"fetched": NOON - timedelta(hours=3)}, {}),
        ({"from_cache": True}, {}),
        ({"fetched": None}, {}),
        ({}, {"failure": GONE}),
    ],
    ids=["long ago", "from disk", "never", "gone"],
)
def test_what_was_not_read_lately_tells_of_nothing(more, known):
    told = found(page(**more), **known)
    assert (told.firing, told.calm) == ((), frozenset())


def test_of_two_stops_the_one_counts_that_may_show_it():
    alarms = WallAlarms(Rooms(Known(state=STATE, page=page())))
    other = Stop(key="a week", dashboard=9, range="last 7 days")
    for stops in ([other, Stop(key="own", dashboard=9)], [Stop(key="own", dashboard=9), other]):
        (alarm,) = alarms.found(stops, NOON, HOUR).firing
        assert (alarm.takes, alarm.stop.range) == (True, None)
