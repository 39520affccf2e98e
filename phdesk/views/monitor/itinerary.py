"""Where a wall is, and where it goes next: its rotation, the hours of its stops and its alerts."""

from collections.abc import Iterable
from datetime import datetime

from phdesk.core.wall import rotation as turns
from phdesk.core.wall.rotation import Place, Rotation
from phdesk.core.wall.stops import Stop
from phdesk.services.wall_rooms import WallRooms
from phdesk.views.monitor.backstage import has_something
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.programme import Programme
from phdesk.views.monitor.takeover import TakeOver


class Itinerary:
    """Holds the rotation of one wall; of stops that are an alert's it knows by the take-over."""

    def __init__(self, rooms: WallRooms, clocks: Clocks, takeover: TakeOver) -> None:
        self.rotation = Rotation()
        self.clocks = clocks
        self._rooms, self._takeover = rooms, takeover
        self._programme = Programme(rooms)
        self._wish: Place | None = None  # where to begin

    # What there is

    @property
    def stops(self) -> list[Stop]:
        """Give the stops in their order."""
        return list(self._programme.stops.values())

    def stop(self, key: str) -> Stop | None:
        """Give a stop, also one that is an alert's."""
        return self._programme.stops.get(key) or self._takeover.stop(key)

    def title_of(self, key: str) -> str:
        """Name a stop."""
        return self._programme.name_of(self.stop(key))

    def take(self, stops: Iterable[Stop]) -> bool:
        """Take the stops as they are now; tells whether they are others."""
        made = list(stops)
        if not self._programme.take(made):
            return False
        self.rotation = turns.with_laps(self.rotation, [stop.lap for stop in made])
        return True

    def bar(self, keys: Iterable[str]) -> None:
        """Pass over stops that were on show when a window crashed, where there are others."""
        self._programme.bar(keys)

    def skip_lost(self) -> None:
        """Pass over what is gone or forbidden, and no more over what is back."""
        self.rotation = self._programme.skipped(self.rotation)

    # Where it is

    @property
    def pages(self) -> int:
        """Give the number of pages of the stop on show."""
        if self._takeover.is_on:
            return 1
        place = self.rotation.place
        lap = self.rotation.lap(place.key) if place is not None else None
        return lap.pages if lap is not None else 1

    @property
    def open_stops(self) -> list[Stop]:
        """Give the stops that may be shown now."""
        return self._programme.open_stops(self.rotation, self.clocks.local())

    @property
    def closed(self) -> set[str]:
        """Give the stops that are not shown at this time of the day."""
        return self._programme.closed(self.clocks.local())

    @property
    def opening(self) -> tuple[datetime, Stop] | None:
        """Give what opens next and when, by the clock there, while nothing is to be shown."""
        return self._programme.opening(self.rotation, self.clocks.local())

    def is_shown(self, key: str) -> bool:
        """Say whether a stop has its turn, or an alert that has the screen."""
        in_turn = key in self._programme.stops and key not in self.rotation.skipped
        return in_turn or self._takeover.of(key) is not None

    # Where it goes

    @property
    def next_title(self) -> str:
        """Name the stop that comes after what is on show; empty when there is none."""
        if self._takeover.is_on and self.rotation.place is not None:
            return self.title_of(self.rotation.place.key)
        return self._programme.next_name(self.rotation, self.clocks.local())

    @property
    def following(self) -> Place | None:
        """Give what comes next: after an alert another one, then the page that was on show."""
        place = self.rotation.place
        if self._takeover.is_on:
            coming = self._takeover.coming()
            if coming or (place is not None and place.key in {one.key for one in self.open_stops}):
                return coming or place
        return turns.following(self.rotation, self.closed)

    @property
    def before(self) -> Place | None:
        """Give what was shown before; from an alert it goes on."""
        if self._takeover.is_on:
            return self.following
        return turns.preceding(self.rotation, self.closed)

    def start_at(self, place: Place | None) -> None:
        """Begin where an earlier run was."""
        self._wish = place

    def first(self) -> Place | None:
        """Begin where an earlier run was, else with the first that has something to show."""
        place: Place | None = self._wish
        if place is None or not self.is_shown(place.key) or place.key in self.closed:
            place = self.following
        first = place
        for _ in self._programme.stops:
            if place is None or has_something(self._rooms.known(self._programme.stops[place.key])):
                return place
            place = turns.after(self.rotation, place, self.closed)
        return first

    def empty(self) -> None:
        """Show nothing, and begin again where it is now."""
        self._wish = self.rotation.place or self._wish
        self.rotation = turns.emptied(self.rotation)

    def show(self, place: Place, now: float) -> None:
        """Say that a page is on show; one of an alert's is none of the rotation."""
        self.rotation = turns.shown(self.rotation, place, now)

    def go_on_with(self, place: Place, rested: float, now: float) -> None:
        """Let the rotation go on after an alert, where it was and for the rest of its time."""
        if place == self.rotation.place:
            self.rotation = turns.with_elapsed(self.rotation, now, rested)
        else:
            self.show(place, now)
