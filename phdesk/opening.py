"""What is opened from outside or in another window: addresses, snapshots, phdesk itself."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from phdesk.core.sources import is_shared_link
from phdesk.models.failure import Failure
from phdesk.services.files import file_in
from phdesk.services.library import last_account, load_project
from phdesk.services.preferences import Preferences
from phdesk.services.settings import KeptWindow
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.state import EMPTY
from phdesk.views.desk.late import lead, snapshot_files
from phdesk.views.desk.open_window import OpenWindow
from phdesk.windows import Windows

if TYPE_CHECKING:
    from phdesk.services.errands import Errands
    from phdesk.shared_opening import SharedPages
    from phdesk.store.snapshot import Snapshot

SHARED = "phdesk.shared_opening"  # imports httpx: when a link is opened


class Opening(QObject):
    """Finds or makes the window for it; files are read in the worker once there is one."""

    def __init__(self, windows: Windows, preferences: Preferences, cache: Cache) -> None:
        super().__init__(windows)
        self._windows, self._preferences, self._cache = windows, preferences, cache
        self._worker: Errands | None = None
        self._waiting: list[str] = []  # files, until then
        self._shared: SharedPages | None = None  # once one is opened
        self._instead: OpenWindow | None = None  # the first window, if it was to show a link
        windows.link_requested.connect(self.open_link)
        windows.file_requested.connect(self.open_file)

    def set_worker(self, errands: "Callable[[], Errands]") -> None:
        """Read files from now on."""
        self._worker = errands()
        waiting, self._waiting = self._waiting, []
        for source in waiting:
            self.open(source)

    @Slot(str)
    def open(self, source: str) -> None:
        """Open what a second start was told; with nothing told, come to the front."""
        path = file_in(source)
        if path is not None:
            self.open_file(str(path))
        elif source:
            self.open_link(source)
        else:
            self._home().come_to_front()

    @Slot(str)
    def open_link(self, address: str) -> None:
        """Open an address in a window that it fits, else in one of its own."""
        if is_shared_link(address):
            self._open_shared(address)
            return
        self._home()
        lasting = [each for each in self._windows.all if not each.workspace.is_sealed]
        found = lead()(address, lasting, self._preferences.accounts)
        if isinstance(found, KeptWindow):
            made = self._windows.open(found)
            if made is not None:
                made.open_once_signed_in(address)
        else:
            found.come_to_front()
            found.open_link(address)

    def open_at_start(self, address: str) -> None:
        """Open what the first window was started with."""
        if is_shared_link(address):
            self._instead = self._windows.front
            self._open_shared(address)
        else:
            self._windows.front.open_once_signed_in(address)

    def _open_shared(self, address: str) -> None:
        """Read what everybody may see, and show it in a window of its own."""
        if self._worker is None:
            self._waiting.append(address)
            return
        if self._shared is None:
            made = import_module(SHARED).SharedPages(self._windows, self._worker)
            self._shared = cast("SharedPages", made)
        self._shared.open(address, self._instead)
        self._instead = None

    @Slot(str)
    def open_file(self, path: str) -> None:
        """Open a snapshot in a window of its own, or say why not."""
        if self._worker is None:
            self._waiting.append(path)
            return
        self._worker.submit(
            partial(snapshot_files().opened, Path(path)),
            done=self._came,
            failed=self._failed,
            tag="open",
        )

    def _home(self) -> OpenWindow:
        """Give the window of an account that was used last; beside snapshots alone, a new one."""
        lasting = [each for each in self._windows.all if not each.workspace.is_sealed]
        if lasting:
            return lasting[-1]
        settings = self._preferences.settings
        account = last_account(settings, self._preferences.accounts)
        if account is None:
            made = self._windows.open_over(Workspace(EMPTY))
            made.sessions.show_sign_in()
            return made
        project = settings.projects.get(account.id, account.project_id)
        made = self._windows.open_over(Workspace(load_project(self._cache, account, project)))
        self._windows.restore()  # as a start without a snapshot would have
        return made

    def _came(self, held: "Snapshot | str") -> None:
        if isinstance(held, str):
            self._tell(held)
        else:
            made = self._windows.open_snapshot(held, sealed(held))
            made.come_to_front()

    def _failed(self, failure: Failure) -> None:
        self._tell(failure.message)

    def _tell(self, words: str) -> None:
        self._windows.front.window.notice.set_message(words)


def sealed(held: "Snapshot") -> Workspace:
    """Make the workspace of a snapshot, which nothing changes."""
    made = Workspace(snapshot_files().state_of(held))
    made.is_sealed = True
    return made
