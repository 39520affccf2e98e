"""The head of the page: the insight's name, description and tags, and what becomes of it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from phdesk.core.building.fault import Fault
from phdesk.core.building.refusals import BESIDE
from phdesk.views.building.rows import sign_button
from phdesk.views.dialogs import words
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.elided import ElidedLabel

LONGEST_NAME, LONGEST_WORDS = 400, 2000
ROOMY = 900  # px of width for words on all buttons


class Heading(QWidget):
    """Tells of words that a person writes, and of wishes; what is set is no edit."""

    worded = Signal(str, str, str)  # name, description, tags with commas between
    close_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    save_requested = Signal()
    save_as_requested = Signal()
    add_requested = Signal()
    browser_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = sign_button("Leave the insight", "chevron-left", theme, self)
        self.name = QLineEdit(self)
        self._state = ElidedLabel(self)
        self._undo = sign_button("Undo", "undo-2", theme, self)
        self._redo = sign_button("Redo", "redo-2", theme, self)
        self._browser = sign_button("Open in PostHog", "external-link", theme, self)
        self._add = QPushButton("Add to dashboards…", self)
        self._save_as = QPushButton("Save as new…", self)
        self._save = QPushButton("Save", self)
        self._description, self._tags = QLineEdit(self), QLineEdit(self)
        self._fields = {
            f"{BESIDE}name": self.name,
            f"{BESIDE}description": self._description,
            f"{BESIDE}tags": self._tags,
        }
        self._wrong = words.plain("")
        self._given: dict[QLineEdit, tuple[str, str]] = {}  # text, and as its field shows it
        self._arrange()
        self._connect()
        self.set_theme(theme)

    def set_words(self, name: str, description: str, tags: str) -> None:
        """Show name, description and tags; the same ones leave the cursor alone."""
        for field, text in (
            (self.name, name),
            (self._description, description),
            (self._tags, tags),
        ):
            if field.text() != text:
                field.setText(text)
            self._given[field] = text, field.text()

    def set_faults(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Say what is wrong with name, description or tags; give back what is about none."""
        found = tuple(faults)
        said = {one.name: one.message for one in found if one.name in self._fields}
        for key, field in self._fields.items():
            field.setAccessibleDescription(said.get(key, ""))
        named = (f"{field.accessibleName()}: {said[key]}" for key, field in self._fields.items()
                 if key in said)  # fmt: skip
        self._wrong.setText("\n".join(named))
        self._wrong.setVisible(bool(said))
        return tuple(one for one in found if one.name not in self._fields)

    def go_to(self, name: str) -> bool:
        """Give the keyboard to what a fault is about; say whether it is here."""
        field = self._fields.get(name)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return field is not None

    def set_title(self, title: str) -> None:
        """Show the name that PostHog gives an insight without one."""
        self.name.setPlaceholderText(title)

    def set_state(self, said: str, *, known: bool, changed: bool, saving: bool) -> None:
        """Say how the insight stands; one that is known can be saved as another, too."""
        self._state.setText(said)
        self._state.setAccessibleName(said)
        self._save.setText("Save for everyone" if known else "Save")
        self._save.setEnabled(changed and not saving)
        self._browser.setVisible(known)
        self._save_as.setVisible(known)
        self._save_as.setEnabled(not saving)
        self._add.setVisible(known)
        self._add.setEnabled(not saving)

    def set_steps(self, *, undo: bool, redo: bool) -> None:
        """Say whether there are steps to go back and forth."""
        self._undo.setEnabled(undo)
        self._redo.setEnabled(redo)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self.name.setFont(theme.font(17, 650))
        self._state.setFont(theme.font(12))
        self._state.setProperty("tone", "muted")
        self._back.setIcon(icon("chevron-left", theme.muted))
        self._undo.setIcon(icon("undo-2", theme.muted))
        self._redo.setIcon(icon("redo-2", theme.muted))
        self._browser.setIcon(icon("external-link", theme.muted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten buttons where there is little room."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._add.setText("Add to dashboards…" if roomy else "Add to…")
        self._save_as.setText("Save as new…" if roomy else "As new…")

    def _arrange(self) -> None:
        self._save.setProperty("primary", True)
        self._undo.setToolTip("Undo (Ctrl+Z)")
        self._redo.setToolTip("Redo (Ctrl+Shift+Z)")
        self._save.setToolTip("Save (Ctrl+S)")
        self.name.setAccessibleName("Name of the insight")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumWidth(120)
        self.name.setProperty("title", True)
        self._description.setAccessibleName("Description")
        self._description.setPlaceholderText("Description")
        self._description.setMaxLength(LONGEST_WORDS)
        self._tags.setAccessibleName("Tags, with commas between them")
        self._tags.setPlaceholderText("Tags, with commas between them")
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(8)
        for part, share in (
            (self._back, 0), (self.name, 3), (self._state, 1), (self._undo, 0), (self._redo, 0),
            (self._browser, 0), (self._add, 0), (self._save_as, 0), (self._save, 0),
        ):  # fmt: skip
            top.addWidget(part, share)
        below.addSpacing(36)
        below.addWidget(self._description, 2)
        below.addWidget(self._tags, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below)
        self._wrong.setForegroundRole(words.BAD)
        self._wrong.setContentsMargins(36, 0, 0, 0)
        self._wrong.hide()
        column.addWidget(self._wrong)

    def _connect(self) -> None:
        for field in (self.name, self._description, self._tags):
            field.textEdited.connect(self._on_words)
        self._back.clicked.connect(self.close_requested)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._add.clicked.connect(self.add_requested)
        self._browser.clicked.connect(self.browser_requested)
        self._save_as.clicked.connect(self.save_as_requested)
        self._save.clicked.connect(self.save_requested)

    @Slot()
    def _on_words(self) -> None:
        fields = (self.name, self._description, self._tags)
        self.worded.emit(*map(self._written, fields))

    def _written(self, field: QLineEdit) -> str:
        """Give what is written; text that has no room in its field is cut by an edit alone."""
        text, shown = self._given.get(field, ("", ""))
        return text if field.text() == shown else field.text()
