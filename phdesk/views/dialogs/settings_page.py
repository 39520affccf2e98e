"""A page of settings: each field is named after what it sets, and says so when a person sets it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from phdesk.services.settings import Settings
from phdesk.views.dialogs import words
from phdesk.views.dialogs.percent_field import PercentField
from phdesk.views.theme import Theme
from phdesk.views.widgets.quiet import Choice

NAME = "setting"  # the property of a field
INDENT = 20  # px, of a note below a box


class SettingsPage(QWidget):
    """Shows settings and says what a person chose; whoever opens it writes it."""

    changed = Signal(str, object)  # name of the setting, its new value

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 0, 12, 8)
        self.column.setSpacing(8)
        self._fields: dict[str, QCheckBox | QComboBox | PercentField] = {}
        self._said: dict[str, Callable[[Any], str]] = {}  # of what is none of the choices

    def set_settings(self, settings: Settings) -> None:
        """Show what holds; a field that somebody is typing into stays as it is."""
        for name, field in self._fields.items():
            value = getattr(settings, name)
            match field:
                case QCheckBox():
                    field.setChecked(bool(value))
                case PercentField():
                    field.set_percent(int(value))
                case QComboBox():
                    if field.findData(value) < 0:  # from the file
                        field.addItem(self._said[name](value), value)
                    field.setCurrentIndex(field.findData(value))

    def field(self, name: str) -> QWidget:
        """Give the field of a setting."""
        return self._fields[name]

    def add_title(self, text: str) -> None:
        """Begin a part of the page."""
        label = words.plain(text)
        label.setFont(self.theme.font(13, 650))
        if self.column.count():
            self.column.addSpacing(8)
        self.column.addWidget(label)

    def add_note(self, text: str, *, indent: int = 0) -> None:
        """Say more, muted."""
        label = words.note(self.theme, text)
        label.setContentsMargins(indent, 0, 0, 0)
        self.column.addWidget(label)

    def add_check(self, name: str, text: str, note: str = "") -> QCheckBox:
        """Add a box for what is on or off."""
        box = QCheckBox(text)
        box.setProperty(NAME, name)
        box.setMinimumHeight(24)
        box.clicked.connect(self._on_checked)
        self._fields[name] = box
        self.column.addWidget(box)
        if note:
            box.setAccessibleDescription(note)
            self.add_note(note, indent=INDENT)
        return box

    def add_choice(
        self,
        name: str,
        text: str,
        entries: Sequence[tuple[str, object]],
        said: Callable[[Any], str] = str,
    ) -> QComboBox:
        """Add one choice of several; `said` writes what only the file may say."""
        choice = Choice()
        choice.setProperty(NAME, name)
        choice.setAccessibleName(text.replace("&", ""))
        for words_of, value in entries:
            choice.addItem(words_of, value)
        choice.activated.connect(self._on_chosen)
        self._said[name] = said
        choice.installEventFilter(self)
        self._fields[name] = choice
        self._add_row(text, choice)
        return choice

    def add_percent(self, name: str, text: str, least: int, most: int) -> PercentField:
        """Add a percentage."""
        field = PercentField(least, most, text.replace("&", ""))
        field.setProperty(NAME, name)
        field.percent_changed.connect(self._on_percent)
        field.installEventFilter(self)
        self._fields[name] = field
        self._add_row(text, field)
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page: it sets nothing that it only passes over."""
        wheel = event.type() is QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False

    def end(self) -> None:
        """Let what is added so far stand at the top."""
        self.column.addStretch(1)

    def _add_row(self, text: str, field: QWidget) -> None:
        row = QHBoxLayout()
        label = words.caption(text, field, self.theme)
        label.setFont(self.theme.font(13))
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(field)
        self.column.addLayout(row)

    @Slot(bool)
    def _on_checked(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self.changed.emit(str(self.sender().property(NAME)), on)

    @Slot(int)
    def _on_chosen(self, _place: int) -> None:
        choice = self.sender()
        if isinstance(choice, QComboBox):
            self.changed.emit(str(choice.property(NAME)), choice.currentData())

    @Slot(int)
    def _on_percent(self, percent: int) -> None:
        self.changed.emit(str(self.sender().property(NAME)), percent)
