import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from phdesk.models.account import Project
from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.main_window import MainWindow
from tests.noting import noting, rests
from tests.store.builders import NOON
from tests.views.dashboard.showing import exposed, grid_of, has_color, shown_board
from tests.views.dialogs.focus import names_of_focusable

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot):
    window = exposed(qtbot, MainWindow(look.light()), 1200, 700)
    window.sidebar.set_rows([DashboardRow(id=9, name="Weekly")])
    state = shown_board(*grid_of(2)).dashboards[9]
    window.screen_page.show_dashboard(state, Project(id=7), None, NOON)
    window.show_dashboard_page()
    window.screen_page.grid.focus_tile(1)
    window.wishes = []
    window.refresh_requested.connect(noting(window.wishes, "refresh"))
    for name in (
        "theme_toggled",
        "colorblind_toggled",
        "accounts_requested",
        "shortcuts_requested",
        "window_requested",
        "quit_requested",
        "closed",
    ):
        getattr(window, name).connect(noting(window.wishes, name))
    return window


@pytest.mark.parametrize(
    ("key", "modifiers", "wish"),
    [
        pytest.param(Qt.Key.Key_R, NONE, ("refresh", False), id="R"),
        pytest.param(Qt.Key.Key_F5, NONE, ("refresh", False), id="F5"),
        pytest.param(Qt.Key.Key_R, SHIFT, ("refresh", True), id="Shift+R"),
        pytest.param(Qt.Key.Key_L, CTRL | SHIFT, "theme_toggled", id="Ctrl+Shift+L"),
        pytest.param(Qt.Key.Key_B, CTRL | SHIFT, "colorblind_toggled", id="Ctrl+Shift+B"),
        pytest.param(Qt.Key.Key_A, CTRL | SHIFT, "accounts_requested", id="Ctrl+Shift+A"),
        pytest.param("?", NONE, "shortcuts_requested", id="?"),
        pytest.param(Qt.Key.Key_N, CTRL | SHIFT, "window_requested", id="Ctrl+Shift+N"),
        pytest.param(Qt.Key.Key_W, CTRL | SHIFT, "closed", id="Ctrl+Shift+W"),
        pytest.param(Qt.Key.Key_Q, CTRL, "quit_requested", id="Ctrl+Q"),
    ],
)
def test_a_key_is_a_wish(window, qtbot, key, modifiers, wish):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
    assert window.wishes == [wish]


def test_every_action_has_a_key_and_no_key_has_two(window):
    keys = [key.toString() for one in window.shortcut_actions for key in one.shortcuts()]
    assert all(one.shortcuts() for one in window.shortcut_actions)
    assert len(keys) == len(set(keys))


def test_the_title_names_the_place_where_it_could_be_mixed_up(window):
    window.set_heading("Weekly")
    assert window.windowTitle() == "Weekly – phdesk"
    window.set_where("Shop · EU")
    assert window.windowTitle() == "Weekly – Shop · EU – phdesk"
    shown = [one.text() for one in window.screen_page.findChildren(QLabel) if one.isVisible()]
    assert "Shop · EU" in shown
    window.set_where("")
    assert window.windowTitle() == "Weekly – phdesk"
    shown = [one.text() for one in window.screen_page.findChildren(QLabel) if one.isVisible()]
    assert not any("Shop" in one for one in shown)


def test_ctrl_f_goes_to_the_search(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is window.sidebar.search


def test_single_letters_are_text_in_the_search_field(window, qtbot):
    window.sidebar.focus_search()
    qtbot.keyClicks(window.sidebar.search, "rR?tvfF")
    assert window.sidebar.search.text() == "rR?tvfF"
    assert not window.isFullScreen()
    assert window.wishes == []


FULL_SCREEN = [Qt.Key.Key_F11]


@pytest.mark.parametrize("key", FULL_SCREEN, ids=["F11"])
@pytest.mark.parametrize("back", [*FULL_SCREEN, Qt.Key.Key_Escape], ids=["F11", "Esc"])
def test_a_key_fills_the_screen_and_another_comes_back(window, qtbot, key, back):
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert window.isFullScreen()
    qtbot.keyClick(QApplication.focusWidget(), back)
    assert not window.isFullScreen()
    assert window.isVisible()


def test_a_maximised_window_is_maximised_after_full_screen(window, qtbot):
    window.showMaximized()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F11)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.isMaximized()
    assert not window.isFullScreen()


def test_escape_empties_the_search_then_leaves_it_then_the_full_screen(window, qtbot):
    window.setWindowState(Qt.WindowState.WindowFullScreen)
    window.sidebar.focus_search()
    qtbot.keyClicks(window.sidebar.search, "f")
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Escape)
    assert window.sidebar.search.text() == ""
    assert window.sidebar.search.hasFocus()
    qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Escape)
    assert window.screen_page.grid.tiles[1].hasFocus(), "the keyboard is back where it was"
    assert window.isFullScreen()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_a_new_window_has_its_keyboard_where_nothing_is_marked(qtbot):
    for show in (MainWindow.show_empty_page, MainWindow.show_dashboard_page):
        window = MainWindow(look.light())
        show(window)
        exposed(qtbot, window, 1200, 700)
        assert QApplication.focusWidget() in (window.empty_page, window.screen_page.grid)


