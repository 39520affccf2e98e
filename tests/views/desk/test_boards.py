"""Boards of one's own, by pointer and keys, with tiles of two accounts on two servers."""

from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from phdesk.core.boards import with_board, with_pick
from phdesk.core.filters import Filter, Override
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Account
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause
from phdesk.services.accounts import added
from phdesk.services.beside import Beside
from phdesk.services.board_feed import FILTERED
from phdesk.services.board_room import BoardRoom
from phdesk.services.boards_file import BoardsFile
from phdesk.services.credentials import SERVICE
from phdesk.services.errands import Errands
from phdesk.services.links import tile_with
from phdesk.services.settings import KeptWindow, opened
from phdesk.services.workspace import Workspace
from phdesk.store.changes import with_offline
from phdesk.store.state import EMPTY
from phdesk.views import theme as look
from phdesk.views.desk.boards import DELETE, NAME, NEW, NO_TILE, Boards
from phdesk.views.desk.commands import Commands
from phdesk.views.desk.edits import INSIGHT, PIN, TEXT, Edits
from phdesk.views.desk.edits import NAME as NAME_FOR_ALL
from phdesk.views.desk.filters import OF_BOARD
from phdesk.views.desk.layouts import Layouts
from phdesk.views.desk.open_tabs import OpenTabs
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.one_name import OneName
from phdesk.views.explore.explore import Explore
from tests.services.conftest import ADA
from tests.services.posthog import HOST, KEY, FakePostHog
from tests.store.builders import NOON, TROUBLE
from tests.views.dashboard.editing.hands import hands_on
from tests.views.desk.conftest import button, sent

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


class Desk:
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
        self.room.use(ada.parts.background, self.beside)
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
        self.qtbot.mouseClick(button(self.window.notice, "Undo"), LEFT)

    def listed(self):
        rows = self.window.sidebar.findChild(QListWidget)
        return [rows.item(row).text() for row in range(rows.count())]

    @property
    def told(self):
        return self.window.notice.text


@pytest.fixture
def bens():
    """Ben's PostHog in the US, with two stale tiles."""
    server = FakePostHog()
    server.tiles = [sent(3, -7, 7, 8, 9, stale=True), sent(4, -8, stale=True, y=5)]
    server.annotations = []
    return server


@pytest.fixture
def desk(ada, server, bens, tmp_path, parts, vault):
    vault.kept[SERVICE, BEN.id] = KEY
    parts.preferences.change_accounts(added, BEN)
    desk = Desk(ada, tmp_path, {HOST: server, US: bens})
    yield desk
    desk.desk.feed.close()
    desk.room.sources.close()


# Making boards


def test_the_first_tile_makes_the_first_board(desk, qtbot):
    desk.screen.grid.focus_tile(2)
    desk.key(Qt.Key.Key_B)
    assert desk.shown(OneName).findChild(QLineEdit).text() == "My board"
    desk.names("Mornings")
    (board,) = desk.boards
    (pick,) = board.picks
    assert (board.name, pick.source, pick.dashboard, pick.tile) == ("Mornings", (ADA.id, 7), 9, 2)
    assert (pick.insight, pick.known_as) == ("short102", "Insight 102")
    assert "Insight 102" in desk.told
    assert desk.listed()[:2] == ["Boards", "Mornings"]
    qtbot.waitUntil(lambda: desk.written == (board,))


def test_a_board_is_chosen_by_a_few_letters(desk):
    desk.has(MINE)
    desk.has(Board(id=8, name="Growth"))
    desk.chooses(1, "Add to a board…")
    hints = {one.text: one.hint for one in desk.shown(CommandPalette).results()}
    assert hints == {"Growth": "0 tiles", "Mine": "1 tile", NEW: ""}
    desk.finds("grow")
    assert [len(one.picks) for one in desk.boards] == [1, 1]
    assert desk.boards[1].picks[0].tile == 1


def test_a_tile_is_on_a_board_once(desk):
    desk.has(MINE)
    desk.chooses(2, "Add to a board…")
    assert desk.shown(CommandPalette).results()[0].hint == "has it already"
    desk.finds("mine")
    assert "already" in desk.told
    assert desk.boards == (MINE,)


