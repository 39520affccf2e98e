"""Arranges a chart of lines, areas or bars: plot area, axes, labels and legend."""

from collections import deque

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import XYBody
from phdesk.views.charts import axis_marks, axis_titles, legend
from phdesk.views.charts.axis import Axis
from phdesk.views.charts.bucket_labels import Buckets, Row, placed
from phdesk.views.charts.curves import Curve, axis_number, curves
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.sides import Label, beside, inside, make_axes

LOWEST = 66  # px of a chart that has room for labels below
SMALL_LEGEND = 120  # px of a small chart that has room for names
DIRECT_SCALE = 1.4  # from here lines carry their names, as on a wall
REMEMBERED = 4
MOST_ROWS, LARGE = 3, 560  # rows of a legend, px of a body that has room for all of them
PLOT = 0.6  # of the height, kept by the plot where the legend has several rows
FAR_PLOT = 0.45  # on a wall, where nobody can ask what is not named
ENDS, FAR_ENDS = 0.3, 0.38  # of the width, for names at the ends of lines
SIDE = 360  # px of a chart that has room for a legend beside it


class Plot(Struct, frozen=True, gc=False):
    """All places of a chart."""

    area: QRectF
    axes: tuple[Axis, ...]  # by number, see `axis_number`
    curves: list[Curve]
    xs: list[float]  # middle of each bucket
    band: float  # width of a bucket
    left_labels: tuple[tuple[float, Label], ...]  # height of the grid line, label
    right_labels: tuple[tuple[float, Label], ...]
    x_labels: tuple[Label, ...]
    end_labels: tuple[tuple[Curve, Label], ...]
    legend: QRectF  # empty when there is none
    note: QRectF  # for the figure below the chart, empty when there is none
    grid: tuple[float, ...]
    edges: tuple[tuple[int, float], ...]  # axes that need telling apart: number, x beside labels
    titles: tuple[Label, ...] = ()  # what the axes show: left, right, below; those that have one
    column: bool = False  # the legend stands at a side
    smooth: bool = False  # lines bend

    @property
    def left(self) -> Axis:
        """Give the axis at the left."""
        return self.axes[0]

    @property
    def right(self) -> Axis:
        """Give the axis at the right."""
        return self.axes[1]

    def axis_of(self, curve: Curve) -> Axis:
        """Give a series' axis."""
        return self.axes[axis_number(curve.series)]


_RECENT: deque[tuple[QRectF, XYBody, Ink, Plot]] = deque(maxlen=REMEMBERED)


def arrange(rect: QRectF, body: XYBody, ink: Ink) -> Plot:
    """Decide what is shown in a rectangle, and where; the last few answers are remembered.

    A tooltip asks again with each move of the pointer, about the same chart.
    """
    for known_rect, known_body, known_ink, plot in tuple(_RECENT):  # other threads add to it
        if known_body is body and known_rect == rect and known_ink == ink:
            return plot
    plot = _arrange(rect, body, ink)
    _RECENT.append((QRectF(rect), body, ink, plot))
    return plot


