"""Words for a screen reader that stand nowhere as a control's name."""

from PySide6 import QtGui  # makes the classes of accessibility when something is said
from PySide6.QtWidgets import QWidget


def speak(widget: QWidget, words: str) -> None:
    """Say something at once, over what is being said; silent where nobody listens."""
    event = QtGui.QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    QtGui.QAccessible.updateAccessibility(event)
