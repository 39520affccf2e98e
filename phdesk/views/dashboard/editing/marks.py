"""What shows that a tile can be moved and resized: two handles, and an outline with eight marks."""

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from phdesk.views.dashboard.editing.zones import CURSORS, MOVE, Zone
from phdesk.views.dashboard.over_card import paint_outline
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.theme import Theme, pixmap

AROUND = 5  # px of the outline beyond its tile
MARK = 8.0  # px
CORNER: Zone = (1, 1)
END, STROKES = 22.5, (3.5, 7.5)  # px: the sign of the corner stays in the margin around the chart


class Handle(QAbstractButton):
    """A button on a tile that is dragged, or used by keys."""

    def __init__(self, tile: TileWidget, zone: Zone, theme: Theme) -> None:
        super().__init__(tile)
        self.tile, self.zone, self._theme = tile, zone, theme
        self.setFixedSize(QSize(28, 24) if zone == MOVE else QSize(24, 24))
        self.setCursor(CURSORS[zone])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        act = "move" if zone == MOVE else "resize"
        self.setToolTip(f"Drag to {act}; Enter, then arrows")
        self.place()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.update()

    def rename(self) -> None:
        """Be named after the tile."""
        view = self.tile.view
        title = (view.title if view is not None else "") or "the tile"
        self.setAccessibleName(f"{'Move' if self.zone == MOVE else 'Resize'} {title}")

    def place(self) -> None:
        """Stand in the corner of the tile."""
        size, inset = self.tile.size(), 8 if self.zone == MOVE else 3
        top = inset if self.zone == MOVE else size.height() - self.height() - inset
        self.move(size.width() - self.width() - inset, top)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign; nothing while the tile is in the hand, for a placeholder has no handles.

        It is not hidden then: the pointer that drags it would be lost. A styled button takes ten
        times as long, and there are two on each tile that glides.
        """
        if self.tile.lifted:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.zone == MOVE or self.underMouse() or self.hasFocus():
            edge = theme.accent if self.hasFocus() else QColor(Qt.GlobalColor.transparent)
            painter.setPen(QPen(edge, 2))
            painter.setBrush(theme.accent_bg if self.underMouse() else theme.surface)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self.zone == MOVE:
            sign = pixmap("grip", theme.muted, 16, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, sign)
            return
        painter.setPen(QPen(theme.muted, 1.5))
        painter.drawLines([QLineF(END - one, END, END, END - one) for one in STROKES])


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
        edge = QRectF(self.rect()).adjusted(AROUND, AROUND, -AROUND, -AROUND)
        paint_outline(painter, edge, QPen(self._theme.accent, 1.5))
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
