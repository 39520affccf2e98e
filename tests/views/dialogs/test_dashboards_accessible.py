"""The dialogs about whole dashboards say what each control is, and give it room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from phdesk.core.gone import Gone
from phdesk.core.templates.starts import our_starts
from phdesk.models.dashboard import DashboardDraft, DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs.copy_dashboard import CopyDashboard
from phdesk.views.dialogs.dashboard_access import DashboardAccess
from phdesk.views.dialogs.delete_dashboard import DeleteDashboard
from phdesk.views.dialogs.new_dashboard import NewDashboard
from phdesk.views.dialogs.restore_dashboard import RestoreDashboard
from tests.a11y import controls, faults
from tests.store.builders import NOON

LIGHT = look.light()


def new_dashboard():
    made = NewDashboard(LIGHT)
    made.set_starts(our_starts())
    made.fields.set_rows([DashboardRow(id=1, name="Company KPIs", folder="Teams")])
    made.choose("company")
    return made


def half_made():
    made = new_dashboard()
    made.making.set_stopped("3 of 12 steps are done.", bad=True)
    return made


def under_way():
    made = new_dashboard()
    made.making.set_progress("Making “Revenue” (2 of 12)…", 0.1)
    made.set_working(on=True)
    return made


def copy():
    made = CopyDashboard(LIGHT, "Weekly")
    made.set_draft(DashboardDraft(name="Weekly (Copy)"))
    return made


def restore():
    made = RestoreDashboard(LIGHT)
    made.set_gone([Gone(id=9, name="Weekly", who="Ben", at=NOON)], NOON)
    return made


def access():
    made = DashboardAccess(LIGHT, "Weekly")
    made.set_lines([("Your access", "You are an editor.")])
    made.set_log([("12:00", "Ada", "made it")], "")
    return made


DIALOGS = {
    "access": access,
    "new": new_dashboard,
    "half made": half_made,
    "under way": under_way,
    "copy": copy,
    "delete": lambda: DeleteDashboard(LIGHT, "Weekly", shared=True),
    "restore": restore,
}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_says_what_it_is(qtbot, name):
    look.apply(QApplication.instance(), LIGHT)
    dialog = DIALOGS[name]()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert controls(dialog)
    assert faults(dialog) == []
