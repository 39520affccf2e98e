"""Looks, while phdesk is open, whether a report is due, and has the command make it.

The command is a process of its own: it takes the same lock and the same budget as one that cron
starts, and drawing charts does not hold up the windows.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.failure import Failure
from phdesk.services.errands import Worker
from phdesk.services.report_runs import any_due

EVERY = 60_000  # ms from look to look
FIRST = 20_000  # ms after which the first one is: a start has other things to do
PATIENCE = 1800.0  # seconds that making reports may take
TAG = "reports"


class MadeFiles(Struct, frozen=True):
    """What a run of the command wrote, and what it complained of."""

    files: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class ReportClock(QObject):
    """One at a time; says what was made, and what was not."""

    made = Signal(str)
    troubled = Signal(str)

    def __init__(
        self,
        worker: Worker,
        folder: Path,
        command: Sequence[str],
        environ: Mapping[str, str],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._folder, self._now = worker, folder, now
        self._command, self._environ = tuple(command), dict(environ)
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()
        QTimer.singleShot(FIRST, self, self.look)

    @Slot()
    def look(self) -> None:
        """Look once, if nothing is being made."""
        if self._busy or not self._folder.is_dir():
            return
        self._busy = True
        work = partial(_made, self._folder, self._command, self._environ, self._now())
        self._worker.submit(work, done=self._on_made, failed=self._on_failed, tag=TAG)

    def _on_made(self, found: MadeFiles) -> None:
        self._busy = False
        if found.files:
            self.made.emit(f"Made {', '.join(Path(name).name for name in found.files)}.")
        if found.problems:
            self.troubled.emit("\n".join(found.problems))

    def _on_failed(self, failure: Failure) -> None:
        self._busy = False
        self.troubled.emit(f"Reports: {failure.message}")


async def _made(
    folder: Path, command: Sequence[str], environ: Mapping[str, str], now: datetime
) -> MadeFiles:
    """Have the command make what is due; nothing is started while nothing is."""
    if not any_due(folder, now):
        return MadeFiles()
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            "report",
            "--due",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=dict(environ),
        )
    except OSError as why:
        return MadeFiles(problems=(f"Reports cannot be made ({why.strerror}).",))
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    except TimeoutError:
        return MadeFiles(problems=("Making reports took too long and was ended.",))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    problems = [line.removeprefix("phdesk: ") for line in err.decode(errors="replace").splitlines()]
    files = tuple(out.decode(errors="replace").splitlines())
    return MadeFiles(files, tuple(problems) if process.returncode else ())
