"""Paints a cohort matrix: the stronger the blue, the more came back."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.charts.spec import RetentionBody, RetentionCell, RetentionRow
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import CENTER, RIGHT, Ink, box, contrast, mix, text
from phdesk.views.charts.names import shared
from phdesk.views.theme import Theme

GAP = 3  # px between cells
LARGEST, SMALL = 17, 11  # px of the type, on a large tile and on most
HIGHEST, TALLEST = 46, 76  # px of a row, and of one on a large tile
PART = 1 / 9  # of the height, taken by a row of a large tile
WIDEST = 160
NAMES = 0.3  # of the width, for whole names of cohorts
WEAKEST = {False: 0.1, True: 0.16}  # of the hue, by whether the theme is dark
_WHOLE, _FROM, _OWN = 0, 1, 2  # forms of names: whole, when a cohort begins, what differs of it
ANYWHERE = 4.5  # contrast that white has on any ground, or pure black
STEPS = 200  # of strengths of a hue that are tried
SHADES = 255  # of a hue in the matrix: as many as a channel of a colour has
WHITE, BLACK = QColor("#ffffff"), QColor("#000000")
PENDING = 0.7  # strength of the dashed edge of a period that is not over


class Layout(NamedTuple):
    """Columns, rows and sizes of a matrix; what does not fit is counted."""

    names: float
    sizes: float
    cell: float
    row: float
    top: float
    columns: tuple[int, ...]  # which periods are shown
    rows: int
    hint: str
    px: float
    form: int  # of the names of cohorts

    @property
    def words(self) -> float:
        """Give the size of names, which stay larger than the smallest figures."""
        return max(self.px, SMALL)


def paint(painter: QPainter, rect: QRectF, body: RetentionBody, ink: Ink) -> None:
    """Paint header, cohorts and cells."""
    if not body.rows:
        return
    layout = arrange(rect, body, ink)
    _header(painter, rect, body, layout, ink)
    names = named(body, layout.form)
    for index, row in enumerate(body.rows[: layout.rows]):
        top = layout.top + index * layout.row
        _row(painter, rect, row, names[index], layout, top, ink)
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
    period = layout.columns[column] if 0 <= column < len(layout.columns) else len(row.cells)
    if period >= len(row.cells):
        return Hit(row.label, (size,), item=index)
    cell = row.cells[period]
    words = f"{cell.text} so far" if cell.in_progress else cell.text
    color = _token(row)
    return Hit(row.label, (HitLine(color, body.columns[period], words), size), near=0, item=index)


def arrange(rect: QRectF, body: RetentionBody, ink: Ink) -> Layout:
    """Fit the matrix: smaller type first, then no sizes, then fewer columns and rows."""
    count = max(len(body.columns), 1)
    for sized in (True, False) if body.sized else (False,):
        for px in range(_largest(rect, body, ink), 8, -1):
            names, form = _names(rect, body, ink, max(px, SMALL))
            sizes = _sizes(rect, body, ink, max(px, SMALL)) if sized else 0.0
            room, least = rect.width() - names - sizes, _least(body, ink, px)
            if least * count <= room:
                cell = min(room / count, ink.px(WIDEST))
                every = tuple(range(len(body.columns)))
                return _rows(
                    rect, body, ink, Layout(names, sizes, cell, 0, 0, every, 0, "", px, form)
                )
    return _rows(rect, body, ink, _few(rect, body, ink))


def _few(rect: QRectF, body: RetentionBody, ink: Ink) -> Layout:
    """Keep the columns that fit, in type that is still easy to read."""
    names, form = _names(rect, body, ink, SMALL)
    room, first = rect.width() - names, _first(body)
    px = next((px for px in (10, 9) if _least(body, ink, px, first) * 2 <= room), 9)
    least = _least(body, ink, px, first)
    fits = int((room + 0.01) / least)
    columns = periods(body, fits)
    cell = min(room / max(len(columns), 1), ink.px(WIDEST))
    return Layout(names, 0.0, cell, 0, 0, columns, 0, "", px, form)


def periods(body: RetentionBody, fits: int) -> tuple[int, ...]:
    """Choose the periods that tell most: the first unless all have the same, then spread ones.

    The last of them is the latest for which half of the cohorts have a figure that is final.
    """
    rows, first = [row for row in body.rows if not row.heading], _first(body)
    final = [sum(not cell.in_progress for cell in row.cells) for row in rows]
    known = [index for index in range(first, len(body.columns))
             if 2 * sum(count > index for count in final) >= len(rows)]  # fmt: skip
    far = max(known, default=first)
    count = min(fits, len(body.columns) - first)
    if count <= 1:
        return (first,) * max(count, 0)
    far = max(far, first + count - 1)
    return tuple(first + round(i * (far - first) / (count - 1)) for i in range(count))


def _first(body: RetentionBody) -> int:
    """Skip the period in which everyone is there, in all cohorts that have anybody."""
    starts = [row.cells[0] for row in body.rows if row.cells]
    alike = len({cell.text for cell in starts}) == 1
    whole = all(cell.ratio in {0.0, 1.0} for cell in starts)
    return 1 if (alike or whole) and len(body.columns) > 1 else 0


def _largest(rect: QRectF, body: RetentionBody, ink: Ink) -> int:
    """Give the largest type that the number of rows and columns suits."""
    height = rect.height() / ink.scale / (len(body.rows) + 1)
    width = rect.width() / ink.scale / (len(body.columns) + 2)
    return int(min(max(min(height / 2.4, width / 6), SMALL), LARGEST))


def _names(rect: QRectF, body: RetentionBody, ink: Ink, px: float) -> tuple[float, int]:
    """Give the width of the cohorts' names, and the form in which they fit."""
    cell = _least(body, ink, 9, _first(body))  # short names leave room for one figure
    forms = ((_WHOLE, rect.width() * NAMES), (_FROM, rect.width() - cell),
             (_OWN, rect.width() - cell))  # fmt: skip
    for form, most in forms:
        labels = named(body, form)
        widest = max(
            (ink.width(label, px, 600 if row.mean else 400)
             for row, label in zip(body.rows[:60], labels, strict=False) if not row.heading),
            default=0.0,
        )  # fmt: skip
        if widest + ink.px(7) <= most:
            head = min(ink.width("Cohort", px, 600), rect.width() * 0.2)
            return min(max(widest, head) + ink.px(10), max(most, widest + ink.px(7))), form
    return rect.width() * NAMES, _FROM


