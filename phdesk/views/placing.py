"""Where the main window stands: as it was, but always on a screen that exists."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from phdesk.services.settings import Window

FIRST_SIZE = (1440, 900)  # px
STEP = 32  # px
LEAST = (480, 360)  # px
HELD = QPoint(120, 16)  # px from a new window's corner to the pointer that dropped it


def place(window: QWidget, known: Window | None) -> None:
    """Put a window where it was, or give it its first size."""
    if known is None:
        size = QGuiApplication.primaryScreen().availableGeometry().size()
        window.resize(min(FIRST_SIZE[0], size.width()), min(FIRST_SIZE[1], size.height()))
        return
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    window.setGeometry(clamped(QRect(known.x, known.y, known.width, known.height), screens))
    if known.maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def clamped(wanted: QRect, screens: list[QRect]) -> QRect:
    """Move and shrink a rectangle so that it lies within the screen that shows most of it."""

    def shown(screen: QRect) -> int:
        part = screen.intersected(wanted)
        return part.width() * part.height() if part.isValid() else 0

    screen = max(screens, key=shown)
    width, height = min(wanted.width(), screen.width()), min(wanted.height(), screen.height())
    left = min(max(wanted.left(), screen.left()), screen.left() + screen.width() - width)
    top = min(max(wanted.top(), screen.top()), screen.top() + screen.height() - height)
    return QRect(left, top, width, height)


def place_of(window: QWidget) -> Window:
    """Say where a window stands."""
    where = window.normalGeometry()
    return Window(where.x(), where.y(), where.width(), where.height(), window.isMaximized())


def beside(window: QWidget, at: QPoint | None = None) -> Window:
    """Choose a place for a window made from another: a step aside, or where a tab was dropped."""
    where = window.normalGeometry()
    moved = where.translated(STEP, STEP)
    if at is not None:
        moved.moveTopLeft(at - HELD)
    inside = moved.intersected(window.screen().availableGeometry())
    if at is None and inside.width() >= LEAST[0] and inside.height() >= LEAST[1]:
        moved = inside  # rather smaller than exactly over the other
    return Window(moved.x(), moved.y(), moved.width(), moved.height())
