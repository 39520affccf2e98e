"""Icons from `resources/icons`, drawn in any colour and sharp on any screen."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from phdesk import resources

BUTTON, LIST = 16, 24  # px of icons as Qt's style draws them there


def icon(name: str, color: QColor, size: int = BUTTON) -> QIcon:
    """Give the icon `name` in a colour, `size` px large; a larger place shows it no larger."""
    return _icon(name, color.name(QColor.NameFormat.HexArgb), size, _screen_ratio())


def pixmap(name: str, color: QColor, size: int = 16, ratio: float | None = None) -> QPixmap:
    """Give the icon `name`, `size` px large, for a device pixel ratio (default: the screen's)."""
    return _pixmap(name, color.name(QColor.NameFormat.HexArgb), size, ratio or _screen_ratio())


def draw_icon(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Draw the icon `name` into a rectangle."""
    _renderer(name, color.name()).render(painter, rect)


def _screen_ratio() -> float:
    return QGuiApplication.primaryScreen().devicePixelRatio()


@cache
def _icon(name: str, color: str, size: int, ratio: float) -> QIcon:
    made = QIcon()
    for one in {1.0, ratio}:  # the window may move to a coarser screen
        made.addPixmap(_pixmap(name, color, size, one))
    return made


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    _renderer(name, QColor(color).name())  # a missing file is told before a painter is open
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(QColor(color).alphaF())
    draw_icon(painter, QRectF(0, 0, size, size), name, QColor(color))
    painter.end()
    return made


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = resources.read_bytes(f"icons/{name}.svg")
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", color.encode())))
