"""Paints the rows and columns of a table that fit, and says how many more there are."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core.charts.spec import Table
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import (
    LEFT,
    RIGHT,
    Ink,
    box,
    contrast,
    hairline,
    readable_on,
    text,
)

GAP = 16  # px between columns
NARROWEST = 60
WIDEST = 260
SOFT, READABLE = 0.25, 4.5  # of a cell's colour; contrast


class Layout(NamedTuple):
    """Where a table's parts stand: (column, x, width), first row's y, rows shown, hint."""

    columns: tuple[tuple[int, float, float], ...]
    row_height: float
    top: float
    rows: int
    hint: str

    def row_rect(self, rect: QRectF, row: int) -> QRectF:
        """Give a row's rectangle."""
        return QRectF(rect.x(), self.top + row * self.row_height, rect.width(), self.row_height)


def paint(painter: QPainter, rect: QRectF, table: Table, ink: Ink) -> None:
    """Paint a table; its header stays away when there is no room for it and a row."""
    layout = arrange(rect, table, ink)
    if layout.top > rect.y():
        _header(painter, rect, table, layout, ink)
    for row in range(layout.rows):
        _row(painter, rect, table, layout, ink, row)
    if layout.hint:
        height = ink.line(11) + ink.px(4)
        foot = QRectF(rect.x(), rect.bottom() - height, rect.width(), height)
        text(painter, foot, layout.hint, ink, px=11)


def hit(rect: QRectF, table: Table, ink: Ink, point: QPointF) -> Hit | None:
    """Find the row under a point, with all its columns."""
    layout = arrange(rect, table, ink)
    row = int((point.y() - layout.top) // layout.row_height)
    if not 0 <= row < layout.rows:
        return None
    cells = table.texts[row]
    names = [column.title for column in table.columns]
    lines = tuple(HitLine("", *pair) for pair in zip(names[1:], cells[1:], strict=False))
    return Hit(cells[0] if cells else "", lines, item=row)


def arrange(rect: QRectF, table: Table, ink: Ink) -> Layout:
    """Decide which rows and columns are shown, and where."""
    height = ink.line(12) + ink.px(8)
    foot = ink.line(11) + ink.px(4)
    header = height if table.columns and rect.height() >= 2 * height + foot else 0.0
    room = rect.height() - header
    total = len(table.texts)
    rows = min(total, int(room // height))
    columns = _columns(rect, table, ink, max(rows, 1))
    if rows < total or table.note or len(columns) < len(table.columns):
        rows = min(total, int((room - foot) // height))
    hint = _hint(table, max(rows, 0), len(columns))
    return Layout(columns, height, rect.y() + header, max(rows, 0), hint)


def _hint(table: Table, rows: int, columns: int) -> str:
    more, hidden = len(table.texts) - rows, len(table.columns) - columns
    counts = [
        f"{count:,} {word if count == 1 else word + 's'}"
        for count, word in ((more, "row"), (hidden, "column"))
        if count
    ]
    if len(counts) == 1 and (rows or hidden):
        counts = [counts[0].replace(" ", " more ", 1)]
    left = f"{'+ ' if rows or hidden else ''}{', '.join(counts)}" if counts else ""
    return " · ".join(part for part in (left, table.note) if part)


def _columns(
    rect: QRectF, table: Table, ink: Ink, rows: int
) -> tuple[tuple[int, float, float], ...]:
    gap = ink.px(GAP)
    widths: list[float] = []
    used = -gap
    for index in range(len(table.columns)):
        wanted = _natural(table, index, ink, rows)
        left = rect.width() - used - gap
        least = wanted if table.columns[index].numeric else min(wanted, ink.px(NARROWEST))
        if widths and left < least:
            break
        widths.append(wanted)
        used += min(wanted, least) + gap
    _shrink(widths, table, rect.width() - gap * (len(widths) - 1), ink)
    return _placed(rect, widths, table, gap)


def _natural(table: Table, index: int, ink: Ink, rows: int) -> float:
    cells = (row[index] for row in table.texts[:rows] if index < len(row))
    widest = max((ink.width(cell, 12) for cell in cells), default=0.0)
    title = ink.width(table.columns[index].title, 11, 500)
    return min(max(widest, title, ink.px(16)), ink.px(WIDEST))


def _shrink(widths: list[float], table: Table, room: float, ink: Ink) -> None:
    """Take what is too much from words, from the first column late, from numbers last."""
    words = [index for index in range(len(widths)) if not table.columns[index].numeric]
    every = list(range(len(widths)))
    for group, floor in ((words[1:], 84), (words, NARROWEST), (every, NARROWEST)):
        least = ink.px(floor)
        while group and sum(widths) > room:
            widest = max(group, key=widths.__getitem__)
            if widths[widest] <= least:
                break
            widths[widest] = max(least, widths[widest] - max(sum(widths) - room, 0) / 2 - 1)
    if widths and sum(widths) > room:
        widths[0] = max(0.0, widths[0] - (sum(widths) - room))


def _placed(
    rect: QRectF, widths: list[float], table: Table, gap: float
) -> tuple[tuple[int, float, float], ...]:
    spare = rect.width() - sum(widths) - gap * (len(widths) - 1)
    takers = [index for index in range(len(widths)) if not table.columns[index].numeric]
    takers = takers or list(range(len(widths)))
    x, placed = rect.x(), []
    for index, width in enumerate(widths):
        full = width + (max(spare, 0.0) / len(takers) if index in takers else 0.0)
        placed.append((index, x, full))
        x += full + gap
    return tuple(placed)


def _header(painter: QPainter, rect: QRectF, table: Table, layout: Layout, ink: Ink) -> None:
    for index, x, width in layout.columns:
        column = table.columns[index]
        cell = QRectF(x, rect.y(), width, layout.top - rect.y())
        align = RIGHT if column.numeric else LEFT
        text(painter, cell, column.title, ink, px=11, weight=500, align=align)
    y = layout.top - 0.5
    hairline(painter, QPointF(rect.x(), y), QPointF(rect.right(), y), ink.theme.line)


def _row(painter: QPainter, rect: QRectF, table: Table, layout: Layout, ink: Ink, row: int) -> None:
    band, cells = layout.row_rect(rect, row), table.texts[row]
    for index, x, width in layout.columns:
        if index < len(cells):
            cell = QRectF(x, band.y(), width, band.height())
            align = RIGHT if table.columns[index].numeric else LEFT
            color = _ground(painter, rect, cell, _token(table, row, index), ink)
            text(painter, cell, cells[index], ink, px=12, color=color, align=align)
    y = band.bottom() - 0.5
    hairline(painter, QPointF(rect.x(), y), QPointF(rect.right(), y), ink.theme.grid)


def _token(table: Table, row: int, column: int) -> str:
    colors = table.colors[row] if row < len(table.colors) else ()
    return colors[column] if column < len(colors) else ""


def _ground(painter: QPainter, rect: QRectF, cell: QRectF, token: str, ink: Ink) -> QColor:
    """Paint a cell's soft ground, if it has a colour, and give the colour of its words."""
    if not token:
        return ink.theme.text
    fill, pad = ink.mixed(ink.color(token), SOFT), ink.px(GAP / 2 - 2)
    box(painter, cell.adjusted(-pad, 1, pad, -2).intersected(rect), fill, ink.px(3))
    return ink.theme.text if contrast(ink.theme.text, fill) >= READABLE else readable_on(fill)
