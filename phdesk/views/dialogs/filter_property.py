"""Make or change a condition: a property, an operator, one or several values."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.filter_words import (
    NUMBERS,
    SEVERAL,
    WITHOUT_VALUE,
    operator_words,
    operators_for,
    value_for,
)
from phdesk.core.filters import Property
from phdesk.core.jsonvalue import as_list, as_number, as_str, written
from phdesk.core.names import Groups, property_name
from phdesk.core.property_kinds import ELEMENT, OF_DASHBOARDS, Kinds, condition_on, kind_of
from phdesk.models.definition import PropertyDefinition
from phdesk.models.failure import Failure
from phdesk.views.dialogs import words
from phdesk.views.dialogs.popover import Popover, apply_button
from phdesk.views.dialogs.property_picker import PropertyPicker
from phdesk.views.dialogs.sought_list import AFTER_TYPING
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.drop_button import DropButton
from phdesk.views.widgets.passing import Passing
from phdesk.views.widgets.walking import walked_list

WIDTH, HEIGHT = 320, 220  # px; of the page and of the list of values


class PropertyPopover(Popover):
    """First the property, then what is asked of it; an existing condition begins at the second."""

    properties_wanted = Signal(str, str)  # kind, search
    values_wanted = Signal(str, str, str)  # kind, key, search
    chosen = Signal(object)  # Property

    def __init__(
        self,
        theme: Theme,
        condition: Property | None = None,
        parent: QWidget | None = None,
        kinds: Kinds = OF_DASHBOARDS,
        groups: Groups = (),
    ) -> None:
        super().__init__("Filter", parent)
        self._picker = PropertyPicker(theme, kinds=kinds, groups=groups)
        self._page = ConditionPage(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._picker)
        self._pages.addWidget(self._page)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._pages)
        self._pages.setFixedWidth(WIDTH)
        self._picker.wanted.connect(self.properties_wanted)
        self._picker.chosen.connect(self._on_property)
        self._page.back.connect(self._on_back)
        self._page.values_wanted.connect(self.values_wanted)
        self._page.chosen.connect(self._on_chosen)
        self._condition = condition

    def start(self) -> None:
        """Begin, once somebody answers the wishes."""
        one = self._condition
        self._picker.start()
        if one is None:
            self._picker.setFocus()
            return
        self._page.set_condition(one)
        self._pages.setCurrentWidget(self._page)
        self._page.setFocus()

    @Slot(str, str, object)
    def take_properties(self, kind: str, _search: str, found: Sequence[PropertyDefinition]) -> None:
        """Offer properties."""
        self._picker.set_properties(kind, found)

    @Slot(str, str, object)
    def take_values(self, key: str, _search: str, found: Sequence[str]) -> None:
        """Offer values."""
        self._page.set_values(key, found)

    @Slot(str, object)
    def take_failure(self, what: str, failure: Failure) -> None:
        """Say what cannot be offered."""
        if what == "values":
            self._page.set_failure(failure)
        else:
            self._picker.set_failure(failure)

    @Slot(object)
    def _on_property(self, one: PropertyDefinition) -> None:
        self._page.set_property(one)
        self._pages.setCurrentWidget(self._page)
        self._page.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._pages.setCurrentWidget(self._picker)
        self._picker.setFocus()

    @Slot(object)
    def _on_chosen(self, condition: Property) -> None:
        self.accept()
        self.chosen.emit(condition)


class ConditionPage(Passing):
    """What is asked of a property: operator and values, with those it has had to pick from."""

    back = Signal()
    values_wanted = Signal(str, str, str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = Property(key="")
        self._picked: list[str] = []
        self._held: dict[str, Any] = {}  # values of the condition, as they are written here
        self._first = -1  # the row that is marked by itself
        self._offered: list[str] = []
        self._back = QToolButton()
        self._back.setIcon(icon("chevron-left", theme.text))
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setFont(theme.font(13, 600))
        self._operators: Sequence[str] = ()
        self._chosen_operator = "exact"
        self._operator = DropButton(theme, "filter")
        self._list, self._field = walked_list(self)
        self._note = words.note(theme)
        self._take = apply_button()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._arrange()
        self._connect()
        self.set_taker(self._field)

    def set_property(self, one: PropertyDefinition) -> None:
        """Begin a condition on a property."""
        self._begin(condition_on(one), operators_for(one.type))

    def set_condition(self, condition: Property) -> None:
        """Go on with a condition that there is."""
        known = operators_for("Numeric" if condition.operator in NUMBERS else "String")
        offered = known if condition.operator in known else (condition.operator, *known)
        values = as_list(condition.value) or [condition.value]
        held = {_text(each): each for each in values if each is not None}
        self._begin(condition, offered, list(held))
        self._held = held

    def set_values(self, key: str, found: Sequence[str]) -> None:
        """Offer values that the property has had."""
        if key == self._base.key:
            self._offered = list(found)
            self._note.setText("" if found else "No values of it were found; type one.")
            walked = self._list.currentItem() if self._list.currentRow() != self._first else None
            self._show(walked.text() if walked is not None else "")

    def set_failure(self, failure: Failure) -> None:
        """Say why no values are offered; they can be typed all the same."""
        self._note.setText(f"{failure.message} Type the value.")

    def _begin(
        self, condition: Property, operators: Sequence[str], values: Sequence[str] = ()
    ) -> None:
        self._base = condition
        self._picked = list(values) if condition.operator in SEVERAL else []
        self._held = {}
        self._offered = []
        self._name.setText(property_name(condition.key))
        self._operators = operators
        self._field.setText("" if condition.operator in SEVERAL else "".join(values[:1]))
        self._note.setText("Reading its values…")
        self._set_operator(condition.operator)
        self._want("")

    def _arrange(self) -> None:
        self._back.setAccessibleName("Back to the list of properties")
        self._back.setToolTip("Back to the list of properties")
        self._back.setFixedSize(28, 28)
        self._back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._operator.setAutoDefault(False)
        self._field.setAccessibleName("Value")
        self._list.setAccessibleName("Values")
        self._list.setFixedHeight(HEIGHT)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._back)
        top.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        for part in (self._operator, self._field, self._list, self._note, self._take):
            column.addWidget(part)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self._operator.clicked.connect(self._open_operators)
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemClicked.connect(self._on_clicked)
        self._rest.timeout.connect(self._ask)
        self._take.clicked.connect(self._choose)

    @property
    def _several(self) -> bool:
        return self._chosen_operator in SEVERAL

    def _show(self, marked: str = "") -> None:
        """List values: the picked ones ticked, then what fits, then what is typed.

        What is `marked` stays so, if it is there.
        """
        typed = self._field.text().strip()
        fitting = [one for one in self._offered if typed.lower() in one.lower()]
        listed = dict.fromkeys([*(self._picked if self._several else ()), *fitting])
        if typed and self._several and typed not in listed:
            listed[typed] = None
        self._list.clear()
        for value in listed:
            item = QListWidgetItem(value)
            if self._several:
                picked = value in self._picked
                item.setCheckState(Qt.CheckState.Checked if picked else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        first = next((row for row, one in enumerate(listed) if one not in self._picked), 0)
        self._first = first if typed and self._several else -1
        self._list.setCurrentRow(list(listed).index(marked) if marked in listed else self._first)
        self._judge()

    def _judge(self) -> None:
        operator, typed = self._chosen_operator, self._field.text().strip()
        ready = operator in WITHOUT_VALUE or bool(typed) or (self._several and bool(self._picked))
        if operator in NUMBERS:
            ready = as_number(typed) is not None
        self._take.setEnabled(ready)

    @Slot()
    def _open_operators(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("Operators")
        menu.aboutToHide.connect(menu.deleteLater)
        for operator in self._operators:
            action = menu.addAction(operator_words(operator))
            action.setData(operator)
            action.setCheckable(True)
            action.setChecked(operator == self._chosen_operator)
        menu.triggered.connect(self._on_operator)
        menu.popup(self._operator.mapToGlobal(QPoint(0, self._operator.height() + 4)))

    @Slot(QAction)
    def _on_operator(self, action: QAction) -> None:
        self._set_operator(str(action.data()))
        self._field.setFocus()

    def _set_operator(self, operator: str) -> None:
        self._chosen_operator = operator
        said = operator_words(operator)
        self._operator.set_words(said, f"Operator: {said}")
        needs = self._chosen_operator not in WITHOUT_VALUE
        for part in (self._field, self._list, self._note):
            part.setVisible(needs)
        several = "Find a value, Enter adds it" if self._several else "Value"
        self._field.setPlaceholderText("A number" if self._chosen_operator in NUMBERS else several)
        self._show()

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._show()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self._want(self._field.text().strip())

    def _want(self, search: str) -> None:
        """Ask for values that it has had; of elements nobody keeps a list."""
        if self._base.type == ELEMENT:
            self._note.setText("Type the value.")
        else:
            self.values_wanted.emit(kind_of(self._base), self._base.key, search)

    @Slot()
    def _on_return(self) -> None:
        """Pick the value that is marked; with nothing typed any more, take the condition."""
        marked = self._marked()
        if marked:
            self._toggle(marked)
            self._field.clear()
        else:
            self._choose()

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        if self._several:
            self._toggle(item.text())
        else:
            self._field.setText(item.text())

    def _marked(self) -> str:
        """Give the value that Enter would add: the best fit of what is typed, or walked to."""
        row = self._list.currentRow()
        value = self._list.item(row).text() if self._several and row >= 0 else ""
        return "" if value in self._picked else value

    def _toggle(self, value: str) -> None:
        if value in self._picked:
            self._picked.remove(value)
        else:
            self._picked.append(value)
        self._show()

    @Slot()
    def _choose(self) -> None:
        self._judge()
        if not self._take.isEnabled():
            return
        operator, typed = self._chosen_operator, self._field.text().strip()
        values = list(self._picked) if self._several else [typed]
        if self._several and typed and typed not in values:
            values.append(typed)
        value = value_for(operator, values)
        if isinstance(value, list):  # what was a number or true stays so
            value = [self._held.get(each, each) for each in value]
        self.chosen.emit(replace(self._base, operator=operator, value=value))


def _text(value: object) -> str:
    """Write a value of a condition for people: true and the like as JSON."""
    return value if isinstance(value, str) else as_str(value) or written(value)
