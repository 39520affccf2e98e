"""Name files, read nothing but files, and write them whole or not at all."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

SUFFIX = ".phdesk"  # of `store.snapshot`, which imports more than a start needs


def write_whole(path: Path, data: bytes, *, lasting: bool = True, name: str = "") -> str | None:
    """Write a file that its owner alone can read, or leave what was there; says what went wrong.

    What need not last through a power cut spares the disk the wait for it. `name` is what people
    know it by, where that is not the file's.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as why:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return f"{name or path.name} could not be written ({why.strerror})."
    return None


def open_plain(path: Path) -> BinaryIO:
    """Open a file to be read; raises OSError, also for pipes and devices, which may never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no file")
    return os.fdopen(descriptor, "rb")


def file_in(source: str) -> Path | None:
    """Tell the snapshot that a source names, by its path or as file managers write it."""
    if not source.lower().endswith(SUFFIX):
        return None
    if source.startswith("file:"):
        path = unquote(urlsplit(source).path)
        return Path(path[1:] if os.name == "nt" else path)
    return None if "://" in source else Path(source)
