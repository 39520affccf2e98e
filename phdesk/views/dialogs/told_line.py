"""A line of a dialog: what was done, with a way back; or a question, with two answers."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from phdesk.views.dialogs import words
from phdesk.views.widgets.spoken import speak

Act = Callable[[], None]


class ToldLine(QWidget):
    """Says one thing at a time; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.plain("")
        self._act, self._leave = QPushButton(), QPushButton("Keep it so")
        self._on_act: Act | None = None
        for button in (self._act, self._leave):
            button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        row.addWidget(self._leave)
        self._act.clicked.connect(self._acted)
        self._leave.clicked.connect(self.clear)
        self.clear()

    @property
    def text(self) -> str:
        """Give what is said."""
        return self._words.text()

    def tell(self, text: str, undo: Act | None = None, act: str = "Undo") -> None:
        """Say what was done, and offer to take it back; or what goes on, and how to end it."""
        self._show(text, act, undo)
        self._leave.hide()

    def ask(self, text: str, act: str, yes: Act, *, no: str = "Cancel") -> None:
        """Ask before something is done; the keyboard is on the answer that does nothing."""
        self._show(text, act, yes)
        self._leave.setText(no)
        self._leave.show()
        self._leave.setFocus()

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._on_act = None
        self._words.setText("")
        self.hide()

    def _show(self, text: str, act: str, on_act: Act | None) -> None:
        self._words.setText(text)
        self._act.setText(act)
        self._act.setAccessibleDescription(text)
        self._on_act = on_act
        self._act.setVisible(on_act is not None)
        self.show()
        speak(self, text)

    @Slot()
    def _acted(self) -> None:
        act = self._on_act
        self.clear()
        if act is not None:
            act()
