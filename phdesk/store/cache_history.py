"""Read what tiles showed before: the data of rewind, and what changed since the last look."""

from datetime import datetime

from msgspec import Struct

from phdesk.store.cache import DROP_RESULT, Cache, CachedTile, time_of

OWN = "account=?1 and project=?2 and dashboard=?3 and filters=''"
# Tile by tile one step down the index, however long their history is; and what each asks now, or
# asked last. Results of other questions are kept, but are no past of this one. A cross join keeps
# SQLite from walking over all results to look their tiles up instead.
ASKED = f"""
with recursive known (tile) as (
  select min(tile) from results where {OWN}
  union all
  select (select min(tile) from results where {OWN} and tile>known.tile) from known
  where known.tile is not null),
asked (tile, question) as materialized (
  select tile, coalesce(
    (select question from results as one indexed by newest_results
      where {OWN} and one.tile=known.tile and newest=1),
    (select question from results as one
      where {OWN} and one.tile=known.tile order by until desc limit 1))
  from known where tile is not null)"""  # noqa: S608
MOMENTS = f"""{ASKED}
select since, asked.tile from asked
cross join results on {OWN}
  and results.tile=asked.tile and results.question=asked.question and until>0
order by since, asked.tile"""  # noqa: S608
AT = f"""{ASKED}
select asked.tile, codec, data, since, until, digest, asked.question from asked
cross join results on {OWN}
  and results.tile=asked.tile and results.question=asked.question and since=(
  select max(since) from results as one
  where {OWN} and one.tile=asked.tile and one.question=asked.question and since<=?4 and until>0)
cross join blobs on id=blob order by asked.tile"""  # noqa: S608
LOOK = "select at, before from looks where account=? and project=? and dashboard=?"


class Moment(Struct, frozen=True, gc=False):
    """A time at which tiles began to show something else."""

    at: datetime
    tiles: tuple[int, ...]


class Look(Struct, frozen=True, gc=False):
    """Until when a person looked at a dashboard last, and in the visit before."""

    at: datetime
    before: datetime | None


class TileChange(Struct, frozen=True, gc=False):
    """A tile whose result is another one than at a moment; before its first there was none."""

    before: CachedTile | None
    now: CachedTile


def moments(cache: Cache, account: str, project: int, dashboard_id: int) -> tuple[Moment, ...]:
    """List when the answers to what a dashboard asks now began to differ, the first time first."""
    gathered: dict[object, list[int]] = {}
    for since, tile in cache.all(MOMENTS, (account, project, dashboard_id)):
        gathered.setdefault(since, []).append(int(str(tile)))
    return tuple(Moment(time_of(since), tuple(tiles)) for since, tiles in gathered.items())


def state_at(
    cache: Cache, account: str, project: int, dashboard_id: int, when: datetime
) -> tuple[CachedTile, ...]:
    """Read what each tile showed at a moment: its newest result of then or before.

    Of results to another question than the one that is asked now none is taken.
    Tiles that had no result yet are left out; tiles that have left the dashboard since are not.
    A result that was the same for a while has the time of its last calculation up to the moment
    that is known: the first, or from the last on the last.
    """
    key = (account, project, dashboard_id)
    stamp = when.timestamp()
    found = []
    none: list[tuple[int, int, bytes, float, float, bytes, bytes]] = []
    values = (*key, stamp)
    rows = cache.run(none, lambda db: db.execute(AT, values).fetchall())
    for tile, codec, blob, since, until, digest, question in rows:
        data = cache.unpacked(codec, blob, DROP_RESULT, (*key, "", tile, question, since))
        if data is not None:
            known = until if until <= stamp else since
            found.append(CachedTile(tile, data, time_of(known), digest, question))
    return tuple(found)


def changed_since(
    cache: Cache, account: str, project: int, dashboard_id: int, when: datetime
) -> tuple[TileChange, ...]:
    """Find the tiles whose newest result is another one than at a moment."""
    key = (account, project, dashboard_id)
    held = {tile.tile_id: tile for tile in state_at(cache, *key, when)}
    found = []
    for now in cache.load_tiles(*key):
        before = held.get(now.tile_id)
        if before is None or before.digest != now.digest or not now.digest:
            found.append(TileChange(before, now))
    return tuple(found)


def last_look(cache: Cache, account: str, project: int, dashboard_id: int) -> Look | None:
    """Read when a person looked at a dashboard last, and until when before this visit."""
    for at, before in cache.all(LOOK, (account, project, dashboard_id)):
        return Look(time_of(at), None if before is None else time_of(before))
    return None
