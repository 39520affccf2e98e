"""Dashboards of the team from a window: copied, and found in menus."""

import httpx
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QRadioButton

from phdesk.core.refused import FOUND, MAYBE_MADE, NOT_MADE, TURNED_UP
from phdesk.services import doubting
from phdesk.views.dashboard_list import DashboardList
from phdesk.views.desk.dashboards import COPY, DELETE
from phdesk.views.dialogs.copy_dashboard import DEEP, CopyDashboard
from phdesk.views.dialogs.delete_dashboard import DeleteDashboard
from tests.services import posthog
from tests.views.desk.dashboards.asking import LEFT, NO_SCOPE, asked, name_in, press, told


def test_a_copy_takes_words_and_filters_along(desk, writes, server):
    server.fields |= {"description": "Why?", "tags": ["a"]}
    dialog = asked(desk, CopyDashboard, COPY)
    desk.qtbot.waitUntil(lambda: name_in(dialog).text() == "Weekly (Copy)")
    press(desk, dialog, "Duplicate")
    told(desk, "“Weekly (Copy)” was made")
    ((_, body),) = writes.sent
    assert body == {
        "name": "Weekly (Copy)",
        "description": "Why?",
        "tags": ["a"],
        "filters": {"date_from": "-30d"},
        "use_dashboard": 9,
        "duplicate_tiles": False,
    }
    assert desk.desk.open_id == 12


@pytest.fixture
def looks(monkeypatch):
    """One look after an answer that was lost is enough here."""
    monkeypatch.setattr(doubting, "WAITS", (0.0,))


@pytest.fixture
def copying(desk):
    """The dialog with which a dashboard is copied, filled in."""
    dialog = asked(desk, CopyDashboard, COPY)
    desk.qtbot.waitUntil(lambda: bool(name_in(dialog).text()))
    return dialog


def listed(server, *names):
    """Let the server list the dashboard on screen and others of these names."""
    rows = [{"id": 12 + at, "name": name} for at, name in enumerate(names)]
    server.special["GET dashboards/"] = 200, {"results": [{"id": 9, "name": "Weekly"}, *rows]}


@pytest.mark.usefixtures("looks")
def test_a_deep_copy_that_is_refused_says_why(desk, copying, writes):
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    deep = next(one for one in copying.findChildren(QRadioButton) if one.text() == DEEP)
    desk.qtbot.mouseClick(deep, LEFT, pos=QPoint(10, deep.height() // 2))
    press(desk, copying, "Duplicate")
    desk.qtbot.waitUntil(lambda: NOT_MADE in copying.trouble)
    assert writes.sent[0][1]["duplicate_tiles"] is True
    assert [key for key, _ in writes.sent] == ["POST dashboards/"], "never sent twice by itself"


@pytest.mark.usefixtures("looks")
def test_a_copy_that_came_late_is_found_before_another_is_made(desk, copying, writes, server):
    listed(server)
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    press(desk, copying, "Duplicate")
    desk.qtbot.waitUntil(lambda: NOT_MADE in copying.trouble)
    listed(server, "Weekly (Copy)")
    press(desk, copying, "Duplicate")
    told(desk, f"“Weekly (Copy)” was made, for everyone. {FOUND}")
    assert len(writes.sent) == 1
    assert desk.desk.open_id == 12


@pytest.mark.usefixtures("looks")
def test_a_copy_of_another_name_is_not_made_beside_one_that_came_late(
    desk, copying, writes, server
):
    listed(server)
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    press(desk, copying, "Duplicate")
    desk.qtbot.waitUntil(lambda: NOT_MADE in copying.trouble)
    listed(server, "Weekly (Copy)")
    desk.qtbot.keyClicks(name_in(copying), "!")
    press(desk, copying, "Duplicate")
    desk.qtbot.waitUntil(lambda: TURNED_UP.format("Weekly (Copy)") in copying.trouble)
    assert len(writes.sent) == 1
    press(desk, copying, "Duplicate")
    told(desk, "“Weekly (Copy)!” was made, for everyone.")
    assert len(writes.sent) == 2


@pytest.mark.usefixtures("looks")
def test_where_looking_does_not_tell_that_is_said(desk, copying, writes, server):
    listed(server)
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    server.special["GET dashboards/"] = listing = posthog.Gate()
    press(desk, copying, "Duplicate")
    desk.qtbot.waitUntil(lambda: server.running == 1)
    listing.answer = {"results": []}
    server.special["GET dashboards/"] = 503, {}
    listing.open()
    desk.qtbot.waitUntil(lambda: MAYBE_MADE in copying.trouble)


def test_a_copy_that_is_refused_after_its_dialog_is_closed_says_so(desk, writes, server):
    dialog = asked(desk, CopyDashboard, COPY)
    assert not name_in(dialog).isEnabled()  # what is typed before the answer would be lost
    desk.qtbot.waitUntil(lambda: name_in(dialog).isEnabled())
    writes.fails["POST dashboards/"] = (403, NO_SCOPE)
    press(desk, dialog, "Duplicate")
    dialog.close()  # before the answer, which comes with the event loop
    told(desk, "dashboard:write")


@pytest.mark.parametrize(
    ("text", "kind"), [("Duplicate…", CopyDashboard), ("Delete for everyone…", DeleteDashboard)]
)
def test_a_dashboard_of_the_list_is_copied_and_deleted_from_its_menu(desk, server, text, kind):
    rows = [{"id": 9, "name": "Weekly"}, {"id": 12, "name": "Fresh"}]
    server.special["GET dashboards/"] = (200, {"results": rows})
    desk.desk.online.list_dashboards()
    desk.qtbot.waitUntil(lambda: len(desk.state.rows.items) == 2)
    found = desk.window.sidebar.findChild(DashboardList)
    place = next(row for row in range(found.count()) if found.item(row).text() == "Fresh")
    found.setCurrentRow(place)
    found.setFocus()
    where = found.visualItemRect(found.item(place)).center()
    by_key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(found, QContextMenuEvent(by_key, where, found.mapToGlobal(where)))
    menu = next(one for one in found.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()
    assert "“Fresh”" in desk.dialog(kind).findChild(QLabel).text() or kind is CopyDashboard
    assert desk.desk.open_id == 9


def test_the_menu_of_the_dashboard_offers_it(desk):
    desk.screen.menu_requested.emit(desk.window)
    menu = next(one for one in desk.window.findChildren(QMenu) if one.title() == "For everyone")
    texts = [one.text() for one in menu.actions()]
    assert COPY in texts
    assert DELETE in texts
    assert isinstance(menu.actions()[0], QAction)
    menu.close()
