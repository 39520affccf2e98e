"""What changed on a tile, in plain sentences that follow from its two answers by fixed rules.

- The numbers are those that the tile itself shows (`core.watching.numbers`); of the period before,
  those with the same address. What has no twin there is told alone.
- *Totals* are told where PostHog sent one: of series that add up, big numbers, slices, bars. Of
  series that do not add up, such as unique people by day, the average of the complete buckets is
  told and named as one: a sum would count people twice (reference 6.1.2).
- *Running totals* are told by where they end.
- The highest and the lowest complete bucket are named where there are `ENOUGH` of them and one is
  above the other; buckets that are still being counted are neither (reference 6.1.10). Weeks and
  months that are only partly in the period are neither, and in no average.
- *Funnels*: those who began, the rate of those who came to the last step, and the step at which the
  largest share of those before it is lost.
- *Retention*: the means of the periods, where the insight has them.
- Of many series the `MOST` largest are told, and how many are left to the table.
- A tile of which no number is known by an address is told by its own sentence, and is not compared.
- When the period was not over at the time of calculation, no change is told at all: a part would be
  held against a whole.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.core.reporting.changes import compared
from phdesk.core.reporting.periods import Days, Period
from phdesk.core.watching.figures import Bucket, Figure
from phdesk.core.watching.identity import RUNNING
from phdesk.core.watching.numbers import figures_of
from phdesk.models.insight import Insight
from phdesk.models.watch import Address

ENOUGH = 4  # complete buckets of which the highest and the lowest are worth a word
MOST = 4  # series of one tile
TOTALS = ("total", "country")
EACH = {"hour": " an hour", "day": " a day", "week": " a week", "month": " a month"}
Past = dict[Address, Figure]


def sentences(
    now: Insight,
    view: TileView,
    before: Insight | None,
    context: Context,
    period: Period | None,
    only: Sequence[str] = (),
) -> tuple[str, ...]:
    """Say what a tile shows and, given the period before, what changed; `only` of some names.

    Without a period it is of dates of its own.
    """
    before_words = period.words if period is not None else ""
    if isinstance(view.body, NoticeBody):
        return (_ended(view.body.headline),)
    figures = chosen(figures_of(now, context), only)
    if only and not figures:
        return ()
    past: Past = {}
    if period is not None:
        figures = tuple(_within(one, period.days) for one in figures)
    if before is not None and period is not None:
        past = {one.address: _within(one, period.before) for one in figures_of(before, context)}
    said = [
        *_totals(figures, past, before_words),
        *_running(figures, past, before_words),
        *_averages(figures, past, before_words),
        *_funnels(figures, past, before_words),
        *_means(figures, past, before_words),
    ]
    return tuple(said) if said else (_ended(view.summary.removeprefix(f"{view.title}: ")),)


def _within(one: Figure, days: Days) -> Figure:
    """Leave out buckets that are only partly in the days: they are lower than they look."""
    if one.interval not in ("week", "month") or RUNNING in one.address.math:
        return one
    kept = (b for b in one.buckets if b.at is None or days.hold(b.at.date(), one.interval))
    return replace(one, buckets=tuple(kept))


def chosen(figures: Sequence[Figure], names: Sequence[str]) -> tuple[Figure, ...]:
    """Take the numbers of some names, in the order of the tile; all, where none is named."""
    wanted = {name.strip().lower() for name in names}
    return tuple(one for one in figures if not wanted or one.name.strip().lower() in wanted)


def _totals(figures: Sequence[Figure], past: Past, words: str) -> Iterable[str]:
    totals = [one for one in figures if one.address.measure in TOTALS and one.value is not None]
    totals.sort(key=_size, reverse=True)
    spread = {_whole(one): one for one in figures if one.address.measure == "value"}
    for one in totals[:MOST]:
        twin = past.get(one.address)
        value = 0.0 if one.value is None else one.value
        told = compared(value, twin.value if twin else None, one.format, words)
        yield f"{one.name}: {told}.{_extremes(spread.get(_whole(one)))}"
    yield from _rest(len(totals))


def _running(figures: Sequence[Figure], past: Past, words: str) -> Iterable[str]:
    """Tell what was added up so far by where it ends: its days are no amounts of their own."""
    series = [one for one in figures if one.address.measure == "value"]
    for one in [line for line in series if RUNNING in line.address.math][:MOST]:
        twin, value = past.get(one.address), one.current()
        if value is not None:
            told = compared(value, twin.current() if twin else None, one.format, words)
            yield f"{one.name}, added up: {told}."


def _averages(figures: Sequence[Figure], past: Past, words: str) -> Iterable[str]:
    """Tell series that have no total by the average of their complete buckets."""
    summed = {_whole(one) for one in figures if one.address.measure == "total"}
    series = [
        one
        for one in figures
        if one.address.measure in ("value", "lifecycle", "column")
        and _whole(one) not in summed
        and RUNNING not in one.address.math
        and _average(one) is not None
    ]
    series.sort(key=lambda one: abs(_average(one) or 0.0), reverse=True)
    for one in series[:MOST]:
        twin, mean = past.get(one.address), _average(one)
        earlier = _average(twin) if twin is not None else None
        told = compared(_plain(mean) or 0.0, _plain(earlier), one.format, words)
        figure, comma, rest = told.partition(", ")
        each = EACH.get(one.interval, "")
        yield f"{one.name}: on average {figure}{each}{comma}{rest}.{_extremes(one)}"
    yield from _rest(len(series))


def _funnels(figures: Sequence[Figure], past: Past, words: str) -> Iterable[str]:
    """Tell each group of a funnel: who began, who came to the end, where most are lost."""
    parts = dict.fromkeys(one.address.part for one in figures if one.address.measure == "count")
    for part in list(parts)[:MOST]:
        mine = [one for one in figures if one.address.part == part and not one.buckets]
        begun = next((one for one in mine if one.address.measure == "count"), None)
        ways = [one for one in mine if one.address.measure == "conversion"]
        steps = [one for one in mine if one.address.measure == "step conversion"]
        if begun is not None and begun.value is not None:
            yield f"{begun.name}: {_beside(begun, past, words)}."
        if ways and ways[-1].value is not None:
            yield f"{ways[-1].name}: {_beside(ways[-1], past, words)}."
        known = [one for one in steps if one.value is not None]
        if len(known) > 1:
            worst = min(known, key=lambda one: one.value or 0.0)
            lost = worst.text(100 - (worst.value or 0.0))
            name = worst.name.removeprefix("Conversion to ").partition(" from the step before")[0]
            yield f"The largest loss is before {name}: {lost} of those at the step before it."
    yield from _rest(len(parts))


def _means(figures: Sequence[Figure], past: Past, words: str) -> Iterable[str]:
    means = [one for one in figures if one.address.measure == "mean retention"]
    for one in [mean for mean in means if mean.value is not None][:MOST]:
        yield f"{one.name}: {_beside(one, past, words)}."


def _beside(one: Figure, past: Past, words: str) -> str:
    twin = past.get(one.address)
    return compared(one.value or 0.0, twin.value if twin else None, one.format, words)


def _extremes(one: Figure | None) -> str:
    """Name the highest and the lowest of the complete buckets."""
    known = [b for b in (one.buckets if one else ()) if b.complete and b.value is not None]
    if one is None or len(known) < ENOUGH:
        return ""
    high = max(known, key=lambda bucket: bucket.value or 0.0)
    low = min(known, key=lambda bucket: bucket.value or 0.0)
    if high.value == low.value:
        return ""
    return f" Highest {_told(one, high, known)}, lowest {_told(one, low, known)}."


def _told(one: Figure, found: Bucket, known: Sequence[Bucket]) -> str:
    """Name a bucket and its value, and how many others have the same."""
    more = sum(bucket.value == found.value for bucket in known) - 1
    others = f" and {more} more" if more else ""
    return f"{_when(one, found.start)}{others} ({one.text(found.value)})"


def _when(one: Figure, start: str) -> str:
    place = next(i for i, bucket in enumerate(one.buckets) if bucket.start == start)
    alone = Figure(
        address=one.address,
        name=one.name,
        label=one.label,
        buckets=(one.buckets[place],),
        interval=one.interval,
    )
    return alone.when(unfinished=True)


def _average(one: Figure) -> float | None:
    known = [b.value for b in one.buckets if b.complete and b.value is not None]
    return sum(known) / len(known) if known else None


def _plain(value: float | None) -> float | None:
    """Round an average to what is worth reading: three digits, or whole numbers above 100."""
    if value is None:
        return None
    return float(round(value)) if abs(value) >= 100 else round(value, 1)


def _whole(one: Figure) -> tuple[str, str, str, str]:
    return one.address.of, one.address.math, one.address.part, one.address.twin


def _size(one: Figure) -> float:
    return abs(one.value or 0.0)


def _rest(count: int) -> Iterable[str]:
    if count > MOST:
        yield f"And {count - MOST} more in the chart."


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
