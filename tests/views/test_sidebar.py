import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QToolButton

from phdesk.models.account import EU_HOST, Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dashboard_list import ID
from phdesk.views.sidebar import Sidebar
from tests.noting import noting
from tests.views.dashboard.showing import exposed
from tests.views.dialogs.focus import names_of_focusable

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT = Qt.MouseButton.LeftButton
ROWS = (
    DashboardRow(id=1, name="Weekly", tags=("kpi", "board")),
    DashboardRow(id=2, name="Growth", folder="Marketing"),
    DashboardRow(id=3, name="Errors", pinned=True, description="What broke"),
    DashboardRow(id=4, name="", folder="Marketing"),
)


@pytest.fixture
def sidebar(qtbot):
    sidebar = exposed(qtbot, Sidebar(look.light()), 232, 500)
    sidebar.set_rows(ROWS)
    sidebar.wishes = []
    sidebar.dashboard_requested.connect(noting(sidebar.wishes, "open"))
    sidebar.favourite_toggled.connect(noting(sidebar.wishes, "star"))
    return sidebar


def rows(sidebar):
    return sidebar.findChild(QListWidget)


def texts(sidebar):
    listed = rows(sidebar)
    return [listed.item(number).text() for number in range(listed.count())]


def item(sidebar, dashboard_id):
    listed = rows(sidebar)
    items = (listed.item(number) for number in range(listed.count()))
    return next(one for one in items if one.data(ID) == dashboard_id)


def middle(sidebar, dashboard_id):
    return rows(sidebar).visualItemRect(item(sidebar, dashboard_id)).center()


def menu_on(sidebar, spot, qtbot):
    viewport = rows(sidebar).viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, viewport.mapToGlobal(spot))
    QApplication.sendEvent(viewport, event)
    return QApplication.activePopupWidget()


def test_a_search_that_has_found_is_over(sidebar, qtbot):
    for choose in ("enter", "click"):
        qtbot.keyClicks(sidebar.search, "growth")
        if choose == "enter":
            qtbot.keyClick(sidebar.search, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(rows(sidebar).viewport(), LEFT, pos=middle(sidebar, 2))
        qtbot.waitUntil(lambda: sidebar.search.text() == "")
        assert len(texts(sidebar)) > 3
    assert sidebar.wishes == [("open", 2), ("open", 2)]


def test_dashboards_stand_in_sections(sidebar):
    assert texts(sidebar) == [
        "Pinned",
        "Errors",
        "Dashboards",
        "Weekly",
        "Marketing",
        "Growth",
        "Untitled",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("week", [1], id="name"),
        pytest.param("KPI", [1], id="tag"),
        pytest.param("marketing", [2, 4], id="folder"),
        pytest.param("broke", [3], id="description"),
        pytest.param("board kpi", [1], id="all words"),
        pytest.param("  ", [3, 1, 2, 4], id="blank"),
    ],
)
def test_the_list_narrows_as_one_types(sidebar, qtbot, query, found):
    qtbot.keyClicks(sidebar.search, query)
    listed = rows(sidebar)
    shown = [listed.item(n).data(ID) for n in range(listed.count())]
    assert [one for one in shown if one is not None] == found


def test_esc_empties_the_search(sidebar, qtbot):
    qtbot.keyClicks(sidebar.search, "zzz")
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Escape)
    assert sidebar.search.text() == ""


def test_a_search_without_a_hit_says_so(sidebar, qtbot):
    qtbot.keyClicks(sidebar.search, "zzz")
    assert texts(sidebar) == ["Nothing found"]
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Return)
    assert sidebar.wishes == []


def test_a_project_without_dashboards_says_so(sidebar):
    sidebar.set_rows(())
    assert texts(sidebar) == ["No dashboards yet"]


def test_enter_opens_the_first_hit(sidebar, qtbot):
    qtbot.keyClicks(sidebar.search, "growth")
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Return)
    assert sidebar.wishes == [("open", 2)]


def test_a_click_opens_a_dashboard_and_a_heading_does_nothing(sidebar, qtbot):
    viewport = rows(sidebar).viewport()
    qtbot.mouseClick(viewport, LEFT, pos=middle(sidebar, 1))
    heading = rows(sidebar).visualItemRect(rows(sidebar).item(0)).center()
    qtbot.mouseClick(viewport, LEFT, pos=heading)
    assert sidebar.wishes == [("open", 1)]


