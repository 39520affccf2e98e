"""Words of a dashboard that everyone sees: its name, description and tags, and new text cards."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words

LONGEST_NAME, LONGEST_TEXT = 400, 4000
FOR_ALL = "Everyone who may see the dashboard sees this."


class NameDialog(QDialog):
    """Name, description and tags of a dashboard."""

    chosen = Signal(str, str, list)  # name, description, tags

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Name and describe the dashboard")
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._about = QPlainTextEdit()
        self._about.setTabChangesFocus(True)
        self._tags = QLineEdit()
        self._tags.setPlaceholderText("growth, weekly")
        self._save = _primary("Save for everyone")
        column = _column(self)
        column.addWidget(words.heading("Name and describe the dashboard", theme))
        for name, field in (
            ("Name", self._name),
            ("Description", self._about),
            ("Tags, with commas between them", self._tags),
        ):
            field.setAccessibleName(name)
            column.addWidget(words.caption(name, field, theme))
            column.addWidget(field)
        column.addWidget(words.note(theme, FOR_ALL))
        column.addLayout(_buttons(self, self._save))
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


class TextDialog(QDialog):
    """The text of a new card, in Markdown."""

    chosen = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Add a text card")
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Text of the card")
        self._text.setPlaceholderText("## A heading\n\nWith **Markdown**, as in PostHog.")
        self._left = words.note(theme, FOR_ALL)
        self._add = _primary("Add for everyone")
        column = _column(self)
        column.addWidget(words.heading("Add a text card", theme))
        column.addWidget(self._text, 1)
        column.addWidget(self._left)
        column.addLayout(_buttons(self, self._add))
        self._text.textChanged.connect(self._update)
        self._add.clicked.connect(self._on_add)
        self.resize(480, 360)
        self._update()

    @Slot()
    def _update(self) -> None:
        body = self._text.toPlainText().strip()
        over = len(body) - LONGEST_TEXT
        self._left.setText(f"{over:,} characters too many." if over > 0 else FOR_ALL)
        self._add.setEnabled(bool(body) and over <= 0)

    @Slot()
    def _on_add(self) -> None:
        self.accept()
        self.chosen.emit(self._text.toPlainText().strip())


def _primary(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("primary", True)
    button.setDefault(True)
    return button


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 20, 20, 16)
    column.setSpacing(8)
    return column


def _buttons(dialog: QDialog, primary: QPushButton) -> QHBoxLayout:
    cancel = QPushButton("Cancel")
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(cancel)
    row.addWidget(primary)
    return row
