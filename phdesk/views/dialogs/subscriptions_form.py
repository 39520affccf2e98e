"""Make a subscription, or change one; nothing happens here, the entry goes up."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from PySide6.QtCore import QDate, QTime, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from phdesk.core import subscription_words as names
from phdesk.core.subscription_entry import CONNECTED, Entry, entry_words, zone_words
from phdesk.core.subscription_words import target_words
from phdesk.models.subscription import EMAIL, SLACK, WEBHOOK
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.entry_dialog import EntryDialog, Ticks
from phdesk.views.dialogs.rhythm_field import DaysField, EveryField
from phdesk.views.widgets.quiet import Choice, Clock, Day

WIDTH, HEIGHT = 560, 700  # px
HINTS = {
    EMAIL: "ada@example.org, ben@example.org",
    SLACK: "C0123ABCD|#growth",
    WEBHOOK: "https://",
}
TOLD = "PostHog sends it, also while this computer is off, and tells new addresses of it at once."


class SubscriptionForm(EntryDialog):
    """All that a subscription says, by fields."""

    save_requested = Signal(object)  # Entry

    def __init__(self, theme: look.Theme, title: str, act: str, parent: QWidget | None) -> None:
        super().__init__(theme, title, act, parent)
        self._title, self._value, self._connection = QLineEdit(), QLineEdit(), QLineEdit()
        self._target, self._charts = Choice(), Ticks(130)
        self._every, self._days = EveryField(), DaysField()
        self._day, self._at = Day(), Clock()
        self._invitation = QLineEdit()
        self._sentence, self._zone = words.plain(""), words.note(theme)
        self._what, self._note = words.plain(""), words.note(theme, TOLD)
        self._connections: Mapping[str, int] = {}
        self._arrange()
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
        self._charts.offer(charts)
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
        self._charts.tick(held.charts)
        self._days.set_value(held.weekdays, held.position)
        self._every.set_value(held.frequency, held.interval)
        self._day.setDate(QDate(held.day.year, held.day.month, held.day.day))
        self._at.setTime(QTime(held.at.hour, held.at.minute))
        self._invitation.setText(held.invitation)
        self._on_target()
        self._on_rhythm()
        self._value.setFocus()

    @property
    def entry(self) -> Entry:
        """Give what is entered now."""
        day, at = self._day.date(), self._at.time()
        return Entry(
            title=self._title.text(),
            target=self._target.currentData(),
            value=self._value.text(),
            connection=self._connection.text(),
            charts=self._charts.ticked,
            frequency=self._every.frequency,
            interval=self._every.interval,
            weekdays=self._days.weekdays,
            position=self._days.position,
            day=date(day.year(), day.month(), day.day()),
            at=time(at.hour(), at.minute()),
            invitation=self._invitation.text(),
        )

    def _arrange(self) -> None:
        self._day.setDisplayFormat("ddd d MMM yyyy")
        self._at.setDisplayFormat("HH:mm")
        self._at.setAccessibleName("Time of day")
        self._day.setAccessibleName("From the day")
        self._connection.setPlaceholderText("As in PostHog's settings, under Integrations")
        self._invitation.setPlaceholderText("Optional")
        start = QWidget()
        row = QHBoxLayout(start)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._at)
        row.addWidget(self._day)
        row.addStretch(1)
        start.setFocusProxy(self._at)
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
            self._add(key, name, part)
        self._lay_out(above=[self._what], below=[self._sentence, self._zone, self._note])

    def _connect(self) -> None:
        self._target.currentIndexChanged.connect(self._on_target)
        self._every.changed.connect(self._on_rhythm)
        self._days.changed.connect(self._tell)
        self._day.dateChanged.connect(self._tell)
        self._at.timeChanged.connect(self._tell)
        self._save.clicked.connect(self._on_save)

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
