"""Formulas, goals, and what must not happen within a funnel."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from phdesk.core.building.draft import at, put
from phdesk.core.building.field import Option
from phdesk.core.building.fields_funnel import step_options
from phdesk.core.building.parts import (
    Exclusion,
    Formula,
    Goal,
    exclusion,
    exclusions,
    formulas,
    goals,
    with_formulas,
    with_goals,
)
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number
from phdesk.views.building.event_control import EventButton
from phdesk.views.building.event_picker import EventPopover, Picked
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.lines_control import LinesControl
from phdesk.views.building.rows import line
from phdesk.views.building.series_row import node_of
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import QuietChoice


class FormulaLine(QWidget):
    """A formula and its name."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._name = QLineEdit(self), QLineEdit(self)
        self._text.setPlaceholderText("A / B * 100")
        self._name.setPlaceholderText("name")
        self.setLayout(line(self._text, self._name))
        self.setFocusProxy(self._text)
        for part in (self._text, self._name):
            part.textEdited.connect(self.edited)

    def fill(self, value: Formula, place: int) -> None:
        """Show a formula; the same words leave the cursor alone."""
        self._text.setAccessibleName(f"Formula {place + 1}")
        self._name.setAccessibleName(f"Name of formula {place + 1}")
        for part, text in ((self._text, value.text), (self._name, value.name)):
            if part.text() != text:
                part.setText(text)

    @property
    def value(self) -> Formula:
        """Give what is written."""
        return Formula(self._text.text(), self._name.text())


class FormulasControl(LinesControl):
    """Formulas over the series, which they call by letters."""

    added, one = "Add a formula", "formula"

    def read(self) -> Sequence[Formula]:
        """Read the formulas."""
        return formulas(self.draft)

    def write(self, values: Sequence[Formula], tag: str = "") -> None:
        """Tell of other formulas; one without words is gone, and its line with it."""
        self.give(with_formulas(self.draft, values), tag)

    def made_line(self) -> FormulaLine:
        """Make a line."""
        made = FormulaLine(self)
        made.edited.connect(self.on_line)
        return made

    @Slot()
    def add(self) -> None:
        """Ask for a formula."""
        made = ExpressionPopover(
            self.theme, "Formula", "", self.window(), hint="A / B * 100, by the letters above"
        )
        made.chosen.connect(self._on_formula)
        made.open_below(self._add)

    @Slot(str)
    def _on_formula(self, text: str) -> None:
        self.write([*self.values, Formula(text)])


