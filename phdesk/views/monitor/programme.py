"""The stops of a wall: what they are called, which can be shown, and why the others are not."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

from phdesk.core.listing import title_of
from phdesk.core.wall import rotation as turns
from phdesk.core.wall.hours import holds, next_start
from phdesk.core.wall.rotation import Place, Rotation
from phdesk.core.wall.stops import Stop
from phdesk.services.wall_room import Known
from phdesk.services.wall_rooms import WallRooms

BARRED = "The window crashed while it was shown."


class Programme:
    """Holds the stops by their keys, in their order."""

    def __init__(self, rooms: WallRooms) -> None:
        self._rooms = rooms
        self.stops: dict[str, Stop] = {}
        self._barred: frozenset[str] = frozenset()

    def bar(self, keys: Iterable[str]) -> None:
        """Pass over stops that were on show when a window crashed, where there are others."""
        self._barred = frozenset(keys)

    def take(self, stops: Iterable[Stop]) -> bool:
        """Take the stops as they are now; tells whether they are others."""
        known = {stop.key: stop for stop in stops}
        if known == self.stops:
            return False
        self.stops = known
        return True

    def name_of(self, stop: Stop | None) -> str:
        """Name a stop, by its list while nothing else is known."""
        if stop is None:
            return ""
        if stop.title or stop.board is not None:
            return stop.title or stop.board or ""
        page = self._rooms.known(stop).page
        if page is not None:
            return title_of(page.dashboard.row)
        rows = self._rooms.state.rows.items
        return next((title_of(row) for row in rows if row.id == stop.dashboard), "")

    def next_name(self, rotation: Rotation, local: datetime) -> str:
        """Name the stop that comes after the one on show; empty when there is none."""
        place = rotation.place
        lap = rotation.lap(place.key) if place is not None else None
        if place is None or lap is None:
            return ""
        there = turns.after(rotation, Place(place.key, lap.pages - 1), self.closed(local))
        if there is None or there.key == place.key:
            return ""
        stop = self.stops[there.key]  # it may be the same dashboard under other dates
        return " · ".join(filter(None, (self.name_of(stop), stop.range)))

    def closed(self, local: datetime) -> set[str]:
        """Give the stops that are not shown at this time of the day."""
        return {k for k, stop in self.stops.items() if stop.hours and not holds(stop.hours, local)}

    def open_stops(self, rotation: Rotation, local: datetime) -> list[Stop]:
        """Give the stops that may be shown now."""
        passed = self.closed(local) | rotation.skipped.keys()
        return [stop for key, stop in self.stops.items() if key not in passed]

    def opening(self, rotation: Rotation, local: datetime) -> tuple[datetime, Stop] | None:
        """Give when hours begin next and what they open, while those of all stops are over."""
        if self.open_stops(rotation, local):
            return None
        closed = (one for key, one in self.stops.items() if key not in rotation.skipped)
        found = ((next_start(stop.hours, local), stop) for stop in closed)
        begins = [(when, stop) for when, stop in found if when is not None]
        return min(begins, key=itemgetter(0), default=None)

    def skipped(self, rotation: Rotation) -> Rotation:
        """Pass over what is gone or forbidden, unless nothing else is left."""
        known: dict[str, Known] = {key: self._rooms.known(one) for key, one in self.stops.items()}
        lost = {key: one for key, one in known.items() if one.lost}
        if len(lost) == len(known):
            lost = {key: one for key, one in lost.items() if one.page is None}
        why = {key: one.failure.message if one.failure else "" for key, one in lost.items()}
        if known.keys() - lost.keys() - self._barred:
            why |= dict.fromkeys(self._barred & known.keys(), BARRED)
        for key in rotation.skipped.keys() - why.keys():
            rotation = turns.with_again(rotation, key)
        for key, words in why.items():
            rotation = turns.without(rotation, key, words)
        return rotation
