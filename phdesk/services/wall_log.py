"""The log of a monitor: a file that starts anew when it is large; some old ones are kept."""

import logging
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE = 1_000_000  # bytes
KEPT = 5  # files
KEY = re.compile(r"\bph[a-z]_[A-Za-z0-9_-]{8,}")  # of PostHog, whoever wrote it


class Quiet(RotatingFileHandler):
    """Writes for its owner alone, and goes on where the disk is full or the file is gone."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Lose the line."""


class WithoutKeys(logging.Formatter):
    """Writes a line without any key in it, and with its time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        return KEY.sub("[key]", super().format(record))


def open_log(path: Path) -> logging.Logger:
    """Open the log of a monitor; lines go nowhere where it cannot be written."""
    log = logging.getLogger("phdesk.monitor")
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target: logging.Handler = Quiet(
            path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        target = logging.NullHandler()
    target.setFormatter(WithoutKeys("%(asctime)s %(message)s"))
    log.addHandler(target)
    return log


def close_log(log: logging.Logger) -> None:
    """Close its file."""
    for target in tuple(log.handlers):
        log.removeHandler(target)
        target.close()
