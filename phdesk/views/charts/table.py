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

GAP = 16  # px between columns
NARROW = 240  # px, below which columns stand closer
SHORTEST, READ = 28, 110  # px that a name keeps beside one figure, and in a row of columns
TITLE = 80  # px that the title of figures keeps in a row of columns
FIGURE = 150  # px, at most, of a time
WIDEST = 260
SEEN = 100  # rows that are compared
LONGEST = 60  # characters of a text that is cut in its middle
SOFT, READABLE = 0.25, 4.5  # of a cell's colour; contrast


class Need(Struct, frozen=True, gc=False):
    """What a column wants: its full width, that of its cells, and whether they must be whole."""

    natural: float
    cells: float
    whole: bool


class Layout(Struct, frozen=True, gc=False):
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
    own = [index for index in _own(table) if 0 < index < len(cells)]
    lines = tuple(HitLine("", table.columns[index].title, cells[index]) for index in own)
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
    hidden = len(_own(table)) - len(columns)
    if rows < total or table.note or hidden:
        rows = min(total, int((room - foot) // height))
    hint = _hint(table, max(rows, 0), hidden, rect.width(), ink)
    return Layout(columns, height, rect.y() + header, max(rows, 0), hint)


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
    forms = (full, left, short)
    return next((one for one in forms if one and ink.width(one, 11) <= room), short or full)


def _columns(
    rect: QRectF, table: Table, ink: Ink, rows: int
) -> tuple[tuple[int, float, float], ...]:
    """Choose the name and the first figure, then columns from the left while they can be read."""
    gap, own = _gap(rect, ink), _own(table)
    if not own:
        return ()
    name, known = _name(table, own), dict[int, Need]()
    kept = [name]
    least = _least(kept, known, table, ink, rows)
    for index in _wanted(table, own, name):
        wider = _least([*kept, index], known, table, ink, rows)
        if sum(wider.values()) + gap * len(kept) > rect.width():
            break
        kept.append(index)
        least = wider
    widths = _filled(known, least, table, rect.width() - gap * (len(kept) - 1))
    return _placed(rect, widths, table, gap)


def _gap(rect: QRectF, ink: Ink) -> float:
    return ink.px(GAP if rect.width() >= ink.px(NARROW) else GAP / 2)


def _own(table: Table) -> list[int]:
    """Give the columns without those that say all again: lists of events name the event twice."""
    seen: list[int] = []
    for index, column in enumerate(table.columns):
        twins = (i for i in seen if column.title and table.columns[i].title == column.title)
        if not any(_cells(table, i) == _cells(table, index) for i in twins):
            seen.append(index)
    return seen


def _cells(table: Table, index: int, rows: int = SEEN) -> list[str]:
    return [row[index] for row in table.texts[:rows] if index < len(row)]


def _name(table: Table, own: list[int]) -> int:
    """Find the column that tells rows apart: not the first when it says the same in all."""
    words = [index for index in own if not table.columns[index].numeric]
    apart = (index for index in words if len(set(_cells(table, index))) > 1)
    return next(apart, own[0])


def _wanted(table: Table, own: list[int], name: int) -> list[int]:
    """Give the other columns, the most telling first: a figure, then from the left."""
    rest = [index for index in own if index != name]
    figure = next((index for index in rest if table.columns[index].numeric), None)
    return rest if figure is None else [figure, *(index for index in rest if index != figure)]


def _least(
    kept: list[int], known: dict[int, Need], table: Table, ink: Ink, rows: int
) -> dict[int, float]:
    """Give the widths that columns need to be read: names and titles may be shortened."""
    crowded, made = len(kept) != 2 or not table.columns[kept[1]].numeric, {}
    for index in kept:
        if index not in known:
            known[index] = _need(table, index, ink, rows)
        need = known[index]
        if need.whole:
            title = min(need.natural, ink.px(TITLE if crowded else 0))
            made[index] = max(need.cells, title, min(need.natural, ink.px(16)))
        else:
            made[index] = min(need.natural, ink.px(READ if crowded else SHORTEST))
    return made


def _need(table: Table, index: int, ink: Ink, rows: int) -> Need:
    cells = _cells(table, index, rows)
    widest = max((ink.width(cell, 12) for cell in cells), default=0.0)
    title = ink.width(table.columns[index].title, 11, 500)
    natural = min(max(widest, title, ink.px(16)), ink.px(WIDEST))
    whole = table.columns[index].numeric or _is_figure(cells, widest, ink)
    return Need(natural, min(widest, ink.px(WIDEST)), whole)


def _is_figure(cells: list[str], widest: float, ink: Ink) -> bool:
    """Tell times and the like, which are no use when cut."""
    return bool(cells) and widest <= ink.px(FIGURE) and all(cell[:1].isdigit() for cell in cells)


def _filled(
    known: dict[int, Need], least: dict[int, float], table: Table, room: float
) -> dict[int, float]:
    """Share out what is left: half of it to titles of figures, then all to names."""
    if len(least) == 1:
        return {index: min(known[index].natural, room) for index in least}
    made = {index: least[index] for index in sorted(least)}
    figures = [index for index in made if table.columns[index].numeric]
    names = [index for index in made if index not in figures]
    _grow(made, figures, known, (room - sum(made.values())) / 2)
    _grow(made, names, known, room - sum(made.values()))
    _grow(made, figures, known, room - sum(made.values()))
    return made


def _grow(widths: dict[int, float], group: list[int], known: dict[int, Need], spare: float) -> None:
    wish = sum(known[index].natural - widths[index] for index in group)
    share = min(max(spare / wish, 0.0), 1.0) if wish > 0 else 0.0
    for index in group:
        widths[index] += (known[index].natural - widths[index]) * share


def _placed(
    rect: QRectF, widths: dict[int, float], table: Table, gap: float
) -> tuple[tuple[int, float, float], ...]:
    spare = rect.width() - sum(widths.values()) - gap * (len(widths) - 1)
    takers = [index for index in widths if not table.columns[index].numeric] or list(widths)
    x, placed = rect.x(), []
    for index, width in widths.items():
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
            column = table.columns[index]
            cell = QRectF(x, band.y(), width, band.height())
            align = RIGHT if column.numeric else LEFT
            color = _ground(painter, rect, cell, _token(table, row, index), ink)
            words = (
                cells[index] if column.numeric else _apart(table, index, row, layout, width, ink)
            )
            text(painter, cell, words, ink, px=12, color=color, align=align)
    y = band.bottom() - 0.5
    hairline(painter, QPointF(rect.x(), y), QPointF(rect.right(), y), ink.theme.grid)


def _apart(table: Table, index: int, row: int, layout: Layout, width: float, ink: Ink) -> str:
    """Cut a text in its middle when cut at its end it would look like another one shown."""
    words = table.texts[row][index]
    short = ink.elided(words, width, 12)
    if not short.endswith("…"):
        return words
    others = {one for one in _cells(table, index, layout.rows) if one != words}
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
    fill, pad = ink.mixed(ink.color(token), SOFT), _gap(rect, ink) / 2 - ink.px(2)
    box(painter, cell.adjusted(-pad, 1, pad, -2).intersected(rect), fill, ink.px(3))
    return ink.theme.text if contrast(ink.theme.text, fill) >= READABLE else readable_on(fill)
