"""Open dashboards: read them, refresh their tiles a few at a time, and again by the clock."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.budget_words import Report
from phdesk.core.filters import Override
from phdesk.services.autorefresh import AutoRefresh
from phdesk.services.dashboard_reading import DashboardReading
from phdesk.services.errands import Worker
from phdesk.services.governor import Governor
from phdesk.services.library import load_results
from phdesk.services.opened import OpenDashboards
from phdesk.services.queue import Job, can_refresh, oldest
from phdesk.services.reach import Reach
from phdesk.services.session import DashboardAnswer, Session
from phdesk.services.tile_refresh import TileRefresh
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.freshness import held_back
from phdesk.store.overrides import with_override, with_override_saved
from phdesk.store.store import Store


class Dashboards(QObject):
    """Keeps open dashboards up to date."""

    opened = Signal(int)  # dashboard id: somebody looks at the whole of it, and nobody did before
    left = Signal(int)  # dashboard id: nobody looks at the whole of it any more
    was_read = Signal(int)  # dashboard id
    told = Signal(str)  # a sentence for a notice
    trying_again = Signal()  # nothing answered for a while; now it is tried again

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        governor: Governor,
        *,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._cache = store, cache
        self._governor, self._now = governor, now
        self._session: Session | None = None
        self._open = OpenDashboards()
        self.reach = Reach(store, self)
        self._tiles = TileRefresh(store, background, governor, self.question, now, self)
        shared = self._tiles, self._open, now
        self._reading = DashboardReading(store, cache, background, *shared)
        self._reading.setParent(self)
        for part in (self._tiles, self._reading):
            part.answered.connect(self.reach.answers)
            part.stumbled.connect(self.reach.stumbles)
        self._reading.was_read.connect(self.was_read)
        self._reading.told.connect(self.told)
        self.auto = AutoRefresh(store, clock=governor.clock, parent=self)
        self.auto.due.connect(self.read_all)
        self.auto.reconnected.connect(self.try_again)
        self.reach.lost.connect(self._tiles.give_up)
        self.reach.due.connect(self.try_again)

    def set_calm(self) -> None:
        """Let the clock's share do for all that is kept: nobody waits, as before a wall."""
        self._reading.set_calm()

    def use(self, session: Session | None, *, reopen: bool = False) -> None:
        """Ask through this session from now on; everything of the last one is given up.

        With `reopen` the dashboards that are open are read anew through it.
        """
        opened = self._open.known.items()
        looks = [(one, *look) for one, known in opened for look in known.looks()]
        for dashboard_id, viewer, _, _ in looks:
            self.close(dashboard_id, viewer)
        self.reach.begin()
        self._tiles.use(session)
        self._reading.use(session)
        self._session = session
        for dashboard_id, viewer, visible, only in looks if reopen else ():
            self.open(dashboard_id, visible, viewer, only=only)

    def open(
        self,
        dashboard_id: int,
        visible: Sequence[int] = (),
        viewer: int = 0,
        *,
        only: Collection[int] | None = None,
    ) -> None:
        """Show what is cached, read the dashboard, refresh what is stale or missing.

        `viewer` is the number of a window: what another one has up to date is not read again. Of
        the dashboard the tiles in `only` matter to it; None is all.
        """
        known = self._open.ready(dashboard_id)
        before, others = known.only, known.seen.keys() - {viewer}
        was_whole = known.is_whole
        known.look(viewer, visible, only)
        if known.is_whole and not was_whole:
            self.opened.emit(dashboard_id)
        if dashboard_id not in self._store.state.dashboards:
            self._reading.show_kept(dashboard_id)
        if not others or known.only != before or not self._is_current(dashboard_id):
            self._reading.read(dashboard_id, force=False)
            self.auto.restart()

    def set_override(self, dashboard_id: int, override: Override | None) -> None:
        """Show a dashboard under temporary filters, or without one under its own.

        What was being asked under other filters is given up; what is kept for these is shown.
        """
        if not self._store.apply(with_override, dashboard_id, override):
            return
        self._tiles.give_up(dashboard_id)
        self._store.apply(load_results, self._cache, dashboard_id)
        if dashboard_id in self._open.known:
            self._reading.read(dashboard_id, force=False)
        self._tiles.pump()

    def take_saved(self, dashboard_id: int, key: str, answer: DashboardAnswer) -> None:
        """Take a dashboard as the server has it after the filters with this key were saved."""
        self.reach.answers()
        self._store.apply(with_override_saved, key, answer.dashboard)
        self._store.apply(
            changes.with_dashboard,
            answer.dashboard,
            now=self._now(),
            asked=self.question(),
            failures=answer.failures,
        )
        self._reading.read(dashboard_id, force=False)

    def refresh(
        self, dashboard_id: int, *, force: bool = False, tile_ids: Sequence[int] | None = None
    ) -> None:
        """Refresh stale tiles, or with `force` all; the tiles named are always asked for."""
        if tile_ids is None:
            self._reading.read(dashboard_id, force=force)
            return
        board = self._store.state.dashboards.get(dashboard_id)
        known = board.tiles if board else {}
        wanted = [tile for tile in tile_ids if tile in known and can_refresh(known[tile])]
        if force:
            now = self._now()
            free = [tile for tile in wanted if held_back(known[tile], now) is None]
            if wanted and not free and board is not None:
                self._reading.tell_held_back(board, len(wanted))
            wanted = free
        jobs = [Job(dashboard_id, tile, force) for tile in wanted]
        self._tiles.add(dashboard_id, jobs, first=True)

    def show_first(self, dashboard_id: int, visible: Sequence[int], viewer: int = 0) -> None:
        """Note which tiles are on screen, in reading order: they are refreshed first."""
        self._open.ready(dashboard_id).seen[viewer] = tuple(visible)
        self._tiles.put_first(dashboard_id, visible)

    def close(self, dashboard_id: int, viewer: int = 0) -> None:
        """Give up all work for a dashboard that nobody else looks at; what is known stays."""
        known = self._open.get(dashboard_id)
        if known is not None:
            was_whole = known.is_whole
            known.leave(viewer)
            if was_whole and not known.is_whole:
                self.left.emit(dashboard_id)
            if known.seen:
                return
            del self._open.known[dashboard_id]
            self._reading.give_up(dashboard_id)
            if known.reading is not None:
                known.reading.cancel()
                self._store.apply(changes.reading_stopped, dashboard_id)
        self._tiles.give_up(dashboard_id)
        self._tiles.pump()
        if not self._open.known:
            self.auto.stop()

    def is_watched(self, dashboard_id: int) -> bool:
        """Tell whether somebody looks at the whole of a dashboard."""
        known = self._open.get(dashboard_id)
        return known is not None and known.is_whole

    def leave(self, viewer: int) -> None:
        """Close all that a window looked at, and count on it no more."""
        opened = self._open.known.items()
        for dashboard_id in [one for one, known in opened if viewer in known.seen]:
            self.close(dashboard_id, viewer)
        self._open.hidden.pop(viewer, None)
        self._tell_hidden()

    def set_hidden(self, *, hidden: bool, viewer: int = 0) -> None:
        """Spare what no window that is looked at shows from the clock; catch up afterwards."""
        self._open.hidden[viewer] = hidden
        self._tell_hidden()
        for dashboard_id, known in list(self._open.known.items()) if not hidden else ():
            if viewer in known.seen and known.missed:
                self._reading.read(dashboard_id, force=False, background=True)

    def question(self) -> int:
        """Give the number of a new question: answers to older ones are old from now on."""
        return self._open.question()

    def budget(self) -> Report | None:
        """Say what was spent of the team's limits; None while nobody is signed in."""
        session = self._session
        return None if session is None else self._governor.report(session.host, session.project.id)

    @Slot()
    def try_again(self) -> None:
        """Ask a server that was away for all that is open."""
        self.trying_again.emit()
        self.read_all()

    @Slot()
    def read_all(self) -> None:
        """Read all that is open, though nobody waits for it; then refresh what is stale.

        What a person is waiting for is asked anew in their name: it may hang since a sleep. That
        with the oldest number goes first, so that limits never keep back the same one each time.
        """
        known = self._store.state.dashboards
        for dashboard_id in sorted(self._open.known, key=lambda one: oldest(known.get(one))):
            self._reading.read_by_itself(dashboard_id)

    def _is_current(self, dashboard_id: int) -> bool:
        """Tell whether a dashboard is being read, or was, and is refreshed by the clock."""
        board = self._store.state.dashboards.get(dashboard_id)
        known = self._open.known[dashboard_id]
        read = board is not None and not board.from_cache and board.failure is None
        return read or known.is_being_read

    def _tell_hidden(self) -> None:
        self.auto.set_hidden(hidden=self._open.all_hidden)
