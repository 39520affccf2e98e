"""Paints the rows and columns of a table that fit, and says how many more there are."""

from msgspec import Struct
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
from phdesk.views.charts.table_columns import NARROW, cells_of, columns, gap, own_of

LONGEST = 60  # characters of a text that is cut in its middle
SOFT, READABLE = 0.25, 4.5  # of a cell's colour; contrast
LARGER, SMALLER = (1.25, 1.125), 11 / 12  # of the type: where rows are few, and names long
TALLEST = 1.5  # of a row's height, where there is room
FILLED = 1.34  # how much higher the rows that are shown of more may be, to fill the room


class Layout(Struct, frozen=True, gc=False):
    """Where a table's parts stand: (column, x, width), first row's y, rows shown, hint."""

    columns: tuple[tuple[int, float, float], ...]
    row_height: float
    top: float
    rows: int
    hint: str
    ink: Ink  # its type is larger where rows are few
    stacked: bool = False  # figures stand below their names, which have all of the width

    @property
    def width(self) -> float:
        """Give the width that the columns take together."""
        last = self.columns[-1:]
        return max((x + width for _, x, width in last), default=0.0) - self.left

    @property
    def left(self) -> float:
        """Give where the first column begins."""
        return min((x for _, x, _ in self.columns), default=0.0)

    def row_rect(self, rect: QRectF, row: int) -> QRectF:
        """Give a row's rectangle."""
        return QRectF(rect.x(), self.top + row * self.row_height, self.width, self.row_height)

    def cells(self, rect: QRectF, row: int) -> list[tuple[int, QRectF]]:
        """Give the places of a row's cells, with their columns."""
        band = self.row_rect(rect, row)
        if not self.stacked:
            return [(i, QRectF(x, band.y(), w, band.height())) for i, x, w in self.columns]
        line = self.ink.line(12)
        name = QRectF(band.x(), band.center().y() - line, band.width(), line)
        places = (name, name.translated(0, line))
        return [(i, place) for (i, _, _), place in zip(self.columns, places, strict=True)]


def paint(painter: QPainter, rect: QRectF, table: Table, ink: Ink) -> None:
    """Paint a table; its header stays away when there is no room for it and a row."""
    layout = arrange(rect, table, ink)
    if layout.top > rect.y():
        _header(painter, rect, table, layout)
    for row in range(layout.rows):
        _row(painter, rect, table, layout, row)
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
    own = [index for index in own_of(table) if 0 < index < len(cells)]
    lines = tuple(HitLine("", table.columns[index].title, cells[index]) for index in own)
    return Hit(cells[0] if cells else "", lines, item=row)


def arrange(rect: QRectF, table: Table, ink: Ink) -> Layout:
    """Decide which rows and columns are shown, where, and how large."""
    plain = _arranged(rect, table, ink)
    cut = _cut_names(table, plain)
    if cut:
        return _with_names(rect, table, ink, plain, cut)
    for factor in LARGER:
        larger = _arranged(rect, table, ink.grown(factor))
        if larger.rows < len(table.texts) or len(larger.columns) < len(plain.columns):
            continue
        if larger.top == rect.y() < plain.top:  # figures without the names of their columns
            continue
        if not _cut_names(table, larger) and larger.row_height > plain.row_height:
            return larger
    return plain


