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
    others = (
        ("Keep it for later", role.AcceptRole, keep),
        ("Discard it", role.DestructiveRole, discard),
    )
    return _resuming(box, "Go on with it", resume, *others)


def ask_resume(window: QWidget, title: str, resume: Done, anew: Done) -> "QtWidgets.QMessageBox":
    """Ask whether to go on with changes of an insight that is to be edited, or to begin anew."""
    box = _box(window, "Changes are not saved", _unsaved(title))
    box.setInformativeText("Go on with them, or open it as it is saved: they are kept for later.")
    as_saved = ("Open as saved", QtWidgets.QMessageBox.ButtonRole.AcceptRole, anew)
    return _resuming(box, "Go on with them", resume, as_saved)


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


def _resuming(
    box: "QtWidgets.QMessageBox",
    words: str,
    resume: Done,
    *others: "tuple[str, QtWidgets.QMessageBox.ButtonRole, Done]",
) -> "QtWidgets.QMessageBox":
    """Open a box in which Enter goes on with what is there, and Esc changes nothing."""
    role = QtWidgets.QMessageBox.ButtonRole
    first = box.addButton(words, role.AcceptRole)
    first.clicked.connect(resume)
    for text, kind, done in others:
        box.addButton(text, kind).clicked.connect(done)
    box.setDefaultButton(first)
    box.setEscapeButton(box.addButton("Cancel", role.RejectRole))
    box.open()
    return box
