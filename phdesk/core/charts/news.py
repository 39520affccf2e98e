"""Say what is new about a tile since an earlier result: highs, drops, names that came or went.

The rules, by names (of series, slices, bars, steps; a name that stands twice counts by its place):

- New high: over time and not cumulative, the largest value of whole buckets is larger than the
  largest one then. Buckets that are still being counted do not count, neither then nor now.
- Drop: the newest whole bucket, or the only value, is smaller than the one then by a set
  percentage of it at least; from zero or less nothing drops.
- Appeared, vanished: a name is drawn now that was not then, or the other way round.

What was hidden by hand and what belongs to the period before are left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from phdesk.core.charts.spec import (
    BarsBody,
    Body,
    FunnelBody,
    MetricBody,
    NumberBody,
    PairBody,
    PieBody,
    ProportionBody,
    XYBody,
    XYSeries,
)

DROP = 20.0  # percent
OVER_TIME = ("TrendsQuery", "LifecycleQuery")
CUMULATIVE = "ActionsLineGraphCumulative"
Name = tuple[str, int]  # a label, and which one of those with this label


class Turn(Struct, frozen=True, gc=False):
    """What a value was then and is now; `when` names the bucket of now, where there is one."""

    label: str
    before: float
    now: float
    when: str = ""


class News(Struct, frozen=True, gc=False, kw_only=True):
    """What is new about a tile; false when nothing is that the rules know of."""

    highs: tuple[Turn, ...] = ()
    drops: tuple[Turn, ...] = ()
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything is new."""
        return bool(self.highs or self.drops or self.appeared or self.vanished)


class _Line(Struct, frozen=True, gc=False):
    values: tuple[float, ...]  # of whole buckets, without gaps
    titles: tuple[str, ...]  # one a value; empty where there are no buckets


def news(before: Body, now: Body, *, kind: str, display: str = "", drop: float = DROP) -> News:
    """Compare two results of one question, of PostHog's kind and display; `drop` is in percent."""
    then, today = _lines(before), _lines(now)
    if type(before) is not type(now) or then is None or today is None:
        return News()
    rises = kind in OVER_TIME and display != CUMULATIVE
    both = [(label, then[label, place], line) for (label, place), line in today.items()
            if (label, place) in then]  # fmt: skip
    return News(
        highs=tuple(filter(None, (_high(*one) for one in both))) if rises else (),
        drops=tuple(filter(None, (_drop(*one, drop) for one in both))),
        appeared=tuple(label for label, place in today if (label, place) not in then),
        vanished=tuple(label for label, place in then if (label, place) not in today),
    )


def _high(label: str, then: _Line, now: _Line) -> Turn | None:
    if not then.values or not now.titles:
        return None
    before, value = max(then.values), max(now.values, default=0.0)
    if not now.values or value <= before:
        return None
    return Turn(label, before, value, now.titles[now.values.index(value)])


def _drop(label: str, then: _Line, now: _Line, percent: float) -> Turn | None:
    if not then.values or not now.values:
        return None
    before, value = then.values[-1], now.values[-1]
    if before <= 0 or (before - value) * 100 < percent * before:
        return None
    return Turn(label, before, value, now.titles[-1] if now.titles else "")


def _lines(body: Body) -> dict[Name, _Line] | None:
    """Give what has a name in a body; None for bodies that the rules do not reach."""
    if isinstance(body, PairBody):
        return _lines(body.chart)
    if isinstance(body, XYBody):
        return _named((one.label, _whole(one, body.x_titles)) for one in _own(body.series))
    if isinstance(body, MetricBody):
        end = body.dashed_from
        return {("", 0): _line(body.values[:end], body.x_titles[:end])}
    if isinstance(body, NumberBody):
        return {("", 0): _line((body.value,), ())}
    if isinstance(body, BarsBody | PieBody | ProportionBody):
        shares = (one for one in body.shares if not one.previous and not one.hidden)
        return _named((one.label, _line((one.value,), ())) for one in shares)
    if isinstance(body, FunnelBody):
        return _named((one.name, _line((one.rate,), ())) for one in body.steps)
    return None


def _own(series: Sequence[XYSeries]) -> Iterable[XYSeries]:
    return (one for one in series if not one.previous and not one.hidden)


def _whole(series: XYSeries, titles: tuple[str, ...]) -> _Line:
    return _line(series.values[: series.dashed_from], titles[: series.dashed_from])


def _line(values: Sequence[float | None], titles: Sequence[str]) -> _Line:
    """Leave gaps out, with their titles."""
    known = [place for place, value in enumerate(values) if value is not None]
    return _Line(
        tuple(value for value in values if value is not None),
        tuple(titles[place] for place in known) if titles else (),
    )


def _named(lines: Iterable[tuple[str, _Line]]) -> dict[Name, _Line]:
    seen: Counter[str] = Counter()
    found = {}
    for label, line in lines:
        found[label, seen[label]] = line
        seen[label] += 1
    return found
