"""A dashboard on sheets of paper: a PDF whose words are words, with fonts inside.

Lengths are in px of 1/96 inch. Tiles are laid out as in a window and made smaller to fit the sheet,
so that a row of the dashboard is a row on paper: three rows of usual tiles fill an upright sheet,
two a turned one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter

from phdesk import __version__
from phdesk.core.charts.spec import TileView
from phdesk.core.dates import short_month
from phdesk.core.exporting.pages import Page as Sheet
from phdesk.core.exporting.pages import Placed, paginate
from phdesk.views import picture
from phdesk.views.charts.number import Even
from phdesk.views.charts.paint import paint_body
from phdesk.views.dashboard.card import is_heading, paint_card, spelled_out
from phdesk.views.dashboard.rows import evened
from phdesk.views.picture import EDGE, elided
from phdesk.views.theme import Theme, written

PaperSize = Literal["A4", "Letter"]
SIZES: dict[PaperSize, tuple[QPageSize.PageSizeId, float, float]] = {
    "A4": (QPageSize.PageSizeId.A4, 210 / 25.4 * 96, 297 / 25.4 * 96),
    "Letter": (QPageSize.PageSizeId.Letter, 8.5 * 96, 11 * 96),
}
MARGIN = 40.0  # px around what is on a sheet
FOOTER = 26.0  # px at the foot, for the page's number
LATER_HEAD = 30.0  # px above the tiles of all sheets but the first
LINE = 18.0  # px of a line of the head
NAME = 30.0  # px of the name
UPRIGHT, BROAD = 3, 2  # rows of usual tiles on a sheet
USUAL_ROW, GAP = 448, 12  # px of a tile of PostHog's usual height, and between two
BETWEEN = 16.0  # px from the name in later heads to what the numbers are
MOST_LINES = 3  # of a description, or of facts


class Paper(Struct, frozen=True, gc=False, kw_only=True):
    """What is printed on, and what its head and foot say beside name and number."""

    size: PaperSize = "A4"
    landscape: bool = False
    facts: tuple[str, ...] = ()  # project, filters, ages: lines below the name
    foot: str = ""  # when this was made

    @property
    def width(self) -> float:
        """Give the width of a sheet."""
        return max(SIZES[self.size][1:]) if self.landscape else min(SIZES[self.size][1:])

    @property
    def height(self) -> float:
        """Give the height of a sheet."""
        return min(SIZES[self.size][1:]) if self.landscape else max(SIZES[self.size][1:])


class Print:
    """A dashboard divided among sheets of a paper, to be counted or written."""

    def __init__(self, page: picture.Page, theme: Theme, paper: Paper) -> None:
        self._page, self._theme, self._paper = page, written(theme, "pdf"), paper
        self._room = paper.width - 2 * MARGIN
        rows = BROAD if paper.landscape else UPRIGHT
        high = paper.height - 2 * MARGIN - LATER_HEAD - FOOTER
        self._scale = high / (rows * (USUAL_ROW + GAP))
        self._head = self._wrapped_head()
        self.sheets = self._divided(round(self._room / self._scale) + 2 * EDGE) or ((),)

    @property
    def count(self) -> int:
        """Count the tiles."""
        return len(self._page.views)

    def write(self, device: QIODevice) -> Iterator[int]:
        """Write the sheets onto an open device, tile by tile; gives how many are done.

        Stopped before its end it leaves a file of no use: throw it away.
        """
        writer = self._writer(device)
        painter = QPainter(writer)
        done = 0
        try:
            for number, sheet in enumerate(self.sheets):
                if number:
                    writer.newPage()
                self._paint_around(painter, number)
                top = self._head_height(number)
                for placed, view, even in self._shown(sheet):
                    self._paint_tile(painter, placed, top, view, even)
                    done += 1
                    yield done
        finally:
            painter.end()

    def _writer(self, device: QIODevice) -> QPdfWriter:
        writer = QPdfWriter(device)
        writer.setTitle(self._page.title)
        writer.setCreator(f"phdesk {__version__}")
        writer.setResolution(96)
        turned = QPageLayout.Orientation
        layout = QPageLayout(
            QPageSize(SIZES[self._paper.size][0]),
            turned.Landscape if self._paper.landscape else turned.Portrait,
            QMarginsF(),
        )
        writer.setPageLayout(layout)
        return writer

    def _divided(self, design: int) -> Sequence[Sheet]:
        rects = self._page.rectangles(design)
        tiles = [
            Placed(i, rect.x() - EDGE, rect.y() - self._page.head, rect.width(), rect.height())
            for i, rect in enumerate(rects)
        ]
        below = self._paper.height - MARGIN - FOOTER
        first, others = ((below - self._head_height(n)) / self._scale for n in (0, 1))
        heads = {i for i, view in enumerate(self._page.views) if is_heading(view)}
        return paginate(tiles, first, others, heads | self._page.bare)

    def _head_height(self, number: int) -> float:
        """Give the height, from the edge of the sheet, at which its tiles begin."""
        if number:
            return MARGIN + LATER_HEAD
        return MARGIN + NAME + LINE * len(self._head) + 10

    def _wrapped_head(self) -> list[str]:
        """Break description and facts into lines; what is very long is cut.

        Facts share a line where they fit: each line less may be a row of tiles more on the sheet.
        """
        measure = QFontMetricsF(self._theme.font(12))
        lines = wrapped(self._page.description, measure, self._room)
        joined = " · ".join(self._paper.facts)
        fits = measure.horizontalAdvance(joined) <= self._room
        for fact in (joined,) if fits else self._paper.facts:
            lines += wrapped(fact, measure, self._room)
        return lines

    def _paint_around(self, painter: QPainter, number: int) -> None:
        """Paint head and foot, on the theme's ground if that is no white paper."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, paper = self._theme, self._paper
        if theme.is_dark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.bg)
            painter.drawRect(QRectF(0, 0, paper.width, paper.height))
        line = QRectF(MARGIN, MARGIN, self._room, NAME - 4)
        if number:
            line.setHeight(LINE)
            self._paint_later_head(painter, line)
        else:
            elided(painter, line, self._page.title, theme, (20, 650), "text")
            for place, words in enumerate(self._head):
                below = QRectF(MARGIN, MARGIN + NAME + LINE * place, self._room, LINE)
                elided(painter, below, words, theme, (12, 400), "muted")
        foot = QRectF(MARGIN, paper.height - MARGIN - 8, self._room, LINE)
        words = f"Page {number + 1} of {len(self.sheets)}"
        elided(painter, foot, words, theme, (11, 400), "muted", side=Qt.AlignmentFlag.AlignRight)
        foot.setRight(foot.right() - 120)
        elided(painter, foot, paper.foot, theme, (11, 400), "muted")

    def _paint_later_head(self, painter: QPainter, line: QRectF) -> None:
        """Paint the name, and at its right what the numbers are: of long ones each has a half."""
        theme, said = self._theme, " · ".join(self._paper.facts)
        name = QFontMetricsF(theme.font(12, 600)).horizontalAdvance(self._page.title) + 1
        facts = QFontMetricsF(theme.font(11)).horizontalAdvance(said) + 1 if said else -BETWEEN
        room = max(line.width() / 2, line.width() - facts - BETWEEN)
        left = QRectF(line.topLeft(), QSizeF(min(name, room), line.height()))
        elided(painter, left, self._page.title, theme, (12, 600), "text")
        rest = line.adjusted(left.width() + BETWEEN, 0, 0, 0)
        elided(painter, rest, said, theme, (11, 400), "muted", side=Qt.AlignmentFlag.AlignRight)

    def _shown(self, sheet: Sheet) -> Iterator[tuple[Placed, TileView, Even | None]]:
        """Give the tiles of a sheet with what is painted of them, and how numbers are even."""
        whole = [(self._page.views[placed.tile], _rect(placed)) for placed in sheet]
        views = [spelled_out(view, rect, self._theme) for view, rect in whole]
        even = evened(zip(count(), map(_rect, sheet), views), self._theme)
        for place, (placed, view) in enumerate(zip(sheet, views, strict=True)):
            yield placed, view, even.get(place)

    def _paint_tile(
        self, painter: QPainter, placed: Placed, top: float, view: TileView, even: Even | None
    ) -> None:
        painter.save()
        painter.translate(MARGIN, top)
        painter.scale(self._scale, self._scale)
        rect, page = _rect(placed), self._page
        if placed.tile in page.bare and not is_heading(view):
            paint_body(painter, rect, view, self._theme)
        else:
            paint_card(painter, rect, view, self._theme, page.cards[placed.tile], even)
        painter.restore()


def _rect(placed: Placed) -> QRectF:
    return QRectF(placed.x, placed.y, placed.width, placed.height)


def made_words(now: datetime) -> str:
    """Say when something was made, in this computer's zone."""
    here = now.astimezone()
    return f"Made by phdesk on {here.day} {short_month(here)} {here:%Y, %H:%M} {here:%Z}".rstrip()


def wrapped(text: str, measure: QFontMetricsF, room: float) -> list[str]:
    """Break a text between words into `MOST_LINES` lines or fewer; the last one takes the rest."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        full = len(lines) == MOST_LINES
        if lines and (full or measure.horizontalAdvance(joined) <= room):
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
