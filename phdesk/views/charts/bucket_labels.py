"""Chooses and places the labels below the buckets of a chart: none touch, those at the ends fit."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from PySide6.QtCore import QRectF

from phdesk.core.ticks import day_starts, ends, even, named, thin
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.sides import Label

LONGEST = 120  # px of a name
SPACE = 14  # px between two
EDGE = 4  # px that a label at an end may stand out of the plot
SEVERAL = 3  # days whose hours are named by the days alone
FEW, MOST = 6, 14  # of many buckets; all of so many


class Buckets(Struct, frozen=True, gc=False):
    """Buckets in view: their labels, those with their day if they differ, their middles."""

    names: Sequence[str]
    dated: Sequence[str]
    xs: Sequence[float]
    dense: bool = False  # as many are named as stand apart


class Row(Struct, frozen=True, gc=False):
    """Where labels may stand: below the plot `area`, at the height `top`, inside of `rect`."""

    rect: QRectF
    area: QRectF
    top: float


def placed(row: Row, buckets: Buckets, ink: Ink) -> list[tuple[int, Label]]:
    """Name buckets; hours of several days by the days that begin, a short row by its ends.

    Each label has the number of its bucket.
    """
    names, dated, xs = buckets.names, buckets.dated, buckets.xs
    days = day_starts(names, dated)
    if len(days) >= SEVERAL:
        said = [dated[i].rpartition(" ")[0] for i in days]
        found = _spread(row, Buckets(said, (), [xs[i] for i in days]), ink)
        return [(days[i], label) for i, label in found]
    made = _spread(row, buckets, ink)
    if len(made) > 1 or len(names) < 2:
        return made
    said = ends(names, dated if days else ())
    short = _spread(row, Buckets(said, (), [xs[0], xs[-1]]), ink)
    short = [((len(names) - 1) * i, label) for i, label in short]
    return short if len(short) > len(made) else made


def _spread(row: Row, buckets: Buckets, ink: Ink) -> list[tuple[int, Label]]:
    """Keep as many labels as stand apart: all of a few, else up to six; first and last of two."""
    space, names = ink.px(SPACE), buckets.names
    if not names:
        return []
    sample = [(buckets.dated or names)[i] for i in thin(len(names), 60)]
    widest = min(max(ink.width(name, 11) for name in sample), ink.px(LONGEST))
    slot = row.area.width() / len(names) - space
    if widest > slot >= ink.px(48):
        widest = slot  # rather all names, shortened, than some
    fits = int((row.area.width() + space) // (widest + space))
    most = fits if buckets.dense or len(names) <= min(fits, MOST) else min(fits, FEW)
    for few in range(max(most, 2), 0, -1):
        made = _placed(even(len(names), few), widest, row, buckets, ink)
        gaps = (b.rect.x() - a.rect.right() for (_, a), (_, b) in pairwise(made))
        least = space / 2 if few > 2 else ink.px(5)
        if all(gap >= least for gap in gaps):
            return [one for one in made if one[1].text]
    return []


def _placed(
    kept: list[int], widest: float, row: Row, buckets: Buckets, ink: Ink
) -> list[tuple[int, Label]]:
    """Put labels below their buckets, those at the ends inside."""
    rect, area = row.rect, row.area
    line, edge = ink.line(11), ink.px(EDGE)
    left, right = max(area.x() - edge, rect.x()), min(area.right() + edge, rect.right())
    made = []
    for i, name in zip(kept, named(buckets.names, buckets.dated, kept), strict=True):
        shown = ink.elided(name, min(widest + 1, rect.width()), 11)
        width = ink.width(shown, 11)
        x = min(buckets.xs[i] - width / 2, right - width - 0.5)
        x = max(x, min(left, rect.right() - width - 0.5))
        made.append((i, Label(shown, QRectF(x, row.top, width + 0.5, line))))
    return made
