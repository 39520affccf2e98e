"""The area between two lines of any length, filled pixel by pixel."""

import math
from typing import Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from phdesk.views.explore.thinning import profile


class Sight(NamedTuple):
    """What is in view: a part of the chart, where it lies, and the device's pixels in one."""

    view: QRectF
    place: QRectF
    ratio: float


class Band(pg.GraphicsObject):
    """From value i of `lows` to value i of `highs` at place i x `step`; NaN leaves a gap.

    A polygon of thousands of noisy corners takes pyqtgraph and Qt 20 ms, its pixels take 1. Their
    steps are not seen: a line is drawn over them.
    """

    def __init__(self, lows: Any, highs: Any, color: QColor, *, step: float = 1.0) -> None:
        super().__init__()
        self._step = step
        self._lows, self._highs, self._color = lows, highs, color
        self._sight: Sight | None = None
        self._pixels: Any = None  # the image's memory
        self._image = QImage()
        self._first = 0  # row of the device at which the image begins
        known = np.concatenate([lows[np.isfinite(lows)], highs[np.isfinite(highs)], [0.0]])
        low, high = float(known.min()), float(known.max())
        self._bounds = QRectF(0, low, max(len(highs) - 1, 0) * step, high - low)

    def boundingRect(self) -> QRectF:
        """Give the ends of all values."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint what is in view; while only what lies over it moves, from the same image."""
        view = self.viewRect()
        place = painter.worldTransform().mapRect(view)
        sight = Sight(view, place, float(painter.device().devicePixelRatio()))
        if place.isEmpty() or view.isEmpty():
            return
        if sight != self._sight:
            self._sight = sight
            self._fill(sight)
        painter.save()
        painter.resetTransform()
        painter.drawImage(_corner(sight) + QPointF(0, self._first / sight.ratio), self._image)
        painter.restore()

    def _fill(self, sight: Sight) -> None:
        view, place, ratio = sight
        corner = _corner(sight)
        wide = math.ceil((place.right() - corner.x()) * ratio)
        unit = view.width() / place.width()  # of the chart in a pixel
        start = view.left() + (corner.x() - place.left()) * unit
        first, last = start / self._step, (start + wide * unit / ratio) / self._step
        lines = profile(self._lows, self._highs, first, last, wide)
        rise = place.height() / view.height() * ratio  # pixels of the device for a value of 1
        bottom = (place.bottom() - corner.y()) * ratio
        with np.errstate(over="ignore", invalid="ignore"):  # of the largest floats
            floors, tops = (bottom - (values - view.top()) * rise for values in lines)
        self._paint_rows(np.fmin(floors, tops), np.fmax(floors, tops), math.ceil(bottom))
        self._image.setDevicePixelRatio(ratio)

    def _paint_rows(self, tops: Any, floors: Any, high: int) -> None:
        """Fill the pixels between two lines; the image has only the rows that hold some."""
        known = np.isfinite(tops) & np.isfinite(floors)
        first = last = 0
        if known.any():
            first = int(np.clip(np.floor(tops[known].min()), 0, high))
            last = int(np.clip(np.ceil(floors[known].max()), first, high))
        rows = np.arange(first, last)[:, None] + 0.5
        inside = known & (rows >= tops) & (rows < floors)
        self._first, self._pixels = first, inside * np.uint32(_premultiplied(self._color))
        form = QImage.Format.Format_ARGB32_Premultiplied
        high, wide = inside.shape
        self._image = QImage(self._pixels.data, wide, high, wide * 4, form) if high else QImage()


def _corner(sight: Sight) -> QPointF:
    """Give the corner of the first whole pixel, so that the image is not moved between two."""
    place, ratio = sight.place, sight.ratio
    return QPointF(
        math.floor(place.left() * ratio) / ratio, math.floor(place.top() * ratio) / ratio
    )


def _premultiplied(color: QColor) -> int:
    alpha = color.alpha()
    red, green, blue = (
        round(part * alpha / 255) for part in (color.red(), color.green(), color.blue())
    )
    return alpha << 24 | red << 16 | green << 8 | blue
