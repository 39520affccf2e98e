"""Open dashboards: read them, refresh their tiles a few at a time, and again by the clock."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.ages import wait_words
from phdesk.core.budget_words import Report
from phdesk.core.filters import Override
from phdesk.models.failure import Failure
from phdesk.services.autorefresh import AutoRefresh
from phdesk.services.errands import Worker
from phdesk.services.failures import is_offline, is_spared, loses_session
from phdesk.services.governor import Governor
from phdesk.services.kept_reading import KeptReading
from phdesk.services.library import load_results
from phdesk.services.opened import Opened
from phdesk.services.overriding import sent_for
from phdesk.services.queue import Job, can_refresh, jobs_for
from phdesk.services.second_tries import SecondTries
from phdesk.services.session import DashboardAnswer, Session
from phdesk.services.tile_refresh import TileRefresh
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.freshness import back_in_line, held_back
from phdesk.store.overrides import with_override, with_override_saved
from phdesk.store.state import DashboardState
from phdesk.store.store import Store

OFFLINE_WAIT = (15, 30, 60, 120, 300)  # seconds between tries while nothing answers


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
        self._store = store
        self._cache = cache
        self._background = background
        self._governor = governor
        self._now = now
        self._session: Session | None = None
        self._open: dict[int, Opened] = {}
        self._hidden: dict[int, bool] = {}  # by who looks
        self._asked = 0
        self._tries = 0
        self._is_calm = False
        self._tiles = TileRefresh(store, background, governor, self.question, now, self)
        self._tiles.answered.connect(self.answers)
        self._tiles.stumbled.connect(self.stumbles)
        self._kept = KeptReading(store, cache, background, self._visible, self)
        self._kept.ended.connect(self._read_what_waits)
        self.auto = AutoRefresh(store, clock=governor.clock, parent=self)
        self.auto.due.connect(self.read_all)
        self.auto.reconnected.connect(self.try_again)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.try_again)
        self._second = SecondTries(self)
        self._second.due.connect(self._try_second)

    def set_calm(self) -> None:
        """Let the clock's share do for all that is kept: nobody waits, as before a wall."""
        self._is_calm = True

    def use(self, session: Session | None, *, reopen: bool = False) -> None:
        """Ask through this session from now on; everything of the last one is given up.

        With `reopen` the dashboards that are open are read anew through it.
        """
        looks = [(one, *look) for one, known in self._open.items() for look in known.looks()]
        for dashboard_id, viewer, _, _ in looks:
            self.close(dashboard_id, viewer)
        self._again.stop()
        self._tiles.use(session)
        self._session = session
        self._tries = 0
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
        known = self._open.setdefault(dashboard_id, Opened({}))
        before, others = known.only, known.seen.keys() - {viewer}
        was_whole = known.is_whole
        known.look(viewer, visible, only)
        if known.is_whole and not was_whole:
            self.opened.emit(dashboard_id)
        if dashboard_id not in self._store.state.dashboards:
            self._kept.open(dashboard_id)
        if not others or known.only != before or not self._is_current(dashboard_id):
            self._read(dashboard_id, force=False)
            self.auto.restart()

    def set_override(self, dashboard_id: int, override: Override | None) -> None:
        """Show a dashboard under temporary filters, or without one under its own.

        What was being asked under other filters is given up; what is kept for these is shown.
        """
        if not self._store.apply(with_override, dashboard_id, override):
            return
        self._tiles.give_up(dashboard_id)
        self._store.apply(load_results, self._cache, dashboard_id)
        if dashboard_id in self._open:
            self._read(dashboard_id, force=False)
        self._tiles.pump()

    def take_saved(self, dashboard_id: int, key: str, answer: DashboardAnswer) -> None:
        """Take a dashboard as the server has it after the filters with this key were saved."""
        self.answers()
        self._store.apply(with_override_saved, key, answer.dashboard)
        self._store.apply(
            changes.with_dashboard,
            answer.dashboard,
            now=self._now(),
            asked=self.question(),
            failures=answer.failures,
        )
        self._read(dashboard_id, force=False)

    def refresh(
        self, dashboard_id: int, *, force: bool = False, tile_ids: Sequence[int] | None = None
    ) -> None:
        """Refresh stale tiles, or with `force` all; the tiles named are always asked for."""
        if tile_ids is None:
            self._read(dashboard_id, force=force)
            return
        board = self._store.state.dashboards.get(dashboard_id)
        known = board.tiles if board else {}
        wanted = [tile for tile in tile_ids if tile in known and can_refresh(known[tile])]
        if force:
            now = self._now()
            free = [tile for tile in wanted if held_back(known[tile], now) is None]
            if wanted and not free and board is not None:
                self._tell_held_back(board, len(wanted))
            wanted = free
        jobs = [Job(dashboard_id, tile, force) for tile in wanted]
        self._tiles.add(dashboard_id, jobs, first=True)

    def show_first(self, dashboard_id: int, visible: Sequence[int], viewer: int = 0) -> None:
        """Note which tiles are on screen, in reading order: they are refreshed first."""
        self._open.setdefault(dashboard_id, Opened({})).seen[viewer] = tuple(visible)
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
            del self._open[dashboard_id]
            self._second.forget(dashboard_id)
            if known.reading is not None:
                known.reading.cancel()
                self._store.apply(changes.reading_stopped, dashboard_id)
        self._tiles.give_up(dashboard_id)
        self._tiles.pump()
        if not self._open:
            self.auto.stop()

    def is_watched(self, dashboard_id: int) -> bool:
        """Tell whether somebody looks at the whole of a dashboard."""
        known = self._open.get(dashboard_id)
        return known is not None and known.is_whole

    def leave(self, viewer: int) -> None:
        """Close all that a window looked at, and count on it no more."""
        for dashboard_id in [one for one, known in self._open.items() if viewer in known.seen]:
            self.close(dashboard_id, viewer)
        self._hidden.pop(viewer, None)
        self._tell_hidden()

    def set_hidden(self, *, hidden: bool, viewer: int = 0) -> None:
        """Spare what no window that is looked at shows from the clock; catch up afterwards."""
        self._hidden[viewer] = hidden
        self._tell_hidden()
        for dashboard_id, known in list(self._open.items()) if not hidden else ():
            if viewer in known.seen and known.missed:
                self._read(dashboard_id, force=False, background=True)

    def question(self) -> int:
        """Give the number of a new question: answers to older ones are old from now on."""
        self._asked += 1
        return self._asked

    def budget(self) -> Report | None:
        """Say what was spent of the team's limits; None while nobody is signed in."""
        session = self._session
        return None if session is None else self._governor.report(session.host, session.project.id)

    @Slot()
    def answers(self) -> None:
        """Note that the server answers."""
        self._tries = 0
        self._again.stop()
        self._store.apply(changes.with_online)

    @Slot(object)
    def stumbles(self, failure: Failure) -> None:
        """Spare a server that is away or refuses us."""
        if is_offline(failure) or loses_session(failure):
            self._store.apply(changes.with_offline, failure)
            self._tiles.give_up()
        if is_offline(failure) and not self._again.isActive():
            wait = OFFLINE_WAIT[min(self._tries, len(OFFLINE_WAIT) - 1)]
            self._tries += 1
            self._again.start(wait * 1000)

    @Slot()
    def try_again(self) -> None:
        """Ask a server that was away for all that is open."""
        self.trying_again.emit()
        self.read_all()

    @Slot()
    def read_all(self) -> None:
        """Read all that is open, though nobody waits for it; then refresh what is stale.

        What a person is waiting for is asked anew in their name: it may hang since a sleep.
        """
        for dashboard_id in list(self._open):
            self._read_by_itself(dashboard_id)

    @Slot(int)
    def _try_second(self, dashboard_id: int) -> None:
        """Ask again for what a server in trouble did not give."""
        if dashboard_id not in self._open or self._store.state.offline is not None:
            return
        if self._hidden and all(self._hidden.values()):
            self._open[dashboard_id].missed = True
            return
        self._read_by_itself(dashboard_id)

    def _read_by_itself(self, dashboard_id: int) -> None:
        """Read what is open; what nobody sees now is left for when somebody does."""
        known = self._open[dashboard_id]
        waits = known.is_being_read and not known.calm
        if known.seen and not waits and not self._seen_by(known):
            known.missed = True
            return
        self._read(dashboard_id, force=waits and known.forced, background=not waits)

    def _is_current(self, dashboard_id: int) -> bool:
        """Tell whether a dashboard is being read, or was, and is refreshed by the clock."""
        board, known = self._store.state.dashboards.get(dashboard_id), self._open[dashboard_id]
        read = board is not None and not board.from_cache and board.failure is None
        return read or known.is_being_read

    def _is_kept(self, dashboard_id: int) -> bool:
        """Tell whether each tile has a number of the filters that are asked for, however old."""
        board = self._store.state.dashboards.get(dashboard_id)
        tiles = board.tiles.values() if board is not None else ()
        return board is not None and all(
            (held.has_result and not held.is_other) or not can_refresh(held) for held in tiles
        )

    def _seen_by(self, known: Opened) -> Collection[int]:
        """Give who looks at a dashboard and is not hidden; who hides counts where all do."""
        seen = [one for one in known.seen if not self._hidden.get(one)]
        return known.seen if self._hidden and all(self._hidden.values()) else seen

    def _tell_hidden(self) -> None:
        self.auto.set_hidden(hidden=bool(self._hidden) and all(self._hidden.values()))

    def _read(self, dashboard_id: int, *, force: bool, background: bool = False) -> None:
        session = self._session
        if session is None:
            return
        known = self._open.setdefault(dashboard_id, Opened({}))
        if self._kept.is_reading(dashboard_id):
            known.wait(force=force, background=background)
            return
        background = background or (self._is_calm and not force and self._is_kept(dashboard_id))
        if known.reading is not None:
            known.reading.cancel()
        known.forced, known.calm, known.missed = force, background, False
        asked = self.question()
        override = sent_for(self._store.state, dashboard_id, self._now())
        self._store.apply(changes.opening, dashboard_id)
        known.reading = self._background.submit(
            partial(session.read_dashboard, dashboard_id, override, background=background),
            done=partial(
                self._was_read,
                dashboard_id,
                asked,
                override.key,
                force=force,
                background=background,
            ),
            failed=partial(self._was_not_read, dashboard_id, asked, background=background),
            tag=f"dashboard {dashboard_id}",
        )

    def _visible(self, dashboard_id: int) -> Sequence[int]:
        known = self._open.get(dashboard_id)
        return known.visible if known is not None else ()

    @Slot(int)
    def _read_what_waits(self, dashboard_id: int) -> None:
        """Ask the server once all that is kept is there: for what is stale of it, no more."""
        known = self._open.get(dashboard_id)
        if known is not None and known.waits:
            known.waits = False
            self._read(dashboard_id, force=known.forced, background=known.calm)

    def _was_read(
        self,
        dashboard_id: int,
        asked: int,
        filters: str,
        answer: DashboardAnswer,
        *,
        force: bool,
        background: bool,
    ) -> None:
        now = self._now()
        self.answers()
        self._second.forget(dashboard_id)
        self._store.apply(
            changes.with_dashboard,
            answer.dashboard,
            now=now,
            asked=asked,
            failures=answer.failures,
            filters=filters,
        )
        known = self._open.get(dashboard_id)
        board = self._store.state.dashboards.get(dashboard_id)
        if board is None:  # an answer for temporary filters of an account that is gone
            return
        visible, only = (known.visible, known.only) if known else ((), None)
        if known is not None and known.seen and background:
            only = known.only_of(self._seen_by(known))
            known.missed = only != known.only
        jobs = jobs_for(board, now, force=force, visible=visible, only=only, background=background)
        self._tiles.add(dashboard_id, jobs)
        if force and not jobs:
            self._tell_held_back(board, len(board.tiles))
        self.was_read.emit(dashboard_id)

    def _tell_held_back(self, board: DashboardState, count: int) -> None:
        """Say why nothing is calculated, where a person asked for it."""
        now = self._now()
        _, when = back_in_line(board, now)
        if when is not None:
            what = "This was" if count == 1 else "All of this was"
            self.told.emit(
                f"{what} calculated moments ago. PostHog does it anew {wait_words(when, now)}."
            )

    def _was_not_read(
        self, dashboard_id: int, asked: int, failure: Failure, *, background: bool
    ) -> None:
        if background and is_spared(failure):
            self._store.apply(changes.reading_stopped, dashboard_id)
            return
        self._store.apply(
            changes.with_dashboard_failure, dashboard_id, failure, now=self._now(), asked=asked
        )
        self.stumbles(failure)
        if dashboard_id in self._open:
            self._second.failed(dashboard_id, failure)
