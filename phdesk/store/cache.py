"""Read what is kept on disk, so that a dashboard paints before the network answers.

Runs before the first paint; `cache_writing` writes, `cache_history` reads what was there before.
"""

import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from phdesk.store.cache_file import CacheFile, Row, ignore

TileRow = tuple[int, int, bytes, float, float, bytes, bytes]
ZLIB = 1
NOW = "pragma busy_timeout=0"
LOAD_PROJECT = "select codec, data from projects where account=? and project=?"
DROP_PROJECT = "delete from projects where account=? and project=?"
LOAD_ROWS = "select codec, data, fetched_at from lists where account=? and project=?"
DROP_ROWS = "delete from lists where account=? and project=?"
LOAD_AROUND = "select codec, data from around where account=? and project=? and kind=?"
DROP_AROUND = "delete from around where account=? and project=? and kind=?"
LOAD_OVERLAY = "select codec, data from overlays where account=? and project=? and dashboard=?"
DROP_OVERLAY = "delete from overlays where account=? and project=? and dashboard=?"
LOAD_DRAFTS = """
select project, draft, codec, data, kept_at from drafts
where account=?1 and (?2 is null or project=?2) order by kept_at desc, draft"""
DROP_DRAFT = "delete from drafts where account=? and project=? and draft=?"
OVERLAID = "select project, dashboard from overlays where account=?"
LOAD_DASHBOARD = """
select codec, meta, fetched_at from dashboards where account=? and project=? and dashboard=?"""
DROP_DASHBOARD = "delete from dashboards where account=? and project=? and dashboard=?"
# By name: with statistics or without, the other index would walk the whole history.
LOAD_TILES = """
select tile, codec, data, until, since, digest, question from results indexed by newest_results
join blobs on id=blob
where account=? and project=? and dashboard=? and filters=? and newest=1 order by tile"""
LOAD_TILE = LOAD_TILES.replace(" order by tile", " and tile=?")
SIZES = """
select tile, length(data) from results indexed by newest_results
join blobs on id=blob
where account=? and project=? and dashboard=? and filters='' and newest=1"""
DROP_RESULT = """
delete from results
where account=? and project=? and dashboard=? and filters=? and tile=? and question=? and since=?"""
PROJECTS = "select account, project from lists"
RECENT = """
select dashboard from dashboards where account=? and project=? and dashboard>0
order by used_at desc"""


class CachedTile(Struct, frozen=True, gc=False):
    """A good answer for one tile; equal digests stand for equal results, an empty one for none.

    Results of equal `question` compete for their place; an empty one is that of an older file.
    """

    tile_id: int
    data: bytes
    computed_at: datetime | None
    digest: bytes = b""
    question: bytes = b""


class CachedDraft(Struct, frozen=True, gc=False):
    """What a person made and did not save yet."""

    project: int
    name: str  # by which it is kept: unique in its project
    data: bytes
    kept_at: datetime | None  # None: of an older file


class CachedDashboard(Struct, frozen=True, gc=False):
    """A dashboard as it was last seen."""

    meta: bytes
    tiles: tuple[CachedTile, ...]
    fetched_at: datetime


class CachedRows(Struct, frozen=True, gc=False):
    """The list of dashboards as it was last seen."""

    data: bytes
    fetched_at: datetime


