"""The settings from a window: shows them, writes what a person chooses, wakes what is snoozed."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from phdesk.core.ages import absolute
from phdesk.core.watching.states import is_snoozed
from phdesk.models.alert import SNOOZED
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import settings_dialog
from phdesk.views.dialogs.settings import SettingsDialog
from phdesk.views.dialogs.settings_pages import Sleeper
from phdesk.views.window_actions import READS, STAYS

SETTINGS = "Settings"
KEEP_RUNNING = "keep_running"
WATCH, POSTHOG = "watch/", "posthog/"
NOT_WOKEN = "PostHog's alerts can be woken while phdesk is signed in."


class SettingsDoor(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: SettingsDialog | None = None
        desk.window.add_action(SETTINGS, "Ctrl+,", self.open).setProperty(READS, True)
        desk.preferences.changed.connect(self._fill)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Show the settings."""
        desk = self._desk
        if self._dialog is not None:
            self._dialog.raise_()
            return
        made = self._dialog = settings_dialog()(
            desk.theme, desk.preferences.settings_path.name, desk.window
        )
        made.changed.connect(self._on_chosen)
        made.alerts.wake_requested.connect(self._on_wake)
        made.finished.connect(self._on_gone)
        if desk.watches is not None:
            desk.watches.list.changed.connect(self._fill)
        self._fill()
        made.open()

    @property
    def _stays(self) -> QAction | None:
        """Find what switches whether phdesk goes on without a window; it comes late, or never."""
        actions = self._desk.window.actions()
        return next((one for one in actions if one.text() == STAYS), None)

    @Slot()
    def _fill(self) -> None:
        if self._dialog is not None:
            self._dialog.set_settings(self._desk.preferences.settings)
            self._dialog.alerts.set_can_stay(can=self._stays is not None)
            self._dialog.alerts.set_sleepers(self._sleepers())

    def _sleepers(self) -> list[Sleeper]:
        desk, now, found = self._desk, self._desk.now(), []
        watches = desk.watches.list.by_account(desk.where[0]) if desk.watches is not None else ()
        for watch in watches:
            if watch.enabled and watch.snoozed_until is not None and is_snoozed(watch, now):
                until = absolute(watch.snoozed_until, now, None)
                name = watch.name or watch.known_as or "Watch"
                found.append(Sleeper(f"{WATCH}{watch.id}", f"{name} – until {until}"))
        for alert in desk.state.alerts.items:
            if alert.enabled and alert.state == SNOOZED:
                until = ""
                if alert.snoozed_until is not None:
                    until = f", until {absolute(alert.snoozed_until, now, None)}"
                name = alert.name or alert.insight_name
                found.append(Sleeper(f"{POSTHOG}{alert.id}", f"{name} – for everyone{until}"))
        return found

    @Slot(str, object)
    def _on_chosen(self, name: str, value: object) -> None:
        """Write what a person chose; whether phdesk stays is more than a word in the file."""
        settings = self._desk.preferences.settings
        if getattr(settings, name) == value:
            return
        if name != KEEP_RUNNING:
            self._desk.preferences.change(replace, **{name: value})
        elif self._stays is not None:
            self._stays.trigger()
            self._fill()  # it may have been refused

    @Slot(str)
    def _on_wake(self, key: str) -> None:
        desk = self._desk
        if key.startswith(WATCH) and desk.watches is not None:
            watch = desk.watches.list.watch(key.removeprefix(WATCH))
            if watch is not None:
                desk.watches.snooze(watch, None)
            return
        sought = key.removeprefix(POSTHOG)
        alert = next((one for one in desk.state.alerts.items if one.id == sought), None)
        if alert is not None and desk.online is not None and desk.online.alerts.ready:
            desk.online.alerts.snooze(alert, None)
        else:
            desk.window.notice.set_message(NOT_WOKEN)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.alerts or changes.account:
            self._fill()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
        if self._desk.watches is not None:
            self._desk.watches.list.changed.disconnect(self._fill)