def _arranged(rect: QRectF, table: Table, ink: Ink, *, stacked: bool = False) -> Layout:
    least = height = ink.line(12) + ink.px(8)
    if stacked:
        height = 2 * ink.line(12) + ink.px(6)
    foot = ink.line(11) + ink.px(4)
    header = least if table.columns and rect.height() >= least + height + foot else 0.0
    room = rect.height() - header
    total = len(table.texts)
    rows = min(total, int(room // height))
    placed = columns(rect, table, ink, max(rows, 1))
    hidden = len(own_of(table)) - len(placed)
    if rows < total or table.note or hidden:
        room -= foot
        rows = min(total, int(room // height))
    hint = _hint(table, max(rows, 0), hidden, rect.width(), ink)
    if rows > 0:  # of many rows the last one stands close to what is said of the others
        height = min(room / rows, height * (TALLEST if rows == total else FILLED))
    return Layout(placed, height, rect.y() + header, max(rows, 0), hint, ink, stacked)


def _with_names(rect: QRectF, table: Table, ink: Ink, plain: Layout, cut: int) -> Layout:
    """Cut fewer names on a small tile: with smaller type, or above their figures."""
    if rect.width() >= ink.px(NARROW):
        return plain
    smaller = _arranged(rect, table, ink.grown(SMALLER))
    if len(smaller.columns) == len(plain.columns) and not _cut_names(table, smaller):
        return smaller
    numeric = [table.columns[index].numeric for index, _, _ in plain.columns]
    if numeric != [False, True]:
        return plain
    stacked = _arranged(rect, table, smaller.ink, stacked=True)
    is_as_full = stacked.rows >= plain.rows and stacked.top > rect.y()
    return stacked if is_as_full and _cut_names(table, stacked) < cut else plain


def _cut_names(table: Table, layout: Layout) -> int:
    """Count the names in the rows shown that are cut."""
    return sum(
        layout.ink.width(text, 12) > (layout.width if layout.stacked else width)
        for index, _, width in layout.columns
        if not table.columns[index].numeric
        for text in cells_of(table, index, layout.rows)
    )


def _hint(table: Table, rows: int, hidden: int, room: float, ink: Ink) -> str:
    """Say what is not shown, as fully as fits."""
    more = len(table.texts) - rows
    counts = [
        f"{count:,} {word if count == 1 else word + 's'}"
        for count, word in ((more, "row"), (hidden, "column"))
        if count
    ]
    short = f"+ {counts[0]}" if counts else ""
    if len(counts) == 1 and (rows or hidden):
        counts = [counts[0].replace(" ", " more ", 1)]
    left = f"{'+ ' if rows or hidden else ''}{', '.join(counts)}" if counts else ""
    full = " · ".join(part for part in (left, table.note) if part)
    forms = (full, left, short, table.note.partition(";")[0])
    return next((one for one in forms if one and ink.width(one, 11) <= room), short or full)


def _header(painter: QPainter, rect: QRectF, table: Table, layout: Layout) -> None:
    ink = layout.ink
    for index, x, width in layout.columns:
        column = table.columns[index]
        cell = QRectF(x, rect.y(), width, layout.top - rect.y())
        align = RIGHT if column.numeric else LEFT
        text(painter, cell, column.title, ink, px=11, weight=500, align=align)
    _rule(painter, rect, layout, layout.top - 0.5, ink.theme.line)


def _row(painter: QPainter, rect: QRectF, table: Table, layout: Layout, row: int) -> None:
    cells, ink = table.texts[row], layout.ink
    for index, cell in layout.cells(rect, row):
        if index < len(cells):
            numeric = table.columns[index].numeric
            color = _ground(painter, rect, cell, _token(table, row, index), ink)
            words = (
                cells[index] if numeric else _apart(table, index, row, layout, cell.width(), ink)
            )
            text(painter, cell, words, ink, px=12, color=color, align=RIGHT if numeric else LEFT)
    _rule(painter, rect, layout, layout.row_rect(rect, row).bottom() - 0.5, ink.theme.grid)


def _rule(painter: QPainter, rect: QRectF, layout: Layout, y: float, color: QColor) -> None:
    ends = QPointF(rect.x(), y), QPointF(rect.x() + layout.width, y)
    hairline(painter, *ends, color, layout.ink.hair)


def _apart(table: Table, index: int, row: int, layout: Layout, width: float, ink: Ink) -> str:
    """Cut a text in its middle when cut at its end it would look like another one shown."""
    words = table.texts[row][index]
    short = ink.elided(words, width, 12)
    if not short.endswith("…"):
        return words
    others = {one for one in cells_of(table, index, layout.rows) if one != words}
    if all(ink.elided(one, width, 12) != short for one in others):
        return words
    for kept in range(min(len(words) - 1, LONGEST), 1, -1):
        cut = f"{words[: kept - kept // 2].rstrip()}…{words[-(kept // 2) :].lstrip()}"
        if ink.width(cut, 12) <= width:
            return cut
    return words


def _token(table: Table, row: int, column: int) -> str:
    colors = table.colors[row] if row < len(table.colors) else ()
    return colors[column] if column < len(colors) else ""


def _ground(painter: QPainter, rect: QRectF, cell: QRectF, token: str, ink: Ink) -> QColor:
    """Paint a cell's soft ground, if it has a colour, and give the colour of its words."""
    if not token:
        return ink.theme.text
    fill, pad = ink.mixed(ink.color(token), SOFT), gap(rect, ink) / 2 - ink.px(2)
    box(painter, cell.adjusted(-pad, 1, pad, -2).intersected(rect), fill, ink.px(3))
    return ink.theme.text if contrast(ink.theme.text, fill) >= READABLE else readable_on(fill)
