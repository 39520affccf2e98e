"""A person's own boards: makes, names and deletes them, puts tiles on and takes them off."""

import secrets
from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from phdesk.core import boards as edit
from phdesk.core.boards import Edit
from phdesk.core.finding import Entry, index
from phdesk.core.numbering import LARGEST_ID
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box
from phdesk.services.settings import KeptWindow
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.elsewhere import go_elsewhere
from phdesk.views.desk.late import one_name
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles
from phdesk.views.desk.walls import MONITOR_MODE
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

MINE = "board"  # whose a change is that the notice speaks of
FIRST_NAME = "My board"
SIZE = 6, 5  # cells of a tile whose size is not known
NEW = "New board…"
ADD = "Add the tile to a board"
NAME = "Name the board…"
DELETE = "Delete the board"
NO_TILE = "Go to a tile first, with Tab or the arrows."
NO_BOARD = "No board of yours is open."
HERE_ONLY = "Boards are yours alone and stay on this computer."
OWN_TITLE = "On this board only; empty is the insight's own title."


class Boards(QObject):
    """Made after the first paint; its actions have keys or are found by name."""

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages, self._tiles = desk, desk.window, pages, tiles
        self._past: list[Edit] = []  # ways back, the newest last
        self._asking: QDialog | None = None  # where a tile is to go
        window = desk.window
        window.screen_page.board_requested.connect(self._on_tile)
        window.screen_page.layout_changed.connect(self._on_layout)
        window.screen_page.menu_requested.connect(self._open_menu)
        window.sidebar.board_requested.connect(self._on_board)
        window.notice.undo_requested.connect(self._on_undo_told)
        window.undo_requested.connect(self._on_undo)
        if desk.shelf is not None:
            desk.shelf.account_left.connect(self._on_account_left)
        window.add_action(ADD, "B", self.ask_board)
        for text, slot in ((NEW, self.ask_new), (NAME, self.ask_name), (DELETE, self.delete)):
            window.add_action(text, "", slot)  # found by name

    @Slot()
    def ask_board(self) -> None:
        """Ask on which board to put the tile that has the keyboard, or is open large."""
        tile = self._tiles.in_use
        if tile:
            self._add(tile)
        else:
            self._window.notice.set_message(NO_TILE, of_page=True)

    @Slot()
    def ask_new(self) -> None:
        """Ask for the name of a new board, and open it."""
        self._ask_new(None)

    @Slot()
    def ask_name(self) -> None:
        """Ask for another name of the board that is open."""
        if self._open is not None:
            self._ask_name(self._open)
        else:
            self._window.notice.set_message(NO_BOARD, of_page=True)

    @Slot()
    def delete(self) -> None:
        """Delete the board that is open; it can be taken back."""
        if self._open is not None:
            self._delete(self._open)
        else:
            self._window.notice.set_message(NO_BOARD, of_page=True)

    @property
    def _open(self) -> Board | None:
        shelf, page = self._desk.shelf, self._desk.open_id
        return shelf.board(page) if shelf is not None and page is not None else None

    @Slot(object)
    def _open_menu(self, below: QWidget) -> None:
        """Offer by mouse what is found by name, too."""
        if self._open is None:
            return
        menu = QMenu("Board", self._window)
        menu.setAccessibleName("Board")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot in ((NAME, self.ask_name), (DELETE, self.delete), (NEW, self.ask_new)):
            menu.addAction(text).triggered.connect(slot)
        menu.addSeparator()
        menu.addAction(MONITOR_MODE).triggered.connect(self._window.monitor_requested)
        menu.addAction("Export…").triggered.connect(self._window.export_requested)
        menu.addAction("Report…").triggered.connect(self._window.report_requested)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    @Slot(int, str)
    def _on_tile(self, tile_id: int, what: str) -> None:
        board = self._open
        pick = next((one for one in board.picks if one.id == tile_id), None) if board else None
        if what == "add":
            self._add(tile_id)
        elif board is None or pick is None:
            return
        elif what == "remove":
            self._remove(board, pick)
        elif what == "title":
            self._ask_title(board, pick)
        else:
            self._go_to_source(tile_id)

    @Slot(int, str)
    def _on_board(self, page: int, what: str) -> None:
        board = self._desk.shelf.board(page) if self._desk.shelf is not None else None
        if board is not None:
            self._delete(board) if what == "delete" else self._ask_name(board)

    @Slot(object)
    def _on_layout(self, boxes: Mapping[int, Box]) -> None:
        """Keep the layout of a board at once; there is nobody to save it to."""
        board, shelf = self._open, self._desk.shelf
        if board is not None and shelf is not None:
            shelf.change(edit.arranged, board.id, boxes)

    def _add(self, tile_id: int) -> None:
        pick = self._picked(tile_id)
        if pick is None:
            return
        if not self._desk.boards:
            self._ask_new(pick)
            return
        entries = [Entry("line", str(one.id), one.name, _hint(one, pick)) for one in self._boards()]
        entries.append(Entry("line", "", NEW))
        asks = Asks("Add to a board", "Find the board to add it to", len(entries))
        dialog = CommandPalette(self._desk.theme, index(entries), (), self._window, asks)
        dialog.chosen.connect(partial(self._on_chosen, pick))
        self._ask(dialog)

    def _boards(self) -> list[Board]:
        return sorted(self._desk.boards, key=lambda one: one.name.casefold())

    def _picked(self, tile_id: int) -> Pick | None:
        """Describe a tile on screen, so that it is found again on its dashboard."""
        state, page = self._desk.state, self._desk.open_id
        view = self._window.screen_page.views.get(tile_id)
        page_state = state.dashboards.get(page) if page is not None else None
        held = page_state.tiles.get(tile_id) if page_state is not None else None
        if view is None or held is None or tile_id < 0:  # below 0 it is one that was not read
            return None
        board = self._open
        if board is not None:
            on_it = next((one for one in board.picks if one.id == tile_id), None)
            return replace(on_it, id=0) if on_it is not None else None
        if state.account is None or state.project is None or page is None:
            return None
        box = self._window.screen_page.grid.boxes.get(tile_id, Box(0, 0, *SIZE))
        return Pick(
            id=0,
            account=state.account.id,
            project=state.project.id,
            dashboard=page,
            tile=tile_id,
            insight=held.tile.insight.short_id if held.tile.insight is not None else "",
            known_as=view.title,
            box=box,
        )

    def _on_chosen(self, pick: Pick, entry: Entry) -> None:
        board = edit.found(tuple(self._desk.boards), int(entry.key)) if entry.key else None
        if board is None:
            self._ask_new(pick)
        elif edit.has(board, pick):
            self._window.notice.set_done(f"{_title(pick)} is on “{board.name}” already.")
        else:
            self._put(board, pick)

    def _put(self, board: Board, pick: Pick) -> None:
        """Put a tile at the foot of a board, as large as it is."""
        size = (pick.box.w, pick.box.h) if pick.box is not None else SIZE
        box = edit.free_box(board, *size)
        number = _new_id()  # another program may put one there at the same time
        self._change(
            f"{_title(pick)} was put on “{board.name}”.",
            partial(edit.with_pick, board_id=board.id, pick=replace(pick, id=number, box=box)),
            partial(edit.without_pick, board_id=board.id, pick_id=number),
        )

    def _remove(self, board: Board, pick: Pick) -> None:
        self._change(
            f"{_title(pick)} was removed from “{board.name}”.",
            partial(edit.without_pick, board_id=board.id, pick_id=pick.id),
            partial(edit.with_pick, board_id=board.id, pick=pick),
        )

    def _delete(self, board: Board) -> None:
        place = [one.id for one in self._desk.boards].index(board.id)
        if self._desk.open_id == board.page:
            go_elsewhere(self._desk, self._pages, board.page)
        self._change(
            f"The board “{board.name}” was deleted.",
            partial(edit.without_board, board_id=board.id),
            partial(edit.with_board, board=board, at=place),
        )

    def _ask_new(self, pick: Pick | None) -> None:
        dialog = one_name()(self._desk.theme, "New board", "Make the board", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_name("" if self._desk.boards else FIRST_NAME, HERE_ONLY)
        dialog.chosen.connect(partial(self._on_new, pick))
        self._ask(dialog)

    def _ask(self, dialog: QDialog) -> None:
        self._asking = dialog
        dialog.finished.connect(self._on_asked)
        dialog.open()

    @Slot()
    def _on_asked(self) -> None:
        self._asking = None

    def _on_new(self, pick: Pick | None, name: str) -> None:
        board = Board(id=_new_id(), name=name)
        if pick is not None:
            board = replace(board, picks=(replace(pick, id=1, box=_at_top(pick)),))
        self._change(
            f"{_title(pick)} was put on “{name}”." if pick else f"The board “{name}” was made.",
            partial(edit.with_board, board=board),
            partial(edit.without_board, board_id=board.id),
        )
        if pick is None:
            self._pages.open_dashboard(board.page)

    def _ask_name(self, board: Board) -> None:
        dialog = one_name()(self._desk.theme, "Name the board", "Rename", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_name(board.name, HERE_ONLY)
        dialog.chosen.connect(partial(self._on_named, board))
        dialog.open()

    def _on_named(self, board: Board, name: str) -> None:
        if name != board.name:
            self._change(
                f"The board is called “{name}” now.",
                partial(edit.named, board_id=board.id, name=name),
                partial(edit.named, board_id=board.id, name=board.name),
            )

    def _ask_title(self, board: Board, pick: Pick) -> None:
        dialog = one_name()(self._desk.theme, "Name the tile", "Rename", self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_name(pick.title or self._shown_title(pick), OWN_TITLE, may_be_empty=True)
        dialog.chosen.connect(partial(self._on_titled, board, pick))
        dialog.open()

    def _shown_title(self, pick: Pick) -> str:
        view = self._window.screen_page.views.get(pick.id)
        return view.title if view is not None else pick.known_as

    def _on_titled(self, board: Board, pick: Pick, title: str) -> None:
        if title == pick.title or (not pick.title and title == self._shown_title(pick)):
            return
        self._change(
            f"{_title(pick)} is called “{title}” here." if title else "It has its own title again.",
            partial(edit.titled, board_id=board.id, pick_id=pick.id, title=title),
            partial(edit.titled, board_id=board.id, pick_id=pick.id, title=pick.title),
        )

    def _go_to_source(self, tile_id: int) -> None:
        """Open the dashboard of a tile here, or in a window of its own project."""
        state, page = self._desk.state, self._desk.open_id or 0
        held = state.dashboards[page].tiles.get(tile_id) if page in state.dashboards else None
        origin = held.origin if held is not None else None
        if origin is None or origin.account is None or state.account is None:
            return
        ours = state.project is not None and state.project.id == origin.project.id
        if ours and origin.account.id == state.account.id:
            self._pages.open_dashboard(origin.dashboard)
            self._window.screen_page.grid.focus_tile(origin.tile)
        else:
            wish = KeptWindow(
                account=origin.account.id, project=origin.project.id, dashboard=origin.dashboard
            )
            self._desk.window_requested.emit(wish)

    def _change(self, said: str, change: Edit, back: Edit) -> None:
        shelf = self._desk.shelf
        if shelf is not None:
            shelf.change(change)
            self._past.append(back)
            self._window.notice.set_undoable(said, MINE)

    @Slot()
    def _on_account_left(self) -> None:
        """Offer no way back any more, and none to add: it would bring tiles of that account."""
        self._past.clear()
        if self._asking is not None:
            self._asking.reject()

    @Slot(str)
    def _on_undo_told(self, whose: str) -> None:
        if whose == MINE:
            self._take_back()

    @Slot()
    def _on_undo(self) -> None:
        if (self._desk.open_id or 0) < 0:
            self._take_back()

    def _take_back(self) -> None:
        shelf = self._desk.shelf
        if shelf is not None and self._past:
            shelf.change(self._past.pop())


def _new_id() -> int:
    return 1 + secrets.randbelow(LARGEST_ID)


def _hint(board: Board, pick: Pick) -> str:
    return "has it already" if edit.has(board, pick) else edit.counted(len(board.picks))


def _title(pick: Pick | None) -> str:
    name = (pick.title or pick.known_as) if pick is not None else ""
    return f"“{name}”" if name else "The tile"


def _at_top(pick: Pick) -> Box:
    return Box(0, 0, pick.box.w, pick.box.h) if pick.box is not None else Box(0, 0, *SIZE)
