"""Which of a team's own events a template means: one field each, with what PostHog knows below."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from phdesk.core.templates import parts
from phdesk.core.templates.starts import guessed
from phdesk.models.definition import EventDefinition, PropertyDefinition
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.sought_list import AFTER_TYPING
from phdesk.views.widgets.tooltips import plain_tip

Definition = EventDefinition | PropertyDefinition
MOST_ROWS = 10
FULL = 100  # names after which a list is searched, not read to its end
LIKELY = 2  # names that are looked for
UNKNOWN = "PostHog has not seen this yet: the tile stays empty until it happens."


class SlotField(QLineEdit):
    """A name with the names that are known below it; arrows walk along them, Enter takes one.

    Down lists all of them, whatever stands in the field.
    """

    wanted = Signal(str, str)  # event or property, search

    def __init__(self, slot: parts.Slot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slot = slot
        self._names = QStringListModel(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._rest.timeout.connect(self._ask)
        self.textEdited.connect(self._rest.start)
        found = QCompleter(self._names, self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setMaxVisibleItems(MOST_ROWS)
        popup = found.popup()
        if popup is not None:
            popup.setAccessibleName(f"Names for: {slot.label}")
            popup.setProperty("ring", True)
        self.setCompleter(found)
        self.setPlaceholderText("Find an event" if slot.kind == "event" else "Find a property")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """List all names with Down; what is typed from then on narrows them."""
        if event.key() == Qt.Key.Key_Down and self._names.rowCount():
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)

    def set_names(self, names: Sequence[str]) -> None:
        """Offer names; while a person types, what fits is shown at once."""
        if names != self._names.stringList():
            self._names.setStringList(list(names))
            if self.hasFocus() and self.isModified() and self.text():
                self.completer().complete()

    @Slot()
    def _ask(self) -> None:
        if self.text().strip():
            self.wanted.emit(self.slot.kind, self.text().strip())


class SlotFields(QWidget):
    """A field for each slot of a template; what has a usual name is filled in."""

    wanted = Signal(str, str)  # event or property, search
    usual_wanted = Signal(str, str)  # the same, beside what a person looks for
    changed = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._long: set[str] = set()  # kinds of which the list that came is not the whole
        self._sought: set[str] = set()  # names that were looked for, as usual ones
        self._known: dict[str, dict[str, Definition]] = {"event": {}, "property": {}}
        self._asked: set[str] = set()
        self._rows: dict[str, tuple[SlotField, Field]] = {}
        self._kept: dict[str, str] = {}  # what a person wrote, for templates that ask the same
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def set_slots(self, slots: Sequence[parts.Slot]) -> None:
        """Ask for these."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # deleted later, it would be seen until then
                widget.deleteLater()
        self._rows = {}
        if slots:
            text = "Your events" if all(one.kind == "event" for one in slots) else "Your data"
            self._column.addWidget(words.caption(text, self, self._theme))
        for slot in slots:
            self._add(slot)
        for kind in sorted({slot.kind for slot in slots} - self._asked):
            self._asked.add(kind)
            self.wanted.emit(kind, "")
        self._guess()

    def set_names(self, kind: str, found: Iterable[Definition]) -> None:
        """Offer what the server knows, and fill in what has a usual name."""
        found = tuple(found)
        if len(found) >= FULL:
            self._long.add(kind)
        self._known[kind].update({one.name: one for one in found})
        names = sorted(self._known[kind], key=str.casefold)
        for field, _ in self._rows.values():
            if field.slot.kind == kind:
                field.set_names(names)
        self._guess()

    def set_failure(self, kind: str, why: str) -> None:
        """Say why there is no list; names can be typed all the same."""
        for field, row in self._rows.values():
            if field.slot.kind == kind:
                row.set_wrong(f"{why} Type the exact name.")

    def let_follow(self, before: QWidget, after: QWidget) -> None:
        """Let Tab come here between two others: the fields are younger than both."""
        for field, _ in self._rows.values():
            QWidget.setTabOrder(before, field)
            before = field
        QWidget.setTabOrder(before, after)

    def field(self, key: str) -> SlotField:
        """Give the field of a slot."""
        return self._rows[key][0]

    @property
    def chosen(self) -> Mapping[str, str]:
        """Give the names that are entered, by slot."""
        return {key: field.text().strip() for key, (field, _) in self._rows.items()}

    def _add(self, slot: parts.Slot) -> None:
        field = SlotField(slot)
        label = slot.label if slot.required else f"{slot.label} (can stay empty)"
        row = Field(self._theme, label.replace("&", "&&"), field)
        field.setToolTip(plain_tip(slot.hint))
        field.setAccessibleName(label)
        self._column.addWidget(row)
        if slot.hint:
            self._column.addWidget(words.note(self._theme, slot.hint))
        self._rows[slot.id] = (field, row)
        field.set_names(sorted(self._known[slot.kind], key=str.casefold))
        field.setText(self._kept.get(slot.id, ""))
        field.wanted.connect(self.wanted)
        field.textEdited.connect(self._on_edited)
        field.textChanged.connect(self._on_changed)

    def _guess(self) -> None:
        for key, (field, _) in self._rows.items():
            if not field.text() and key not in self._kept:
                field.setText(guessed(field.slot, self._known[field.slot.kind].values()))
                if not field.text() and field.slot.kind in self._long:
                    self._seek(field.slot)
        self._tell()

    def _seek(self, slot: parts.Slot) -> None:
        """Look for the likeliest names of a slot, which a long list does not show."""
        for name in slot.guesses[:LIKELY]:
            if name not in self._sought:
                self._sought.add(name)
                self.usual_wanted.emit(slot.kind, name)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, SlotField):
            self._kept[field.slot.id] = text

    @Slot()
    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say of names that nobody knows what they lead to."""
        for field, row in self._rows.values():
            known, name = self._known[field.slot.kind], field.text().strip()
            if known:
                row.set_wrong(UNKNOWN if name and name not in known else "")
