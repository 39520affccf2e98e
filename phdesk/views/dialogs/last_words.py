"""Asks, when all windows are closed, whether what could not be written is to be tried again."""

from PySide6.QtWidgets import QMessageBox

TRY, LEAVE = "Try again", "Quit without them"


def wants_another_try(what: str, why: str) -> bool:
    """Say what would be lost and why, and wait for the answer: the program ends after it."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("phdesk")
    box.setText(what)
    box.setInformativeText(why)
    again = box.addButton(TRY, QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(LEAVE, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(again)
    box.setEscapeButton(leave)
    box.exec()
    return box.clickedButton() is again
