"""Paints a cohort matrix: the stronger the blue, the more came back."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.charts.spec import RetentionBody, RetentionCell, RetentionRow
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, box, contrast, readable_on, text

GAP = 3  # px between cells
HIGHEST = 30
WIDEST = 96


class Layout(NamedTuple):
    """Columns, rows and sizes of a matrix; what does not fit is counted."""

    names: float
    sizes: float
    cell: float
    row: float
    top: float
    columns: int
    rows: int
    hint: str
    px: float


def paint(painter: QPainter, rect: QRectF, body: RetentionBody, ink: Ink) -> None:
    """Paint header, cohorts and cells."""
    if not body.rows:
        return
    layout = arrange(rect, body, ink)
    _header(painter, rect, body, layout, ink)
    for index, row in enumerate(body.rows[: layout.rows]):
        _row(painter, rect, row, layout, layout.top + index * layout.row, ink)
    if layout.hint:
        foot = QRectF(rect.x(), rect.bottom() - ink.line(11), rect.width(), ink.line(11))
        text(painter, foot, layout.hint, ink)


def hit(rect: QRectF, body: RetentionBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the cell under a point, or the cohort."""
    if not body.rows:
        return None
    layout = arrange(rect, body, ink)
    index = int((point.y() - layout.top) // layout.row)
    if not 0 <= index < layout.rows:
        return None
    row = body.rows[index]
    if row.heading:
        return Hit(row.label, item=index)
    column = int((point.x() - rect.x() - layout.names - layout.sizes) // layout.cell)
    size = HitLine("", "Cohort size", row.size_text)
    if not 0 <= column < min(layout.columns, len(row.cells)):
        return Hit(row.label, (size,), item=index)
    cell = row.cells[column]
    words = f"{cell.text} so far" if cell.in_progress else cell.text
    color = _token(row)
    return Hit(row.label, (HitLine(color, body.columns[column], words), size), near=0, item=index)


def arrange(rect: QRectF, body: RetentionBody, ink: Ink) -> Layout:
    """Fit the matrix: smaller type first, then no sizes, then fewer columns and rows."""
    names = _column(
        ("Cohort", *(row.label for row in body.rows if not row.heading)), ink, rect.width() * 0.3
    )
    sizes = _column(("Size", *(row.size_text for row in body.rows)), ink, rect.width() * 0.2)
    count = max(len(body.columns), 1)
    px, cell = _fit(rect.width() - names - sizes, body, ink, count)
    if cell * count > rect.width() - names - sizes + 0.01:
        sizes = 0.0
        px, cell = _fit(rect.width() - names, body, ink, count)
    columns = max(0, min(len(body.columns), int((rect.width() - names - sizes + 0.01) / cell)))
    return _rows(rect, body, ink, Layout(names, sizes, cell, 0, 0, columns, 0, "", px))


def _rows(rect: QRectF, body: RetentionBody, ink: Ink, layout: Layout) -> Layout:
    head = ink.line(11) + ink.px(5)
    least = ink.line(layout.px) + ink.px(GAP + 1)
    if rect.height() < head + 2 * least:
        head = 0.0
    hidden = len(body.columns) - layout.columns
    foot = ink.line(11) + ink.px(2)
    fits = int((rect.height() - head - (foot if hidden else 0)) // least)
    if fits < len(body.rows):
        fits = max(int((rect.height() - head - foot) // least), 0)
    rows = min(fits, len(body.rows))
    room = rect.height() - head - (foot if hidden or rows < len(body.rows) else 0)
    height = min(max(room / max(rows, 1), least), ink.px(HIGHEST))
    left = sum(not row.heading for row in body.rows[rows:])
    hint = _hint(left, hidden)
    return layout._replace(row=height, top=rect.y() + head, rows=rows, hint=hint)


def _hint(rows: int, columns: int) -> str:
    parts = [
        f"+ {count} more {word}{'' if count == 1 else 's'}"
        for count, word in ((rows, "cohort"), (columns, "column"))
        if count
    ]
    return " · ".join(parts)


def _column(words: tuple[str, ...], ink: Ink, most: float) -> float:
    return min(max(ink.width(word, 11) for word in words[:60]) + ink.px(10), most)


def _fit(room: float, body: RetentionBody, ink: Ink, count: int) -> tuple[float, float]:
    """Give the size of the type and the width of a cell."""
    widest = max((cell.text for row in body.rows[:60] for cell in row.cells), key=len, default="0%")
    least = 0.0
    for px in (11.0, 10.0, 9.0):
        least = ink.width(widest, px) + ink.px(GAP + 8)
        if least * count <= room:
            return px, min(max(room / count, least), ink.px(WIDEST))
    return 9.0, least


def _header(painter: QPainter, rect: QRectF, body: RetentionBody, layout: Layout, ink: Ink) -> None:
    height = layout.top - rect.y()
    if height <= 0:
        return
    band = QRectF(rect.x(), rect.y(), layout.names - ink.px(6), height)
    text(painter, band, "Cohort", ink, weight=600, color=ink.theme.text)
    x = rect.x() + layout.names
    if layout.sizes:
        band = QRectF(x, rect.y(), layout.sizes - ink.px(10), height)
        text(painter, band, "Size", ink, align=RIGHT)
    x += layout.sizes
    for name in body.columns[: layout.columns]:
        band = QRectF(x, rect.y(), layout.cell - ink.px(GAP + 3), height)
        short = name if ink.width(name, 11) <= band.width() else name.rpartition(" ")[2]
        text(painter, band, short, ink, align=RIGHT)
        x += layout.cell


def _row(
    painter: QPainter, rect: QRectF, row: RetentionRow, layout: Layout, y: float, ink: Ink
) -> None:
    height = layout.row - ink.px(GAP)
    if row.heading:
        whole = QRectF(rect.x(), y, rect.width(), height)
        text(painter, whole, row.label, ink, weight=600, color=ink.theme.text)
        return
    band = QRectF(rect.x(), y, layout.names - ink.px(6), height)
    text(painter, band, row.label, ink, weight=600 if row.mean else 400, color=ink.theme.text)
    x = rect.x() + layout.names
    if layout.sizes:
        band = QRectF(x, y, layout.sizes - ink.px(10), height)
        text(painter, band, row.size_text, ink, align=RIGHT)
    x += layout.sizes
    for cell in row.cells[: layout.columns]:
        place = QRectF(x, y, layout.cell - ink.px(GAP), height)
        _cell(painter, place, cell, layout, ink.color(_token(row)), ink)
        x += layout.cell


def _cell(
    painter: QPainter, place: QRectF, cell: RetentionCell, layout: Layout, hue: QColor, ink: Ink
) -> None:
    theme, words = ink.theme, place.adjusted(ink.px(2), 0, -ink.px(3), 0)
    if cell.in_progress:
        pen = QPen(theme.line.lighter(135) if theme.is_dark else theme.line.darker(112), 1)
        pen.setDashPattern([3, 3])
        box(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), theme.surface, ink.px(3), pen)
        text(painter, words, cell.text, ink, px=layout.px, align=RIGHT)
        return
    fill = ink.mixed(hue, 0.06 + min(max(cell.ratio, 0.0), 1.0) * 0.8)
    box(painter, place, fill, ink.px(3))
    color = theme.text if contrast(theme.text, fill) >= 5 else readable_on(fill)
    align = RIGHT if place.width() > ink.px(40) else CENTER
    text(painter, words, cell.text, ink, px=layout.px, color=color, align=align or LEFT)


def _token(row: RetentionRow) -> str:
    return "retention-mean" if row.mean else "retention"
