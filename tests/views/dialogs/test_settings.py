"""The settings: what holds is shown, what a person chooses is said, by keys as well."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget

from phdesk.services.settings import Settings
from phdesk.views import theme as look
from phdesk.views.dialogs.settings import SECTIONS, SettingsDialog
from phdesk.views.dialogs.settings_pages import Sleeper
from tests.noting import noting
from tests.views.dashboard.showing import exposed

KEY = Qt.Key


@pytest.fixture
def dialog(qtbot):
    made = SettingsDialog(look.light(), "settings.toml")
    made.set_settings(Settings())
    made.said = []
    made.changed.connect(noting(made.said))
    return exposed(qtbot, made, 620, 640)


def turn(dialog, name):
    dialog.show_section(name)
    return dialog


def quiet(dialog):
    return turn(dialog, "Alerts").alerts.findChild(QLineEdit)


def test_each_section_is_a_key_away(dialog, qtbot):
    sections = next(
        one for one in dialog.findChildren(QListWidget) if one.accessibleName() == "Sections"
    )
    sections.setFocus()
    seen = []
    for _ in SECTIONS:
        page = dialog._stack.currentWidget().widget()
        seen.append(page is dialog.alerts)
        qtbot.keyClick(sections, KEY.Key_Down)
    assert seen == [False, False, True]


def test_what_holds_is_shown(dialog):
    settings = Settings(
        theme="dark",
        notifications=False,
        alert_sounds=("warning",),
        quiet_hours=("22:00-07:00", "sat,sun 00:00-24:00"),
        auto_refresh_minutes=45,
        wall_alerts="take over",
    )
    dialog.set_settings(settings)
    boxes = {one.text(): one.isChecked() for one in dialog.alerts.findChildren(QCheckBox)}
    assert (boxes["Show &notifications"], boxes["&Critical"], boxes["&Warning"]) == (
        False,
        False,
        True,
    )
    assert quiet(dialog).text() == "22:00-07:00; sat,sun 00:00-24:00"
    texts = [one.currentText() for one in dialog.findChildren(QComboBox)]
    assert {"Dark", "Every 45 minutes", "Take over the screen"} <= set(texts)
    assert dialog.said == []


def test_a_box_is_said_with_the_name_of_its_setting(dialog, qtbot):
    box = dialog.alerts.field("watch_unopened")
    turn(dialog, "Alerts")
    box.setFocus()
    qtbot.keyClick(box, KEY.Key_Space)
    assert dialog.said == [("watch_unopened", True)]


def test_sounds_are_said_together(dialog, qtbot):
    turn(dialog, "Alerts")
    warning = next(one for one in dialog.alerts.findChildren(QCheckBox) if one.text() == "&Warning")
    qtbot.keyClick(warning, KEY.Key_Space)
    assert dialog.said == [("alert_sounds", ("critical", "warning"))]


@pytest.mark.parametrize(
    ("typed", "said", "wrong"),
    [
        ("22:00-07:00", [("quiet_hours", ("22:00-07:00",))], ""),
        (
            "22:00-07:00; sat,sun 00:00-24:00",
            [("quiet_hours", ("22:00-07:00", "sat,sun 00:00-24:00"))],
            "",
        ),
        ("at night", [], "Not understood"),
        ("22:00-07:00; 25:00-26:00", [], "Not understood"),
    ],
)
def test_quiet_hours_are_taken_whole_or_not_at_all(dialog, qtbot, typed, said, wrong):
    field = quiet(dialog)
    field.setFocus()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, KEY.Key_Tab)
    assert dialog.said == said
    shown = [one.text() for one in dialog.alerts.findChildren(QLabel) if one.isVisible()]
    assert any(wrong in one for one in shown) if wrong else not any("Not under" in o for o in shown)


def test_an_emptied_field_means_no_quiet_hours(dialog, qtbot):
    dialog.set_settings(Settings(quiet_hours=("22:00-07:00",)))
    field = quiet(dialog)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, KEY.Key_Delete)
    qtbot.keyClick(field, KEY.Key_Tab)
    assert dialog.said == [("quiet_hours", ())]


def test_what_is_typed_is_not_written_over_by_what_comes(dialog, qtbot):
    field = quiet(dialog)
    field.setFocus()
    qtbot.keyClicks(field, "22:00")
    dialog.set_settings(replace(Settings(), watch_unopened=True))
    assert field.text() == "22:00"


def test_the_wheel_sets_nothing_that_it_passes_over(dialog, qtbot):
    turn(dialog, "Alerts")
    choice = dialog.alerts.field("wall_alerts")
    at = QPointF(5, 5)
    none = QPoint()
    wheel = QWheelEvent(
        at, choice.mapToGlobal(at), none, QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, wheel)
    assert dialog.said == []
    assert choice.currentData() == "badge"


def test_what_sleeps_is_woken(dialog, qtbot):
    turn(dialog, "Alerts")
    woken = []
    dialog.alerts.wake_requested.connect(noting(woken))
    dialog.alerts.set_sleepers([Sleeper("watch/a", "Signups – until 14:00"), Sleeper("b", "B")])
    listed = next(
        one for one in dialog.findChildren(QListWidget) if one.accessibleName() == "Snoozed alerts"
    )
    listed.setFocus()
    qtbot.keyClick(listed, KEY.Key_Down)
    qtbot.keyClick(listed, KEY.Key_Return)
    assert woken == ["b"]
    dialog.alerts.set_sleepers([])
    assert not listed.isVisible()


def test_where_phdesk_cannot_stay_the_box_is_off(dialog):
    dialog.alerts.set_can_stay(can=False)
    assert not dialog.alerts.field("keep_running").isEnabled()
