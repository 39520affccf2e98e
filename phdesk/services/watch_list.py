"""A person's watches in this run; another program's, and what was typed into the file, come too."""

from functools import partial

from PySide6.QtCore import QObject

from phdesk.core.watching.editing import Watches, without_account
from phdesk.models.watch import Watch
from phdesk.services.edited_file import EditedFile
from phdesk.services.edited_list import EditedList
from phdesk.services.watches_file import WatchesFile


class WatchList(EditedList[Watches]):
    """Holds the watches; without a file, as in the demo, for this run only."""

    tag = "watches"

    def __init__(self, file: WatchesFile | None = None, parent: QObject | None = None) -> None:
        super().__init__(file, (), parent)
        self._stamp = _stamp(file)

    @property
    def watches(self) -> Watches:
        """Give the watches."""
        return self._held

    def watch(self, watch_id: str) -> Watch | None:
        """Find a watch."""
        return next((one for one in self._held if one.id == watch_id), None)

    def of_dashboard(self, account: str, project: int, dashboard: int) -> Watches:
        """Give the watches on a dashboard."""
        place = account, project, dashboard
        return tuple(one for one in self._held if (*one.source, one.dashboard) == place)

    def by_account(self, account: str) -> Watches:
        """Give the watches of an account."""
        return tuple(one for one in self._held if one.account == account)

    def forget(self, account: str) -> None:
        """Remove all watches of an account."""
        self.change(without_account, account)

    def look_again(self) -> None:
        """Read the file, in the worker, if it was changed by someone else."""
        if self._file is None or self._background is None or self._sent:
            return
        stamp = _stamp(self._file)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        if self._unsent:  # the file could not be written before
            self._send()
            return
        self._background.submit(
            partial(_read, self._file), done=self._was_read, failed=_accept, tag="watches"
        )

    def _was_read(self, outcome: tuple[Watches, str | None]) -> None:
        watches, problem = outcome
        if problem:
            self.trouble.emit(problem)
        elif self.is_written:
            self._take(watches)


def _stamp(file: EditedFile[Watches] | None) -> tuple[int, int] | None:
    """Give what changes with the file; None while there is none."""
    if file is None:
        return None
    try:
        found = file.path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


async def _read(file: EditedFile[Watches]) -> tuple[Watches, str | None]:
    return file.load()


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
