"""A list in a file that people edit too: read with patience, changed by one program at a time.

What is not understood, such as what a newer phdesk wrote, is left in the file as it is.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QLockFile

from phdesk.services.settings import read_toml, write_toml

WAIT = 500  # ms for another program to be done with the file; one writes for some 20
T = TypeVar("T")


class EditedFile(ABC, Generic[T]):
    """Trouble with the file is told in a sentence, never raised."""

    sets_aside = True  # what is no TOML; else nothing is written before it is corrected

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def taken(self, table: Mapping[str, Any]) -> tuple[T, int]:
        """Take the list out of a file's table, and count the entries that are not understood."""

    @abstractmethod
    def put(self, table: Mapping[str, Any], held: T) -> dict[str, Any]:
        """Give the file's table with this list, and with all that was not understood before."""

    def load(self) -> tuple[T, str | None]:
        """Read the list and, if something is wrong with the file, a sentence about it."""
        table, problem = read_toml(self.path, aside=self.sets_aside)
        held, strange = self.taken(table)
        if strange:
            problem = f"Not understood in {self.path.name}: {_counted(strange)}."
        return held, problem

    def change(self, edits: Sequence[Callable[[T], T]]) -> tuple[T | None, str | None]:
        """Change the list as it is in the file now; without a list, nothing was written."""
        lock = QLockFile(f"{self.path}.lock")
        lock.setStaleLockTime(0)  # only a program that is gone makes a lock stale, not its age
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as why:
            return None, f"{self.path.name} could not be written ({why.strerror})."
        if not lock.tryLock(WAIT) and lock.error() is QLockFile.LockError.LockFailedError:
            return None, f"{self.path.name} is in use by another program."
        try:
            return self._change(edits)
        finally:
            lock.unlock()

    def _change(self, edits: Sequence[Callable[[T], T]]) -> tuple[T | None, str | None]:
        table, problem = read_toml(self.path, aside=self.sets_aside)
        if problem is not None and self.path.exists():  # out of reach: it may hold something
            return None, problem
        before = after = self.taken(table)[0]
        for edit in edits:
            after = edit(after)
        if after == before:
            return after, problem
        return (after, problem) if (why := self._write(table, after)) is None else (None, why)

    def _write(self, table: Mapping[str, Any], held: T) -> str | None:
        return write_toml(self.path, self.put(table, held))


def _counted(many: int) -> str:
    return "an entry" if many == 1 else f"{many} entries"
