"""Try a watch on what is known of the past: "would have told 3 times in the last 30 days"."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.dates import in_zone, zone
from phdesk.core.watching import conditions, states
from phdesk.core.watching.checking import Past
from phdesk.core.watching.figures import Figure, lengthened, until
from phdesk.core.watching.states import Finding
from phdesk.models.watch import Watch, WatchState

DAYS = 30
BEFORE = 7
MARGIN = timedelta(seconds=1)


class Preview(Struct, frozen=True, gc=False):
    """When a watch would have told, the first time first, and what that is known from."""

    fired: tuple[datetime, ...]
    judged: int  # buckets or results
    unknown: int  # of them without a value or without enough before
    days: int  # that they cover, at most 30
    of: str  # "days", "hours", "results" …
    marks: tuple[datetime, ...] = ()  # when what is told began: of a bucket, its start

    @property
    def sentence(self) -> str:
        """Say it."""
        known = self.judged - self.unknown
        if not known:
            return "Not enough history to say how often this would have told."
        often = {1: " once", 2: " twice"}.get(len(self.fired), f" {len(self.fired)} times")
        told = f"have told{often}" if self.fired else "not have told"
        span = f"the last {self.days} days" if self.days != 1 else "the last day"
        partly = "" if known == self.judged else f" ({known} of {self.judged} {self.of} known)"
        return f"Would {told} in {span}{partly}."


def preview(watch: Watch, figure: Figure, past: Past, now: datetime, timezone: str) -> Preview:
    """Try a watch on the buckets of a result, or on earlier results of a number without any.

    Buckets are taken as they are known now and each is judged once, when it is over: how they grew
    meanwhile, and how often they were looked at, is not known.
    """
    tried = replace(watch, enabled=True, snoozed_until=None, remind_minutes=0, unfinished=False)
    state = WatchState(watch=watch.id)
    first = now - timedelta(days=DAYS)
    fired, marks, times, unknown = [], [], [], 0
    for at, start, judge_at in _moments(figure, past, now, timezone):
        found = _finding(tried, judge_at, past, at, firing=state.phase == "firing")
        done = states.judge(tried, state, found, now=at, oldest=MARGIN)
        state = done.state
        if at < first:
            continue  # what was wrong before is no news of these days
        times.append(at)
        unknown += found.verdict in ("missing", "short")
        if any(event.kind == "fired" and event.loud for event in done.events):
            fired.append(at)
            marks.append(start)
    days = min(DAYS, (now - times[0]).days + 1) if times else 0
    unit = f"{figure.interval}s" if figure.buckets else "results"
    return Preview(tuple(fired), len(times), unknown, days, unit, tuple(marks))


def _finding(watch: Watch, figure: Figure, past: Past, at: datetime, *, firing: bool) -> Finding:
    outcome = conditions.judge(
        watch.condition,
        figure,
        kept=past.kept,
        at=at,
        eased=watch.hysteresis if firing else 0.0,
    )
    return states.finding(outcome, at)


def _moments(
    figure: Figure, past: Past, now: datetime, timezone: str
) -> Iterator[tuple[datetime, datetime, Figure]]:
    """Give the number as it was at each time within the days that are tried, and a week before.

    A bucket is judged when it ends; beside that stands when it began.
    """
    first = now - timedelta(days=DAYS + BEFORE)
    if not figure.buckets:
        for one in past.kept:
            if first <= one.at < now:
                yield one.at, one.at, replace(figure, value=one.value)
        yield now, now, figure
        return
    whole = lengthened(figure, past.figures)
    span = conditions.SPANS.get(whole.interval, timedelta(days=1))
    for place, bucket in enumerate(whole.buckets):
        if bucket.at is None or not bucket.complete:
            continue
        start = in_zone(bucket.at.replace(tzinfo=zone(timezone)), zone("UTC"))
        if start + span >= first:
            yield start + span, start, until(whole, place)
