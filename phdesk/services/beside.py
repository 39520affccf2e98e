"""One account's project read beside the windows, for boards with tiles from where no window is.

Imports httpx: import this module after the first paint.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.api.client import Client
from phdesk.core.budget import MINUTE
from phdesk.core.filters import Sent
from phdesk.models.account import Account, Project
from phdesk.models.failure import Cause, Failure
from phdesk.services.archive import Archive
from phdesk.services.around import Surroundings
from phdesk.services.autorefresh import wishes_of
from phdesk.services.calls import Calls
from phdesk.services.credentials import Kept
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Errands, close_soon
from phdesk.services.failures import loses_session
from phdesk.services.parts import Connect, Parts, utc_now
from phdesk.services.posthog_alerts import PosthogAlerts
from phdesk.services.session import DashboardAnswer, Session
from phdesk.services.settings import Settings
from phdesk.store import changes

LONGEST = 30  # minutes, where nothing is refreshed by itself
SIGN_IN = "Sign in to this account again to refresh its tiles."


class Beside(QObject):
    """Keeps dashboards of the account in its store up to date, once it has the account's key."""

    refused = Signal(object)  # Failure: nothing can be asked for
    began = Signal()

    def __init__(
        self,
        parts: Parts,
        *,
        connect: Connect = Client,
        now: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._connect, self._now = parts, connect, now
        self._session: Session | None = None
        self._key, self._lent = "", False
        self._has_none = False  # the keyring, of this account
        self._alerts: PosthogAlerts | None = None
        self.dashboards = Dashboards(
            parts.store, parts.cache, parts.background, parts.governor, now=now, parent=self
        )
        if parts.system is not None:
            self.dashboards.auto.set_system(parts.system)
        parts.preferences.changed.connect(self._take_settings)
        self._take_settings()
        self.dashboards.was_read.connect(self._on_read)
        self._calls = Calls(parts.background, self)
        self._surroundings = Surroundings(parts.store, parts.background, now)
        self._archive = Archive(parts.cache, self._settings)
        parts.background.at_stop(self._close_session)
        parts.background.at_stop(self._archive.close)

    def start(self) -> None:
        """Go on with the key that is kept of the account; ends in one of the signals."""
        account = self._parts.store.state.account
        if account is not None:
            self._parts.background.submit(
                partial(self._parts.credentials.read_later, account.id),
                done=self._key_came,
                failed=self.refused.emit,
                tag="key beside",
            )

    @property
    def lacks_key(self) -> bool:
        """Tell whether nothing can be asked for with what the keyring gave; not of a lent key."""
        offline = self._parts.store.state.offline
        refused = offline is not None and loses_session(offline)
        return not self._lent and (self._has_none or refused)

    def look_for_key(self, *, check: bool) -> None:
        """Go on where there is another key by now; `check` asks about the same one, by one call."""
        account = self._parts.store.state.account
        if account is not None:
            self._parts.background.submit(
                partial(self._parts.credentials.read_later, account.id),
                done=partial(self._key_found, check),
                failed=_accept,
                tag="key beside",
            )

    def add_alerts(self) -> PosthogAlerts:
        """Look at PostHog's own alerts, too; no window does it for this project."""
        alerts = PosthogAlerts(self._parts, self.dashboards, now=self._now, parent=self)
        alerts.use(self._session)
        self._alerts = alerts
        return alerts

    @property
    def cadence(self) -> float:
        """Give the seconds between two refreshes by the clock."""
        return (self._settings().auto_refresh_minutes or LONGEST) * MINUTE

    def read_insight(
        self,
        name: str,
        page: int,
        override: Sent,
        *,
        background: bool,
        done: Callable[[DashboardAnswer], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Read an insight by its short id as a page, whether or not it is on a dashboard."""
        if self._calls.ready:

            def read(session: Session) -> Awaitable[DashboardAnswer]:
                return session.read_alone(name, page, override, background=background)

            self._calls.ask(read, done=done, failed=failed)

    def close(self) -> None:
        """Give up everything."""
        self._calls.use(None)
        self.dashboards.use(None)
        self._surroundings.use(None)
        if self._alerts is not None:
            self._alerts.use(None)
        if isinstance(self._parts.background, Errands):
            self._parts.background.close()

    def begin(self, account: Account, key: str, project: Project) -> None:
        """Start asking as this account in this project."""
        parts = self._parts
        self._key, self._lent, self._has_none = key, True, False
        session = self._session_of(account, key, project)
        last, self._session = self._session, session
        self._calls.use(session)
        self._surroundings.use(session)
        self.dashboards.use(session, reopen=True)
        if self._alerts is not None:
            self._alerts.forgive()
            self._alerts.use(session)
        if last is not None:
            close_soon(parts.background, last.close)
        self._calls.ask(
            Session.read_project, done=partial(self._project_came, session, account), failed=_accept
        )
        self.began.emit()

    def _key_came(self, kept: Kept) -> None:
        state = self._parts.store.state
        if kept.key and state.account is not None and state.project is not None:
            self.begin(state.account, kept.key, state.project)
            self._lent = False
        elif self._session is None:  # else another key was lent meanwhile
            self._has_none = True
            message = f"{kept.why} {SIGN_IN}".strip()
            self.refused.emit(Failure(cause=Cause.NO_KEY, message=message))

    def _key_found(self, check: bool, kept: Kept) -> None:  # noqa: FBT001  given beforehand
        state = self._parts.store.state
        if not kept.key or not self.lacks_key or state.account is None or state.project is None:
            return
        if kept.key != self._key:
            self._key_came(kept)
        elif check:
            self._parts.background.submit(
                partial(_asked_once, self._session_of(state.account, kept.key, state.project)),
                done=partial(self._is_let_in, kept),
                failed=_accept,
                tag="key beside",
            )

    def _is_let_in(self, kept: Kept, _project: Project) -> None:
        if self.lacks_key:
            self._key_came(kept)

    def _session_of(self, account: Account, key: str, project: Project) -> Session:
        connect = partial(self._connect, account.host, key)
        return Session(connect, self._archive, account, project, self._now, self._parts.governor)

    def _project_came(self, session: Session, account: Account, project: Project) -> None:
        session.project = project
        self._parts.store.apply(changes.with_account, account, project, anew=False)

    def _settings(self) -> Settings:
        return self._parts.preferences.settings

    @Slot()
    def _take_settings(self) -> None:
        self.dashboards.auto.set_wishes(wishes_of(self._settings()))

    @Slot(int)
    def _on_read(self, _dashboard_id: int) -> None:
        self._surroundings.refresh()

    async def _close_session(self) -> None:
        if self._session is not None:
            await self._session.close()


async def _asked_once(session: Session) -> Project:
    try:
        return await session.read_project()
    finally:
        await session.close()


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
