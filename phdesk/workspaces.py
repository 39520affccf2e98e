"""The workspaces of windows: found, made from what is on disk, and brought online."""

from collections.abc import Callable

from phdesk.models.account import Account
from phdesk.services.library import load_project
from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.state import EMPTY

Connect = Callable[[Workspace], None]  # gives a workspace its network


class Workspaces:
    """Gives each account's project one; that lives for as long as a window is over it."""

    def __init__(
        self,
        preferences: Preferences,
        cache: Cache,
        held: Callable[[], tuple[Workspace, ...]],
    ) -> None:
        """`held` gives what windows are over now, each once."""
        self._preferences, self._cache, self._held = preferences, cache, held
        self._connect: Connect | None = None  # once the network is loaded

    def set_network(self, connect: Connect) -> None:
        """Give each workspace its network, now and from now on."""
        self._connect = connect
        for workspace in self._held():
            if not workspace.is_sealed:
                connect(workspace)

    def over(self, account_id: str, project: int) -> Workspace | None:
        """Find the workspace of an account's project, or make it; None: nobody knows the account.

        Project 0 is the one in which the account was last.
        """
        account = self._account(account_id)
        if account is None:
            return None
        last = self._preferences.settings.projects.get(account.id, account.project_id)
        wanted = project or last
        for workspace in self._held():
            if workspace.where == (account_id, wanted or 0):
                return workspace
        return Workspace(load_project(self._cache, account, wanted))

    def fresh(self) -> Workspace | None:
        """Make one over nothing, to turn to another account in; None without a network."""
        if self._connect is None:
            return None
        made = Workspace(EMPTY)
        self._connect(made)
        return made

    def one_for(self, workspace: Workspace) -> Workspace:
        """Give the one that windows have over the same project; then this one is closed."""
        known = next((one for one in self._held() if one.where == workspace.where), None)
        if known is None or known.online is None or workspace.online is None:
            return workspace
        workspace.online.lend(known.online)  # its key may be a newer one
        workspace.close()
        return known

    def last_dashboard(self, workspace: Workspace) -> int | None:
        """Choose what was open last in a project, else its own first one."""
        account, project = workspace.where
        recent = self._cache.recent(account, project)
        last = self._preferences.settings.dashboards.get(account)
        if last in recent:
            return last
        known = workspace.store.state.project
        return next(iter(recent), known.primary_dashboard if known is not None else None)

    def bring_online(self, workspace: Workspace) -> None:
        """Give a workspace network and key, if there is a network."""
        if self._connect is not None:
            self._connect(workspace)
            self._sign_in(workspace)

    def resume(self, but: Workspace) -> None:
        """Go on with the accounts of all workspaces but one."""
        for workspace in self._held():
            if workspace is not but:
                self._sign_in(workspace)

    def _account(self, account_id: str) -> Account | None:
        kept = [each for each in self._preferences.accounts if each.id == account_id]
        states = (each.store.state for each in self._held())
        used = [one.account for one in states if one.account and one.account.id == account_id]
        return next(iter(kept + used), None)

    def _sign_in(self, workspace: Workspace) -> None:
        """Go on with the key of a sister, or with the one in the keyring."""
        account, project = workspace.where
        online, asked = workspace.online, workspace.store.state.project
        if online is None or not account:
            return
        for sister in self._held() if asked is not None else ():
            lender = sister.online if sister.where[0] == account else None
            if lender is not None and lender is not online and lender.lend(online, asked):
                return
        online.switch(account, project or None)
