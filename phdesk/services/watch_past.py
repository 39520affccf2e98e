"""What earlier results said of watched numbers; read in the worker, each result once."""

from collections.abc import Generator
from datetime import datetime, timedelta
from types import coroutine

from msgspec import Struct

from phdesk.core.charts.context import Context
from phdesk.core.watching.checking import Past, past_of
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Anomaly, Baseline, Bound, Condition, Watch
from phdesk.store.cache import Cache
from phdesk.store.tile_runs import TileKey, of_each_day, result_of, runs_of

DAYS = 40  # that are read; no condition needs more than buckets and these say
LONGEST = 366
FEW, MANY = 2, 200  # results besides the last one of each day: to judge, and to try on the past


class Number(Struct, frozen=True, gc=False):
    """Which number of which tile; its past is remembered under it."""

    tile: TileKey
    address: Address


@coroutine
def breath() -> Generator[None]:
    """Let others use the worker."""
    yield


class Pasts:
    """Remembers the numbers that were read, not the results they are from."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._known: dict[Number, dict[tuple[datetime, datetime], Past]] = {}

    async def before(
        self, watch: Watch, context: Context, at: datetime, *, last: int = FEW
    ) -> Past:
        """Gather what was known of a watch's number before a time, the oldest first."""
        if isinstance(watch.condition, Bound) and last == FEW:
            return Past()
        key = (watch.account, watch.project, watch.dashboard, watch.tile)
        number = Number(key, watch.number)
        days = timedelta(days=_days(watch.condition))
        runs = of_each_day(runs_of(self._cache, key, at - days), last)
        known, read = self._known.get(number, {}), dict[tuple[datetime, datetime], Past]()
        for run in runs:
            if run.since >= at:
                continue
            mark = (run.since, run.until)
            past = known.get(mark)
            if past is None:
                insight = result_of(self._cache, key, run)
                past = _said(watch, insight, (run.since, min(run.until, at)), context)
                await breath()
            read[mark] = past
        self._known[number] = read
        kept = tuple(one for past in read.values() for one in past.kept)
        figures = tuple(one for past in read.values() for one in past.figures)
        return Past(kept, figures)


def _said(
    watch: Watch, insight: Insight | None, times: tuple[datetime, datetime], context: Context
) -> Past:
    """Read the number of one result, which stood at the first time and at the last."""
    if insight is None:
        return Past()
    ends = dict.fromkeys(times)
    past = past_of(watch, [insight], context)
    kept = tuple(type(one)(at, one.value) for one in past.kept for at in ends)
    return Past(kept, past.figures)


def _days(condition: Condition) -> int:
    match condition:
        case Baseline(days=days):
            return max(DAYS, days + 1) if days else LONGEST
        case Anomaly():
            return 2 * DAYS
        case _:
            return DAYS
