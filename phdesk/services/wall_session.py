"""Keeps a wall signed in without anybody near: tries again, and sees when a key was replaced.

A key that was refused is not tried a second time: PostHog is asked again when there is another
key in the environment, the file or the keyring that it came from.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.account import Account
from phdesk.models.failure import Cause, Failure
from phdesk.services.credentials import Kept
from phdesk.services.environment import Given
from phdesk.services.failures import loses_session
from phdesk.services.online import Online
from phdesk.services.wall_settings import WallAccounts
from phdesk.services.workspace import Workspace

TRIES = (5, 15, 30, 60, 120, 300)  # seconds between tries, while nothing answers
LOOK = 60_000  # ms between looks for another key, where one was refused
NO_KEY = Failure(cause=Cause.NO_KEY, message="There is no key for this account here.")
NEEDS_PROJECT = Failure(cause=Cause.NO_KEY, message="The key does not say for which project it is.")
GivenNow = Callable[[], Given | None]  # reads key, host and project anew each time


class WallSession(QObject):
    """Signs a workspace in, as often as it takes."""

    troubled = Signal(object)  # Failure, or None when somebody is signed in

    def __init__(
        self,
        workspace: Workspace,
        given: GivenNow,
        remembered: WallAccounts | None,
        *,
        account: str | None = None,
        project: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._read = workspace, given
        self._remembered, self._account, self._project = remembered, account, project
        self._given: Given | None = None  # what was tried last
        self._trouble: Failure | None = None
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.sign_in)
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._look.timeout.connect(self.look_for_key)

    def use(self, online: Online) -> None:
        """Take the network, and sign in."""
        online.sign_in_failed.connect(self._on_refused)
        online.key_missing.connect(self._on_key_missing)
        online.needs_project.connect(self._on_needs_project)
        online.signed_in.connect(self._on_signed_in)
        self._look.start()
        self.sign_in()

    @Slot()
    def sign_in(self) -> None:
        """Check the key that there is now."""
        online = self._workspace.online
        if online is None:
            return
        self._given = self._read()
        if self._given is not None:
            account = self._workspace.store.state.account
            host = self._given.host or (account.host if account is not None else "")
            project = self._given.project or self._project
            online.sign_in(host, self._given.key, project, remember=False, keep=False)
        elif self._account is not None:
            online.switch(self._account, self._project)
        else:
            online.resume()

    @Slot()
    def look_for_key(self) -> None:
        """Go on by itself where a person gave another key."""
        failure = self._trouble or self._workspace.store.state.offline
        if failure is None or not loses_session(failure):
            return
        given = self._read()
        if given is not None:
            if self._given is None or given.key != self._given.key:
                self.sign_in()
        elif self._trouble is not None and self._trouble.cause is Cause.NO_KEY:
            self.sign_in()  # asks the keyring alone, as long as there is no key in it

    @Slot(object)
    def _on_signed_in(self, account: Account) -> None:
        self._tries = 0
        self._tell(None)
        if self._given is not None and self._remembered is not None:
            self._remembered.note(account, self._workspace.where[1])

    @Slot(object)
    def _on_refused(self, failure: Failure) -> None:
        self._tell(failure)
        if not loses_session(failure):
            wait = TRIES[min(self._tries, len(TRIES) - 1)]
            self._tries += 1
            self._again.start(wait * 1000)

    @Slot(object)
    def _on_key_missing(self, _kept: Kept) -> None:
        self._tell(NO_KEY)

    @Slot(object)
    def _on_needs_project(self, _projects: object) -> None:
        self._tell(NEEDS_PROJECT)

    def _tell(self, failure: Failure | None) -> None:
        self._trouble = failure
        self.troubled.emit(failure)
