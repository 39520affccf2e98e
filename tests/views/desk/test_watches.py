"""A watch made from a tile on screen, kept in the file, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from phdesk.core.filters import Filter, Override
from phdesk.core.watching.editing import with_watch
from phdesk.models.watch import Baseline
from phdesk.services.board_sources import Sources
from phdesk.services.errands import Errands
from phdesk.services.watch_room import WatchRoom
from phdesk.services.watches_file import WatchesFile
from phdesk.services.workspace import Workspace
from phdesk.store.overrides import with_override
from phdesk.store.state import EMPTY
from phdesk.views.desk.watches import FILTERED, NO_TILE, WATCH, Watches
from phdesk.views.dialogs.watch import WatchDialog
from tests.services.conftest import ADA
from tests.store.builders import NOON

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(ada, parts, tmp_path):
    sources = Sources(parts.cache, parts.preferences, ada.window)
    workspace = Workspace(EMPTY)
    workspace.store = parts.store
    workspace.set_online(ada.desk.online)
    sources.add(workspace)
    path = tmp_path / "watches.toml"
    room = WatchRoom(path, parts.cache, sources, lambda: NOON, parent=ada.window)
    room.use(parts.background)
    ada.desk.worker = Errands(parts.background)
    yield room
    room.close()


@pytest.fixture
def watches(ada, room):
    return Watches(ada.desk, ada.tiles, room)


def dialog_with_numbers(ada):
    dialog = ada.dialog(WatchDialog)
    numbers = dialog.findChild(QComboBox)
    ada.qtbot.waitUntil(lambda: numbers.count() > 0)
    return dialog


def test_a_watch_is_made_from_a_tile_without_a_mouse(ada, watches, room, tmp_path, qtbot):
    ada.screen.grid.focus_tile(1)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_W, Qt.KeyboardModifier.ShiftModifier)
    dialog = dialog_with_numbers(ada)
    qtbot.waitUntil(lambda: QApplication.focusWidget().accessibleName() == "Which number")
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    (made,) = room.list.watches
    assert (made.account, made.project, made.dashboard, made.tile) == (ADA.id, 7, 9, 1)
    assert (made.insight, made.number.measure) == ("short101", "value")
    assert made.condition == Baseline(side="below", factor=0.5, days=7)
    qtbot.waitUntil(lambda: WatchesFile(tmp_path / "watches.toml").load()[0] == (made,))
    assert "is watched now" in ada.window.notice.text
    assert dialog is not None


def test_a_new_watch_can_be_taken_back(ada, watches, room, qtbot):
    watches.ask(1)
    dialog_with_numbers(ada)
    save = next(one for one in ada.dialog(WatchDialog).findChildren(QPushButton) if one.isDefault())
    qtbot.mouseClick(save, LEFT)
    assert len(room.list.watches) == 1
    undo = next(one for one in ada.window.notice.findChildren(QPushButton) if one.text() == "Undo")
    qtbot.mouseClick(undo, LEFT)
    assert room.list.watches == ()


def test_what_it_would_have_told_is_said(ada, watches, qtbot):
    watches.ask(1)
    dialog = dialog_with_numbers(ada)
    qtbot.waitUntil(
        lambda: any(
            one.text().startswith(("Would", "Not enough")) for one in dialog.findChildren(QLabel)
        )
    )


def test_the_menu_of_a_tile_offers_it(ada, watches, qtbot):
    menu = ada.screen.grid.tiles[2]._menu()
    next(one for one in menu.findChildren(QAction) if one.text() == "Watch a number…").trigger()
    menu.deleteLater()
    assert ada.dialog(WatchDialog).watch.tile == 2


def test_numbers_under_temporary_filters_are_not_watched(ada, watches, parts):
    parts.store.apply(with_override, 9, Override(filters=Filter(date_from="-7d")))
    watches.ask(1)
    assert ada.window.notice.text == FILTERED
    assert not ada.dialogs()


def test_without_a_tile_it_says_how_to_get_there(ada, watches):
    action = next(one for one in ada.window.shortcut_actions if one.text() == WATCH)
    ada.window.sidebar.focus_search()
    action.trigger()
    assert ada.window.notice.text == NO_TILE


def test_a_watch_is_changed_over_its_tile(ada, watches, room, qtbot):
    watches.ask(1)
    made = dialog_with_numbers(ada).watch
    ada.dialog(WatchDialog).reject()
    room.list.change(with_watch, made)
    watches.change(made)
    dialog = dialog_with_numbers(ada)
    assert dialog.windowTitle() == "Change the watch"
    qtbot.keyClick(dialog.findChild(QComboBox), KEY.Key_Return)
    assert room.list.watches == (made,)
