"""Put results in their place in a tile's history; the time of calculation decides, in any order.

A row is a run: one result that came `since` a time and was still the same at `until`. Only results
of one question compete: each question has runs of its own, and the newest run of the question that
a tile asks now is marked, so that it is found without looking at the others. What came last asks
what is asked now, unless it is known to be `late`. Only the dashboard's own filters have a history;
of temporary ones the newest result is kept.
"""

import sqlite3
import zlib
from contextlib import suppress

from msgspec import Struct

from phdesk.store.cache import DROP_RESULT, ZLIB, CachedTile, computed
from phdesk.store.cache_questions import learn_newest

Where = tuple[str, int, int, str, int]  # account, project, dashboard, filters, tile
Asked = tuple[str, int, int, str, int, bytes]  # the same, and the question
COLUMNS = "question, since, until, newest, digest, blob"
TILE = "account=? and project=? and dashboard=? and filters=? and tile=?"
KEY = f"{TILE} and question=?"
NEWEST = f"""
select {COLUMNS} from results indexed by newest_results where {TILE} and newest=1"""  # noqa: S608
LAST = f"select {COLUMNS} from results where {KEY} order by since desc limit 1"  # noqa: S608
BEFORE = f"""
select {COLUMNS} from results where {KEY} and since<=? order by since desc limit 1"""  # noqa: S608
AFTER = f"select {COLUMNS} from results where {KEY} and since>? order by since limit 1"  # noqa: S608
ADD_BLOB = "insert into blobs (codec, data) values (?, ?)"
COPY_BLOB = "insert into blobs (codec, data) select codec, data from blobs where id=?"
CHANGE_BLOB = "update blobs set codec=?, data=? where id=?"
ADD = """
insert into results (account, project, dashboard, filters, tile, question,
  since, until, newest, digest, size, blob) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
MOVE = f"update results set since=?, until=?, newest=? where {KEY} and since=?"  # noqa: S608
RENEW = f"""
update results set until=?, newest=?, digest=?, size=? where {KEY} and since=?"""  # noqa: S608
SIZE = f"select size from results where {KEY} and since=?"  # noqa: S608
OF_SET = """
select tile, question, since, until, digest, data from results join blobs on id=blob
where account=? and project=? and dashboard=? and filters=?"""


class Run(Struct, frozen=True, gc=False):
    """A result and from when to when it was the same."""

    question: bytes
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
    is_asked: bool  # its question is the one that the tile asks now

    def equals(self, run: Run) -> bool:
        """Say whether a run holds the same result."""
        return bool(self.digest) and self.digest == run.digest


def put(db: sqlite3.Connection, where: Where, tile: CachedTile, *, late: bool = False) -> None:
    """Keep a result where its time belongs; an older one never takes a newer one's place.

    A result of another question than the newest is no competitor of it: it takes the mark,
    whatever its time, unless it is `late`, the answer to a call made before what is known now.
    """
    at = tile.computed_at.timestamp() if tile.computed_at else 0.0
    newest = _run(db, NEWEST, where)
    if newest is not None and tile.question and not newest.question:
        learn_newest(db, where)
        newest = _run(db, NEWEST, where)
    turns = newest is not None and newest.question != tile.question
    result = Arrived(at, tile.digest, zlib.compress(tile.data, 1), not (turns and late))
    asked = (*where, tile.question)
    if where[3]:
        _put_in_set(db, where, tile.question, result, newest)
    elif result.is_asked or at:
        if newest is not None and turns and result.is_asked:
            _turn(db, where, newest, asked)
        elif newest is None and not late:
            _mark(db, asked)
        _place(db, asked, result)


def adopt(db: sqlite3.Connection, key: tuple[str, int, int], filters: str) -> None:
    """Put the results of a set where those of the dashboard's own filters are."""
    for tile, question, since, until, digest, data in db.execute(
        OF_SET, (*key, filters)
    ).fetchall():
        db.execute(DROP_RESULT, (*key, filters, tile, question, since))
        with suppress(zlib.error):  # a damaged one is a miss
            kept = CachedTile(tile, zlib.decompress(data), computed(until), digest, question)
            put(db, (*key, "", tile), kept)


