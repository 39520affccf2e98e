"""Keep answers on disk, so that a dashboard paints before the network answers.

SQLite in WAL mode; one connection per thread. A cache may always be lost: whatever is wrong with
the file is reported, never raised, and reads become misses.
"""

import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from phdesk.store import cache_sql as sql
from phdesk.store.cache_schema import VERSION, NewerSchemaError, prepare

T = TypeVar("T")
Row = tuple[object, ...]
Values = Sequence[object] | Mapping[str, object]
ZLIB = 1
BUSY_SECONDS = 5.0
DEFAULT_CAP = 200 * 1024 * 1024
MOST_SETS = 20  # of temporary filters, a dashboard; beside its own


class CachedTile(Struct, frozen=True, gc=False):
    """The last good answer for one tile."""

    tile_id: int
    data: bytes
    computed_at: datetime | None


class CachedDashboard(Struct, frozen=True, gc=False):
    """A dashboard as it was last seen."""

    meta: bytes
    tiles: tuple[CachedTile, ...]
    fetched_at: datetime


class CachedRows(Struct, frozen=True, gc=False):
    """The list of dashboards as it was last seen."""

    data: bytes
    fetched_at: datetime


class CacheReport(Struct, frozen=True, gc=False, kw_only=True):
    """What is known about the health of the cache."""

    path: Path
    ok: bool
    message: str  # "ok", or what is wrong
    size: int = 0  # bytes on disk
    schema: int = VERSION
    lists: int = 0
    dashboards: int = 0
    tiles: int = 0


def _ignore(_message: str) -> None:
    """Take a report to nobody."""


