"""A number that a tile shows, as watches see it: where it is found, its words, its past."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.dates import in_zone, parse_iso, spoken, zone
from phdesk.core.formatting import Format, number
from phdesk.core.watching.identity import RUNNING
from phdesk.models.watch import Address

PERCENT = Format(style="percentage")


class Bucket(Struct, frozen=True, gc=False):
    """One bucket of a series: `start` as it was sent, `at` on the project's clocks, no zone."""

    start: str
    at: datetime | None
    value: float | None  # None: nothing was sent, which is not 0
    complete: bool = True


class Figure(Struct, frozen=True, gc=False, kw_only=True):
    """A number of one result.

    With `buckets`, oldest first, the number is the last one that counts; `value` is for the rest.
    `before` is the same of the period before, where the insight compares, as long as `buckets`.
    """

    address: Address
    name: str  # the subject of sentences: "Signups"
    label: str  # tells it from the tile's other numbers: "Signups per day"
    format: Format = Format()
    value: float | None = None
    buckets: tuple[Bucket, ...] = ()
    interval: str = ""  # of the buckets
    before: float | None = None
    before_buckets: tuple[float | None, ...] = ()

    def place(self, *, unfinished: bool = False) -> int | None:
        """Find the bucket that counts: the last complete one, or the last; None without one."""
        for place in range(len(self.buckets) - 1, -1, -1):
            if unfinished or self.buckets[place].complete:
                return place
        return None

    def current(self, *, unfinished: bool = False) -> float | None:
        """Give the value that counts; None when it is missing."""
        if not self.buckets:
            return self.value
        place = self.place(unfinished=unfinished)
        return None if place is None else self.buckets[place].value

    def when(self, *, unfinished: bool = False) -> str:
        """Say of which bucket it is: "on 26 Oct 2026"; empty for a number without buckets."""
        place = self.place(unfinished=unfinished)
        if place is None:
            return ""
        start = self.buckets[place].start
        return spoken(start, self.interval) if parse_iso(start) else f"in {start}"

    def text(self, value: float | None) -> str:
        """Write a value as the tile does."""
        return number(value, self.format)


def buckets(
    starts: Sequence[str],
    values: Iterable[float | None],
    open_from: int | None,
    timezone: str,
) -> tuple[Bucket, ...]:
    """Make buckets; those from `open_from` on are still being counted."""
    where = zone(timezone)
    made = []
    for place, (start, value) in enumerate(zip(starts, values, strict=False)):
        parsed = parse_iso(start)
        at = None if parsed is None else in_zone(parsed, where).replace(tzinfo=None)
        made.append(Bucket(start, at, value, open_from is None or place < open_from))
    return tuple(made)


def until(figure: Figure, place: int) -> Figure:
    """Give a figure as it was when the bucket at `place` had just ended."""
    return replace(
        figure,
        buckets=tuple(replace(one, complete=True) for one in figure.buckets[: place + 1]),
        before_buckets=figure.before_buckets[: place + 1],
    )


def lengthened(figure: Figure, earlier: Iterable[Figure]) -> Figure:
    """Add the complete buckets of earlier results that a figure no longer shows.

    `earlier` are figures of one address, the oldest result first; what a later one says of a
    bucket stands. A running total begins anew with each result: those are not of one series.
    """
    if not figure.buckets or figure.address.math.startswith(RUNNING):
        return figure
    first = figure.buckets[0].start
    known: dict[str, Bucket] = {}
    for one in earlier:
        if one.interval == figure.interval and one.address == figure.address:
            known |= {b.start: b for b in one.buckets if b.complete and b.start < first}
    if not known:
        return figure
    past = tuple(known[start] for start in sorted(known))
    before = figure.before_buckets and ((None,) * len(past) + figure.before_buckets)
    return replace(figure, buckets=past + figure.buckets, before_buckets=before)


def told_apart(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Mark what has one address by the order in which it comes: the second is "#2"."""
    seen: dict[Address, int] = {}
    made = []
    for figure in figures:
        count = seen[figure.address] = seen.get(figure.address, 0) + 1
        if count > 1:
            twin = f"{figure.address.twin}#{count}"
            made.append(replace(figure, address=replace(figure.address, twin=twin)))
        else:
            made.append(figure)
    return tuple(made)
