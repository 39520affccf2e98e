"""Dashboards of the team from a window: deleted, for everyone."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox

from phdesk.models.account import Project
from phdesk.views.desk.dashboard_work import MAYBE
from phdesk.views.desk.dashboards import DELETE
from phdesk.views.dialogs.delete_dashboard import SHARED, DeleteDashboard
from tests.views.desk.dashboards.asking import LEFT, asked, carried_out, press, told


def test_a_dashboard_is_deleted_and_brought_back_from_the_notice(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    press(desk, dialog, "Delete for everyone")
    told(desk, "“Weekly” was deleted, for everyone.")
    assert server.changed[-1] == {"deleted": True}
    assert desk.desk.open_id is None
    press(desk, desk.window.notice, "Undo")
    told(desk, "“Weekly” is back, for everyone.")
    assert server.changed[-1] == {"deleted": False}
    assert desk.desk.open_id == 9


def test_a_deleted_dashboard_comes_back_by_the_key_for_undo(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    press(desk, dialog, "Delete for everyone")
    told(desk, "“Weekly” was deleted, for everyone.")
    carried_out(desk, "Undo the last change")
    told(desk, "“Weekly” is back, for everyone.")
    assert server.changed[-1] == {"deleted": False}
    changes = len(server.changed)
    carried_out(desk, "Undo the last change")
    desk.window.notice.clear()
    carried_out(desk, "Undo the last change")
    assert len(server.changed) == changes, "once"


def test_insights_go_along_only_on_wish(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    box = dialog.findChild(QCheckBox)
    desk.qtbot.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    press(desk, dialog, "Delete for everyone")
    told(desk, "was deleted")
    assert server.changed[-1] == {"deleted": True, "delete_insights": True}


def test_a_public_link_is_spoken_of_before_it_dies(desk, server):
    server.fields["is_shared"] = True
    carried_out(desk, "Refresh stale tiles")
    desk.pages.open_dashboard(9)
    desk.qtbot.waitUntil(lambda: desk.board.dashboard.row.is_shared)
    dialog = asked(desk, DeleteDashboard, DELETE)
    assert SHARED in dialog.said


def test_enter_deletes_nothing(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert server.changed == []


def test_enter_deletes_once_the_keyboard_is_on_the_button(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    desk.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget().text() == "Delete for everyone"
    desk.qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    told(desk, "was deleted")


def test_a_viewer_is_told_so_before_anything_is_asked(desk, server):
    server.editable = False
    desk.pages.open_dashboard(9)
    desk.qtbot.waitUntil(lambda: not desk.board.dashboard.row.editable)
    carried_out(desk, DELETE)
    told(desk, "Not deleted")
    assert not desk.dialogs()


def test_the_projects_first_dashboard_does_not_come_again_once_it_is_deleted(desk, server):
    project = {"id": 7, "name": "Shop", "primary_dashboard": 9}
    server.special["GET projects/7/"] = server.special["GET "] = (200, project)
    desk.desk.online.choose_project(Project(id=7, name="Shop"))
    desk.qtbot.waitUntil(lambda: desk.state.project.primary_dashboard == 9)
    desk.quiet()
    dialog = asked(desk, DeleteDashboard, DELETE)
    server.special["GET dashboards/"] = (200, {"results": [{"id": 12, "name": "Fresh"}]})
    press(desk, dialog, "Delete for everyone")
    told(desk, "was deleted")
    desk.qtbot.waitUntil(lambda: [row.id for row in desk.state.rows.items] == [12])
    assert desk.desk.open_id is None
    desk.shows(desk.window.empty_page)


def test_a_deletion_whose_answer_is_lost_may_have_been_done(desk, server):
    server.special["PATCH dashboards/9/"] = (502, {})
    dialog = asked(desk, DeleteDashboard, DELETE)
    asked_before = server.paths().count("dashboards/")
    press(desk, dialog, "Delete for everyone")
    told(desk, MAYBE)
    desk.qtbot.waitUntil(lambda: server.paths().count("dashboards/") > asked_before)
