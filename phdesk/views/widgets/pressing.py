"""Enter on the button that has the keyboard.

Qt presses it with Space alone, unless it is one of a dialog that takes Enter by itself; else Enter
in a dialog presses the default button, which is another one: who is on Cancel would save.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton, QWidget

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press(event: QKeyEvent, within: QWidget) -> bool:
    """Press the button in here that has the keyboard, if the key is Enter alone; say whether so.

    A key that is held down presses once.
    """
    button = within.focusWidget()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in ENTERS or held or not isinstance(button, QPushButton | QToolButton):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class Dialog(QDialog):
    """A dialog in which Enter presses the button that has the keyboard, else the default one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter; all other keys are Qt's."""
        if not press(event, self):
            super().keyPressEvent(event)
