"""Back and forward, by keys and by the mouse's buttons for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from phdesk.store import changes
from phdesk.views.desk.history import History
from phdesk.views.explore.explore import Explore

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def walker(ada, qtbot):
    """Ada's windows with back and forward; `explore` opens a tile large, as the app does."""
    explore = Explore(ada.desk.theme)
    qtbot.addWidget(explore)

    def show(tile_id):
        ada.tiles.show(explore, tile_id)

    ada.tiles.explore_requested.connect(show)
    History(ada.desk, ada.pages, ada.tiles)
    ada.large = explore
    return ada


def back(walker, qtbot):
    qtbot.keyClick(walker.window, Qt.Key.Key_Left, ALT)


def forward(walker, qtbot):
    qtbot.keyClick(walker.window, Qt.Key.Key_Right, ALT)


def test_keys_go_back_to_the_dashboard_before_and_forward_again(walker, qtbot):
    walker.pages.open_dashboard(12)
    back(walker, qtbot)
    assert walker.desk.open_id == 9
    walker.shows(walker.screen)
    forward(walker, qtbot)
    assert walker.desk.open_id == 12


def test_a_tile_opened_large_is_a_place_of_its_own(walker, qtbot):
    walker.tiles.explore_requested.emit(2)
    walker.shows(walker.large)
    back(walker, qtbot)
    assert walker.window.page is walker.screen
    assert QApplication.focusWidget() is walker.screen.grid.tiles[2]
    forward(walker, qtbot)
    assert walker.window.page is walker.large


def test_back_from_another_dashboard_leads_to_the_large_tile(walker, qtbot):
    walker.tiles.explore_requested.emit(2)
    walker.pages.open_dashboard(12)
    back(walker, qtbot)
    assert walker.desk.open_id == 9
    assert walker.window.page is walker.large


def test_to_leave_a_large_tile_is_a_step_too(walker, qtbot):
    walker.tiles.explore_requested.emit(1)
    walker.tiles.close()
    back(walker, qtbot)
    assert walker.window.page is walker.large


@pytest.mark.parametrize("button", ["BackButton", "ForwardButton"])
def test_the_mouse_has_buttons_for_it_on_tiles_too(walker, qtbot, button):
    walker.pages.open_dashboard(12)
    walker.pages.open_dashboard(9)
    walker.shows(walker.screen)
    if button == "ForwardButton":
        back(walker, qtbot)
        back(walker, qtbot)
        assert walker.desk.open_id == 9
    tile = walker.screen.grid.tiles[1]
    qtbot.mouseClick(tile, Qt.MouseButton[button])
    assert walker.desk.open_id == 12


def test_at_the_ends_nothing_happens(walker, qtbot):
    back(walker, qtbot)
    forward(walker, qtbot)
    assert (walker.desk.open_id, walker.window.page) == (9, walker.screen)


def test_another_project_begins_anew(walker, qtbot):
    state = walker.state
    other = type(state.project)(id=state.project.id + 1)
    walker.parts.store.apply(changes.with_account, state.account, other)
    qtbot.waitUntil(lambda: walker.state.project.id == other.id)
    walker.pages.open_dashboard(12)
    back(walker, qtbot)
    assert walker.desk.open_id == 12
