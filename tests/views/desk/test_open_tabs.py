"""Several dashboards in one window."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt

from phdesk.models.account import Project
from phdesk.models.dashboard import DashboardRow
from phdesk.services.settings import tabbed
from phdesk.store import changes
from phdesk.views.dashboard_list import ID
from phdesk.views.desk.open_tabs import OpenTabs
from phdesk.views.tab_bar import TabBar
from tests.services.conftest import ADA
from tests.store.builders import NOON, board

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NAMES = {9: "Weekly", 12: "Engineering health", 15: "Growth"}


@pytest.fixture
def tabbing(ada, server):
    for number, name in list(NAMES.items())[1:]:
        server.special[f"dashboards/{number}/"] = (200, {"id": number, "name": name, "tiles": []})
    rows = tuple(DashboardRow(id=key, name=name) for key, name in NAMES.items())
    ada.parts.store.apply(changes.with_rows, rows, now=NOON)
    ada.parts.store.announce()
    ada.open_tabs = OpenTabs(ada.desk, ada.pages)
    return ada


def bar(tabbing):
    return tabbing.window.findChild(TabBar)


def shown(tabbing):
    row = bar(tabbing)
    return [row.tabText(place) for place in range(row.count())], row.currentIndex()


def listed(tabbing, dashboard):
    names = tabbing.window.sidebar._list
    found = (names.item(row) for row in range(names.count()))
    item = next(one for one in found if one.data(ID) == dashboard)
    return names.viewport(), names.visualItemRect(item).center()


def press(tabbing, qtbot, key, modifiers=CTRL):
    qtbot.keyClick(tabbing.window, key, modifiers)


def test_the_tip_of_a_tab_shows_a_name_as_it_is_written(tabbing):
    tabs = bar(tabbing)
    tabs.set_tabs(["<b>Weekly</b>", "Growth"], 0)
    assert "&lt;b&gt;Weekly" in tabs.tabToolTip(0)
    assert (tabs.tabText(0), tabs.tabToolTip(1)) == ("<b>Weekly</b>", "Growth")


def test_one_dashboard_needs_no_row_of_tabs(tabbing):
    assert not bar(tabbing).isVisible()


@pytest.mark.parametrize(
    ("button", "modifiers"),
    [(LEFT, CTRL), (MIDDLE, Qt.KeyboardModifier.NoModifier)],
    ids=["ctrl", "middle button"],
)
def test_a_click_in_the_sidebar_opens_a_tab_beside(tabbing, qtbot, button, modifiers):
    where, point = listed(tabbing, 12)
    qtbot.mouseClick(where, button, modifiers, point)
    assert shown(tabbing) == (["Weekly", "Engineering health"], 1)
    assert tabbing.desk.open_id == 12
    assert bar(tabbing).isVisible()


def test_ctrl_enter_in_the_sidebar_opens_a_tab_too(tabbing, qtbot):
    names = tabbing.window.sidebar._list
    _, point = listed(tabbing, 15)
    names.setCurrentItem(names.itemAt(point))
    qtbot.keyClick(names, Qt.Key.Key_Return, CTRL)
    assert shown(tabbing) == (["Weekly", "Growth"], 1)


def test_a_plain_click_takes_the_tab_that_is_shown(tabbing, qtbot):
    tabbing.open_tabs.open_beside(12)
    where, point = listed(tabbing, 15)
    qtbot.mouseClick(where, LEFT, pos=point)
    assert shown(tabbing) == (["Weekly", "Growth"], 1)


def test_keys_turn_to_tabs_and_close_them(tabbing, qtbot):
    tabbing.open_tabs.open_beside(12)
    tabbing.open_tabs.open_beside(15)
    press(tabbing, qtbot, Qt.Key.Key_Tab)
    assert tabbing.desk.open_id == 9, "round about"
    press(tabbing, qtbot, Qt.Key.Key_Tab, CTRL | SHIFT)
    assert tabbing.desk.open_id == 15
    press(tabbing, qtbot, Qt.Key.Key_2)
    assert tabbing.desk.open_id == 12
    press(tabbing, qtbot, Qt.Key.Key_7)
    assert tabbing.desk.open_id == 12, "there is no such tab"
    press(tabbing, qtbot, Qt.Key.Key_W)
    assert tabbing.desk.open_id == 15
    assert shown(tabbing) == (["Weekly", "Growth"], 1)
    press(tabbing, qtbot, Qt.Key.Key_W)
    press(tabbing, qtbot, Qt.Key.Key_W)
    assert tabbing.desk.open_id == 9, "the last stays"
    assert not bar(tabbing).isVisible()


def test_a_tab_is_clicked_closed_and_dragged(tabbing, qtbot):
    tabbing.open_tabs.open_beside(12)
    tabbing.open_tabs.open_beside(15)
    row = bar(tabbing)
    qtbot.mouseClick(row, LEFT, pos=row.tabRect(0).center())
    assert tabbing.desk.open_id == 9
    row.moveTab(0, 2)  # as a drag ends
    assert tabbing.open_tabs.tabs.ids == (12, 15, 9)
    assert tabbing.desk.open_id == 9
    closer = row.tabButton(0, TabBar.ButtonPosition.RightSide)
    qtbot.mouseClick(closer, LEFT)
    assert shown(tabbing) == (["Growth", "Weekly"], 1)
    qtbot.mouseClick(row, MIDDLE, pos=row.tabRect(1).center())
    assert shown(tabbing) == (["Growth"], 0)
    assert tabbing.desk.open_id == 15


def test_only_the_tab_that_is_shown_is_kept_up_to_date(tabbing, server, qtbot):
    tabbing.open_tabs.open_beside(12)
    qtbot.waitUntil(lambda: 12 in tabbing.state.dashboards)
    server.asked.clear()
    tabbing.desk.online.dashboards.read_all()
    qtbot.waitUntil(lambda: server.paths("dashboards/") != [])
    assert server.paths("dashboards/9/") == []


def test_tabs_are_remembered_and_come_back_around_what_is_open(tabbing):
    tabbing.open_tabs.open_beside(12)
    tabbing.open_tabs.open_beside(15)
    kept = tabbing.parts.preferences.settings.tabs[ADA.id]
    assert kept == (9, 12, 15)
    again = OpenTabs(tabbing.desk, tabbing.pages)
    assert (again.tabs.ids, again.tabs.shown) == ((9, 12, 15), 15)


def test_tabs_of_a_dashboard_that_is_not_among_them_do_not_come_back(tabbing):
    tabbing.parts.preferences.change(tabbed, ADA.id, (12, 15))
    assert OpenTabs(tabbing.desk, tabbing.pages).tabs.ids == (9,)


def test_another_project_has_its_own(tabbing):
    tabbing.open_tabs.open_beside(12)
    tabbing.parts.store.apply(changes.with_account, ADA, Project(id=8))
    tabbing.pages.open_dashboard(21)
    assert tabbing.open_tabs.tabs.ids == (21,)


def test_a_new_name_is_shown(tabbing):
    tabbing.open_tabs.open_beside(12)
    renamed = board(dashboard_id=12)
    renamed = replace(renamed, row=replace(renamed.row, name="Errors & more"))
    tabbing.parts.store.apply(changes.with_dashboard, renamed, now=NOON, asked=99)
    tabbing.parts.store.announce()
    assert bar(tabbing).tabText(1) == "Errors && more"
    assert bar(tabbing).accessibleTabName(1) == "Errors & more"


def test_tabs_have_room_for_a_finger(tabbing):
    for number in (12, 15):
        tabbing.open_tabs.open_beside(number)
    row = bar(tabbing)
    assert all(row.tabRect(place).height() >= 24 for place in range(row.count()))
    closer = row.tabButton(0, TabBar.ButtonPosition.RightSide)
    assert min(closer.width(), closer.height()) >= 24
    assert row.tabAt(QPoint(5, 5)) == 0


def test_the_page_to_sign_in_has_no_tabs(tabbing):
    tabbing.open_tabs.open_beside(12)
    tabbing.sessions.show_sign_in()
    assert not bar(tabbing).isVisible()
    tabbing.window.show_empty_page()
    assert bar(tabbing).isVisible()
