"""Words of a dashboard that everyone sees: its name, description and tags, and its text cards."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core import new_dashboards as names
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.trouble import Trouble, show_wrong

LONGEST_NAME, LONGEST_TEXT = 400, 4000
TEXT = "text"
FOR_ALL = "Everyone who may see the dashboard sees this."


class _Words(Form):
    """Heading, fields, a note and two buttons; what was written can come back with a reason."""

    def __init__(self, theme: look.Theme, title: str, act: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._theme = theme
        self._trouble = Trouble()
        self._note = words.note(theme, FOR_ALL)
        self._save = _primary(act)
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 20, 20, 16)
        self._column.setSpacing(8)
        self._column.addWidget(words.heading(title, theme))
        self._column.addWidget(self._trouble)

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields why what was written is not saved yet, or what is wrong with all."""
        self.came_back = bool(wrong)
        show_wrong(wrong, self.fields, self._trouble.say)

    def _add(self, key: str, name: str, field: QWidget, share: int = 0) -> None:
        self.fields[key] = Field(self._theme, name, field)
        self._column.addWidget(self.fields[key], share)

    def _end(self) -> None:
        self._column.addWidget(self._note)
        self._column.addLayout(_buttons(self, self._save))


class NameDialog(_Words):
    """Name, description and tags of a dashboard."""

    chosen = Signal(str, str, list)  # name, description, tags

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Name and describe the dashboard", "Save for everyone", parent)
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._about = QPlainTextEdit()
        self._about.setTabChangesFocus(True)
        self._tags = QLineEdit()
        self._tags.setPlaceholderText("growth, weekly")
        self._add(names.NAME, "Name", self._name)
        self._add(names.ABOUT, "Description", self._about, 1)
        self._add(names.TAGS, "Tags, with commas between them", self._tags)
        self._end()
        self._name.textChanged.connect(self._update)
        self._save.clicked.connect(self._on_save)
        self.resize(480, 420)

    def set_words(self, name: str, description: str, tags: Sequence[str]) -> None:
        """Fill in what is there."""
        self._name.setText(name)
        self._about.setPlainText(description)
        self._tags.setText(", ".join(tags))
        self._name.selectAll()
        self._update()

    @Slot()
    def _update(self) -> None:
        self._save.setEnabled(bool(self._name.text().strip()))

    @Slot()
    def _on_save(self) -> None:
        tags = [one.strip() for one in self._tags.text().split(",") if one.strip()]
        self.accept()
        self.chosen.emit(self._name.text().strip(), self._about.toPlainText().strip(), tags)


class TextDialog(_Words):
    """The text of a card, in Markdown: of a new one, or of one that is there."""

    chosen = Signal(str)

    def __init__(
        self, theme: look.Theme, parent: QWidget | None = None, *, new: bool = True
    ) -> None:
        title = "Add a text card" if new else "Edit the text card"
        super().__init__(theme, title, "Add for everyone" if new else "Save for everyone", parent)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText("## A heading\n\nWith **Markdown**, as in PostHog.")
        self._add(TEXT, "Text of the card", self._text, 1)
        self._end()
        self._text.textChanged.connect(self._update)
        self._save.clicked.connect(self._on_save)
        self.resize(480, 360)
        self._update()

    def set_text(self, body: str) -> None:
        """Fill in what is there, and write on at its end."""
        self._text.setPlainText(body)
        self._text.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _update(self) -> None:
        body = self._text.toPlainText().strip()
        over = len(body) - LONGEST_TEXT
        self._note.setText(f"{over:,} characters too many." if over > 0 else FOR_ALL)
        self._save.setEnabled(bool(body) and over <= 0)

    @Slot()
    def _on_save(self) -> None:
        self.accept()
        self.chosen.emit(self._text.toPlainText().strip())


def _primary(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("primary", True)
    button.setDefault(True)
    return button


def _buttons(dialog: QDialog, primary: QPushButton) -> QHBoxLayout:
    cancel = QPushButton("Cancel")
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(cancel)
    row.addWidget(primary)
    return row
