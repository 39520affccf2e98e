"""Ask for an SQL expression, or another short text, below a button."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from phdesk.views.dialogs import words
from phdesk.views.dialogs.popover import Popover, apply_button
from phdesk.views.theme import Theme

WIDTH = 360  # px


class ExpressionPopover(Popover):
    """A field and a button; Enter takes what is written."""

    chosen = Signal(str)
    may_be_empty = False

    def __init__(
        self, theme: Theme, title: str, text: str, parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__(title, parent)
        self._field = QLineEdit(text)
        self._field.setAccessibleName(title)
        self._field.setPlaceholderText(hint)
        self._take = apply_button()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(words.caption(title, self._field, theme))
        column.addWidget(self._field)
        column.addWidget(self._take)
        self.setFixedWidth(WIDTH)
        self._field.textChanged.connect(self._judge)
        self._field.returnPressed.connect(self._choose)
        self._take.clicked.connect(self._choose)
        self._judge()
        self._field.setFocus()

    @Slot()
    def _judge(self) -> None:
        self._take.setEnabled(self.may_be_empty or bool(self._field.text().strip()))

    @Slot()
    def _choose(self) -> None:
        text = self._field.text().strip()
        if text or self.may_be_empty:
            self.accept()
            self.chosen.emit(text)
