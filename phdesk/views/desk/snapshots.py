"""Saves the open page as a file, and takes files to open: by name, from a dialog, dropped."""

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from phdesk.core.listing import title_of
from phdesk.models.failure import Failure
from phdesk.services.snapshots import save, taken
from phdesk.store.snapshot import SUFFIX, Snapshot
from phdesk.store.state import DashboardState
from phdesk.views.desk.desk import Desk
from phdesk.views.window_actions import READS

SAVE_SNAPSHOT = "Save a snapshot…"
SAVE_WITHOUT_PEOPLE = "Save a snapshot without people…"
OPEN_SNAPSHOT = "Open a snapshot…"
KIND = f"Snapshots of phdesk (*{SUFFIX})"
STARTING = "phdesk is still starting; try again in a moment."
LONGEST_NAME = 60  # characters of a proposed file name


class Snapshots(QObject):
    """Made after the first paint."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        if desk.cache is not None:  # else it is a snapshot itself
            self._window.add_action(SAVE_SNAPSHOT, "", self.ask_save)
            self._window.add_action(SAVE_WITHOUT_PEOPLE, "", self.ask_save_without_people)
            self._window.snapshot_requested.connect(self._ask)
        opening = self._window.add_action(OPEN_SNAPSHOT, "", self.ask_open)
        opening.setProperty(READS, True)
        opening.setEnabled(True)
        self._window.setAcceptDrops(True)
        self._window.installEventFilter(self)

    @Slot()
    def ask_save(self) -> None:
        """Ask for a file to save the open dashboard in."""
        self._ask(without_people=False)

    @Slot()
    def ask_save_without_people(self) -> None:
        """Do the same for a file without what may name single people."""
        self._ask(without_people=True)

    @Slot()
    def ask_open(self) -> None:
        """Ask for a snapshot to open."""
        dialog = QFileDialog(self._window, OPEN_SNAPSHOT.rstrip("…"), "", KIND)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._desk.file_requested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take snapshots that are dropped onto the window."""
        if watched is self._window and isinstance(event, QDropEvent):
            found = _dropped(event)
            if found and isinstance(event, QDragEnterEvent):
                event.acceptProposedAction()
                return True
            if found and event.type() is QEvent.Type.Drop:
                event.acceptProposedAction()
                for path in found:
                    self._desk.file_requested.emit(path)
                return True
        return False

    @Slot(bool)
    def _ask(self, without_people: bool) -> None:  # noqa: FBT001  a signal's argument
        board = self._board
        if board is None:
            return
        if self._desk.worker is None:
            self._window.notice.set_message(STARTING)
            return
        now = self._desk.now()
        held = taken(self._desk.state, board.dashboard.row.id, self._window.screen_page.grid.boxes,
                     now)  # fmt: skip
        title = SAVE_WITHOUT_PEOPLE if without_people else SAVE_SNAPSHOT
        dialog = QFileDialog(self._window, title.rstrip("…"), _name(held), KIND)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.fileSelected.connect(partial(self._save, held, not without_people))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, held: Snapshot, people: bool, chosen: str) -> None:  # noqa: FBT001
        path = Path(chosen)
        if self._desk.worker is not None and path.name:
            count = len(held.dashboard.tiles)
            tiles = "1 tile" if count == 1 else f"{count} tiles"
            said = f"Saved {path.name}: {tiles}{'' if people else ', without people'}."
            self._desk.worker.submit(
                partial(save, path, held, people=people),
                done=partial(self._saved, said),
                failed=self._failed,
                tag="snapshot",
            )

    def _saved(self, said: str, problem: str | None) -> None:
        if problem is None:
            self._window.notice.set_done(said)
        else:
            self._window.notice.set_message(problem)

    def _failed(self, failure: Failure) -> None:
        self._window.notice.set_message(f"No snapshot was saved: {failure.message}")

    @property
    def _board(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._desk.open_id or 0)


def _name(held: Snapshot) -> str:
    """Propose a name: what it is, and of which day."""
    title = re.sub(r"[^\w\- ]+", "", title_of(held.dashboard.row)).strip()[:LONGEST_NAME]
    return f"{title or 'Dashboard'} {held.made_at.astimezone():%Y-%m-%d}{SUFFIX}"


def _dropped(event: QDropEvent) -> list[str]:
    """Give the snapshots among what is dragged; other files are none of ours."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(SUFFIX)]
