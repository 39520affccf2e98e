"""Small parts of which settings are made: buttons in a row, chips, lines that can go."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.drop_button import DropButton
from phdesk.views.widgets.tooltips import plain_tip

TARGET = 28  # px


class WordsButton(DropButton):
    """A button whose words may be cut where there is no room, and stand whole in its tip."""

    def set_words(self, words: str, name: str) -> None:
        """Show these words; `name` says them to those who hear it."""
        super().set_words(words.replace("&", "&&"), name)
        self.setToolTip(plain_tip(words))

    def minimumSizeHint(self) -> QSize:
        """Give way to others in the row."""
        return QSize(72, self.sizeHint().height())


def add_button(text: str, theme: Theme, parent: QWidget | None = None) -> QPushButton:
    """Make a button that adds something."""
    made = QPushButton(text, parent)
    made.setProperty("flat", True)
    made.setProperty("add", True)
    made.setIcon(icon("plus", theme.muted))
    made.setAutoDefault(False)
    return made


def sign_button(name: str, sign: str, theme: Theme, parent: QWidget | None = None) -> QToolButton:
    """Make a button that is a sign alone."""
    made = QToolButton(parent)
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(name))
    made.setIcon(icon(sign, theme.muted))
    made.setFixedSize(TARGET, TARGET)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def line(*parts: QWidget, stretch: int | None = 0) -> QHBoxLayout:
    """Lay parts in a row, one of which takes the room that is left; None leaves it at the end."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == stretch else 0)
    if stretch is None:
        row.addStretch(1)
    return row


def pop_menu(menu: QMenu, below: QWidget) -> None:
    """Open a menu below a button; it goes when it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + 4)))


def add_action(menu: QMenu, text: str, done: Callable[[], object], *, enabled: bool = True) -> None:
    """Add something to do to a menu."""
    action = menu.addAction(text.replace("&", "&&"))
    action.triggered.connect(done)
    action.setEnabled(enabled)


class Card(QFrame):
    """A frame around what belongs together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
