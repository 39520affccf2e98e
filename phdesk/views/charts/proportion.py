"""Paints one bar of 100 %, divided among its shares, over a list of them."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core.charts.spec import ProportionBody, Share
from phdesk.views.charts import legend
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEAST, LEFT, RIGHT, Ink, box, readable_on, text

THICKEST, THINNEST = 40, 10  # px of a bar
WIDEST = 460  # px of the list
SIDE, NAMED = 9, 52  # px of a swatch, and of a name beside its figure
LOW, PART = 160, 0.22  # px of a body whose bars are thinner, and their part of it


class Style(NamedTuple):
    """What stands beside a name, and the size of the type."""

    px: int
    figures: bool
    shares: bool


LARGE, GROWTH = 480, 2.0  # px of a body whose bars are that much thicker, and its type larger
STYLES = (
    Style(15, figures=True, shares=True),  # on a large tile alone
    Style(12, figures=True, shares=True),
    Style(12, figures=True, shares=False),
    Style(11, figures=True, shares=False),
    Style(11, figures=False, shares=False),
)


class Layout(NamedTuple):
    """A bar for each period, and the rows of the list that fit."""

    bars: tuple[tuple[QRectF, tuple[Share, ...]], ...]
    top: float
    row: float
    rows: int
    large: bool
    shares: tuple[tuple[int, Share], ...]  # with their numbers, those hidden by hand too

    def row_rect(self, rect: QRectF, index: int, ink: Ink) -> QRectF:
        """Give the rectangle of a row of the list."""
        width = min(rect.width(), ink.px(WIDEST * (1.25 if self.large else 1)))
        return QRectF(rect.x(), self.top + index * self.row, width, self.row)


def paint(painter: QPainter, rect: QRectF, body: ProportionBody, ink: Ink) -> None:
    """Paint the bar of each period, and the list."""
    layout = arrange(rect, body, ink)
    for bar, shares in layout.bars:
        parts = _parts(bar, shares)
        if not parts:
            box(painter, bar, ink.theme.grid, ink.px(4))
        for share, part in parts:
            _segment(painter, part, share, ink)
    style = _style(layout, layout.row_rect(rect, 0, ink).width(), ink)
    for index, (_, share) in enumerate(layout.shares[: layout.rows]):
        _row(painter, layout.row_rect(rect, index, ink), share, style, ink)
    more = len(layout.shares) - layout.rows
    foot = layout.row_rect(rect, layout.rows, ink)
    if more and layout.rows and foot.bottom() <= rect.bottom() + 0.5:
        text(painter, foot, f"+ {more:,} more", ink)


def hit(rect: QRectF, body: ProportionBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the part of a bar, or the row of the list, under a point."""
    layout = arrange(rect, body, ink)
    found = next(
        (
            share
            for bar, shares in layout.bars
            for share, part in _parts(bar, shares)
            if part.contains(point)
        ),
        None,
    )
    if found is None:
        number = part_at(rect, body, ink, point)
        if number is None or body.shares[number].hidden:
            return None
        found = body.shares[number]
    words = " · ".join(part for part in (found.text, found.share_text) if part)
    item = body.shares.index(found)
    return Hit(found.label, (HitLine(found.color, found.label, words),), near=0, item=item)


