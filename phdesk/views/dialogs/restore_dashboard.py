"""Bring back a dashboard: one that is known to be deleted, or by its number or address."""

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.ages import day_clock
from phdesk.core.gone import Gone
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.trouble import Keyboard, Trouble, show_wrong
from phdesk.views.widgets.pressing import Dialog

WIDTH, HEIGHT, ROW = 520, 420, 30  # px
WHY = (
    "PostHog has no list of deleted dashboards. Here is what was deleted from this window, and what"
    " the activity log tells."
)
NUMBERED = "number"  # the field, where something is wrong with it
NONE = "No deleted dashboard is known."
NUMBER = re.compile(r"(?:^|/dashboards?/)(\d{1,15})(?:[/?#].*)?$")


class RestoreDashboard(Dialog):
    """Nothing comes back here: the wish goes up, and a refusal comes back."""

    restore_requested = Signal(object)  # int, of any size: Qt's would wrap around to another one

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Restore a dashboard")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Deleted dashboards")
        self._list.setProperty("ring", True)
        self._list.hide()
        self._none = words.plain(NONE)
        self._log = words.note(theme)
        self._number = QLineEdit()
        self._field = Field(theme, "Or its number, or the address of its page", self._number)
        self._trouble, self._keyboard = Trouble(), Keyboard(self)
        self._sending = False
        self._restore, self._cancel = QPushButton("Restore for everyone"), QPushButton("Cancel")
        self._restore.setProperty("primary", True)
        self._restore.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._lay_out(theme)
        self._number.textChanged.connect(self._update)
        self._list.currentRowChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_restore)
        self._restore.clicked.connect(self._on_restore)
        self._cancel.clicked.connect(self.reject)
        self.resize(WIDTH, HEIGHT)
        self._update()

    def _lay_out(self, theme: look.Theme) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Restore a dashboard", theme))
        column.addWidget(words.note(theme, WHY))
        for part in (self._trouble, self._none, self._list, self._log, self._field):
            column.addWidget(part)
        column.addStretch()
        column.addLayout(row)

    def set_gone(self, found: Sequence[Gone], now: datetime) -> None:
        """List what is known to be deleted, with the one that was chosen still so."""
        chosen = self._chosen()
        self._list.clear()
        for one in found:
            item = QListWidgetItem(_line(one, now))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setSizeHint(QSize(0, ROW))
            self._list.addItem(item)
            if one.id == chosen:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0 and found:
            self._list.setCurrentRow(0)
        self._list.setVisible(bool(found))
        self._none.setVisible(not found)
        self._update()

    @property
    def log(self) -> str:
        """Give what is said of the activity log."""
        return self._log.text()

    def set_log(self, text: str) -> None:
        """Say how it is with the activity log."""
        self._log.setText(text)
        self._log.setVisible(bool(text))

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice."""
        self._sending = on
        if on:
            self._keyboard.hold()
        self._update()
        if not on:
            self._keyboard.give_back()

    @property
    def trouble(self) -> str:
        """Give the reason that is shown."""
        return self._trouble.text() or self._field.wrong

    def set_trouble(self, why: str, *, unknown: bool = False) -> None:
        """Say why it did not come back; of a number that is `unknown`, at the number."""
        at_number = unknown and bool(self._number.text().strip())
        show_wrong({NUMBERED if at_number else "": why}, {NUMBERED: self._field}, self._trouble.say)

    def _chosen(self) -> int:
        row = self._list.currentRow()
        return int(self._list.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else 0

    def _wanted(self) -> int:
        text = self._number.text().strip()
        found = NUMBER.search(text)
        if text:
            return int(found[1]) if found else 0
        return self._chosen()

    @Slot()
    def _update(self) -> None:
        text = self._number.text().strip()
        wrong = "This is neither a number nor the address of a dashboard."
        self._field.set_wrong(wrong if text and not self._wanted() else "")
        self._restore.setEnabled(bool(self._wanted()) and not self._sending)

    @Slot()
    def _on_restore(self) -> None:
        if self._wanted() and not self._sending:
            self.restore_requested.emit(self._wanted())


def _line(one: Gone, now: datetime) -> str:
    """Name a dashboard, and say who deleted it and when."""
    name = one.name.strip() or f"Dashboard {one.id}"
    at = one.at.astimezone() if one.at is not None else None
    day = day_clock(at) if at is not None else ""
    if at is not None and at.date() == now.astimezone().date():
        day = f"today {at:%H:%M}"
    said = ", ".join(part for part in (one.who, day) if part)
    return f"{name} – deleted by {said}" if one.who else f"{name} – deleted {said}".rstrip(" ")
