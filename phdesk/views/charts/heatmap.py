"""Paints a heat map: the stronger the colour, the larger the value."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from phdesk.core.charts.shapes import HeatCell, HeatmapBody
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, RIGHT, Ink, box, contrast, readable_on, text

LEAST_WIDTH, LEAST_HEIGHT = 4, 9  # px of a cell
HIGHEST, WIDEST = 64, 160
PART, TALLEST = 1 / 8, 110  # of a large tile's height, and px, that a row takes there at most
NARROW, NARROW_NAMES, LEAST_NAMES = 150, 0.55, 0.36  # px; parts of it for names
WEAKEST, STRONGEST = 0.05, 0.85
SIZES = (11.0, 10.0, 9.0)


class Layout(NamedTuple):
    """Where cells, names and totals stand; what does not fit is counted."""

    area: QRectF  # of the cells
    cell: float
    row: float
    columns: int
    rows: int
    head: float
    totals: float  # width of the totals at the right, 0 for none
    foot: bool  # whether totals stand below
    px: float  # size of the words in cells, 0 for none
    short: bool
    strip: bool


def paint(painter: QPainter, rect: QRectF, body: HeatmapBody, ink: Ink) -> None:
    """Paint names, cells, totals and the scale."""
    if not body.rows or not body.columns:
        return
    layout = arrange(rect, body, ink)
    _column_names(painter, rect, body, layout, ink)
    for index in range(layout.rows):
        _row(painter, rect, index, body, layout, ink)
    if layout.foot:
        _foot(painter, rect, body, layout, ink)
    _below(painter, rect, body, layout, ink)


def hit(rect: QRectF, body: HeatmapBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the cell under a point."""
    if not body.rows or not body.columns:
        return None
    layout = arrange(rect, body, ink)
    row = int((point.y() - layout.area.y()) // layout.row)
    column = int((point.x() - layout.area.x()) // layout.cell)
    if not (0 <= row < layout.rows and 0 <= column < layout.columns):
        return None
    line, cell = body.rows[row], body.rows[row].cells[column]
    rows = [HitLine(body.color, "Value", cell.text if cell.known else "none sent")]
    if line.total_text:
        rows.append(HitLine("", f"All of {line.label}", line.total_text))
    if column < len(body.column_totals):
        rows.append(HitLine("", f"All of {body.columns[column]}", body.column_totals[column]))
    title = f"{line.label}, {body.columns[column]}"
    return Hit(title, tuple(rows), near=0, item=row * len(body.columns) + column)


def arrange(rect: QRectF, body: HeatmapBody, ink: Ink) -> Layout:
    """Fit cells first; names, totals, scale and words go when there is no room for them."""
    line, gap = ink.line(11), _beside(rect, ink)
    head = line + ink.px(3) if rect.height() >= 5 * line else 0.0
    strip = line + ink.px(5) if rect.height() >= 8 * line and rect.width() >= ink.px(150) else 0.0
    names = max((ink.width(row.label, 11) for row in body.rows[:60]), default=0.0) + gap
    most = rect.width() * 0.3
    if rect.width() < ink.px(NARROW):  # names come before the last columns of many, not of few
        free = min(rect.width() - len(body.columns) * ink.px(10), rect.width() * NARROW_NAMES)
        most = max(rect.width() * LEAST_NAMES, free)
    names = min(names, most) if rect.width() >= ink.px(90) else 0.0
    totals = max((ink.width(row.total_text, 11) for row in body.rows[:60]), default=0.0)
    totals = totals + gap if any(row.total_text for row in body.rows) else 0.0
    if rect.width() - names - totals < len(body.columns) * ink.px(10):
        totals = 0.0
    room = max(rect.width() - names - totals, 1.0)
    most = max(ink.px(WIDEST), rect.width() / 5)
    cell = min(max(room / len(body.columns), ink.px(LEAST_WIDTH)), most)
    columns = max(min(len(body.columns), int((room + 0.01) // cell)), 1)
    cell = min(cell, room)
    foot = line if _foot_fits(rect, body, cell, ink) else 0.0
    high = max(rect.height() - head - strip - foot, 1.0)
    rows = max(min(len(body.rows), int(high // ink.px(LEAST_HEIGHT))), 1)
    if (rows < len(body.rows) or columns < len(body.columns)) and not strip:
        high = max(high - line, 1.0) if high > 2 * line else high
        rows = max(min(len(body.rows), int(high // ink.px(LEAST_HEIGHT))), 1)
    row = min(high / rows, max(ink.px(HIGHEST), min(rect.height() * PART, ink.px(TALLEST))))
    area = QRectF(rect.x() + names, rect.y() + head, cell * columns, row * rows)
    layout = Layout(
        area, cell, row, columns, rows, head, totals, foot > 0, 0.0, short=False, strip=strip > 0
    )
    return _worded(layout, body, ink)


def _beside(rect: QRectF, ink: Ink) -> float:
    """Give the gap between names and cells."""
    return ink.px(8 if rect.width() >= ink.px(NARROW) else 4)


def _foot_fits(rect: QRectF, body: HeatmapBody, cell: float, ink: Ink) -> bool:
    if not body.column_totals or rect.height() < 10 * ink.line(11):
        return False
    return max(ink.width(words, 9) for words in body.column_totals) <= cell - 1


def _worded(layout: Layout, body: HeatmapBody, ink: Ink) -> Layout:
    """Choose the largest words that fit all cells: whole ones, else short ones, else none."""
    cells = [cell for row in body.rows[: layout.rows] for cell in row.cells[: layout.columns]]
    for short in (False, True):
        texts = {(cell.short or cell.text) if short else cell.text for cell in cells}
        longest = sorted(texts, key=len)[-12:]
        for px in SIZES:
            widest = max((ink.width(words, px) for words in longest), default=0.0)
            if widest + ink.px(5) <= layout.cell and ink.line(px) + ink.px(2) <= layout.row:
                return layout._replace(px=px, short=short)
    return layout


def _column_names(
    painter: QPainter, rect: QRectF, body: HeatmapBody, layout: Layout, ink: Ink
) -> None:
    """Name as many columns as stand apart, evenly."""
    if not layout.head:
        return
    names = body.columns[: layout.columns]
    widest = max(ink.width(name, 11) for name in names) + ink.px(8)
    stride = next((s for s in (1, 2, 3, 4, 6, 8, 12) if layout.cell * s >= widest), 0)
    if len(names) <= 12 and layout.cell >= ink.px(44):
        stride = 1  # rather all names, shortened, than some
    end = rect.x()
    for index in range(0, len(names), stride or max(int(widest // layout.cell) + 1, 1)):
        width = min(ink.width(names[index], 11), max(layout.cell * max(stride, 1) - ink.px(4), 1))
        width = width if stride == 1 else ink.width(names[index], 11)
        x = layout.area.x() + (index + 0.5) * layout.cell - width / 2
        if x < end or x + width > rect.right():
            continue
        place = QRectF(x, rect.y(), width + 0.5, layout.head - ink.px(3))
        text(painter, place, names[index], ink, align=CENTER)
        end = x + width + ink.px(4)


def _row(
    painter: QPainter, rect: QRectF, index: int, body: HeatmapBody, layout: Layout, ink: Ink
) -> None:
    row = body.rows[index]
    y, gap = layout.area.y() + index * layout.row, _gap(layout, ink)
    names = layout.area.x() - rect.x() - _beside(rect, ink)
    if names > 0 and _name_fits(index, layout, ink):
        line = max(layout.row, ink.line(11))
        text(painter, QRectF(rect.x(), y + (layout.row - line) / 2, names, line), row.label, ink)
    for column, cell in enumerate(row.cells[: layout.columns]):
        x = layout.area.x() + column * layout.cell
        place = QRectF(x, y, layout.cell - gap, layout.row - gap)
        _cell(painter, place, cell, layout, ink.color(body.color), ink)
    if layout.totals and layout.row >= ink.line(11):
        place = QRectF(layout.area.right(), y, layout.totals, layout.row - gap)
        text(painter, place, row.total_text, ink, align=RIGHT, whole=True)


def _name_fits(index: int, layout: Layout, ink: Ink) -> bool:
    """Tell whether a row is named: each, or every nth where rows are lower than words."""
    line = ink.line(11)
    stride = 1 if layout.row >= line else int(line // layout.row) + 1
    inside = (index + 0.5) * layout.row + line / 2 <= layout.row * layout.rows + 1
    return index % stride == 0 and (layout.row >= line or (inside and layout.head > 0))


def _gap(layout: Layout, ink: Ink) -> float:
    return min(ink.px(3), layout.cell * 0.16, layout.row * 0.16)


def _cell(
    painter: QPainter, place: QRectF, cell: HeatCell, layout: Layout, hue: QColor, ink: Ink
) -> None:
    radius = min(ink.px(3), place.width() * 0.2)
    if not cell.known:
        inner = place.adjusted(0.5, 0.5, -0.5, -0.5)
        box(painter, inner, ink.theme.surface, radius, QPen(ink.theme.grid, ink.hair))
        return
    fill = ink.mixed(hue, _strength(cell.strength))
    box(painter, place, fill, radius)
    if layout.px:
        words = cell.short or cell.text if layout.short else cell.text
        theme = ink.theme
        weak = theme.muted if cell.strength == 0 and contrast(theme.muted, fill) >= 4.5 else None
        strong = theme.text if contrast(theme.text, fill) >= 5 else readable_on(fill)
        text(painter, place, words, ink, px=layout.px, color=weak or strong, align=CENTER)


def _strength(share: float) -> float:
    return WEAKEST + min(max(share, 0.0), 1.0) * (STRONGEST - WEAKEST)


def _foot(painter: QPainter, rect: QRectF, body: HeatmapBody, layout: Layout, ink: Ink) -> None:
    """Write the totals of the columns below them, and the one of all at the corner."""
    y, line = layout.area.bottom(), ink.line(11)
    for column, words in enumerate(body.column_totals[: layout.columns]):
        place = QRectF(layout.area.x() + column * layout.cell, y, layout.cell, line)
        text(painter, place, words, ink, px=9, align=CENTER, whole=True)
    names = layout.area.x() - rect.x() - _beside(rect, ink)
    if names > 0:
        text(painter, QRectF(rect.x(), y, names, line), "All", ink, weight=600)
    if layout.totals:
        place = QRectF(layout.area.right() + ink.px(4), y, layout.totals - ink.px(4), line)
        text(painter, place, body.total_text, ink, weight=600, align=RIGHT, whole=True)


def _below(painter: QPainter, rect: QRectF, body: HeatmapBody, layout: Layout, ink: Ink) -> None:
    """Show the scale at the right, and what did not fit at the left."""
    line = ink.line(11)
    y = rect.bottom() - line
    if y < layout.area.bottom() + (line if layout.foot else 0.0):
        return
    hint = _hint(len(body.rows) - layout.rows, len(body.columns) - layout.columns)
    if ink.width(hint, 11) > rect.width():
        hint = hint.replace(" more", "")
    used = text(painter, QRectF(rect.x(), y, rect.width(), line), hint, ink) if hint else 0.0
    right, width, gap = rect.right(), ink.px(72), ink.px(6)
    low, high = ink.width(body.low_text, 11), ink.width(body.high_text, 11)
    if not layout.strip or low + high + width + 3 * gap + used > rect.width():
        return
    text(painter, QRectF(right - high, y, high, line), body.high_text, ink, align=RIGHT)
    bar = QRectF(right - high - gap - width, y + line / 2 - ink.px(4), width, ink.px(8))
    hue, ramp = ink.color(body.color), QLinearGradient(bar.topLeft(), bar.topRight())
    ramp.setColorAt(0, ink.mixed(hue, WEAKEST))
    ramp.setColorAt(1, ink.mixed(hue, STRONGEST))
    painter.fillRect(bar, ramp)
    text(painter, QRectF(bar.x() - gap - low, y, low, line), body.low_text, ink, align=RIGHT)


def _hint(rows: int, columns: int) -> str:
    parts = [
        f"+ {count:,} more {word}{'' if count == 1 else 's'}"
        for count, word in ((rows, "row"), (columns, "column"))
        if count > 0
    ]
    return " · ".join(parts)
