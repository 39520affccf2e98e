"""Tiles and whole dashboards as pictures, without a window."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QImageWriter, QPainter, QTextOption

from phdesk.core.ages import tile_age
from phdesk.core.charts.spec import TileView
from phdesk.core.grid.metrics import Metrics, metrics_for
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box
from phdesk.views.dashboard.card import paint_card
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.theme import Theme

EDGE = 20
HEADER = 64
SMALLEST_ROW = 8  # px: below that nothing of a row can be seen


class TooManyTilesError(ValueError):
    """Raised when a picture is too small for its tiles; the message names both."""


def tile_picture(
    view: TileView, theme: Theme, size: tuple[int, int], scale: float, age: str = ""
) -> QImage:
    """Draw one tile that fills the picture; size in points, scale in pixels a point."""
    image = _blank(size, theme, scale)
    painter = QPainter(image)
    rect = QRectF(EDGE / 2, EDGE / 2, size[0] - EDGE, size[1] - EDGE)
    paint_card(painter, rect, view, theme, CardState(age=age))
    painter.end()
    return image


class Page:
    """A dashboard to be drawn: header, tiles in reading order, their boxes and ages."""

    def __init__(
        self,
        title: str,
        description: str,
        views: Sequence[TileView],
        boxes: Sequence[Box],
        ages: Sequence[str],
    ) -> None:
        self.title, self.description = title, description
        self.views, self.boxes, self.ages = views, boxes, ages

    def natural_height(self, width: int) -> int:
        """Give the height, in points, that the page takes at a width."""
        metrics, boxes = self._layout(width)
        return HEADER + metrics.height(boxes) + EDGE

    def picture(self, theme: Theme, width: int, height: int | None, scale: float) -> QImage:
        """Draw the page; with a height its rows shrink until all tiles fit."""
        metrics, boxes = self._layout(width)
        if height is not None:
            metrics = self._fitted(metrics, boxes, height)
        size = (width, height or HEADER + metrics.height(boxes) + EDGE)
        image = _blank(size, theme, scale)
        painter = QPainter(image)
        self._paint_header(painter, theme, width)
        for view, box, age in zip(self.views, boxes, self.ages, strict=True):
            left, top, w, h = metrics.rectangle(box)
            rect = QRectF(left + EDGE, top + HEADER, w, h)
            paint_card(painter, rect, view, theme, CardState(age=age))
        painter.end()
        return image

    def _layout(self, width: int) -> tuple[Metrics, Sequence[Box]]:
        metrics = metrics_for(max(width - 2 * EDGE, 1))
        return metrics, self.boxes if metrics.columns > 1 else one_column(self.boxes)

    def _fitted(self, metrics: Metrics, boxes: Sequence[Box], height: int) -> Metrics:
        rows = max((box.y + box.h for box in boxes), default=1)
        room = height - HEADER - EDGE
        if metrics.height(boxes) <= room:
            return metrics
        row = (room + metrics.margin) / rows - metrics.margin
        margin = metrics.margin
        if row < SMALLEST_ROW * 2:
            margin = 4
            row = (room + margin) / rows - margin
        if row < SMALLEST_ROW:
            raise TooManyTilesError(
                f"{rows} rows of tiles do not fit into {height} pixels; give more height or none"
            )
        return Metrics(metrics.width, metrics.columns, margin, int(row))

    def _paint_header(self, painter: QPainter, theme: Theme, width: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(EDGE, 8, width - 2 * EDGE, 28)
        _elided(painter, line, self.title, theme, (20, 650), "text")
        below = QRectF(EDGE, 34, width - 2 * EDGE, 20)
        _elided(painter, below, self.description, theme, (13, 400), "muted")


def write_png(image: QImage, path: str) -> str:
    """Write a picture; gives a reason when that is not possible, else nothing."""
    writer = QImageWriter(path)
    writer.setFormat(b"PNG")
    return "" if writer.write(image) else writer.errorString()


def ages_of(views: Sequence[TileView], now: datetime) -> list[str]:
    """Write the age of each view at a moment."""
    return [tile_age(view.computed_at, now) for view in views]


def _elided(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    font: tuple[float, int],
    token: str,
) -> None:
    painter.setFont(theme.font(*font))
    painter.setPen(theme.color(token))
    measure = QFontMetricsF(painter.font())
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, shown, QTextOption(Qt.AlignmentFlag.AlignVCenter))


def _blank(size: tuple[int, int], theme: Theme, scale: float) -> QImage:
    image = QImage(QSize(*size) * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.bg)
    return image
