"""Where the main window stands: as it was, but always on a screen that exists."""

from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from phdesk.services.settings import Settings, Window

FIRST_SIZE = (1440, 900)  # px


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


def remembered(settings: Settings, window: QWidget) -> Settings:
    """Note where a window stands."""
    where = window.normalGeometry()
    return replace(
        settings,
        window=Window(where.x(), where.y(), where.width(), where.height(), window.isMaximized()),
    )
