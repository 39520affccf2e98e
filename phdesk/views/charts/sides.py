"""The value axes of a chart, and their labels at its sides: up to two at each."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts.axis import PERCENT, Axis, axis
from phdesk.views.charts.curves import Curve, axis_number, clean
from phdesk.views.charts.ink import Ink

PLAIN_STYLES = {"numeric", "short"}
AXES = 4
LARGEST_GOAL = 1e300
MOST_ROOM = 0.4  # of the width, for all labels
GAP, TIGHT = 7, 3  # px; between the figures of three or four axes inside
NARROW, LOW = 150, 72  # px of a chart whose scale is one number inside, and of one without any
FEW, MOST = 6, 6  # ticks: five lines above zero
APART = 2.4, 1.6  # lines of text from one to the next
PAIR, LEAST_LINES = 2, 5  # axes told apart by their side; lines of a chart with a label below it
FINE = 12  # ticks of which only the last is shown: it may be near the values


class Label(Struct, frozen=True, gc=False):
    """A text with its place."""

    text: str
    rect: QRectF
    color: str = ""  # token, of one axis among several


class Sides(Struct, frozen=True, gc=False):
    """What is left for the chart, its labels, grid lines, and where several axes are told apart."""

    area: QRectF
    axes: tuple[Axis, ...]  # that end at ticks where that costs little
    left: tuple[tuple[float, Label], ...]
    right: tuple[tuple[float, Label], ...]
    grid: tuple[float, ...]
    edges: tuple[tuple[int, float], ...]
    under: float = 0.0  # height of a label below the area


def make_axes(body: XYBody, drawn: Sequence[Curve]) -> tuple[Axis, ...]:
    """Make each axis for its series, with what is drawn over them."""
    return tuple(_axis(body, drawn, number) for number in range(AXES))


def inside(rect: QRectF, ink: Ink) -> bool:
    """Tell a chart too narrow for values at its sides, whose highest tick stands inside."""
    return rect.width() < ink.px(NARROW) and rect.height() >= ink.px(LOW)


def beside(  # noqa: PLR0913  the room follows from all of them
    area: QRectF,
    rect: QRectF,
    axes: Sequence[Axis],
    drawn: Sequence[Curve],
    ink: Ink,
    *,
    valued: bool = False,
    marked: bool = False,
    bare: tuple[bool, bool] = (False, False),
) -> Sides:
    """Make room for the values at the sides, or for one inside where it is narrow.

    Charts whose series have their own values written are `valued`, those with annotations `marked`;
    a side that is `bare`, the left or the right, has no numbers.
    """
    if inside(rect, ink):
        made = _inside(area, axes, drawn, ink, valued=valued, marked=marked)
        return replace(made, left=() if bare[0] else made.left, right=() if bare[1] else made.right)
    line, gap = ink.line(11), ink.px(GAP)
    few, most = _counts(area.height() / line)
    numbers = sorted({axis_number(curve.series) for curve in drawn}) or [0]
    axes = [one.reached(few, most) for one in axes]
    ticks = {number: axes[number].ticks(few) for number in numbers}
    show = rect.width() >= ink.px(NARROW) and area.height() >= line * 1.5
    written = {number: found for number, found in ticks.items() if not bare[number % 2]}
    widths = _fitting(_widths(written, ink) if show else {}, rect.width() * MOST_ROOM)
    left: list[int] = [number for number in (2, 0) if number in widths]  # from the edge inwards
    right: list[int] = [number for number in (1, 3) if number in widths]
    area = area.adjusted(
        sum(widths[number] + gap for number in left), 0,
        -sum(widths[number] + gap for number in right), 0,
    )  # fmt: skip
    xs: dict[int, float] = {}
    at, edges = rect.x(), []
    for number in left:
        xs[number], at = at, at + widths[number] + gap
        edges.append((number, at - gap / 2))
    at = area.right() + gap
    for number in right:
        edges.append((number, at - gap / 2))
        xs[number], at = at, at + widths[number] + gap
    labels = {
        number: _column(x, widths[number], axes[number], ticks[number], area, line)
        for number, x in xs.items()
    }
    first = numbers[0]
    return Sides(
        area,
        tuple(axes),
        tuple(label for number in left for label in labels[number]),
        tuple(label for number in right for label in labels[number]),
        tuple(axes[first].y(value, area) for value, _ in ticks[first]),
        tuple(edges) if len(numbers) > 1 else (),
    )


def _counts(lines: float) -> tuple[int, int]:
    """Give how many ticks stand well in a height, and how many at most."""
    few, most = (int(lines / apart) + 1 for apart in APART)
    return max(2, min(FEW, few)), max(2, min(MOST, most))


def _inside(
    area: QRectF,
    axes: Sequence[Axis],
    drawn: Sequence[Curve],
    ink: Ink,
    *,
    valued: bool,
    marked: bool,
) -> Sides:
    """Write the highest tick of each axis above its line, and the lowest of one below zero.

    None speaks for others that are left out.
    """
    axes, line = [one.reached(FEW, FINE) for one in axes], ink.line(11)
    numbers = sorted({axis_number(curve.series) for curve in drawn}) or [0]
    tops = {number: axes[number].ticks(FINE)[-1:] for number in numbers if axes[number].chosen}
    words = {number: found[0][1] for number, found in tops.items()}
    widths = {number: ink.width(text, 11) for number, text in words.items()}
    gaps = len(widths) * ink.px(GAP if len(widths) <= PAIR else TIGHT)
    fits = len(widths) == len(numbers) and sum(widths.values()) + gaps <= area.width()
    first = axes[numbers[0]]
    low = first.ticks(FINE)[:1] if len(numbers) == 1 and first.low < 0 and not marked else []
    shown = any(value < 0 and ink.width(text, 11) <= area.width() for value, text in low)
    under = line if shown and fits and area.height() >= LEAST_LINES * line else 0.0
    area = area.adjusted(0, 0, 0, -under)
    sides: dict[int, tuple[tuple[float, Label], ...]] = {}
    spare = (area.width() - sum(widths.values())) / max(len(numbers) - 1, 1)
    left_over = 0.0
    for number in numbers if fits else ():
        y, place = _place_inside(area, number, axes, tops[number][0][0], words[number], ink)
        # What is higher than the tick would run through it.
        if (valued or y > area.top() + 1) and _falls(drawn, numbers):
            left_over = area.width() - widths[number]
        place.translate(left_over, 0)
        color = _color(drawn, number) if len(numbers) > PAIR else ""
        sides[number] = ((y, Label(words[number], place, color)),)
        left_over += widths[number] + spare
    grid = [first.y(value, area) for value, _ in tops.get(numbers[0], ())]
    left = sides.get(numbers[0], ())
    if under:
        y, place = _place_inside(area, numbers[0], axes, *low[0], ink)
        left = (*left, (y, Label(low[0][1], place.translated(0, line + 1))))
        grid.append(y)
    right = tuple(label for number in numbers[1:] for label in sides.get(number, ()))
    return Sides(area, tuple(axes), left, right, tuple(grid), (), under)


def _place_inside(
    area: QRectF, number: int, axes: Sequence[Axis], top: float, text: str, ink: Ink
) -> tuple[float, QRectF]:
    y, line = axes[number].y(top, area), ink.line(11)
    return y, QRectF(area.x(), y - line, ink.width(text, 11) + 0.5, line)


def _color(drawn: Sequence[Curve], number: int) -> str:
    """Give the colour token of the first series on an axis."""
    return next((one.series.color for one in drawn if axis_number(one.series) == number), "")


def _falls(drawn: Sequence[Curve], numbers: list[int]) -> bool:
    """Tell whether the only axis' series are higher at the left, where its scale would stand."""
    count = len(drawn[0].highs) if drawn else 0
    part = -(-count // 3)
    first = max((v for one in drawn for v in one.highs[:part] if v is not None), default=0.0)
    last = max(
        (v for one in drawn for v in one.highs[count - part :] if v is not None), default=0.0
    )
    return len(numbers) == 1 and first > last


def _axis(body: XYBody, drawn: Sequence[Curve], number: int) -> Axis:
    mine = {one.number: one for one in drawn if axis_number(one.series) == number}
    values = [v for curve in mine.values() for v in curve.highs if v is not None]
    extra = () if body.percent else body.overlays
    known = [v for one in extra if one.series in mine for v in map(clean, one.values)]
    how = body.right_format if number % 2 else body.format
    if body.percent:
        values, how = [*values, 100.0 if values else 0.0], PERCENT
    if number == 0:
        values += [goal.value for goal in body.goal_lines if abs(goal.value) < LARGEST_GOAL]
    whole = how.style in PLAIN_STYLES and all(map(float.is_integer, map(float, values)))
    values += [v for v in known if v is not None]
    side = body.right if number % 2 else body.left
    log = body.log if side.log is None or not number % 2 else side.log
    tall = body.percent or any(c.series.mark != "line" for c in mine.values())
    one = axis(
        values,
        how,
        log=log and not body.percent,
        integers=whole,
        from_zero=side.from_zero or tall,
    )
    if body.percent and one.high > 100:
        one = replace(one, high=100.0, extent=(one.extent[0], 100.0))
    if body.percent and one.low < 0:
        ends = (max(one.extent[0], -100.0), one.extent[1])
        one = replace(one, low=max(one.low, -100.0), extent=ends)
    return one


def _widths(ticks: dict[int, list[tuple[float, str]]], ink: Ink) -> dict[int, float]:
    return {
        number: max((ink.width(text, 11) for _, text in labels), default=0.0)
        for number, labels in ticks.items()
    }


def _fitting(widths: dict[int, float], room: float) -> dict[int, float]:
    """Give up the outer axes' labels first, then all: one alone would speak for the others."""
    if sum(widths.values()) > room:
        widths = {number: width for number, width in widths.items() if number < 2}
    return {} if sum(widths.values()) > room else {n: w for n, w in widths.items() if w}


def _column(
    x: float, width: float, one: Axis, ticks: list[tuple[float, str]], area: QRectF, line: float
) -> tuple[tuple[float, Label], ...]:
    made: list[tuple[float, Label]] = []
    for value, words in ticks:
        y = one.y(value, area)
        place = QRectF(x, y - line / 2, width + 1, line)
        if not made or made[-1][1].rect.top() >= place.bottom() - 1:
            made.append((y, Label(words, place)))
    return tuple(made)
