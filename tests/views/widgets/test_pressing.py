"""Enter presses the button that has the keyboard, in windows and in dialogs, and no other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.templates.starts import our_starts
from phdesk.models.account import Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.definition import EventDefinition
from phdesk.views import theme as look
from phdesk.views.dialogs.key_field import KeyField
from phdesk.views.dialogs.new_dashboard import NewDashboard
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.main_window import MainWindow
from phdesk.views.widgets.pressing import TITLE, Dialog
from tests.store.builders import NOON
from tests.views.dashboard.showing import exposed, grid_of, shown_board

ENTERS = [pytest.param(Qt.Key.Key_Return, id="Return"), pytest.param(Qt.Key.Key_Enter, id="Enter")]


def holding(qtbot, around, kind):
    """Give a button that has the keyboard, and the presses of it and of the default button."""
    pressed = []
    button, default, field = kind(around), QPushButton(around), QLineEdit(around)
    button.setText("Filter")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if isinstance(button, QPushButton):
        button.setAutoDefault(False)
    default.setDefault(True)
    button.clicked.connect(lambda: pressed.append("button"))
    default.clicked.connect(lambda: pressed.append("default"))
    page = QWidget(around)
    column = QVBoxLayout(page)
    for part in (button, default, field):
        column.addWidget(part)
    if isinstance(around, MainWindow):
        around.show_page(page, sidebar="beside")
    else:
        QVBoxLayout(around).addWidget(page)
    exposed(qtbot, around, 900, 500)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    return button, field, pressed


@pytest.mark.parametrize("key", ENTERS)
@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
@pytest.mark.parametrize(
    "make", [pytest.param(lambda: MainWindow(look.light()), id="window"), Dialog]
)
def test_enter_presses_the_button_that_has_the_keyboard(qtbot, make, kind, key):
    around = make()
    button, _, pressed = holding(qtbot, around, kind)
    qtbot.keyClick(button, key)
    assert pressed == ["button"]
    qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["button"], "Ctrl+Enter is another key"


def test_enter_presses_the_age_of_a_dashboard_too(qtbot):
    window = MainWindow(look.light())
    state = shown_board(*grid_of(1)).dashboards[9]
    window.screen_page.show_dashboard(state, Project(id=7), None, NOON)
    window.show_dashboard_page()
    exposed(qtbot, window, 900, 500)
    age = window.screen_page.age
    age.setFocus()
    with qtbot.waitSignal(window.screen_page.status_requested):
        qtbot.keyClick(age, Qt.Key.Key_Return)


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_enter_on_what_is_ticked_is_for_the_default_button(qtbot, kind):
    around = Dialog()
    button, _, pressed = holding(qtbot, around, kind)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["default"]


def test_enter_in_a_field_is_for_the_default_button(qtbot):
    around = Dialog()
    _, field, pressed = holding(qtbot, around, QPushButton)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pressed == ["default"]


@pytest.mark.parametrize(
    "make", [pytest.param(lambda: MainWindow(look.light()), id="window"), Dialog]
)
def test_a_button_that_gets_the_keyboard_of_what_enter_did_is_not_pressed(qtbot, make):
    around = make()
    button, field, pressed = holding(qtbot, around, QToolButton)
    field.returnPressed.connect(button.setFocus)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert button.hasFocus()
    assert "button" not in pressed
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert "button" in pressed


def test_enter_in_the_last_field_of_signing_in_does_not_cancel_it(qtbot):
    window, page = MainWindow(look.light()), SignIn(look.light())
    asked, gone = [], []
    page.sign_in_requested.connect(lambda *what: (asked.append(what[2]), page.set_busy(True)))
    page.cancel_requested.connect(lambda: gone.append("cancelled"))
    exposed(qtbot, window, 900, 700)
    window.show_page(page, sidebar="nowhere")
    page.set_host("https://eu.posthog.com")
    qtbot.keyClicks(page.findChild(KeyField).focusProxy(), "phx_" + "a" * 43)
    page.ask_project("This key is for some projects alone.")
    qtbot.keyClicks(QApplication.focusWidget(), "12")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (asked, gone) == ([12], [])


def test_enter_in_the_search_over_the_page_opens_a_dashboard_and_presses_nothing(qtbot):
    window = MainWindow(look.light())
    button, _, pressed = holding(qtbot, window, QToolButton)
    window.sidebar.set_rows([DashboardRow(id=9, name="Weekly")])
    window.resize(600, 500)
    window.search()
    qtbot.keyClicks(QApplication.focusWidget(), "week")
    with qtbot.waitSignal(window.sidebar.dashboard_requested):
        qtbot.keyClick(window.sidebar.search, Qt.Key.Key_Return)
    assert button.hasFocus()
    assert pressed == []


def test_who_is_on_cancel_makes_no_dashboard(qtbot):
    dialog = NewDashboard(look.light())
    asked = []
    dialog.make_requested.connect(lambda *what: asked.append(what))
    dialog.set_starts(our_starts())
    exposed(qtbot, dialog, 800, 600)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.choose("product")
    dialog.set_names("event", [EventDefinition(name=one) for one in ("$pageview", "signed_up")])
    for field in dialog.slots_.findChildren(QLineEdit):
        field.setText("$pageview")
    made = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
    assert made.isEnabled()
    cancel = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel")
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert asked == []
    assert not dialog.isVisible()


def test_a_dialog_is_no_larger_than_the_screen(qtbot):
    dialog = Dialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableGeometry()
    dialog.resize(room.width() + 200, room.height())
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.width() == room.width()
    assert dialog.height() + TITLE == room.height()
