"""Another project of the account: for this window, or for one beside it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from phdesk.models.account import Project
from phdesk.services.settings import KeptWindow
from phdesk.store import changes
from phdesk.views.desk.projects import Projects
from phdesk.views.dialogs.choose_project import ChooseProject
from tests.services.conftest import ADA
from tests.views.desk.conftest import button

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def choosing(ada, qtbot):
    ada.projects = Projects(ada.desk, ada.sessions)
    known = (Project(id=7, name="Shop"), Project(id=8, name="Lab", primary_dashboard=9))
    ada.parts.store.apply(changes.with_projects, known)
    ada.wishes = []
    ada.desk.window_requested.connect(ada.wishes.append)
    ada.window.activateWindow()
    qtbot.waitUntil(ada.window.isActiveWindow)
    qtbot.keyClick(ada.window, Qt.Key.Key_P, CTRL_SHIFT)
    return ada


def choose(choosing, qtbot, name):
    dialog = choosing.dialog(ChooseProject)
    qtbot.keyClicks(QApplication.focusWidget(), name)
    return dialog


def test_the_projects_that_are_known_are_listed_at_once_and_asked_for(choosing, server, qtbot):
    assert choosing.dialog(ChooseProject)._selected() == 7
    qtbot.waitUntil(lambda: any("projects" in path for path in server.paths()))


def test_a_project_is_opened_in_place_of_the_one_before(choosing, qtbot):
    choose(choosing, qtbot, "Lab")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: choosing.state.project.id == 8)
    assert not choosing.dialogs()
    assert not choosing.wishes
    assert choosing.desk.online is not None


def test_a_dashboard_of_the_last_project_is_not_asked_for_in_the_next(choosing, qtbot, server):
    choosing.parts.store.apply(changes.with_projects, (Project(id=8, name="Lab"),))
    server.asked.clear()
    choose(choosing, qtbot, "Lab")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: choosing.state.project.id == 8 and bool(choosing.state.rows.fetched_at))
    assert not server.paths("projects/8/dashboards/9/")


def test_the_project_that_is_open_is_left_as_it_is(choosing, qtbot):
    open_id = choosing.desk.open_id
    choose(choosing, qtbot, "Shop")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert not choosing.dialogs()
    assert (choosing.state.project.id, choosing.desk.open_id) == (7, open_id)


def test_a_project_is_wished_for_in_a_window_of_its_own(choosing, qtbot):
    dialog = choose(choosing, qtbot, "Lab")
    qtbot.mouseClick(button(dialog, "Open in a new window"), Qt.MouseButton.LeftButton)
    assert choosing.wishes == [KeptWindow(account=ADA.id, project=8)]
    assert choosing.state.project.id == 7
