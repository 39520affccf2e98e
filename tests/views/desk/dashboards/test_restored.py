"""Dashboards of the team from a window: brought back after they were deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from phdesk.models.account import Project
from phdesk.views.desk.dashboards import DELETE, NEW, RESTORE
from phdesk.views.dialogs.delete_dashboard import DeleteDashboard
from phdesk.views.dialogs.new_dashboard import NewDashboard
from phdesk.views.dialogs.restore_dashboard import RestoreDashboard
from tests.views.desk.dashboards.asking import LOG, asked, press, told


def test_deleted_ones_are_listed_by_the_log_and_by_what_went_from_here(desk, server):
    entry = {"scope": "Dashboard", "item_id": "31", "activity": "deleted",
             "detail": {"name": "Old numbers"}, "user": {"first_name": "Ben"},
             "created_at": "2026-11-20T10:00:00Z"}  # fmt: skip
    server.special[LOG] = (200, {"results": [entry]})
    press(desk, asked(desk, DeleteDashboard, DELETE), "Delete for everyone")
    told(desk, "was deleted")
    server.special["GET dashboards/"] = (200, {"results": []})
    desk.desk.online.list_dashboards()
    desk.qtbot.waitUntil(lambda: not desk.state.rows.items)
    dialog = asked(desk, RestoreDashboard, RESTORE)
    found = dialog.findChild(QListWidget)
    desk.qtbot.waitUntil(lambda: found.count() == 2)
    assert found.item(0).text().startswith("Weekly – deleted today")
    assert found.item(1).text().startswith("Old numbers – deleted by Ben, 20 Nov 2026")
    press(desk, dialog, "Restore for everyone")
    told(desk, "“Weekly” is back")
    assert server.changed[-1] == {"deleted": False}


@pytest.mark.parametrize("typed", ["12", "https://eu.posthog.com/project/7/dashboard/12?x=1"])
def test_one_comes_back_by_its_number_or_address(desk, writes, typed):
    dialog = asked(desk, RestoreDashboard, RESTORE)
    desk.qtbot.waitUntil(lambda: "activity_log:read" in dialog.log)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, typed)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    told(desk, "“Fresh” is back")
    assert writes.sent == [("PATCH dashboards/12/", {"deleted": False})]


def test_a_number_that_never_was_says_so(desk, server):
    server.special["dashboards/44/"] = (404, {"type": "invalid_request", "code": "not_found"})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, "44")
    press(desk, dialog, "Restore for everyone")
    desk.qtbot.waitUntil(lambda: "never had a dashboard" in dialog.trouble)


def test_another_project_closes_dialogs_and_forgets_what_was_deleted(desk, server):
    press(desk, asked(desk, DeleteDashboard, DELETE), "Delete for everyone")
    told(desk, "was deleted")
    asked(desk, NewDashboard, NEW)
    desk.desk.online.choose_project(Project(id=8, name="Lab"))
    desk.qtbot.waitUntil(lambda: not desk.dialogs())
    server.special["projects/8/" + LOG] = (200, {"results": []})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    assert dialog.findChild(QListWidget).count() == 0


def test_where_nothing_is_known_to_be_deleted_it_says_so(desk):
    dialog = asked(desk, RestoreDashboard, RESTORE)
    desk.qtbot.waitUntil(lambda: "activity_log:read" in dialog.log)
    assert not dialog.findChild(QListWidget).isVisible()
    assert not next(
        one for one in dialog.findChildren(QPushButton) if "Restore" in one.text()
    ).isEnabled()


def test_a_number_too_large_for_qt_brings_no_other_dashboard_back(desk, writes, server):
    number = 2**32 + 12
    server.special[f"dashboards/{number}/"] = (404, {"type": "invalid_request"})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, str(number))
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "never had" in dialog.trouble)
    assert writes.sent == []
    assert [path for how, path, _ in server.sent if how == "PATCH"] == [f"dashboards/{number}/"]
