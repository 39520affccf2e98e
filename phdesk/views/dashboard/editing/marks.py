"""What shows that a tile can be moved and resized: two handles, and an outline with eight marks."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from phdesk.views.dashboard.card import RADIUS
from phdesk.views.dashboard.editing.zones import CURSORS, MOVE, Zone
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.theme import Theme, icon

AROUND = 5  # px of the outline beyond its tile
MARK = 8.0  # px
CORNER: Zone = (1, 1)


class Handle(QToolButton):
    """A button on a tile that is dragged, or used by keys."""

    def __init__(self, tile: TileWidget, zone: Zone, theme: Theme) -> None:
        super().__init__(tile)
        self.tile, self.zone = tile, zone
        self.setProperty("handle", True)
        self.setFixedSize(QSize(28, 24) if zone == MOVE else QSize(24, 24))
        self.setCursor(CURSORS[zone])
        self.set_theme(theme)
        self.place()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self.setIcon(icon("grip" if self.zone == MOVE else "move-diagonal-2", theme.muted))

    def place(self) -> None:
        """Stand in the corner of the tile, and be named after it."""
        view, size = self.tile.view, self.tile.size()
        title = (view.title if view is not None else "") or "the tile"
        if self.zone == MOVE:
            self.move(size.width() - self.width() - 8, 8)
            self.setAccessibleName(f"Move {title}")
            self.setToolTip("Drag to move; Enter, then arrows")
        else:
            self.move(size.width() - self.width() - 3, size.height() - self.height() - 3)
            self.setAccessibleName(f"Resize {title}")
            self.setToolTip("Drag to resize; Enter, then arrows")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, unless its tile is in the hand: a placeholder has no handles.

        It is not hidden then: the pointer that drags it would be lost.
        """
        if not self.tile.lifted:
            super().paintEvent(event)


class Outline(QWidget):
    """A line around the tile under the pointer or in the hand, with a mark for each zone."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._tile: TileWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def tile(self) -> TileWidget | None:
        """Give the tile around which it stands."""
        return self._tile

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.update()

    def surround(self, tile: TileWidget | None) -> None:
        """Stand around a tile, or nowhere."""
        self._tile = tile
        self.follow()
        self.setVisible(tile is not None)

    def follow(self) -> None:
        """Go where the tile is."""
        if self._tile is not None:
            around = self._tile.geometry().adjusted(-AROUND, -AROUND, AROUND, AROUND)
            self.setGeometry(around)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(AROUND, AROUND, -AROUND, -AROUND)
        painter.setPen(QPen(self._theme.accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(edge, RADIUS, RADIUS)
        painter.setBrush(self._theme.surface)
        for mark in _marks(edge):
            painter.drawRoundedRect(mark, 2, 2)


def _marks(edge: QRectF) -> list[QRectF]:
    middle = edge.center()
    xs, ys = (edge.left(), middle.x(), edge.right()), (edge.top(), middle.y(), edge.bottom())
    return [
        QRectF(x - MARK / 2, y - MARK / 2, MARK, MARK)
        for x in xs
        for y in ys
        if (x, y) != (middle.x(), middle.y())
    ]


def seen_part(page: QWidget, pane: QWidget) -> QRect:
    """Give the part of the page that is on screen."""
    return QRect(page.mapFrom(pane, pane.rect().topLeft()), pane.size())
