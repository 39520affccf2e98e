"""Make an alert of PostHog, or change one; nothing happens here, the entry goes up."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from phdesk.core import alert_words as entry
from phdesk.core.alert_entry import Entry, Watchable
from phdesk.core.alert_words import INTERVALS
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.alerts_field import Field

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


class AlertForm(QDialog):
    """All that an alert says, by fields; what cannot be changed here is shown as it is."""

    save_requested = Signal(object)  # Entry

    def __init__(self, theme: look.Theme, title: str, act: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme = theme
        self._held = Entry()
        self._choices: Sequence[Watchable] = ()
        self._name, self._upper, self._lower = QLineEdit(), QLineEdit(), QLineEdit()
        self._blocked = QLineEdit()
        self._insight, self._series = QComboBox(), QComboBox()
        self._condition, self._unit, self._interval = QComboBox(), QComboBox(), QComboBox()
        self._unfinished = QCheckBox("Check the unfinished interval too")
        self._weekend = QCheckBox("Not at weekends")
        self._enabled = QCheckBox("On")
        self._users = QListWidget()
        self._kept = words.note(theme)
        self._trouble = words.plain("")
        self._trouble.setForegroundRole(words.BAD)
        self._trouble.hide()
        self._note = words.note(theme, FOR_ALL)
        self._save = QPushButton(act)
        self._cancel = QPushButton("Cancel")
        self.fields: dict[str, Field] = {}
        self._arrange(title)
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
        ticked = {*(self._told() if self._users.count() else self._held.users), *also}
        self._users.clear()
        for number, name in people.items():
            item = QListWidgetItem(name or f"User {number}")
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setCheckState(_ticked(on=number in ticked))
            self._users.addItem(item)
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

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields what is wrong; under an empty name it is the whole."""
        for name, field in self.fields.items():
            field.set_wrong(wrong.get(name, ""))
        self._trouble.setText(wrong.get("", ""))
        self._trouble.setVisible(bool(self._trouble.text()))
        first = next((self.fields[name] for name in self.fields if name in wrong), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first)

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice."""
        self._save.setEnabled(not on)

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
            users=self._told() if self._users.count() else self._held.users,
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
        self._users.setProperty("ring", True)
        self._users.setMaximumHeight(110)

    def _arrange(self, title: str) -> None:
        theme = self._theme
        self._fill_boxes()
        rule, bounds = _beside(self._condition, self._unit), _beside(self._upper, self._lower)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for key, name, part, focus in (
            (entry.NAME, "Name", self._name, self._name),
            (entry.INSIGHT, "Insight", self._insight, self._insight),
            (entry.SERIES, "Series", self._series, self._series),
            (entry.CONDITION, "Tell when", rule, self._condition),
            (entry.BOUNDS, "Bounds", bounds, self._upper),
            (entry.INTERVAL, "Check", self._interval, self._interval),
            (entry.BLOCKED, "Not between", self._blocked, self._blocked),
            (entry.USERS, "Who is told by mail", self._users, self._users),
        ):
            made = Field(theme, name, part)
            if part is not focus:
                part.setFocusProxy(focus)
            self.fields[key] = made
            column.addWidget(made)
            if key == entry.SERIES:
                column.addWidget(self._unfinished)
                column.addWidget(self._kept)
            elif key == entry.INTERVAL:
                column.addWidget(self._weekend)
        column.addWidget(self._enabled)
        column.addStretch(1)
        self._kept.hide()
        self._end(title, inner)

    def _end(self, title: str, inner: QWidget) -> None:
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
        column.addWidget(self._trouble)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._note)
        column.addLayout(row)

    def _connect(self) -> None:
        self._insight.currentIndexChanged.connect(self._fill_series)
        self._condition.currentIndexChanged.connect(self._show_unit)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)

    def _told(self) -> tuple[int, ...]:
        items = (self._users.item(row) for row in range(self._users.count()))
        on = Qt.CheckState.Checked
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is on
        )

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
    return made


def _choose(box: QComboBox, value: object) -> None:
    """Choose a value; one that only a newer server knows is offered as it is."""
    if box.findData(value) < 0:
        box.addItem(str(value).replace("_", " ").capitalize(), value)
    box.setCurrentIndex(box.findData(value))


def _ticked(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
