"""Put results in their place in a tile's history; the time of calculation decides, in any order.

A row is a run: one result that came `since` a time and was still the same at `until`. The newest
is marked, so that it is found without looking at the others. Only the dashboard's own filters
have a history; of temporary ones the newest result is kept.
"""

import sqlite3
import zlib

from msgspec import Struct

from phdesk.store.cache import ZLIB, CachedTile

Where = tuple[str, int, int, str, int]  # account, project, dashboard, filters, tile
COLUMNS = "since, until, newest, digest, blob"
KEY = "account=? and project=? and dashboard=? and filters=? and tile=?"
NEWEST = f"""
select {COLUMNS} from results indexed by newest_results where {KEY} and newest=1"""  # noqa: S608
LAST = f"select {COLUMNS} from results where {KEY} order by since desc limit 1"  # noqa: S608
BEFORE = f"""
select {COLUMNS} from results where {KEY} and since<=? order by since desc limit 1"""  # noqa: S608
AFTER = f"select {COLUMNS} from results where {KEY} and since>? order by since limit 1"  # noqa: S608
ADD_BLOB = "insert into blobs (codec, data) values (?, ?)"
COPY_BLOB = "insert into blobs (codec, data) select codec, data from blobs where id=?"
CHANGE_BLOB = "update blobs set codec=?, data=? where id=?"
ADD = """
insert into results (account, project, dashboard, filters, tile,
  since, until, newest, digest, size, blob) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
MOVE = f"update results set since=?, until=?, newest=? where {KEY} and since=?"  # noqa: S608
RENEW = f"""
update results set until=?, newest=?, digest=?, size=? where {KEY} and since=?"""  # noqa: S608
SIZE = f"select size from results where {KEY} and since=?"  # noqa: S608
DROP = f"delete from results where {KEY} and since=?"  # noqa: S608


class Run(Struct, frozen=True, gc=False):
    """A result and from when to when it was the same."""

    since: float
    until: float
    is_newest: bool
    digest: bytes
    blob: int


class Arrived(Struct, frozen=True, gc=False):
    """A result that is to be kept, packed."""

    at: float  # 0: when it was calculated is not known
    digest: bytes
    data: bytes

    def equals(self, run: Run) -> bool:
        """Say whether a run holds the same result."""
        return bool(self.digest) and self.digest == run.digest


def put(db: sqlite3.Connection, where: Where, tile: CachedTile) -> None:
    """Keep a result where its time belongs; an older one never takes a newer one's place."""
    at = tile.computed_at.timestamp() if tile.computed_at else 0.0
    result = Arrived(at, tile.digest, zlib.compress(tile.data, 1))
    last = _run(db, NEWEST, where) or _run(db, LAST, where)
    if last is None:
        _add(db, where, result, at)
    elif at >= last.until:
        _append(db, where, result, last)
    elif at and not where[3]:
        _insert(db, where, result)


def _append(db: sqlite3.Connection, where: Where, result: Arrived, last: Run) -> None:
    """Make a result the newest."""
    if where[3] or not last.until:
        db.execute(DROP, (*where, last.since))
        _add(db, where, result, result.at)
        return
    # What was adopted from temporary filters counts from then on, which may be after its time.
    since = max(result.at, last.since)
    if result.equals(last) or since == last.since:
        _renew(db, where, last, result, newest=True)
        return
    if last.is_newest:
        db.execute(MOVE, (last.since, last.until, False, *where, last.since))
    _add(db, where, result, since)


def _insert(db: sqlite3.Connection, where: Where, result: Arrived) -> None:
    """Put an older result among the others; what is newest stays so."""
    before = _run(db, BEFORE, (*where, result.at))
    if before is not None and result.at <= before.until:
        if not result.equals(before) and before.since < result.at < before.until:
            _split(db, where, before)
            _add(db, where, result, result.at, newest=False)
        return
    after = _run(db, AFTER, (*where, result.at))
    if before is not None and result.equals(before):
        _renew(db, where, before, result, newest=False)
    elif after is not None and result.equals(after):
        db.execute(MOVE, (result.at, after.until, after.is_newest, *where, after.since))
    else:
        _add(db, where, result, result.at, newest=False)


def _split(db: sqlite3.Connection, where: Where, run: Run) -> None:
    """Cut a run in two: another result came between; both ends are known, no more."""
    size = db.execute(SIZE, (*where, run.since)).fetchone()[0]
    db.execute(MOVE, (run.since, run.since, False, *where, run.since))
    blob = db.execute(COPY_BLOB, (run.blob,)).lastrowid
    values = (run.until, run.until, run.is_newest, run.digest, size, blob)
    db.execute(ADD, (*where, *values))


def _add(
    db: sqlite3.Connection, where: Where, result: Arrived, since: float, *, newest: bool = True
) -> None:
    blob = db.execute(ADD_BLOB, (ZLIB, result.data)).lastrowid
    values = (since, result.at, newest, result.digest, len(result.data), blob)
    db.execute(ADD, (*where, *values))


def _renew(
    db: sqlite3.Connection, where: Where, run: Run, result: Arrived, *, newest: bool
) -> None:
    """Keep the newest words beside a result that is the same, or of the same moment."""
    db.execute(CHANGE_BLOB, (ZLIB, result.data, run.blob))
    values = (result.at, newest, result.digest, len(result.data))
    db.execute(RENEW, (*values, *where, run.since))


def _run(db: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> Run | None:
    row: tuple[float, float, int, bytes, int] | None = db.execute(statement, values).fetchone()
    if row is None:
        return None
    since, until, newest, digest, blob = row
    return Run(since, until, bool(newest), digest, blob)