def test_arrows_skip_headings_and_enter_opens(sidebar, qtbot):
    listed = rows(sidebar)
    sidebar.set_current(3)
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert sidebar.wishes == [("open", 1)]


def test_favourites_come_first_and_carry_a_star(sidebar):
    sidebar.set_favourites({2}, ())
    assert texts(sidebar)[:2] == ["Favourites", "Growth"]
    assert not item(sidebar, 2).icon().isNull()
    assert item(sidebar, 1).icon().isNull()


def test_the_open_dashboard_is_marked(sidebar):
    plain = item(sidebar, 2).foreground().color()
    sidebar.set_current(1)
    assert item(sidebar, 1).foreground().color() == look.light().accent
    assert rows(sidebar).currentItem() is item(sidebar, 1)
    sidebar.set_current(2)
    assert item(sidebar, 1).foreground().color() == plain
    sidebar.set_favourites({1}, ())
    assert item(sidebar, 2).foreground().color() == look.light().accent


def test_the_menu_toggles_a_favourite(sidebar, qtbot):
    menu = menu_on(sidebar, middle(sidebar, 2), qtbot)
    assert isinstance(menu, QMenu)
    menu.actions()[2].trigger()
    menu.close()
    assert sidebar.wishes == [("star", 2)]


def test_the_menu_key_is_about_the_row_with_the_keyboard(sidebar, qtbot):
    sidebar.set_current(1)
    listed = rows(sidebar)
    listed.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 400), QPoint())
    QApplication.sendEvent(listed.viewport(), event)
    menu = QApplication.activePopupWidget()
    menu.actions()[2].trigger()
    menu.close()
    assert sidebar.wishes == [("star", 1)]


def test_a_heading_has_no_menu(sidebar, qtbot):
    heading = rows(sidebar).visualItemRect(rows(sidebar).item(0)).center()
    assert menu_on(sidebar, heading, qtbot) is None


def test_the_menu_opens_a_tab(sidebar, qtbot):
    with qtbot.waitSignal(sidebar.aside_requested) as asked:
        menu_on(sidebar, middle(sidebar, 2), qtbot).actions()[0].trigger()
    QApplication.activePopupWidget().close()
    assert asked.args == [2]


def test_the_menu_opens_a_window(sidebar, qtbot):
    with qtbot.waitSignal(sidebar.window_requested) as asked:
        menu_on(sidebar, middle(sidebar, 2), qtbot).actions()[1].trigger()
    QApplication.activePopupWidget().close()
    assert asked.args == [2]


def test_shift_click_and_shift_enter_wish_for_a_window(sidebar, qtbot):
    asked, listed = [], rows(sidebar)
    sidebar.window_requested.connect(asked.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    point = middle(sidebar, 2)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, shift, point)
    assert sidebar.wishes == []
    listed.setCurrentItem(item(sidebar, 1))
    qtbot.keyClick(listed, Qt.Key.Key_Return, shift)
    assert asked == [2, 1]
    assert sidebar.wishes == []


@pytest.mark.parametrize("starred", [True, False])
def test_the_menu_says_what_it_does(sidebar, qtbot, starred):
    sidebar.set_favourites({2} if starred else (), ())
    menu = menu_on(sidebar, middle(sidebar, 2), qtbot)
    wanted = "Remove from favourites" if starred else "Add to favourites"
    assert [one.text() for one in menu.actions()] == [
        "Open in a new tab",
        "Open in a new window",
        wanted,
        "Duplicate…",
        "Delete for everyone…",
    ]
    with qtbot.waitSignal(sidebar.board_requested) as asked:
        menu.actions()[-1].trigger()
    assert asked.args == [2, "delete"]
    menu.close()


def test_the_menu_of_a_board_names_and_deletes_it(sidebar, qtbot):
    sidebar.set_rows([DashboardRow(id=-7, name="Mornings")])
    menu = menu_on(sidebar, middle(sidebar, -7), qtbot)
    choices = {one.text(): one for one in menu.actions()}
    with qtbot.waitSignal(sidebar.board_requested) as asked:
        choices["Delete the board"].trigger()
    assert asked.args == [-7, "delete"]
    with qtbot.waitSignal(sidebar.board_requested) as asked:
        choices["Name the board…"].trigger()
    assert asked.args == [-7, "name"]
    menu.close()


