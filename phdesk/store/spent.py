"""Keep what was spent of the team's limits, for the next start and for other processes of phdesk.

A small SQLite file beside the cache. It may always be lost: a damaged one is begun anew, one that
cannot be written is done without, and nobody is told, because nothing that is shown depends on it.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.budget import HOUR, MOST_HELD, SLOT, Kind, Moment, Record, Spent, Use, age_of

BUSY_SECONDS = 0.5
NAME = "budget.sqlite3"
_TABLES = """
    create table if not exists spent (
      source text, slot real, host text, project integer, kind text, background integer,
      dashboard integer, wall real, calls integer,
      primary key (source, slot, host, project, kind, background, dashboard)) without rowid;
    create table if not exists held (
      host text, project integer, kind text, wall real,
      primary key (host, project, kind)) without rowid;
"""
_SAVE = "insert or replace into spent values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LOAD = "select host, project, slot, kind, background, dashboard, calls, source, wall from spent"
_DROP = (
    "delete from spent where source = ? and slot = ? and host = ? and project = ? "
    "and kind = ? and background = ? and dashboard = ?"
)
_HOLD = "insert or replace into held values (?, ?, ?, ?)"
_HELD = "select host, project, kind, wall from held"

T = TypeVar("T")
Row = tuple[object, ...]


class Held(Struct, frozen=True, gc=False):
    """Until when, on the wall, a server wants to be spared calls of a kind."""

    host: str
    project: int
    kind: Kind
    wall: float


class SpentFile:
    """The records of all processes of one person; each call opens the file anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exchange(
        self, mine: Sequence[Record], held: Sequence[Held], now: Moment
    ) -> tuple[list[Record], list[Held]] | None:
        """Write what is new of this process, and give what all wrote; None if that was not done."""

        def act(db: sqlite3.Connection) -> tuple[list[Record], list[Held]]:
            if mine or held:
                db.execute("begin immediate")
                db.executemany(_SAVE, [_row(record) for record in mine])
                values = [(one.host, one.project, one.kind.value, one.wall) for one in held]
                db.executemany(_HOLD, values)
                db.execute("commit")
            return _records(db), _held(db, now)

        return self._try(act)

    def settle(self, now: Moment) -> None:
        """Forget what is too old, and put the rest onto the clocks of now: first, then hourly.

        After a clock was set, records would otherwise not grow old.
        """

        def act(db: sqlite3.Connection) -> None:
            db.execute("begin immediate")
            for record in _records(db):
                moved = _moved(record, now)
                if moved is not record:
                    db.execute(_DROP, _key(record))
                if moved is not None and moved is not record:
                    db.execute(_SAVE, _row(moved))
            db.execute("delete from held where not (wall between ? and ?)",
                       (now.wall, now.wall + MOST_HELD))  # fmt: skip
            db.execute("commit")

        self._try(act)

    def _try(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        for _ in range(2):
            try:
                with closing(_connected(self.path)) as db:
                    return act(db)
            except sqlite3.DatabaseError as trouble:
                if type(trouble) is not sqlite3.DatabaseError:
                    return None  # locked, full, read-only
                self._begin_anew()
            except OSError:
                return None
        return None

    def _begin_anew(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{self.path}{end}").unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(_TABLES)
    except BaseException:
        db.close()
        raise
    return db


def _records(db: sqlite3.Connection) -> list[Record]:
    found = (_record(row) for row in db.execute(_LOAD).fetchall())
    return [record for record in found if record is not None]


def _record(row: Row) -> Record | None:
    """Read a row; one that makes no sense counts for nothing."""
    host, project, slot, kind, background, dashboard, calls, source, wall = row
    try:
        use = Use(Kind(kind), bool(background), int(str(dashboard)))
        spent = Spent(float(str(slot)), use, max(0, int(str(calls))), str(source))
        return Record(str(host), int(str(project)), spent, float(str(wall)))
    except ValueError:
        return None


def _moved(record: Record, now: Moment) -> Record | None:
    """Put a record onto the clocks of now; itself where it is there, None when it is too old."""
    age = age_of(record, now)
    if age >= HOUR:
        return None
    at, wall = now.steady - age, now.wall - age
    if abs(at - record.spent.at) < 1 and abs(wall - record.wall) < 1:
        return record
    return Record(record.host, record.project, replace(record.spent, at=at), wall)


def _held(db: sqlite3.Connection, now: Moment) -> list[Held]:
    found = (_hold(row) for row in db.execute(_HELD).fetchall())
    latest = now.wall + MOST_HELD + SLOT
    return [held for held in found if held is not None and now.wall < held.wall <= latest]


def _hold(row: Row) -> Held | None:
    """Read a row; one that makes no sense holds nothing up."""
    host, project, kind, wall = row
    try:
        return Held(str(host), int(str(project)), Kind(kind), float(str(wall)))
    except ValueError:
        return None


def _key(record: Record) -> Row:
    spent, use = record.spent, record.spent.use
    return (
        spent.source,
        spent.at,
        record.host,
        record.project,
        use.kind.value,
        int(use.background),
        use.dashboard,
    )


def _row(record: Record) -> Row:
    return (*_key(record), record.wall, record.spent.calls)
