"""Tells assistive technology what our own widgets are: Qt would call each of them a mere area.

Install it after the first paint. Qt asks for a widget's face once and keeps it, so what may change
is answered when it is asked.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class _Face(QAccessibleWidget):
    """Speaks for a widget that says its role itself."""

    def role(self) -> QAccessible.Role:
        """Give the role that the widget has now."""
        return _role_of(self.object()) or QAccessible.Role.Client


def install() -> None:
    """Let widgets with a `spoken_role` have it."""
    QAccessible.installFactory(_made)


def _made(_name: str, thing: QObject) -> QAccessibleInterface | None:
    role = _role_of(thing)
    return _Face(thing, role) if role is not None and isinstance(thing, QWidget) else None


def _role_of(thing: QObject | None) -> QAccessible.Role | None:
    named = getattr(thing, "spoken_role", None)
    return QAccessible.Role[named] if isinstance(named, str) else None