def test_recent_ones_come_when_the_list_is_long(sidebar):
    long = [DashboardRow(id=number, name=f"Board {number:02}") for number in range(1, 12)]
    sidebar.set_rows(long)
    sidebar.set_favourites((), [7, 3])
    assert texts(sidebar)[:4] == ["Recent", "Board 07", "Board 03", "Dashboards"]


def test_the_keyboard_stays_on_its_row_when_the_list_is_read_anew(sidebar, qtbot):
    listed = rows(sidebar)
    sidebar.set_current(3)
    listed.setFocus()
    for _ in range(2):
        qtbot.keyClick(listed, Qt.Key.Key_Down)
    sidebar.set_rows((*ROWS, DashboardRow(id=5, name="Another")))
    sidebar.set_current(3)
    assert listed.currentItem().data(ID) == 2
    assert listed.hasFocus()


def thousand():
    return [DashboardRow(id=n, name=f"Board {n:04}", tags=(f"t{n % 7}",)) for n in range(1000)]


def test_the_list_stays_where_it_was_scrolled_to(sidebar):
    sidebar.set_rows(thousand())
    sidebar.set_current(3)
    bar = rows(sidebar).verticalScrollBar()
    bar.setValue(9000)
    sidebar.set_favourites({500}, ())
    sidebar.set_current(3)
    assert bar.value() == 9000


def test_a_thousand_dashboards_are_searched_as_one_types(sidebar, qtbot):
    sidebar.set_rows(thousand())
    assert rows(sidebar).count() == 1001
    qtbot.keyClicks(sidebar.search, "board 0999")
    assert texts(sidebar) == ["Found", "Board 0999"]
    sidebar.search.clear()
    assert rows(sidebar).count() == 1001


def test_what_did_not_change_is_not_made_anew(sidebar):
    before = item(sidebar, 1)
    sidebar.set_rows(ROWS)
    sidebar.set_favourites((), ())
    assert item(sidebar, 1) is before


def test_the_project_is_named_with_its_region(sidebar, qtbot):
    account = Account(id="a", host=EU_HOST, project_name="Shop")
    sidebar.set_account(account, Project(id=7, name="Shop <1>"))
    button = sidebar.findChild(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert button.accessibleName() == "Shop <1> EU: accounts and projects"
    assert "Shop &lt;1&gt;" in button.toolTip()
    with qtbot.waitSignal(sidebar.accounts_requested):
        qtbot.mouseClick(button, LEFT)


def test_the_accounts_are_reached_by_keyboard(sidebar, qtbot):
    button = sidebar.findChild(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(sidebar.accounts_requested):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_note_stands_at_the_bottom_while_there_is_one(sidebar):
    note = sidebar.findChildren(QLabel)[-1]
    sidebar.set_note("Offline: you see what was kept.")
    assert note.isVisible()
    assert note.text() == "Offline: you see what was kept."
    sidebar.set_note("")
    assert not note.isVisible()


def test_ctrl_f_finds_the_search_with_its_text_selected(sidebar, qtbot):
    qtbot.keyClicks(sidebar.search, "old")
    rows(sidebar).setFocus()
    sidebar.focus_search()
    assert QApplication.focusWidget() is sidebar.search
    assert sidebar.search.selectedText() == "old"


def test_all_parts_are_named(sidebar):
    names = names_of_focusable(sidebar)
    assert len(names) >= 2
    assert all(names.values())


def test_another_theme_dresses_the_list(sidebar):
    sidebar.set_theme(look.dark())
    assert item(sidebar, 1).foreground().color() == look.dark().text
    assert sidebar.grab().size().width() == 232


def test_texts_of_the_data_are_no_html(sidebar):
    sidebar.set_rows([DashboardRow(id=1, name="<b>x</b>", description="<img src=x>")])
    assert item(sidebar, 1).text() == "<b>x</b>"
    assert "<img" not in item(sidebar, 1).toolTip()


def test_a_click_beside_all_rows_is_harmless(sidebar, qtbot):
    qtbot.mouseClick(rows(sidebar).viewport(), LEFT, pos=QPoint(100, 380))
    assert sidebar.wishes == []


def test_ctrl_enter_in_the_search_opens_the_first_in_a_tab_of_its_own(qtbot, sidebar):
    opened, aside = [], []
    sidebar.dashboard_requested.connect(opened.append)
    sidebar.aside_requested.connect(aside.append)
    first = sidebar.shown()[0].rows[0].id
    qtbot.keyClick(sidebar.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (opened, aside) == ([], [first])
