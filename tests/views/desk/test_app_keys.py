"""Keys that only the whole app answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QTreeWidget

from phdesk.views import theme as look
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.shortcuts import Shortcuts
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.window_actions import LETTERS, is_letter
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


def test_colours_for_colour_blind_eyes_come_at_once_and_are_remembered(app, qtbot):
    usual = app.desk.theme
    told = []
    app.desk.theme_changed.connect(told.append)
    qtbot.keyClick(app.window, Qt.Key.Key_B, CTRL_SHIFT)
    assert told == [look.light(colorblind=True)]
    assert app.preferences.settings.colorblind
    qtbot.keyClick(app.window, Qt.Key.Key_L, CTRL_SHIFT)
    assert app.desk.theme is look.dark(colorblind=True), "light and dark keep them"
    qtbot.keyClick(app.window, Qt.Key.Key_L, CTRL_SHIFT)
    qtbot.keyClick(app.window, Qt.Key.Key_B, CTRL_SHIFT)
    assert app.desk.theme is usual
    assert not app.preferences.settings.colorblind


@pytest.mark.parametrize(
    ("file", "options"),
    [
        pytest.param("colorblind = true", {"theme": "light"}, id="setting"),
        pytest.param("", {"theme": "light", "colorblind": True}, id="option"),
        pytest.param('colorblind = true\ntheme = "light"', {}, id="setting with a theme"),
    ],
)
def test_the_app_starts_in_colours_for_colour_blind_eyes(qtbot, tmp_path, file, options):
    (tmp_path / "settings.toml").write_text(file)
    with vault(), running(tmp_path, **options) as app:
        assert app.desk.theme is look.light(colorblind=True)


def test_the_system_s_change_keeps_colours_for_colour_blind_eyes(qtbot, tmp_path):
    (tmp_path / "settings.toml").write_text("colorblind = true")
    with vault(), running(tmp_path) as app:
        app.appearance._take(look.dark(colorblind=True))
        app.appearance.follow_system()
        assert app.desk.theme is look.system_theme(QApplication.instance(), colorblind=True)


@pytest.mark.parametrize("kept", [True, False])
def test_the_sidebar_of_wide_windows_is_remembered(qtbot, tmp_path, kept):
    (tmp_path / "settings.toml").write_text(f"sidebar = {str(kept).lower()}")
    with vault(), running(tmp_path, theme="light") as app:
        app.window.show_empty_page()
        assert app.window.sidebar.isVisible() is kept
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        qtbot.waitUntil(lambda: bool(app.window.actions()))  # they come after the first paint
        qtbot.keyClick(app.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        assert app.window.sidebar.isVisible() is not kept
        assert app.preferences.settings.sidebar is not kept


def test_the_list_of_shortcuts_names_every_action_with_keys(app, qtbot):
    qtbot.keyClick(app.window, "?")
    listed = dialog(app, Shortcuts).findChild(QTreeWidget)
    names = {listed.topLevelItem(row).text(0) for row in range(listed.topLevelItemCount())}
    keyed = [one for one in app.window.shortcut_actions if one.shortcut().toString()]
    assert names >= {one.text().removesuffix("…") for one in keyed}
    dialog(app, Shortcuts).close()
    qtbot.waitUntil(lambda: not app.window.findChildren(Shortcuts))  # nothing of it is left


def test_the_accounts_open_by_key(app, qtbot):
    qtbot.keyClick(app.window, Qt.Key.Key_A, CTRL_SHIFT)
    dialog(app, Accounts).close()


def test_a_letter_in_the_key_field_is_part_of_the_key(app, qtbot):
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "phx_R?rv")
    assert field.text() == "phx_R?rv"
    assert not any(one.isVisible() for one in app.window.findChildren(Shortcuts))


def test_less_motion_is_a_setting(qtbot, tmp_path):
    (tmp_path / "settings.toml").write_text("reduced_motion = true")
    with vault(), running(tmp_path, theme="light") as app:
        assert app.window.screen_page._still


def keys_of(app):
    return {keys.toString() for one in app.window.shortcut_actions for keys in one.shortcuts()}


def test_single_letters_can_be_switched_off_and_are_remembered(app, qtbot, tmp_path):
    letters = {
        "E",
        "R",
        "Shift+R",
        "F",
        "D",
        "Shift+D",
        "I",
        "Shift+F",
        "O",
        "B",
        "W",
        "A",
        "Shift+W",
        "Shift+E",
        "?",
    }
    qtbot.waitUntil(lambda: letters < keys_of(app))
    others = keys_of(app) - letters
    switch = next(one for one in app.window.shortcut_actions if one.text() == LETTERS)
    switch.trigger()
    assert keys_of(app) == others
    assert {"F5", "F11", "Ctrl+K"} < others
    qtbot.keyClick(app.window, Qt.Key.Key_Question)
    assert not [one for one in app.window.findChildren(Shortcuts) if one.isVisible()]
    assert "Ctrl+K" in app.window.notice.text
    assert app.preferences.settings.letter_keys is False
    switch.trigger()
    assert keys_of(app) == letters | others


def test_letters_that_a_person_switched_off_stay_off_at_the_next_start(qtbot, tmp_path):
    (tmp_path / "settings.toml").write_text("letter_keys = false")
    with vault(), running(tmp_path) as app:
        assert "E" not in keys_of(app)
        assert "Ctrl+Z" in keys_of(app)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        *((keys, True) for keys in ("E", "Shift+F", "?", "+", "9")),
        *((keys, False) for keys in ("F5", "Ctrl+E", "Alt+Left", "Back", "")),
    ],
)
def test_one_sign_alone_counts_as_a_letter(keys, wanted):
    assert is_letter(QKeySequence(keys)) is wanted