class Cache:
    """Rows, dashboards and tiles by account, project and id."""

    def __init__(self, path: Path, report: Callable[[str], None] = _ignore) -> None:
        """Open nothing yet; `report` gets one sentence for each trouble, from any thread."""
        self.path = path
        self._report = report
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[sqlite3.Connection] = []
        self._generation = 0
        self._told: set[str] = set()

    def save_project(self, account: str, project: int, data: bytes) -> None:
        """Keep what is known about a project: its zone and currency are needed to draw."""
        values = (account, project, ZLIB, zlib.compress(data, 1))
        self._try(None, lambda db: _write(db, [(sql.SAVE_PROJECT, values)]))

    def load_project(self, account: str, project: int) -> bytes | None:
        """Read what is known about a project."""
        where = (account, project)
        found = self._try(None, lambda db: _one(db, sql.LOAD_PROJECT, where))
        if found is None:
            return None
        return self._unpacked(found[0], found[1], sql.DROP_PROJECT, where)

    def save_rows(self, account: str, project: int, raw: bytes, fetched_at: datetime) -> None:
        """Keep the list of dashboards."""
        values = (account, project, ZLIB, zlib.compress(raw, 1), _stamp(fetched_at))
        self._try(None, lambda db: _write(db, [(sql.SAVE_ROWS, values)]))

    def load_rows(self, account: str, project: int) -> CachedRows | None:
        """Read the list of dashboards."""
        where = (account, project)
        found = self._try(None, lambda db: _one(db, sql.LOAD_ROWS, where))
        if found is None:
            return None
        data = self._unpacked(found[0], found[1], sql.DROP_ROWS, where)
        return None if data is None else CachedRows(data, _time(found[2]))

    def save_around(self, account: str, project: int, kind: str, data: bytes) -> None:
        """Keep a kind of facts from around the tiles, such as annotations."""
        values = (account, project, kind, ZLIB, zlib.compress(data, 1))
        self._try(None, lambda db: _write(db, [(sql.SAVE_AROUND, values)]))

    def load_around(self, account: str, project: int, kind: str) -> bytes | None:
        """Read a kind of facts from around the tiles."""
        where = (account, project, kind)
        found = self._try(None, lambda db: _one(db, sql.LOAD_AROUND, where))
        if found is None:
            return None
        return self._unpacked(found[0], found[1], sql.DROP_AROUND, where)

    def save_overlay(self, account: str, project: int, dashboard_id: int, data: bytes) -> None:
        """Keep a person's own layout: no answer of a server, so it is never pruned."""
        values = (account, project, dashboard_id, ZLIB, zlib.compress(data, 1))
        self._try(None, lambda db: _write(db, [(sql.SAVE_OVERLAY, values)]))

    def load_overlay(self, account: str, project: int, dashboard_id: int) -> bytes | None:
        """Read a person's own layout."""
        key = (account, project, dashboard_id)
        found = self._try(None, lambda db: _one(db, sql.LOAD_OVERLAY, key))
        if found is None:
            return None
        return self._unpacked(found[0], found[1], sql.DROP_OVERLAY, key)

    def drop_overlay(self, account: str, project: int, dashboard_id: int) -> None:
        """Forget a person's own layout."""
        key = (account, project, dashboard_id)
        self._try(None, lambda db: _write(db, [(sql.DROP_OVERLAY, key)]))

    def save_dashboard(
        self,
        account: str,
        project: int,
        dashboard_id: int,
        saved: CachedDashboard,
        *,
        keep: Collection[int] | None = None,
    ) -> None:
        """Keep a dashboard and its good answers in one go.

        A tile's older answer never overwrites a newer one. `keep` names the tiles that the
        dashboard has; the others are dropped.
        """
        key = (account, project, dashboard_id)
        packed = zlib.compress(saved.meta, 1)
        stamp = _stamp(saved.fetched_at)
        steps: list[tuple[str, Values]] = [
            (sql.SAVE_DASHBOARD, (*key, ZLIB, packed, stamp, time.time()))
        ]
        steps += [(sql.SAVE_TILE, _tile_values(key, tile)) for tile in saved.tiles]
        if keep is not None:
            marks = ",".join("?" * len(keep))
            steps.append((sql.DROP_OTHER_TILES.format(marks=marks), (*key, *keep)))
        self._try(None, lambda db: _write(db, steps))

    def save_tiles(
        self,
        account: str,
        project: int,
        dashboard_id: int,
        tiles: Sequence[CachedTile],
        filters: str = "",
    ) -> None:
        """Keep answers, unless newer ones are kept; `filters` names the set that they belong to.

        Of temporary sets the newest `MOST_SETS` of a dashboard are kept.
        """
        key = (account, project, dashboard_id)
        steps: list[tuple[str, Values]] = [
            (sql.SAVE_TILE, _tile_values(key, tile, filters)) for tile in tiles
        ]
        if filters and tiles:
            names = ("account", "project", "dashboard", "filters", "most")
            values = (*key, filters, MOST_SETS)
            steps.append((sql.DROP_OLD_SETS, dict(zip(names, values, strict=True))))
        self._try(None, lambda db: _write(db, steps))

    def load_tiles(
        self, account: str, project: int, dashboard_id: int, filters: str = ""
    ) -> tuple[CachedTile, ...]:
        """Read the answers of one set of filters; without one those of the dashboard's own."""
        key = (account, project, dashboard_id, filters)
        rows: list[Row] = self._try([], lambda db: db.execute(sql.LOAD_TILES, key).fetchall())
        return tuple(tile for row in rows if (tile := self._tile(key, row)))

    def adopt_tiles(self, account: str, project: int, dashboard_id: int, filters: str) -> None:
        """Make the answers of a set those of the dashboard, which has saved it as its own."""
        key = (account, project, dashboard_id)
        steps = [(sql.DROP_SET, (*key, "")), (sql.RENAME_SET, (*key, filters))]
        self._try(None, lambda db: _write(db, steps))

    def load_dashboard(
        self, account: str, project: int, dashboard_id: int
    ) -> CachedDashboard | None:
        """Read a dashboard with all answers that can be read."""
        key = (account, project, dashboard_id)
        found = self._try(None, lambda db: _one(db, sql.LOAD_DASHBOARD, key))
        if found is None:
            return None
        meta = self._unpacked(found[0], found[1], sql.DROP_DASHBOARD, key)
        if meta is None:
            return None
        return CachedDashboard(meta, self.load_tiles(*key), _time(found[2]))

    def drop_dashboard(self, account: str, project: int, dashboard_id: int) -> None:
        """Forget a dashboard."""
        key = (account, project, dashboard_id)
        steps = [(sql.DROP_DASHBOARD, key), (sql.DROP_TILES, key)]
        self._try(None, lambda db: _write(db, steps))

    def recent(self, account: str, project: int) -> tuple[int, ...]:
        """List the ids of cached dashboards, the last saved first."""
        rows: list[Row] = self._try(
            [], lambda db: db.execute(sql.RECENT, (account, project)).fetchall()
        )
        return tuple(int(str(row[0])) for row in rows)

    def forget_account(self, account: str) -> None:
        """Remove everything of an account from the file, not only from its index."""

        def forget(db: sqlite3.Connection) -> None:
            _write(db, [(drop, (account,)) for drop in sql.FORGET])
            db.execute("vacuum")
            db.execute("pragma wal_checkpoint(truncate)")

        self._try(None, forget)

    def prune(self, cap: int = DEFAULT_CAP) -> None:
        """Drop temporary filters, then the dashboards saved longest ago, until all fits `cap`."""
        try:
            if self.path.stat().st_size <= cap:
                return
        except OSError:
            return
        self._try(None, lambda db: db.execute(sql.DROP_SETS))
        too_many: list[Row] = self._try([], lambda db: db.execute(sql.OVER, (cap,)).fetchall())
        for account, project, dashboard in too_many:
            self.drop_dashboard(str(account), int(str(project)), int(str(dashboard)))
        self._try(None, lambda db: db.execute("vacuum"))

    def check(self) -> CacheReport:
        """Look for damage and count what is there."""
        answer = self._try("it cannot be opened", _integrity)
        counts: Row = self._try((0, 0, 0), lambda db: _one(db, sql.COUNTS, ()) or (0, 0, 0))
        files = [self.path, *(Path(f"{self.path}{end}") for end in ("-wal", "-shm"))]
        rows, dashboards, tiles = (int(str(count)) for count in counts)
        return CacheReport(
            path=self.path,
            ok=answer == "ok",
            message=answer,
            size=sum(file.stat().st_size for file in files if file.exists()),
            lists=rows,
            dashboards=dashboards,
            tiles=tiles,
        )

    def close(self) -> None:
        """Close all connections; call it when no other thread uses the cache any more."""
        with self._lock:
            for db in self._open:
                db.close()
            self._open.clear()
            self._generation += 1

    def _tile(self, key: tuple[str, int, int, str], row: Row) -> CachedTile | None:
        tile_id, codec, blob, computed = row
        data = self._unpacked(codec, blob, sql.DROP_TILE, (*key, tile_id))
        when = _time(computed) if isinstance(computed, float) and computed else None
        return None if data is None else CachedTile(int(str(tile_id)), data, when)

    def _unpacked(
        self, codec: object, blob: object, drop: str, key: Sequence[object]
    ) -> bytes | None:
        """Unpack a blob; one that is damaged is dropped, which is a miss."""
        try:
            if codec == ZLIB and isinstance(blob, bytes):
                return zlib.decompress(blob)
        except zlib.error:
            pass
        self._tell("A damaged entry was dropped from the cache.")
        self._try(None, lambda db: _write(db, [(drop, key)]))
        return None

    def _try(self, otherwise: T, act: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the database; trouble is reported and gives `otherwise`."""
        try:
            return act(self._connection())
        except (NewerSchemaError, sqlite3.DatabaseError, OSError) as trouble:
            if _is_damage(trouble):
                self._set_aside(trouble)
            else:
                self._tell(f"The cache at {self.path} cannot be used: {trouble}")
            return otherwise

    def _connection(self) -> sqlite3.Connection:
        known: tuple[int, sqlite3.Connection] | None = getattr(self._local, "known", None)
        if known is not None and known[0] == self._generation:
            return known[1]
        with self._lock:
            generation = self._generation
            db = _connect(self.path)
            self._open.append(db)
        self._local.known = (generation, db)
        return db

    def _set_aside(self, trouble: Exception) -> None:
        """Rename a file that is no use, so that the next call starts an empty one."""
        self.close()
        name = f"{self.path.name}.bad-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        try:
            self.path.replace(self.path.with_name(name))
        except OSError as why:
            self._tell(f"The cache at {self.path} cannot be read, nor set aside: {why}")
            return
        for end in ("-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        self._tell(f"The cache could not be read ({trouble}). It was set aside as {name}.")

    def _tell(self, message: str) -> None:
        """Report each trouble once, not once per tile."""
        if message not in self._told:
            self._told.add(message)
            self._report(message)


def _is_damage(trouble: Exception) -> bool:
    """Tell a bad file from a full disk, a lock or a missing permission."""
    return isinstance(trouble, NewerSchemaError) or type(trouble) is sqlite3.DatabaseError


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():  # SQLite gives the files beside it the same permissions
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _write(db: sqlite3.Connection, steps: Sequence[tuple[str, Values]]) -> None:
    """Do all steps or none."""
    db.execute("begin immediate")
    try:
        for statement, values in steps:
            db.execute(statement, values)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _one(db: sqlite3.Connection, statement: str, values: Sequence[object]) -> Row | None:
    row: Row | None = db.execute(statement, values).fetchone()
    return row


def _integrity(db: sqlite3.Connection) -> str:
    return "; ".join(str(row[0]) for row in db.execute("pragma integrity_check(5)"))


def _tile_values(key: tuple[str, int, int], tile: CachedTile, filters: str = "") -> Row:
    computed = _stamp(tile.computed_at) if tile.computed_at else 0.0
    return (*key, tile.tile_id, filters, ZLIB, zlib.compress(tile.data, 1), computed)


def _stamp(when: datetime) -> float:
    return when.timestamp()


def _time(stamp: object) -> datetime:
    return datetime.fromtimestamp(stamp if isinstance(stamp, float) else 0.0, UTC)
