"""What changed on a tile between two of its answers: for "since you last looked".

Only figures that both answers carry are compared, and of time series only buckets that are over:
the last one grows all day, which is no news. Rules, by what a tile draws:

- Lines, areas and bars over time: when a bucket has ended since then, its value is a *high* if it
  is above every earlier one on the chart (of at least `ENOUGH`), and a *drop* if it is below the
  bucket that was the last to have ended then, by the share that is asked for or more.
- Single numbers, rates of funnels, slices, bars and countries: a *drop* by that share or more, and
  a *high* never, since one number does not know its past.
  Totals of a range that begins anew (today, this month) are not compared: they fall each time.
- Series, slices and groups with names: those that *appeared* and those that *vanished*.

Answers to different questions (kind, display, dates, title of the axis) are not compared at all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from phdesk.core.charts.spec import (
    BarsBody,
    Body,
    FunnelBody,
    MapBody,
    MetricBody,
    NumberBody,
    PieBody,
    ProportionBody,
    Share,
    TileView,
    XYBody,
    XYSeries,
)
from phdesk.core.formatting import number, percent

ENOUGH = 7  # ended buckets before one of them is worth the name of a high
DROP = 0.2  # a fifth, unless asked otherwise
MOST_NAMES = 3


class Change(Struct, frozen=True, gc=False):
    """One change, in words that stand alone: "Signups: down 23%, from 1,204 to 930"."""

    kind: Literal["high", "drop", "appeared", "vanished"]
    text: str


class _Figure(Struct, frozen=True, gc=False):
    value: float
    text: str


def changes_since(then: TileView, now: TileView, drop: float = DROP) -> tuple[Change, ...]:
    """Compare a tile's answers; highs first, then drops by size, then what came and went.

    `drop` is the share, above 0, by which a figure must fall to be told.
    """
    if _question(then) != _question(now):
        return ()
    changes = _over_time(then, now, drop)
    if changes is None:
        if _begins_anew(now):
            return ()
        changes = _drops(_figures(then.body), _figures(now.body), drop)
    return (*changes, *_comings(_names(then.body), _names(now.body)))


def _question(view: TileView) -> tuple[object, ...]:
    body = view.body
    shape = (body.percent, body.x_label) if isinstance(body, XYBody) else ()
    return (view.kind, view.display, view.range_label, type(body), shape)


def _begins_anew(view: TileView) -> bool:
    return view.range_label in ("today", "year to date") or view.range_label.startswith("this ")


def _over_time(then: TileView, now: TileView, drop: float) -> list[Change] | None:
    """Compare time series; None for all else."""
    if not isinstance(then.body, XYBody) or not isinstance(now.body, XYBody):
        return None
    if not now.body.x_starts:
        return [] if then.body.x_starts else None
    if then.computed_at is None or now.computed_at is None:
        return []  # nobody knows which buckets were over
    earlier = {line.label: line for line in _alone(then.body.series)}
    pairs = [
        (earlier[line.label], line) for line in _alone(now.body.series) if line.label in earlier
    ]
    highs = [_high(old, new, then.body, now.body) for old, new in pairs]
    falls = [_fall(old, new, then.body, now.body, drop) for old, new in pairs]
    drops = sorted((fall for fall in falls if fall), key=lambda fall: fall[0])
    return [high for high in highs if high] + [change for _, change in drops]


def _alone(series: Iterable[XYSeries]) -> list[XYSeries]:
    """Take the series of the present, of which no two have one name."""
    present = [line for line in series if not line.previous and not line.hidden]
    often = Counter(line.label for line in present)
    return [line for line in present if often[line.label] == 1]


def _ended(line: XYSeries, body: XYBody) -> int:
    """Count the buckets that are over."""
    whole = min(len(line.values), len(body.x_starts))
    return whole if line.dashed_from is None else min(line.dashed_from, whole)


def _last(line: XYSeries, body: XYBody) -> tuple[str, float] | None:
    """Give start and value of the newest bucket that is over."""
    count = _ended(line, body)
    value = line.values[count - 1] if count else None
    return None if value is None else (body.x_starts[count - 1], value)


def _high(old: XYSeries, new: XYSeries, then: XYBody, now: XYBody) -> Change | None:
    before, last = _last(old, then), _last(new, now)
    if before is None or last is None or last[0] <= before[0]:
        return None
    ended = [value for value in new.values[: _ended(new, now)] if value is not None]
    if len(ended) < ENOUGH or last[1] <= max(0.0, *ended[:-1]):
        return None
    return Change("high", f"{new.label}: new high, {_written(last[1], new, now)}")


def _fall(
    old: XYSeries, new: XYSeries, then: XYBody, now: XYBody, drop: float
) -> tuple[float, Change] | None:
    before, last = _last(old, then), _last(new, now)
    if before is None or last is None or last[0] <= before[0]:
        return None
    share = _fallen(before[1], last[1])
    if share < drop:
        return None
    old_text, new_text = _written(before[1], old, then), _written(last[1], new, now)
    return -share, Change("drop", _down(new.label, share, old_text, new_text))


def _written(value: float, line: XYSeries, body: XYBody) -> str:
    return number(value, line.format or (body.right_format if line.right_axis else body.format))


def _figures(body: Body) -> Mapping[str, _Figure]:
    """Name the figures that a body draws and that stand for a total."""
    match body:
        case NumberBody():
            return _single(body)
        case MetricBody():
            return _single(body.number)
        case PieBody() | BarsBody() | ProportionBody():
            return _of_shares(body.shares)
        case MapBody():
            return {one.name: _Figure(one.value, one.text) for one in body.countries}
        case FunnelBody() if body.steps and len(body.groups) <= 1:
            rate = body.steps[-1].rate
            return {"Conversion": _Figure(rate, body.total_text or percent(rate))}
    return {}


def _single(body: NumberBody) -> Mapping[str, _Figure]:
    return {} if body.value is None else {"": _Figure(body.value, body.text)}


def _of_shares(shares: Iterable[Share]) -> Mapping[str, _Figure]:
    present = [one for one in shares if not one.previous and not one.hidden]
    often = Counter(one.label for one in present)
    return {
        one.label: _Figure(one.value, one.text)
        for one in present
        if one.value is not None and often[one.label] == 1
    }


def _drops(then: Mapping[str, _Figure], now: Mapping[str, _Figure], drop: float) -> list[Change]:
    falls = [
        (_fallen(then[name].value, figure.value), name, figure)
        for name, figure in now.items()
        if name in then
    ]
    falls.sort(key=lambda fall: -fall[0])
    return [
        Change("drop", _down(name, share, then[name].text, figure.text))
        for share, name, figure in falls
        if share >= drop
    ]


def _fallen(before: float, after: float) -> float:
    """Say by which share of what it was a figure fell; 0 where it rose or was not above zero."""
    return (before - after) / before if before > 0 and after < before else 0.0


def _down(name: str, share: float, before: str, after: str) -> str:
    words = f"down {percent(share, 0)}, from {before} to {after}"
    return f"{name}: {words}" if name else f"{words[0].upper()}{words[1:]}"


def _names(body: Body) -> frozenset[str]:
    """Name the parts that a question may have today and not tomorrow."""
    match body:
        case XYBody():
            return frozenset(line.label for line in body.series if not line.previous)
        case PieBody() | BarsBody() | ProportionBody():
            return frozenset(one.label for one in body.shares if not one.previous)
        case MapBody():
            return frozenset(one.name for one in body.countries)
        case FunnelBody():
            return frozenset(one.label for one in body.groups if not one.previous)
    return frozenset()


def _comings(then: frozenset[str], now: frozenset[str]) -> list[Change]:
    if not then or not now:
        return []  # an empty answer is told by the tile itself
    found = []
    if came := sorted(now - then):
        found.append(Change("appeared", f"New: {_listed(came)}"))
    if went := sorted(then - now):
        found.append(Change("vanished", f"Gone: {_listed(went)}"))
    return found


def _listed(names: list[str]) -> str:
    rest = len(names) - MOST_NAMES
    shown = ", ".join(names[:MOST_NAMES])
    return f"{shown} and {rest} more" if rest > 0 else shown