def test_a_new_board_is_one_of_the_choices(desk):
    desk.has(MINE)
    desk.chooses(1, "Add to a board…")
    desk.finds("new")
    desk.names("Growth")
    assert [one.name for one in desk.boards] == ["Mine", "Growth"]


def test_tiles_stand_side_by_side_where_there_is_room(desk):
    desk.has(Board(id=8, name="Growth"))
    for tile_id in (1, 2):
        desk.chooses(tile_id, "Add to a board…")
        desk.finds("growth")
    assert [one.box for one in desk.boards[0].picks] == [Box(0, 0, 6, 5), Box(6, 0, 6, 5)]


def test_without_a_tile_b_says_what_to_do(desk):
    desk.screen.grid.setFocus()
    desk.key(Qt.Key.Key_B)
    assert desk.told == NO_TILE
    assert desk.shown(OneName) is None


def test_the_tile_that_is_open_large_is_added(desk, qtbot):
    desk.tiles.show(Explore(look.light(), desk.window), 2)
    qtbot.keyClick(desk.window, Qt.Key.Key_B)
    desk.names("Mine")
    assert desk.boards[0].picks[0].tile == 2


def test_what_was_added_can_be_taken_back(desk):
    desk.has(MINE)
    desk.chooses(1, "Add to a board…")
    desk.finds("mine")
    desk.undoes()
    assert desk.boards == (MINE,)


def test_taking_back_leaves_the_tile_that_another_program_put_there_meanwhile(desk):
    desk.has(MINE)
    desk.waits(lambda: desk.written == (MINE,))
    theirs = replace(MINE.picks[0], id=2, dashboard=4)
    BoardsFile(desk.file.path).change([partial(with_pick, board_id=MINE.id, pick=theirs)])
    desk.chooses(1, "Add to a board…")
    desk.finds("mine")
    desk.waits(lambda: len(desk.written[0].picks) == 3)
    desk.waits(lambda: desk.boards == desk.written)
    desk.undoes()
    desk.waits(lambda: len(desk.written[0].picks) == 2)
    assert theirs in desk.boards[0].picks


# A board on screen


def test_a_board_shows_the_same_numbers_as_the_dashboard(desk, qtbot):
    desk.has(MINE)
    there = desk.screen.views[2]
    rows = desk.window.sidebar.findChild(QListWidget)
    spot = rows.visualItemRect(rows.item(1)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=spot)
    assert desk.desk.open_id == MINE.page
    here = desk.screen.views[1]
    assert (here.body, here.table, here.title) == (there.body, there.table, there.title)
    assert desk.window.windowTitle() == "Mine – phdesk"
    assert not desk.screen.filters.isVisible()
    assert "Open in PostHog" not in {
        one.accessibleName() for one in desk.screen.findChildren(QPushButton) if one.isVisible()
    }
    assert desk.tile(1).card_state.age
    assert desk.tile(1).card_state.source == "", "there is one project only"


