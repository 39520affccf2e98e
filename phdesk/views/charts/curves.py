"""Turns series into what is drawn: piled up, scaled to 100 %, cleaned of what is no number."""

import math
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.formatting import Format

LARGEST = 8e307  # sums and margins of such values still are finite numbers


class Curve(Struct, frozen=True, gc=False):
    """A visible series: from `lows` to `highs` in each bucket, None for a gap."""

    series: XYSeries
    number: int  # among all series, hidden ones too
    pile: int  # which pile or which bar beside the others
    lows: list[float]
    highs: list[float | None]


def curves(body: XYBody) -> list[Curve]:
    """Give the visible series of a chart, each bucket as a span of values."""
    visible = [(i, one) for i, one in enumerate(body.series) if not one.hidden]
    count = len(body.x_labels)
    totals = _totals(visible, count) if body.percent else {}
    floors: dict[tuple[bool, int], tuple[list[float], list[float]]] = {}
    piles: dict[object, int] = {}
    made = []
    for index, one in visible:
        key = (one.previous, axis_number(one))
        values = _cleaned(one.values[:count])
        values += [None] * (count - len(values))
        if body.percent:
            values = [_share(value, totals[key][i]) for i, value in enumerate(values)]
        piled = (body.stacked or body.percent) and one.mark != "line"
        pile = piles.setdefault(key if piled else index, len(piles)) if one.mark == "bar" else 0
        lows: list[float] = [0.0] * count
        if piled:
            ups, downs = floors.setdefault(key, ([0.0] * count, [0.0] * count))
            lows, values = _piled(values, ups, downs)
        made.append(Curve(one, index, pile, lows, values))
    return made


def axis_number(series: XYSeries) -> int:
    """Give the number of a series' axis: 0 left, 1 right, 2 and 3 outside of them."""
    return min(max(series.axis, 0), 3) if series.axis else int(series.right_axis)


def format_of(body: XYBody, series: XYSeries) -> Format:
    """Give how the values of a series are written: its own way, or that of its axis."""
    return series.format or (body.right_format if axis_number(series) % 2 else body.format)


def pile_count(drawn: list[Curve]) -> int:
    """Count the bars that stand side by side in a bucket."""
    return max((curve.pile for curve in drawn if curve.series.mark == "bar"), default=0) + 1


def _totals(visible: list[tuple[int, XYSeries]], count: int) -> dict[tuple[bool, int], list[float]]:
    totals: dict[tuple[bool, int], list[float]] = defaultdict(lambda: [0.0] * count)
    for _, one in visible:
        sums = totals[one.previous, axis_number(one)]
        for i, value in enumerate(one.values[:count]):
            sums[i] = min(sums[i] + abs(clean(value) or 0.0), LARGEST)
    return totals


def _share(value: float | None, total: float) -> float | None:
    if value is None:
        return None
    return value / total * 100 if total else 0.0


def _piled(
    values: list[float | None], ups: list[float], downs: list[float]
) -> tuple[list[float], list[float | None]]:
    lows, highs = [], []
    for i, value in enumerate(values):
        floor = downs if value is not None and value < 0 else ups
        lows.append(floor[i])
        if value is not None:
            floor[i] = min(max(floor[i] + value, -LARGEST), LARGEST)
        highs.append(None if value is None else floor[i])
    return lows, highs


def _cleaned(values: Sequence[float | None]) -> list[float | None]:
    """Give values that can be drawn; most are let through at once."""
    return [
        value if value is not None and -LARGEST < value < LARGEST else clean(value)
        for value in values
    ]


def clean(value: float | None) -> float | None:
    """Give a value that can be drawn: no NaN, nothing infinite."""
    if value is None or math.isnan(value):
        return None
    return min(max(float(value), -LARGEST), LARGEST)
