"""Decide what to do when the file of the cache gives trouble, and say it calmly."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from phdesk.store.cache_file import VERSION, CacheFile, OtherTablesError
from phdesk.store.cache_salvage import carry_over, rescued, set_aside, words
from phdesk.store.cache_schema import version

DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
NO_WRITING = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
IN_MEMORY = "Until phdesk ends, everything is kept in memory only."


def mend(file: CacheFile, trouble: Exception, generation: int) -> bool:
    """Do what can be done about a trouble; says whether it is worth trying again."""
    with file.lock:
        if not file.is_at(generation):
            return True  # another thread has mended it, and closed this connection for that
        code = code_of(trouble)
        if isinstance(trouble, OtherTablesError):
            return _leave_alone(file, trouble.version)
        if _lacks_tables(trouble) and (known := _version(file)) > VERSION:
            return _leave_alone(file, known)  # a newer phdesk has changed them meanwhile
        if code in DAMAGE or _lacks_tables(trouble):
            return _replace(file)
        if code == sqlite3.SQLITE_FULL:
            return _do_without_space(file)
        if code in NO_WRITING or isinstance(trouble, OSError):
            return _read_only(file, trouble)
        if code not in BUSY:
            file.tell(f"The cache at {file.path} cannot be used: {trouble}.")
        return False


def code_of(trouble: Exception) -> int:
    """Give SQLite's primary code of an error; 0 for what is not SQLite's."""
    code: int = getattr(trouble, "sqlite_errorcode", 0)
    return code & 0xFF


def is_busy(trouble: Exception) -> bool:
    """Say whether another program holds the file."""
    return code_of(trouble) in BUSY


def _lacks_tables(trouble: Exception) -> bool:
    return code_of(trouble) == sqlite3.SQLITE_ERROR and "no such" in str(trouble)


def _version(file: CacheFile) -> int:
    try:
        with closing(sqlite3.connect(f"{file.path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return version(db) if file.place != "memory" else 0
    except sqlite3.Error:
        return 0


def _leave_alone(file: CacheFile, known: int) -> bool:
    newer = known > VERSION
    why = (
        "was written by a newer phdesk" if newer else "is of an older phdesk and cannot be written"
    )
    file.turn_to("memory")
    file.tell(f"{file.path} {why}, and is left as it is. {IN_MEMORY}", "place")
    return True


def _do_without_space(file: CacheFile) -> bool:
    if not file.is_open:  # not even empty tables have room
        file.turn_to("memory")
        file.tell(f"The disk is full. {IN_MEMORY}", "full")
        return True
    file.tell(
        "The disk is full. What was kept can still be read; until there is room, what is new "
        "stays in memory.",
        "full",
    )
    return False


def _read_only(file: CacheFile, trouble: Exception) -> bool:
    if file.place == "disk" and file.path.is_file() and os.access(file.path, os.R_OK):
        file.turn_to("read only")
        file.tell(
            f"phdesk cannot write to {file.path.parent}. What was kept there can be read; what is "
            "new stays in memory until phdesk ends.",
            "place",
        )
    else:
        file.turn_to("memory")
        why = getattr(trouble, "strerror", None) or trouble
        file.tell(f"phdesk cannot keep anything at {file.path} ({why}). {IN_MEMORY}", "place")
    return True


def _replace(file: CacheFile) -> bool:
    """Set a damaged file aside, begin an empty one and carry over what exists nowhere else."""
    if file.place == "memory":
        file.tell("What was kept in memory cannot be read.")
        return False
    if file.moved():  # another process has set it aside already
        file.leave_file()
        return True
    file.leave_file()
    try:
        aside = set_aside(file.path, datetime.now(UTC)) if file.place == "disk" else None
    except OSError:
        aside = None
    if aside is None:
        file.turn_to("memory")
        file.tell(f"{file.path} is damaged and cannot be replaced. {IN_MEMORY}", "place")
        return True
    found = rescued(aside)
    kept = file.run(False, lambda db: carry_over(db, found))
    file.tell(
        f"The local store was damaged. It was set aside as {aside}, and a new one has begun. "
        f"{words(found, kept=kept)}"
    )
    return True
