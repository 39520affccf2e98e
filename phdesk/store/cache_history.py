"""Read what tiles showed before: the data of rewind, and what changed since the last look."""

from datetime import datetime

from msgspec import Struct

from phdesk.store.cache import DROP_RESULT, Cache, CachedTile, time_of

KEY = "account=? and project=? and dashboard=? and filters='' and until>0"
MOMENTS = f"select since, tile from results where {KEY} order by since, tile"  # noqa: S608
# Tile by tile one step down the index, however long their history is.
OWN = "account=?1 and project=?2 and dashboard=?3 and filters=''"
AT = f"""
with recursive known (tile) as (
  select min(tile) from results where {OWN}
  union all
  select (select min(tile) from results where {OWN} and tile>known.tile) from known
  where known.tile is not null)
select known.tile, codec, data, since, until, digest from known
join results on {OWN} and results.tile=known.tile and since=(
  select max(since) from results as one
  where {OWN} and one.tile=known.tile and since<=?4 and until>0)
join blobs on id=blob order by known.tile"""  # noqa: S608
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
    """List when a dashboard began to show something else, the first time first."""
    gathered: dict[object, list[int]] = {}
    for since, tile in cache.all(MOMENTS, (account, project, dashboard_id)):
        gathered.setdefault(since, []).append(int(str(tile)))
    return tuple(Moment(time_of(since), tuple(tiles)) for since, tiles in gathered.items())


def state_at(
    cache: Cache, account: str, project: int, dashboard_id: int, when: datetime
) -> tuple[CachedTile, ...]:
    """Read what each tile showed at a moment: its newest result of then or before.

    Tiles that had no result yet are left out; tiles that have left the dashboard since are not.
    A result that was the same for a while has the time of its last calculation up to the moment
    that is known: the first, or from the last on the last.
    """
    key = (account, project, dashboard_id)
    stamp = when.timestamp()
    found = []
    none: list[tuple[int, int, bytes, float, float, bytes]] = []
    values = (*key, stamp)
    rows = cache.run(none, lambda db: db.execute(AT, values).fetchall())
    for tile, codec, blob, since, until, digest in rows:
        data = cache.unpacked(codec, blob, DROP_RESULT, (*key, "", tile, since))
        if data is not None:
            known = until if until <= stamp else since
            found.append(CachedTile(tile, data, time_of(known), digest))
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
