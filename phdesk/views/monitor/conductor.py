"""Leads a wall through its stops: what is next is fetched and drawn before it is shown.

All work is done in small steps between events, so that the clock on the wall never stands still.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.wall import rotation as turns
from phdesk.core.wall.rotation import Place, Rotation
from phdesk.core.wall.stops import Stop
from phdesk.models.wall import Wall
from phdesk.services.wall_alarms import WallAlarms
from phdesk.services.wall_rooms import WallRooms
from phdesk.views.monitor.backstage import Backstage, Stage, has_something, notes_for
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.itinerary import Itinerary
from phdesk.views.monitor.sheet import Sheet
from phdesk.views.monitor.showing import Showing
from phdesk.views.monitor.studio import Studio
from phdesk.views.monitor.takeover import TakeOver


class Conductor(QObject):
    """Holds the rotation of one wall, the page on show and the one that comes next."""

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
        self.sheet = Sheet()
        self.showing: Showing | None = None
        self._way = Itinerary(rooms, clocks, self.takeover)
        self._behind = Backstage(clocks)
        self._rested: float | None = None  # seconds on show of a page that nobody sees
        self._holds = False  # the picture backstage is still on screen
        self._stage: Stage | None = None
        self.studio = Studio(self.look_again)
        self._work = QTimer(self)
        self._work.setInterval(0)
        self._work.timeout.connect(self._step)
        rooms.changed.connect(self._on_known)
        rooms.listed.connect(self._on_listed)
        self.takeover.changed.connect(self._on_known)

    def set_wall(self, wall: Wall) -> None:
        """Take what the wall shows; what is on show stays while it is still meant."""
        blur, self.wall = self.wall.look.blur, wall
        self._on_listed()
        if wall.look.blur != blur:
            for showing in (self.showing, self._behind.showing):
                if showing is not None:
                    showing.set_blur(wall.look.blur)
            self._on_known()

    def set_stage(self, stage: Stage) -> None:
        """Lay everything out anew for a room."""
        if stage != self._stage:
            self._stage = stage
            wished = self._behind.place if self._is_wished else None
            self._prepare(wished or self._way.on_show or self._behind.place, hurry=True)

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
    def sheet_before(self) -> Sheet:
        """Give the page before, while it fades."""
        return self._behind.sheet

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
        if not self._holds:
            self._behind.sheet.drop()
            self._prepare(self._behind.place)

    def release(self) -> None:
        """Say that the last page has faded: its picture is free for the next one."""
        if self._holds:
            self._holds = False
            if self._behind.place is None:
                self._prepare(self._way.following)
            self._work.start()

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
        self._behind.set_clocks(self.clocks)
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
        place = self._behind.place
        if rotation.place is None:
            if place is None or place.key in closed:
                self._prepare(self._way.first())
        elif not turns.due(rotation, now, closed):
            return
        elif place is None or place.key in closed:  # the hours of some stop began or ended
            self._prepare(self._way.following, hurry=True)
            self._way.rotation = turns.started_over(rotation, now)
        elif self._behind.is_ready:
            self._show()
        elif not rotation.paused:
            self._wait_for(place, now)

    def _wait_for(self, place: Place, now: float) -> None:
        """Keep the page on show until the next one is drawn, which is late; not for ever."""
        rotation = self.rotation
        if turns.elapsed(rotation, now) < rotation.dwell + self._behind.patience:
            self._way.rotation = turns.awaiting(rotation, place)
        else:
            self._way.rotation = turns.stayed(rotation, now)
            self._prepare(turns.after(self.rotation, place, self._way.closed))

    def _empty(self) -> None:
        """Show nothing while the hours of all stops are over, of an alert neither."""
        if self._behind.place is not None:
            self._prepare(None)
        if self.showing is None or self._holds:
            return
        if self.takeover.is_on:
            self.takeover.end()
        self._way.empty()
        self.showing = None
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
        behind = self._behind
        if self._holds:
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
        self._work.start()

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
        for showing in {id(one): one for one in (self.showing, self._behind.showing)}.values():
            if showing is not None:
                showing.alarm = self.takeover.of(showing.stop.key) or showing.alarm
                showing.take(self.rooms.known(showing.stop))
        place = self._behind.place
        if self.rotation.place is None:
            first = self._way.first()
            if first is None or place is None or first.key != place.key:
                self._prepare(first)
        elif not self._holds and (place is None or not self._way.is_shown(place.key)):
            self._prepare(self._way.following)
        self._work.start()
        self.changed.emit()

    # The work

    def _go(self, place: Place | None) -> None:
        if place is None or self._holds:
            return
        if place == self._behind.place and self._behind.is_ready:
            self._show()
        else:
            self._prepare(place, hurry=True)

    @property
    def _is_wished(self) -> bool:
        """Tell whether a person waits for a page that will soon be there, in any layout."""
        behind = self._behind
        return (
            behind.in_hurry and behind.showing is not None and has_something(behind.showing.known)
        )

    def _prepare(self, place: Place | None, *, hurry: bool = False) -> None:
        """Begin to draw what is shown next; in a hurry it is shown as soon as it is drawn."""
        stop = self._way.stop(place.key) if place is not None else None
        showing: Showing | None = None
        if stop is not None:
            held = (self.showing, self._behind.showing)
            showing = next((one for one in held if one is not None and one.stop == stop), None)
            if showing is None:
                showing = Showing(stop, self.wall.look.blur, self.takeover.found.marks)
                showing.alarm = self.takeover.of(stop.key)
                showing.take(self.rooms.known(stop))
        self._behind.prepare(place, showing, hurry=hurry)
        self._work.start()

    @Slot()
    def _step(self) -> None:
        """Do one thing, and rest when all is done."""
        if (
            self._stage is None
            or self._stage.size.isEmpty()
            or not (self._step_shown(self._stage) or self._step_behind(self._stage))
        ):
            self._work.stop()

    def _step_shown(self, stage: Stage) -> bool:
        """Bring the page on show up to date."""
        showing, place = self.showing, self._way.on_show
        if showing is None or place is None or showing.known.page is None:
            return False
        if not showing.has_views:
            return showing.make_one(self.clocks.now(), self.studio)
        pages = stage.pages(showing)
        if not pages:
            return False
        self._way.rotation = turns.with_pages(self.rotation, place.key, len(pages))
        page = pages[min(place.page, len(pages) - 1)]
        if page.spots != self.sheet.page.spots or not self._is_drawn(stage, showing):
            if self._behind.place != place and not self._is_wished:
                self._prepare(place, hurry=True)  # it is laid out anew, and takes its own place
            return False
        notes = notes_for(showing, self.sheet, self.clocks, self.wall.refresh)
        area = self.sheet.draw_one(showing.views, notes, stage.ink, showing.band(self.clocks))
        if area is not None:
            self.drawn.emit(area)
        return area is not None

    def _is_drawn(self, stage: Stage, showing: Showing) -> bool:
        """Tell whether the picture is of these tiles, and for this screen."""
        return stage.fits(self.sheet) and set(self.sheet.tile_ids) <= set(showing.tile_ids)

    def _step_behind(self, stage: Stage) -> bool:
        behind = self._behind
        if self._holds or not behind.step(stage, self.wall.refresh, self.studio):
            return False
        if behind.pages and behind.place is not None:
            self._way.rotation = turns.with_pages(self.rotation, behind.place.key, behind.pages)
        if behind.is_ready and (behind.in_hurry or self.rotation.place is None):
            self._show()
        return True

    def _show(self) -> None:
        """Put the page that is ready on show."""
        behind, place = self._behind, self._way.on_show
        if behind.place is None or behind.showing is None:
            return
        again, first = behind.place == place, place is None
        alarm, now = behind.showing.alarm, self.clocks.steady()
        self.sheet, behind.sheet = behind.sheet, self.sheet
        self.showing = behind.showing
        if alarm is not None:
            self.takeover.begin(alarm, now, turns.elapsed(self.rotation, now))
        elif self.takeover.is_on:
            self._way.go_on_with(behind.place, self.takeover.end(), now)
        elif not again:
            self._way.show(behind.place, now)
        self._holds = True
        behind.clear()
        self.turned.emit(not first and not again)
        self.changed.emit()
