"""One phdesk for each folder of data: who comes second hands its wish to the first and leaves."""

from pathlib import Path

from PySide6.QtCore import QLockFile


def lock_path(cache: Path) -> Path:
    """Give the lock that belongs to a cache."""
    return cache.with_name("instance.lock")


def claim(path: Path) -> QLockFile | None:
    """Become the first, for as long as the lock is kept; None if another process is.

    A lock left behind by a crash does not count. Where no lock can be written everybody is first.
    """
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # only a process that is gone makes a lock stale, not its age
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return lock
    if lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError:
        return lock
    return None
