"""Keys that only the whole app answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidget

from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.shortcuts import Shortcuts
from phdesk.views.dialogs.sign_in import SignIn
from tests.app_parts import running, vault

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def app(qtbot, tmp_path):
    with vault(), running(tmp_path, theme="light") as app:
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        yield app


def dialog(app, kind):
    return next(one for one in app.window.findChildren(kind) if one.isVisible())


def test_the_theme_is_toggled_repainted_and_remembered(app, qtbot):
    assert isinstance(app.window.page, SignIn)
    before = app.window.grab().toImage()
    qtbot.keyClick(app.window, Qt.Key.Key_L, CTRL_SHIFT)
    assert app.desk.theme.is_dark
    assert app.preferences.settings.theme == "dark"
    assert app.window.grab().toImage() != before
    assert QApplication.instance().palette().window().color() == app.desk.theme.bg
    qtbot.keyClick(app.window, Qt.Key.Key_L, CTRL_SHIFT)
    assert not app.desk.theme.is_dark
    assert app.window.grab().toImage() == before, "nothing of the dark is left"


def test_the_list_of_shortcuts_names_every_action(app, qtbot):
    qtbot.keyClick(app.window, "?")
    listed = dialog(app, Shortcuts).findChild(QTreeWidget)
    names = {listed.topLevelItem(row).text(0) for row in range(listed.topLevelItemCount())}
    assert names >= {one.text() for one in app.window.shortcut_actions}
    dialog(app, Shortcuts).close()


def test_the_accounts_open_by_key(app, qtbot):
    qtbot.keyClick(app.window, Qt.Key.Key_A, CTRL_SHIFT)
    dialog(app, Accounts).close()


def test_a_letter_in_the_key_field_is_part_of_the_key(app, qtbot):
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "phx_R?rv")
    assert field.text() == "phx_R?rv"
    assert not any(one.isVisible() for one in app.window.findChildren(Shortcuts))
