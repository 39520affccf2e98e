"""The settings of a window: written as chosen, taken over at once, and what sleeps is woken."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QPushButton

from phdesk.core.watching.editing import with_watch
from phdesk.models.alert import Alert
from phdesk.store.alerts import with_alerts
from phdesk.views.desk.settings import SettingsDoor
from phdesk.views.dialogs.settings import SettingsDialog
from phdesk.views.window_actions import STAYS
from tests.noting import noting
from tests.store.builders import NOON
from tests.views.desk.test_inbox import HIGH, alerted  # noqa: F401  a fixture

CONTROL = Qt.KeyboardModifier.ControlModifier


class Opened:
    def __init__(self, alerted):  # noqa: F811
        self.ada, self.room, self.qtbot = alerted.ada, alerted.room, alerted.qtbot
        self.ada.desk.watches = alerted.room
        self.door = SettingsDoor(self.ada.desk)

    def opens(self):
        self.qtbot.keyClick(self.ada.window, Qt.Key.Key_Comma, CONTROL)
        return self.dialog

    @property
    def dialog(self):
        return self.ada.dialog(SettingsDialog)

    @property
    def settings(self):
        return self.ada.desk.preferences.settings

    def sleepers(self):
        listed = self.dialog.alerts._sleepers
        return [listed.item(row).text() for row in range(listed.count())]

    def wakes(self):
        self.qtbot.mouseClick(
            next(b for b in self.dialog.findChildren(QPushButton) if b.text() == "&Wake"),
            Qt.MouseButton.LeftButton,
        )


@pytest.fixture
def opened(alerted):  # noqa: F811
    return Opened(alerted)


def test_a_key_opens_them_and_a_choice_is_kept(opened):
    dialog = opened.opens()
    box = next(one for one in dialog.findChildren(QCheckBox) if one.text() == "Also on &battery")
    assert box.isChecked()
    dialog.show_section("Freshness")
    box.click()
    assert opened.settings.refresh_on_battery is False


def test_what_is_chosen_elsewhere_is_shown_while_they_are_open(opened):
    dialog = opened.opens()
    opened.ada.desk.preferences.change(replace, watch_unopened=True)
    assert dialog.alerts.field("watch_unopened").isChecked()


def test_staying_is_switched_by_what_switches_autostart_too(opened):
    dialog = opened.opens()
    stay = dialog.alerts.field("keep_running")
    assert not stay.isEnabled()
    pressed = []
    action = QAction(STAYS, opened.ada.window)
    action.triggered.connect(noting(pressed))
    opened.ada.window.addAction(action)
    opened.ada.desk.preferences.change(replace, watch_unopened=True)
    dialog.show_section("Alerts")
    stay.click()
    assert len(pressed) == 1
    assert not stay.isChecked()  # nothing was switched
    assert opened.settings.keep_running is False  # that is the switch's to write


def test_a_watch_that_sleeps_is_listed_and_woken(opened):
    asleep = replace(HIGH, snoozed_until=NOON + timedelta(hours=2), name="Busy")
    opened.room.list.change(with_watch, asleep)
    opened.room.list.change(with_watch, replace(HIGH, id="w2"))
    opened.opens().show_section("Alerts")
    (line,) = opened.sleepers()
    assert line.startswith("Busy – until ")
    opened.wakes()
    opened.qtbot.waitUntil(lambda: not opened.sleepers())
    assert opened.room.list.watch("w1").snoozed_until == NOON


def test_an_alert_of_posthog_that_sleeps_is_listed_as_one_for_everyone(opened):
    alert = Alert(id="a1", name="Low", enabled=True, state="Snoozed")
    opened.ada.desk.store.apply(with_alerts, [alert], now=NOON)
    opened.opens().show_section("Alerts")
    opened.ada.desk.store.announce()
    assert opened.sleepers() == ["Low – for everyone"]
