"""A window with boards of one's own, with tiles of two accounts on two servers."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QPushButton,
)

from phdesk.core.boards import with_board
from phdesk.models.account import Account
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box
from phdesk.services.beside import Beside
from phdesk.services.board_room import BoardRoom
from phdesk.services.boards_file import BoardsFile
from phdesk.services.errands import Errands
from phdesk.services.looks import BoardLooks
from phdesk.services.workspace import Workspace
from phdesk.store.state import EMPTY
from phdesk.views.desk.boards import Boards
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.one_name import OneName
from tests.services.conftest import ADA
from tests.store.builders import NOON

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
US = "https://us.posthog.com"
BEN = Account(id="us.posthog.com-u2", host=US, email="ben@example.org", project_id=7)
MINE = Board(
    id=5,
    name="Mine",
    picks=(Pick(id=1, account=ADA.id, project=7, dashboard=9, tile=2, insight="short102"),),
)
ORDERS = Pick(
    id=2, account=BEN.id, project=7, dashboard=9, tile=3, known_as="Orders", box=Box(6, 0, 6, 5)
)
BOTH = Board(id=6, name="Both", picks=(*MINE.picks, ORDERS))


class DeskWithBoards:
    """Ada's window with her boards; Ben's account is known on this computer, too."""

    def __init__(self, ada, folder, servers):
        self.qtbot, self.window, self.screen = ada.qtbot, ada.window, ada.screen
        self.ada, self.desk, self.pages, self.tiles = ada, ada.desk, ada.pages, ada.tiles
        self.file = BoardsFile(folder / "boards.toml")
        self.room = BoardRoom(self.file.path, ada.parts.cache, ada.parts.preferences, ada.window)
        self.workspace = Workspace(EMPTY)
        self.workspace.store = ada.parts.store
        self.workspace.set_online(ada.desk.online)
        self.desk.set_boards(self.room.shelf, self.room.feed(self.workspace, 0, ada.desk))
        self.servers = servers
        looks = BoardLooks(ada.parts.cache, ada.parts.background, lambda: NOON, self.room)
        self.room.use(ada.parts.background, self.beside, looks)
        Boards(ada.desk, ada.pages, ada.tiles)

    def beside(self, store):
        """Make what reads a project beside the window, as the app does."""
        parts = replace(self.ada.parts, store=store, background=Errands(self.ada.parts.background))
        return Beside(parts, connect=self.connect, now=lambda: NOON)

    def connect(self, host, key):
        return self.servers[host].connect(host, key)

    def has(self, board):
        self.room.shelf.change(with_board, board)
        return board

    def opens(self, board):
        self.pages.open_dashboard(board.page)
        self.waits(lambda: self.page is not None)
        return board

    def waits(self, until):
        self.qtbot.waitUntil(until)

    def complete(self):
        """Wait until all tiles of the board have an answer of their servers."""
        self.waits(
            lambda: (
                not self.page.loading
                and not self.page.from_cache
                and self.page.progress is None
                and all(held.has_result for held in self.page.tiles.values())
            )
        )

    @property
    def page(self):
        return self.desk.state.dashboards.get(self.desk.open_id)

    @property
    def boards(self):
        return self.room.shelf.boards

    @property
    def written(self):
        return self.file.load()[0]

    def tile(self, tile_id):
        return self.screen.grid.tiles[tile_id]

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def chooses(self, tile_id, text):
        """Choose from the menu of a tile."""
        menu = self.tile(tile_id)._menu()
        next(one for one in menu.findChildren(QAction) if one.text() == text).trigger()
        menu.deleteLater()

    def menu(self, tile_id):
        menu = self.tile(tile_id)._menu()
        texts = [one.text() for one in menu.actions()]
        menu.deleteLater()
        return texts

    def shown(self, kind):
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        return found[0] if found else None

    def names(self, name):
        """Type a name where one is asked for."""
        field = self.shown(OneName).findChild(QLineEdit)
        self.qtbot.keyClick(field, Qt.Key.Key_Backspace)  # all of it is selected
        self.qtbot.keyClicks(field, name)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def finds(self, words):
        """Choose by a few letters."""
        field = self.shown(CommandPalette).findChild(QLineEdit)
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def undoes(self):
        buttons = self.window.notice.findChildren(QPushButton)
        self.qtbot.mouseClick(next(one for one in buttons if one.text() == "Undo"), LEFT)

    def listed(self):
        rows = self.window.sidebar.findChild(QListWidget)
        return [rows.item(row).text() for row in range(rows.count())]

    @property
    def told(self):
        return self.window.notice.text
