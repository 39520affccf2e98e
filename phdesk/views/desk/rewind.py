"""Rewind: the open page as it was at moments of its kept history, below a bar to go there.

The history is that of the dashboards' own filters; of temporary ones none is kept, which is said.
On a person's own board each tile has its history where it is from.

While the past is shown, the page is held: what comes from PostHog goes to the store, and is on
screen when one returns. Everything is read in the worker.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent

from phdesk.core.ages import day_time
from phdesk.core.moments import stops
from phdesk.models.failure import Failure
from phdesk.services.overlays import key_of
from phdesk.store.cache import Cache
from phdesk.store.past import Spots, kept_at, moments_of, past_tiles, spots_of
from phdesk.store.state import DashboardState
from phdesk.views.dashboard.reading import Reading
from phdesk.views.dashboard.rewind_bar import RewindBar
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages

if TYPE_CHECKING:
    from phdesk.services.background import Ticket

REWIND = "Rewind: the dashboard as it was"
WHY = "This is the past: numbers and layout change only now. Esc returns."
NO_PAST = "Nothing earlier is kept of these tiles yet."
OWN_FILTERS = "Under the dashboard's own filters: temporary ones keep no past."
REST = 80  # ms of rest of the slider, before a moment is read


async def list_stops(cache: Cache, spots: Spots) -> tuple[datetime, ...]:
    """List the moments to which one can go, the first at the left; in the worker."""
    return stops(moments_of(cache, spots))


async def page_at(
    cache: Cache, spots: Spots, page: DashboardState, when: datetime
) -> DashboardState:
    """Read a page as it was at a moment, under its own filters; in the worker."""
    return replace(
        page,
        tiles=past_tiles(page, kept_at(cache, spots, when)),
        override=None,
        progress=None,
        failure=None,
        failed_since=None,
        loading=False,
    )


class Rewind(QObject):
    """Made after the first paint; asks the store's history, and shows what comes."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._bar: RewindBar | None = None  # while the past is shown
        self._stops: Sequence[datetime] = ()
        self._at = 0  # the moment that is wanted
        self._reading: Ticket | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._read)
        pages.turning.connect(self._on_turning)
        desk.window.screen_page.installEventFilter(self)
        desk.window.add_action(REWIND, "W", self.toggle)

    @property
    def on(self) -> bool:
        """Tell whether the past is on screen."""
        return self._bar is not None

    @Slot()
    def toggle(self) -> None:
        """Go to the past of the open page, or back to now."""
        desk, worker, cache = self._desk, self._desk.worker, self._desk.cache
        if self.on:
            self.leave()
            return
        page = self._page
        if page is not None and worker and cache:
            asked = desk.where, desk.open_id
            worker.submit(
                partial(list_stops, cache, self._spots(page)),
                done=partial(self._begin, asked),
                failed=self._failed,
                tag="rewind",
            )

    @Slot()
    def leave(self) -> None:
        """Show what holds now."""
        if self._end():
            self._pages.show_open()
            self._window.screen_page.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return to now with Esc from wherever it was not wanted for something nearer."""
        if self.on and isinstance(event, QKeyEvent) and _is_escape(event):
            self.leave()
            return True
        return super().eventFilter(watched, event)

    @property
    def _page(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._desk.open_id or 0)

    def _spots(self, page: DashboardState) -> Spots:
        return spots_of(page, key_of(self._desk.state, page.dashboard.row.id))

    def _begin(self, asked: tuple[tuple[str, int], int | None], found: Sequence[datetime]) -> None:
        now_open = self._desk.where, self._desk.open_id
        if self.on or asked != now_open or self._window.page is not self._window.screen_page:
            return
        page = self._page
        note = OWN_FILTERS if page is not None and page.override is not None else ""
        if len(found) < 2:
            self._window.notice.set_done(f"{NO_PAST} {note}".rstrip(), of_page=True)
            return
        now = self._desk.now()
        self._stops, self._at = found, len(found) - 2  # the last one is what is on screen
        words = [day_time(one, now, None) for one in found]
        bar = RewindBar(self._desk.theme, words, self._at, note)
        bar.chosen.connect(self._on_chosen)
        bar.left.connect(self.leave)
        self._desk.theme_changed.connect(bar.set_theme)
        self._bar = bar
        self._pages.set_held(on=True)
        self._read()

    def _end(self) -> bool:
        """Let the page go on; say whether the past was shown."""
        bar, self._bar = self._bar, None
        if bar is None:
            return False
        self._rest.stop()
        self._give_up()
        self._window.set_reading(None)
        self._pages.set_held(on=False)
        bar.deleteLater()
        return True

    def _give_up(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        self._at = at
        self._rest.start()

    @Slot()
    def _read(self) -> None:
        worker, cache, page = self._desk.worker, self._desk.cache, self._page
        if not self.on or worker is None or cache is None or page is None:
            return
        self._give_up()
        self._reading = worker.submit(
            partial(page_at, cache, self._spots(page), page, self._stops[self._at]),
            done=partial(self._came, self._at),
            failed=self._failed,
            tag="rewind",
        )

    def _came(self, at: int, page: DashboardState) -> None:
        bar, screen, state = self._bar, self._window.screen_page, self._desk.state
        if bar is None or at != self._at:
            return
        first = screen.reading is None  # until there is a past to show, now stays
        if first:
            self._window.set_reading(Reading("past", WHY), bar)
            bar.take_keyboard()
        screen.show_dashboard(page, state.project, None, self._desk.now(), state.around)
        bar.set_arrived()

    def _failed(self, failure: Failure) -> None:
        self.leave()
        said = f"The past could not be read: {failure.message}"
        self._window.notice.set_message(said, of_page=True)

    @Slot()
    def _on_turning(self) -> None:
        """Leave the past when another page or account comes."""
        self._end()


def _is_escape(event: QKeyEvent) -> bool:
    return event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
