"""Building insights in a window: the ways in, and the way back to the dashboard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from phdesk.core.pointing import pointed_id
from phdesk.services.insight_keeping import FoundInsight
from phdesk.services.insight_saving import Opened
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.insight_drafts import InsightDrafts, title_of
from phdesk.views.desk.insight_finding import NOT_NOW, InsightFinding
from phdesk.views.desk.insight_questions import ask_resume, ask_which
from phdesk.views.desk.late import insight_editor
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles

if TYPE_CHECKING:
    from phdesk.views.desk.insight_editor import InsightEditor

NEW = "New insight"
HERE = "New insight on this dashboard"
EDIT = "Edit the insight of a tile"
FIND = "Edit a saved insight…"
UNSAVED = "Unsaved insights…"
WAITS = f"“{{}}” is not saved. It waits in “{UNSAVED}”"
NO_TILE = "Go to a tile with an insight first: Tab, or the arrow keys."
SIGN_IN = "Sign in to build an insight."
AWAY = "“{}” is not saved. It is kept, and there again when you come back to its project."
HERE_NOW = ""  # the name of what is in the editor, among those that wait
NONE_WAITS = "No insight waits to be saved."
TAKEN = "It is open in another window by now, or was saved or discarded there."


class Insights(QObject):
    """Made after the first paint; the page is made when it is first asked for."""

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._pages, self._tiles = pages, tiles
        self._editor: InsightEditor | None = None
        self._tile = 0  # to which the keyboard goes back
        self._drafts = InsightDrafts(desk)
        self._finding = InsightFinding(desk, self)
        self._finding.chosen.connect(self._on_chosen)
        self._finding.came.connect(self._on_came)
        self._said = ""  # last, of what waits
        self._is_unseen = False  # what is in the editor is from before this start
        self._where = desk.where
        self._looked = ("", 0)  # where what was kept was looked for
        window = desk.window
        window.add_action(NEW, "Ctrl+Shift+I", self.start_new)
        window.add_action(HERE, "", self.start_here)
        window.add_action(EDIT, "Shift+E", self.edit_focused)
        window.add_action(FIND, "", self.ask_saved)
        window.add_action(UNSAVED, "", self.ask_unsaved)
        window.screen_page.tile_edit_requested.connect(self._on_tile)
        pages.turning.connect(self._on_turning)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._look)
        desk.drafts.left.connect(self._on_left_there)
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
        self.edit(self._tiles.in_use)

    @Slot()
    def ask_saved(self) -> None:
        """Ask which insight of the project to edit, on a dashboard or on none."""
        self._finding.ask()

    @Slot()
    def ask_unsaved(self) -> None:
        """Ask which of the insights that are not saved to go on with."""
        editor = self._editor
        if editor is not None and editor.is_unsaved:
            editor.keep()
        self._drafts.find(self._offer_unsaved)

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
            self._put_off()
            self._begin(partial(self._finding.read, name))

    @Slot(int)
    def _on_chosen(self, insight: int) -> None:
        self._tile = 0
        self._put_off()
        self._begin(partial(self._finding.read, insight))

    @property
    def _shows(self) -> bool:
        return self._editor is not None and self._window.page is self._editor.page

    def _offer_unsaved(self, waiting: Sequence[FoundInsight]) -> None:
        kept = self._editor.kept.now if self._editor is not None else None
        mine = [FoundInsight(HERE_NOW, kept, self._desk.now())] if kept is not None else []
        every = [*mine, *waiting]
        if not every:
            self._window.notice.set_done(NONE_WAITS, of_page=True)
        elif len(every) == 1:
            self._on_unsaved_one(every[0].name)
        else:
            self._drafts.choose(every, self._on_unsaved_one)

    def _on_unsaved_one(self, name: str) -> None:
        if name == HERE_NOW:
            self._on_resume()
        else:  # another window may have gone on with it, or saved it, while the list was open
            self._drafts.find(partial(self._restore_named, name, 0))

    def _restore_named(self, name: str, tile: int, waiting: Sequence[FoundInsight]) -> None:
        found = next((one for one in waiting if one.name == name), None)
        if found is None:
            self._window.notice.set_message(TAKEN, of_page=True)
        else:
            self._restore(found)
            self._tile = tile

    def _restore(self, found: FoundInsight, *, shown: bool = True) -> None:
        """Go on with one that waited; what is there and not saved waits in its place."""
        editor = self._ready()
        self._drafts.put_aside(editor)
        self._drafts.begin(found.name)
        editor.restore(found.kept)
        if shown:
            self._tile = 0
            self._show(editor)

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

    def _put_off(self) -> None:
        """Let what nobody has seen since the start wait on, where another insight is chosen."""
        if self._editor is not None and self._is_unseen:
            self._is_unseen = False
            self._drafts.put_aside(self._editor)
            self._editor.forget()

    def _start(self, dashboards: tuple[int, ...]) -> None:
        editor = self._ready()
        self._tile = 0
        self._drafts.put_aside(editor)
        editor.start_new(dashboards)
        self._show(editor)

    @Slot(object)
    def _on_came(self, opened: Opened) -> None:
        self._drafts.find(partial(self._open, opened))

    def _open(self, opened: Opened, waiting: Sequence[FoundInsight]) -> None:
        """Open an insight as it is saved, unless changes of it wait that a person prefers."""
        mine = [one for one in waiting if one.kept.number == opened.saved.insight.id]
        if not mine:
            self._edit(opened)
            return
        title = title_of(mine[0].kept)
        resume, anew = partial(self._resume_edit, mine[0].name), partial(self._edit, opened)
        box = ask_resume(self._window, title, resume, anew)
        self._ready().forgotten.connect(box.close)

    def _resume_edit(self, name: str, *_pressed: object) -> None:
        self._drafts.find(partial(self._restore_named, name, self._tile))

    def _edit(self, opened: Opened, *_pressed: object) -> None:
        editor = self._ready()
        self._drafts.put_aside(editor)
        editor.start(opened.saved, opened.draft)
        self._show(editor)

    def _ready(self) -> "InsightEditor":
        if self._editor is None:
            self._editor = insight_editor()(self._desk)
            self._editor.left.connect(self._on_left)
            self._editor.kept.changed.connect(self._drafts.keep)
            self._editor.saving.late.connect(self._drafts.settle)
        return self._editor

    def _show(self, editor: "InsightEditor") -> None:
        if self._said and self._window.notice.text == self._said:
            self._window.notice.clear()
        self._is_unseen = False
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
        editor = self._editor
        if editor is not None:
            shown, title = self._shows, editor.title if editor.is_unsaved else ""
            self._drafts.put_aside(editor)  # what was typed last, where it belongs
            editor.forget()
            if shown:
                self._on_left()
            if title and self._desk.where[1]:
                self._say(AWAY.format(title))
        self._where = self._desk.where
        self._look()

    def _ask_which(self, start: Callable[[], None]) -> None:
        """Ask whether to go on with what is not saved."""
        editor = self._ready()
        keep, discard = partial(_started, start), partial(self._discard, start)
        box = ask_which(self._window, editor.title, self._on_resume, keep, discard)
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
        desk, where = self._desk, self._desk.where
        if desk.worker is not None and desk.cache is not None and where != self._looked:
            self._looked = where
            self._drafts.find(self._was_found)

    def _was_found(self, waiting: Sequence[FoundInsight]) -> None:
        editor = self._ready() if waiting else None
        if editor is not None and not editor.is_unsaved and not self._shows:
            self._restore(waiting[0], shown=False)
            self._is_unseen = True
            self._say_kept(editor, others=len(waiting) - 1)

    def _say_kept(self, editor: "InsightEditor", others: int = 0) -> None:
        if editor.is_unsaved:
            more = f", with {others} more" if others else ""
            words = f"{WAITS.format(editor.title)}{more}. {editor.saving.doubted}"
            self._say(words.rstrip())

    def _say(self, words: str) -> None:
        """Say what waits, until a person goes on with something."""
        self._window.notice.set_done(words)
        self._said = words

    @Slot(object, str)
    def _on_left_there(self, where: object, title: str) -> None:
        """Say what another window has left unsaved."""
        if where == self._desk.where:
            self._say(f"{WAITS.format(title)}.")

    @Slot()
    def _on_closed(self) -> None:
        """Keep what was typed just before the window is closed."""
        editor = self._editor
        if editor is not None:
            editor.keep()
            self._drafts.leave(editor.title if editor.is_unsaved else "")


def _started(start: Callable[[], None], *_pressed: object) -> None:
    start()
