"""Where the tiles of boards are read: by a window's workspace where there is one, else beside it.

Both know a dashboard as one state, so a tile is the same number on its dashboard and on a board.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.models.account import Account
from phdesk.models.failure import Cause, Failure
from phdesk.services.failures import loses_session
from phdesk.services.library import load_around, project_of
from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.state import Changes
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: never before the first paint
    from phdesk.services.dashboards import Dashboards
    from phdesk.services.online import Online

Where = tuple[str, int]  # account, project
NO_KEY = Failure(cause=Cause.NO_KEY, message="Sign in to this account to refresh its tiles.")


class Supply(Struct, frozen=True, gc=False, eq=False):
    """Who knows a project, and who reads it once the network is loaded."""

    store: Store
    dashboards: "Dashboards | None"
    account: Account | None
    away: Failure | None  # why nothing newer can be had


class Sources(QObject):
    """One for all windows; what is read beside them stays until a window shows it, or the end."""

    changed = Signal()  # projects may be known and read by others now

    def __init__(
        self, cache: Cache, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._cache, self.preferences = cache, preferences
        self._windows: list[_OfWindow] = []
        self._asides: dict[Where, _Aside] = {}
        self._make: Callable[[Store], Beside] | None = None
        preferences.changed.connect(self._on_accounts)

    def add(self, workspace: Workspace) -> None:
        """Take tiles from what a window shows, too."""
        if all(one.workspace is not workspace for one in self._windows):
            known = _OfWindow(workspace, self)
            known.changed.connect(self.changed)
            known.signed_in.connect(self._on_signed_in)
            self._windows.append(known)
            self._on_signed_in()  # it may be so already
            self.changed.emit()

    def remove(self, workspace: Workspace) -> None:
        """Count on a workspace no more: its last window is closed."""
        for known in [one for one in self._windows if one.workspace is workspace]:
            self._windows.remove(known)
            known.deleteLater()
            self.changed.emit()

    def use(self, make: "Callable[[Store], Beside]") -> None:
        """Read projects beside the windows with what this makes."""
        self._make = make
        for where, aside in self._asides.items():
            self._connect(aside, where)
        self.changed.emit()

    def known(self, where: Where) -> Supply | None:
        """Say who knows a project already; None where nobody does."""
        if where in self._asides or any(one.workspace.where == where for one in self._windows):
            return self.supply(where)
        return None

    def supply(self, where: Where) -> Supply | None:
        """Say who knows a project; None when its account is not known here."""
        known = next((one for one in self._windows if one.workspace.where == where), None)
        if known is not None:
            if where in self._asides:
                self._drop(where)
                self.changed.emit()  # at once: who else holds on to it would do so when it is gone
            return known.supply()
        account = next((one for one in self.preferences.accounts if one.id == where[0]), None)
        if account is None:
            return None
        if where not in self._asides:
            aside = _Aside(account, where[1], self._cache, self)
            aside.changed.connect(self.changed)
            self._asides[where] = aside
            self._connect(aside, where)
        return self._asides[where].supply()

    def close(self) -> None:
        """Give up what is read beside the windows."""
        for where in list(self._asides):
            self._drop(where)

    def _connect(self, aside: "_Aside", where: Where) -> None:
        """Let a project be read with the key of a window of its account, or the kept one."""
        if self._make is None:
            return
        network = self._make(aside.store)
        aside.set_network(network)
        if not self._lend(aside, where):
            network.start()

    def _lend(self, aside: "_Aside", where: Where) -> bool:
        for known in self._windows:
            lender = known.workspace.online if known.workspace.where[0] == where[0] else None
            if lender is not None and aside.borrow(lender):
                return True
        return False

    def _drop(self, where: Where) -> None:
        aside = self._asides.pop(where, None)
        if aside is not None:
            aside.close()

    @Slot()
    def _on_signed_in(self) -> None:
        """Go on with the key of a window where there was none, or one that holds no more."""
        for where, aside in self._asides.items():
            if aside.lacks_key:
                self._lend(aside, where)

    @Slot()
    def _on_accounts(self) -> None:
        """Let go of accounts that are forgotten."""
        known = {one.id for one in self.preferences.accounts}
        gone = [where for where in self._asides if where[0] not in known]
        for where in gone:
            self._drop(where)
        if gone:
            self.changed.emit()


class _OfWindow(QObject):
    """A window's workspace, and whether its account's key is there."""

    changed = Signal()
    signed_in = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._where = workspace.where
        self._away: Failure | None = None
        workspace.store.changed.connect(self._on_changed)
        workspace.online_arrived.connect(self._on_online)
        self._on_online()

    def supply(self) -> Supply:
        """Say who knows and reads it."""
        store, online = self.workspace.store, self.workspace.online
        dashboards = online.dashboards if online is not None else None
        away = store.state.offline or self._away
        return Supply(store, dashboards, store.state.account, away)

    @Slot()
    def _on_online(self) -> None:
        online = self.workspace.online
        if online is not None:
            online.signed_in.connect(self._on_signed_in)
            online.key_missing.connect(self._on_key_missing)
            self.changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account and self.workspace.where != self._where:
            self._where, self._away = self.workspace.where, None
            self.changed.emit()

    @Slot()
    def _on_signed_in(self) -> None:
        if self._away is not None:
            self._away = None
            self.changed.emit()
        self.signed_in.emit()

    @Slot()
    def _on_key_missing(self) -> None:
        self._away = NO_KEY
        self.changed.emit()


class _Aside(QObject):
    """A project that no window shows: first as it was kept, then as the server says."""

    changed = Signal()

    def __init__(self, account: Account, project: int, cache: Cache, parent: QObject) -> None:
        super().__init__(parent)
        self.store = Store(parent=self)
        self._network: Beside | None = None
        self._away: Failure | None = None
        self.store.apply(changes.with_account, account, project_of(cache, account, project))
        self.store.apply(load_around, cache)

    def set_network(self, network: "Beside") -> None:
        """Take what asks the server."""
        later = Qt.ConnectionType.QueuedConnection  # who asks for it first is not done yet
        network.refused.connect(self._on_refused, later)
        network.began.connect(self._on_began, later)
        self._network = network

    def supply(self) -> Supply:
        """Say who knows and reads it."""
        dashboards = self._network.dashboards if self._network is not None else None
        state = self.store.state
        return Supply(self.store, dashboards, state.account, state.offline or self._away)

    @property
    def lacks_key(self) -> bool:
        """Tell whether nothing can be asked for until a person signs in again."""
        away = self._away or self.store.state.offline
        return away is not None and loses_session(away)

    def borrow(self, lender: "Online") -> bool:
        """Go on with the key of a window of the account, if it has one."""
        network = self._network
        return network is not None and lender.lend(network, self.store.state.project)

    def close(self) -> None:
        """Ask for nothing any more."""
        if self._network is not None:
            self._network.close()
            self._network.deleteLater()
        self.deleteLater()

    @Slot(object)
    def _on_refused(self, failure: Failure) -> None:
        self._away = failure
        self.changed.emit()

    @Slot()
    def _on_began(self) -> None:
        self._away = None
        self.changed.emit()