def _arrange(rect: QRectF, body: XYBody, ink: Ink) -> Plot:
    drawn = curves(body)
    axes = make_axes(body, drawn)
    direct = _ends_fit(rect, body, drawn, ink)
    names = 0.0 if direct else _legend_height(rect, body, drawn, ink)
    legend_at = _legend_elsewhere(rect, body, drawn, names, ink)
    if not legend_at.isEmpty():
        rect, names = _rest(rect, legend_at, body, ink), 0.0
    note = _note_height(rect, body, ink)
    foot = names + note
    line = ink.line(11)
    lane = axis_marks.lane(body, ink)
    has_names = body.x_labels and body.x_ticks and rect.height() - foot >= ink.px(LOWEST) + lane
    under = line + ink.px(3) + lane if has_names else 0.0
    named = axis_titles.fit(rect.height() - foot, rect, body, ink)
    under += line if named and body.x_label else 0.0
    below = line / 2 if rect.width() >= ink.px(150) else ink.px(3)
    valued = bool(body.value_labels) or body.all_values
    above = _above(rect, body, ink, valued=valued)
    above += line if named and (body.left.label or body.right.label) else 0.0
    area = rect.adjusted(ink.px(4), above, -ink.px(4), -foot - (under or below))
    if direct:
        area.setRight(rect.right() - _ends_width(rect, drawn, ink))
    bare = (not body.left.ticks, not body.right.ticks)
    marked = bool(body.marks)
    sides = beside(area, rect, axes, drawn, ink, valued=valued, marked=marked, bare=bare)
    area = sides.area
    whole = area.adjusted(0, 0, 0, sides.under)
    xs, band = _places(area, body)
    plot = Plot(
        area,
        sides.axes,
        drawn,
        xs,
        band,
        sides.left,
        sides.right,
        _x_labels(rect, whole, body, xs, ink) if has_names else (),
        (),
        legend_at
        if not legend_at.isEmpty()
        else QRectF(rect.x(), rect.bottom() - foot, rect.width(), names),
        QRectF(rect.x(), rect.bottom() - note, rect.width(), note),
        sides.grid if body.grid else (),
        sides.edges,
        axis_titles.places(rect, area, foot, body, ink) if named else (),
        column=not legend_at.isEmpty() and body.legend_place != "top",
        smooth=body.smooth,
    )
    return replace(plot, end_labels=_end_labels(plot, rect, ink)) if direct else plot


def _above(rect: QRectF, body: XYBody, ink: Ink, *, valued: bool) -> float:
    """Give the room above the plot: for values, for half a number of the axis, for a goal."""
    line = ink.line(11)
    above = line + ink.px(2) if valued else line / 2 + ink.px(1)
    above += line * 0.7 if body.goal_lines else 0.0
    return max(above, line + ink.px(1)) if inside(rect, ink) else above


def _legend_height(rect: QRectF, body: XYBody, drawn: list[Curve], ink: Ink) -> float:
    """Give the legend a row, or more as long as most of the height is left for the chart."""
    room = rect.height() >= ink.px(110) and rect.width() >= ink.px(140)
    if not (body.legend and len(body.series) > 1):
        return 0.0
    if not room:
        return _small_legend(rect, body, drawn, ink)
    other = 2.5 * ink.line(11) + axis_marks.lane(body, ink)  # above and below the plot
    rows = MOST_ROWS if rect.height() >= ink.px(LARGE) else MOST_ROWS - 1
    kept = rect.height() * (FAR_PLOT if ink.is_far else PLOT)
    while rows > 1 and rect.height() - other - legend.height(ink, rows) < kept:
        rows -= 1
    entries = [one for _, one in legend.entries_of(body, drawn, ink)]
    return legend.height(ink, legend.rows_for(rect.width(), entries, ink, rows))


def _legend_elsewhere(
    rect: QRectF, body: XYBody, drawn: list[Curve], names: float, ink: Ink
) -> QRectF:
    """Give the place of a legend that is not wanted below; empty where there is no room for it."""
    room = rect.width() >= ink.px(SIDE) or body.legend_place == "top"
    if not names or not room or body.legend_place == "bottom":
        return QRectF()
    if body.legend_place == "top":
        return QRectF(rect.x(), rect.y(), rect.width(), names)
    entries = [one for _, one in legend.entries_of(body, drawn, ink)]
    return legend.column_of(rect, entries, ink, right=body.legend_place == "right")


def _rest(rect: QRectF, taken: QRectF, body: XYBody, ink: Ink) -> QRectF:
    """Give what a legend above or beside the chart leaves."""
    gap = ink.px(14)
    match body.legend_place:
        case "left":
            return rect.adjusted(taken.width() + gap, 0, 0, 0)
        case "right":
            return rect.adjusted(0, 0, -taken.width() - gap, 0)
        case _:
            return rect.adjusted(0, taken.height(), 0, 0)


