"""Building insights in a window: the ways in, and the way back to the dashboard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from phdesk.core.finding import Entry, index
from phdesk.core.names import insight_title, kind_label
from phdesk.core.pointing import pointed_id
from phdesk.core.question import read_question
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.insight_keeping import KeptInsight, find_kept, keep
from phdesk.services.insight_saving import Opened, open_saved
from phdesk.services.session import Session
from phdesk.store.state import Changes
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_questions import ask_which
from phdesk.views.desk.late import insight_editor
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

if TYPE_CHECKING:
    from phdesk.views.desk.insight_editor import InsightEditor

NEW = "New insight"
HERE = "New insight on this dashboard"
EDIT = "Edit the insight of a tile"
FIND = "Edit a saved insight…"
LISTING = "Reading the project's saved insights…"
READING = "Reading the insight…"
NO_TILE = "Go to a tile with an insight first: Tab, or the arrow keys."
NOT_NOW = "phdesk is still connecting to PostHog. Try again in a moment."
SIGN_IN = "Sign in to build an insight."


class Insights(QObject):
    """Made after the first paint; the page is made when it is first asked for."""

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._pages, self._tiles = pages, tiles
        self._editor: InsightEditor | None = None
        self._tile = 0  # to which the keyboard goes back
        self._where = desk.where
        self._looked = ("", 0)  # where what was kept was looked for
        self._closes = False
        window = desk.window
        window.add_action(NEW, "Ctrl+Shift+I", self.start_new)
        window.add_action(HERE, "", self.start_here)
        window.add_action(EDIT, "Shift+E", self.edit_focused)
        window.add_action(FIND, "", self.ask_saved)
        window.screen_page.tile_edit_requested.connect(self._on_tile)
        pages.turning.connect(self._on_turning)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._look)
        window.closed.connect(self._on_closed)
        self._look()

    @Slot()
    def start_new(self) -> None:
        """Begin an insight on no dashboard."""
        self._begin(partial(self._start, ()))

    @Slot()
    def start_here(self) -> None:
        """Begin an insight that is to be shown on the open dashboard."""
        dashboard = self._desk.dashboard_id
        self._begin(partial(self._start, (dashboard,) if dashboard is not None else ()))

    @Slot()
    def edit_focused(self) -> None:
        """Edit the insight of the tile that has the keyboard, or is open large."""
        focused = self._window.focusWidget()  # also while the palette has the keyboard
        tile = self._tiles.explored
        if not tile and isinstance(focused, TileWidget):
            tile = focused.tile_id
        self.edit(tile)

    @Slot()
    def ask_saved(self) -> None:
        """Ask which insight of the project to edit, on a dashboard or on none."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._window.notice.set_message(NOT_NOW)
            return
        self._window.notice.set_done(LISTING, of_page=True)
        online.calls.ask(
            _listed,
            done=self._offer,
            failed=self._failed,
            tag=f"insights to edit, {self._desk.viewer}",
        )

    def edit(self, tile_id: int) -> None:
        """Edit the insight of a tile, read by itself."""
        view = self._window.screen_page.views.get(tile_id)
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        held = board.tiles.get(tile_id) if board is not None else None
        insight = held.insight if held is not None else None
        if view is None or insight is None or held is None or held.origin is not None:
            self._window.notice.set_message(NO_TILE)
            return
        self._tile = tile_id
        name = pointed_id(insight) or insight.id or insight.short_id  # the one that is shown
        if name:
            self._begin(partial(self._read, name))

    def _offer(self, insights: Sequence[Insight]) -> None:
        if self._window.notice.text == LISTING:
            self._window.notice.clear()
        entries = index(_entry(one) for one in insights if one.id is not None)
        asks = Asks("Edit a saved insight", "Find an insight to edit")
        dialog = CommandPalette(self._desk.theme, entries, (), self._window, asks)
        dialog.chosen.connect(self._on_saved_one)
        dialog.open()

    @Slot(object)
    def _on_saved_one(self, entry: Entry) -> None:
        self._tile = 0
        self._begin(partial(self._read, int(entry.key)))

    @property
    def _shows(self) -> bool:
        return self._editor is not None and self._window.page is self._editor.page

    def _begin(self, start: Callable[[], None]) -> None:
        """Begin something, once it is known what becomes of what is there and not saved."""
        online = self._desk.online
        if self._desk.state.account is None:
            self._window.notice.set_message(SIGN_IN)
        elif online is None or not online.calls.ready:
            self._window.notice.set_message(NOT_NOW)
        elif self._editor is not None and self._editor.is_unsaved:
            self._ask_which(start)
        else:
            start()

    def _start(self, dashboards: tuple[int, ...]) -> None:
        editor = self._ready()
        self._tile = 0
        editor.start_new(dashboards)
        self._show(editor)

    def _read(self, name: int | str) -> None:
        """Ask for the insight as it is saved: a dashboard's answer has its filters in it."""
        online = self._desk.online
        if online is None:
            return
        self._window.notice.set_done(READING, of_page=True)
        online.calls.ask(
            partial(_opened, name),
            done=self._came,
            failed=self._failed,
            tag=f"insight to edit, {self._desk.viewer}",
        )

    def _came(self, opened: Opened) -> None:
        if self._window.notice.text == READING:
            self._window.notice.clear()
        editor = self._ready()
        editor.start(opened.saved, opened.draft)
        self._show(editor)

    def _failed(self, failure: Failure) -> None:
        self._window.notice.set_message(f"Not opened: {failure.message}")

    def _ready(self) -> "InsightEditor":
        if self._editor is None:
            self._editor = insight_editor()(self._desk)
            self._editor.left.connect(self._on_left)
            self._editor.kept.connect(self._on_kept)
        return self._editor

    def _show(self, editor: "InsightEditor") -> None:
        self._window.show_page(editor.page, sidebar="over")
        editor.resume()

    @Slot()
    def _on_left(self) -> None:
        """Go back to the dashboard, with the keyboard on the tile that was edited."""
        if not self._shows:
            return
        if self._desk.open_id in self._desk.state.dashboards:
            self._window.show_dashboard_page()
        else:
            self._window.show_empty_page()
        self._pages.show_open()  # names it in the title bar
        if self._tile:
            self._window.screen_page.grid.focus_tile(self._tile)
        else:
            self._window.focus_page()

    @Slot(int, str, object)
    def _on_tile(self, tile_id: int, what: str, _value: object) -> None:
        if what == "insight":
            self.edit(tile_id)

    @Slot()
    def _on_turning(self) -> None:
        """Say that what was not saved is kept, where another page comes in its place."""
        editor = self._editor
        if editor is not None and self._shows:
            editor.keep()
            self._say_kept(editor)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Let go of an insight of another account or project."""
        if not changes.account or self._desk.where == self._where:
            return
        if self._editor is not None:
            self._editor.keep()  # what was typed last, where it belongs
        self._where = self._desk.where
        if self._editor is not None:
            shown = self._shows
            self._editor.forget()
            if shown:
                self._on_left()
        self._look()

    def _ask_which(self, start: Callable[[], None]) -> None:
        """Ask whether to go on with what is not saved."""
        editor = self._ready()
        discard = partial(self._discard, start)
        box = ask_which(self._window, editor.title, self._on_resume, discard)
        editor.forgotten.connect(box.close)

    @Slot()
    def _on_resume(self) -> None:
        self._show(self._ready())

    def _discard(self, start: Callable[[], None], *_pressed: object) -> None:
        self._ready().give_up()
        start()

    @Slot()
    def _look(self) -> None:
        """Find what was built in the project before phdesk ended, and not saved."""
        worker, cache, where = self._desk.worker, self._desk.cache, self._desk.where
        if worker is not None and cache is not None and where[1] and where != self._looked:
            self._looked = where
            found = partial(self._was_found, where)
            worker.submit(partial(find_kept, cache, where), done=found, failed=_pass, tag="kept")

    def _was_found(self, where: tuple[str, int], kept: KeptInsight | None) -> None:
        if where != self._desk.where or kept is None:
            return
        editor = self._ready()
        if not editor.is_unsaved and not self._shows:
            editor.restore(kept)
            self._say_kept(editor)

    def _say_kept(self, editor: "InsightEditor") -> None:
        if editor.is_unsaved:
            words = f"“{editor.title}” is not saved. “{NEW}” goes on with it."
            self._window.notice.set_done(f"{words} {editor.saving.doubt}".rstrip())

    @Slot(object)
    def _on_kept(self, kept: KeptInsight | None) -> None:
        worker, cache, where = self._desk.worker, self._desk.cache, self._where
        if worker is None or cache is None or not where[1]:
            return
        written = partial(keep, cache, where, kept)
        if self._closes:  # what is submitted now may be given up with the window
            worker.at_stop(written)
        else:
            worker.submit(written, done=_pass, failed=_pass, tag="keeping an insight")

    @Slot()
    def _on_closed(self) -> None:
        """Keep what was typed just before the window is closed."""
        self._closes = True
        if self._editor is not None:
            self._editor.keep()


def _pass(_outcome: object) -> None:
    """Say nothing: the page is there as it was."""


def _entry(insight: Insight) -> Entry:
    question = read_question(insight)
    return Entry("line", str(insight.id), insight_title(insight, question), kind_label(question))


async def _listed(session: Session) -> tuple[Insight, ...]:
    return await session.read_insights()


async def _opened(name: int | str, session: Session) -> Opened:
    return await open_saved(session, name)
