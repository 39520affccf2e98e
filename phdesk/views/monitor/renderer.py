"""Draws the pages of a wall: the one on show, and out of sight the one that comes next.

All work is done in small steps between events, so that the clock on the wall never stands still.
"""

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.wall.rotation import Place
from phdesk.core.wall.stops import Stop
from phdesk.models.wall import Blur
from phdesk.views.monitor.backstage import Backstage, Stage, has_something, notes_for
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.sheet import Sheet
from phdesk.views.monitor.showing import Showing
from phdesk.views.monitor.studio import Studio


class Renderer(QObject):
    """Holds two pictures that take turns: what is drawn into one is shown by `swap`.

    Which page is next, and when it is shown, is for others to say.
    """

    drawn = Signal(object)  # QRectF of the page on show that looks different
    paged = Signal(str, int)  # key of a stop, and how many pages it has in this room
    outdated = Signal(object)  # Place that is to be laid out anew at once; None: nothing is there
    ready = Signal()  # the next page is drawn

    def __init__(self, clocks: Clocks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place: Place | None = None  # on show
        self.showing: Showing | None = None
        self.sheet = Sheet()
        self.backstage = Backstage(clocks)
        self.studio = Studio(self.look_again)
        self.cadence = 0.0  # seconds after which numbers are to be newer
        self.stage: Stage | None = None
        self.holds = False  # the picture backstage is still on screen
        self._clocks = clocks
        self._work = QTimer(self)
        self._work.setInterval(0)
        self._work.timeout.connect(self._step)

    # What is set

    def set_stage(self, stage: Stage) -> None:
        """Take the room that pages fill; each is for one."""
        if stage != self.stage:
            self.stage = stage
            self.outdated.emit(self._wished or self.place or self.backstage.place)

    def set_clocks(self, clocks: Clocks) -> None:
        """Go by other clocks."""
        self._clocks = clocks
        self.backstage.set_clocks(clocks)

    def set_blur(self, blur: Collection[Blur]) -> None:
        """Hide other things; it is seen when the pages take what is known again."""
        for showing in self.showings:
            showing.set_blur(blur)

    def look_again(self) -> None:
        """Look whether anything is to be drawn."""
        self._work.start()

    # What there is

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is to be made or drawn, as far as is known."""
        return not self._work.isActive()

    @property
    def showings(self) -> list[Showing]:
        """Give what is on show and what comes next; once where both are of one stop."""
        both = {id(one): one for one in (self.showing, self.backstage.showing) if one is not None}
        return list(both.values())

    def showing_of(self, stop: Stop) -> Showing | None:
        """Find what is held of a stop."""
        return next((one for one in self.showings if one.stop == stop), None)

    @property
    def _wished(self) -> Place | None:
        """Give the page that a person waits for, if it will soon be there in any layout."""
        behind = self.backstage
        comes = behind.in_hurry and behind.showing and has_something(behind.showing.known)
        return behind.place if comes else None

    # The two pages

    def prepare(self, place: Place | None, showing: Showing | None, *, hurry: bool = False) -> None:
        """Begin with the next page; None is nothing."""
        self.backstage.prepare(place, showing, hurry=hurry)
        self._work.start()

    def swap(self) -> tuple[Place, Showing] | None:
        """Put the next page on show, if there is one, and hold the last one while it fades."""
        behind = self.backstage
        if behind.place is None or behind.showing is None:
            return None
        shown = behind.place, behind.showing
        self.place, self.showing = shown
        self.sheet, behind.sheet = behind.sheet, self.sheet
        self.holds = True
        behind.clear()
        return shown

    def release(self) -> bool:
        """Say that the last page has faded: its picture is free; tells whether it was held."""
        if not self.holds:
            return False
        self.holds = False
        self._work.start()
        return True

    def clear(self) -> None:
        """Have no page on show."""
        self.place = self.showing = None

    # The work

    @Slot()
    def _step(self) -> None:
        """Do one thing, and rest when all is done."""
        if (
            self.stage is None
            or self.stage.size.isEmpty()
            or not (self._step_shown(self.stage) or self._step_behind(self.stage))
        ):
            self._work.stop()

    def _step_shown(self, stage: Stage) -> bool:
        """Bring the page on show up to date."""
        showing, place = self.showing, self.place
        if showing is None or place is None or showing.known.page is None:
            return False
        if not showing.has_views:
            return showing.make_one(self._clocks.now(), self.studio)
        pages = stage.pages(showing)
        if not pages:
            return False
        self._count(place.key, len(pages))
        page = pages[min(place.page, len(pages) - 1)]
        if page.spots != self.sheet.page.spots or not self._is_drawn(stage, showing):
            if self.backstage.place != place and self._wished is None:
                self.outdated.emit(place)  # it takes its own place
            return False
        notes = notes_for(showing, self.sheet, self._clocks, self.cadence)
        area = self.sheet.draw_one(showing.views, notes, stage.ink, showing.band(self._clocks))
        if area is not None:
            self.drawn.emit(area)
        return area is not None

    def _is_drawn(self, stage: Stage, showing: Showing) -> bool:
        """Tell whether the picture is of these tiles, and for this screen."""
        return stage.fits(self.sheet) and set(self.sheet.tile_ids) <= set(showing.tile_ids)

    def _step_behind(self, stage: Stage) -> bool:
        """Go on with the next page, if there is a picture for it."""
        behind = self.backstage
        if self.holds or not behind.step(stage, self.cadence, self.studio):
            return False
        if behind.pages and behind.place is not None:
            self._count(behind.place.key, behind.pages)
        if behind.is_ready:
            self.ready.emit()
        return True

    def _count(self, key: str, pages: int) -> None:
        """Tell how many pages a stop has; if the one on show is gone, its last is meant."""
        if self.place is not None and self.place.key == key:
            self.place = Place(key, min(self.place.page, pages - 1))
        self.paged.emit(key, pages)
