"""The file in which a running monitor tells how it is, and where its window was for the next start.

The status changes every few seconds and belongs to a run: it lies where the system keeps such files
in memory, and where that cannot be written in a spare place, where it is looked for as well. The
place must outlive a power cut: it lies beside the store and is written seldom.
"""

import os
import stat
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
import psutil
from msgspec import Struct

from phdesk.models.beat import Place
from phdesk.models.status import Status
from phdesk.services.files import write_whole
from phdesk.services.places import HOME, Places

STATUS = "monitor.json"
NONE = "No monitor is running here."
PLACE = "monitor-place.json"
OLD = 30.0  # seconds after which a status that nobody renews says nothing any more
SAME = 2.0  # seconds by which two readings of the start of one process may differ
_PLACES = msgspec.json.Decoder(dict[str, Place])
_STATUS = msgspec.json.Decoder(Status)


class MonitorFiles(Struct, frozen=True, gc=False):
    """Where a monitor keeps what others, and its next start, want to know."""

    status: Path
    spare: Path  # where the status is told while its own place cannot be written
    place: Path
    log: Path


def monitor_files(files: Places, environ: Mapping[str, str]) -> MonitorFiles:
    """Find the files that belong to one folder of data."""
    runtime = "" if environ.get(HOME, "").strip() else environ.get("XDG_RUNTIME_DIR", "").strip()
    folder = Path(runtime) / "phdesk" if runtime else files.cache.parent
    return MonitorFiles(
        status=folder / STATUS,
        spare=_spare(files.cache.parent.absolute(), environ),
        place=files.cache.with_name(PLACE),
        log=files.logs / "monitor.log",
    )


def _spare(folder: Path, environ: Mapping[str, str]) -> Path:
    """Choose a place outside of a folder of data that belongs to it alone."""
    runtime = environ.get("XDG_RUNTIME_DIR", "").strip()
    temporary = environ.get("TMPDIR") or environ.get("TEMP") or "/tmp"  # noqa: S108  looked at below
    owner = f"phdesk-{os.getuid()}" if os.name == "posix" else "phdesk"
    where = Path(runtime) / "phdesk" if runtime else Path(temporary) / owner
    return where / f"monitor-{zlib.crc32(os.fsencode(folder)):08x}.json"


def tell_status(files: MonitorFiles, status: Status) -> str | None:
    """Write the status where it will be found; says what went wrong."""
    problem = write_status(files.status, status)
    if problem is None:
        return None
    with suppress(OSError):
        files.spare.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _is_ours(files.spare.parent) and write_status(files.spare, status) is None:
        return None
    return problem


def find_status(files: MonitorFiles, now: datetime) -> Status | str:
    """Read the status of the monitor that runs, wherever it could tell it, or say why not."""
    found = read_status(files.status, now)
    if isinstance(found, Status) or not _is_ours(files.spare.parent):
        return found
    spare = read_status(files.spare, now)
    return spare if isinstance(spare, Status) or found == NONE else found


def _is_ours(folder: Path) -> bool:
    """Tell whether nobody else made a folder, in places where anybody may."""
    try:
        facts = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(facts.st_mode) and (os.name != "posix" or facts.st_uid == os.getuid())


def write_status(path: Path, status: Status) -> str | None:
    """Write it whole; says what went wrong."""
    return _write(path, msgspec.json.encode(status), lasting=False)


def write_places(path: Path, places: Mapping[str, Place]) -> str | None:
    """Write where each monitor was, to last; says what went wrong."""
    return _write(path, msgspec.json.encode(places), lasting=True)


def read_places(path: Path) -> dict[str, Place]:
    """Read where each monitor was; whatever cannot be read is no place."""
    try:
        return _PLACES.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def read_status(path: Path, now: datetime) -> Status | str:
    """Read the status of the monitor that runs, or a sentence that says why there is none."""
    try:
        status = _STATUS.decode(path.read_bytes())
    except FileNotFoundError:
        return NONE
    except OSError as why:
        return f"{path} cannot be read ({why.strerror})."
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return f"{path} is not the status of a monitor."
    if not is_alive(status):
        return f"The monitor that ran here (process {status.pid}) is gone, without a farewell."
    age = (now - status.at).total_seconds()
    if abs(age) > OLD:
        return f"The monitor (process {status.pid}) has said nothing for {abs(age):.0f} seconds."
    return status


def is_alive(status: Status) -> bool:
    """Tell whether the process that wrote a status is there, and not another of its number."""
    try:
        return abs(psutil.Process(status.pid).create_time() - status.began) < SAME
    except psutil.Error:
        return False


def began() -> float:
    """Tell when this process began, as the system does."""
    return psutil.Process(os.getpid()).create_time()


def _write(path: Path, data: bytes, *, lasting: bool) -> str | None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        return f"{path.parent} could not be made ({why.strerror})."
    return write_whole(path, data, lasting=lasting)
