"""A dialog with a list, what can be done with the one that is chosen, and what is wrong."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.trouble import Trouble
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.tooltips import plain_tip


class ListDialog(Dialog):
    """Holds list, lines and buttons; whoever makes it fills the list and arranges it."""

    look_requested = Signal()

    def __init__(
        self,
        theme: look.Theme,
        title: str,
        columns: Sequence[str],
        whole: Collection[int],
        parent: QWidget | None = None,
    ) -> None:
        """Make the list; the words of the columns numbered `whole` are never cut."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme = theme
        self._trouble, self._note = Trouble(), words.note(theme)
        self._list = table(title, columns)
        for column in whole:  # the others share the rest
            self._list.horizontalHeader().setSectionResizeMode(
                column, QHeaderView.ResizeMode.ResizeToContents
            )
        self._look, self._close = QPushButton("Look again"), QPushButton("Close")
        self._look.clicked.connect(self.look_requested)
        self._close.clicked.connect(self.reject)

    def set_trouble(self, text: str) -> None:
        """Say what cannot be had or changed, and what helps."""
        self._trouble.say(text)

    def _lay_out(
        self, top: QLayout, middle: Sequence[tuple[QWidget, int]], acts: Sequence[QPushButton]
    ) -> None:
        """Put a row of controls above, widgets with their stretch between, and acts below."""
        bottom = QHBoxLayout()
        for act in acts:
            bottom.addWidget(act)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(self.windowTitle(), self._theme))
        column.addLayout(top)
        column.addWidget(self._trouble)
        for part, stretch in middle:
            column.addWidget(part, stretch)
        column.addLayout(bottom)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)


def offer(button: QPushButton, why_not: str) -> None:
    """Let a button be pressed, or say why it cannot be."""
    button.setEnabled(not why_not)
    button.setToolTip(plain_tip(why_not))
    button.setAccessibleDescription(why_not)
