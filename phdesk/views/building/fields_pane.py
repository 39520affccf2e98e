"""All settings of an insight, by section, each with what is wrong about it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from phdesk.core.building.draft import Draft
from phdesk.core.building.fault import Fault
from phdesk.core.building.field import Field
from phdesk.core.building.fields import field_of, fields, sections
from phdesk.core.building.untouched import dormant, untouched
from phdesk.views.building.breakdown_control import BreakdownControl
from phdesk.views.building.conditions_control import ConditionsControl
from phdesk.views.building.control import Around, Control
from phdesk.views.building.dates_control import DatesControl
from phdesk.views.building.event_control import EventControl
from phdesk.views.building.list_controls import ExclusionsControl, FormulasControl, GoalsControl
from phdesk.views.building.plain_controls import (
    ChoiceControl,
    ColumnControl,
    CountedControl,
    DecimalControl,
    FlagControl,
    NumberControl,
    SeveralControl,
    TextControl,
    TextsControl,
)
from phdesk.views.building.series_control import SeriesControl
from phdesk.views.building.sources import Sources
from phdesk.views.building.sql_controls import ColumnsControl, SqlControl
from phdesk.views.building.variables_control import VariablesControl
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme

JOINED = {
    "funnelsFilter.funnelWindowIntervalUnit": "funnelsFilter.funnelWindowInterval",
    "stickinessFilter.stickinessCriteria.value": "stickinessFilter.stickinessCriteria.operator",
}
LINE = 30  # px of a setting in one line
LABELS = 128  # px of names beside settings
EDGE = 16  # px
WIDEST = 440  # px that the settings may ask for before the chart has any
CONTROLS: Mapping[str, type[Control]] = {
    "choice": ChoiceControl,
    "several": SeveralControl,
    "flag": FlagControl,
    "text": TextControl,
    "number": NumberControl,
    "decimal": DecimalControl,
    "texts": TextsControl,
    "event": EventControl,
    "series": SeriesControl,
    "conditions": ConditionsControl,
    "breakdown": BreakdownControl,
    "formulas": FormulasControl,
    "dates": DatesControl,
    "exclusions": ExclusionsControl,
    "sql": SqlControl,
    "column": ColumnControl,
    "columns": ColumnsControl,
    "goals": GoalsControl,
    "variables": VariablesControl,
    "counted": CountedControl,
}
KEPT = "Kept as they are; to be edited in PostHog: {}."
IDLE = "Kept, though without meaning for this chart: {}."


class FieldRow(QWidget):
    """A setting with its name, and below it what is wrong."""

    def __init__(self, field: Field, control: Control, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.control = control
        self._row: QHBoxLayout | None = None
        self._of_use = True
        self._label = QLabel(field.label)
        self._label.setWordWrap(True)
        self._fault = words.plain("")
        self._fault.setForegroundRole(words.BAD)
        self._fault.setFont(theme.font(12))
        self._fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if control.names_itself:
            self._label.hide()
            column.addWidget(control)
        elif control.wide:
            column.addWidget(self._label)
            column.addWidget(control)
        else:
            self._label.setFixedWidth(LABELS)
            self._label.setBuddy(control.taker)
            self._label.setMinimumHeight(LINE)
            row = self._row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(control, 1)
            column.addLayout(row)
        column.addWidget(self._fault)

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def appear(self) -> None:
        """Show it, if there is something to choose."""
        self.setVisible(self._of_use)

    def join(self, other: "FieldRow") -> None:
        """Take the control of another setting beside this one, such as a unit."""
        other.hide()  # each time: who lays rows out shows them all
        if self._row is not None and other.control.parent() is not self:
            self._row.addWidget(other.control, 1)

    def set_field(self, field: Field, draft: Draft, around: Around) -> None:
        """Show a setting with its value."""
        self._label.setText(field.label)
        self._label.setToolTip(field.fixed)
        self.control.set_field(field, draft, around)
        if self.control.is_of_use != self._of_use:
            self._of_use = self.control.is_of_use
            self.setVisible(self._of_use)

    def set_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong; nothing takes no room."""
        rest = self.control.place(faults)
        said = "\n".join(dict.fromkeys(one.message for one in rest))
        self._fault.setText(said)
        self._fault.setVisible(bool(said))
        self.control.set_fault(said)
        if isinstance(self.control, SqlControl):
            placed = next((one for one in faults if one.start is not None), None)
            place = (placed.start, placed.end) if placed is not None else (None, None)
            self.control.editor.set_error(said, *place)


