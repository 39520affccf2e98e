"""Several windows of one app: what they share, what they do not, and how they come back."""

import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt

from phdesk.views.dashboard_list import ID, DashboardList
from phdesk.views.desk.edits import PIN
from phdesk.views.tab_bar import TabBar
from tests.test_end_to_end import WAIT
from tests.windows.acting import LEFT, SHIFT, opened, press, second, titles, two_accounts, whole


def test_a_new_window_shows_the_same_dashboard_without_asking_again(app, qtbot, server):
    asked = app.store.state.dashboards[app.desk.open_id].asked
    first, other = second(app, qtbot)
    assert other.workspace is first.workspace
    assert other.desk.open_id == first.desk.open_id
    assert other.window.screen_page.views.keys() == first.window.screen_page.views.keys()
    assert first.desk.state.dashboards[first.desk.open_id].asked == asked
    assert other.window.pos() != first.window.pos()
    assert titles(app) == ["Company KPIs – phdesk"] * 2


def test_windows_show_dashboards_of_their_own_and_share_what_is_known(app, qtbot):
    first, other = second(app, qtbot)
    other.pages.open_dashboard(4)
    qtbot.waitUntil(lambda: whole(other), timeout=WAIT)
    assert first.desk.open_id != 4
    assert titles(app) == ["Company KPIs – phdesk", "Engineering health – phdesk"]
    other.pages.open_dashboard(first.desk.open_id)
    assert other.window.page is other.window.screen_page, "it was there at once"


def test_an_edit_of_the_layout_in_one_is_seen_in_the_other(app, qtbot):
    first, other = second(app, qtbot)
    boxes = dict(first.window.screen_page.grid.boxes)
    tile, box = list(boxes.items())[-1]
    boxes[tile] = type(box)(box.x, box.y + 3, box.w, box.h)
    first.window.screen_page.layout_changed.emit(boxes)
    there = other.window.screen_page.grid
    qtbot.waitUntil(lambda: there.boxes[tile].y == first.window.screen_page.grid.boxes[tile].y)
    assert len(first.desk.state.overlays) == 1


def test_only_the_window_that_asked_is_told_of_a_change_for_the_team(app, qtbot):
    first, other = second(app, qtbot)
    action = next(one for one in first.window.shortcut_actions if one.text() == PIN)
    action.trigger()
    qtbot.waitUntil(first.window.notice.isVisible, timeout=WAIT)
    assert not other.window.notice.isVisible()


def test_closing_one_window_keeps_the_other_and_its_dashboard_up_to_date(app, qtbot):
    first, other = second(app, qtbot)
    other.window.close()
    qtbot.waitUntil(lambda: app.windows.all == (first,))
    dashboards = first.desk.online.dashboards
    assert list(dashboards._open.known[first.desk.open_id].seen) == [first.desk.viewer]
    first.desk.online.refresh(first.desk.open_id)
    qtbot.waitUntil(lambda: whole(first), timeout=WAIT)


@pytest.mark.parametrize("which", [0, 1], ids=["first", "second"])
def test_a_closed_window_is_freed(app, qtbot, which):
    second(app, qtbot)
    going, staying = app.windows.all[which], app.windows.all[1 - which]
    parts = (going, going.window, going.desk, going.pages, going.window.screen_page.grid)
    left = [weakref.ref(one) for one in parts]
    going.desk.online.refresh(going.desk.open_id, force=True)  # answers come when it is gone
    going.window.close()
    del going, parts
    qtbot.waitUntil(lambda: app.windows.all == (staying,))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app._garbage._on_sweep()
    assert [one() for one in left] == [None] * len(left)
    qtbot.waitUntil(lambda: whole(staying), timeout=WAIT)


def test_the_last_window_of_a_project_takes_its_workspace_along(app, qtbot, other_server):
    first, turned = two_accounts(app, qtbot, other_server)
    space, closers = turned.workspace, len(app._background._closers)
    left = [weakref.ref(one) for one in (space, space.store, space.online)]
    turned.desk.online.refresh(turned.desk.open_id, force=True)
    turned.window.close()
    del turned, space
    qtbot.waitUntil(lambda: app.windows.all == (first,))

    def gone():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app._garbage._on_sweep()
        return [one() for one in left] == [None] * len(left)

    qtbot.waitUntil(gone, timeout=WAIT)
    assert len(app._background._closers) < closers


def test_the_theme_and_colours_are_those_of_all_windows(app, qtbot):
    first, other = second(app, qtbot)
    press(qtbot, other, Qt.Key.Key_L)
    assert first.desk.theme.is_dark
    assert other.desk.theme.is_dark
    press(qtbot, first, Qt.Key.Key_B)
    assert other.desk.theme.colorblind


def test_a_tab_is_torn_off_by_its_key(app, qtbot):
    first, before = app.front, app.desk.open_id
    first._tabs.open_beside(4)
    press(qtbot, first, Qt.Key.Key_M)
    torn = opened(app, qtbot)
    assert (torn.desk.open_id, first.desk.open_id) == (4, before)
    assert first._tabs.tabs.ids == (before,)
    qtbot.waitUntil(lambda: whole(torn), timeout=WAIT)


def test_the_only_tab_stays(app, qtbot):
    press(qtbot, app.front, Qt.Key.Key_M)
    assert len(app.windows.all) == 1


def drag(qtbot, bar, place, way):
    start = bar.tabRect(place).center()
    qtbot.mousePress(bar, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(bar, start + way * step / 4)
    qtbot.mouseRelease(bar, LEFT, pos=start + way)


def test_a_tab_is_torn_off_by_the_mouse_and_lands_where_it_is_let_go(app, qtbot):
    first, before = app.front, app.desk.open_id
    first._tabs.open_beside(4)
    bar = first.window.findChild(TabBar)
    drag(qtbot, bar, 0, QPoint(60, 200))
    torn = opened(app, qtbot)
    assert (torn.desk.open_id, first.desk.open_id) == (before, 4)
    assert torn.window.size() == first.window.size()


def test_a_tab_that_comes_back_to_its_bar_stays(app, qtbot):
    first = app.front
    first._tabs.open_beside(4)
    bar = first.window.findChild(TabBar)
    start = bar.tabRect(1).center()
    qtbot.mousePress(bar, LEFT, pos=start)
    qtbot.mouseMove(bar, start + QPoint(0, 200))
    assert bar._torn is not None
    qtbot.mouseMove(bar, start)
    qtbot.mouseRelease(bar, LEFT, pos=start)
    assert len(app.windows.all) == 1
    assert len(first._tabs.tabs.ids) == 2


def test_a_dashboard_opens_in_a_window_from_the_sidebar(app, qtbot):
    listed = app.window.sidebar.findChild(DashboardList)
    item = next(listed.item(row) for row in range(listed.count()) if listed.item(row).data(ID) == 4)
    point = listed.visualItemRect(item).center()
    qtbot.mouseClick(listed.viewport(), LEFT, SHIFT, point)
    assert opened(app, qtbot).desk.open_id == 4
