"""PostHog's alerts of the project: what they watch, how they stand, what can be done with them."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.alert_words import Standing
from phdesk.models.alert import Alert
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.alerts_history import History
from phdesk.views.dialogs.alerts_snooze import SnoozeButton, UntilRow
from phdesk.views.dialogs.list_dialog import ListDialog, offer
from phdesk.views.dialogs.tables import fill

WIDTH, HEIGHT = 940, 620  # px
COLUMNS = ("State", "Name", "Insight", "Watches for", "Last value", "Next check")
WHOLE = (0, 4, 5)  # columns whose words are never cut
ID = Qt.ItemDataRole.UserRole
NONE, NO_MATCH = "No alert watches an insight of this project yet.", "No alert matches."
HARD = "Delete “{}”? It is deleted for everyone, with its history; there is no way back."


class Row(Struct, frozen=True, gc=False):
    """An alert as it is listed."""

    alert: Alert
    standing: Standing
    texts: tuple[str, ...]  # of the columns after the first


class Alerts(ListDialog):
    """A list, the history of one alert below it, and buttons; wishes go up."""

    new_requested = Signal()
    edit_requested = Signal(str)  # alert id
    switch_requested = Signal(str, bool)
    snooze_requested = Signal(str, object)  # timedelta, datetime, or None to wake
    delete_requested = Signal(str)  # after the person has confirmed
    until_wanted = Signal()  # answer with `ask_until`
    selected = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Alerts", COLUMNS, WHOLE, parent)
        self._rows: dict[str, Row] = {}
        self._current = ""
        self._filling = False
        self._filter, self._new = QLineEdit(), QPushButton("New alert…")
        self._age = words.note(theme)
        self.history = History(theme)
        self._edit, self._switch = QPushButton("Edit…"), QPushButton("Switch off")
        self._snooze, self._delete = SnoozeButton(), QPushButton("Delete…")
        self._until = UntilRow()
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._update()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """List alerts, with the one that was chosen before still so."""
        self._rows = {row.alert.id: row for row in rows}
        current = self._current
        self._filling = True
        cells = fill(self._list, [(row.standing.word, *row.texts) for row in rows])
        for (first, *_), row in zip(cells, rows, strict=True):
            color = self._theme.color(row.standing.color)
            first.setIcon(look.icon(row.standing.icon, color))
            first.setData(ID, row.alert.id)
        if current in self._rows:
            self._list.setCurrentCell(list(self._rows).index(current), 0)
        self._filling = False
        self._apply_filter()
        self._on_current()

    def set_filter(self, text: str) -> None:
        """Show what has a text in it."""
        self._filter.setText(text)

    def set_age(self, text: str) -> None:
        """Say when the list was read."""
        self._age.setText(text)

    def set_new(self, why_not: str) -> None:
        """Offer to make an alert, or say why not."""
        offer(self._new, why_not)

    def choose(self, alert_id: str) -> None:
        """Choose an alert that is listed."""
        if alert_id in self._rows:
            self._list.setCurrentCell(list(self._rows).index(alert_id), 0)

    @property
    def current(self) -> str:
        """Give the alert that is chosen."""
        return self._current

    def _arrange(self) -> None:
        self._filter.setPlaceholderText("Filter by name, insight or state")
        self._filter.setAccessibleName("Filter alerts")
        self._new.setProperty("primary", True)
        top = QHBoxLayout()
        top.addWidget(self._filter, 1)
        top.addWidget(self._look)
        top.addWidget(self._new)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._list)
        split.addWidget(self.history)
        split.setChildrenCollapsible(False)
        split.setSizes([HEIGHT // 2, HEIGHT // 2])
        question = self._make_question()
        below = ((part, 0) for part in (question, self._until, self._age))
        acts = (self._edit, self._switch, self._snooze, self._delete)
        self._lay_out(top, [(self._note, 0), (split, 1), *below], acts)
        self._until.hide()

    def _make_question(self) -> QWidget:
        self._question, self._words = QWidget(), words.plain("")
        self._sure, self._keep = QPushButton("Delete this alert"), QPushButton("Keep it")
        self._sure.setProperty("danger", True)
        row = QHBoxLayout()
        row.addWidget(self._sure)
        row.addWidget(self._keep)
        row.addStretch()
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self._words)
        column.addLayout(row)
        self._question.hide()
        return self._question

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._apply_filter)
        self._new.clicked.connect(self.new_requested)
        self._list.itemSelectionChanged.connect(self._on_current)
        self._list.itemActivated.connect(self._on_edit)
        self._edit.clicked.connect(self._on_edit)
        self._switch.clicked.connect(self._on_switch)
        self._snooze.span_chosen.connect(self._on_span)
        self._snooze.date_wanted.connect(self.until_wanted)
        self._until.chosen.connect(self._on_span)
        self._until.given_up.connect(self._until.hide)
        self._delete.clicked.connect(self._ask_first)
        self._sure.clicked.connect(self._on_delete)
        self._keep.clicked.connect(self._question.hide)

    def ask_until(self, now: datetime) -> None:
        """Ask up to when to be quiet."""
        self._until.show()
        self._until.start(now)

    @Slot()
    def _apply_filter(self) -> None:
        wanted = self._filter.text().casefold().split()
        shown = 0
        for place, row in enumerate(self._rows.values()):
            text = " ".join((row.standing.word, *row.texts)).casefold()
            fits = all(word in text for word in wanted)
            self._list.setRowHidden(place, not fits)
            shown += fits
        self._choose_shown()
        self._note.setText("" if shown else NO_MATCH if self._rows else NONE)
        self._note.setVisible(not shown)

    def _choose_shown(self) -> None:
        """Choose the first alert that is shown where the chosen one is not."""
        now = self._list.currentRow()
        places = [one for one in range(len(self._rows)) if not self._list.isRowHidden(one)]
        if now not in places:
            self._list.setCurrentCell(places[0] if places else -1, 0)

    @Slot()
    def _on_current(self) -> None:
        if self._filling:  # what is chosen does not change meanwhile
            return
        row = self._list.currentRow()
        item = self._list.item(row, 0) if row >= 0 else None
        chosen = str(item.data(ID)) if item is not None else ""
        if chosen != self._current:
            self._current = chosen
            self._question.hide()
            self._until.hide()
            self.selected.emit(chosen)
        self._update()

    def _update(self) -> None:
        row = self._rows.get(self._current)
        for button in (self._edit, self._switch, self._snooze, self._delete):
            button.setEnabled(row is not None)
        if row is not None:
            self._switch.setText("Switch off" if row.alert.enabled else "Switch on")
            self._snooze.set_asleep(asleep=row.alert.snoozed_until is not None)

    @Slot()
    def _on_edit(self) -> None:
        if self._current:
            self.edit_requested.emit(self._current)

    @Slot()
    def _on_switch(self) -> None:
        row = self._rows.get(self._current)
        if row is not None:
            self.switch_requested.emit(self._current, not row.alert.enabled)

    @Slot(object)
    def _on_span(self, span: object) -> None:
        self._until.hide()
        if self._current:
            self.snooze_requested.emit(self._current, span)

    @Slot()
    def _ask_first(self) -> None:
        row = self._rows.get(self._current)
        if row is not None:
            self._words.setText(HARD.format(row.alert.name))
            self._sure.setAccessibleDescription(self._words.text())
            self._question.show()
            self._keep.setFocus()

    @Slot()
    def _on_delete(self) -> None:
        self._question.hide()
        if self._current:
            self.delete_requested.emit(self._current)
