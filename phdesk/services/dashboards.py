"""Open dashboards: read them, refresh their tiles a few at a time, and again by the clock."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.filters import Override
from phdesk.core.pointing import pointed_id
from phdesk.models.failure import Cause, Failure
from phdesk.services.budget import Budget
from phdesk.services.errands import Worker
from phdesk.services.failures import is_offline, loses_session
from phdesk.services.library import load_dashboard, load_results
from phdesk.services.opened import Opened, Running
from phdesk.services.overriding import sent_for
from phdesk.services.queue import Job, RefreshQueue, can_refresh, jobs_for
from phdesk.services.session import DashboardAnswer, Session, TileAnswer
from phdesk.store import changes, tiles
from phdesk.store.cache import Cache
from phdesk.store.overrides import with_override, with_override_saved
from phdesk.store.store import Store

JITTER = 0.1  # of the interval, so that many screens do not ask at once
OFFLINE_WAIT = (15, 30, 60, 120, 300)  # seconds between tries while nothing answers
THROTTLED_WAIT = 30.0  # seconds, when the server does not say


class Dashboards(QObject):
    """Keeps open dashboards up to date."""

    was_read = Signal(int)  # dashboard id
    trying_again = Signal()  # nothing answered for a while; now it is tried again

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        *,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._cache = cache
        self._background = background
        self._now = now
        self._session: Session | None = None
        self.budget = Budget()
        self._queue = RefreshQueue()
        self._open: dict[int, Opened] = {}
        self._running: dict[tuple[int, int], Running] = {}
        self._asked = 0
        self._tries = 0
        self._hidden: dict[int, bool] = {}  # by who looks
        self._overdue = False
        self._minutes = 30
        self._auto = self._timer(self._auto_refresh)
        self._again = self._timer(self._try_again)
        self._pause = self._timer(self._pump)

    def use(
        self, session: Session | None, *, budget: Budget | None = None, reopen: bool = False
    ) -> None:
        """Ask through this session from now on; everything of the last one is given up.

        With `reopen` the dashboards that are open are read anew through it.
        """
        before = {dashboard: dict(known.seen) for dashboard, known in self._open.items()}
        for dashboard_id, seen in before.items():
            for viewer in list(seen):
                self.close(dashboard_id, viewer)
        for timer in (self._auto, self._again, self._pause):
            timer.stop()
        if budget is not None:
            self.budget = budget
        self._session = session
        self._tries = 0
        for dashboard_id, seen in before.items() if reopen else ():
            for viewer, visible in seen.items():
                self.open(dashboard_id, visible, viewer)

    def open(self, dashboard_id: int, visible: Sequence[int] = (), viewer: int = 0) -> None:
        """Show what is cached, read the dashboard, refresh what is stale or missing.

        `viewer` is the number of a window: what another one has up to date is not read again.
        """
        known = self._open.setdefault(dashboard_id, Opened({}))
        others = known.seen.keys() - {viewer}
        known.seen[viewer] = tuple(visible)
        if dashboard_id not in self._store.state.dashboards:
            self._store.apply(load_dashboard, self._cache, dashboard_id)
        if not (others and self._is_current(dashboard_id)):
            self._read(dashboard_id, force=False)
        self._schedule()

    def set_override(self, dashboard_id: int, override: Override | None) -> None:
        """Show a dashboard under temporary filters, or without one under its own.

        What was being asked under other filters is given up; what is kept for these is shown.
        """
        if not self._store.apply(with_override, dashboard_id, override):
            return
        self._give_up(dashboard_id)
        self._store.apply(load_results, self._cache, dashboard_id)
        if dashboard_id in self._open:
            self._read(dashboard_id, force=False)
        self._pump()

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
        self._enqueue(dashboard_id, [Job(dashboard_id, tile, force) for tile in wanted])
        self._queue.put_first(dashboard_id, wanted)
        self._pump()

    def show_first(self, dashboard_id: int, visible: Sequence[int], viewer: int = 0) -> None:
        """Note which tiles are on screen, in reading order: they are refreshed first."""
        self._open.setdefault(dashboard_id, Opened({})).seen[viewer] = tuple(visible)
        self._queue.put_first(dashboard_id, visible)

    def close(self, dashboard_id: int, viewer: int = 0) -> None:
        """Give up all work for a dashboard that nobody else looks at; what is known stays."""
        known = self._open.get(dashboard_id)
        if known is not None:
            known.seen.pop(viewer, None)
            if known.seen:
                return
            del self._open[dashboard_id]
            if known.reading is not None:
                known.reading.cancel()
                self._store.apply(changes.reading_stopped, dashboard_id)
        self._give_up(dashboard_id)
        self._pump()

    def leave(self, viewer: int) -> None:
        """Close all that a window looked at, and count on it no more."""
        for dashboard_id in [one for one, known in self._open.items() if viewer in known.seen]:
            self.close(dashboard_id, viewer)
        self._hidden.pop(viewer, None)

    def set_hidden(self, *, hidden: bool, viewer: int = 0) -> None:
        """Pause the refresh by the clock while no window is looked at; catch up afterwards."""
        self._hidden[viewer] = hidden
        if not hidden and self._overdue:
            self._auto_refresh()

    def set_interval(self, minutes: int) -> None:
        """Set how often open dashboards are refreshed by the clock; 0 is never."""
        self._minutes = minutes
        self._auto.stop()
        self._schedule()

    def question(self) -> int:
        """Give the number of a new question: answers to older ones are old from now on."""
        self._asked += 1
        return self._asked

    def answers(self) -> None:
        """Note that the server answers."""
        self._tries = 0
        self._again.stop()
        self._store.apply(changes.with_online)

    def stumbles(self, failure: Failure) -> None:
        """Spare a server that is away, refuses us or is busy."""
        if is_offline(failure) or loses_session(failure):
            self._store.apply(changes.with_offline, failure)
            self._give_up()
        if is_offline(failure) and not self._again.isActive():
            wait = OFFLINE_WAIT[min(self._tries, len(OFFLINE_WAIT) - 1)]
            self._tries += 1
            self._again.start(wait * 1000)
        if failure.cause is Cause.RATE_LIMITED:
            wait_ms = int(1000 * (failure.retry_after or THROTTLED_WAIT))
            self._pause.start(wait_ms)

    def _is_current(self, dashboard_id: int) -> bool:
        """Tell whether a dashboard is being read, or was, and is refreshed by the clock."""
        board, known = self._store.state.dashboards.get(dashboard_id), self._open[dashboard_id]
        read = board is not None and not board.from_cache and board.failure is None
        return read or known.is_being_read

    def _read(self, dashboard_id: int, *, force: bool) -> None:
        session = self._session
        if session is None:
            return
        known = self._open.setdefault(dashboard_id, Opened({}))
        if known.reading is not None:
            known.reading.cancel()
        asked = self.question()
        override = sent_for(self._store.state, dashboard_id, self._now())
        self._store.apply(changes.opening, dashboard_id)
        known.reading = self._background.submit(
            partial(session.read_dashboard, dashboard_id, override),
            done=partial(self._was_read, dashboard_id, asked, force=force, filters=override.key),
            failed=partial(self._was_not_read, dashboard_id, asked),
            tag=f"dashboard {dashboard_id}",
        )

    def _was_read(
        self,
        dashboard_id: int,
        asked: int,
        answer: DashboardAnswer,
        *,
        force: bool,
        filters: str,
    ) -> None:
        now = self._now()
        self.answers()
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
        visible = known.visible if known else ()
        self._enqueue(dashboard_id, jobs_for(board, now, force=force, visible=visible))
        self._pump()
        self.was_read.emit(dashboard_id)

    def _was_not_read(self, dashboard_id: int, asked: int, failure: Failure) -> None:
        self._store.apply(
            changes.with_dashboard_failure, dashboard_id, failure, now=self._now(), asked=asked
        )
        self.stumbles(failure)

    def _enqueue(self, dashboard_id: int, jobs: Sequence[Job]) -> None:
        self._queue.add(jobs)
        self._show_progress(dashboard_id)

    @Slot()
    def _pump(self) -> None:
        """Start as many waiting jobs as may run."""
        if self._session is None or self._pause.isActive():
            return
        wait = self.budget.wait(self._now())
        if wait > 0:
            self._pause.start(int(wait * 1000) + 1)
            return
        for job in self._queue.take():
            self._start(self._session, job)

    def _start(self, session: Session, job: Job) -> None:
        held = tiles.tile_of(self._store.state, *job.where)
        insight = held.tile.insight if held else None
        if insight is None or insight.id is None:  # the tile is gone since it was queued
            self._finish(job)
            return
        asked = self.question()
        override = sent_for(self._store.state, job.dashboard, self._now())
        self._store.apply(tiles.refresh_started, job.dashboard, [job.tile])
        query_id = str(uuid4())
        for _ in range(2 if pointed_id(insight) else 1):  # one that points is found by its name
            self.budget.spend(self._now())
        ticket = self._background.submit(
            partial(session.read_tile, job, insight, query_id, override),
            done=partial(self._tile_came, job, asked, override.key),
            failed=partial(self._tile_failed, job, asked, override.key),
            tag=f"tile {job.tile}",
        )
        self._running[job.where] = Running(ticket, query_id)

    def _tile_came(self, job: Job, asked: int, filters: str, answer: TileAnswer) -> None:
        self.answers()
        self._store.apply(
            tiles.with_tile_result,
            job.where,
            answer.insight,
            now=self._now(),
            asked=asked,
            failure=answer.failure,
            filters=filters,
        )
        if answer.failure is not None and answer.failure.cause is Cause.RATE_LIMITED:
            self.stumbles(answer.failure)
        self._finish(job)

    def _tile_failed(self, job: Job, asked: int, filters: str, failure: Failure) -> None:
        self._store.apply(
            tiles.with_tile_failure,
            job.where,
            failure,
            now=self._now(),
            asked=asked,
            filters=filters,
        )
        self.stumbles(failure)
        self._finish(job)

    def _finish(self, job: Job) -> None:
        self._running.pop(job.where, None)
        self._queue.finish(job)
        self._show_progress(job.dashboard)
        self._pump()

    def _give_up(self, dashboard_id: int | None = None) -> None:
        """Drop jobs, running ones too; their tiles keep what they have."""
        for job in self._queue.drop(dashboard_id):
            self._cancel(self._running.pop(job.where, None))
            self._store.apply(tiles.refresh_finished, job.dashboard, [job.tile])
            self._show_progress(job.dashboard)

    def _cancel(self, running: Running | None) -> None:
        """Stop a calculation here and, as far as it listens, on the server."""
        if running is None or not running.ticket.active:
            return
        running.ticket.cancel()
        if self._session is not None and self._store.state.offline is None:
            self._background.submit(
                partial(self._session.cancel, running.query_id),
                done=_accept,
                failed=_accept,
                tag="cancel",
            )

    def _show_progress(self, dashboard_id: int) -> None:
        self._store.apply(changes.with_progress, dashboard_id, self._queue.progress(dashboard_id))

    def _schedule(self) -> None:
        """Set the clock for the next refresh, if it does not run."""
        if self._minutes > 0 and self._open and not self._auto.isActive():
            factor = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - no secret
            self._auto.start(int(self._minutes * 60_000 * factor))

    @Slot()
    def _auto_refresh(self) -> None:
        """Refresh all that is open, unless nobody looks or nobody answers."""
        self._overdue = bool(self._hidden) and all(self._hidden.values())
        if not self._overdue and self._store.state.offline is None:
            self._read_all()
        self._schedule()

    @Slot()
    def _try_again(self) -> None:
        self.trying_again.emit()
        self._read_all()

    def _read_all(self) -> None:
        for dashboard_id in list(self._open):
            self._read(dashboard_id, force=False)

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
