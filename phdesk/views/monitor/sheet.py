"""The picture of a page, drawn a tile at a time; used again for one page after another.

It is as large as any page of the screen can be: a banner that comes or goes makes pages lower or
higher, and to make pictures of 8 MB anew for each left holes of that size in the process's memory
(glibc takes a block for a small one that is freed once, and puts the next into its heap).
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from phdesk.core.charts.spec import TileView
from phdesk.core.wall.alarm_words import AlarmWords
from phdesk.core.wall.pages import Page, Spot
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.number import Even
from phdesk.views.monitor.alarm_band import paint_band
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import paint_tile
from phdesk.views.monitor.rows import evened

SINGLE = 1.35  # how much larger the type of a tile is that fills the screen


class Ground(Protocol):
    """What a page is drawn on."""

    @property
    def size(self) -> QSize:
        """Give its size in px."""

    @property
    def most(self) -> QSize:
        """Give the size in px that no page of this screen goes beyond, as wide as each."""

    @property
    def ratio(self) -> float:
        """Give the pixels of a px."""

    @property
    def ink(self) -> Ink:
        """Give what it is drawn with."""


class Drawn(Struct, frozen=True, gc=False):
    """What a tile's picture was made of."""

    view: TileView
    notes: Notes
    even: Even | None = None  # with the numbers beside it


class Sheet:
    """One picture, and the page in its upper left corner."""

    def __init__(self) -> None:
        self.picture: QPixmap | None = None
        self.size = QSize()  # of the page, px
        self.page = Page(())
        self._tiles: Sequence[int] = ()
        self._drawn: dict[int, Drawn] = {}
        self._band: AlarmWords | None = None  # as it is drawn

    def begin(self, page: Page, tiles: Sequence[int], ground: Ground) -> None:
        """Begin an empty page over the last one; `tiles` are the ids of its spots' indices."""
        wanted = ground.most * ground.ratio
        if self.picture is None or self.picture.size() != wanted:
            self.picture = QPixmap(wanted)
        self.picture.setDevicePixelRatio(ground.ratio)
        self.size = ground.size
        whole = QRectF(QPointF(), self.size.toSizeF()).adjusted(0, 0, 1, 1)
        painter = QPainter(self.picture)  # rows below are never touched, so they take no memory
        painter.fillRect(whole, ground.ink.theme.bg)
        painter.end()
        self.page, self._tiles = page, tuple(tiles)
        self._drawn.clear()
        self._band = None

    def drop(self) -> None:
        """Give the memory back."""
        self.picture = None
        self.page = Page(())
        self._drawn.clear()

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Paint the page as it is drawn so far; what lies around it is no part of it."""
        if self.picture is not None:
            ratio = self.picture.devicePixelRatio()
            painter.drawPixmap(at, self.picture, QRectF(QPointF(), (self.size * ratio).toSizeF()))

    @property
    def tile_ids(self) -> list[int]:
        """Give the tiles on the page."""
        return [self._tiles[spot.index] for spot in self.page.spots]

    def draw_one(
        self,
        views: Mapping[int, TileView],
        notes: Mapping[int, Notes],
        ink: Ink,
        band: AlarmWords | None = None,
    ) -> QRectF | None:
        """Draw the next tile that is new or looks different; None when all are drawn.

        `band` is what stands above the tile of an alert.
        """
        if band is not None and band != self._band and self.picture is not None:
            self._band = band
            painter = QPainter(self.picture)
            try:
                return paint_band(painter, self.size.width(), band, ink)
            finally:
                painter.end()
        placed = [(self._tiles[spot.index], spot) for spot in self.page.spots]
        even = evened(placed, views, notes, ink)
        for tile, spot in placed:
            view = views.get(tile)
            if view is None:
                continue
            wanted = Drawn(view, notes.get(tile, Notes()), even.get(tile))
            held = self._drawn.get(tile)
            if held is None or not _is_same(held, wanted):
                self._draw(spot, wanted, ink)
                self._drawn[tile] = wanted
                return rect_of(spot)
        return None

    def _draw(self, spot: Spot, wanted: Drawn, ink: Ink) -> None:
        if self.picture is None:
            return
        single = len(self.page.spots) == 1
        painter = QPainter(self.picture)
        try:
            rect = rect_of(spot)
            painter.fillRect(rect, ink.theme.bg)
            larger = ink.grown(SINGLE) if single else ink
            paint_tile(painter, rect, wanted.view, wanted.notes, larger, wanted.even)
        finally:
            painter.end()


def _is_same(held: Drawn, wanted: Drawn) -> bool:
    return held.view is wanted.view and held.notes == wanted.notes and held.even == wanted.even


def rect_of(spot: Spot) -> QRectF:
    """Give a spot as a rectangle of whole pixels."""
    left, top = round(spot.x), round(spot.y)
    return QRectF(left, top, round(spot.x + spot.w) - left, round(spot.y + spot.h) - top)
