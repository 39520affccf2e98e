"""Dialogs in which a person writes: Esc asks before that is lost, Cancel means it."""

from PySide6 import QtWidgets  # makes QMessageBox when it is first named, not before it is shown
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from phdesk.views.widgets.pressing import Dialog

LEAVE = "Leave without saving?"
UNSAVED = "What you wrote here is not saved."


class Form(Dialog):
    """Closed by the program it asks nothing: then there is nobody to save for."""

    came_back = False  # what is in it was written before, and refused

    @property
    def written_in(self) -> QWidget:
        """Give what holds the fields; what is written beside them is a search."""
        return self

    @property
    def is_written(self) -> bool:
        """Tell whether words would be lost; what was filled in by the program is elsewhere, too."""
        lines = self.written_in.findChildren(QLineEdit)
        texts = self.written_in.findChildren(QPlainTextEdit)
        return (
            self.came_back
            or any(one.isModified() and one.text().strip() for one in lines)
            or any(one.document().isModified() and one.toPlainText().strip() for one in texts)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask at Esc."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.is_written:
            self._ask_leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask where a person closes the window."""
        if event.spontaneous() and self.is_written:
            event.ignore()
            self._ask_leave()
        else:
            super().closeEvent(event)

    def _ask_leave(self) -> None:
        """Ask what becomes of what was written; Enter and Esc change nothing."""
        box = QtWidgets.QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(LEAVE)
        box.setText(UNSAVED)
        role = QtWidgets.QMessageBox.ButtonRole
        box.addButton("Discard", role.DestructiveRole).clicked.connect(self.reject)
        keep = box.addButton("Keep writing", role.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        self.finished.connect(box.close)  # it was saved, or there is nobody to save for
        box.open()
