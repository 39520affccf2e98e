"""One board over two PostHogs: filled, left, found again without a network, and forgotten."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from phdesk.demo.server import DemoServer
from phdesk.services.settings import KeptWindow
from phdesk.views.desk.boards import Boards
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.one_name import OneName
from tests.app_parts import running, vault
from tests.test_end_to_end import WAIT, board, complete, sign_in

WIDE = (1300, 800)

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard|propagateSizeHints)", extend=True
)


class Person:
    """Somebody with an app."""

    def __init__(self, app, qtbot):
        self.app, self.qtbot = app, qtbot

    def waits(self, until):
        self.qtbot.waitUntil(until, timeout=WAIT)

    @property
    def screen(self):
        return self.app.window.screen_page

    @property
    def shelf(self):
        return self.app.desk.shelf

    def signs_in(self, server):
        if self.app.store.state.account is None:
            sign_in(self.app, self.qtbot, server)
        else:
            self.app.desk.online.sign_in(server.url, server.key, server.project_id)
        self.waits(lambda: self.app.store.state.account is not None)
        self.waits(lambda: self.app.store.state.account.host == server.url)
        self.waits(complete(self.app))

    def adds(self, title, to):
        """Put a tile on a board by the menu of the tile."""
        tile_id = next(one for one, view in self.screen.views.items() if view.title == title)
        menu = self.screen.grid.tiles[tile_id]._menu()
        next(one for one in menu.findChildren(QAction) if one.text().startswith("Add to")).trigger()
        menu.deleteLater()
        kind = CommandPalette if self.shelf.boards else OneName
        dialog = next(one for one in self.app.window.findChildren(kind) if one.isVisible())
        field = dialog.findChild(QLineEdit)
        field.clear()
        self.qtbot.keyClicks(field, to)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        return self.screen.views[tile_id]


def facts_of(window):
    """Give what is on a window's board: title, table, and where it is from."""
    screen = window.window.screen_page
    return {
        one: (view.title, view.table, screen.grid.tiles[one].card_state.source)
        for one, view in screen.views.items()
    }


def same(window, facts):
    return facts_of(window) == facts


def beside(app, board):
    """Open the board in a second window, over the project of its first tile."""
    account, project = board.picks[0].source
    return app.windows.open(KeptWindow(account=account, project=project, dashboard=board.page))


@pytest.fixture
def servers():
    with vault(), DemoServer() as one, DemoServer() as other:
        yield one, other


def fill(person, servers):
    """Put a tile of each server on a board, and show it."""
    person.signs_in(servers[0])
    revenue = person.adds("Revenue by day", to="Mornings")
    person.signs_in(servers[1])
    plans = person.adds("Revenue by plan", to="Mornings")
    (mornings,) = person.shelf.boards
    person.app.front.pages.open_dashboard(mornings.page)
    person.waits(complete(person.app))
    facts = facts_of(person.app.front)
    assert [fact[:2] for fact in facts.values()] == [
        (revenue.title, revenue.table),
        (plans.title, plans.table),
    ]
    assert len({source for _, _, source in facts.values()}) == 2
    return mornings, facts


def share(person, mornings, facts):
    """Show the board in a second window, which changes it, and close that."""
    first, other = person.app.front, beside(person.app, mornings)
    person.waits(lambda: same(other, facts) and bool(other.desk.findChildren(Boards)))
    other.window.screen_page.board_requested.emit(1, "remove")
    person.waits(lambda: list(first.window.screen_page.grid.tiles) == list(facts)[1:])
    other.window.notice.undo_requested.emit("board")
    person.waits(lambda: same(first, facts))
    other.window.close()
    person.waits(lambda: person.app.windows.all == (first,))
    person.waits(lambda: same(first, facts))


def test_a_board_over_two_servers_outlives_them(qtbot, tmp_path, servers):
    with running(tmp_path, size=WIDE) as app:
        person = Person(app, qtbot)
        mornings, facts = fill(person, servers)
        share(person, mornings, facts)
    for server in servers:
        server.stop()
    with running(tmp_path, size=WIDE) as app:
        person = Person(app, qtbot)
        assert app.desk.open_id == mornings.page
        assert same(app.front, facts), "with the first paint"
        person.waits(lambda: board(app).failure is not None)
        assert same(app.front, facts)
        assert all(held.origin.away is not None for held in board(app).tiles.values())
        assert all(tile.card_state.age for tile in person.screen.grid.tiles.values())
        first = mornings.picks[0].account
        app.front.sessions._on_forget(first)
        person.waits(lambda: list(person.screen.grid.tiles) == list(facts)[1:])
        person.waits(lambda: all(one.id != first for one in app.preferences.accounts))
        assert all(held.has_result for held in board(app).tiles.values())
    assert first not in (tmp_path / "boards.toml").read_text()
