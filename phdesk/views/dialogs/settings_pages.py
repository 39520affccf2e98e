"""The pages of the settings: general, freshness, alerts."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from phdesk.core.wall.values import WrongValueError, hours
from phdesk.services.settings import AlertSeverity, Settings
from phdesk.views.dialogs import words
from phdesk.views.dialogs.freshness import MINUTES, every_words
from phdesk.views.dialogs.settings_page import SettingsPage
from phdesk.views.theme import Theme

ID = Qt.ItemDataRole.UserRole
BETWEEN = ";"  # of quiet hours: commas stand between days
THEMES = (("As the system", "system"), ("Light", "light"), ("Dark", "dark"))
WALLS = (("A word in the header", "badge"), ("Take over the screen", "take over"), ("Off", "off"))
REMINDERS = (("Never", 0), ("After an hour", 60), ("After 6 hours", 360), ("After a day", 1440))
SOUNDS: tuple[tuple[AlertSeverity, str], ...] = (
    ("critical", "&Critical"),
    ("warning", "&Warning"),
    ("info", "&Information"),
)
QUIET_NOTE = "Such as 22:00-07:00; sat,sun 00:00-24:00. What is found in them is told afterwards."
NOBODY = "No alert is snoozed."


def general(theme: Theme) -> SettingsPage:
    """Make the page of how phdesk looks and moves."""
    page = SettingsPage(theme)
    page.add_choice("theme", "&Theme", THEMES)
    page.add_check("colorblind", "Colours that &colour-blind eyes tell apart")
    page.add_check("reduced_motion", "Let nothing &glide on screen")
    note = "Such as R to refresh and E to edit. Keys with Ctrl always work."
    page.add_check("letter_keys", "&Single letters as shortcuts", note)
    note = "Of definitions each month, of stale dashboards each quarter, once a week at most."
    page.add_check("review_reminders", "&Remind of reviews that are due", note)
    page.end()
    return page


def freshness(theme: Theme) -> SettingsPage:
    """Make the page of when numbers are refreshed, and what it may cost."""
    page = SettingsPage(theme)
    entries = [(every_words(minutes), minutes) for minutes in MINUTES]
    page.add_choice("auto_refresh_minutes", "Refresh by &itself", entries, every_words)
    page.add_check("refresh_on_battery", "Also on &battery")
    page.add_check("refresh_on_metered", "Also on &metered connections")
    page.add_percent("background_share", "By itself at most, of each &hour's limit", 0, 100)
    page.add_percent("drop_percent", "Mark &falls since you last looked of at least", 1, 99)
    page.add_note("Ctrl+U says what was spent of the team's limits, and what is kept on disk.")
    page.end()
    return page


class Sleeper(Struct, frozen=True, gc=False):
    """An alert that is snoozed, in words."""

    key: str
    text: str


class AlertsPage(SettingsPage):
    """How alerts are told, and which of them sleep."""

    wake_requested = Signal(str)  # key

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._sounds: dict[AlertSeverity, QCheckBox] = {}
        self._quiet = QLineEdit()
        self._quiet_wrong = words.plain("")
        self._sleepers = QListWidget()
        self._nobody = words.note(theme, NOBODY)
        self._wake = QPushButton("&Wake")
        self._add_telling()
        self._add_watching()
        self._add_sleepers()
        self.end()

    def set_settings(self, settings: Settings) -> None:
        """Show what holds."""
        super().set_settings(settings)
        for severity, box in self._sounds.items():
            box.setChecked(severity in settings.alert_sounds)
            box.setEnabled(settings.notifications)
        if not self._quiet.hasFocus():
            self._quiet.setText(f"{BETWEEN} ".join(settings.quiet_hours))
            self._say_wrong("")
        self._quiet.setEnabled(settings.notifications)

    def set_sleepers(self, sleepers: Sequence[Sleeper]) -> None:
        """List what is snoozed; the one with the keyboard keeps it."""
        place = self._sleepers.currentRow()
        self._sleepers.clear()
        for one in sleepers:
            item = QListWidgetItem(one.text)
            item.setData(ID, one.key)
            self._sleepers.addItem(item)
        if sleepers:
            self._sleepers.setCurrentRow(min(max(place, 0), len(sleepers) - 1))
        self._sleepers.setVisible(bool(sleepers))
        self._wake.setVisible(bool(sleepers))
        self._nobody.setVisible(not sleepers)

    def set_can_stay(self, *, can: bool) -> None:
        """Say whether this phdesk can go on without a window."""
        self.field("keep_running").setEnabled(can)

    def _add_telling(self) -> None:
        self.add_title("How you are told")
        note = "Without them, the inbox alone has what was found."
        self.add_check("notifications", "Show &notifications", note)
        row = QHBoxLayout()
        row.addWidget(words.plain("Sound for"))
        for severity, text in SOUNDS:
            box = self._sounds[severity] = QCheckBox(text)
            box.setAccessibleName(f"Sound for {text.replace('&', '').lower()} alerts")
            box.setMinimumHeight(24)
            box.clicked.connect(self._on_sound)
            row.addWidget(box)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(words.caption("&Quiet hours", self._quiet, self.theme))
        self._quiet.setAccessibleDescription(QUIET_NOTE)
        self._quiet.editingFinished.connect(self._on_quiet)
        self._quiet_wrong.setForegroundRole(words.BAD)
        self._quiet_wrong.hide()
        self.column.addWidget(self._quiet)
        self.column.addWidget(self._quiet_wrong)
        self.add_note(QUIET_NOTE)
        self.add_choice(
            "remind_minutes", "Tell new watches &again while they last", REMINDERS, _after
        )
        self.add_choice("wall_alerts", "In &monitor mode (F)", WALLS)

    def _add_watching(self) -> None:
        self.add_title("What is watched")
        note = "Their watched tiles are refreshed by the clock, from the same share of the limits."
        self.add_check("watch_unopened", "Watch dashboards that are not &open", note)
        note = (
            "When the last window is closed; and start with the computer, where that is possible."
        )
        self.add_check("keep_running", "&Keep running for alerts", note)

    def _add_sleepers(self) -> None:
        self.add_title("Snoozed")
        self._sleepers.setAccessibleName("Snoozed alerts")
        self._sleepers.setProperty("ring", True)
        self._sleepers.setMaximumHeight(110)
        self._wake.setAutoDefault(False)
        self._wake.clicked.connect(self._on_wake)
        self._sleepers.itemActivated.connect(self._on_wake)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._wake)
        self.column.addWidget(self._nobody)
        self.column.addWidget(self._sleepers)
        self.column.addLayout(row)
        self.set_sleepers(())

    def _say_wrong(self, text: str) -> None:
        self._quiet_wrong.setText(text)
        self._quiet_wrong.setVisible(bool(text))

    @Slot()
    def _on_sound(self) -> None:
        chosen = tuple(severity for severity, box in self._sounds.items() if box.isChecked())
        self.changed.emit("alert_sounds", chosen)

    @Slot()
    def _on_quiet(self) -> None:
        """Take quiet hours that are understood; else say what is wrong and change nothing."""
        parts = tuple(filter(None, (one.strip() for one in self._quiet.text().split(BETWEEN))))
        try:
            for one in parts:
                hours(one)
        except WrongValueError as why:
            self._say_wrong(f"Not understood: {why}.")
            return
        self._say_wrong("")
        self.changed.emit("quiet_hours", parts)

    @Slot()
    def _on_wake(self) -> None:
        item = self._sleepers.currentItem()
        if item is not None:
            self.wake_requested.emit(str(item.data(ID)))


def _after(minutes: int) -> str:
    return f"After {minutes} minutes" if minutes > 0 else "Never"
