"""One series or step: which event, what is counted of it, under which conditions."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from phdesk.core.building.changing import changed
from phdesk.core.building.conditions import Conditions, conditions, with_conditions
from phdesk.core.building.draft import Draft, put
from phdesk.core.building.field import Option
from phdesk.core.building.series import (
    EVENT,
    Series,
    action_node,
    event_node,
    maths,
    may_be_optional,
    need,
    property_words,
    replaced,
    with_optional,
    with_property,
)
from phdesk.core.building.words import GROUP
from phdesk.core.names import event_name
from phdesk.core.property_kinds import OF_BREAKDOWNS
from phdesk.models.definition import PropertyDefinition
from phdesk.views.building.condition_list import ConditionList
from phdesk.views.building.control import Around
from phdesk.views.building.event_control import EventButton
from phdesk.views.building.event_picker import Picked
from phdesk.views.building.expression import ExpressionPopover
from phdesk.views.building.rows import (
    Card,
    WordsButton,
    add_action,
    line,
    pop_menu,
    sign_button,
)
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs import words
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import QuietChoice
from phdesk.views.widgets.tooltips import plain_tip

SIGN = 18  # px of the letter or number
WANTED = {"property": "Choose a property", "sql": "Write an expression"}


class SeriesRow(Card):
    """Gives the draft that a person makes of it, or says what is to become of the whole row."""

    edited = Signal(object)  # Draft
    wish = Signal(int, str)  # its place; duplicate, up, down, remove

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sources = theme, sources
        self._options: tuple[Option, ...] = ()
        self._sign = QLabel()
        self._sign.setFixedWidth(SIGN)
        self.event_button = EventButton(theme, sources, self)
        self._menu_button = sign_button("More", "ellipsis-vertical", theme, self)
        self._math = QuietChoice(self)
        self._of = WordsButton(theme, "filter", self)
        self._conditions = ConditionList(theme, sources, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 6, 8)
        column.setSpacing(6)
        column.addLayout(line(self._sign, self.event_button, self._menu_button, stretch=1))
        inner = QVBoxLayout()
        inner.setContentsMargins(SIGN + 6, 0, 0, 0)
        inner.setSpacing(6)
        inner.addLayout(line(self._math, self._of, stretch=1))
        inner.addWidget(self._conditions)
        column.addLayout(inner)
        self._fault = words.plain("")
        self._fault.setForegroundRole(words.BAD)
        self._fault.hide()
        inner.addWidget(self._fault)
        self._dress()
        self._connect()

    def set_series(
        self, one: Series, draft: Draft, around: Around, *, numbered: bool, places: tuple[int, int]
    ) -> None:
        """Show a series; `places` are its own and how many there are, `numbered` is of funnels."""
        self._one, self._draft, self._around, self._places = one, draft, around, places
        sign = str(places[0] + 1) if numbered else one.letter
        self._what = f"step {sign}" if numbered else f"series {sign}"
        what = f"{self._what[0].upper()}{self._what[1:]}"
        self._sign.setText(sign)
        said = one.label
        if one.custom_name and one.kind == EVENT:
            said = f"{one.label}   {event_name(one.event)}"
        said = f"{said}   optional" if one.optional else said
        self.event_button.set_words(said, f"{what}: {said}")
        self.event_button.setEnabled(not one.fixed)
        self.event_button.setToolTip(plain_tip(one.fixed or said))
        self._menu_button.setAccessibleName(f"More for {self._what}")
        self._math.setAccessibleName(f"What is counted of {self._what}")
        self._show_math()
        held = conditions(draft, f"{one.name}.properties")
        self._conditions.set_names(around.cohorts, around.groups)
        self._conditions.set_conditions(held, self._what)

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def set_fault(self, said: str) -> None:
        """Say what is wrong; nothing takes no room."""
        self._fault.setText(said)
        self._fault.setVisible(bool(said))
        self.event_button.setAccessibleDescription(said)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.event_button.set_theme(theme)
        self._of.set_theme(theme)
        self._conditions.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        self._sign.setFont(self._theme.font(13, 650))
        self._sign.setProperty("tone", "muted")
        self._fault.setFont(self._theme.font(12))

    def _connect(self) -> None:
        self.event_button.chosen.connect(self._on_event)
        self._menu_button.clicked.connect(self._open_menu)
        self._math.activated.connect(self._on_math)
        self._of.clicked.connect(self._on_of)
        self._conditions.changed.connect(self._on_conditions)

    def _show_math(self) -> None:
        """Offer what can be counted; a way that is not known is kept among them."""
        offered = maths(self._draft, self._around.groups, modern=self._around.modern)
        held = [one for one in offered if self._holds(one.value)]
        if offered and not held:
            math = self._one.math
            held = [Option(math, math.replace("_", " "))]
            offered = (*offered, *held)
        with QSignalBlocker(self._math):
            if offered != self._options:
                self._options = offered
                self._math.clear()
                self._math.addItems([one.label for one in offered])
            if held:
                self._math.setCurrentIndex(offered.index(held[0]))
        self._math.setVisible(bool(offered))
        needed = need(self._one.math) if offered else ""
        self._of.setVisible(needed in WANTED)
        if needed in WANTED:
            of = property_words(self._one) if needed == "property" else self._one.sql
            said = of or WANTED[needed]
            self._of.set_words(said, f"Counted of {self._what}: {said}")

    def _holds(self, value: object) -> bool:
        math = self._one.math
        if isinstance(value, Mapping):
            return math == GROUP and value.get("group") == self._one.group
        return value == math or (not math and value in (None, "total"))

    def _give(self, draft: Draft) -> None:
        if draft != self._draft:
            self.edited.emit(draft)

    @Slot(object)
    def _on_event(self, picked: Picked) -> None:
        self._give(replaced(self._draft, self._one.name, node_of(picked)))

    @Slot(int)
    def _on_math(self, place: int) -> None:
        self._give(changed(self._draft, f"{self._one.name}.math", self._options[place].value))
        if need(self._one.math) in WANTED and not (self._one.property or self._one.sql):
            self._of.setFocus()

    @Slot()
    def _on_of(self) -> None:
        if need(self._one.math) == "sql":
            asked = ExpressionPopover(
                self._theme,
                "SQL expression",
                self._one.sql,
                self.window(),
                hint="sum(properties.x)",
            )
            asked.chosen.connect(self._on_sql)
            asked.open_below(self._of)
            return
        kinds = OF_BREAKDOWNS if self._around.modern else OF_BREAKDOWNS[:1]  # 2024: of events
        made = BreakdownPopover(self._theme, self.window(), title="Count a property", kinds=kinds)
        made.properties_wanted.connect(self._sources.properties_wanted)
        self._sources.properties_came.connect(made.take_properties)
        self._sources.refused.connect(made.take_failure)
        made.chosen.connect(self._on_property)
        made.start()
        made.open_below(self._of)

    @Slot(object)
    def _on_property(self, one: PropertyDefinition) -> None:
        self._give(with_property(self._draft, self._one.name, one))

    @Slot(str)
    def _on_sql(self, text: str) -> None:
        self._give(put(self._draft, f"{self._one.name}.math_hogql", text))

    @Slot(object)
    def _on_conditions(self, wanted: Conditions) -> None:
        self._give(with_conditions(self._draft, f"{self._one.name}.properties", wanted))

    @Slot()
    def _open_menu(self) -> None:
        place, count = self._places
        menu = QMenu(self)
        menu.setAccessibleName(f"Menu of {self._what}")
        add_action(menu, "Rename…", self._ask_name)
        if self._one.optional or self._may_be_optional:
            words = "Need this step again" if self._one.optional else "Make this step optional"
            add_action(menu, words, self._turn_optional)
        add_action(menu, "Duplicate", lambda: self.wish.emit(place, "duplicate"))
        menu.addSeparator()
        add_action(menu, "Move up", lambda: self.wish.emit(place, "up"), enabled=place > 0)
        down = place < count - 1
        add_action(menu, "Move down", lambda: self.wish.emit(place, "down"), enabled=down)
        menu.addSeparator()
        add_action(menu, "Remove", lambda: self.wish.emit(place, "remove"), enabled=count > 1)
        pop_menu(menu, self._menu_button)

    @property
    def _may_be_optional(self) -> bool:
        return may_be_optional(self._draft, self._places[0], modern=self._around.modern)

    @Slot()
    def _turn_optional(self) -> None:
        self._give(with_optional(self._draft, self._one.name, optional=not self._one.optional))

    @Slot()
    def _ask_name(self) -> None:
        made = NamePopover(
            self._theme, f"Name of {self._what}", self._one.custom_name, self.window(),
            hint=self._one.label,
        )  # fmt: skip
        made.chosen.connect(self._on_name)
        made.open_below(self.event_button)

    @Slot(str)
    def _on_name(self, text: str) -> None:
        self._give(put(self._draft, f"{self._one.name}.custom_name", text or None))


class NamePopover(ExpressionPopover):
    """Asks for a name; without one the event's own counts."""

    may_be_empty = True


def node_of(picked: Picked) -> dict[str, object]:
    """Make the node of a query for what was picked."""
    if picked.action is not None:
        return action_node(picked.action, picked.name or event_name(None))
    return event_node(picked.name)
