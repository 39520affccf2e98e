"""The dashboards of an insight are found and ticked by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs.dashboard_choice import DashboardChoice

NAMES = ("Company", "Product", "Growth", "Product health")


@pytest.fixture
def dialog(qtbot):
    rows = [DashboardRow(id=number, name=name) for number, name in enumerate(NAMES, 1)]
    made = DashboardChoice(look.light(), rows, (3, 99))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made, timeout=5_000):
        made.show()
    return made


def keys(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def saved(qtbot, dialog):
    done = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Save"))
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    return set(chosen.args[0])


def test_arrows_walk_from_the_field_and_enter_ticks(qtbot, dialog):
    keys(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert saved(qtbot, dialog) == {1, 99}, "what is not listed stays"


def test_what_was_found_is_ticked_and_no_hidden_one(qtbot, dialog):
    qtbot.keyClicks(QApplication.focusWidget(), "heal")
    keys(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), " of nothing")
    keys(qtbot, Qt.Key.Key_Return)
    assert saved(qtbot, dialog) == {3, 4, 99}
