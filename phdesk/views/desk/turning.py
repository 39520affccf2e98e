"""Turns a window to another account or project, without pulling other windows along."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from phdesk.models.account import Account, Project
from phdesk.services.workspace import Workspace
from phdesk.views.desk.desk import Desk

if TYPE_CHECKING:
    from phdesk.services.online import Online

Hears = Callable[..., None] | SignalInstance


class Turning(QObject):
    """Asks the window's own network where it is the only one, else that of a fresh workspace.

    A fresh one that is let in ends in `desk.turned`; all that goes wrong is told by the signals.
    """

    signed_in = Signal(object)  # Account: in this window's own workspace
    sign_in_failed = Signal(object)  # Failure
    needs_project = Signal(object)  # tuple[Project, ...]
    key_missing = Signal(object)  # Kept
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._other: Workspace | None = None  # until it is let in
        desk.online_arrived.connect(self._on_online)

    def sign_in(
        self, host: str, key: str, project: int | None, *, remember: bool, keep: bool = True
    ) -> None:
        """Check a key and go on with it."""
        online = self._asked()
        if online is not None:
            online.sign_in(host, key, project, remember=remember, keep=keep)

    def cancel_sign_in(self) -> None:
        """Give up the check of a key."""
        if self._other is not None:
            self._drop()
        elif self._desk.online is not None:
            self._desk.online.cancel_sign_in()

    def switch(self, account_id: str) -> None:
        """Go on with another account that is known here."""
        online = self._asked()
        if online is not None:
            online.switch(account_id)

    def choose_project(self, project: Project) -> None:
        """Go on in another project of the same account."""
        mine, online = self._desk.online, self._asked()
        if online is not None and mine is not None:
            mine.lend(online, project)

    def _asked(self) -> "Online | None":
        self._drop()
        other = self._desk.fresh()
        if other is None or other.online is None:
            return self._desk.online
        self._other = other
        self._relay(other.online, self._on_elsewhere)
        return other.online

    def _drop(self) -> None:
        if self._other is not None:
            self._other.close()
            self._other = None

    def _relay(self, online: "Online", signed_in: Hears) -> None:
        online.signed_in.connect(signed_in)
        online.sign_in_failed.connect(self.sign_in_failed)
        online.needs_project.connect(self.needs_project)
        online.key_missing.connect(self.key_missing)
        online.told.connect(self.told)

    @Slot()
    def _on_online(self) -> None:
        if self._desk.online is not None:
            self._relay(self._desk.online, self.signed_in)

    @Slot(object)
    def _on_elsewhere(self, _account: Account) -> None:
        QTimer.singleShot(0, self._go)  # it is still telling what came

    @Slot()
    def _go(self) -> None:
        other, self._other = self._other, None
        if other is not None:
            self._desk.turned.emit(other)
