"""Read what one tile showed before, result by result: the past that watches compare with."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from phdesk.models.insight import Insight
from phdesk.store.cache import DROP_RESULT, Cache, time_of
from phdesk.store.documents import unpack_insight

ASKED = """account=?1 and project=?2 and dashboard=?3 and filters='' and tile=?4 and question=(
  select question from results indexed by newest_results
  where account=?1 and project=?2 and dashboard=?3 and filters='' and tile=?4 and newest=1)"""
RUNS = f"""
select since, until from results where {ASKED} and until>=?5 and until>0 order by since"""  # noqa: S608
DATA = f"""
select codec, data, question from results cross join blobs on id=blob
where {ASKED} and since=?5"""  # noqa: S608
TileKey = tuple[str, int, int, int]  # account, project, dashboard, tile


class Run(Struct, frozen=True, gc=False):
    """A result that came `since` a time and was still the same at `until`."""

    since: datetime
    until: datetime


def runs_of(cache: Cache, key: TileKey, after: datetime) -> tuple[Run, ...]:
    """List the results of what a tile asks now, under its dashboard's own filters."""
    rows = cache.all(RUNS, (*key, after.timestamp()))
    return tuple(Run(time_of(since), time_of(until)) for since, until in rows)


def of_each_day(runs: tuple[Run, ...], last: int) -> tuple[Run, ...]:
    """Choose the last result of each day, and the `last` ones of all."""
    days = {run.until.date(): run for run in runs}
    chosen = {run.since: run for run in (*days.values(), *runs[len(runs) - last :])}
    return tuple(chosen[since] for since in sorted(chosen))


def result_of(cache: Cache, key: TileKey, run: Run) -> Insight | None:
    """Read a result; None when it is gone or damaged."""
    since = run.since.timestamp()
    for codec, blob, question in cache.all(DATA, (*key, since)):
        *place, tile = key
        data = cache.unpacked(codec, blob, DROP_RESULT, (*place, "", tile, question, since))
        insight = unpack_insight(data) if data is not None else None
        if insight is not None:
            return replace(insight, last_refresh=run.until)
    return None


def results_of(cache: Cache, key: TileKey, runs: tuple[Run, ...]) -> Iterator[Insight]:
    """Read results one by one."""
    for run in runs:
        insight = result_of(cache, key, run)
        if insight is not None:
            yield insight
