"""Asks for the password of a shared page; it is sent to the page's server and kept nowhere."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

LONGEST = 200
WIDTH = 440  # px
TITLE = "Password of the page"


class PagePassword(Dialog):
    """A field and a button; the word goes up."""

    chosen = Signal(str)

    def __init__(
        self, theme: look.Theme, host: str, wrong: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._word = QLineEdit()
        self._word.setEchoMode(QLineEdit.EchoMode.Password)
        self._word.setMaxLength(LONGEST)
        self._word.setAccessibleName(TITLE)
        self._word.setAccessibleDescription(wrong)
        self._open = QPushButton("Open the page")
        self._arrange(theme, host, wrong)
        self._open.clicked.connect(self._on_open)
        self._word.textChanged.connect(self._update)
        self.resize(WIDTH, 0)

    def _arrange(self, theme: look.Theme, host: str, wrong: str) -> None:
        refused = words.plain(wrong)
        refused.setForegroundRole(words.BAD)
        refused.setVisible(bool(wrong))
        cancel = QPushButton("Cancel")
        self._open.setProperty("primary", True)
        self._open.setDefault(True)
        self._open.setEnabled(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(TITLE, theme))
        column.addWidget(words.plain(f"Who shared it protected it. It is sent to {host} alone."))
        column.addWidget(self._word)
        column.addWidget(refused)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)

    @Slot()
    def _update(self) -> None:
        self._open.setEnabled(bool(self._word.text()))

    @Slot()
    def _on_open(self) -> None:
        word = self._word.text()
        self._word.setText("")  # drops what the field could undo to, as well
        self.accept()
        self.chosen.emit(word)