def named(body: RetentionBody, form: int) -> tuple[str, ...]:
    """Name the rows: whole, when they begin, or without what all of these begin with."""
    labels = [row.label.partition(" to ")[0] if form else row.label for row in body.rows]
    own = [one for one, row in zip(labels, body.rows, strict=True) if not (row.mean or row.heading)]
    alike = min(shared(own), default=0) if form == _OWN and len(own) > 1 else 0
    if not alike or len({one[:alike] for one in own}) > 1:
        return tuple(labels)
    return tuple(
        label if row.mean or row.heading else label[alike:].lstrip(" ,")
        for label, row in zip(labels, body.rows, strict=True)
    )


def _sizes(rect: QRectF, body: RetentionBody, ink: Ink, px: float) -> float:
    words = ("Size", *(row.size_text for row in body.rows[:60]))
    return min(max(ink.width(one, px) for one in words) + ink.px(10), rect.width() * 0.2)


def _least(body: RetentionBody, ink: Ink, px: float, first: int = 0) -> float:
    """Give the width that a cell needs; less beside its figure where columns are left out."""
    texts = (cell.text for row in body.rows[:60] for cell in row.cells[first:])
    return ink.width(max(texts, key=len, default="0%"), px) + ink.px(GAP + (5 if first else 8))


