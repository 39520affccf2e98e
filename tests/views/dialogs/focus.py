"""Walks the parts of a window that can have the focus, as a screen reader does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def names_of_focusable(top):
    found = {}
    for widget in top.findChildren(QWidget):
        policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if policy and widget.isVisible() and widget.focusProxy() is None:
            interface = QAccessible.queryAccessibleInterface(widget)
            found[widget] = interface.text(QAccessible.Text.Name)
    return found
