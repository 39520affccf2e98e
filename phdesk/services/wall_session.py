"""Keeps a wall signed in without anybody near: tries again, and sees when a key was replaced.

With a key that was refused PostHog is asked for no data. Another key is found where this one came
from: in the environment, the file or the keyring. The same key is checked again, by one call, after
a minute, a quarter of an hour and then every hour: a proxy, or a PostHog that is just being
updated, can refuse a key that is good, and nobody may come by for a year.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.account import Account
from phdesk.models.failure import Cause, Failure
from phdesk.services.beside import Beside
from phdesk.services.credentials import Credentials, Kept
from phdesk.services.environment import Given
from phdesk.services.failures import loses_session
from phdesk.services.online import Online
from phdesk.services.wall_settings import WallAccounts
from phdesk.services.workspace import Workspace

TRIES = (5, 15, 30, 60, 120, 300)  # seconds between tries, while nothing answers
LOOK = 60_000  # ms between looks for another key, where one was refused
CHECKS = (1, 15, 60)  # looks before a key that was refused is checked again; the last holds on
CALM = 60  # looks without a refusal after which the next one is the first again
NO_KEY = Failure(cause=Cause.NO_KEY, message="There is no key for this account here.")
NEEDS_PROJECT = Failure(cause=Cause.NO_KEY, message="The key does not say for which project it is.")
GivenNow = Callable[[], Given | None]  # reads key, host and project anew each time


class Looks:
    """Counts looks for a key: one that was refused is checked again less and less often."""

    def __init__(self) -> None:
        self.number = 0  # since the key was tried last
        self._checks = 0  # of a key that was refused
        self._calm = 0  # looks since the last refusal

    def go_well(self) -> None:
        """Note that nothing is refused."""
        self._calm += 1
        if self._calm >= CALM:
            self._checks = self.number = 0

    def go_ill(self) -> None:
        """Note that there is no key, or a refused one."""
        self._calm = 0
        self.number += 1

    @property
    def is_due(self) -> bool:
        """Tell whether the same key is to be checked now."""
        return self.number >= CHECKS[min(self._checks, len(CHECKS) - 1)]

    def check(self) -> None:
        """Note that it is."""
        self.number = 0
        self._checks += 1


class OtherKey(QObject):
    """Keeps signed in what is read beside, with a key of its own: of another account."""

    def __init__(self, beside: Beside) -> None:
        super().__init__(beside)
        self._beside = beside
        self._looks = Looks()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK)

    @Slot()
    def look(self) -> None:
        """Go on by itself where there is another key by now, or this one is let in again."""
        if not self._beside.lacks_key:
            self._looks.go_well()
            return
        self._looks.go_ill()
        check = self._looks.is_due
        if check:
            self._looks.check()
        self._beside.look_for_key(check=check)


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
        self._keyring: Credentials | None = None
        self._given: Given | None = None  # what was tried last
        self._kept_key: str | None = None  # what was tried last of the keyring
        self._looks = Looks()
        self._trouble: Failure | None = None
        self._tries = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.sign_in)
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._look.timeout.connect(self.look_for_key)

    def use(self, online: Online, keyring: Credentials | None = None) -> None:
        """Take the network, and where other keys may turn up, and sign in."""
        self._keyring = keyring
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
        """Go on by itself where a person gave another key, or the refusal was none of the key's."""
        failure = self._trouble or self._workspace.store.state.offline
        if failure is None or not loses_session(failure):
            self._looks.go_well()
            return
        self._looks.go_ill()
        given = self._read()
        if given is not None:
            if self._given is None or given.key != self._given.key:
                self.sign_in()
            elif given.key and self._looks.is_due:
                self._check(self.sign_in)
        elif self._trouble is not None and self._trouble.cause is Cause.NO_KEY:
            self.sign_in()  # asks the keyring alone, as long as there is no key in it
        else:
            self._look_in_keyring()

    def _check(self, ask: Callable[[], None]) -> None:
        self._looks.check()
        ask()

    def _look_in_keyring(self) -> None:
        online, account = self._workspace.online, self._workspace.store.state.account
        if online is not None and account is not None and self._keyring is not None:
            online.worker.submit(
                partial(self._keyring.read_later, account.id),
                done=partial(self._keyring_answered, account),
                failed=self._tell,
            )

    def _keyring_answered(self, account: Account, kept: Kept) -> None:
        online, key = self._workspace.online, kept.key
        if online is None or not key or account != self._workspace.store.state.account:
            return
        another = key not in (self._kept_key, online.key)
        if not another and not self._looks.is_due:
            return
        self._kept_key = key
        project = self._workspace.where[1] or self._project
        check = partial(online.sign_in, account.host, key, project, remember=False, keep=False)
        if another:
            check()
        else:
            self._check(check)

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
