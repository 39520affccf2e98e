"""The reports of a folder: which are there, when each was last made, and one who makes them."""

import errno
import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from phdesk.core.reporting.reading import Bad, read_report
from phdesk.core.reporting.schedule import Standing, is_due
from phdesk.models.report import Report
from phdesk.services.files import write_whole
from phdesk.services.places import Places

FOLDER, STATE, LOCK = "reports", ".made.json", ".lock"
LARGEST = 1_000_000  # bytes
COMMAND_LIMIT = 300.0  # seconds
SECRETS = frozenset({"PHDESK_API_KEY"})
STDERR = 2


def folder_of(places: Places) -> Path:
    """Give the folder in which a person's reports lie."""
    return places.settings.parent / FOLDER


def report_files(folder: Path) -> list[Path]:
    """List the files of a folder, by name."""
    try:
        return sorted(path for path in folder.glob("*.toml") if path.is_file())
    except OSError:
        return []


def report_in(path: Path) -> Report | Bad:
    """Read a file, or say what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as why:
        return Bad((f"{path.name}: cannot be read ({why.strerror})",))
    if len(data) > LARGEST:
        return Bad((f"{path.name}: is too large for a report",))
    try:
        return read_report(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        return Bad((f"{path.name}: is no text in UTF-8",))


class Runs:
    """What was made when, in a file beside the reports."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE
        self._known = _read(self._path)

    def due(self, path: Path, report: Report, now: datetime) -> datetime | None:
        """Give the moment for which a report is to be made now; `now` on this computer's clock."""
        if report.schedule is None:
            return None
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return is_due(report.schedule, self.standing(path), changed, now)

    def standing(self, path: Path) -> Standing:
        """Tell what is known of a report's last runs."""
        return self._known.get(path.name, Standing())

    def note(self, path: Path, moment: datetime, now: datetime, problem: str = "") -> str | None:
        """Note that a report was made for a moment, or why not; say what went wrong with that."""
        before = self.standing(path)
        done = before.done if problem else moment
        self._known[path.name] = Standing(done=done, tried=now, problem=problem)
        return write_whole(self._path, msgspec.json.encode(self._known))


def _read(path: Path) -> dict[str, Standing]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Standing])
    except (OSError, msgspec.DecodeError):
        return {}


def any_due(folder: Path, now: datetime) -> bool:
    """Tell whether a report of a folder is to be made now."""
    runs = Runs(folder)
    for path in report_files(folder):
        found = report_in(path)
        if isinstance(found, Report) and runs.due(path, found, now) is not None:
            return True
    return False


def run_command(words: Sequence[str], files: Sequence[Path], environ: Mapping[str, str]) -> str:
    """Run a program after a report, without a shell; say what went wrong, else nothing.

    `{file}` in a word is the first file, `{files}` alone is all of them. What it prints goes to
    stderr; the key of PostHog is none of its business.
    """
    plain = {name: value for name, value in environ.items() if name not in SECRETS}
    argv: list[str] = []
    for word in words:
        argv += (
            [str(one) for one in files]
            if word == "{files}"
            else [word.replace("{file}", str(files[0]))]
        )
    try:
        done = subprocess.run(  # noqa: S603  the person's own, as it is written
            argv,
            env=plain,
            stdin=subprocess.DEVNULL,
            stdout=STDERR,
            timeout=COMMAND_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{argv[0]} was ended, as it ran for more than {COMMAND_LIMIT:g} s"
    except (OSError, ValueError) as why:
        return f"{argv[0]} cannot be started ({getattr(why, 'strerror', None) or why})"
    return f"{argv[0]} ended with exit code {done.returncode}" if done.returncode else ""


def made_folder(name: str, beside: Path) -> Path:
    """Give the folder of a schedule, made where it is not there; raises OSError.

    One that is not named from the root on lies in the folder of the report's file: in which one
    cron, systemd or a desktop starts phdesk, nobody knows.
    """
    try:
        folder = beside.absolute() / Path(os.path.expandvars(name)).expanduser()
    except RuntimeError as why:  # `~nobody`
        raise OSError(errno.ENOENT, "there is no such person on this computer") from why
    folder.mkdir(parents=True, exist_ok=True)
    return folder
