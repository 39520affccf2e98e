"""Chooses the columns of a table that can be read beside each other, and their widths."""

from msgspec import Struct
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import Table
from phdesk.views.charts.ink import Ink

GAP, CLOSE = 16, 8  # px between columns, and of those whose words need the room
NARROW = 240  # px, below which columns stand closer
SHORTEST, READ = 28, 110  # px that a name keeps beside one figure, and in a row of columns
TITLE = 80  # px that the title of figures keeps in a row of columns
FIGURE = 150  # px, at most, of a time
WIDEST = 260
SPREAD = 160  # px, at most, that a column of names is wider than what it says
NEARLY = 0.75  # of the width: a table that takes so much takes all of it
SEEN = 100  # rows that are compared


class Need(Struct, frozen=True, gc=False):
    """What a column wants: its full width, that of its cells, and whether they must be whole."""

    natural: float
    cells: float
    whole: bool


def columns(
    rect: QRectF, table: Table, ink: Ink, rows: int
) -> tuple[tuple[int, float, float], ...]:
    """Choose the name and the first figure, then columns from the left while they can be read."""
    between, own = gap(rect, ink), own_of(table)
    if not own:
        return ()
    name, known = _name(table, own), dict[int, Need]()
    kept = [name]
    least = _least(kept, known, table, ink, rows)
    for index in _wanted(table, own, name):
        wider = _least([*kept, index], known, table, ink, rows)
        if sum(wider.values()) + between * len(kept) > rect.width():
            break
        kept.append(index)
        least = wider
    wanted = sum(known[index].natural for index in kept) + between * (len(kept) - 1)
    if wanted > rect.width():  # rather close columns than cut words
        short = (wanted - rect.width()) / max(len(kept) - 1, 1)
        between = max(between - short, ink.px(CLOSE))
    widths = _filled(known, least, table, rect.width() - between * (len(kept) - 1))
    return _placed(rect, widths, table, between, ink)


def gap(rect: QRectF, ink: Ink) -> float:
    """Give the space between two columns."""
    return ink.px(GAP if rect.width() >= ink.px(NARROW) else GAP / 2)


def own_of(table: Table) -> list[int]:
    """Give the columns without those that say all again: lists of events name the event twice."""
    seen: list[int] = []
    for index, column in enumerate(table.columns):
        twins = (i for i in seen if column.title and table.columns[i].title == column.title)
        if not any(cells_of(table, i) == cells_of(table, index) for i in twins):
            seen.append(index)
    return seen


def cells_of(table: Table, index: int, rows: int = SEEN) -> list[str]:
    """Give the first texts of a column."""
    return [row[index] for row in table.texts[:rows] if index < len(row)]


def _name(table: Table, own: list[int]) -> int:
    """Find the column that tells rows apart: not the first when it says the same in all."""
    words = [index for index in own if not table.columns[index].numeric]
    apart = (index for index in words if len(set(cells_of(table, index))) > 1)
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
    cells = cells_of(table, index, rows)
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
    rect: QRectF, widths: dict[int, float], table: Table, between: float, ink: Ink
) -> tuple[tuple[int, float, float], ...]:
    """Spread columns over the width, but not so far that a row can no longer be followed."""
    used = sum(widths.values()) + between * (len(widths) - 1)
    takers = [index for index in widths if not table.columns[index].numeric] or list(widths)
    share = max(rect.width() - used, 0.0) / len(takers)
    if used + min(share, ink.px(SPREAD)) * len(takers) < rect.width() * NEARLY:
        share = min(share, ink.px(SPREAD))
    x, placed = rect.x(), []
    for index, width in widths.items():
        full = width + (share if index in takers else 0.0)
        placed.append((index, x, full))
        x += full + between
    return tuple(placed)
