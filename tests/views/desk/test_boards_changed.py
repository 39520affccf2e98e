"""Boards of one's own are made and changed, by pointer and keys."""

from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
)

from phdesk.core.boards import with_pick
from phdesk.models.board import Board
from phdesk.models.dashboard import Box
from phdesk.services.boards_file import BoardsFile
from phdesk.services.credentials import SERVICE
from phdesk.views import theme as look
from phdesk.views.desk.boards import DELETE, NAME, NEW, NO_TILE
from phdesk.views.desk.commands import Commands
from phdesk.views.desk.edits import INSIGHT, PIN, TEXT, Edits
from phdesk.views.desk.edits import NAME as NAME_FOR_ALL
from phdesk.views.desk.layouts import Layouts
from phdesk.views.desk.open_tabs import OpenTabs
from phdesk.views.desk.walls import MONITOR_MODE
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.one_name import OneName
from phdesk.views.explore.explore import Explore
from tests.services.conftest import ADA
from tests.views.dashboard.editing.hands import hands_on
from tests.views.desk.conftest import button
from tests.views.desk.with_boards import BEN, BOTH, CTRL, LEFT, MINE, ORDERS


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
    assert [one for one in choices if one] == [
        NAME, DELETE, NEW, MONITOR_MODE, "Export…", "Report…",
    ]  # fmt: skip
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


@pytest.mark.parametrize("has_board", [True, False], ids=["to a board", "to a new one"])
def test_who_is_forgotten_meanwhile_is_put_on_no_board(desk, has_board):
    if has_board:
        desk.has(MINE)
    desk.screen.grid.focus_tile(1)
    desk.key(Qt.Key.Key_B)
    asking = CommandPalette if has_board else OneName
    assert desk.shown(asking) is not None
    desk.room.shelf.forget(ADA.id)  # from another window
    assert desk.shown(asking) is None
    assert [len(one.picks) for one in desk.boards] == ([0] if has_board else [])
