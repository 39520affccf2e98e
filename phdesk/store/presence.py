"""Say which of the phdesks that share a file are still running.

Each holds a lock for as long as it lives, on a small file of its own beside the shared one; the
system takes the lock away with the process, however that ends. Neither numbers of processes, which
come again, nor clocks, which jump, tell that. The lock is SQLite's, which works on every system.
"""

import sqlite3
import time
import uuid
from contextlib import suppress
from pathlib import Path

END = ".alive"
YOUNG = 3600.0  # seconds


class Presence:
    """Our own lock and, by name, whether others still hold theirs."""

    def __init__(self, shared: Path) -> None:
        """Take a name; nobody has to hold a lock before something is claimed under it."""
        self.name = uuid.uuid4().hex
        self._shared = shared
        self._lock: sqlite3.Connection | None = None

    def hold(self) -> bool:
        """Take our lock; without one that others can see, nothing may be claimed."""
        if self._lock is not None:
            return True
        try:
            lock = sqlite3.connect(
                self._path(self.name), isolation_level=None, check_same_thread=False, timeout=0
            )
        except sqlite3.Error:
            return False
        try:
            lock.execute("pragma journal_mode=memory")  # no second file
            lock.execute("begin exclusive")
        except sqlite3.Error:
            lock.close()
            return False
        self._lock = lock
        self._sweep()
        return True

    def lives(self, name: str) -> bool:
        """Say whether who took a name is still running; what cannot be looked at may be."""
        if name == self.name:
            return True
        path = self._path(name)
        if not path.exists():
            return False
        try:
            look = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
        except sqlite3.Error:
            return path.exists()
        try:
            look.execute("begin exclusive")
        except sqlite3.Error:
            return path.exists()
        finally:
            look.close()
        return False

    def forget(self, name: str) -> None:
        """Remove the file of one who is gone."""
        if name != self.name:
            with suppress(OSError):
                self._path(name).unlink(missing_ok=True)

    def leave(self) -> None:
        """Give our lock back."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()
            with suppress(OSError):
                self._path(self.name).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what was left by those who are gone; a young file's lock may still be coming."""
        for path in self._shared.parent.glob(f"{self._shared.name}.*{END}"):
            name = path.name.removeprefix(f"{self._shared.name}.").removesuffix(END)
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > YOUNG and not self.lives(name):
                    self.forget(name)

    def _path(self, name: str) -> Path:
        return self._shared.with_name(f"{self._shared.name}.{name}{END}")