def test_only_the_tiles_of_the_board_are_refreshed(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    assert bens.paths("insights/") == ["insights/103/"], "104 is stale, but not on the board"
    assert bens.paths("dashboards/") == ["dashboards/9/"]


def test_what_is_fresh_is_not_calculated_again(desk, server):
    before = server.paths("insights/")
    desk.opens(desk.has(MINE))
    desk.complete()
    assert server.paths("insights/") == before
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.waits(lambda: server.paths("insights/") == [*before, "insights/102/"])
    desk.complete()


def test_one_tile_is_refreshed_through_its_own_account(desk, server, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.room.shelf.change(with_pick, BOTH.id, replace(ORDERS, id=3, tile=4))
    desk.waits(lambda: len(desk.page.tiles) == 3)
    desk.complete()
    before = server.paths("insights/")
    desk.chooses(2, "Refresh this tile")
    desk.waits(lambda: bens.paths("insights/") == [f"insights/{n}/" for n in (103, 104, 103)])
    desk.complete()
    assert server.paths("insights/") == before


def test_tiles_of_several_projects_say_where_they_are_from(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    said = ["Shop · EU", "Shop · US"]
    desk.waits(lambda: [desk.tile(one).card_state.source for one in (1, 2)] == said)
    assert "From Shop · US." in desk.tile(2).accessibleDescription()
    assert desk.menu(2)[-5] == "From Shop · US"
    desk.tile(2).ask_details()
    words = [label.text() for label in desk.shown(QMessageBox).findChildren(QLabel)]
    assert any("Account: ben@example.org · US" in one for one in words)
    desk.shown(QMessageBox).close()


def test_a_tile_opens_in_its_own_posthog(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.tile(2).ask_browser()
    desk.tile(1).ask_browser()
    desk.screen.link_requested.emit(2, "/insights/x")
    assert desk.ada.browsed == [
        f"{US}/project/7/insights/short103",
        f"{HOST}/project/7/insights/short102",
        f"{US}/insights/x",
    ]


def test_the_dashboard_of_another_account_s_tile_opens_in_a_window_of_its_own(desk, qtbot):
    desk.opens(desk.has(BOTH))
    with qtbot.waitSignal(desk.desk.window_requested) as asked:
        desk.chooses(2, "Open its dashboard")
    assert asked.args == [KeptWindow(account=BEN.id, project=7, dashboard=9)]
    assert desk.desk.open_id == BOTH.page


def test_the_dashboard_of_a_tile_opens_here_where_it_is_this_project_s(desk):
    desk.opens(desk.has(MINE))
    desk.chooses(1, "Open its dashboard")
    assert desk.desk.open_id == 9
    desk.waits(lambda: QApplication.focusWidget() is desk.tile(2))
    assert desk.ada.browsed == []


def test_an_address_leads_to_no_tile_of_another_account(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    state = desk.desk.state
    there, here = (Source(noun=Noun.INSIGHT, short_id=one) for one in ("short103", "short102"))
    assert tile_with(there, state, BOTH.page) is None
    assert tile_with(here, state, BOTH.page) == (BOTH.page, 1)


def test_an_account_without_a_key_is_a_tile_that_says_so(desk, vault):
    del vault.kept[SERVICE, BEN.id]
    desk.opens(desk.has(BOTH))
    desk.waits(lambda: desk.page.tiles[2].failure is not None)
    shown = desk.page.tiles[2]
    assert shown.failure.cause is Cause.NO_KEY
    desk.waits(lambda: "Sign in" in getattr(desk.screen.views[2].body, "detail", ""))
    assert desk.screen.views[2].title == "Orders"
    assert desk.page.tiles[1].failure is None


def test_an_account_that_is_not_known_is_a_tile_that_says_so(desk):
    stranger = Pick(id=3, account="nobody", project=1, dashboard=2, tile=3, known_as="Lost")
    desk.opens(desk.has(Board(id=7, name="Old", picks=(stranger,))))
    assert "signed out" in desk.screen.views[3].summary
    assert desk.tile(3).card_state.on_board
    desk.chooses(3, "Remove from the board")
    assert desk.boards[0].picks == ()
    desk.waits(lambda: desk.window.page is desk.window.empty_page)


def test_a_tile_that_is_removed_in_posthog_says_so_and_others_stay(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    del bens.tiles[0]
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R)
    desk.waits(lambda: "no longer on its dashboard" in desk.screen.views[2].summary)
    assert desk.page.tiles[1].has_result


def test_a_board_stays_open_while_the_account_changes(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    before = {one: held.insight for one, held in desk.page.tiles.items()}
    desk.desk.online._connect = bens.connect
    desk.desk.online.switch(BEN.id)
    desk.waits(lambda: desk.desk.state.account == BEN)
    desk.waits(lambda: desk.page is not None)
    desk.complete()
    assert desk.desk.open_id == BOTH.page
    assert {one: held.insight for one, held in desk.page.tiles.items()} == before


def test_a_board_that_was_left_for_another_account_is_not_refreshed_any_more(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.desk.online._connect = bens.connect
    desk.desk.preferences.change(opened, BEN.id, 9, NOON)
    desk.desk.window.accounts_requested.emit()
    desk.shown(Accounts).switch_requested.emit(BEN.id)
    desk.waits(lambda: desk.desk.state.account == BEN and desk.desk.open_id == 9)
    assert desk.desk.feed.board is None


def test_temporary_filters_of_a_dashboard_stay_there(desk, server):
    own = desk.screen.views[2].body
    week = Override(filters=Filter(date_from="-7d"))
    desk.desk.online.filters.override(9, week)
    desk.waits(lambda: desk.desk.state.dashboards[9].tiles[2].filters == week.key)
    assert desk.screen.views[2].body != own
    desk.opens(desk.has(MINE))
    assert desk.screen.views[1].body == own
    assert desk.tile(1).card_state.before == ""


def test_a_dashboard_under_temporary_filters_is_not_asked_for_a_board(desk, server):
    week = Override(filters=Filter(date_from="-7d"))
    desk.desk.online.filters.override(9, week)
    desk.waits(lambda: desk.desk.state.dashboards[9].tiles[2].filters == week.key)
    desk.opens(desk.has(MINE))
    desk.complete()
    before = list(server.asked)
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert desk.told == FILTERED.format("Weekly")
    assert desk.desk.state.dashboards[9].progress is None
    assert server.asked == before


def test_a_board_is_no_place_for_filters(desk):
    desk.opens(desk.has(MINE))
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_D)
    assert desk.told == OF_BOARD


def test_an_empty_board_says_how_to_fill_it(desk):
    desk.opens(desk.has(Board(id=8, name="Growth")))
    assert desk.window.page is desk.window.empty_page
    texts = [one.text() for one in desk.window.empty_page.findChildren(QLabel)]
    assert any("press B" in one for one in texts)
    assert desk.window.windowTitle() == "Growth – phdesk"


def test_offline_says_how_old_tiles_are(desk):
    desk.opens(desk.has(MINE))
    desk.complete()
    desk.ada.parts.store.apply(with_offline, TROUBLE)
    desk.waits(lambda: desk.page.failure == TROUBLE)
    assert desk.page.tiles[1].origin.away == TROUBLE


def test_nobody_is_asked_while_another_page_is_shown(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.pages.open_dashboard(9)
    asked = len(bens.asked)
    desk.desk.feed.refresh(force=True)
    assert desk.desk.feed.board is None
    assert len(bens.asked) == asked


# Changing boards


def test_a_layout_is_kept_on_this_computer_at_once(desk, server):
    Layouts(desk.desk, desk.pages)
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.screen.grid.focus_tile(2)
    for key in (Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_E):
        desk.key(key)
    boxes = {one.id: one.box for one in desk.boards[0].picks}
    assert boxes[2].x < 6
    assert boxes == dict(desk.screen.grid.boxes)
    desk.waits(lambda: desk.written == desk.boards)
    assert server.changed == []
    assert desk.desk.state.overlays == {}


def test_a_tile_that_is_dragged_is_kept_where_it_was_dropped(desk, server, bens):
    Layouts(desk.desk, desk.pages)
    desk.opens(desk.has(BOTH))
    desk.complete()
    hands = hands_on(desk.qtbot, desk.screen)
    hands.edit()
    hands.move(2, hands.cell(-6, 0))
    assert (hands.boxes[2].x, hands.boxes[2].y) == (0, 0)
    assert {one.id: one.box for one in desk.boards[0].picks} == hands.boxes
    desk.waits(lambda: desk.written == desk.boards)
    assert server.changed == bens.changed == []
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
    desk.waits(lambda: desk.written[0].picks[1].box == ORDERS.box)


def test_a_tile_is_removed_and_comes_back(desk):
    desk.opens(desk.has(BOTH))
    desk.chooses(2, "Remove from the board")
    desk.waits(lambda: list(desk.screen.grid.tiles) == [1])
    assert desk.boards == (Board(id=6, name="Both", picks=MINE.picks),)
    desk.undoes()
    desk.waits(lambda: list(desk.screen.grid.tiles) == [1, 2])
    assert desk.boards == (BOTH,)


def test_ctrl_z_takes_back_step_by_step(desk):
    desk.opens(desk.has(BOTH))
    desk.chooses(2, "Name it on this board…")
    desk.names("Sales")
    desk.chooses(1, "Remove from the board")
    for _ in range(2):
        desk.qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
    assert {one.id: one for one in desk.boards[0].picks} == {one.id: one for one in BOTH.picks}


def test_a_tile_has_a_name_of_one_s_own_until_it_is_emptied(desk):
    desk.opens(desk.has(MINE))
    desk.chooses(1, "Name it on this board…")
    assert desk.shown(OneName).findChild(QLineEdit).text() == "Insight 102"
    desk.names("People")
    desk.waits(lambda: desk.screen.views[1].title == "People")
    assert desk.screen.views[1].summary.startswith("People: ")
    desk.chooses(1, "Name it on this board…")
    desk.names("")
    desk.waits(lambda: desk.screen.views[1].title == "Insight 102")


def test_a_tile_goes_on_to_another_board(desk):
    desk.has(Board(id=8, name="Growth"))
    desk.opens(desk.has(BOTH))
    desk.chooses(2, "Add to another board…")
    desk.finds("growth")
    (pick,) = desk.boards[0].picks
    assert (pick.source, pick.dashboard, pick.tile) == (ORDERS.source, 9, 3)


def test_a_board_is_named_and_deleted_by_name(desk):
    Commands(desk.desk, desk.pages)
    desk.opens(desk.has(MINE))
    actions = {one.text(): one for one in desk.window.shortcut_actions}
    actions["Name the board…"].trigger()
    desk.names("Ours")
    assert desk.listed()[1] == "Ours"
    desk.waits(lambda: desk.window.windowTitle() == "Ours – phdesk")
    actions["Delete the board"].trigger()
    assert desk.boards == ()
    assert desk.desk.open_id == 9
    assert "Ours" not in desk.listed()
    desk.undoes()
    assert [one.name for one in desk.boards] == ["Ours"]


def test_the_head_of_a_board_offers_what_can_be_done_with_it(desk, qtbot):
    Edits(desk.desk)
    desk.opens(desk.has(MINE))
    more = next(one for one in desk.screen.findChildren(QPushButton) if "delete" in one.toolTip())
    qtbot.mouseClick(more, LEFT)
    menu = QApplication.activePopupWidget()
    choices = {one.text(): one for one in menu.actions()}
    assert list(choices) == [NAME, DELETE, NEW]
    choices[NAME].trigger()
    menu.close()
    desk.names("Ours")
    assert desk.boards[0].name == "Ours"


def test_nothing_of_a_board_is_changed_for_the_team(desk, server):
    Edits(desk.desk)
    desk.opens(desk.has(MINE))
    actions = {one.text(): one for one in desk.window.shortcut_actions}
    for text in (PIN, NAME_FOR_ALL, TEXT, INSIGHT):
        actions[text].trigger()
    desk.screen.tile_edit_requested.emit(1, "remove", None)
    assert desk.shown(QDialog) is None
    assert server.changed == []
    assert desk.told == ""


def test_a_board_is_deleted_in_the_list_and_its_tab_closes(desk):
    OpenTabs(desk.desk, desk.pages)
    desk.has(MINE)
    desk.window.sidebar.aside_requested.emit(MINE.page)
    tabs = next(one for one in desk.desk.children() if isinstance(one, OpenTabs))
    assert tabs.tabs.ids == (9, MINE.page)
    desk.pages.open_dashboard(9)
    desk.window.sidebar.board_requested.emit(MINE.page, "delete")
    assert tabs.tabs.ids == (9,)


def test_ctrl_k_finds_boards(desk, qtbot):
    commands = Commands(desk.desk, desk.pages)
    desk.has(BOTH)
    commands.open_palette()
    assert ("board", "Both") in {
        (one.kind, one.text) for one in desk.shown(CommandPalette).results()
    }
    desk.finds("both")
    assert desk.desk.open_id == BOTH.page


def test_who_is_forgotten_leaves_the_boards_and_is_told_so(desk, vault):
    desk.opens(desk.has(replace(BOTH, picks=(*BOTH.picks, replace(ORDERS, id=3, tile=4)))))
    desk.complete()
    desk.chooses(2, "Remove from the board")
    desk.ada.sessions.show_accounts()
    dialog = desk.shown(Accounts)
    rows = dialog.findChild(QListWidget)
    rows.setCurrentRow(1)
    desk.qtbot.mouseClick(button(dialog, "Forget…"), LEFT)
    words = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert any("1 tile of it leaves your boards" in one for one in words)
    desk.qtbot.mouseClick(button(dialog, "Forget this account"), LEFT)
    assert [one.picks for one in desk.boards] == [MINE.picks]
    desk.waits(lambda: list(desk.screen.grid.tiles) == [1])
    desk.window.undo_requested.emit()
    assert desk.room.shelf.tiles_by_account() == {ADA.id: 1}, "nothing brings it back"
    desk.waits(lambda: (SERVICE, BEN.id) not in vault.kept)
    assert not desk.ada.parts.cache.recent(BEN.id, 7)