def test_the_keyboard_stays_in_the_search_when_the_page_changes(window):
    window.sidebar.focus_search()
    window.show_empty_page()
    assert window.sidebar.search.hasFocus()


def test_the_keyboard_goes_along_with_the_page(window):
    window.show_empty_page()
    assert window.empty_page.hasFocus()
    window.show_dashboard_page()
    assert window.screen_page.grid.hasFocus()


def test_the_keyboard_stays_on_its_tile(window):
    window.show_dashboard_page()
    assert window.screen_page.grid.tiles[1].hasFocus()


def test_tab_goes_from_the_start_through_the_header_to_the_tiles(window, qtbot):
    window.screen_page.grid.setFocus()
    seen = []
    while "Tile 1" not in seen and len(seen) < 20:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())
    assert seen.pop(0).startswith("Oldest tile")
    assert seen == [
        "Refresh",
        "Edit layout",
        "Open in PostHog",
        "Change the dashboard for the team",
        "Dates: Each tile's own dates",
        "Interval: each tile's own",
        "Add a filter",
        "More filters and saved views",
        "Tile 1",
    ]


def test_tab_comes_to_the_foot_of_the_sidebar_and_to_the_notice_where_they_are_seen(window, qtbot):
    foot = QPushButton("New dashboard")
    window.sidebar.add_foot(foot)
    window.notice.set_message("Not changed.")
    window.notice.set_undoable("“Weekly” was deleted, for everyone.", "gone")
    qtbot.waitUntil(lambda: all(one.isVisible() for one in (foot, window.notice)))
    buttons = window.notice.findChildren(QPushButton)
    qtbot.waitUntil(lambda: sum(one.isVisible() for one in buttons) == 2)
    window.sidebar.focus_search()
    seen = []
    while len(seen) < 6:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        seen.append(there.text() if isinstance(there, QPushButton) else there.accessibleName())
    assert seen[1:4] == ["New dashboard", "Undo", "Close"]
    assert seen[4].startswith("Oldest tile")


def test_the_page_changes_and_the_sidebar_comes_and_goes(window):
    assert window.page is window.screen_page
    window.show_empty_page()
    assert window.page is window.empty_page
    assert window.sidebar.isVisible()
    other = QWidget()
    window.show_page(other, sidebar="nowhere")
    assert window.page is other
    assert not window.sidebar.isVisible()
    window.show_dashboard_page()
    assert window.page is window.screen_page
    assert window.sidebar.isVisible()
    assert other.parent() is None or not other.isVisible()


def test_a_page_gets_the_keyboard(window):
    page = SignIn(look.light())
    window.show_page(page, sidebar="nowhere")
    assert page.isAncestorOf(QApplication.focusWidget()) or page.hasFocus()


def test_the_same_page_can_be_shown_twice(window):
    page = QWidget()
    window.show_page(page, sidebar="nowhere")
    window.show_page(page, sidebar="beside")
    assert window.page is page
    assert window.sidebar.isVisible()


def test_the_title_names_what_is_open(window):
    window.set_heading("Weekly")
    assert window.windowTitle() == "Weekly – phdesk"
    window.set_heading("")
    assert window.windowTitle() == "phdesk"


def test_another_theme_repaints_everything(window):
    look.apply(QApplication.instance(), look.dark())
    window.set_theme(look.dark())
    image = window.grab().toImage()
    light = look.light()
    assert has_color(image, look.dark().surface)
    assert not has_color(image, QColor(light.bg))
    assert not has_color(image, QColor(light.sidebar))


def test_every_part_that_takes_the_keyboard_has_a_name(window):
    names = names_of_focusable(window)
    assert len(names) >= 6
    assert [one for one, name in names.items() if not name] == []


def test_the_sign_in_page_has_names_too(window):
    window.show_page(SignIn(look.light()), sidebar="nowhere")
    names = names_of_focusable(window)
    assert len(names) >= 5
    assert [one for one, name in names.items() if not name] == []


def test_tab_reaches_sidebar_header_and_tiles(window, qtbot):
    seen = set()
    for _ in range(18):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    grid = window.screen_page.grid
    assert {window.sidebar.search, *grid.tiles.values()} <= seen


@pytest.mark.parametrize("size", [(480, 360), (800, 600), (1900, 1000)])
def test_no_size_of_the_window_breaks_it(window, size):
    window.resize(*size)
    assert window.grab().size() == window.size()
    assert (window.width(), window.height()) == size


@pytest.mark.parametrize("width", [1600, 1000, 600])
def test_a_window_at_rest_lays_nothing_out(window, qtbot, qapp, width):
    window.resize(width, 700)
    window.notice.set_message("It cannot be reached.")
    assert rests(qtbot, qapp)
    window.screen_page.show_dashboard(shown_board().dashboards[9], Project(id=7), None, NOON)
    assert rests(qtbot, qapp)