def _small_legend(rect: QRectF, body: XYBody, drawn: list[Curve], ink: Ink) -> float:
    """Name the first series of a small chart, each in a row; what does not fit is counted."""
    entries = [one for _, one in legend.entries_of(body, drawn, ink)]
    high = rect.height() - axis_marks.lane(body, ink) >= ink.px(SMALL_LEGEND)
    if not high or rect.width() < ink.px(80):
        return 0.0
    return legend.height(ink, legend.rows_for(rect.width(), entries, ink, MOST_ROWS))


def _note_height(rect: QRectF, body: XYBody, ink: Ink) -> float:
    """Give the figure below a chart a line where it can be read whole, else none."""
    name, figure = body.foot
    whole = ink.width(name, 12) + ink.width(figure, 12, 600) + ink.px(8)
    fits = rect.height() >= ink.px(110) and whole <= rect.width()
    return ink.line(12) + ink.px(4) if figure and fits else 0.0


def _places(area: QRectF, body: XYBody) -> tuple[list[float], float]:
    count = max(len(body.x_labels), 1)
    in_bands = any(one.mark == "bar" and not one.hidden for one in body.series)
    band = area.width() / count
    if in_bands or count == 1:
        return [area.x() + (i + 0.5) * band for i in range(count)], band
    step = area.width() / (count - 1)
    return [area.x() + i * step for i in range(count)], step


def _x_labels(
    rect: QRectF, area: QRectF, body: XYBody, xs: list[float], ink: Ink
) -> tuple[Label, ...]:
    """Name buckets below their middles, those with an end where they begin and where it is."""
    row = Row(rect, area, area.bottom() + axis_marks.lane(body, ink) + ink.px(3))
    names = body.x_labels
    if body.x_end:
        names = (*names, body.x_end)
        xs = [area.x() + i * area.width() / len(body.x_labels) for i in range(len(names))]
    found = placed(row, Buckets(names, body.x_dated, xs, dense=bool(body.x_end)), ink)
    return tuple(label for _, label in found)


def _ends_fit(rect: QRectF, body: XYBody, drawn: list[Curve], ink: Ink) -> bool:
    if ink.scale < DIRECT_SCALE or body.stacked or body.percent or not 0 < len(drawn) <= 6:
        return False
    lines = all(one.series.mark == "line" and not axis_number(one.series) for one in drawn)
    room = rect.height() - ink.px(60) >= len(drawn) * ink.line(11)
    return lines and room and rect.width() >= ink.px(240)


def _ends_width(rect: QRectF, drawn: list[Curve], ink: Ink) -> float:
    widest = max(ink.width(curve.series.label, 11, 600) for curve in drawn) + ink.px(12)
    return min(widest, rect.width() * (FAR_ENDS if ink.is_far else ENDS))


def _end_labels(plot: Plot, rect: QRectF, ink: Ink) -> tuple[tuple[Curve, Label], ...]:
    """Put each line's name beside its last value, pushed apart where they would touch."""
    line = ink.line(11)
    ends = []
    for curve in plot.curves:
        last = next((v for v in reversed(curve.highs) if plot.left.shows(v)), None)
        y = plot.left.y(0.0 if last is None else last, plot.area)
        ends.append((y, curve))
    ends.sort(key=lambda end: end[0])
    tops: list[float] = []
    for y, _ in ends:
        tops.append(max(y - line / 2, tops[-1] + line if tops else rect.y()))
    limit = plot.area.bottom()
    for i in reversed(range(len(tops))):
        limit = tops[i] = min(tops[i], limit - line)
    x = plot.area.right() + ink.px(8)
    return tuple(
        (curve, Label(curve.series.label, QRectF(x, top, rect.right() - x, line)))
        for top, (_, curve) in zip(tops, ends, strict=True)
    )


def nearest(plot: Plot, x: float) -> int:
    """Give the bucket nearest to a place."""
    if len(plot.xs) < 2:
        return 0
    step = plot.xs[1] - plot.xs[0]
    place = round((x - plot.xs[0]) / step) if step > 0 else 0
    return min(max(place, 0), len(plot.xs) - 1)