class GoalLine(QWidget):
    """The name of a goal, and its value."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._value = QLineEdit(self), QLineEdit(self)
        self._label.setPlaceholderText("name")
        self._value.setPlaceholderText("value")
        self.setLayout(line(self._label, self._value))
        self.setFocusProxy(self._label)
        self._label.textEdited.connect(self.edited)
        self._value.textEdited.connect(self._on_value)

    def fill(self, value: Goal, place: int) -> None:
        """Show a goal; the same words, and the same number, leave the cursor alone."""
        self._label.setAccessibleName(f"Name of goal {place + 1}")
        self._value.setAccessibleName(f"Value of goal {place + 1}")
        if self._label.text() != value.label:
            self._label.setText(value.label)
        if as_number(self._value.text()) != value.value:
            self._value.setText(f"{value.value:.12g}")

    @property
    def value(self) -> Goal:
        """Give what is written."""
        return Goal(self._label.text(), as_number(self._value.text()) or 0.0)

    @Slot(str)
    def _on_value(self, text: str) -> None:
        if as_number(text) is not None:  # half a number is none yet
            self.edited.emit()


class GoalsControl(LinesControl):
    """Lines at a value."""

    added, one = "Add a goal", "goal"

    def read(self) -> Sequence[Goal]:
        """Read the goals."""
        return goals(self.draft, self.field.name)

    def write(self, values: Sequence[Goal], tag: str = "") -> None:
        """Tell of other goals."""
        self.give(with_goals(self.draft, self.field.name, values), tag)

    def made_line(self) -> GoalLine:
        """Make a line."""
        made = GoalLine(self)
        made.edited.connect(self.on_line)
        return made

    @Slot()
    def add(self) -> None:
        """Add a goal; a person then names it and says where it lies."""
        self.write([*self.values, Goal("Goal", 0.0)])
        self.start_last()


class ExclusionLine(QWidget):
    """An event, and the steps between which it must not happen."""

    edited = Signal()

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: Exclusion | None = None
        self._event = EventButton(theme, sources, self)
        self._first, self._last = QuietChoice(self), QuietChoice(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._event)
        steps = line(self._first, self._last)
        steps.setStretch(1, 1)
        column.addLayout(steps)
        self.setFocusProxy(self._event)
        self.picked: Picked | None = None
        self._event.chosen.connect(self._on_event)
        self._first.activated.connect(self.edited)
        self._last.activated.connect(self.edited)

    def set_steps(self, steps: Sequence[Option]) -> None:
        """Offer the steps of the funnel."""
        for choice, before in ((self._first, "from"), (self._last, "to")):
            labels = [f"{before} {one.label}" for one in steps]
            if labels != [choice.itemText(place) for place in range(choice.count())]:
                choice.clear()
                choice.addItems(labels)

    def fill(self, value: Exclusion, place: int) -> None:
        """Show an exclusion."""
        self._held, self.picked = value, None
        what = f"Left out {place + 1}"
        self._event.set_words(value.series.label, f"{what}: {value.series.label}")
        self._first.setAccessibleName(f"{what}, from step")
        self._last.setAccessibleName(f"{what}, to step")
        for choice, step in ((self._first, value.first), (self._last, value.last)):
            choice.setCurrentIndex(step if 0 <= step < choice.count() else -1)

    @property
    def value(self) -> Exclusion:
        """Give what is chosen; another event is `picked`."""
        assert self._held is not None  # noqa: S101  it is filled at once
        first, last = self._first.currentIndex(), self._last.currentIndex()
        return replace(
            self._held,
            first=first if first >= 0 else self._held.first,  # a step that the funnel lacks stays
            last=last if last >= 0 else self._held.last,
        )

    @Slot(object)
    def _on_event(self, picked: Picked) -> None:
        self.picked = picked
        self.edited.emit()


class ExclusionsControl(LinesControl):
    """Events that must not happen between two steps."""

    added, one = "Add an event", "event"

    def show_value(self) -> None:
        """Show the exclusions, with the steps as they are named now."""
        super().show_value()
        steps = step_options(self.draft)
        for made, value in zip(self._lines, self.read(), strict=True):
            made.set_steps(steps)
            made.fill(value, self._lines.index(made))

    def read(self) -> Sequence[Exclusion]:
        """Read the exclusions."""
        return exclusions(self.draft)

    def write(self, values: Sequence[Exclusion], tag: str = "") -> None:
        """Tell of other exclusions; what else is kept with one stays."""
        nodes = []
        lines = {id(made.value.series): made for made in self._lines}
        for one in values:
            place = as_int(one.series.name.rpartition(".")[2])
            held = as_list(at(self.draft, self.field.name))
            node = as_dict(held[place]) if place is not None and place < len(held) else {}
            made = lines.get(id(one.series))
            if made is not None and made.picked is not None:
                node = node_of(made.picked)
            nodes.append(exclusion(node, one.first, one.last))
        self.give(put(self.draft, self.field.name, nodes or None), tag)

    def on_line(self) -> None:
        """Tell of what is chosen: each choice is a step of its own."""
        self.write(self.values)

    def made_line(self) -> ExclusionLine:
        """Make a line."""
        made = ExclusionLine(self.theme, self.sources, self)
        made.edited.connect(self.on_line)
        return made

    @Slot()
    def add(self) -> None:
        """Ask for the event."""
        made = EventPopover(self.theme, self.sources, self.window())
        made.chosen.connect(self._on_event)
        made.start()
        made.open_below(self._add)

    @Slot(object)
    def _on_event(self, picked: Picked) -> None:
        held = as_list(at(self.draft, self.field.name))
        last = max(len(as_list(at(self.draft, "series"))) - 1, 1)
        added = exclusion(node_of(picked), 0, last)
        self.give(put(self.draft, self.field.name, [*held, added]))