def _rows(rect: QRectF, body: RetentionBody, ink: Ink, layout: Layout) -> Layout:
    head = ink.line(layout.words) + ink.px(5)
    least = ink.line(layout.px) + ink.px(GAP + 1)
    if rect.height() < head + 2 * least:
        head = 0.0
    hidden = len(body.columns) - len(layout.columns)
    foot = ink.line(11) + ink.px(2)
    fits = int((rect.height() - head - (foot if hidden else 0)) // least)
    if fits < len(body.rows):
        fits = max(int((rect.height() - head - foot) // least), 0)
    rows = min(fits, len(body.rows))
    room = rect.height() - head - (foot if hidden or rows < len(body.rows) else 0)
    most = min(max(rect.height() * PART, ink.px(HIGHEST)), ink.px(TALLEST))
    height = min(max(room / max(rows, 1), least), most)
    left = sum(not row.heading for row in body.rows[rows:])
    hint = _hint(left, hidden, rect.width(), ink)
    return layout._replace(row=height, top=rect.y() + head, rows=rows, hint=hint)


def _hint(rows: int, columns: int, room: float, ink: Ink) -> str:
    """Say what is not shown, as fully as fits."""
    counts = [(count, word) for count, word in ((rows, "cohort"), (columns, "column")) if count]
    parts = [f"{count} more {word}{'' if count == 1 else 's'}" for count, word in counts]
    forms = [
        " · ".join(f"+ {part}" for part in parts),
        " · ".join(f"+ {part}" for part in parts).replace(" more", ""),
        *(f"+ {part}".replace(" more", "") for part in parts[:1]),
    ]
    return next((one for one in forms if ink.width(one, 11) <= room), forms[-1] if parts else "")


def _header(painter: QPainter, rect: QRectF, body: RetentionBody, layout: Layout, ink: Ink) -> None:
    height, px = layout.top - rect.y(), layout.words
    if height <= 0:
        return
    band = QRectF(rect.x(), rect.y(), layout.names - ink.px(6), height)
    text(painter, band, "Cohort", ink, px=px, weight=600, color=ink.theme.text, whole=True)
    x = rect.x() + layout.names
    if layout.sizes:
        band = QRectF(x, rect.y(), layout.sizes - ink.px(10), height)
        text(painter, band, "Size", ink, px=px, align=RIGHT)
    x += layout.sizes
    for period in layout.columns:
        band = QRectF(x, rect.y(), layout.cell - ink.px(GAP + 3), height)
        text(painter, band, _period(body.columns[period], band.width(), px, ink), ink, px=px,
             align=RIGHT)  # fmt: skip
        x += layout.cell


def _period(name: str, room: float, px: float, ink: Ink) -> str:
    """Shorten "Week 3" to "W3" or "3" when there is no room."""
    word, _, number = name.rpartition(" ")
    forms = (name, f"{word[:1]}{number}")
    return next((one for one in forms if ink.width(one, px) <= room), number)


def _row(  # noqa: PLR0913, PLR0917  a row on a canvas
    painter: QPainter,
    rect: QRectF,
    row: RetentionRow,
    name: str,
    layout: Layout,
    y: float,
    ink: Ink,
) -> None:
    height, px, color = layout.row - ink.px(GAP), layout.words, ink.theme.text
    if row.heading:
        whole = QRectF(rect.x(), y, rect.width(), height)
        text(painter, whole, row.label, ink, px=px, weight=600, color=color)
        return
    band = QRectF(rect.x(), y, layout.names - ink.px(6), height)
    text(painter, band, name, ink, px=px, weight=600 if row.mean else 400, color=color)
    x = rect.x() + layout.names
    if layout.sizes:
        band = QRectF(x, y, layout.sizes - ink.px(10), height)
        text(painter, band, row.size_text, ink, px=px, align=RIGHT)
    x += layout.sizes
    for period in layout.columns:
        if period < len(row.cells):
            place = QRectF(x, y, layout.cell - ink.px(GAP), height)
            _cell(painter, place, row.cells[period], layout, _token(row), ink)
        x += layout.cell


def _cell(
    painter: QPainter, place: QRectF, cell: RetentionCell, layout: Layout, token: str, ink: Ink
) -> None:
    theme, words = ink.theme, place.adjusted(ink.px(2), 0, -ink.px(3), 0)
    if cell.in_progress:
        pen = QPen(ink.mixed(theme.muted, PENDING), ink.hair)
        pen.setDashPattern([3, 3])
        box(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), theme.surface, ink.px(3), pen)
        text(painter, words, cell.text, ink, px=layout.px, align=RIGHT)
        return
    ground, color = _colors(round(min(max(cell.ratio, 0.0), 1.0) * SHADES), token, theme)
    box(painter, place, ground, ink.px(3))
    align = RIGHT if place.width() > ink.px(40) else CENTER
    text(painter, words, cell.text, ink, px=layout.px, color=color, align=align)


@lru_cache(maxsize=1024)
def _colors(shade: int, token: str, theme: Theme) -> tuple[QColor, QColor]:
    """Give the colours of a cell and of its words; a large matrix asks hundreds of times.

    By shades, of which there are few: a wall would remember new ratios with each refresh.
    """
    ground = fill(shade / SHADES, token, theme)
    return ground, words_on(ground, theme)


def fill(ratio: float, token: str, theme: Theme) -> QColor:
    """Give the ground of a cell: PostHog's hue, as strong as the ratio."""
    weakest = WEAKEST[theme.is_dark]
    most = 1.0 if theme.readable <= ANYWHERE else _most(token, theme)
    strength = weakest + (most - weakest) * min(max(ratio, 0.0), 1.0)
    return mix(theme.surface, theme.color(token), strength)


@lru_cache(maxsize=32)
def _most(token: str, theme: Theme) -> float:
    """Say how strong a hue may be at most, so that the theme's words stand out on it."""
    hue = theme.color(token)
    tried = (step / STEPS for step in range(STEPS, 0, -1))
    fits = (
        one for one in tried if contrast(theme.text, mix(theme.surface, hue, one)) >= theme.readable
    )
    return next(fits, WEAKEST[theme.is_dark])


def words_on(ground: QColor, theme: Theme) -> QColor:
    """Give the colour of words: one for pale cells and one for strong ones, each easy to read.

    By day the one is black and not the theme's dark grey, which middling cells are too strong for:
    two darks side by side look like two weights.
    """
    usual = theme.text if theme.is_dark else BLACK
    return usual if contrast(usual, ground) >= theme.readable else _strongest(ground)


def _strongest(ground: QColor) -> QColor:
    return WHITE if contrast(WHITE, ground) >= ANYWHERE else BLACK


def _token(row: RetentionRow) -> str:
    return "retention-mean" if row.mean else "retention"
