"""Everything that needs the network, for the windows: signing in, lists, open dashboards.

Imports httpx (through `phdesk.api`) and keyring: import this module after the first paint.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.api.client import Client
from phdesk.models.account import Account, Project
from phdesk.models.failure import Failure
from phdesk.services import accounts, settings
from phdesk.services.archive import Archive, forget
from phdesk.services.around import Surroundings
from phdesk.services.autorefresh import wishes_of
from phdesk.services.calls import Calls
from phdesk.services.credentials import KEY_STAYS, Keeping, Kept
from phdesk.services.dashboards import Dashboards
from phdesk.services.edits import Edits
from phdesk.services.environment import Given
from phdesk.services.errands import LASTING, Errands, Worker, close_soon
from phdesk.services.filters import Filters
from phdesk.services.layouts import Layouts
from phdesk.services.library import load_around, load_rows
from phdesk.services.lists import Lists
from phdesk.services.looks import Looks
from phdesk.services.newest import Newest
from phdesk.services.parts import Borrower, Connect, Parts, utc_now
from phdesk.services.posthog_alerts import PosthogAlerts
from phdesk.services.session import Session
from phdesk.services.signing import Entry, NeedsProject, SignedIn, sign_in
from phdesk.store import changes


class Online(QObject):
    """Signs in and out, reads the list of dashboards and keeps open ones up to date."""

    signed_in = Signal(object)  # Account
    sign_in_failed = Signal(object)  # Failure
    needs_project = Signal(object)  # tuple[Project, ...] to choose from; empty: ask for a number
    signed_out = Signal(str)  # account id
    key_missing = Signal(object)  # Kept: `keeping` LOCKED or ABSENT, `why` a sentence
    told = Signal(str)  # a sentence for a notice
    keyring_probed = Signal(str, bool)  # a sentence; whether a key can be kept

    def __init__(
        self,
        parts: Parts,
        *,
        connect: Connect = Client,
        now: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._connect = connect
        self._now = now
        self._session: Session | None = None
        self._newest = Newest(parts.background)
        self._key = ""  # of the session, to change its project
        self.dashboards = Dashboards(
            parts.store, parts.cache, parts.background, parts.governor, now=now, parent=self
        )
        if parts.system is not None:
            self.dashboards.auto.set_system(parts.system)
        parts.preferences.changed.connect(self._take_settings)
        self._take_settings()
        # Asked, not believed: so that who is cut off learns it now, and not with the next refresh.
        self.dashboards.auto.disconnected.connect(self.list_dashboards)
        self.dashboards.was_read.connect(self._on_read)
        self.dashboards.told.connect(self.told)
        self.layouts = Layouts(
            parts.store, parts.cache, parts.background, self.dashboards, now=now, parent=self
        )
        self.edits = Edits(parts.store, parts.background, self.dashboards, self)
        self.filters = Filters(parts.store, parts.background, self.dashboards, self)
        self.calls = Calls(parts.background, self)
        self.lists = Lists(parts.store, self.calls, self.dashboards.reach, now, self)
        self.lists.told.connect(self.told)
        self.dashboards.trying_again.connect(self.lists.read_again)
        self.edits.row_changed.connect(self.lists.read_dashboards)
        self.alerts = PosthogAlerts(parts, self.dashboards, now=now, parent=self)
        self._surroundings = Surroundings(parts.store, parts.background, now)
        self._archive = Archive(parts.cache, self._settings)
        Looks(parts.store, parts.cache, parts.background, self.dashboards, now)
        parts.background.at_stop(self._close_session)
        parts.background.at_stop(self._archive.close)

    @property
    def worker(self) -> Worker:
        """Give what works beside the window."""
        return self._parts.background

    @property
    def key(self) -> str:
        """Give the key of the session; empty where there is none."""
        return self._key

    # Accounts

    def resume(self, given: Given | None = None) -> None:
        """Go on with the account in the store; its key comes from keyring or environment."""
        account = self._parts.store.state.account
        if given is not None:
            host = given.host or (account.host if account else "")
            self.sign_in(host, given.key, given.project, remember=False, keep=False)
        elif account is None:
            self.key_missing.emit(Kept(Keeping.ABSENT))
        else:
            self.switch(account.id)

    def sign_in(
        self,
        host: str,
        key: str,
        project_id: int | None = None,
        *,
        remember: bool = True,
        keep: bool = True,
    ) -> None:
        """Check a key and go on with it; ends in one of the first three signals.

        `remember` stores the key in the keyring; `keep=False` is for keys of the environment,
        whose account is not written down either.
        """
        entry = Entry(host=host, key=key, project_id=project_id, remember=remember, keep=keep)
        parts = self._parts
        self._newest.submit(
            partial(sign_in, entry, self._connect, parts.credentials, parts.preferences.accounts),
            done=self._was_checked,
            failed=self._was_refused,
            tag="sign in",
        )

    def cancel_sign_in(self) -> None:
        """Give up the check of a key; a late answer changes nothing."""
        self._newest.cancel("sign in")

    def probe_keyring(self) -> None:
        """Find out where a key would be kept; ends in `keyring_probed`."""
        self._newest.submit(
            self._parts.credentials.probe_later,
            done=self._keyring_answered,
            failed=_accept,
            tag="keyring",
        )

    def switch(self, account_id: str, project_id: int | None = None) -> None:
        """Turn to another account that is known here, in its last project or in a given one."""
        account = self._account(account_id)
        if account is None:
            return
        self._newest.submit(
            partial(self._parts.credentials.read_later, account_id),
            done=partial(self._key_came, account, project_id),
            failed=self._was_refused,
            tag="sign in",
        )

    def list_projects(self) -> None:
        """Read the projects that the account could switch to into the store."""
        self.lists.read_projects()

    def choose_project(self, project: Project) -> None:
        """Turn to another project of the same account."""
        account = self._parts.store.state.account
        if account is not None and self._key:
            self.begin(account, self._key, project)

    def lend(self, other: "Borrower", project: Project | None = None) -> bool:
        """Let another workspace go on with this one's key; says whether there is one."""
        state = self._parts.store.state
        wanted = project or state.project
        if state.account is None or wanted is None or not self._key:
            return False
        other.begin(state.account, self._key, wanted)
        return True

    def sign_out(self, account_id: str) -> None:
        """Show nothing of an account any more, and ask nothing in its name."""
        current = self._parts.store.state.account
        if current is not None and current.id == account_id:
            self._change_session(None)
            self._parts.store.apply(changes.with_account, None, None)

    def forget(self, account_id: str) -> None:
        """Sign out: remove key, cached data, favourites and, once the key is gone, the account."""
        parts = self._parts
        self.sign_out(account_id)
        parts.preferences.change(settings.without_account, account_id)
        parts.background.submit(
            partial(forget, parts.credentials, parts.cache, account_id),
            done=partial(self._was_forgotten, account_id),
            failed=self._tell_failure,
            tag=LASTING,
        )

    # Dashboards

    @Slot()
    def list_dashboards(self) -> None:
        """Read the list of dashboards into the store."""
        self.lists.read_dashboards()

    def open_dashboard(
        self, dashboard_id: int, visible: Sequence[int] = (), viewer: int = 0
    ) -> None:
        """Show what is cached, read the dashboard, then refresh its stale and missing tiles.

        `visible` names the tiles on screen in reading order, when they are known already; `viewer`
        is the number of the window.
        """
        account = self._parts.store.state.account
        if account is not None and self._account(account.id) is not None:
            self._parts.preferences.change(settings.opened, account.id, dashboard_id, self._now())
        self.dashboards.open(dashboard_id, visible, viewer)

    def refresh(
        self, dashboard_id: int, *, force: bool = False, tile_ids: Sequence[int] | None = None
    ) -> None:
        """Refresh stale tiles; with `force` all; with `tile_ids` those, stale or not."""
        self.dashboards.refresh(dashboard_id, force=force, tile_ids=tile_ids)

    def close(self) -> None:
        """Give up everything: no window is left."""
        self._use(None)
        if isinstance(self._parts.background, Errands):
            self._parts.background.close()

    # Answers

    def _keyring_answered(self, kept: Kept) -> None:
        self.keyring_probed.emit(kept.why, kept.keeping is Keeping.STORED)

    def _was_checked(self, outcome: SignedIn | NeedsProject) -> None:
        if isinstance(outcome, NeedsProject):
            self.needs_project.emit(outcome.projects)
            return
        preferences = self._parts.preferences
        if outcome.keep:
            preferences.change_accounts(accounts.added, outcome.account)
        if outcome.kept.why:
            self.told.emit(f"{outcome.kept.why} The key is kept until phdesk ends.")
        self.alerts.forgive()
        self.begin(outcome.account, outcome.key, outcome.project)
        self.lists.take_projects(outcome.projects)

    @Slot(object)
    def _was_refused(self, failure: Failure) -> None:
        self.sign_in_failed.emit(failure)

    def _key_came(self, account: Account, project_id: int | None, kept: Kept) -> None:
        if kept.key is None:
            self.key_missing.emit(kept)
            return
        chosen = self._parts.preferences.settings.projects
        last = project_id or chosen.get(account.id, account.project_id)
        if last is None:
            self.sign_in(account.host, kept.key, remember=kept.keeping is Keeping.STORED)
            return
        state = self._parts.store.state
        known = state.project if state.account and state.account.id == account.id else None
        project = known if known and known.id == last else Project(id=last)
        self.begin(account, kept.key, project)

    def begin(self, account: Account, key: str, project: Project) -> None:
        """Start asking as this account in this project."""
        parts = self._parts
        state = parts.store.state
        now_open = state.account and state.project and (state.account.id, state.project.id)
        connect = partial(self._connect, account.host, key)
        session = Session(connect, self._archive, account, project, self._now, parts.governor)
        parts.cache.admit(account.id)
        parts.store.apply(changes.with_account, account, project)
        parts.store.apply(load_rows, parts.cache)
        if now_open != (account.id, project.id):  # else what is known is not older
            parts.store.apply(load_around, parts.cache)
        if self._account(account.id) is not None:
            parts.preferences.change(settings.chosen, account.id, project.id)
        self._change_session(session, key, reopen=now_open == (account.id, project.id))
        self.signed_in.emit(account)
        self.lists.read_project(session, account)
        self.list_dashboards()

    @Slot()
    def _take_settings(self) -> None:
        chosen = self._parts.preferences.settings
        self.dashboards.auto.set_wishes(wishes_of(chosen))
        self._parts.governor.set_share(chosen.background_share / 100)

    @Slot(int)
    def _on_read(self, _dashboard_id: int) -> None:
        self._surroundings.refresh()

    def _was_forgotten(self, account_id: str, kept: Kept) -> None:
        if kept.keeping is Keeping.LOCKED:
            self.told.emit(f"{kept.why} {KEY_STAYS}")
        else:
            self._parts.preferences.change_accounts(accounts.without, account_id)
        self.signed_out.emit(account_id)

    def _tell_failure(self, failure: Failure) -> None:
        self.told.emit(failure.message)

    def _change_session(self, new: Session | None, key: str = "", *, reopen: bool = False) -> None:
        """Go over to another session, or none; the last one is closed when it is done."""
        last, self._session, self._key = self._session, new, key
        self._use(new, reopen=reopen)
        if last is not None:
            close_soon(self._parts.background, last.close)

    def _use(self, session: Session | None, *, reopen: bool = False) -> None:
        self._newest.cancel_all()  # answers to the last account are not for the next
        for part in (self._surroundings, self.layouts, self.edits, self.filters, self.alerts):
            part.use(session)
        self.calls.use(session)
        self.dashboards.use(session, reopen=reopen)

    async def _close_session(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _settings(self) -> settings.Settings:
        return self._parts.preferences.settings

    def _account(self, account_id: str) -> Account | None:
        known = self._parts.preferences.accounts
        return next((each for each in known if each.id == account_id), None)


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
