import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from phdesk.views.widgets.passing import Passing
from tests.views.dashboard.showing import exposed


@pytest.fixture
def page(qtbot):
    made = Passing()
    column = QVBoxLayout(made)
    for name in ("first", "second", "third"):
        field = QLineEdit()
        field.setAccessibleName(name)
        column.addWidget(field)
        if name == "second":
            made.set_taker(field)
    exposed(qtbot, made, 300, 200)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_keyboard_goes_to_the_part_and_tab_to_all_of_them(page, qtbot):
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    passed = []
    for _ in range(4):
        passed.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert passed == ["second", "third", "first", "second"]
