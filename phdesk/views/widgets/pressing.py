"""Dialogs that fit on the screen, and Enter on the button that has the keyboard.

Qt presses it with Space alone, unless it is one of a dialog that takes Enter by itself; else Enter
in a dialog presses the default button, which is another one: who is on Cancel would save.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QPushButton, QToolButton, QWidget

TITLE = 36  # px of a bar that desktops put above a dialog
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ASKED = QEvent.Type.ShortcutOverride  # before each key Qt asks, from the keyboard up, whose it is


def press(event: QKeyEvent, within: QWidget, had: QWidget | None) -> bool:
    """Press the button in here that has the keyboard, if the key is Enter alone; say whether so.

    It is the one that `had` the keyboard when the key went down: a field or a list may have done
    something with Enter before, which gave the keyboard to a button that nobody meant. A key that
    is held down presses once.
    """
    button = within.focusWidget()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in ENTERS or held:
        return False
    if button is not had or not isinstance(button, QAbstractButton):
        return False
    if button.isCheckable() and not isinstance(button, QPushButton | QToolButton):
        return False  # a box or a choice: Space is for these
    if not event.isAutoRepeat():
        button.click()
    return True


class Dialog(QDialog):
    """A dialog in which Enter presses the button that has the keyboard, else the default one.

    It is shown no larger than the screen: what confirms stands at the bottom.
    """

    _had: QWidget | None = None  # the keyboard, when a key went down

    def event(self, event: QEvent) -> bool:
        """Note who is asked for a key."""
        if event.type() is ASKED:
            self._had = self.focusWidget()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Leave nothing outside the screen; Qt then finds the place."""
        if not event.spontaneous():  # by the program
            room = self.screen().availableSize()
            self.resize(self.size().boundedTo(QSize(room.width(), room.height() - TITLE)))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter; all other keys are Qt's."""
        if not press(event, self, self._had):
            super().keyPressEvent(event)
