"""Keep what is known of alerts: how watches stand, PostHog's as last seen, history, what was told.

One SQLite file beside the cache, for all phdesks of a person. `alerts_found` writes what changed,
`alerts_inbox` reads the history, `alerts_told` sees to it that nothing is told twice.

Trouble is told, never raised. A damaged file is set aside and begun anew: watches that fire then
fire once more. One that cannot be written, or is a newer phdesk's, is done without: all goes on in
memory, with what could be read, and other phdesks do not know of it.
"""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

from phdesk.store.alerts_tables import MIGRATIONS
from phdesk.store.cache_file import ignore
from phdesk.store.cache_salvage import set_aside
from phdesk.store.cache_schema import NewerSchemaError, prepare, version
from phdesk.store.cache_trouble import BUSY, DAMAGE, code_of
from phdesk.store.presence import Presence

NAME = "alerts.sqlite3"
DEMO = "demo"
BUSY_SECONDS = 1.0
IN_MEMORY = "Until phdesk ends, alerts are kept in memory only."

T = TypeVar("T")
Act = Callable[[sqlite3.Connection], T]


def beside(cache: Path, report: Callable[[str], None] = ignore) -> "AlertsFile":
    """Give the file of alerts that lies beside a cache; the demo's, like its cache, is its own."""
    name = f"{DEMO}-{NAME}" if cache.stem == DEMO else NAME
    return AlertsFile(cache.with_name(name), report)


class AlertsFile:
    """Each call opens the file anew, from any thread; one that finds it busy is not carried out."""

    def __init__(self, path: Path, report: Callable[[str], None] = ignore) -> None:
        """Open nothing yet; `report` gets one sentence for each trouble, from any thread."""
        self.path = path
        self.place: Literal["disk", "memory"] = "disk"
        self.presence = Presence(path)
        self._report = report
        self._lock = threading.RLock()
        self._memory: sqlite3.Connection | None = None

    def read(self, otherwise: T, act: Act[T]) -> T:
        """Read something; `otherwise` when that was not possible now, or nothing was ever kept."""
        if self.place == "disk" and not self.path.exists():
            return otherwise
        found = self._try(act)
        return otherwise if found is None else found

    def change(self, act: Act[T]) -> T | None:
        """Do all of something in one transaction, or none of it; None if it was not done."""
        return self._try(lambda db: _whole(db, act))

    def turn_to_memory(self, why: str) -> None:
        """Go on without the file; `why` is a sentence."""
        self.place = "memory"
        self._report(f"{why} {IN_MEMORY}")

    def close(self) -> None:
        """Leave: what was claimed and not handed over is another's from now on."""
        self.presence.leave()
        with self._lock:
            if self._memory is not None:
                self._memory.close()
                self._memory = None
                self.place = "disk"

    def _try(self, act: Act[T]) -> T | None:
        with self._lock:
            for _ in range(3):
                try:
                    if self.place == "memory":
                        return act(self._in_memory())
                    with closing(_connected(self.path)) as db:
                        return act(db)
                except (sqlite3.Error, OSError) as trouble:
                    if code_of(trouble) in BUSY or not self._mend(trouble):
                        return None
        return None

    def _mend(self, trouble: Exception) -> bool:
        if self.place == "memory":
            return False
        if isinstance(trouble, NewerSchemaError):
            self.turn_to_memory(f"{self.path} was written by a newer phdesk, and is left alone.")
        elif code_of(trouble) in DAMAGE:
            self._set_aside()
        else:
            why = getattr(trouble, "strerror", None) or trouble
            self.turn_to_memory(f"phdesk cannot write {self.path} ({why}).")
        return True

    def _set_aside(self) -> None:
        try:
            aside = set_aside(self.path, datetime.now(UTC))
        except FileNotFoundError:
            return  # another phdesk has done it at this moment
        except OSError:
            self.turn_to_memory(f"{self.path} is damaged and cannot be replaced.")
            return
        self._report(
            f"The file of alerts was damaged. It was set aside as {aside}, and a new one has "
            "begun: what fires now is told once more."
        )

    def _in_memory(self) -> sqlite3.Connection:
        if self._memory is None:
            memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            with suppress(sqlite3.Error, OSError), closing(_reading(self.path)) as known:
                if version(known) == len(MIGRATIONS):
                    known.backup(memory)
            prepare(memory, MIGRATIONS)
            self._memory = memory
        return self._memory


def _whole(db: sqlite3.Connection, act: Act[T]) -> T:
    db.execute("begin immediate")
    try:
        done = act(db)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise
    return done


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif path.stat().st_mode & 0o077:  # SQLite gives the files beside it the same permissions
        path.chmod(0o600)
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if version(db) != len(MIGRATIONS):
            prepare(db, MIGRATIONS)
        db.execute("pragma synchronous=full")  # a claim that a power cut undoes is told twice
        db.execute("pragma secure_delete=on")
    except BaseException:
        db.close()
        raise
    return db


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
