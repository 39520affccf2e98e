"""Questions that a person is asked about an insight that is not saved."""

from collections.abc import Callable

from PySide6 import QtWidgets  # makes QMessageBox when it is first named, not before it is shown
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from phdesk.core.building.saving import Overtaken, overtaken_words

Done = Callable[[], object]


def ask_leave(window: QWidget, title: str, save: Done, discard: Done) -> "QtWidgets.QMessageBox":
    """Ask what becomes of changes when the page is left; Enter and Esc change nothing."""
    box = _box(window, "Leave without saving?", _unsaved(title))
    role = QtWidgets.QMessageBox.ButtonRole
    box.addButton("Save", role.AcceptRole).clicked.connect(save)
    box.addButton("Discard", role.DestructiveRole).clicked.connect(discard)
    keep = box.addButton("Keep editing", role.RejectRole)
    box.setDefaultButton(keep)  # saving is for everyone: no key that is pressed twice does it
    box.setEscapeButton(keep)
    box.open()
    return box


def ask_which(
    window: QWidget, title: str, resume: Done, keep: Done, discard: Done
) -> "QtWidgets.QMessageBox":
    """Ask whether to go on with changes, where another insight is to be begun."""
    box = _box(window, "An insight is not saved", _unsaved(title))
    box.setInformativeText("Go on with it, or begin another and keep this one for later.")
    role = QtWidgets.QMessageBox.ButtonRole
    first = box.addButton("Go on with it", role.AcceptRole)
    box.addButton("Keep it for later", role.AcceptRole).clicked.connect(keep)
    box.addButton("Discard it", role.DestructiveRole).clicked.connect(discard)
    cancel = box.addButton("Cancel", role.RejectRole)
    first.clicked.connect(resume)
    box.setDefaultButton(first)
    box.setEscapeButton(cancel)
    box.open()
    return box


def ask_resume(window: QWidget, title: str, resume: Done, anew: Done) -> "QtWidgets.QMessageBox":
    """Ask whether to go on with changes of an insight that is to be edited, or to begin anew."""
    box = _box(window, "Changes are not saved", _unsaved(title))
    box.setInformativeText("Go on with them, or open it as it is saved: they are kept for later.")
    role = QtWidgets.QMessageBox.ButtonRole
    first = box.addButton("Go on with them", role.AcceptRole)
    box.addButton("Open as saved", role.AcceptRole).clicked.connect(anew)
    cancel = box.addButton("Cancel", role.RejectRole)
    first.clicked.connect(resume)
    box.setDefaultButton(first)
    box.setEscapeButton(cancel)
    box.open()
    return box


def ask_whose(
    window: QWidget, found: Overtaken, mine: Done | None, theirs: Done
) -> "QtWidgets.QMessageBox":
    """Ask which of two changes of the same insight is to hold."""
    box = _box(window, "Not saved", overtaken_words(found))
    box.setInformativeText("Save yours over it, or look at theirs. Yours is kept until then.")
    role = QtWidgets.QMessageBox.ButtonRole
    if mine is not None:
        box.addButton("Save mine over it", role.DestructiveRole).clicked.connect(mine)
    box.addButton("Open theirs", role.ActionRole).clicked.connect(theirs)
    keep = box.addButton("Keep editing", role.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.open()
    return box


def _unsaved(title: str) -> str:
    return f"“{title}” has changes that are not saved."


def _box(window: QWidget, title: str, text: str) -> "QtWidgets.QMessageBox":
    box = QtWidgets.QMessageBox(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    return box