def part_at(rect: QRectF, body: ProportionBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the share whose row of the list is under a point."""
    layout = arrange(rect, body, ink)
    index = int((point.y() - layout.top) // layout.row)
    if not 0 <= index < layout.rows or not layout.row_rect(rect, index, ink).contains(point):
        return None
    return layout.shares[index][0]


def arrange(rect: QRectF, body: ProportionBody, ink: Ink) -> Layout:
    """Give the bars up to a third of the height, and the list the rest."""
    shares = tuple(
        (number, share)
        for number, share in enumerate(body.shares)
        if not share.hidden or number in body.set_aside
    )
    periods = [
        tuple(one for _, one in shares if one.previous is previous and not one.hidden)
        for previous in (False, True)
        if any(share.previous is previous for _, share in shares)
    ]
    count, gap, row = max(len(periods), 1), ink.px(6), ink.line(12) + ink.px(4)
    thickest, large = ink.px(THICKEST), rect.height() >= ink.px(LARGE)
    if large:
        gap, row, thickest = ink.px(14), ink.line(15) + ink.px(8), thickest * GROWTH
    part = PART if rect.height() < ink.px(LOW) else 0.4
    thick = min((rect.height() * part - gap * (count - 1)) / count, thickest)
    if rect.height() < ink.px(THINNEST * count) + row + 2 * gap:
        thick = min((rect.height() - gap * (count - 1)) / count, thickest)
    thick = max(thick, 2.0)
    bars = tuple(
        (QRectF(rect.x(), rect.y() + i * (thick + gap), rect.width(), thick), period)
        for i, period in enumerate(periods)
    )
    top = rect.y() + count * (thick + gap) + ink.px(2)
    fits = max(int((rect.bottom() - top) // row), 0)
    rows = len(shares) if len(shares) <= fits else max(fits - 1, 0)
    if rows == 0 and not fits and bars:  # the bar alone stands in the middle
        free = max(rect.bottom() - bars[-1][0].bottom(), 0.0) / 2
        bars = tuple((bar.translated(0, free), period) for bar, period in bars)
    return Layout(bars, top, row, rows, large, shares)


def _parts(bar: QRectF, shares: Sequence[Share]) -> list[tuple[Share, QRectF]]:
    known = [one for one in shares if one.value and 0 < one.value < math.inf]
    largest = max((one.value or 0.0 for one in known), default=1.0)
    sizes = [(one.value or 0.0) / largest for one in known]  # so that the sum stays finite
    whole, x, made = sum(sizes), bar.x(), []
    for share, size in zip(known, sizes, strict=True):
        width = bar.width() * size / whole
        made.append((share, QRectF(x, bar.y(), width, bar.height())))
        x += width
    return made


def _segment(painter: QPainter, part: QRectF, share: Share, ink: Ink) -> None:
    color = _color(share, ink)
    inner = part.adjusted(0, 0, -min(ink.px(2), part.width() * 0.3), 0)
    inner.setWidth(max(inner.width(), LEAST))
    box(painter, inner, color, ink.px(4))
    room = inner.adjusted(ink.px(4), 0, -ink.px(4), 0)
    if room.width() > 0:
        on = readable_on(color)
        text(
            painter, room, share.share_text, ink, px=12, weight=600, color=on, align=CENTER,
            whole=True,
        )  # fmt: skip


def _style(layout: Layout, width: float, ink: Ink) -> Style:
    """Choose what stands beside the names of all rows: shares go first, then figures."""
    for style in STYLES if layout.large else STYLES[1:]:
        if all(_fits(one, style, width, ink) for _, one in layout.shares[: layout.rows]):
            return style
    return STYLES[-1]


def _fits(share: Share, style: Style, width: float, ink: Ink) -> bool:
    used = min(ink.width(share.label, style.px), ink.px(NAMED)) + ink.px(SIDE + 6)
    used += ink.width(share.text, style.px, 600) + ink.px(6) if style.figures else 0.0
    return used + (_share_width(share, style, ink) if style.shares else 0.0) <= width


def _share_width(share: Share, style: Style, ink: Ink) -> float:
    return max(ink.width(share.share_text, style.px), ink.width("100.0%", style.px)) + ink.px(10)


def _row(painter: QPainter, band: QRectF, share: Share, style: Style, ink: Ink) -> None:
    theme, side, px = ink.theme, ink.px(SIDE), style.px
    swatch = QRectF(band.x(), band.center().y() - side / 2, side, side)
    rest = band.adjusted(side + ink.px(6), 0, 0, 0)
    if share.hidden:
        legend.strike(painter, swatch, rest, share.label, ink, px=px)
        return
    box(painter, swatch, _color(share, ink), ink.px(2))
    if style.shares and share.share_text:
        text(painter, rest, share.share_text, ink, px=px, align=RIGHT)
        rest.setRight(rest.right() - _share_width(share, style, ink))
    if style.figures:
        used = text(
            painter, rest, share.text, ink, px=px, weight=600, color=theme.text, align=RIGHT,
            whole=True,
        )  # fmt: skip
        rest.setRight(rest.right() - (used + ink.px(6) if used else 0))
    if rest.width() > 0:
        text(painter, rest, share.label, ink, px=px, color=theme.text, align=LEFT)


def _color(share: Share, ink: Ink) -> QColor:
    color = ink.color(share.color)
    return ink.mixed(color, 0.5) if share.previous else color