class Cache(CacheFile):
    """Lists, dashboards and tiles by account, project and id.

    `opened` are the accounts and dashboards that were open in this run, in any window, or that are
    on a person's own boards.
    """

    def __init__(self, path: Path, report: Callable[[str], None] = ignore) -> None:
        super().__init__(path, report)
        self.opened: set[tuple[str, int]] = set()
        self.wiped: set[str] = set()  # accounts of which nothing is written

    def admit(self, account: str) -> None:
        """Keep answers of an account again, though it was wiped: somebody signed in to it."""
        self.wiped.discard(account)

    def load_project(self, account: str, project: int) -> bytes | None:
        """Read what is known about a project."""
        where = (account, project)
        found = self._one(LOAD_PROJECT, where)
        return self.unpacked(found[0], found[1], DROP_PROJECT, where) if found else None

    def load_rows(self, account: str, project: int) -> CachedRows | None:
        """Read the list of dashboards."""
        where = (account, project)
        found = self._one(LOAD_ROWS, where)
        data = self.unpacked(found[0], found[1], DROP_ROWS, where) if found else None
        return None if found is None or data is None else CachedRows(data, time_of(found[2]))

    def load_around(self, account: str, project: int, kind: str) -> bytes | None:
        """Read a kind of facts from around the tiles."""
        where = (account, project, kind)
        found = self._one(LOAD_AROUND, where)
        return self.unpacked(found[0], found[1], DROP_AROUND, where) if found else None

    def load_overlay(self, account: str, project: int, dashboard_id: int) -> bytes | None:
        """Read a person's own layout."""
        key = (account, project, dashboard_id)
        found = self._one(LOAD_OVERLAY, key)
        return self.unpacked(found[0], found[1], DROP_OVERLAY, key) if found else None

    def load_drafts(self, account: str, project: int | None = None) -> tuple[CachedDraft, ...]:
        """Read what a person has not saved yet, the newest first; without a project of all."""
        found = []
        for known, name, codec, blob, at in self.all(LOAD_DRAFTS, (account, project)):
            data = self.unpacked(codec, blob, DROP_DRAFT, (account, known, name))
            if data is not None:
                found.append(CachedDraft(int(str(known)), str(name), data, computed(at)))
        return tuple(found)

    def overlaid(self, account: str) -> tuple[tuple[int, int], ...]:
        """List the projects and dashboards of which a person has a layout of their own."""
        return tuple((int(str(one)), int(str(two))) for one, two in self.all(OVERLAID, (account,)))

    def load_dashboard(
        self, account: str, project: int, dashboard_id: int
    ) -> CachedDashboard | None:
        """Read a dashboard with all answers that can be read."""
        frame = self.load_frame(account, project, dashboard_id)
        if frame is None:
            return None
        tiles = self.load_tiles(account, project, dashboard_id)
        return CachedDashboard(frame.meta, tiles, frame.fetched_at)

    def load_frame(self, account: str, project: int, dashboard_id: int) -> CachedDashboard | None:
        """Read a dashboard without any answer."""
        key = (account, project, dashboard_id)
        found = self._one(LOAD_DASHBOARD, key)
        meta = self.unpacked(found[0], found[1], DROP_DASHBOARD, key) if found else None
        if found is None or meta is None:
            return None
        return CachedDashboard(meta, (), time_of(found[2]))

    def sizes(self, account: str, project: int, dashboard_id: int) -> dict[int, int]:
        """Say how many bytes the answers of a dashboard's own filters take on disk, by tile."""
        rows = self.all(SIZES, (account, project, dashboard_id))
        return {int(str(tile)): int(str(size)) for tile, size in rows}

    def load_tile(
        self, account: str, project: int, dashboard_id: int, tile_id: int
    ) -> CachedTile | None:
        """Read the answer of one tile under the dashboard's own filters."""
        key = (account, project, dashboard_id, "")
        found = self._tiles(self._tile_rows(LOAD_TILE, (*key, tile_id)), key)
        return found[0] if found else None

    def load_tiles(
        self, account: str, project: int, dashboard_id: int, filters: str = ""
    ) -> tuple[CachedTile, ...]:
        """Read the answers of one set of filters; without one those of the dashboard's own."""
        key = (account, project, dashboard_id, filters)
        return self._tiles(self._tile_rows(LOAD_TILES, key), key)

    def _tiles(
        self, rows: Sequence[TileRow], key: tuple[str, int, int, str]
    ) -> tuple[CachedTile, ...]:
        found = []
        for tile_id, codec, blob, until, since, digest, question in rows:
            data = self.unpacked(codec, blob, DROP_RESULT, (*key, tile_id, question, since))
            if data is not None:
                found.append(CachedTile(tile_id, data, computed(until), digest, question))
        return tuple(found)

    def recent(self, account: str, project: int) -> tuple[int, ...]:
        """List the ids of cached dashboards, the last saved first."""
        return tuple(int(str(row[0])) for row in self.all(RECENT, (account, project)))

    def projects(self) -> tuple[tuple[str, int], ...]:
        """List the accounts and projects whose lists of dashboards are kept."""
        return tuple((str(row[0]), int(str(row[1]))) for row in self.all(PROJECTS, ()))

    def all(self, statement: str, values: Sequence[object]) -> list[Row]:
        """Read all rows of an answer; none when there is trouble."""
        none: list[Row] = []
        return self.run(none, lambda db: db.execute(statement, values).fetchall())

    def unpacked(
        self, codec: object, blob: object, drop: str, key: Sequence[object]
    ) -> bytes | None:
        """Unpack a blob; one that is damaged is dropped, which is a miss."""
        with suppress(zlib.error):
            if codec == ZLIB and isinstance(blob, bytes):
                return zlib.decompress(blob)
        self.tell("A damaged entry was dropped from the cache.")
        if self.place != "read only":
            self.run(None, lambda db: _drop(db, drop, key))
        return None

    def _tile_rows(self, statement: str, values: Sequence[object]) -> list[TileRow]:
        none: list[TileRow] = []
        return self.run(none, lambda db: db.execute(statement, values).fetchall())

    def _one(self, statement: str, values: Sequence[object]) -> Row | None:
        nothing: Row | None = None
        return self.run(nothing, lambda db: db.execute(statement, values).fetchone())


def _drop(db: sqlite3.Connection, statement: str, key: Sequence[object]) -> None:
    """Remove a row if that needs no waiting: this may be the thread that paints."""
    waits = db.execute("pragma busy_timeout").fetchone()[0]
    db.execute(NOW)
    try:
        db.execute(statement, key)
    finally:
        db.execute(f"pragma busy_timeout={waits}")


def time_of(stamp: object) -> datetime:
    """Read a time as the tables hold it."""
    return datetime.fromtimestamp(stamp if isinstance(stamp, float) else 0.0, UTC)


def computed(stamp: object) -> datetime | None:
    """Read the time of a calculation; None when it is not known."""
    return time_of(stamp) if stamp else None
