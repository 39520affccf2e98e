"""Judge a number by a condition: met, clear, or not to be said, each with its reason.

What is missing is `missing`, what cannot be compared is `short` of history: neither is ever 0.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Literal

from msgspec import Struct

from phdesk.core.formatting import grouped
from phdesk.core.watching.anomaly import Point, usual
from phdesk.core.watching.figures import Figure
from phdesk.core.watching.words import clear_text, found_text, multiple
from phdesk.models.watch import Anomaly, Baseline, Bound, Change, Condition, Side

KNOWN = 0.7  # of an average's days or hours must be known: 5 of 7, 21 of 30
FEWEST = 7  # values of an average over all that is known
FEWEST_OF_SPAN = 3  # buckets in an average's days; weeks have no 7-day average
DAY = timedelta(days=1)
SPANS = {"minute": DAY / 1440, "hour": DAY / 24, "day": DAY, "week": 7 * DAY, "month": 30 * DAY}
Verdict = Literal["met", "clear", "missing", "short"]


class Kept(Struct, frozen=True, gc=False):
    """What a number without buckets was in an earlier result; `at` is its `computed_at`."""

    at: datetime
    value: float | None


class Outcome(Struct, frozen=True, gc=False, kw_only=True):
    """What a condition says of a number; `threshold` is the limit that is passed or nearest."""

    verdict: Verdict
    text: str
    value: float | None = None
    threshold: float | None = None
    side: Side | None = None  # of the threshold
    compared: float | None = None  # average, value before, or what was expected
    value_text: str = ""  # as the tile writes its numbers
    threshold_text: str = ""


class _Limits(Struct, frozen=True, gc=False, kw_only=True):
    """Where a condition begins; `words` say against what, with its value.

    `phrase` is said of a value beyond it, where "over" or "under" and the words do not do.
    """

    low: float | None = None
    high: float | None = None
    words: str
    compared: float | None = None
    inclusive: bool = False  # the limit itself is met
    phrase: str = ""


class _Past(Struct, frozen=True, gc=False, kw_only=True):
    """What came before the value that is judged."""

    points: tuple[Point, ...]  # complete values, the oldest first
    at: datetime | None  # of the value itself
    last: float | None  # the bucket or the result just before
    period: float | None  # the same of the period before
    span: timedelta | None  # of a bucket
    interval: str


def judge(
    condition: Condition,
    figure: Figure,
    *,
    kept: Sequence[Kept] = (),
    at: datetime | None = None,
    unfinished: bool = False,
    eased: float = 0.0,
) -> Outcome:
    """Judge a number; `at` is when its result was computed, `kept` what earlier ones held.

    `eased` is the hysteresis, given while the watch fires: so far back, as a share of the threshold
    (or of the change), must it come to be clear.
    """
    value = figure.current(unfinished=unfinished)
    when = figure.when(unfinished=unfinished)
    if value is None:
        return Outcome(verdict="missing", text=f"{figure.name} has no value{when and f' {when}'}")
    limits = _limits(condition, figure, _past(figure, kept, at, unfinished), eased)
    if isinstance(limits, str):
        text = f"{figure.name}: {limits}"
        return Outcome(verdict="short", text=text, value=value, value_text=figure.text(value))
    side, threshold = _passed(value, limits)
    written = figure.text(value)
    if side is None:
        nearest, limit = _nearest(value, limits)
        text = clear_text(figure.name, written, when, _within(limits, nearest))
    else:
        nearest, limit = side, threshold
        text = found_text(figure.name, written, when, side, _beyond(limits, side))
    return Outcome(
        verdict="clear" if side is None else "met",
        text=text,
        value=value,
        threshold=limit,
        side=nearest,
        compared=limits.compared,
        value_text=written,
        threshold_text=_limit_text(condition, figure, limit),
    )


def _limit_text(condition: Condition, figure: Figure, limit: float | None) -> str:
    """Write a threshold as the tile does; an estimate has three digits."""
    if limit is None:
        return ""
    return figure.text(limit if isinstance(condition, Bound) else _tidy(limit))


def _passed(value: float, limits: _Limits) -> tuple[Side | None, float | None]:
    if limits.high is not None and (
        value > limits.high or (limits.inclusive and value == limits.high)
    ):
        return "above", limits.high
    if limits.low is not None and (
        value < limits.low or (limits.inclusive and value == limits.low)
    ):
        return "below", limits.low
    return None, None


def _beyond(limits: _Limits, side: Side) -> str:
    return limits.phrase or f"{'over' if side == 'above' else 'under'} {limits.words}"


def _within(limits: _Limits, nearest: Side) -> str:
    is_range = limits.low is not None and limits.high is not None
    return f"within {limits.words}" if is_range else f"not {_beyond(limits, nearest)}"


def _nearest(value: float, limits: _Limits) -> tuple[Side, float | None]:
    if limits.low is None:
        return "above", limits.high
    if limits.high is None:
        return "below", limits.low
    above = limits.high - value < value - limits.low
    return ("above", limits.high) if above else ("below", limits.low)


def _limits(condition: Condition, figure: Figure, past: _Past, eased: float) -> _Limits | str:
    """Find where the condition begins, or say why it cannot be told."""
    match condition:
        case Bound():
            limit = _back(condition.value, condition.side, eased)
            return _one(condition.side, limit, words=figure.text(condition.value))
        case Change():
            return _change(condition, figure, past, eased)
        case Baseline():
            return _baseline(condition, figure, past, eased)
        case Anomaly():
            return _anomaly(condition, figure, past, eased)


def _one(side: Side, limit: float, **more: object) -> _Limits:
    ends = {"high": limit} if side == "above" else {"low": limit}
    return _Limits(**ends, **more)  # type: ignore[arg-type]


def _back(limit: float, side: Side, eased: float) -> float:
    """Move a limit to where what fires is well again."""
    room = abs(limit) * eased
    return limit - room if side == "above" else limit + room


def _change(condition: Change, figure: Figure, past: _Past, eased: float) -> _Limits | str:
    is_period = condition.against == "period"
    before = past.period if is_period else past.last
    step = figure.interval or "result"
    name = "the period before" if is_period else f"the {step} before"
    if before is None:
        return f"nothing is known of {name}"
    by = condition.by * (1 - eased)
    if condition.unit == "percent":
        if not before:
            return f"it was 0 in {name}, of which there is no percentage"
        room, amount = abs(before) * by / 100, f"{grouped(condition.by)}%"
    else:
        room, amount = by, figure.text(condition.by)
    above = condition.side == "above"
    words = f"{name} ({figure.text(before)})"
    phrase = f"{amount} or more {'over' if above else 'under'} {words}"
    limit = before + room if above else before - room
    side = condition.side
    return _one(side, limit, words=words, phrase=phrase, compared=before, inclusive=True)


def _baseline(condition: Baseline, figure: Figure, past: _Past, eased: float) -> _Limits | str:
    values = _averaged(condition.days, past)
    if isinstance(values, str):
        return values
    mean = sum(values) / len(values)
    if mean <= 0:
        return f"its average is {figure.text(mean)}, of which there is no multiple"
    limit = _back(mean * condition.factor, condition.side, eased)
    words = f"{multiple(condition).replace('its', 'the', 1)} ({figure.text(mean)})"
    return _one(condition.side, limit, words=words, compared=mean)


def _averaged(days: int, past: _Past) -> list[float] | str:
    """Give the values of an average, or say why there are too few."""
    if not days:
        if len(past.points) < FEWEST:
            return f"only {len(past.points)} values are known before it, {FEWEST} are needed"
        return [point.value for point in past.points]
    if past.at is None or past.span is None:
        return "its buckets have no times"
    whole = days * DAY / past.span
    if whole < FEWEST_OF_SPAN:
        return f"a {days}-day average needs more than one value a {past.interval}"
    first = past.at - days * DAY
    values = [point.value for point in past.points if point.at >= first]
    if len(values) < ceil(whole * KNOWN):
        needed = ceil(whole * KNOWN)
        plural = f"{past.interval}s"
        return f"only {len(values)} of the {round(whole)} {plural} before are known, not {needed}"
    return values


def _anomaly(condition: Anomaly, figure: Figure, past: _Past, eased: float) -> _Limits | str:
    at = past.at
    found = at and usual(past.points, at, past.interval, condition.sensitivity, eased=eased)
    if not found:
        return f"{len(past.points)} values before it are too few to tell what is usual"
    ends = f"{figure.text(_tidy(found.low))} to {figure.text(_tidy(found.high))}"
    such = f" for such a {found.season}" if " " not in found.season and found.season else ""
    return _Limits(
        low=None if condition.side == "above" else found.low,
        high=None if condition.side == "below" else found.high,
        words=f"what is usual{such} ({ends})",
        compared=found.expected,
    )


def _tidy(value: float) -> float:
    """Round to what says something of an estimate: three digits."""
    return float(f"{value:.3g}")


def _past(
    figure: Figure,
    kept: Sequence[Kept],
    at: datetime | None,
    unfinished: bool,  # noqa: FBT001
) -> _Past:
    place = figure.place(unfinished=unfinished)
    if place is None:
        return _from_results(figure, kept, at)
    before = figure.buckets[:place]
    known = [one for one in before if one.complete and one.value is not None]
    return _Past(
        points=tuple(Point(one.at, one.value or 0) for one in known if one.at is not None),
        at=figure.buckets[place].at,
        last=before[-1].value if before else None,
        period=figure.before_buckets[place] if place < len(figure.before_buckets) else None,
        span=SPANS.get(figure.interval),
        interval=figure.interval,
    )


def _from_results(figure: Figure, kept: Sequence[Kept], at: datetime | None) -> _Past:
    """Make a day's value of what the last result of each day held, of the days before."""
    when = (at or datetime.max.replace(tzinfo=UTC)).astimezone(UTC)
    earlier = sorted(_before(kept, when), key=_time)
    days = {one.at.astimezone(UTC).date(): one for one in earlier if one.value is not None}
    days.pop(when.date(), None)
    noon = timedelta(hours=12)
    return _Past(
        points=tuple(
            Point(datetime(day.year, day.month, day.day) + noon, one.value or 0)
            for day, one in sorted(days.items())
        ),
        at=None if at is None else datetime(when.year, when.month, when.day) + noon,
        last=earlier[-1].value if earlier else None,
        period=figure.before,
        span=DAY,
        interval="day",
    )


def _before(kept: Iterable[Kept], when: datetime) -> list[Kept]:
    return [one for one in kept if one.at.astimezone(UTC) < when]


def _time(one: Kept) -> datetime:
    return one.at
