"""Where the page that comes next is made ready, in small steps, while another one is on show."""

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QSize

from phdesk.core.wall.pages import Page
from phdesk.core.wall.rotation import Place
from phdesk.services.wall_room import Known
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.sheet import Sheet
from phdesk.views.monitor.showing import Showing
from phdesk.views.monitor.studio import Studio

DRAWING = 5.0  # seconds that the slowest computer may need for a page whose numbers are here


class Stage(Struct, frozen=True, eq=True):
    """The room that a page fills: px, pixels a px, and what it is painted with."""

    size: QSize
    most: QSize  # as wide, and higher than without banners: so large are pictures
    ratio: float
    ink: Ink

    def pages(self, showing: Showing) -> tuple[Page, ...]:
        """Divide what a stop shows into pages."""
        return showing.pages(self.size.width(), self.size.height(), self.ink.scale)

    def fits(self, sheet: Sheet) -> bool:
        """Tell whether a page was drawn for this room."""
        made = sheet.picture
        return made is not None and (sheet.size, made.size()) == (self.size, self.most * self.ratio)


class Backstage:
    """Holds the coming page with its picture."""

    def __init__(self, clocks: Clocks) -> None:
        self.sheet = Sheet()
        self.place: Place | None = None
        self.showing: Showing | None = None
        self.is_ready = False
        self.in_hurry = False  # somebody waits for it
        self.pages = 0  # of its stop, once it is laid out
        self._clocks = clocks
        self._begun = False

    @property
    def patience(self) -> float:
        """Give the seconds for which the page on show waits for this one once its time is over.

        A page whose numbers are here needs a moment of the processor alone; passing it over would
        hide it for a whole round.
        """
        return DRAWING if self.showing is not None and has_something(self.showing.known) else 0.0

    def prepare(self, place: Place | None, showing: Showing | None, *, hurry: bool = False) -> None:
        """Begin with another page; None is nothing."""
        self.place = place if showing is not None else None
        self.showing = showing
        self.in_hurry = hurry and self.place is not None
        self.is_ready = self._begun = False
        self.pages = 0

    def set_clocks(self, clocks: Clocks) -> None:
        """Go by other clocks."""
        self._clocks = clocks

    def clear(self) -> None:
        """Be empty: the page is on show."""
        self.prepare(None, None)

    def step(self, stage: Stage, cadence: float, studio: Studio) -> bool:
        """Do one thing: make a view, lay out the page, draw a tile; False when there is nothing."""
        showing, place = self.showing, self.place
        if showing is None or place is None or self.is_ready or not has_something(showing.known):
            return False
        now = self._clocks.now()
        if not showing.has_views:
            return showing.make_one(now, studio)
        if not self._begun:
            pages = stage.pages(showing)
            if not pages:
                return False
            self.pages = len(pages)
            self.place = Place(place.key, min(place.page, len(pages) - 1))
            self.sheet.begin(pages[self.place.page], showing.tile_ids, stage)
            self._begun = True
            return True
        notes = notes_for(showing, self.sheet, self._clocks, cadence)
        if self.sheet.draw_one(showing.views, notes, stage.ink, showing.band(self._clocks)) is None:
            self.is_ready = True
        return True


def notes_for(
    showing: Showing, sheet: Sheet, clocks: Clocks, cadence: float
) -> Mapping[int, Notes]:
    """Say what stands around each chart of a page."""
    now = clocks.now()
    marks = showing.marks(now, cadence)
    return {one: showing.notes(one, now, cadence, marks.get(one, ())) for one in sheet.tile_ids}


def has_something(known: Known) -> bool:
    """Tell whether a dashboard has anything to show, or will not soon have more."""
    page = known.page
    if page is None:
        return False
    numbers = [held for held in page.tiles.values() if held.insight is not None]
    return (
        not numbers
        or any(held.has_result for held in numbers)
        or not (page.loading or any(held.refreshing for held in numbers))
    )
