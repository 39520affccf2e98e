"""The sidebar: beside the page where there is room, over it on demand where there is none."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from phdesk.models.account import Project
from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.frame import NARROW
from phdesk.views.main_window import MainWindow
from tests.store.builders import NOON
from tests.views.dashboard.showing import exposed, grid_of, has_color, shown_board
from tests.views.dialogs.focus import names_of_focusable

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
WIDE_SIZE, NARROW_SIZE = (1200, 700), (600, 800)


@pytest.fixture
def window(qtbot):
    window = exposed(qtbot, MainWindow(look.light()), *WIDE_SIZE)
    window.sidebar.set_rows([DashboardRow(id=9, name="Weekly")])
    state = shown_board(*grid_of(2)).dashboards[9]
    window.screen_page.show_dashboard(state, Project(id=7), None, NOON)
    window.show_dashboard_page()
    window.screen_page.grid.focus_tile(1)
    window.docked = []
    window.sidebar_docked.connect(window.docked.append)
    return window


@pytest.fixture
def narrow(window):
    window.resize(*NARROW_SIZE)
    return window


def toggle(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_B, CTRL)


def button(window, name):
    found = window.findChildren(QToolButton)
    return next(one for one in found if one.accessibleName() == name and one.isVisible())


def tile(window, number=1):
    return window.screen_page.grid.tiles[number]


def lies_over(window):
    return window.sidebar.isVisible() and _left_of(window.screen_page) < window.sidebar.width()


def _left_of(widget):
    return widget.mapTo(widget.window(), QPoint(0, 0)).x()


@pytest.mark.parametrize(
    ("width", "beside"), [(NARROW - 1, False), (NARROW, True), (480, False), (1900, True)]
)
def test_the_width_decides_whether_it_stands_beside(window, width, beside):
    window.resize(width, 600)
    assert window.sidebar.isVisible() is beside
    assert _left_of(window.screen_page) == (window.sidebar.width() if beside else 36)


def test_a_window_that_is_narrow_from_the_start_has_no_sidebar(qtbot):
    window = MainWindow(look.light())
    window.show_empty_page()
    exposed(qtbot, window, *NARROW_SIZE)
    assert not window.sidebar.isVisible()


def test_in_a_narrow_window_a_key_lays_it_over_and_takes_it_away(narrow, qtbot):
    toggle(narrow, qtbot)
    assert lies_over(narrow)
    assert narrow.sidebar.search.hasFocus()
    toggle(narrow, qtbot)
    assert not narrow.sidebar.isVisible()
    assert tile(narrow).hasFocus(), "the keyboard is back where it was"
    assert narrow.docked == [], "nothing was chosen for wide windows"


def test_in_a_narrow_window_a_button_brings_it(narrow, qtbot):
    qtbot.mouseClick(button(narrow, "Show the sidebar"), LEFT)
    assert lies_over(narrow)
    qtbot.mouseClick(button(narrow, "Hide the sidebar"), LEFT)
    assert not narrow.sidebar.isVisible()


def test_escape_takes_it_away_and_first_empties_the_search(narrow, qtbot):
    toggle(narrow, qtbot)
    qtbot.keyClicks(narrow.sidebar.search, "wee")
    qtbot.keyClick(narrow.sidebar.search, Qt.Key.Key_Escape)
    assert narrow.sidebar.search.text() == ""
    assert lies_over(narrow)
    qtbot.keyClick(narrow.sidebar.search, Qt.Key.Key_Escape)
    assert not narrow.sidebar.isVisible()
    assert tile(narrow).hasFocus()


def test_escape_works_from_the_list_too(narrow, qtbot):
    toggle(narrow, qtbot)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Dashboards"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not narrow.sidebar.isVisible()


def test_a_click_beside_it_takes_it_away(narrow, qtbot):
    toggle(narrow, qtbot)
    beside = narrow.childAt(QPoint(narrow.width() - 20, 300))
    qtbot.mouseClick(beside, LEFT)
    assert not narrow.sidebar.isVisible()


def test_a_keyboard_that_leaves_takes_it_away(narrow, qtbot):
    toggle(narrow, qtbot)
    tile(narrow, 2).setFocus()
    assert not narrow.sidebar.isVisible()
    assert tile(narrow, 2).hasFocus()


def test_choosing_a_dashboard_takes_it_away(narrow, qtbot):
    toggle(narrow, qtbot)
    with qtbot.waitSignal(narrow.sidebar.dashboard_requested) as chosen:
        qtbot.keyClick(narrow.sidebar.search, Qt.Key.Key_Return)
    assert chosen.args == [9]
    assert not narrow.sidebar.isVisible()


def test_widening_the_window_puts_it_beside_again(narrow, qtbot):
    toggle(narrow, qtbot)
    narrow.resize(*WIDE_SIZE)
    assert narrow.sidebar.isVisible()
    assert not lies_over(narrow)
    narrow.resize(*NARROW_SIZE)
    assert not narrow.sidebar.isVisible()


def test_over_a_window_that_changes_its_height_it_keeps_the_whole_height(narrow, qtbot):
    toggle(narrow, qtbot)
    narrow.resize(600, 500)
    assert lies_over(narrow)
    assert narrow.sidebar.height() == narrow.centralWidget().height() == 500


def test_in_a_wide_window_it_goes_and_comes_and_that_is_told(window, qtbot):
    toggle(window, qtbot)
    assert not window.sidebar.isVisible()
    toggle(window, qtbot)
    assert window.sidebar.isVisible()
    assert not lies_over(window)
    assert window.docked == [False, True]
    assert tile(window).hasFocus()


def test_a_wide_window_keeps_what_was_chosen_through_a_narrow_time(window, qtbot):
    toggle(window, qtbot)
    window.resize(*NARROW_SIZE)
    window.resize(*WIDE_SIZE)
    assert not window.sidebar.isVisible()


def test_hiding_it_while_it_has_the_keyboard_gives_the_keyboard_to_the_page(window, qtbot):
    window.sidebar.focus_search()
    qtbot.mouseClick(button(window, "Hide the sidebar"), LEFT)
    assert tile(window).hasFocus()


@pytest.mark.parametrize("size", [WIDE_SIZE, NARROW_SIZE], ids=["wide", "narrow"])
def test_search_finds_a_hidden_sidebar(window, qtbot, size):
    window.set_docked(docked=False)
    window.resize(*size)
    qtbot.keyClick(tile(window), Qt.Key.Key_F, CTRL)
    assert lies_over(window)
    assert window.sidebar.search.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_B], ids=["Ctrl+F", "Ctrl+B"])
@pytest.mark.parametrize("size", [WIDE_SIZE, NARROW_SIZE], ids=["wide", "narrow"])
def test_on_the_sign_in_page_there_is_no_sidebar_to_find(window, qtbot, key, size):
    window.resize(*size)
    window.show_page(SignIn(look.light()), sidebar="nowhere")
    before = QApplication.focusWidget()
    qtbot.keyClick(before, key, CTRL)
    assert not window.sidebar.isVisible()
    assert QApplication.focusWidget() is before
    assert window.docked == []


def test_every_part_has_a_name_when_it_is_narrow(narrow, qtbot):
    names = names_of_focusable(narrow)
    assert "Show the sidebar" in names.values()
    assert all(names.values())


def test_strip_and_veil_take_the_theme(narrow, qtbot):
    toggle(narrow, qtbot)
    look.apply(QApplication.instance(), look.dark())
    narrow.set_theme(look.dark())
    image = narrow.grab().toImage()
    assert has_color(image, look.dark().sidebar)
    assert not has_color(image, look.light().sidebar)
    assert not has_color(image, look.light().bg)


def test_tab_goes_down_the_strip_of_a_collapsed_sidebar(window, qtbot):
    first, second = QToolButton(), QToolButton()
    window.add_to_rail(first)  # before there is a strip
    window.resize(*NARROW_SIZE)
    window.add_to_rail(second)
    button(window, "Show the sidebar").setFocus()
    for below in (first, second):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is below
