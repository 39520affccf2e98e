"""Keeps what walls show up to date: the dashboards of their stops, each under its own filters.

A dashboard without filters of the wall's own is the workspace's; each other set of account,
project and filters has a store to itself, so that two stops never change each other's numbers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.wall.stops import Stop, stops_for
from phdesk.models.account import Account
from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Wall
from phdesk.services.board_feed import Feed
from phdesk.services.library import load_around, project_of
from phdesk.services.wall_insight import InsightRoom
from phdesk.services.wall_room import VIEWER, Known, Room, where_of
from phdesk.services.workspace import Workspace
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.state import Changes, State
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: not before the first paint
    from phdesk.services.board_room import BoardRoom

NO_BOARD = Failure(cause=Cause.NOT_FOUND, message="There is no board of this name here.")
NO_ACCOUNT = Failure(cause=Cause.NO_KEY, message="Its account is not signed in here.")
Where = tuple[str, int, str]  # account, project, wish; empty and 0 are the workspace's
INSIGHT = "insight "
OWN: Where = ("", 0, "")


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
        self._viewers = 0  # numbers that feeds have or had, each its own
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
        number = stop.page
        if room is None or number is None:
            return Known(failure=NO_ACCOUNT if stop.account else None)
        state = room.store.state
        page = state.dashboards.get(number)
        if page is not None and stop.tile is not None and stop.tile not in page.tiles:
            return Known(state=state, failure=_no_tile(stop.tile))
        failure = page.failure if page is not None else state.missing.get(number)
        return Known(state=state, page=page, failure=failure or state.offline or room.away)

    def stores(self) -> Mapping[tuple[str, int], Store]:
        """Give who knows dashboards under their own filters, by account and project."""
        found: dict[tuple[str, int], Store] = {}
        for (_, _, wish), room in self._rooms.items():
            owner = where_of(room.store.state)
            if not wish and owner[0]:
                found.setdefault(owner, room.store)
        return found

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
            number = stop.page
            if number is not None:
                wanted.setdefault(self._where(stop), {})[number] = stop
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
        wish = stop.wish if stop.insight is None else f"{INSIGHT}{stop.insight} {stop.wish}"
        return ("", 0, wish) if own else (stop.account or account, stop.project or 0, wish)

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
            store = Store()
            store.apply(changes.with_account, account, project)
            store.apply(load_around, self._cache)
            kind = InsightRoom if where[2].startswith(INSIGHT) else Room
            room = kind(store, self._cache, self._now, self)
            store.setParent(room)  # and goes with it, with all that it knows
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
        beside.began.connect(partial(self._on_began, where))
        room.take(beside)
        self._begin(where)

    def _begin(self, where: Where) -> None:
        beside, room = self._networks[where], self._rooms[where]
        state, online = room.store.state, self._workspace.online
        ours = state.account is not None and state.account.id == self._workspace.where[0]
        if not (ours and online is not None and online.lend(beside, state.project)):
            beside.start()

    def _drop(self, where: Where) -> None:
        room, beside = self._rooms.pop(where), self._networks.pop(where, None)
        room.leave()
        if beside is not None:
            beside.close()
            beside.deleteLater()
        room.deleteLater()

    def _sync_boards(self) -> None:
        names = {one.board for one in self._every if one.board is not None}
        for name in [one for one in self._feeds if one not in names]:
            feed = self._feeds.pop(name)
            feed.close()
            feed.deleteLater()
        if self._boards is None:
            return
        for name in sorted(names):
            board = next((one for one in self._boards.shelf.boards if one.name == name), None)
            if name not in self._feeds:
                self._viewers += 1
                viewer = self._viewer + self._viewers
                self._feeds[name] = self._boards.feed(self._workspace, viewer, self)
                self._feeds[name].set_hidden(hidden=self._hidden)
            if board is not None and self._feeds[name].board != board:
                self._feeds[name].open(board.page)

    def _on_refused(self, where: Where, failure: Failure) -> None:
        room = self._rooms.get(where)
        if room is not None:
            room.away = failure
            self.changed.emit()

    def _on_began(self, where: Where) -> None:
        room = self._rooms.get(where)
        if room is not None and room.away is not None:
            room.away = None
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


def _no_tile(number: int) -> Failure:
    words = f"There is no tile {number} on this dashboard."
    return Failure(cause=Cause.NOT_FOUND, message=words)