class FieldsPane(QScrollArea):
    """Made of the list that the core gives; rows whose settings stay keep the keyboard."""

    edited = Signal(object, str)  # Draft, tag
    run_requested = Signal()

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sources = theme, sources
        self._rows: dict[tuple[str, str], FieldRow] = {}
        self._heads: dict[str, QLabel] = {}
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._kind = ""
        self._fields: tuple[Field, ...] = ()
        self._neighbours: tuple[QWidget, Callable[[], Sequence[QWidget]]] | None = None
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(2, 0, EDGE, EDGE)
        self._column.setSpacing(10)
        self._kept = words.note(theme)
        self._column.addWidget(self._kept)
        self._column.addStretch(1)
        self._order = QTimer(self)
        self._order.setSingleShot(True)
        self._order.setInterval(0)
        self._order.timeout.connect(self._order_stops)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner.installEventFilter(self)
        # Qt brings what Tab comes to into sight sideways, too; there is no bar to come back with.
        self.horizontalScrollBar().valueChanged.connect(self._stay)

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """Give the rows that are shown, by the name of their setting."""
        return {name: self._rows[name, control] for name, control, _ in self._shown}

    def set_draft(self, draft: Draft, around: Around) -> None:
        """Show the settings of a draft."""
        self._fields = found = fields(draft, modern=around.modern)
        wanted = tuple((one.name, one.control, one.section) for one in found)
        if wanted != self._shown:
            self._lay_out(found, wanted)
        if draft.kind != self._kind:
            self._kind = draft.kind
            self.go_up()
        for field in found:
            self._rows[field.name, field.control].set_field(field, draft, around)
        kept = ", ".join(one.label for one in untouched(draft)) if not draft.closed else ""
        idle = "" if draft.closed else ", ".join(dormant(draft))
        said = (draft.older, kept and KEPT.format(kept), idle and IDLE.format(idle))
        self._kept.setText(draft.closed or " ".join(one for one in said if one))
        self._kept.setVisible(bool(self._kept.text()))
        self._order.start()

    def set_faults(self, faults: Sequence[Fault]) -> tuple[Fault, ...]:
        """Say what is wrong at the settings; give back what is about none of them."""
        at: dict[str, list[Fault]] = {}
        rest: list[Fault] = []
        for one in faults:
            field = field_of(self._fields, one.name) if one.name else None
            if field is None:
                rest.append(one)
            else:
                at.setdefault(field.name, []).append(one)
        for name, row in self.rows.items():
            row.set_faults(at.get(name, ()))
        return tuple(rest)

    def go_to(self, name: str) -> bool:
        """Give the keyboard to the setting that a fault is about; say whether there is one."""
        field = field_of(self._fields, name)
        row = self.rows.get(field.name) if field is not None else None
        if row is not None:
            row.control.taker.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(row)
        return row is not None

    def set_neighbours(self, before: QWidget, after: Callable[[], Sequence[QWidget]]) -> None:
        """Say between which controls Tab stops here; those that follow may come and go."""
        self._neighbours = before, after

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        for row in self._rows.values():
            row.control.set_theme(theme)

    def go_up(self) -> None:
        """Show the first settings."""
        self.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring what gets the keyboard into sight, and Tab's stops into the order of the eye."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._order.start()
            needed = self._inner.minimumSizeHint().width() + self.verticalScrollBar().width()
            self.setMinimumWidth(min(needed, WIDEST))
        return super().eventFilter(watched, event)

    @Slot(int)
    def _stay(self, to: int) -> None:
        if to:
            self.horizontalScrollBar().setValue(0)

    def _lay_out(self, found: Sequence[Field], wanted: tuple[tuple[str, str, str], ...]) -> None:
        """Place the rows; those that are not shown any more go."""
        keys = {(name, control) for name, control, _ in wanted}
        for key in [one for one in self._rows if one not in keys]:
            row = self._rows.pop(key)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for head in self._heads.values():
            head.hide()
        place = 0
        for section in sections(tuple(found)):
            self._column.insertWidget(place, self._head(section))
            place += 1
            for field in found:
                if field.section == section:
                    self._column.insertWidget(place, self._row(field))
                    place += 1
        self._shown = wanted
        for name, other in JOINED.items():
            if name in self.rows and other in self.rows:
                self.rows[other].join(self.rows[name])

    def _head(self, section: str) -> QLabel:
        head = self._heads.get(section)
        if head is None:
            head = self._heads[section] = words.plain(section)
            head.setFont(self._theme.font(13, 650))
            head.setContentsMargins(0, 8, 0, 0)
        head.show()
        return head

    def _row(self, field: Field) -> FieldRow:
        row = self._rows.get((field.name, field.control))
        if row is None:
            control = CONTROLS[field.control](self._theme, self._sources)
            row = FieldRow(field, control, self._theme, self._inner)
            control.edited.connect(self.edited)
            if isinstance(control, SqlControl):
                control.run_requested.connect(self.run_requested)
            if isinstance(control, VariablesControl):
                control.write_requested.connect(self._on_write)
            self._rows[field.name, field.control] = row
        row.appear()
        return row

    @Slot(str)
    def _on_write(self, text: str) -> None:
        """Write a variable into the SQL."""
        for row in self.rows.values():
            if isinstance(row.control, SqlControl):
                row.control.editor.write(text)

    @Slot()
    def _order_stops(self) -> None:
        """Let Tab go as the eye does: rows that came later were made last."""
        stops = [
            one
            for one in self._inner.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.isVisibleTo(self._inner)
            and one.window() is self.window()  # not the list of a choice
        ]
        stops.sort(key=self._place)
        if self._neighbours is not None:
            stops = [self._neighbours[0], *stops, *self._neighbours[1]()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _place(self, one: QWidget) -> tuple[int, int]:
        middle = one.mapTo(self._inner, QPoint(0, one.height() // 2))
        return middle.y() // 8, middle.x()