def _put_in_set(
    db: sqlite3.Connection, where: Where, question: bytes, result: Arrived, newest: Run | None
) -> None:
    """Keep one result of temporary filters."""
    if newest is not None:
        if not result.is_asked or (newest.question == question and result.at < newest.until):
            return
        db.execute(DROP_RESULT, (*where, newest.question, newest.since))
    _add(db, (*where, question), result, newest=True)


def _turn(db: sqlite3.Connection, where: Where, newest: Run, asked: Asked) -> None:
    """Move the mark to the last run of the question that is asked now, if there is one."""
    before: Asked = (*where, newest.question)
    if newest.until:
        db.execute(MOVE, (newest.since, newest.until, False, *before, newest.since))
    else:
        db.execute(DROP_RESULT, (*before, newest.since))
    _mark(db, asked)


def _mark(db: sqlite3.Connection, asked: Asked) -> None:
    """Mark the last run of a question, if there is one: its tile may have come back."""
    last = _run(db, LAST, asked)
    if last is not None:
        db.execute(MOVE, (last.since, last.until, True, *asked, last.since))


def _place(db: sqlite3.Connection, asked: Asked, result: Arrived) -> None:
    """Put a result among those of its question."""
    last = _run(db, LAST, asked)
    if last is None:
        _add(db, asked, result, newest=result.is_asked)
    elif result.at >= last.until:
        _append(db, asked, result, last)
    elif result.at:
        _insert(db, asked, result)


def _append(db: sqlite3.Connection, asked: Asked, result: Arrived, last: Run) -> None:
    """Make a result the newest of its question."""
    if not last.until:
        db.execute(DROP_RESULT, (*asked, last.since))
    elif result.equals(last) or result.at == last.since:
        _renew(db, asked, last, result, newest=result.is_asked)
        return
    elif last.is_newest:
        db.execute(MOVE, (last.since, last.until, False, *asked, last.since))
    _add(db, asked, result, newest=result.is_asked)


def _insert(db: sqlite3.Connection, asked: Asked, result: Arrived) -> None:
    """Put an older result among the others; what is newest stays so."""
    before = _run(db, BEFORE, (*asked, result.at))
    if before is not None and result.at <= before.until:
        if not result.equals(before) and before.since < result.at < before.until:
            _split(db, asked, before)
            _add(db, asked, result, newest=False)
        return
    after = _run(db, AFTER, (*asked, result.at))
    if before is not None and result.equals(before):
        _renew(db, asked, before, result, newest=False)
    elif after is not None and result.equals(after):
        db.execute(MOVE, (result.at, after.until, after.is_newest, *asked, after.since))
    else:
        _add(db, asked, result, newest=False)


def _split(db: sqlite3.Connection, asked: Asked, run: Run) -> None:
    """Cut a run in two: another result came between; both ends are known, no more."""
    size = db.execute(SIZE, (*asked, run.since)).fetchone()[0]
    db.execute(MOVE, (run.since, run.since, False, *asked, run.since))
    blob = db.execute(COPY_BLOB, (run.blob,)).lastrowid
    values = (run.until, run.until, run.is_newest, run.digest, size, blob)
    db.execute(ADD, (*asked, *values))


def _add(db: sqlite3.Connection, asked: Asked, result: Arrived, *, newest: bool) -> None:
    blob = db.execute(ADD_BLOB, (ZLIB, result.data)).lastrowid
    values = (result.at, result.at, newest, result.digest, len(result.data), blob)
    db.execute(ADD, (*asked, *values))


def _renew(
    db: sqlite3.Connection, asked: Asked, run: Run, result: Arrived, *, newest: bool
) -> None:
    """Keep the newest words beside a result that is the same, or of the same moment."""
    db.execute(CHANGE_BLOB, (ZLIB, result.data, run.blob))
    values = (result.at, newest, result.digest, len(result.data))
    db.execute(RENEW, (*values, *asked, run.since))


def _run(db: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> Run | None:
    row: tuple[bytes, float, float, int, bytes, int] | None
    row = db.execute(statement, values).fetchone()
    if row is None:
        return None
    question, since, until, newest, digest, blob = row
    return Run(question, since, until, bool(newest), digest, blob)
