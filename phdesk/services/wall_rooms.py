"""Keeps what walls show up to date: the dashboards of their stops, each under its own filters.

A dashboard without filters of the wall's own is the workspace's; each other set of account,
project and filters has a store to itself, so that two stops never change each other's numbers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.dates import zone
from phdesk.core.wall.stops import Stop, override_for, stops_for
from phdesk.models.account import Account, Project
from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Wall
from phdesk.services.board_feed import Feed
from phdesk.services.library import load_around, load_dashboard, load_results, project_of
from phdesk.services.workspace import Workspace
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.overrides import saved_of, wanted_key, with_override
from phdesk.store.state import EMPTY, Changes, DashboardState, State
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: not before the first paint
    from phdesk.services.board_room import BoardRoom
    from phdesk.services.dashboards import Dashboards

VIEWER = 1000  # number under which walls look at dashboards; windows count from 0
LOST = frozenset({Cause.NOT_FOUND, Cause.FORBIDDEN})  # of one dashboard alone
NO_BOARD = Failure(cause=Cause.NOT_FOUND, message="There is no board of this name here.")
NO_ACCOUNT = Failure(cause=Cause.NO_KEY, message="Its account is not signed in here.")
Where = tuple[str, int, str]  # account, project, wish; empty and 0 are the workspace's
OWN: Where = ("", 0, "")


class Known(Struct, frozen=True, gc=False, kw_only=True):
    """What is known of a stop now."""

    state: State = EMPTY
    page: DashboardState | None = None
    failure: Failure | None = None  # why it cannot be shown, or nothing newer can be had

    @property
    def lost(self) -> bool:
        """Say whether there is no such thing any more, or not for this key."""
        return self.failure is not None and self.failure.cause in LOST


class Room(QObject):
    """Dashboards in one store, under the wall's own filters or the dashboards'."""

    changed = Signal()

    def __init__(
        self, store: Store, cache: Cache, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.away: Failure | None = None
        self._cache, self._now = cache, now
        self._dashboards: Dashboards | None = None
        self._stops: dict[int, Stop] = {}  # by dashboard
        self._viewer, self._hidden = VIEWER, False
        self._owner = _where_of(store.state)
        store.changed.connect(self._on_changed)

    def show(self, stops: Mapping[int, Stop], viewer: int) -> None:
        """Keep these dashboards up to date, and no others."""
        self._viewer = viewer
        gone, new = self._stops.keys() - stops.keys(), stops.keys() - self._stops.keys()
        self._stops = dict(stops)
        for one in gone:
            if self._dashboards is not None and one > 0:
                self._dashboards.close(one, viewer)
        for one in new:
            self._open(one)
        self._lay_over()

    def use(self, dashboards: "Dashboards | None") -> None:
        """Take what asks the server."""
        if dashboards is not self._dashboards:
            self._dashboards = dashboards
            self.set_hidden(hidden=self._hidden)
            for one in self._stops:
                self._open(one)

    def set_hidden(self, *, hidden: bool) -> None:
        """Refresh nothing by the clock while no wall is to be seen; catch up afterwards."""
        self._hidden = hidden
        if self._dashboards is not None:
            self._dashboards.set_hidden(hidden=hidden, viewer=self._viewer)

    def leave(self) -> None:
        """Look at nothing any more."""
        self._stops = {}
        self.store.changed.disconnect(self._on_changed)
        if self._dashboards is not None:
            self._dashboards.leave(self._viewer)

    def _open(self, dashboard: int) -> None:
        if self.store.state.account is None or dashboard < 0:
            return  # a board's page is filled by whoever shows it
        if dashboard not in self.store.state.dashboards:
            self.store.apply(load_dashboard, self._cache, dashboard)
        self._lay_over()
        if self._dashboards is not None:
            self._dashboards.open(dashboard, (), self._viewer)

    def _lay_over(self) -> None:
        """Ask for the wall's own filters, as soon as those of the dashboard are known."""
        for dashboard, stop in self._stops.items():
            state = self.store.state
            page = state.dashboards.get(dashboard)
            if page is None or not stop.wish:
                continue
            project = state.project or Project(id=0)
            there = self._now().astimezone(zone(project.timezone))
            wanted = override_for(stop, saved_of(page), there, project.week_start_day)
            if wanted is None or wanted.key == wanted_key(state, dashboard):
                continue
            if self._dashboards is not None:
                self._dashboards.set_override(dashboard, wanted)
            else:
                self.store.apply(with_override, dashboard, wanted)
                self.store.apply(load_results, self._cache, dashboard)

    @Slot(object)
    def _on_changed(self, told: Changes) -> None:
        owner = _where_of(self.store.state)
        if told.account and owner != self._owner:
            self._owner = owner
            for one in self._stops:
                self._open(one)
        self._lay_over()
        self.changed.emit()


