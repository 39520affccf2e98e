"""A button that puts an alert to sleep for a while, or wakes it."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QDateTime, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from phdesk.views.widgets.quiet import Moment

SPANS = (
    ("1 hour", timedelta(hours=1)),
    ("6 hours", timedelta(hours=6)),
    ("1 day", timedelta(days=1)),
    ("1 week", timedelta(weeks=1)),
)
DATE = "Until a date…"
WAKE = "Wake now"


class SnoozeButton(QPushButton):
    """Offers spans; an alert that sleeps can be woken."""

    span_chosen = Signal(object)  # timedelta, or None to wake
    date_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Snooze", parent)
        menu = QMenu(self)
        self._wake = menu.addAction(WAKE)
        self._wake.triggered.connect(partial(self.span_chosen.emit, None))
        for text, span in SPANS:
            menu.addAction(text).triggered.connect(partial(self.span_chosen.emit, span))
        menu.addAction(DATE).triggered.connect(self.date_wanted)
        self.setMenu(menu)
        self.set_asleep(asleep=False)

    def set_asleep(self, *, asleep: bool) -> None:
        """Offer to wake what sleeps."""
        self._wake.setVisible(asleep)


class UntilRow(QWidget):
    """A date and time up to which to be quiet."""

    chosen = Signal(object)  # aware datetime
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._when = Moment()
        self._when.setDisplayFormat("ddd d MMM yyyy  HH:mm")
        self._when.setAccessibleName("Quiet until")
        self._take, self._leave = QPushButton("Snooze until then"), QPushButton("Cancel")
        self._take.setProperty("primary", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._when, self._take, self._leave):
            row.addWidget(part)
        row.addStretch(1)
        self._take.clicked.connect(self._on_take)
        self._leave.clicked.connect(self.given_up)

    def start(self, now: datetime) -> None:
        """Begin with tomorrow at this time; nothing that is past can be chosen."""
        self._when.setMinimumDateTime(QDateTime.fromSecsSinceEpoch(int(now.timestamp())))
        later = now + timedelta(days=1)
        self._when.setDateTime(QDateTime.fromSecsSinceEpoch(int(later.timestamp())))
        self._when.setFocus()

    @Slot()
    def _on_take(self) -> None:
        seconds = self._when.dateTime().toSecsSinceEpoch()
        self.chosen.emit(datetime.fromtimestamp(seconds).astimezone())
