"""Conditions on events as chips, in one list or in groups, and the ways to make more of them."""

from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from phdesk.core.building.conditions import AND, NO_VALUE, OR, Conditions, Group
from phdesk.core.filter_words import condition_words
from phdesk.core.filters import Property
from phdesk.core.jsonvalue import as_int
from phdesk.core.names import Groups
from phdesk.core.property_kinds import INDEX, OF_CONDITIONS, owner_words, with_groups
from phdesk.views.building.event_picker import CohortPopover, Picked
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.rows import add_button, line
from phdesk.views.building.sources import Sources
from phdesk.views.dashboard.filter_parts import Chip
from phdesk.views.dialogs import words
from phdesk.views.dialogs.filter_property import PropertyPopover
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import QuietChoice

JOINS = (("all of these", AND), ("any of these", OR))
MOST_VALUES = 50  # that a chip's tip says; the chip itself is cut to its room
EDITED = frozenset({"event", "person", "session", "group", "element"})


class ConditionList(QWidget):
    """Shows conditions and tells of others; what is set is no edit."""

    changed = Signal(object)  # Conditions

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sources = theme, sources
        self._held = Conditions()
        self._what, self._grouped = "", False
        self._cohorts: Mapping[int, str] = {}
        self._groups: Groups = ()
        self._parts_stale = False  # they say numbers whose names are known by now
        self._place: tuple[int, int | None] = (0, None)  # of the condition that is being chosen
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._parts: list[QWidget] = []
        self.taker: QWidget = self

    def set_names(self, cohorts: Mapping[int, str], groups: Groups) -> None:
        """Take the names of cohorts and types of groups, before the conditions."""
        if (cohorts, groups) != (self._cohorts, self._groups):
            self._cohorts, self._groups = cohorts, groups
            self._parts_stale = True

    def set_conditions(self, held: Conditions, what: str, *, grouped: bool = False) -> None:
        """Show conditions; `what` says to those who hear it of what they are."""
        same = (held, what, grouped) == (self._held, self._what, self._grouped)
        if self._parts and same and not self._parts_stale:
            return
        self._parts_stale = False
        again = self._focused()
        self._held, self._what, self._grouped = held, what, grouped
        for old in self._parts:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts = []
        self._fill(what)
        if again is not None and self._parts:
            stops = [one for one in self.findChildren(QWidget) if one.property("place") == again]
            (stops[-1] if stops else self.taker).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        held, self._held = self._held, Conditions(fixed="-")
        self.set_conditions(held, self._what, grouped=self._grouped)

    def _fill(self, what: str) -> None:
        if self._held.fixed:
            self._add(words.note(self._theme, self._held.fixed))
            return
        several = len(self._held.groups) > 1
        for place, group in enumerate(self._held.groups):
            if place:
                self._add(self._joint())
            self._add_group(place, group, several=several)
        if not self._held.groups:
            self._add_button(0, f"Add a filter to {what}")
        elif self._grouped:
            more = add_button("Group of filters", self._theme, self)
            more.setAccessibleName(f"Add a group of filters to {what}")
            more.clicked.connect(partial(self._open, len(self._held.groups), None, more))
            self._add(more)

    def _add_group(self, place: int, group: Group, *, several: bool) -> None:
        if self._grouped and len(group.conditions) > 1:
            self._add(self._choice(place, group))
        for number, one in enumerate(group.conditions):
            chip = Chip(self._theme, f"{place} {number}", self)
            chip.set_words(self._said(one))
            chip.requested.connect(partial(self._on_chip, chip))
            self._add(chip)
        self._add_button(place, "Add a filter to this group" if several else "Add another filter")

    def _said(self, one: Property) -> str:
        """Say a condition with whose it is; of a cohort with its name, once that is known."""
        name = self._cohorts.get(as_int(one.value) or 0) if one.type == "cohort" else None
        if name is None:
            owner = owner_words(one.type, one.rest.get(INDEX), self._groups)
            return condition_words(one, owner if one.type in EDITED else "", MOST_VALUES)
        return f"{'Not in' if one.operator == 'not_in' else 'In'} the cohort {name}"

    def _add_button(self, place: int, name: str) -> None:
        button = add_button("Filter", self._theme, self)
        button.setAccessibleName(name)
        button.setProperty("place", place)
        button.clicked.connect(partial(self._open, place, None, button))
        written = add_button("SQL", self._theme, self)
        written.setAccessibleName(f"{name} as an SQL expression")
        written.clicked.connect(partial(self._write, place, None, written))
        grouped = add_button("Cohort", self._theme, self)
        grouped.setAccessibleName(f"{name} by a cohort")
        grouped.clicked.connect(partial(self._ask_cohort, place, None, grouped))
        self._add(button, grouped, written)
        self.taker = button

    def _add(self, *parts: QWidget) -> None:
        """Put parts into the column; chips and buttons take the width of their words."""
        row = parts[0]
        if not isinstance(row, QLabel):
            row = QWidget(self)
            row.setLayout(line(*parts, stretch=None))
        self._parts.append(row)
        self._column.addWidget(row)

    def _choice(self, place: int, group: Group) -> QWidget:
        """Let a person choose whether all conditions of a group must hold, or one."""
        choice = QuietChoice(self)
        choice.setAccessibleName("How the filters of this group are joined")
        for text, value in JOINS:
            choice.addItem(text, value)
        choice.setCurrentIndex(1 if group.joined == OR else 0)
        choice.activated.connect(partial(self._on_join, place))
        return choice

    def _joint(self) -> QWidget:
        choice = QuietChoice(self)
        choice.setAccessibleName("How groups of filters are joined")
        for text, value in (("and", AND), ("or", OR)):
            choice.addItem(text, value)
        choice.setCurrentIndex(1 if self._held.joined == OR else 0)
        choice.activated.connect(self._on_joint)
        return choice

    def _focused(self) -> int | None:
        """Say in which group the keyboard is, if it is here: it goes to the same one again."""
        here: QWidget | None = self.focusWidget()
        if here is None or not here.hasFocus():
            return None
        place = here.property("place")
        return int(place) if place is not None else 0

    def _open(self, place: int, number: int | None, anchor: QWidget) -> None:
        """Open the choice of a condition, or of one that is there."""
        self._place = place, number
        group = self._held.groups[place] if place < len(self._held.groups) else Group()
        known = group.conditions[number] if number is not None else None
        if known is not None and known.type in NO_VALUE:
            self._write(place, number, anchor)
            return
        kinds = with_groups(OF_CONDITIONS, self._groups)
        made = PropertyPopover(self._theme, known, self.window(), kinds, self._groups)
        sources = self._sources
        made.properties_wanted.connect(sources.properties_wanted)
        made.values_wanted.connect(sources.values_wanted)
        sources.properties_came.connect(made.take_properties)
        sources.values_came.connect(made.take_values)
        sources.refused.connect(made.take_failure)
        made.chosen.connect(self._on_condition)
        made.start()
        made.open_below(anchor)

    def _on_chip(self, chip: Chip, what: str, which: str) -> None:
        place, number = (int(one) for one in which.split())
        if what == "drop":
            self._drop(place, number)
            return
        kind = self._held.groups[place].conditions[number].type
        if kind == "cohort":
            self._ask_cohort(place, number, chip)
        elif kind in EDITED or kind in NO_VALUE:
            self._open(place, number, chip)

    def _write(self, place: int, number: int | None, anchor: QWidget) -> None:
        """Ask for an SQL expression that must hold."""
        self._place = place, number
        text = self._held.groups[place].conditions[number].key if number is not None else ""
        asked = ExpressionPopover(
            self._theme, "SQL expression", text, self.window(), hint="properties.amount > 100"
        )
        asked.chosen.connect(self._on_expression)
        asked.open_below(anchor)

    def _ask_cohort(self, place: int, number: int | None, anchor: QWidget) -> None:
        """Ask for a cohort in which people are to be, or not to be."""
        self._place = place, number
        made = CohortPopover(self._theme, self._sources, self.window())
        made.chosen.connect(self._on_cohort)
        made.start()
        made.open_below(anchor)

    @Slot(object)
    def _on_cohort(self, picked: Picked) -> None:
        operator = "in" if picked.kind == "cohort" else "not_in"
        self._on_condition(
            Property(key="id", value=picked.action, operator=operator, type="cohort")
        )

    @Slot(object)
    def _on_condition(self, one: Property) -> None:
        place, number = self._place
        groups = [*self._held.groups]
        if place >= len(groups):
            groups.append(Group(AND, (one,)))
        elif number is None:
            groups[place] = Group(groups[place].joined, (*groups[place].conditions, one))
        else:
            listed = [*groups[place].conditions]
            listed[number] = one
            groups[place] = Group(groups[place].joined, tuple(listed))
        self._tell(groups)

    @Slot(str)
    def _on_expression(self, text: str) -> None:
        place, number = self._place
        known = Property(key=text, type="hogql")
        if number is not None:
            known = replace(self._held.groups[place].conditions[number], key=text)
        self._on_condition(known)

    def _drop(self, place: int, number: int) -> None:
        groups = [*self._held.groups]
        kept = [one for at, one in enumerate(groups[place].conditions) if at != number]
        groups[place] = Group(groups[place].joined, tuple(kept))
        self._tell([group for group in groups if group.conditions])

    def _on_join(self, place: int, chosen: int) -> None:
        groups = [*self._held.groups]
        groups[place] = Group(JOINS[chosen][1], groups[place].conditions)
        self._tell(groups)

    @Slot(int)
    def _on_joint(self, chosen: int) -> None:
        self.changed.emit(replace(self._held, joined=(AND, OR)[chosen]))

    def _tell(self, groups: list[Group]) -> None:
        self.changed.emit(replace(self._held, groups=tuple(groups)))
