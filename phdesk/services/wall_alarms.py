"""Finds which alerts fire on what a wall shows: PostHog's own, and watches of this computer.

Nothing is asked of PostHog for it. What is known too long ago counts for nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.alert_words import last_value, rule_words
from phdesk.core.charts.series import axis_format
from phdesk.core.question import read_question
from phdesk.core.wall.alarms import Alarm
from phdesk.core.wall.staleness import is_old
from phdesk.core.wall.stops import Stop
from phdesk.core.watching import states
from phdesk.core.watching.framing import known_at
from phdesk.models.alert import CALM, Alert
from phdesk.models.watch import Watch, WatchState
from phdesk.services.board_sources import Sources, Supply, Where
from phdesk.services.wall_room import Known
from phdesk.services.wall_rooms import WallRooms
from phdesk.store.cache import Cache
from phdesk.store.contexts import context_of, context_there
from phdesk.store.state import DashboardState, TileState
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.watch_room import WatchRoom  # not before the first paint

LISTED = timedelta(minutes=15)  # for which the list of alerts, read every six, is believed
WELL = frozenset({"ok", "short", "new"})
Marked = tuple[Watch, WatchState]
Place = tuple[str, int, int, int]  # account, project, dashboard, tile


class Found(NamedTuple):
    """Alerts that fire, and the keys of those that are known not to."""

    firing: tuple[Alarm, ...] = ()
    calm: frozenset[str] = frozenset()


class WallAlarms(QObject):
    """One for all walls of a process."""

    changed = Signal()  # other alerts may fire

    def __init__(self, rooms: WallRooms, parent: QObject | None = None) -> None:
        super().__init__(parent or rooms)
        self._rooms = rooms
        self._room: WatchRoom | None = None
        rooms.changed.connect(self.changed)

    def use(self, room: "WatchRoom") -> None:
        """Look at a person's watches, too."""
        self._room = room
        room.watches.changed.connect(self.changed)
        self.changed.emit()

    def found(self, stops: Iterable[Stop], now: datetime, cadence: float) -> Found:
        """Say which alerts fire on the tiles of stops; of several stops the first fit one counts.

        `cadence` is the wall's, in seconds.
        """
        firing: dict[str, Alarm] = {}
        calm: set[str] = set()
        watches = self._watches()
        for stop in stops:
            for spot in self._spots(stop, now, cadence):
                here = watches.get(spot.place, []) + watches.get(spot.alone, [])
                for key, alarm in (*_of_posthog(spot), *self._of_watches(spot, here)):
                    if alarm is None:
                        calm.add(key)
                    elif key not in firing or (alarm.takes and not firing[key].takes):
                        firing[key] = alarm
        return Found(tuple(firing.values()), frozenset(calm - firing.keys()))

    def marks(self, stop: Stop, now: datetime, cadence: float) -> Mapping[int, tuple[Marked, ...]]:
        """Give the watches that fire on each tile of a stop, of whose own numbers they are."""
        watches, found = self._watches(), dict[int, tuple[Marked, ...]]()
        if self._room is None or not watches:
            return found
        for spot in self._spots(stop, now, cadence):
            here = watches.get(spot.place, []) + watches.get(spot.alone, [])
            known = [known_at(one, self._room.watches.state_of(one), now) for one in here]
            firing = tuple(one for one in known if _fires(spot, *one))
            if firing and not spot.shows_other:
                found[spot.tile] = firing
        return found

    def _spots(self, stop: Stop, now: datetime, cadence: float) -> Iterator["_Spot"]:
        known = self._rooms.known(stop)
        if known.page is not None and not known.lost:
            for tile, held in _tiles(stop, known.page):
                yield _Spot(stop, known, known.page, tile, held, now, cadence)

    def _watches(self) -> dict[tuple[object, ...], list[Watch]]:
        found: dict[tuple[object, ...], list[Watch]] = {}
        for one in self._room.list.watches if self._room is not None else ():
            found.setdefault((*one.source, one.dashboard, one.tile), []).append(one)
            if one.insight:
                found.setdefault((*one.source, one.insight), []).append(one)
        return found

    def _of_watches(
        self, spot: "_Spot", watches: Sequence[Watch]
    ) -> Iterator[tuple[str, Alarm | None]]:
        if self._room is None:
            return
        for watch in watches:
            state = self._room.watches.state_of(watch)
            key = f"watch/{watch.account}/{watch.id}"
            if state.phase in WELL:
                yield key, None
            elif _fires(spot, watch, state):
                yield key, _alarm_of_watch(spot, key, watch, state)


