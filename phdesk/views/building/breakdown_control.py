"""By what an insight is broken down."""

from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QVBoxLayout, QWidget

from phdesk.core.building.breakdowns import (
    COHORT,
    Breakdown,
    Breakdowns,
    breakdowns,
    most_breakdowns,
    with_breakdowns,
)
from phdesk.core.jsonvalue import as_int
from phdesk.core.names import Groups, property_name
from phdesk.core.property_kinds import OF_BREAKDOWNS, owner_words, with_groups
from phdesk.models.definition import PropertyDefinition
from phdesk.views.building.control import Control
from phdesk.views.building.event_picker import CohortsPopover, Picked
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.rows import (
    Card,
    WordsButton,
    add_action,
    add_button,
    line,
    pop_menu,
    sign_button,
)
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.quiet import QuietNumber

TITLE = "Break down by"
ALL = "all"  # stands for everybody beside cohorts
DEFAULT_LIMIT, MOST_VALUES, MOST_BINS = 25, 1000, 100


class BreakdownControl(Control):
    """One property or several; each may be cut into bins, and how many values are shown."""

    wide = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._rows: list[QWidget] = []
        self._place: int | None = None  # of the breakdown that is being chosen
        self._add = add_button("Breakdown", theme, self)
        self._add.setAccessibleName("Add a breakdown")
        self._group = add_button("Cohort", theme, self)
        self._group.setAccessibleName("Add a cohort to break down by")
        self._limit = QuietNumber(self)
        self._limit.setRange(1, MOST_VALUES)
        self._limit.setAccessibleName("Most values of the breakdown")
        self._most = QLabel("values at most")
        self._others = QCheckBox("Show the rest as “Other”", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(line(self._add, self._group, stretch=None))
        self._column.addLayout(line(self._limit, self._most, stretch=None))
        self._column.addWidget(self._others)
        self._add.clicked.connect(self._open_new)
        self._group.clicked.connect(self._open_cohorts)
        self._limit.valueChanged.connect(self._on_limit)
        self._others.clicked.connect(self._on_others)

    def show_value(self) -> None:
        """Show the breakdowns."""
        held = breakdowns(self.draft)
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._row(place, one) for place, one in enumerate(held.parts)]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
        trends = self.draft.kind == "TrendsQuery"
        self._add.setVisible(len(held.parts) < most_breakdowns(self.draft) and not _ends(held))
        self._group.setVisible(not held.parts or _ends(held))
        valued = bool(held.parts) and not _ends(held)
        for part in (self._limit, self._most):
            part.setVisible(valued)
        self._others.setVisible(valued and trends)
        self._limit.show_number(held.limit or DEFAULT_LIMIT, 1, MOST_VALUES)
        self._others.setChecked(not held.hide_other)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        for button in (self._add, self._group):
            button.setIcon(icon("plus", theme.muted))
        if self.held is not None:
            self.show_value()

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._add if self._add.isVisibleTo(self) or not self._rows else self._rows[0]

    def _row(self, place: int, one: Breakdown) -> QWidget:
        row = Card(self)
        words = breakdown_title(one, self.around.cohorts, self.around.groups)
        name = self._named(place, one, words, row)
        more = sign_button(f"More for the breakdown by {words}", "ellipsis-vertical", self.theme)
        more.setVisible(one.type != COHORT)
        gone = sign_button(f"Remove the breakdown by {words}", "x", self.theme)
        more.clicked.connect(partial(self._open_more, place, more))
        gone.clicked.connect(partial(self._drop, place))
        layout = line(name, more, gone)
        layout.setContentsMargins(8, 6, 6, 6)
        row.setLayout(layout)
        return row

    def _named(self, place: int, one: Breakdown, words: str, row: QWidget) -> QWidget:
        """Name a breakdown on a button that opens the choice; cohorts are added and taken away."""
        if one.type == COHORT:
            label = ElidedLabel(row)
            label.setText(words)
            label.setAccessibleName(f"Breakdown by {words}")
            return label
        name = WordsButton(self.theme, "filter", row)
        name.set_words(words, f"Breakdown by {words}")
        name.clicked.connect(partial(self._open, place, name))
        return name

    def _give(self, held: Breakdowns) -> None:
        self.give(with_breakdowns(self.draft, held))

    @Slot()
    def _open_new(self) -> None:
        self._open(None, self._add)

    @Slot()
    def _open_cohorts(self) -> None:
        made = CohortsPopover(self.theme, self.sources, self.window())
        made.chosen.connect(self._on_cohort)
        made.start()
        made.open_below(self._group)

    @Slot(object)
    def _on_cohort(self, picked: Picked) -> None:
        """Break down by one cohort more; cohorts stand alone."""
        held = breakdowns(self.draft)
        before = held.parts[0].cohorts if _ends(held) else ()
        added = picked.action if picked.action is not None else ALL
        cohorts = (*(one for one in before if one != added), added)
        self._give(replace(held, parts=(Breakdown(type=COHORT, cohorts=cohorts),)))

    def _open(self, place: int | None, anchor: QWidget) -> None:
        self._place = place
        held = breakdowns(self.draft)
        if place is not None and held.parts[place].type == "hogql":
            self._ask_expression(anchor)
            return
        groups = self.around.groups
        kinds = with_groups(OF_BREAKDOWNS, groups)
        made = BreakdownPopover(self.theme, self.window(), title=TITLE, kinds=kinds, groups=groups)
        made.properties_wanted.connect(self.sources.properties_wanted)
        self.sources.properties_came.connect(made.take_properties)
        self.sources.refused.connect(made.take_failure)
        made.chosen.connect(self._on_property)
        made.start()
        made.open_below(anchor)

    def _ask_expression(self, anchor: QWidget) -> None:
        held = breakdowns(self.draft)
        known = held.parts[self._place].property if self._place is not None else ""
        asked = ExpressionPopover(
            self.theme, "SQL expression", known, self.window(), hint="properties.plan"
        )
        asked.chosen.connect(self._on_expression)
        asked.open_below(anchor)

    @Slot(object)
    def _on_property(self, one: PropertyDefinition) -> None:
        self._take(Breakdown(property=one.name, type=one.kind, group=one.group))

    @Slot(str)
    def _on_expression(self, text: str) -> None:
        self._take(Breakdown(property=text, type="hogql"))

    def _take(self, one: Breakdown) -> None:
        held = breakdowns(self.draft)
        parts = [*held.parts]
        if self._place is None or self._place >= len(parts):
            parts.append(one)
        else:
            parts[self._place] = one
        self._give(replace(held, parts=tuple(parts)))

    def _drop(self, place: int) -> None:
        held = breakdowns(self.draft)
        kept = tuple(one for at, one in enumerate(held.parts) if at != place)
        (self._group if _ends(held) else self._add).setFocus()
        self._give(replace(held, parts=kept))

    def _open_more(self, place: int, anchor: QWidget) -> None:
        """Offer bins for numbers, and addresses without their ends."""
        one = breakdowns(self.draft).parts[place]
        menu = QMenu(self)
        words = breakdown_title(one, self.around.cohorts, self.around.groups)
        menu.setAccessibleName(f"Menu of the breakdown by {words}")
        if one.type not in (COHORT, "hogql"):
            for bins in (None, 5, 10, 20, 50):
                text = f"{bins} bins of its numbers" if bins else "Each value by itself"
                action = menu.addAction(text)
                action.setCheckable(True)
                action.setChecked(one.bins == bins)
                action.triggered.connect(partial(self._set_part, place, replace(one, bins=bins)))
            menu.addSeparator()
            clean = menu.addAction("Addresses without what follows ? and #")
            clean.setCheckable(True)
            clean.setChecked(one.clean_urls)
            cleaned = replace(one, clean_urls=not one.clean_urls)
            clean.triggered.connect(partial(self._set_part, place, cleaned))
            menu.addSeparator()
        add_action(menu, "By an SQL expression…", partial(self._ask_other, place, anchor))
        pop_menu(menu, anchor)

    def _set_part(self, place: int, one: Breakdown, *_checked: object) -> None:
        self._place = place
        self._take(one)

    def _ask_other(self, place: int, anchor: QWidget) -> None:
        self._place = place
        self._ask_expression(anchor)

    @Slot(int)
    def _on_limit(self, limit: int) -> None:
        held = breakdowns(self.draft)
        wanted = with_breakdowns(self.draft, replace(held, limit=limit))
        self.give(wanted, f"{self.field.name}.limit")

    @Slot(bool)
    def _on_others(self, shown: bool) -> None:  # noqa: FBT001  a signal's argument
        self._give(replace(breakdowns(self.draft), hide_other=not shown))


def breakdown_title(one: Breakdown, cohorts: Mapping[int, str], groups: Groups = ()) -> str:
    """Name a breakdown in a few words; of cohorts their names, once they are known."""
    if one.type == COHORT:
        return ", ".join(_cohort(each, cohorts) for each in one.cohorts)
    name = one.property if one.type == "hogql" else property_name(one.property)
    owner = "" if one.type == "hogql" else owner_words(one.type, one.group, groups)
    bins = f", {one.bins} bins" if one.bins else ""
    clean = ", addresses without their ends" if one.clean_urls else ""
    return f"{name}{owner}{bins}{clean}"


def _cohort(one: int | str, cohorts: Mapping[int, str]) -> str:
    if one == ALL:
        return "All users"
    number = as_int(one)
    return cohorts.get(number, f"Cohort {one}") if number is not None else str(one)


def _ends(held: Breakdowns) -> bool:
    """Tell whether nothing can be added: cohorts stand alone."""
    return any(one.type == COHORT for one in held.parts)
