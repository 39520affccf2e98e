"""Opens links that anybody may follow: each in a window of its own, without an account."""

from functools import partial

from PySide6.QtCore import QObject

from phdesk.core.shared_links import SharedLink, read_shared_link
from phdesk.models.failure import Failure
from phdesk.services.errands import Errands
from phdesk.services.shared_pages import read, wants_password
from phdesk.services.snapshots import state_of
from phdesk.services.workspace import Workspace
from phdesk.store.snapshot import Snapshot
from phdesk.views.desk.open_window import OpenWindow
from phdesk.views.dialogs.page_password import PagePassword
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.windows import Windows

READING = "Reading what {} shares…"
NOT_OPENED = "The link was not opened: {}"


class SharedPages(QObject):
    """Reads one link at a time; one that is opened again takes the place of its window."""

    def __init__(self, windows: Windows, worker: Errands) -> None:
        super().__init__(windows)
        self._windows, self._worker = windows, worker
        self._opened: dict[str, OpenWindow] = {}  # by the page that was read in the end
        self._instead: OpenWindow | None = None  # the window that asks for a key, at the start

    def open(self, address: str, instead: OpenWindow | None = None) -> None:
        """Read a link and show what it shows, or say why not; `instead` of asking for a key."""
        link = read_shared_link(address)
        if link is not None:
            self._instead = instead
            self._read(link)

    def _read(self, link: SharedLink, word: str = "") -> None:
        front = self._windows.front
        said = READING.format(link.host)
        front.window.notice.set_done(said)
        self._worker.submit(
            partial(read, link, front.desk.now(), word),
            done=partial(self._came, front, said),
            failed=partial(self._failed, link, front, said, tried=bool(word)),
            tag="shared page",
        )

    def _came(self, front: OpenWindow, said: str, held: Snapshot) -> None:
        _unsay(front, said)
        workspace = Workspace(state_of(held))
        workspace.is_sealed = True
        made = self._windows.open_snapshot(held, workspace)
        before = self._opened.pop(held.link, None)
        if before is not None and not before.is_closed:
            before.window.close()
        self._opened[held.link] = made
        made.come_to_front()
        first, self._instead = self._instead, None
        if first is not None and not first.is_closed and isinstance(first.window.page, SignIn):
            first.window.close()

    def _failed(
        self, link: SharedLink, front: OpenWindow, said: str, failure: Failure, *, tried: bool
    ) -> None:
        _unsay(front, said)
        here = front if not front.is_closed else self._windows.front
        if not here.window.isVisible():  # phdesk goes on in the tray: nobody would hear of it
            here.come_to_front()
        if not wants_password(failure):
            here.window.notice.set_message(NOT_OPENED.format(failure.message))
            return
        wrong = failure.message if tried else ""
        dialog = PagePassword(here.desk.theme, link.host, wrong, here.window)
        dialog.chosen.connect(partial(self._read, link))
        dialog.open()


def _unsay(front: OpenWindow, said: str) -> None:
    """Take back that a link is being read, where nothing else was said since."""
    if not front.is_closed and front.window.notice.text == said:
        front.window.notice.clear()
