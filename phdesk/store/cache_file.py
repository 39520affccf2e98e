"""Open the file of the cache from any thread; whatever is wrong with it is told, never raised.

Runs before the first paint: what is needed for troubles, new tables and writes is imported later.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Literal, TypeVar

T = TypeVar("T")
Row = tuple[object, ...]
VERSION = 7  # of the tables; `cache_schema` makes them
Place = Literal["disk", "read only", "memory"]
BUSY_SECONDS = 5.0
# Of pages that were read; SQLite's own 2 MB would fill over weeks, for each connection, and the
# system keeps the file's pages anyhow: loading takes as long with 64 as with 512.
FEW_PAGES = "pragma cache_size=-64"  # KiB


class OtherTablesError(sqlite3.Error):
    """The file has tables that we cannot read, nor bring to ours; 0: none yet."""

    def __init__(self, version: int) -> None:
        super().__init__(f"it has the tables of version {version}, not {VERSION}")
        self.version = version


def ignore(_message: str) -> None:
    """Take a report to nobody."""


class CacheFile:
    """One SQLite file in WAL mode, with a connection for each thread.

    A cache may always be lost: reads become misses. `place` is where answers are kept by now: on
    disk; on a disk that cannot be written, from which is only read; or in memory, for this run.
    """

    def __init__(self, path: Path, report: Callable[[str], None] = ignore) -> None:
        """Open nothing yet; `report` gets one sentence for each trouble, from any thread."""
        self.path = path
        self.place: Place = "disk"
        self.lock = threading.RLock()
        self._report = report
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._in_use: list[sqlite3.Connection] = []
        self._idle = threading.Condition()  # guards `_in_use`; never held while anything is read
        self._generation = 0
        self._memory: sqlite3.Connection | None = None
        self._told: set[str] = set()

    def run(self, otherwise: T, act: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the database; trouble is told, and gives `otherwise`."""
        for is_last in (False, True):
            generation = self._generation
            try:
                if self.place == "memory":
                    with self.lock:
                        return act(self._in_memory())
                db = self._connection()
                with self._using(db):
                    return act(db)
            except (sqlite3.Error, OSError) as trouble:
                mend = import_module("phdesk.store.cache_trouble").mend
                if is_last or not mend(self, trouble, generation):
                    return otherwise
        return otherwise

    def close(self) -> None:
        """Close all there is; what was kept in memory is gone."""
        with self.lock:
            self.leave_file()
            if self._memory is not None:
                self._memory.close()
                self._memory = None

    def leave_file(self) -> None:
        """Close all connections to the file, as soon as what other threads are reading is read.

        Closing a connection on which another thread is at work ends the process. One that takes
        longer than a busy file may is left to its thread.
        """
        with self.lock:
            self._generation += 1
            with self._idle:
                self._idle.wait_for(lambda: not self._in_use, BUSY_SECONDS)
                for db in self._open:
                    if db not in self._in_use:
                        db.close()
            self._open.clear()

    @contextmanager
    def _using(self, db: sqlite3.Connection) -> Iterator[None]:
        with self._idle:
            self._in_use.append(db)
        try:
            yield
        finally:
            with self._idle:
                self._in_use.remove(db)
                self._idle.notify_all()

    def turn_to(self, place: Place) -> None:
        """Keep answers elsewhere from now on."""
        with self.lock:
            self.leave_file()
            self.place = place

    def is_at(self, generation: int) -> bool:
        """Say whether the connections of a generation are those in use."""
        return self._generation == generation

    @property
    def is_open(self) -> bool:
        """Say whether any connection could be opened."""
        return bool(self._open)

    def moved(self) -> bool:
        """Say whether another process has set aside or removed the file that is open here."""
        known: tuple[int, sqlite3.Connection, object] | None = getattr(self._local, "known", None)
        if known is None or known[0] != self._generation or self.place != "disk":
            return False
        return known[2] != _identity(self.path)

    def tell(self, message: str, topic: str = "") -> None:
        """Report each trouble once, not once per tile; those of one topic count as one."""
        if (topic or message) not in self._told:
            self._told.add(topic or message)
            self._report(message)

    def _connection(self) -> sqlite3.Connection:
        known: tuple[int, sqlite3.Connection, object] | None = getattr(self._local, "known", None)
        if known is not None and known[0] == self._generation:
            return known[1]
        with self.lock:
            generation = self._generation
            db = _connect(self.path) if self.place == "disk" else connect_reading(self.path)
            self._open.append(db)
        self._local.known = (generation, db, _identity(self.path))
        return db

    def _in_memory(self) -> sqlite3.Connection:
        if self._memory is None:
            self._memory = sqlite3.connect(
                ":memory:", isolation_level=None, check_same_thread=False
            )
            _prepare(self._memory)
        return self._memory


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if path.stat().st_mode & 0o077:  # SQLite gives the files beside it the same permissions
            path.chmod(0o600)
    except FileNotFoundError:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute(FEW_PAGES)
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def connect_reading(path: Path) -> sqlite3.Connection:
    """Read a file, also in a folder where not even SQLite's own files can be written."""
    address = path.absolute().as_uri()
    for how in ("mode=ro", "immutable=1"):
        db = sqlite3.connect(
            f"{address}?{how}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            db.execute(FEW_PAGES)
            known = db.execute("pragma user_version").fetchone()[0]
        except sqlite3.OperationalError:
            db.close()
            if how == "immutable=1":
                raise
            continue
        except BaseException:
            db.close()
            raise
        if known != VERSION:
            db.close()
            raise OtherTablesError(known)
        return db
    raise AssertionError("one of the two ways gives or raises")


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("pragma synchronous=normal")
    if db.execute("pragma user_version").fetchone()[0] != VERSION:
        import_module("phdesk.store.cache_schema").prepare(db)
