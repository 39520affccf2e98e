"""Tiles and whole dashboards as pictures, without a window."""

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QImageWriter, QPainter, QTextOption

from phdesk.core.ages import tile_age
from phdesk.core.charts.spec import TileView
from phdesk.core.grid.metrics import Metrics, metrics_for
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box
from phdesk.views.dashboard.card import paint_card, spelled_out
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.rows import evened
from phdesk.views.theme import Theme

Painting = Callable[[TileView, Callable[[], None]], Iterator[object]]
EDGE = 20
FORMATS = {"": "PNG", ".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
QUALITY = 92  # of 100; in less, letters get smudges
HEADER = 64
MORE = 20  # of a head with a line of facts
FOOT = 20  # below the tiles, for the line that counts those without room
GAP = 8  # px, between tiles that left the grid
NARROW_MARGIN = 4  # px, between rows that shrank
SMALLEST_ROW = 16  # px: in lower ones a tile of two rows cannot be read
SMALLEST_TILE = (120, 64)  # px: in less even a sentence cannot be read
BEST_SHAPE = 1.6  # width by height of tiles that left the grid
NO_CARD = CardState()


def tile_picture(
    view: TileView,
    theme: Theme,
    size: tuple[int, int],
    scale: float,
    card: CardState = NO_CARD,
) -> QImage:
    """Draw one tile that fills the picture; size in points, scale in pixels a point."""
    image = blank(size, theme, scale)
    painter = QPainter(image)
    paint_tile(painter, view, theme, size, card)
    painter.end()
    return image


def paint_tile(
    painter: QPainter, view: TileView, theme: Theme, size: tuple[int, int], card: CardState
) -> None:
    """Paint one tile that fills a page of a size, with whatever paints."""
    rect = QRectF(EDGE / 2, EDGE / 2, size[0] - EDGE, size[1] - EDGE)
    paint_card(painter, rect, spelled_out(view, rect, theme), theme, card)


class Page:
    """A dashboard to be drawn: header, tiles in reading order, their boxes and what frames say."""

    def __init__(
        self,
        title: str,
        description: str,
        views: Sequence[TileView],
        boxes: Sequence[Box],
        cards: Sequence[CardState],
    ) -> None:
        self.title, self.description = title, description
        self.views, self.boxes, self.cards = views, boxes, cards
        self.facts = ""  # a line below the description: filters, ages
        self.bare: frozenset[int] = frozenset()  # cards without a frame, led by which others follow

    def natural_height(self, width: int) -> int:
        """Give the height, in points, that the page takes at a width."""
        metrics, boxes = self._layout(width)
        return self.head + metrics.height(boxes) + EDGE

    @property
    def head(self) -> int:
        """Give the height, in points, of what stands above the tiles."""
        return HEADER + (MORE if self.facts and self.description else 0)

    def picture(self, theme: Theme, width: int, height: int | None, scale: float) -> QImage:
        """Draw the page; with a height its tiles fit into that, as many as can be read.

        Rows shrink first; where they get too low, tiles leave the grid and fill the picture in
        reading order, all of one size; those that have no room even so are counted at the foot.
        """
        high = self.natural_height(width) if height is None else height
        image = blank((width, high), theme, scale)
        painter = QPainter(image)
        deque(self.painting(painter, theme, width, high), maxlen=0)
        painter.end()
        return image

    def painting(
        self,
        painter: QPainter,
        theme: Theme,
        width: int,
        height: int,
        paint: Painting | None = None,
    ) -> Iterator[int]:
        """Paint the page with whatever paints, tile by tile; gives how many are done.

        `paint` carries out what paints a tile, in steps, where that may take long.
        """
        places = self._places(width, height)
        shown = [spelled_out(*one, theme) for one in zip(self.views, places, strict=False)]
        even = evened(zip(count(), places, shown), theme)
        self._paint_header(painter, theme, width)
        for number, (rect, view) in enumerate(zip(places, shown, strict=True)):
            card = self.cards[number]
            work = partial(paint_card, painter, rect, view, theme, card, even.get(number))
            if paint is None:
                work()
            else:
                for _ in paint(view, work):
                    yield number
            yield number + 1
        left = len(self.views) - len(places)
        if left:
            foot = QRectF(EDGE, height - FOOT - 4, width - 2 * EDGE, FOOT)
            words = "and 1 more tile" if left == 1 else f"and {left:,} more tiles"
            elided(painter, foot, words, theme, (13, 400), "muted")

    def rectangles(self, width: int) -> list[QRectF]:
        """Give the tiles their places on a page as wide and high as they want."""
        return self._places(width, self.natural_height(width))

    def _layout(self, width: int) -> tuple[Metrics, Sequence[Box]]:
        metrics = metrics_for(max(width - 2 * EDGE, 1))
        return metrics, self.boxes if metrics.columns > 1 else one_column(self.boxes)

    def _places(self, width: int, height: int) -> list[QRectF]:
        """Give the tiles their rectangles; the list ends where the room does."""
        metrics, boxes = self._layout(width)
        room = height - self.head - EDGE
        lower = metrics if metrics.height(boxes) <= room else _lowered(metrics, boxes, room)
        if lower is not None:
            on_grid = (QRectF(*lower.rectangle(box)) for box in boxes)
            return [rect.translated(EDGE, self.head) for rect in on_grid]
        rects = evenly(len(boxes), QSizeF(metrics.width, max(room, 1)))
        if len(rects) < len(boxes):
            rects = evenly(len(boxes), QSizeF(metrics.width, max(room - FOOT + EDGE / 2, 1)))
        return [rect.translated(EDGE, self.head) for rect in rects]

    def _paint_header(self, painter: QPainter, theme: Theme, width: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(EDGE, 8, width - 2 * EDGE, 28)
        elided(painter, line, self.title, theme, (20, 650), "text")
        below = QRectF(EDGE, 34, width - 2 * EDGE, 20)
        elided(painter, below, self.description or self.facts, theme, (13, 400), "muted")
        if self.description and self.facts:
            elided(painter, below.translated(0, MORE), self.facts, theme, (13, 400), "muted")


def _lowered(metrics: Metrics, boxes: Sequence[Box], room: int) -> Metrics | None:
    """Shrink rows until they fit; None where they could not be read any more."""
    rows = max((box.y + box.h for box in boxes), default=1)
    for margin in (metrics.margin, NARROW_MARGIN):
        row = (room + margin) / rows - margin
        if row >= SMALLEST_ROW:
            return Metrics(metrics.width, metrics.columns, margin, int(row))
    return None


def evenly(count: int, size: QSizeF) -> list[QRectF]:
    """Divide a room among tiles in reading order; the list ends where they could not be read."""
    width, height = size.width() + GAP, size.height() + GAP
    most_across = max(int(width / (SMALLEST_TILE[0] + GAP)), 1)
    most_down = max(int(height / (SMALLEST_TILE[1] + GAP)), 1)
    shown = max(min(count, most_across * most_down), 1)
    choices = range(-(-shown // most_down), most_across + 1)
    across = min(choices, key=partial(_distorted, shown, width / height))
    w, h = width / across, height / -(-shown // across)
    return [
        QRectF(i % across * w, i // across * h, w - GAP, h - GAP) for i in range(min(count, shown))
    ]


def _distorted(count: int, shape: float, across: int) -> float:
    """Say how far from their best shape tiles are in a room of a shape, width by height."""
    return abs(math.log(shape / across * -(-count // across) / BEST_SHAPE))


def format_of(path: str) -> str | None:
    """Choose a picture's format by the end of its name; None for one that is not written."""
    return FORMATS.get(PurePath(path).suffix.lower())


def write_picture(image: QImage, path: str) -> str:
    """Write a picture; gives a reason when that is not possible, else nothing."""
    writer = QImageWriter(path)
    kind = format_of(path) or "PNG"
    writer.setFormat(kind.encode())
    if kind != "PNG":  # for which it would mean less compression
        writer.setQuality(QUALITY)
    return "" if writer.write(image) else writer.errorString()


def png_of(image: QImage) -> bytes:
    """Give a picture as the bytes of a PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def ages_of(views: Sequence[TileView], now: datetime) -> list[str]:
    """Write the age of each view at a moment."""
    return [tile_age(view.computed_at, now) for view in views]


def cards_of(views: Sequence[TileView], now: datetime) -> list[CardState]:
    """Say in each frame how old a view is at a moment."""
    return [CardState(age=age) for age in ages_of(views, now)]


def elided(  # noqa: PLR0913  a text needs its place, words and ink
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    font: tuple[float, int],
    token: str,
    *,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write one line in a font of a size and weight, shortened to its rectangle."""
    painter.setFont(theme.font(*font))
    painter.setPen(theme.color(token))
    measure = QFontMetricsF(painter.font())
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, shown, QTextOption(side | Qt.AlignmentFlag.AlignVCenter))


def blank(size: tuple[int, int], theme: Theme, scale: float) -> QImage:
    """Make a picture in the colour of the page."""
    image = QImage(QSize(*size) * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.bg)
    return image
