"""Judges watches on results as they come into the stores, whoever asked for them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.watching import states
from phdesk.core.watching.editing import moved
from phdesk.core.watching.states import Standing
from phdesk.core.watching.words import too_old_text
from phdesk.models.failure import Failure
from phdesk.models.watch import Watch, WatchState
from phdesk.services.board_sources import Sources, Supply, Where
from phdesk.services.watch_jobs import gone_by, is_gone_whole, job_of, result_time, tile_of
from phdesk.services.watch_judging import OLDEST, Job, Judge, Outcome
from phdesk.services.watch_list import WatchList
from phdesk.store.state import EMPTY, Changes, State
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.background import Background  # imports asyncio: not before the first paint

REST = 300  # ms, in which results of one refresh gather
AGAIN = 1_000  # ms, when the file of alerts was busy
FILE = 60_000  # ms between looks at whether the file of watches was changed
NEW = WatchState(watch="")


class Watches(QObject):
    """One for all windows; a tile under temporary filters, or in the past, is not judged."""

    changed = Signal()  # how watches stand
    noticed = Signal(object)  # tuple[Notice, ...] that nobody had found before

    def __init__(
        self,
        listed: WatchList,
        sources: Sources,
        judge: Judge,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._list, self._sources, self._judge, self._now = listed, sources, judge, now
        self._background: Background | None = None
        self._ears: dict[Where, _Ear] = {}
        self._states: dict[str, Mapping[str, WatchState]] = {}  # by account
        self._due: set[str] = set()  # watches that are to be judged
        self._accounts: set[str] = set()  # of which all is to be looked at
        self._busy: set[str] = set()
        self._gone: dict[tuple[Where, int], tuple[Failure, datetime]] = {}
        self._rest = _timer(self, REST, self._look)
        self._file = _timer(self, FILE, listed.look_again, often=True)
        listed.changed.connect(self._on_list)
        sources.changed.connect(self._sync)

    def use(self, background: "Background") -> None:
        """Judge in this worker from now on."""
        self._background = background
        self._file.start()
        self._on_list()

    def state_of(self, watch: Watch) -> WatchState:
        """Give how a watch stands, as far as it is known."""
        return self._states.get(watch.account, {}).get(watch.id, NEW)

    def standing(self, watch: Watch) -> Standing:
        """Say how a watch stands, in one word."""
        return states.standing(watch, self.state_of(watch), self._now())

    def too_old(self, watch: Watch) -> str:
        """Say why the newest result of a watch is not judged; empty while it may be."""
        ear, state = self._ears.get(watch.source), self.state_of(watch)
        shown = result_time(watch, ear.store.state) if ear is not None else None
        known = [at for at in (shown, state.judged_at) if at is not None]
        if not known or not watch.enabled or state.phase == "error":
            return ""
        return too_old_text(max(known), self._now(), OLDEST)

    @Slot()
    def read_again(self) -> None:
        """Read how watches stand: another phdesk has found something."""
        self._accounts.update(one.account for one in self._list.watches)
        self._rest.start()

    def acknowledge(self, watch: Watch) -> None:
        """Note that a person knows how a watch stands."""
        if self._background is not None:
            self._background.submit(
                partial(self._judge.acknowledge, watch, self._now()),
                done=partial(self._acknowledged, watch),
                failed=_accept,
                tag="watches",
            )

    def _acknowledged(self, watch: Watch, outcome: Outcome | None) -> None:
        if outcome is None:  # the file was busy
            QTimer.singleShot(AGAIN, self, partial(self.acknowledge, watch))
        else:
            self.take(watch.account, outcome.states)

    def take(self, account: str, after: Mapping[str, WatchState]) -> None:
        """Take how watches of an account stand."""
        if after != self._states.get(account):
            self._states[account] = after
            self.changed.emit()

    @Slot()
    def _on_list(self) -> None:
        """Judge anew what was edited, switched or deleted."""
        self._sync()
        self._accounts.update(one.account for one in self._list.watches)
        self._accounts.update(self._states)
        self._due.update(one.id for one in self._list.watches)
        self._rest.start()
        self.changed.emit()

    @Slot()
    def _sync(self) -> None:
        """Listen to the stores in which watched dashboards may be."""
        wanted = {one.source for one in self._list.watches}
        supplies = {where: self._sources.known(where) for where in wanted}
        for where, ear in list(self._ears.items()):
            supply = supplies.get(where)
            if supply is None or supply.store is not ear.store:
                self._ears.pop(where).deleteLater()
        for where, supply in supplies.items():
            if supply is not None and where not in self._ears:
                self._hear(where, supply)

    def _hear(self, where: Where, supply: Supply) -> None:
        ear = _Ear(where, supply.store, self)
        ear.heard.connect(self._on_changed)
        self._ears[where] = ear
        self._mark(one for one in self._list.watches if one.source == where)

    @Slot(object, object)
    def _on_changed(self, where: Where, changes: Changes) -> None:
        if changes.account:
            self._sync()
        touched = changes.dashboards | {board for board, _ in changes.tiles} | changes.headers
        self._mark(
            one
            for one in self._list.watches
            if one.source == where
            and one.dashboard in touched
            and (one.dashboard in changes.dashboards or self._touches(one, changes))
        )

    def _touches(self, watch: Watch, changes: Changes) -> bool:
        """Tell whether a watched tile or what may stand for it changed, or its dashboard went."""
        tiles = changes.tiles_of(watch.dashboard)
        ear = self._ears.get(watch.source)
        board = ear.store.state.dashboards.get(watch.dashboard) if ear is not None else None
        if watch.tile in tiles or (board is not None and watch.tile not in board.tiles):
            return True
        if ear is None or watch.dashboard not in changes.headers:
            return False
        return is_gone_whole(watch.dashboard, ear.store.state)

    def _mark(self, watches: Iterable[Watch]) -> None:
        marked = list(watches)
        if marked:
            self._due.update(one.id for one in marked)
            self._accounts.update(one.account for one in marked)
            self._rest.start()

    @Slot()
    def _look(self) -> None:
        """Judge what is due, an account at a time."""
        if self._background is None:
            return
        self._follow()
        for account in self._accounts - self._busy:
            mine = self._list.by_account(account)
            due = [one for one in mine if one.id in self._due]
            jobs = [job for one in due if (job := self._job(one)) is not None]
            self._accounts.discard(account)
            self._due.difference_update(one.id for one in due)
            self._busy.add(account)
            known = [one.id for one in mine]
            look = partial(self._judge.look, account, jobs, known, self._now())
            self._background.submit(
                partial(look, written=self._list.is_written),
                done=partial(self._looked, account, frozenset(one.id for one in due)),
                failed=partial(self._not_looked, account),
                tag="watches",
            )

    def _follow(self) -> None:
        """Go with insights that were put on their dashboards anew: marks and buttons lead there."""
        for one in self._list.watches:
            ear = self._ears.get(one.source)
            board = ear.store.state.dashboards.get(one.dashboard) if ear is not None else None
            if board is not None and (tile := tile_of(one, board)) != one.tile:
                self._list.change(moved, one.id, tile)

    def _looked(self, account: str, due: frozenset[str], outcome: Outcome | None) -> None:
        self._busy.discard(account)
        if outcome is None:  # the file was busy
            self._due |= due
            self._accounts.add(account)
            QTimer.singleShot(AGAIN, self, self._look)
            return
        self.take(account, outcome.states)
        if outcome.notices:
            self.noticed.emit(outcome.notices)
        if self._accounts:
            self._rest.start()

    def _not_looked(self, account: str, _failure: object) -> None:
        """Leave what failed until its next result: it would fail again."""
        self._busy.discard(account)
        if self._accounts:  # what came meanwhile would not
            self._rest.start()

    def _job(self, watch: Watch) -> Job | None:
        """Gather what a watch is judged by; None while there is nothing to judge."""
        ear = self._ears.get(watch.source)
        state, now = ear.store.state if ear is not None else EMPTY, self._now()
        return job_of(watch, state, now, self._gone_at(watch, state, now))

    def _gone_at(self, watch: Watch, state: State, now: datetime) -> datetime | None:
        """Say when its dashboard was found to be gone; each answer that says so has one time."""
        said = gone_by(watch.dashboard, state)
        if said is None:
            return None
        place = watch.source, watch.dashboard
        known = self._gone.get(place)
        if known is None or known[0] is not said:
            known = self._gone[place] = said, now
        return known[1]


class _Ear(QObject):
    """Listens to one store."""

    heard = Signal(object, object)  # Where, Changes

    def __init__(self, where: Where, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._where, self.store = where, store
        store.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self.heard.emit(self._where, changes)


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""


def _timer(parent: QObject, wait: int, slot: Callable[[], None], *, often: bool = False) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(not often)
    timer.setInterval(wait)
    timer.timeout.connect(slot)
    return timer
