"""Leads a wall through its stops: what is next is fetched and drawn before it is shown."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.wall import rotation as turns
from phdesk.core.wall.rotation import Place, Rotation
from phdesk.core.wall.stops import Stop
from phdesk.models.wall import Wall
from phdesk.services.wall_alarms import WallAlarms
from phdesk.services.wall_rooms import WallRooms
from phdesk.views.monitor.backstage import Stage
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.itinerary import Itinerary
from phdesk.views.monitor.renderer import Renderer
from phdesk.views.monitor.sheet import Sheet
from phdesk.views.monitor.showing import Showing
from phdesk.views.monitor.takeover import TakeOver


class Conductor(QObject):
    """Says what one wall shows and when; how it looks is its renderer's."""

    turned = Signal(bool)  # another page is on show; whether the last one may fade
    drawn = Signal(object)  # QRectF of the page on show that looks different
    changed = Signal()  # what is said around the page

    def __init__(
        self,
        name: str,
        rooms: WallRooms,
        clocks: Clocks,
        alarms: WallAlarms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self.rooms, self.clocks = name, rooms, clocks
        self.takeover = TakeOver(alarms, self)
        self.wall = Wall()
        self.renderer = Renderer(clocks, self)
        self.studio = self.renderer.studio
        self._way = Itinerary(rooms, clocks, self.takeover)
        self._rested: float | None = None  # seconds on show of a page that nobody sees
        self.renderer.cadence = self.wall.refresh
        self.renderer.drawn.connect(self.drawn)
        self.renderer.paged.connect(self._on_paged)
        self.renderer.outdated.connect(self._on_outdated)
        self.renderer.ready.connect(self._on_ready)
        rooms.changed.connect(self._on_known)
        rooms.listed.connect(self._on_listed)
        self.takeover.changed.connect(self._on_known)

    def set_wall(self, wall: Wall) -> None:
        """Take what the wall shows; what is on show stays while it is still meant."""
        blur, self.wall = self.wall.look.blur, wall
        self.renderer.cadence = wall.refresh
        self._on_listed()
        if wall.look.blur != blur:
            self.renderer.set_blur(wall.look.blur)
            self._on_known()

    def set_stage(self, stage: Stage) -> None:
        """Lay everything out anew for a room."""
        self.renderer.set_stage(stage)

    def start_at(self, key: str, page: int, *, paused: bool = False) -> None:
        """Begin where an earlier run was."""
        self._way.start_at(Place(key, page) if key else None)
        self._pause(on=paused)

    def bar(self, keys: Iterable[str]) -> None:
        """Pass over stops that were on show when a window crashed, where there are others."""
        self._way.bar(keys)

    @property
    def rotation(self) -> Rotation:
        """Give where it is."""
        return self._way.rotation

    @property
    def stops(self) -> list[Stop]:
        """Give the stops in their order."""
        return self._way.stops

    @property
    def open_stops(self) -> list[Stop]:
        """Give the stops that may be shown now."""
        return self._way.open_stops

    @property
    def pages(self) -> int:
        """Give the number of pages of the stop on show."""
        return self._way.pages

    @property
    def next_title(self) -> str:
        """Name the stop that comes after what is on show; empty when there is none."""
        return self._way.next_title

    @property
    def opening(self) -> tuple[datetime, str] | None:
        """Say when something is to be shown again, and name it; None while something is."""
        found = self._way.opening
        return (found[0], self.title_of(found[1].key)) if found is not None else None

    def title_of(self, key: str) -> str:
        """Name a stop."""
        return self._way.title_of(key)

    @property
    def showing(self) -> Showing | None:
        """Give what is on show."""
        return self.renderer.showing

    @property
    def sheet(self) -> Sheet:
        """Give the page on show as it is drawn."""
        return self.renderer.sheet

    @property
    def sheet_before(self) -> Sheet:
        """Give the page before, while it fades."""
        return self.renderer.backstage.sheet

    # What people and clocks do

    def go_on(self) -> None:
        """Show the next page now; an alert gives the screen back."""
        self._go(self._way.following)

    def go_back(self) -> None:
        """Show the page before now; an alert gives the screen back."""
        self._go(self._way.before)

    def toggle_pause(self) -> None:
        """Stop at what is on show, or go on."""
        self._pause(on=not self.rotation.paused)
        self.changed.emit()

    def _pause(self, *, on: bool) -> None:
        self._way.rotation = turns.with_pause(self.rotation, self.clocks.steady(), paused=on)

    def trim(self) -> None:
        """Give back what can be made again."""
        behind = self.renderer.backstage
        if not self.renderer.holds:
            behind.sheet.drop()
            self._prepare(behind.place)

    def release(self) -> None:
        """Say that the last page has faded: its picture is free for the next one."""
        if self.renderer.release() and self.renderer.backstage.place is None:
            self._prepare(self._way.following)

    @property
    def is_resting(self) -> bool:
        """Say whether nobody is to see anything now."""
        return self._rested is not None

    def set_resting(self, *, on: bool) -> None:
        """Stay where it is while nobody can see it."""
        now = self.clocks.steady()
        if on and self._rested is None:
            self._rested = turns.elapsed(self.rotation, now)
        elif not on and self._rested is not None:
            self._way.rotation = turns.with_elapsed(self.rotation, now, self._rested)
            self._rested = None

    def set_zone(self, zone: tzinfo | None) -> None:
        """Go by the clocks of another place; None is the computer's."""
        self.clocks = self.clocks._replace(zone=zone)
        self._way.clocks = self.clocks
        self.renderer.set_clocks(self.clocks)
        self.changed.emit()

    def tick(self) -> None:
        """Look at the clock; call it a few times a second."""
        if self._rested is not None:
            return
        self.takeover.look(self.wall, self._way.open_stops, self.clocks)
        if self._way.opening is not None:
            self._empty()
        elif not self._alert_goes_first(self.clocks.steady()):
            self._take_turns()

    def _take_turns(self) -> None:
        """Go on to the next page when it is time."""
        rotation, now, closed = self.rotation, self.clocks.steady(), self._way.closed
        behind = self.renderer.backstage
        place = behind.place
        if rotation.place is None:
            if place is None or place.key in closed:
                self._prepare(self._way.first())
        elif not turns.due(rotation, now, closed):
            return
        elif place is None or place.key in closed:  # the hours of some stop began or ended
            self._prepare(self._way.following, hurry=True)
            self._way.rotation = turns.started_over(rotation, now)
        elif behind.is_ready:
            self._show()
        elif not rotation.paused:
            self._wait_for(place, now)

    def _wait_for(self, place: Place, now: float) -> None:
        """Keep the page on show until the next one is drawn, which is late; not for ever."""
        rotation = self.rotation
        if turns.elapsed(rotation, now) < rotation.dwell + self.renderer.backstage.patience:
            self._way.rotation = turns.awaiting(rotation, place)
        else:
            self._way.rotation = turns.stayed(rotation, now)
            self._prepare(turns.after(self.rotation, place, self._way.closed))

    def _empty(self) -> None:
        """Show nothing while the hours of all stops are over, of an alert neither."""
        if self.renderer.backstage.place is not None:
            self._prepare(None)
        if self.showing is None or self.renderer.holds:
            return
        if self.takeover.is_on:
            self.takeover.end()
        self._way.empty()
        self.renderer.clear()
        self.turned.emit(False)
        self.changed.emit()

    def _alert_goes_first(self, now: float) -> bool:
        """Lead to an alert that is to have the screen, or back from one; False: nothing of it."""
        takeover, rotation = self.takeover, self.rotation
        if takeover.is_on:
            if takeover.is_over(now, held=rotation.paused):
                self._lead_to(self._way.following)
            return True
        place = takeover.coming()
        if place is None or rotation.place is None or rotation.paused:
            return False
        takeover.ask(place, now)
        self._lead_to(takeover.coming())
        return True

    def _lead_to(self, place: Place | None) -> None:
        """Show a page as soon as it is drawn."""
        behind = self.renderer.backstage
        if self.renderer.holds:
            return
        if place is None:
            self._prepare(self._way.following)
        elif behind.place is None or behind.place.key != place.key:
            self._prepare(place, hurry=True)
        elif behind.is_ready:
            self._show()
        else:
            behind.in_hurry = True

    def look_again(self) -> None:
        """Look whether ages read differently by now."""
        self.renderer.look_again()

    # What is known

    @Slot()
    def _on_listed(self) -> None:
        stops = self.rooms.stops_of(self.wall)
        if self._way.take(stops):
            if self.showing is not None:
                shown = self.showing.stop
                self.showing.stop = self._way.stop(shown.key) or shown
            self.rooms.show(self.name, stops)
        self._on_known()

    @Slot()
    def _on_known(self) -> None:
        self._way.skip_lost()
        for showing in self.renderer.showings:
            self._inform(showing)
        place = self.renderer.backstage.place
        if self.rotation.place is None:
            first = self._way.first()
            if first is None or place is None or first.key != place.key:
                self._prepare(first)
        elif not self.renderer.holds and (place is None or not self._way.is_shown(place.key)):
            self._prepare(self._way.following)
        self.renderer.look_again()
        self.changed.emit()

    def _inform(self, showing: Showing) -> None:
        """Tell a stop's pages what is known of it."""
        showing.alarm = self.takeover.of(showing.stop.key) or showing.alarm
        showing.take(self.rooms.known(showing.stop))

    # What is drawn

    def _go(self, place: Place | None) -> None:
        behind = self.renderer.backstage
        if place is None or self.renderer.holds:
            return
        if place == behind.place and behind.is_ready:
            self._show()
        else:
            self._prepare(place, hurry=True)

    def _prepare(self, place: Place | None, *, hurry: bool = False) -> None:
        """Begin to draw what is shown next; in a hurry it is shown as soon as it is drawn."""
        stop = self._way.stop(place.key) if place is not None else None
        showing = self.renderer.showing_of(stop) if stop is not None else None
        if stop is not None and showing is None:
            showing = Showing(stop, self.wall.look.blur, self.takeover.found.marks)
            self._inform(showing)
        self.renderer.prepare(place, showing, hurry=hurry)

    def _show(self) -> None:
        """Put the page that is ready on show."""
        before, shown = self.renderer.place, self.renderer.swap()
        if shown is None:
            return
        place, showing = shown
        again, first = place == before, before is None
        alarm, now = showing.alarm, self.clocks.steady()
        if alarm is not None:
            self.takeover.begin(alarm, now, turns.elapsed(self.rotation, now))
        elif self.takeover.is_on:
            self._way.go_on_with(place, self.takeover.end(), now)
        elif not again:
            self._way.show(place, now)
        self.turned.emit(not first and not again)
        self.changed.emit()

    @Slot(str, int)
    def _on_paged(self, key: str, pages: int) -> None:
        self._way.rotation = turns.with_pages(self.rotation, key, pages)

    @Slot(object)
    def _on_outdated(self, place: Place | None) -> None:
        self._prepare(place, hurry=True)

    @Slot()
    def _on_ready(self) -> None:
        if self.renderer.backstage.in_hurry or self.rotation.place is None:
            self._show()
