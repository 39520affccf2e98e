"""Set an SQL variable: text, number, date, yes or no, or one of a list."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.dates import parse_iso
from phdesk.core.filters import Variable
from phdesk.core.jsonvalue import as_number, as_str, parse, written
from phdesk.models.definition import Choice, VariableDefinition
from phdesk.models.failure import Failure
from phdesk.services.filters import CHOICES
from phdesk.views.dialogs import words
from phdesk.views.dialogs.popover import Popover, apply_button
from phdesk.views.theme import Theme
from phdesk.views.widgets.walking import walked_list

WIDTH = 260  # px
VALUE = Qt.ItemDataRole.UserRole
READING = "Reading its values…"
NO_VALUES = "Its query gives no values: type one."
UNREAD = "Its values cannot be read, so type one: {}"
YES_NO = ("true", "false")
HINTS = {"Number": "A number", "Date": "A date, as 2026-11-01", "List": "Find a value"}


class VariablePopover(Popover):
    """Takes what fits the variable's type; nothing else is sent."""

    chosen = Signal(object)  # Variable

    def __init__(
        self,
        theme: Theme,
        variable: Variable,
        definition: VariableDefinition | None,
        parent: QWidget | None = None,
        *,
        may_default: bool = False,
    ) -> None:
        """With `may_default` no value at all can be chosen, so that the project's default holds."""
        unknown = VariableDefinition(id=variable.id, type=_kind_of(variable.value))
        self._definition = definition or unknown
        name = self._definition.name or variable.code_name
        super().__init__(f"SQL variable {name}", parent)
        self._variable = variable
        self._labels: dict[str, str] = {}  # by value, of choices that a query gives
        self._picked = [shown(one) for one in _listed(variable.value)]
        self._list, self._field = walked_list(self)
        self._note = words.note(theme)
        self._none = QPushButton("Set to null")
        self._default = QPushButton("Use the default")
        self._default.setVisible(may_default)
        self._take = apply_button()
        self._arrange(name, theme)
        self._connect()
        self._field.setText("" if self._choices else shown(variable.value))
        self._field.selectAll()
        self._show("")
        if self.wants_choices:
            self._note.setText(READING)
        self._field.setFocus()

    @property
    def wants_choices(self) -> bool:
        """Tell whether a query gives the choices, and they are still to come."""
        return bool(self._definition.choices_query) and not self._choices

    @Slot(str, object)
    def take_choices(self, number: str, found: Sequence[Choice]) -> None:
        """Offer the choices that came; what was typed meanwhile finds one of them."""
        if number != self._definition.id or not self.wants_choices:
            return
        if not found:
            self._note.setText(NO_VALUES)
            return
        values = tuple(one.value for one in found)
        self._labels = {one.value: one.label for one in found if one.label}
        self._definition = replace(self._definition, choices=values)
        self._note.setText("")
        self._list.show()
        if self._field.text() == shown(self._variable.value):
            self._field.clear()
        self._show("")
        self.fit()

    @Slot(str, object)
    def take_refusal(self, what: str, why: Failure) -> None:
        """Say why there are no choices; a value can be typed all the same."""
        if what == CHOICES and self.wants_choices:
            self._note.setText(UNREAD.format(why.message))
            self.fit()

    @property
    def _choices(self) -> Sequence[str]:
        return YES_NO if self._definition.type == "Boolean" else self._definition.choices

    @property
    def _several(self) -> bool:
        return self._definition.several and bool(self._choices)

    def _arrange(self, name: str, theme: Theme) -> None:
        self._field.setAccessibleName(name)
        self._field.setPlaceholderText(HINTS.get(self._definition.type, ""))
        self._list.setAccessibleName(f"Values of {name}")
        self._list.setVisible(bool(self._choices))
        self._none.setAutoDefault(False)
        self._default.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._default)
        buttons.addWidget(self._none)
        buttons.addStretch(1)
        buttons.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(words.caption(name, self._field, theme))
        for part in (self._field, self._list, self._note):
            part.setFixedWidth(WIDTH)
            column.addWidget(part)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._show)
        self._field.returnPressed.connect(self._on_return)
        self._list.itemClicked.connect(self._on_clicked)
        self._take.clicked.connect(self._on_take)
        self._none.clicked.connect(self._on_none)
        self._default.clicked.connect(self._on_default)

    @Slot(str)
    def _show(self, _text: str) -> None:
        typed = self._field.text().strip()
        if self._choices:
            self._list.clear()
            for one in self._choices:
                if typed.lower() in f"{one}\n{self._labels.get(one, '')}".lower():
                    self._list.addItem(self._item(one))
            row = 0 if typed else self._row_of(shown(self._variable.value))
            row = -1 if self._several and not typed else row  # Enter takes what is ticked
            self._list.setCurrentRow(row)
            rows = min(max(self._list.count(), 1), 8)
            self._list.setFixedHeight(max(self._list.sizeHintForRow(0), 24) * rows + 6)
            self._take.setEnabled(self._list.count() > 0)
            return
        problem = problem_of(self._definition.type, typed)
        self._note.setText(problem)
        self._take.setEnabled(not problem)

    def _item(self, value: str) -> QListWidgetItem:
        """Make a line; where several may hold it has a box."""
        item = QListWidgetItem(self._labels.get(value, value))
        item.setData(VALUE, value)
        if self._several:
            ticked = value in self._picked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def _row_of(self, value: str) -> int:
        values = [self._list.item(row).data(VALUE) for row in range(self._list.count())]
        return values.index(value) if value in values else 0

    @Slot()
    def _on_take(self) -> None:
        if self._several:
            self._take_all()
        else:
            self._on_return()

    @Slot()
    def _on_return(self) -> None:
        """Take what is marked; of several tick it, and with nothing marked take all."""
        item = self._list.currentItem() if self._choices else None
        if self._several:
            if item is not None:
                self._toggle(item.data(VALUE))
            else:
                self._take_all()
        elif item is not None:
            self._choose(item.data(VALUE))
        elif self._take.isEnabled():
            self._choose(self._field.text().strip())

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        if self._several:
            self._toggle(item.data(VALUE))
        else:
            self._choose(item.data(VALUE))

    def _toggle(self, value: str) -> None:
        if value in self._picked:
            self._picked.remove(value)
        else:
            self._picked.append(value)
        self._field.clear()
        self._show("")

    @Slot()
    def _take_all(self) -> None:
        """Take all that are ticked, in the order of the list; what is none of it stays, too."""
        ordered = [one for one in self._choices if one in self._picked]
        others = [one for one in self._picked if one not in ordered]
        self.accept()
        self.chosen.emit(replace(self._variable, value=[*ordered, *others], is_null=False))

    @Slot()
    def _on_none(self) -> None:
        self.accept()
        self.chosen.emit(replace(self._variable, value=None, is_null=True))

    @Slot()
    def _on_default(self) -> None:
        self.accept()
        self.chosen.emit(replace(self._variable, value=None, is_null=False))

    def _choose(self, text: str) -> None:
        value = self._read(text)
        self.accept()
        self.chosen.emit(replace(self._variable, value=value, is_null=False))

    def _read(self, text: str) -> Any:
        """Read a text as a value; what stands as it was written here is what held, of its type."""
        held = self._variable.value
        if held is not None and text == shown(held):
            return held
        several = parse(text.encode()) if isinstance(held, list) else None
        return several if isinstance(several, list) else value_of(self._definition.type, text)


def problem_of(kind: str, text: str) -> str:
    """Say why a text is no value of a type; empty when it is."""
    if kind == "Number" and as_number(text) is None:
        return "Type a number." if not text else f"“{text}” is no number."
    if kind == "Date" and parse_iso(text) is None:
        return "Write dates as 2026-11-01."
    return ""


def value_of(kind: str, text: str) -> Any:
    """Read a text as a value of a type."""
    if kind == "Number":
        return as_number(text)
    if kind == "Boolean":
        return text == "true"
    return text


def _kind_of(value: object) -> str:
    """Tell the type of a variable of which nothing is known but what it holds."""
    if isinstance(value, bool):
        return "Boolean"
    return "Number" if as_number(value) is not None and not isinstance(value, str) else "String"


def _listed(value: object) -> Sequence[object]:
    """Give the values that hold; one alone was kept before several could hold."""
    if isinstance(value, list):
        return value
    return () if value in (None, "") else (value,)


def shown(value: object) -> str:
    """Write a value as it is typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_str(value) or ("" if value is None else written(value))
