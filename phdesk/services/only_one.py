"""A lock that one process holds for as long as it lives, however it ends; needs no Qt."""

import os
import sys
from pathlib import Path


class HeldError(Exception):
    """Another process holds the lock."""


def held(path: Path) -> int | None:
    """Take the lock at a path and give what keeps it; None where there can be none.

    Raises HeldError when another process has it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        _take(lock)
    except (BlockingIOError, PermissionError) as why:
        os.close(lock)
        raise HeldError from why
    except OSError:  # a disk without locks
        os.close(lock)
        return None
    return lock


if sys.platform == "win32":
    import msvcrt

    def _take(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
