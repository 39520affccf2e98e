"""Pick a property by a few letters, of events, persons and more; any name may be typed as well."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.names import Groups, property_name
from phdesk.core.property_kinds import ELEMENT, OF_DASHBOARDS, Kinds, offered, typed
from phdesk.models.definition import PropertyDefinition
from phdesk.models.failure import Failure
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.walking import walked_list

PROPERTY = Qt.ItemDataRole.UserRole
AFTER_TYPING = 250  # ms of rest before the server is asked
IN_A_ROW = 3  # kinds
HEIGHT = 260  # px
NONE = "PostHog lists none. Type the property's exact name."


class PropertyPicker(QWidget):
    """The keyboard stays in the field; arrows walk along the list, Enter takes one."""

    wanted = Signal(str, str)  # kind, search: ask the server
    chosen = Signal(object)  # PropertyDefinition

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        kinds: Kinds = OF_DASHBOARDS,
        groups: Groups = (),
    ) -> None:
        super().__init__(parent)
        self._groups = groups
        self._kind, self._names = "event", [kind for kind, _ in kinds]
        self._known: dict[str, dict[str, PropertyDefinition]] = {kind: {} for kind in self._names}
        self._list, self._field = walked_list(self)
        self._kinds = [QRadioButton(label.replace("&", "&&")) for _, label in kinds]
        self._note = words.note(theme)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._arrange()
        self._connect()
        self.setFocusProxy(self._field)

    def start(self) -> None:
        """Ask for what can be offered at once."""
        self._ask()
        self._show()

    def set_properties(self, kind: str, found: Sequence[PropertyDefinition]) -> None:
        """Offer what the server knows."""
        self._known.setdefault(kind, {}).update({one.name: one for one in found})
        if kind == self._kind:
            self._note.setText("" if self._known[kind] else NONE)
            self._show(held=self._list.currentRow() > 0)

    def set_failure(self, failure: Failure) -> None:
        """Say why there is no list; a name can be typed all the same."""
        self._note.setText(f"{failure.message} Type the property's exact name.")
        self._show()

    def names(self) -> list[str]:
        """Give the properties that are offered."""
        rows = (self._list.item(row) for row in range(self._list.count()))
        return [row.data(PROPERTY).name for row in rows]

    def _arrange(self) -> None:
        self._field.setPlaceholderText("Find a property")
        self._field.setAccessibleName("Find a property")
        self._list.setAccessibleName("Properties")
        self._list.setFixedHeight(HEIGHT)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        segments = QVBoxLayout()
        segments.setSpacing(6)
        for place, button in enumerate(self._kinds):
            if place % IN_A_ROW == 0:
                row = QHBoxLayout()
                row.setSpacing(6)
                row.addStretch(1)
                segments.addLayout(row)
            button.setProperty("segment", True)
            row.insertWidget(row.count() - 1, button)
        self._kinds[0].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addLayout(segments)
        column.addWidget(self._list)
        column.addWidget(self._note)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._take)
        self._list.itemClicked.connect(self._on_clicked)
        self._rest.timeout.connect(self._ask)
        for button in self._kinds:
            button.toggled.connect(self._on_kind)

    def _show(self, *, held: bool = False) -> None:
        """List what fits the letters; at the end the letters themselves, as an exact name.

        With `held` what is marked stays so, as a person has walked there.
        """
        current = self._list.currentItem() if held else None
        marked = current.data(PROPERTY).name if current is not None else ""
        search = self._field.text().strip()
        folded = search.lower()
        known = ((one, _label(one)) for one in self._known[self._kind].values())
        listed = [*offered(self._kind, self._groups), *known]
        fitting = [
            (one, label)
            for one, label in listed
            if folded in label.lower() or folded in one.name.lower()
        ]
        if search and all(one.name != search for one, _ in listed):
            fitting.append((typed(search, self._kind), f"“{search}” as typed"))
        self._list.clear()
        for one, label in fitting:
            item = QListWidgetItem(label)
            item.setData(PROPERTY, one)
            self._list.addItem(item)
        first = 0 if fitting else -1
        self._list.setCurrentRow(
            next((row for row, (one, _) in enumerate(fitting) if one.name == marked), first)
        )

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._show()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        if self._kind == ELEMENT:  # nobody keeps a list of them
            self._note.setText("")
            return
        if not self._known[self._kind]:
            self._note.setText("Reading the list of properties…")
        self.wanted.emit(self._kind, self._field.text().strip())

    @Slot(bool)
    def _on_kind(self, _checked: bool) -> None:  # noqa: FBT001  a signal's argument
        pairs = zip(self._names, self._kinds, strict=True)
        kind = next(name for name, button in pairs if button.isChecked())
        if kind != self._kind:
            self._kind = kind
            self._show()
            self._ask()

    @Slot()
    def _take(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(PROPERTY))

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(PROPERTY))


def _label(one: PropertyDefinition) -> str:
    name = property_name(one.name)
    return name if name == one.name else f"{name}   {one.name}"
