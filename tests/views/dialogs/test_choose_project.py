import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget

from phdesk.models.account import Project
from phdesk.views import theme as look
from phdesk.views.dialogs.choose_project import ChooseProject
from tests.views.dialogs.focus import names_of_focusable

PROJECTS = (
    Project(id=3, name="Web", organization="Lumen Lane"),
    Project(id=1, name="Default", organization="Zed"),
    Project(id=2, name="app", organization="Lumen Lane"),
    Project(id=9, organization="Zed"),
)


@pytest.fixture
def dialog(qtbot):
    dialog = ChooseProject(look.light())
    qtbot.addWidget(dialog)
    dialog.set_projects(PROJECTS, 3)
    with qtbot.waitExposed(dialog, timeout=5_000):
        dialog.show()
    return dialog


def listed(dialog):
    tree = dialog.findChild(QTreeWidget)
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {t.text(0): [t.child(row).text(0) for row in range(t.childCount())] for t in tops}


def test_projects_stand_under_their_organizations_in_order(dialog):
    assert listed(dialog) == {"Lumen Lane": ["app", "Web"], "Zed": ["Default", "Project 9"]}


def test_the_current_project_is_selected(dialog):
    assert dialog.findChild(QTreeWidget).currentItem().text(0) == "Web"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("WEB", {"Lumen Lane": ["Web"]}, id="name"),
        pytest.param("zed", {"Zed": ["Default", "Project 9"]}, id="organization"),
        pytest.param("lane app", {"Lumen Lane": ["app"]}, id="two words"),
        pytest.param("9", {"Zed": ["Project 9"]}, id="id"),
        pytest.param("nowhere", {}, id="nothing"),
    ],
)
def test_typing_searches(qtbot, dialog, typed, found):
    qtbot.keyClicks(dialog.findChild(QLineEdit), typed)
    assert listed(dialog) == found
    words = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert (f"No project matches “{typed}”." in words) is (not found)


def test_a_project_is_chosen_from_the_search_field_by_keyboard(qtbot, dialog):
    search = dialog.findChild(QLineEdit)
    qtbot.keyClicks(search, "zed")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.project_chosen) as wish:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert wish.args == [9]
    assert not dialog.isVisible()


def test_a_project_is_chosen_once_from_the_list_by_enter(qtbot, dialog):
    chosen = []
    dialog.project_chosen.connect(chosen.append)
    tree = dialog.findChild(QTreeWidget)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert chosen == [3]


def test_without_projects_it_says_so_and_opens_nothing(qtbot, dialog):
    dialog.set_projects(())
    assert listed(dialog) == {}
    assert "This key can see no project." in [one.text() for one in dialog.findChildren(QLabel)]
    with qtbot.assertNotEmitted(dialog.project_chosen):
        qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    assert not any(b.isEnabled() for b in dialog.findChildren(QPushButton) if b.text() == "Open")


def test_every_control_has_a_name(dialog):
    assert all(names_of_focusable(dialog).values())
