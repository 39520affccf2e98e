"""Make a subscription, or change one; nothing happens here, the entry goes up."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from PySide6.QtCore import QDate, Qt, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from phdesk.core import subscription_words as names
from phdesk.core.subscription_entry import CONNECTED, Entry, entry_words, zone_words
from phdesk.core.subscription_words import target_words
from phdesk.models.subscription import EMAIL, SLACK, WEBHOOK
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.alerts_field import Field
from phdesk.views.dialogs.rhythm_field import DaysField, EveryField

WIDTH, HEIGHT = 560, 700  # px
ID = Qt.ItemDataRole.UserRole
HINTS = {
    EMAIL: "ada@example.org, ben@example.org",
    SLACK: "C0123ABCD|#growth",
    WEBHOOK: "https://",
}
TOLD = "PostHog sends it, also while this computer is off, and tells new addresses of it at once."


class SubscriptionForm(QDialog):
    """All that a subscription says, by fields."""

    save_requested = Signal(object)  # Entry

    def __init__(self, theme: look.Theme, title: str, act: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme = theme
        self._title, self._value, self._connection = QLineEdit(), QLineEdit(), QLineEdit()
        self._target, self._charts = QComboBox(), QListWidget()
        self._every, self._days = EveryField(), DaysField()
        self._day, self._at = QDateEdit(), QTimeEdit()
        self._invitation = QLineEdit()
        self._sentence, self._zone = words.plain(""), words.note(theme)
        self._what, self._trouble = words.plain(""), words.plain("")
        self._note = words.note(theme, TOLD)
        self._save, self._cancel = QPushButton(act), QPushButton("Cancel")
        self._connections: Mapping[str, int] = {}
        self.fields: dict[str, Field] = {}
        self._arrange(title)
        self._connect()
        self.resize(WIDTH, HEIGHT)

    def set_targets(self, targets: Sequence[str]) -> None:
        """Offer the ways by which the server sends."""
        for target in targets:
            self._target.addItem(target_words(target), target)

    def set_connections(self, known: Mapping[str, int]) -> None:
        """Propose the connections through which other subscriptions go, by their way."""
        self._connections = known

    def set_charts(self, charts: Sequence[tuple[int, str]], *, wanted: bool) -> None:
        """Offer the insights of the dashboard to be drawn, where the server wants to know."""
        for number, name in charts:
            item = QListWidgetItem(name)
            item.setData(ID, number)
            item.setCheckState(Qt.CheckState.Unchecked)
            self._charts.addItem(item)
        self.fields[names.CHARTS].setVisible(wanted)

    def set_what(self, text: str) -> None:
        """Say what is sent."""
        self._what.setText(text)

    def set_entry(self, held: Entry) -> None:
        """Fill in what there is."""
        self._title.setText(held.title)
        if self._target.findData(held.target) < 0:
            self._target.addItem(target_words(held.target), held.target)
        self._target.setCurrentIndex(self._target.findData(held.target))
        self._value.setText(held.value)
        self._connection.setText(held.connection)
        for row in range(self._charts.count()):
            item = self._charts.item(row)
            on = item.data(ID) in held.charts
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._days.set_value(held.weekdays, held.position)
        self._every.set_value(held.frequency, held.interval)
        self._day.setDate(QDate(held.day.year, held.day.month, held.day.day))
        self._at.setTime(QTime(held.at.hour, held.at.minute))
        self._invitation.setText(held.invitation)
        self._on_target()
        self._on_rhythm()
        self._value.setFocus()

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields what is wrong; under an empty name it is the whole."""
        for name, field in self.fields.items():
            field.set_wrong(wrong.get(name, ""))
        self._trouble.setText(wrong.get("", ""))
        self._trouble.setVisible(bool(self._trouble.text()))
        first = next((self.fields[name] for name in self.fields if name in wrong), None)
        if first is not None:
            first.show()
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first)

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice."""
        self._save.setEnabled(not on)

    @property
    def entry(self) -> Entry:
        """Give what is entered now."""
        day, at = self._day.date(), self._at.time()
        items = (self._charts.item(row) for row in range(self._charts.count()))
        return Entry(
            title=self._title.text(),
            target=self._target.currentData(),
            value=self._value.text(),
            connection=self._connection.text(),
            charts=tuple(
                int(one.data(ID)) for one in items if one.checkState() is Qt.CheckState.Checked
            ),
            frequency=self._every.frequency,
            interval=self._every.interval,
            weekdays=self._days.weekdays,
            position=self._days.position,
            day=date(day.year(), day.month(), day.day()),
            at=time(at.hour(), at.minute()),
            invitation=self._invitation.text(),
        )

    def _arrange(self, title: str) -> None:
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("ddd d MMM yyyy")
        self._at.setDisplayFormat("HH:mm")
        self._at.setAccessibleName("Time of day")
        self._day.setAccessibleName("From the day")
        self._charts.setProperty("ring", True)
        self._charts.setMaximumHeight(130)
        self._connection.setPlaceholderText("As in PostHog's settings, under Integrations")
        self._invitation.setPlaceholderText("Optional")
        start = QWidget()
        row = QHBoxLayout(start)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._at)
        row.addWidget(self._day)
        row.addStretch(1)
        start.setFocusProxy(self._at)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for key, name, part in (
            (names.TITLE, "Title", self._title),
            (names.TARGET, "By", self._target),
            (names.VALUE, "To", self._value),
            (names.CONNECTION, "Number of the connection", self._connection),
            (names.CHARTS, "Charts that are sent, at most six", self._charts),
            (names.EVERY, "Every", self._every),
            (names.DAYS, "On", self._days),
            (names.START, "At, from the day", start),
            (names.INVITATION, "Message to those who are new", self._invitation),
        ):
            self.fields[key] = Field(self._theme, name, part)
            column.addWidget(self.fields[key])
        column.addStretch(1)
        self._end(title, inner)

    def _end(self, title: str, inner: QWidget) -> None:
        self._trouble.setForegroundRole(words.BAD)
        self._trouble.hide()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(title, self._theme))
        column.addWidget(self._what)
        column.addWidget(self._trouble)
        column.addWidget(self._scroll, 1)
        for line in (self._sentence, self._zone, self._note):
            column.addWidget(line)
        column.addLayout(row)

    def _connect(self) -> None:
        self._target.currentIndexChanged.connect(self._on_target)
        self._every.changed.connect(self._on_rhythm)
        self._days.changed.connect(self._tell)
        self._day.dateChanged.connect(self._tell)
        self._at.timeChanged.connect(self._tell)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)

    @Slot()
    def _on_target(self) -> None:
        target = self._target.currentData()
        self._value.setPlaceholderText(HINTS.get(target, ""))
        self.fields[names.CONNECTION].setVisible(target in CONNECTED)
        if target in self._connections and not self._connection.text():
            self._connection.setText(str(self._connections[target]))
        self.fields[names.INVITATION].setVisible(target == EMAIL)

    @Slot()
    def _on_rhythm(self) -> None:
        self._days.set_frequency(self._every.frequency)
        self.fields[names.DAYS].setVisible(self._days.has_choice)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Say in a sentence what is entered, and where this computer's clock and PostHog's part."""
        entry = self.entry
        self._sentence.setText(entry_words(entry))
        zone = zone_words(entry)
        self._zone.setText(zone)
        self._zone.setVisible(bool(zone))

    @Slot()
    def _on_save(self) -> None:
        self.save_requested.emit(self.entry)