class _Spot(NamedTuple):
    """A tile of a stop."""

    stop: Stop
    known: Known
    page: DashboardState
    tile: int
    held: TileState
    now: datetime
    cadence: float

    @property
    def place(self) -> Place:
        """Say where the tile is from."""
        origin = self.held.origin
        if origin is not None:
            account = origin.account.id if origin.account is not None else ""
            return account, origin.project.id, origin.dashboard, origin.tile
        return (*self._where, self.page.dashboard.row.id, self.tile)

    @property
    def alone(self) -> tuple[object, ...]:
        """Name the insight of a stop without a dashboard; elsewhere nothing is called like it."""
        insight = self.held.insight
        short = insight.short_id if insight is not None and self.stop.insight else ""
        return (*self._where, short)

    @property
    def _where(self) -> tuple[str, int]:
        state = self.known.state
        if state.account is None or state.project is None:
            return "", 0
        return state.account.id, state.project.id

    @property
    def lies_in(self) -> tuple[str, int]:
        """Give account and project."""
        return self.place[:2]

    @property
    def takes(self) -> bool:
        """Tell whether the tile shows what alerts are about: no other dates, and not long ago."""
        held = self.held
        return not self.shows_other and held.has_result and not self._is_old(held.computed_at)

    @property
    def shows_other(self) -> bool:
        """Tell whether the tile shows other dates or filters than alerts are about."""
        return bool(self.stop.wish) or self.page.override is not None or self.held.is_other

    def is_fresh(self, state: WatchState) -> bool:
        """Tell whether a watch was judged on a number that is no old one yet."""
        return state.judged_at is not None and not self._is_old(state.judged_at)

    def _is_old(self, when: datetime | None) -> bool:
        insight, computed = self.held.insight, self.held.computed_at
        until = insight.cache_target_age if insight is not None and when == computed else None
        return is_old(when, self.now, self.cadence, until)

    @property
    def knows_alerts(self) -> bool:
        """Tell whether how PostHog's alerts stand was read lately."""
        listed, page = self.known.state.alerts, self.page
        if self.lies_in == self._where and not listed.from_cache and listed.fetched_at is not None:
            return self.now - listed.fetched_at <= LISTED
        read = page.fetched_at
        return not page.from_cache and read is not None and not is_old(read, self.now, self.cadence)


def _fires(spot: _Spot, watch: Watch, state: WatchState) -> bool:
    return states.standing(watch, state, spot.now) == "firing" and spot.is_fresh(state)


def _tiles(stop: Stop, page: DashboardState) -> Iterator[tuple[int, TileState]]:
    for tile, held in page.tiles.items():
        if held.insight is not None and stop.tile in (None, tile):
            yield tile, held


def _of_posthog(spot: _Spot) -> Iterator[tuple[str, Alarm | None]]:
    insight = spot.held.insight
    alerts = insight.alerts if insight is not None else None
    if not alerts or not spot.knows_alerts:
        return
    account, project = spot.lies_in
    for alert in alerts:
        key = f"posthog/{account}/{project}/{alert.id}"
        if alert.firing:
            yield key, _alarm_of_posthog(spot, key, alert)
        elif not alert.enabled or alert.state == CALM:
            yield key, None


def _alarm_of_posthog(spot: _Spot, key: str, alert: Alert) -> Alarm:
    held, how = spot.held, None
    if held.insight is not None:
        origin, state = held.origin, spot.known.state
        if origin is not None:
            context = context_there(origin, spot.now)
        else:
            context = context_of(spot.page, state.project, spot.now, state.around)
        how = axis_format(read_question(held.insight).filter, context)
    began = alert.last_notified_at
    return Alarm(
        key=key,
        event=began.isoformat() if began is not None else "",
        stop=_stop(spot, key),
        name=alert.name or alert.insight_name,
        value="" if alert.value is None else last_value(alert, how) if how else last_value(alert),
        rule=rule_words(alert, how) if how else rule_words(alert),
        since=began,
        found=alert.last_checked_at,
        takes=spot.takes,
    )


def _alarm_of_watch(spot: _Spot, key: str, watch: Watch, state: WatchState) -> Alarm:
    return Alarm(
        key=key,
        event=f"{state.rule}/{state.turn}/{state.since}",
        stop=_stop(spot, key),
        name=watch.name or watch.known_as or "Watch",
        value=state.value_text,
        rule=state.text,
        since=state.since,
        found=state.judged_at,
        severity=watch.severity,
        takes=spot.takes,
    )


def _stop(spot: _Spot, key: str) -> Stop:
    """Give the tile alone; what it is read from stays the same."""
    return replace(spot.stop, key=f"alert {key}", tile=spot.tile, hours=(), spotlight=False)


class WallSources(Sources):
    """Where watches find the numbers that walls read, and those of the boards on them."""

    def __init__(self, rooms: WallRooms, boards: Sources, cache: Cache, parent: QObject) -> None:
        super().__init__(cache, boards.preferences, parent)
        self._rooms, self._boards = rooms, boards
        self._stores: Mapping[Where, Store] = {}
        rooms.changed.connect(self._on_rooms)
        boards.changed.connect(self.changed)
        self._on_rooms()

    def known(self, where: Where) -> Supply | None:
        """Say who knows a project already."""
        store = self._stores.get(where)
        if store is None:
            return self._boards.known(where)
        return Supply(store, None, store.state.account, store.state.offline)

    @Slot()
    def _on_rooms(self) -> None:
        stores = self._rooms.stores()
        if stores != self._stores:
            self._stores = stores
            self.changed.emit()