class WallRooms(QObject):
    """All that the walls of a process show, over one workspace."""

    changed = Signal()  # what is known of some stop
    listed = Signal()  # other dashboards, or others are pinned or tagged

    def __init__(
        self,
        workspace: Workspace,
        cache: Cache,
        now: Callable[[], datetime],
        *,
        viewer: int = VIEWER,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._cache, self._now = workspace, cache, now
        self._viewer, self._hidden = viewer, False
        self._accounts: Sequence[Account] = ()
        self._make: Callable[[Store], Beside] | None = None
        self._rooms: dict[Where, Room] = {}
        self._networks: dict[Where, Beside] = {}
        self._boards: BoardRoom | None = None
        self._feeds: dict[str, Feed] = {}
        self._shown: dict[str, tuple[Stop, ...]] = {}  # by wall
        self._owner = workspace.where
        self.trouble: Failure | None = None  # why nobody is signed in
        self.notice = ""  # what a person has to see to, on all walls
        workspace.online_arrived.connect(self._on_online)
        workspace.store.changed.connect(self._on_changed)

    def set_accounts(self, accounts: Sequence[Account]) -> None:
        """Know accounts that stops may name."""
        self._accounts = accounts

    def set_boards(self, boards: "BoardRoom") -> None:
        """Take a person's boards."""
        self._boards = boards
        boards.shelf.changed.connect(self._sync)
        self._sync()

    def use(self, make: "Callable[[Store], Beside]") -> None:
        """Ask the server with what this makes, where the workspace does not."""
        self._make = make
        for where in self._rooms:
            self._connect(where)

    def set_trouble(self, failure: Failure | None) -> None:
        """Say why nobody is signed in; None once somebody is."""
        self.trouble = failure
        self.changed.emit()

    def set_notice(self, words: str) -> None:
        """Say something on all walls; empty when it is over."""
        self.notice = words
        self.changed.emit()

    @property
    def state(self) -> State:
        """Give what the workspace knows."""
        return self._workspace.store.state

    def stops_of(self, wall: Wall) -> list[Stop]:
        """Give the stops of a wall, by what the project lists now."""
        project = self.state.project
        primary = project.primary_dashboard if project is not None else None
        return stops_for(wall, self.state.rows.items, primary)

    def show(self, wall: str, stops: Iterable[Stop]) -> None:
        """Keep the stops of a wall up to date, and no others of it."""
        self._shown[wall] = tuple(stops)
        self._sync()

    def leave(self, wall: str) -> None:
        """Keep nothing up to date for a wall that is gone."""
        if self._shown.pop(wall, None) is not None:
            self._sync()

    def set_hidden(self, *, hidden: bool) -> None:
        """Rest while no wall is to be seen."""
        self._hidden = hidden
        for room in self._rooms.values():
            room.set_hidden(hidden=hidden)
        for feed in self._feeds.values():
            feed.set_hidden(hidden=hidden)

    def known(self, stop: Stop) -> Known:
        """Say what is known of a stop now."""
        if stop.board is not None:
            return self._known_board(stop.board)
        room = self._rooms.get(self._where(stop))
        if room is None or stop.dashboard is None:
            return Known(failure=NO_ACCOUNT if stop.account else None)
        state = room.store.state
        page = state.dashboards.get(stop.dashboard)
        failure = page.failure if page is not None else state.missing.get(stop.dashboard)
        return Known(state=state, page=page, failure=failure or state.offline or room.away)

    def close(self) -> None:
        """Look at nothing any more."""
        self._shown.clear()
        self._sync()

    def _known_board(self, name: str) -> Known:
        state, feed = self._workspace.store.state, self._feeds.get(name)
        board = feed.board if feed is not None else None
        if board is None:
            return Known(state=state, failure=NO_BOARD if self._boards is not None else None)
        page = state.dashboards.get(board.page)
        return Known(state=state, page=page, failure=page.failure if page is not None else None)

    @property
    def _every(self) -> list[Stop]:
        return [stop for stops in self._shown.values() for stop in stops]

    @Slot()
    def _sync(self) -> None:
        wanted: dict[Where, dict[int, Stop]] = {}
        for stop in self._every:
            if stop.dashboard is not None:
                wanted.setdefault(self._where(stop), {})[stop.dashboard] = stop
        for where in [one for one in self._rooms if one not in wanted]:
            self._drop(where)
        for where, stops in wanted.items():
            room = self._rooms.get(where) or self._made(where)
            if room is not None:
                room.show(stops, self._viewer)
        self._sync_boards()
        self.changed.emit()

    def _where(self, stop: Stop) -> Where:
        account, project = self._workspace.where
        own = stop.account in (None, account) and stop.project in (None, project)
        return (
            ("", 0, stop.wish) if own else (stop.account or account, stop.project or 0, stop.wish)
        )

    def _made(self, where: Where) -> Room | None:
        account_id, project_id, _ = where
        state = self._workspace.store.state
        if where == OWN:
            room = Room(self._workspace.store, self._cache, self._now, self)
        else:
            account = state.account
            if account_id and (account is None or account.id != account_id):
                account = next((one for one in self._accounts if one.id == account_id), None)
            project = state.project
            if account is not None and project_id:
                project = project_of(self._cache, account, project_id)
            elif account is not None and account is not state.account:
                project = project_of(self._cache, account, account.project_id or 0)
            if account is None or project is None:
                return None  # nobody is signed in yet
            store = Store(parent=self)
            store.apply(changes.with_account, account, project)
            store.apply(load_around, self._cache)
            room = Room(store, self._cache, self._now, self)
        room.set_hidden(hidden=self._hidden)
        room.changed.connect(self.changed)
        self._rooms[where] = room
        self._connect(where)
        return room

    def _connect(self, where: Where) -> None:
        """Let a room ask: by the workspace's own, with its key, or with one that is kept."""
        room, online = self._rooms[where], self._workspace.online
        if where == OWN:
            room.use(online.dashboards if online is not None else None)
            return
        if self._make is None or where in self._networks:
            return
        beside = self._make(room.store)
        self._networks[where] = beside
        beside.refused.connect(partial(self._on_refused, where))
        room.use(beside.dashboards)
        self._begin(where)

    def _begin(self, where: Where) -> None:
        beside, room = self._networks[where], self._rooms[where]
        state, online = room.store.state, self._workspace.online
        ours = state.account is not None and state.account.id == self._workspace.where[0]
        if not (ours and online is not None and online.lend(beside, state.project)):
            beside.start()

    def _drop(self, where: Where) -> None:
        self._rooms.pop(where).leave()
        beside = self._networks.pop(where, None)
        if beside is not None:
            beside.close()
            beside.deleteLater()

    def _sync_boards(self) -> None:
        names = {one.board for one in self._every if one.board is not None}
        for name in [one for one in self._feeds if one not in names]:
            self._feeds.pop(name).close()
        if self._boards is None:
            return
        for number, name in enumerate(sorted(names)):
            board = next((one for one in self._boards.shelf.boards if one.name == name), None)
            if name not in self._feeds:
                viewer = self._viewer + 1 + number + len(self._feeds)
                self._feeds[name] = self._boards.feed(self._workspace, viewer, self)
                self._feeds[name].set_hidden(hidden=self._hidden)
            if board is not None and self._feeds[name].board != board:
                self._feeds[name].open(board.page)

    def _on_refused(self, where: Where, failure: Failure) -> None:
        room = self._rooms.get(where)
        if room is not None:
            room.away = failure
            self.changed.emit()

    @Slot()
    def _on_online(self) -> None:
        online = self._workspace.online
        if online is not None:
            online.signed_in.connect(self._on_signed_in)
        for where in self._rooms:
            self._connect(where)

    @Slot(object)
    def _on_signed_in(self, _account: Account) -> None:
        """Go on with the workspace's key, which may be another one now."""
        for where, room in self._rooms.items():
            room.away = None
            if where in self._networks:
                self._begin(where)

    @Slot(object)
    def _on_changed(self, told: Changes) -> None:
        if told.account and self._workspace.where != self._owner:
            self._owner = self._workspace.where
            for where in [one for one in self._rooms if one != OWN]:
                self._drop(where)  # they are another account's
            self._sync()
        if told.account or told.rows:
            self.listed.emit()
        if told.dashboards or told.headers or told.offline:
            self.changed.emit()


def _where_of(state: State) -> tuple[str, int]:
    if state.account is None or state.project is None:
        return "", 0
    return state.account.id, state.project.id
