"""Asks for one name, such as that of a board."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.trouble import Trouble
from phdesk.views.widgets.pressing import Dialog

LONGEST = 200  # characters, of what has no limit of its own
WIDTH = 440  # px


class OneName(Dialog):
    """A field and a button; nothing happens here, the name goes up."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: look.Theme,
        title: str,
        done: str,
        parent: QWidget | None = None,
        longest: int = LONGEST,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._may_be_empty = False
        self._name = QLineEdit()
        self._name.setMaxLength(longest)
        self._name.setAccessibleName("Name")
        self._note = words.note(theme)
        self._note.hide()
        self._wrong = Trouble()
        self._done = QPushButton(done)
        self._done.setProperty("primary", True)
        self._done.setDefault(True)
        cancel = QPushButton("Cancel")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(title, theme))
        column.addWidget(self._name)
        column.addWidget(self._wrong)
        column.addWidget(self._note)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self._done.clicked.connect(self._on_done)
        self._name.textChanged.connect(self._update)
        self.resize(WIDTH, 0)
        self._update()

    def set_name(self, name: str, note: str = "", *, may_be_empty: bool = False) -> None:
        """Fill in what is there; a note below says more."""
        self._may_be_empty = may_be_empty
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._name.setText(name)
        self._name.selectAll()
        self._name.setFocus()
        self._update()

    def set_wrong(self, why: str) -> None:
        """Say why the name that was given before did not do; the keyboard is on it."""
        self._wrong.say(why)
        self._name.setAccessibleDescription(why)

    @Slot()
    def _update(self) -> None:
        self._done.setEnabled(self._may_be_empty or bool(self._name.text().strip()))

    @Slot()
    def _on_done(self) -> None:
        self.accept()
        self.chosen.emit(self._name.text().strip())
