"""What is usual for a series, by medians: the rule, its error rates and why are in docs/alerts.md.

Each past value is taken as a ratio to the level before it: the median of a whole week. Of those of
the same weekday, or hour, the median says how such a time usually is. Expected is that, of the
level of now; how far off such an expectation usually was (the median absolute deviation) is the
measure of what is unusual. So trend and season are followed, and one bad day spoils neither. Of
several seasons, and none, the one counts by which the past was expected best.

Counts are compared by their square roots, in which pure chance deviates by 1 whatever the size:
that is the floor below which nothing of a sparse series is unusual.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

ENOUGH = 14  # values before anything is called unusual
ENOUGH_OF = {"hour": 336}  # one week of hours says nothing of the next weekend
SATURDAY = 5
SAME = 3  # of the same weekday or hour, before it is told from others
CYCLES = 8  # how many of the newest ones speak
NORMAL = 1.4826  # makes a standard deviation of a median absolute one, where chance is normal
SHARE = 0.03  # of the expected: nothing closer is unusual by one measure, however even a series is
MEASURES = {"low": 5.0, "normal": 4.0, "high": 3.0}  # deviations that are still usual
Sensitivity = Literal["low", "normal", "high"]


class Point(Struct, frozen=True, gc=False):
    """A value and its time on the project's clocks, without zone."""

    at: datetime
    value: float


class Usual(Struct, frozen=True, gc=False):
    """What was to be expected, and between which values all is usual."""

    expected: float
    low: float
    high: float
    season: str = ""  # what is told apart: "weekday", "hour", "weekday and hour", or nothing


class _Season(Struct, frozen=True, gc=False):
    words: str
    cycle: int  # buckets
    key: Callable[[datetime], Hashable]


class _Scale(Struct, frozen=True, gc=False):
    """In which values are compared; deviations are at least `floor`, and `share` of a value."""

    into: Callable[[float], float]
    out: Callable[[float], float]
    floor: float
    share: float


class _Past(Struct, frozen=True, gc=False):
    """What a value added to the level before it, as a difference or a ratio."""

    added: float
    level: float


class _Expected(Struct, frozen=True, gc=False):
    """What one season lets expect, and how far off it usually was, in the scale."""

    middle: float
    spread: float
    off: float
    season: str


def _weekday(at: datetime) -> Hashable:
    return at.weekday()


def _hour(at: datetime) -> Hashable:
    return at.weekday() >= SATURDAY, at.hour


def _week_hour(at: datetime) -> Hashable:
    return at.weekday(), at.hour


def _none(at: datetime) -> Hashable:  # noqa: ARG001  as the others
    return None


PLAIN = _Season("", ENOUGH // 2, _none)
SEASONS = {  # the finest first
    "hour": (_Season("weekday and hour", 168, _week_hour), _Season("hour", 168, _hour)),
    "day": (_Season("weekday", 7, _weekday),),
}


def usual(
    past: Sequence[Point],
    at: datetime,
    interval: str,
    sensitivity: Sensitivity = "normal",
    *,
    eased: float = 0.0,
) -> Usual | None:
    """Tell what is usual at a time, from the complete values before it, the oldest first.

    None when they are too few. `eased` narrows what is usual by a share: for what is firing.
    """
    if len(past) < ENOUGH_OF.get(interval, ENOUGH):
        return None
    scale = _scale([point.value for point in past])
    tried = [_expected(past, at, season, scale) for season in (*SEASONS.get(interval, ()), PLAIN)]
    found = [one for one in tried if one is not None]
    if not found:
        return None
    best = min(found, key=_off)
    reach = MEASURES[sensitivity] * (1 - eased) * best.spread
    ends = scale.out(best.middle - reach), scale.out(best.middle + reach)
    return Usual(scale.out(best.middle), *ends, best.season)


def _scale(values: Sequence[float]) -> _Scale:
    if min(values) < 0:
        return _Scale(float, float, 0.0, SHARE)
    if all(value == int(value) for value in values):
        return _Scale(_root, _square, 1.0, SHARE / 2)
    return _Scale(_plain_root, _plain_square, 0.0, SHARE / 2)


def _root(value: float) -> float:
    """Make chance alike at all sizes (Anscombe): a count deviates by its root, this by 1."""
    return 2 * math.sqrt(value + 0.375)


def _square(root: float) -> float:
    return max((root / 2) ** 2 - 0.375, 0.0) if root > 0 else 0.0


def _plain_root(value: float) -> float:
    """Make what varies in proportion and what varies by chance more alike; 0.1 is not near 0."""
    return 2 * math.sqrt(value)


def _plain_square(root: float) -> float:
    return (root / 2) ** 2 if root > 0 else 0.0


def _expected(
    past: Sequence[Point], at: datetime, season: _Season, scale: _Scale
) -> _Expected | None:
    """Expect a value in the scale, by one season; None without enough."""
    newest = past[-season.cycle * (CYCLES + 1) :]
    values = [scale.into(point.value) for point in newest]
    keys = [season.key(point.at) for point in newest]
    *levels, level = _levels(values, season.cycle)
    by_ratio = min(*levels, level) > 0 if levels else False
    groups: dict[Hashable, list[_Past]] = {}
    rest = zip(keys[season.cycle :], values[season.cycle :], levels, strict=True)
    for key, value, base in rest:
        groups.setdefault(key, []).append(_Past(value / base if by_ratio else value - base, base))
    own = groups.get(season.key(at), [])
    if len(own) < SAME:
        return None
    usually = median([one.added for one in own])
    middle = level * usually if by_ratio else level + usually
    misses = [
        miss * one.level if by_ratio else miss
        for group in groups.values()
        for miss, one in _misses(group)
    ]
    spread = max(NORMAL * median(misses), scale.floor, scale.share * abs(middle))
    return _Expected(middle, spread, sum(misses) / len(misses), season.words)


def _off(one: _Expected) -> float:
    """Rank expectations by the mean of their misses: a median would not see weekends."""
    return one.off


def _levels(values: Sequence[float], cycle: int) -> Iterator[float]:
    """Give, for each value after the first cycle and for the next one, the median before it."""
    window = sorted(values[:cycle])
    for place in range(cycle, len(values) + 1):
        half = len(window) // 2
        yield window[half] if len(window) % 2 else (window[half - 1] + window[half]) / 2
        if place < len(values):
            del window[bisect_left(window, values[place - cycle])]
            insort(window, values[place])


def _misses(group: Sequence[_Past]) -> Iterator[tuple[float, _Past]]:
    """Give by how much each is off what the others let expect, as the next one will be."""
    if len(group) < SAME:
        return
    ordered = sorted(one.added for one in group)
    for one in group:
        yield abs(one.added - _median_without(ordered, one.added)), one


def _median_without(ordered: Sequence[float], one: float) -> float:
    place = bisect_left(ordered, one)
    return _middle([*ordered[:place], *ordered[place + 1 :]])


def median(values: Sequence[float]) -> float:
    """Give the middle value, or the mean of the two in the middle."""
    return _middle(sorted(values))


def _middle(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
