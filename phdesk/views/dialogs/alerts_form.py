"""Make an alert of PostHog, or change one; nothing happens here, the entry goes up."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from phdesk.core import alert_words as entry
from phdesk.core.alert_entry import Entry, Watchable
from phdesk.core.alert_words import INTERVALS
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.entry_dialog import EntryDialog, Ticks
from phdesk.views.widgets.quiet import Choice

WIDTH, HEIGHT = 520, 640  # px
CONDITIONS = (
    ("The value is", "absolute_value"),
    ("The value rises by", "relative_increase"),
    ("The value falls by", "relative_decrease"),
)
UNITS = (("as a number", False), ("in percent", True))
FOR_ALL = "Everyone in the project sees this alert; PostHog checks it and sends the mails."
OLD_SERVER = "This server knows bounds of values alone."
NOBODY = "Nobody is known to be told: the key lacks the scope user:read."


class AlertForm(EntryDialog):
    """All that an alert says, by fields; what cannot be changed here is shown as it is."""

    save_requested = Signal(object)  # Entry

    def __init__(self, theme: look.Theme, title: str, act: str, parent: QWidget | None) -> None:
        super().__init__(theme, title, act, parent)
        self._held = Entry()
        self._choices: Sequence[Watchable] = ()
        self._name, self._upper, self._lower = QLineEdit(), QLineEdit(), QLineEdit()
        self._blocked = QLineEdit()
        self._insight, self._series = Choice(), Choice()
        self._condition, self._unit, self._interval = Choice(), Choice(), Choice()
        self._unfinished = QCheckBox("Check the unfinished interval too")
        self._weekend = QCheckBox("Not at weekends")
        self._enabled = QCheckBox("On")
        self._users = Ticks(110)
        self._kept, self._note = words.note(theme), words.note(theme, FOR_ALL)
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)

    def set_choices(self, choices: Sequence[Watchable], *, fixed: str = "") -> None:
        """Offer what can be watched; of an alert that exists it stays, named by `fixed`."""
        self._choices = choices
        for one in choices:
            self._insight.addItem(one.title, one.insight_id)
        self._insight.setEnabled(not fixed)
        if fixed and not choices:
            self._insight.addItem(fixed, 0)

    def set_people(self, people: Mapping[int, str], also: Collection[int] = ()) -> None:
        """Offer who can be told by mail; who is ticked stays so, some are `also`."""
        ticked = {*self._told, *also}
        self._users.offer((number, name or f"User {number}") for number, name in people.items())
        self._users.tick(ticked)
        self._users.setVisible(bool(people))
        self.fields[entry.USERS].set_wrong("" if people else NOBODY)

    def set_entry(self, held: Entry) -> None:
        """Fill in what there is."""
        self._held = held
        self._name.setText(held.name)
        self._insight.setCurrentIndex(max(self._insight.findData(held.insight_id), 0))
        self._fill_series()
        self._series.setCurrentIndex(max(self._series.findData(held.series), 0))
        _choose(self._condition, held.condition)
        _choose(self._unit, held.percentage)
        self._upper.setText(held.upper)
        self._lower.setText(held.lower)
        _choose(self._interval, held.interval)
        self._unfinished.setChecked(held.unfinished)
        self._weekend.setChecked(held.skip_weekend)
        self._blocked.setText(held.blocked)
        self._enabled.setChecked(held.enabled)
        self._show_unit()
        self._name.selectAll()
        self._name.setFocus()

    def set_kept(self, text: str, *, rule: bool, watched: bool) -> None:
        """Show what phdesk leaves as it is, in the place of the fields for rule or series."""
        self._kept.setText(text)
        self._kept.setVisible(bool(text))
        for name in (entry.CONDITION, entry.BOUNDS):
            self.fields[name].setVisible(not rule)
        self.fields[entry.SERIES].setVisible(not watched)
        self._unfinished.setVisible(not watched)

    def set_old(self) -> None:
        """Offer only what a server of 2024 can keep."""
        for part in (self._condition, self._unit, self._unfinished, self._weekend, self._blocked):
            part.setEnabled(False)
        self._note.setText(f"{FOR_ALL} {OLD_SERVER}")

    @property
    def entry(self) -> Entry:
        """Give what is entered now."""
        return Entry(
            name=self._name.text(),
            insight_id=self._insight.currentData() or self._held.insight_id,
            condition=self._condition.currentData(),
            percentage=self._unit.currentData(),
            upper=self._upper.text(),
            lower=self._lower.text(),
            series=self._series.currentData() or 0,
            unfinished=self._unfinished.isChecked(),
            interval=self._interval.currentData(),
            skip_weekend=self._weekend.isChecked(),
            blocked=self._blocked.text(),
            users=self._told,
            enabled=self._enabled.isChecked(),
        )

    def _fill_boxes(self) -> None:
        for text, value in CONDITIONS:
            self._condition.addItem(text, value)
        for text, share in UNITS:
            self._unit.addItem(text, share)
        for value, text in INTERVALS.items():
            self._interval.addItem(text.capitalize(), value)
        self._unit.setAccessibleName("How the change is given")
        self._condition.setAccessibleName("Tell when")
        self._upper.setAccessibleName("Tell when more than")
        self._upper.setPlaceholderText("More than")
        self._lower.setAccessibleName("Tell when less than")
        self._lower.setPlaceholderText("Less than")
        self._blocked.setPlaceholderText("22:00–06:00, 12:00–13:00")

    def _arrange(self) -> None:
        self._fill_boxes()
        rule, bounds = _beside(self._condition, self._unit), _beside(self._upper, self._lower)
        self._add(entry.NAME, "Name", self._name)
        self._add(entry.INSIGHT, "Insight", self._insight)
        self._add(entry.SERIES, "Series", self._series)
        self._column.addWidget(self._unfinished)
        self._column.addWidget(self._kept)
        self._add(entry.CONDITION, "Tell when", rule)
        self._add(entry.BOUNDS, "Bounds", bounds)
        self._add(entry.INTERVAL, "Check", self._interval)
        self._column.addWidget(self._weekend)
        self._add(entry.BLOCKED, "Not between", self._blocked)
        self._add(entry.USERS, "Who is told by mail", self._users)
        self._column.addWidget(self._enabled)
        self._kept.hide()
        self._lay_out(below=[self._note])

    def _connect(self) -> None:
        self._insight.currentIndexChanged.connect(self._fill_series)
        self._condition.currentIndexChanged.connect(self._show_unit)
        self._save.clicked.connect(self._on_save)

    @property
    def _told(self) -> tuple[int, ...]:
        """Give who is told; while nobody is known, who was told before."""
        return self._users.ticked if self._users.count() else self._held.users

    @Slot()
    def _fill_series(self) -> None:
        wanted = self._insight.currentData()
        known = next((one for one in self._choices if one.insight_id == wanted), None)
        self._series.clear()
        for place, name in enumerate(known.series if known is not None else ()):
            self._series.addItem(name, place)
        if self._series.count() <= self._held.series:  # not known here: as it is
            self._series.addItem(f"Series {self._held.series + 1}", self._held.series)

    @Slot()
    def _show_unit(self) -> None:
        self._unit.setVisible(self._condition.currentData() != "absolute_value")

    @Slot()
    def _on_save(self) -> None:
        self.save_requested.emit(self.entry)


def _beside(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part, 1)
    made.setFocusProxy(parts[0])
    return made


def _choose(box: QComboBox, value: object) -> None:
    """Choose a value; one that only a newer server knows is offered as it is."""
    if box.findData(value) < 0:
        box.addItem(str(value).replace("_", " ").capitalize(), value)
    box.setCurrentIndex(box.findData(value))
