"""Name files, and write them whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

SUFFIX = ".phdesk"  # of `store.snapshot`, which imports more than a start needs


def write_whole(path: Path, data: bytes) -> str | None:
    """Write a file that its owner alone can read, or leave what was there; says what went wrong."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as why:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return f"{path.name} could not be written ({why.strerror})."
    return None


def file_in(source: str) -> Path | None:
    """Tell the snapshot that a source names, by its path or as file managers write it."""
    if not source.lower().endswith(SUFFIX):
        return None
    if source.startswith("file:"):
        path = unquote(urlsplit(source).path)
        return Path(path[1:] if os.name == "nt" else path)
    return None if "://" in source else Path(source)
