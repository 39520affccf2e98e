"""Refresh tiles a few at a time, within the team's limits; a person's wishes first."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.budget import Kind, Use
from phdesk.models.failure import Cause, Failure
from phdesk.services.background import Ticket
from phdesk.services.errands import Worker
from phdesk.services.failures import is_spared
from phdesk.services.governor import PATIENCE, Governor
from phdesk.services.overriding import sent_for
from phdesk.services.queue import Job, RefreshQueue
from phdesk.services.session import Session, TileAnswer
from phdesk.store import changes, tiles
from phdesk.store.store import Store

CALM_PATIENCE = 300.0  # seconds: the limit of a minute may be waited for, not that of an hour


class TileRefresh(QObject):
    """Has tiles calculated one after another, and puts what comes into the store."""

    answered = Signal()
    stumbled = Signal(object)  # Failure

    def __init__(
        self,
        store: Store,
        background: Worker,
        governor: Governor,
        question: Callable[[], int],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._background, self._governor = store, background, governor
        self._question, self._now = question, now
        self._session: Session | None = None
        self._queue = RefreshQueue()
        self._running: dict[tuple[int, int], Ticket] = {}
        self._until: datetime | None = None  # the limits let nothing more go before
        self._spared: dict[bool, float] = {}  # until when, by the steady clock; calm jobs or not
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.pump)

    def use(self, session: Session | None) -> None:
        """Ask through this session from now on; all of the last one is to be given up before."""
        self._session = session
        self._spared.clear()
        self._pause.stop()

    def add(self, dashboard_id: int, jobs: Sequence[Job], *, first: bool = False) -> None:
        """Put jobs into the line, or before all others, and start what may start."""
        self._queue.add(jobs)
        if first:
            self._queue.put_first(dashboard_id, [job.tile for job in jobs])
        self._show_progress(dashboard_id)
        self.pump()

    def put_first(self, dashboard_id: int, tile_ids: Sequence[int]) -> None:
        """Let these tiles come before all that wait."""
        self._queue.put_first(dashboard_id, tile_ids)

    def give_up(self, dashboard_id: int | None = None) -> None:
        """Drop jobs, running ones too; their tiles keep what they have."""
        for job in self._queue.drop(dashboard_id):
            self._stop(job)

    @Slot()
    def pump(self) -> None:
        """Start as many waiting jobs as may run, and come back when the limits allow the next."""
        session = self._session
        self._pause.stop()
        if session is None:
            return
        waits: dict[bool, float] = {}
        started = self._queue.take(partial(self._may, session, waits))
        for job in started:
            self._start(session, job)
        self._put_off(waits)

    def _may(self, session: Session, waits: dict[bool, float], job: Job) -> bool:
        use = Use(Kind.INSIGHTS, job.background, job.dashboard)
        wait = self._governor.wait((session.host, session.project.id), use)
        spared = self._spared.get(job.background, 0.0) - self._governor.clock().steady
        wait = max(wait, spared)
        if wait > 0:
            waits[job.background] = wait
        return wait <= 0

    def _put_off(self, waits: dict[bool, float]) -> None:
        """Let a person's jobs wait as long as it takes; those of the clock have another time."""
        if waits.get(True, 0.0) > CALM_PATIENCE:
            for job in self._queue.drop_calm():
                self._stop(job)
            del waits[True]
        until = self._now() + timedelta(seconds=min(waits.values())) if waits else None
        if until != self._until:
            self._until = until
            for dashboard_id in self._queue.dashboards:
                self._show_progress(dashboard_id)
        if waits:
            self._pause.start(int(min(waits.values()) * 1000) + 1)

    def _start(self, session: Session, job: Job) -> None:
        held = tiles.tile_of(self._store.state, *job.where)
        insight = held.tile.insight if held else None
        if insight is None or insight.id is None:  # the tile is gone since it was queued
            self._finish(job)
            return
        asked = self._question()
        override = sent_for(self._store.state, job.dashboard, self._now())
        self._store.apply(tiles.refresh_started, job.dashboard, [job.tile])
        self._running[job.where] = self._background.submit(
            partial(session.read_tile, job, insight, override),
            done=partial(self._came, job, asked, override.key),
            failed=partial(self._failed, job, asked, override.key),
            tag=f"tile {job.tile}",
        )

    def _came(self, job: Job, asked: int, filters: str, answer: TileAnswer) -> None:
        self.answered.emit()
        self._store.apply(
            tiles.with_tile_result,
            job.where,
            answer.insight,
            now=self._now(),
            asked=asked,
            failure=answer.failure,
            filters=filters,
        )
        self._ended(job, answer.failure)

    def _failed(self, job: Job, asked: int, filters: str, failure: Failure) -> None:
        if is_spared(failure):  # other calls took the last places of a limit meanwhile
            self._spare(job, failure)
            self._running.pop(job.where, None)
            self._queue.put_back(job)
            self._store.apply(tiles.refresh_finished, job.dashboard, [job.tile])
            self.pump()
            self._show_progress(job.dashboard)
            return
        self._store.apply(
            tiles.with_tile_failure,
            job.where,
            failure,
            now=self._now(),
            asked=asked,
            filters=filters,
        )
        self.stumbled.emit(failure)
        self._ended(job, failure)

    def _spare(self, job: Job, failure: Failure) -> None:
        """Begin nothing of the kind meanwhile: what has to be polled needs other limits, too."""
        wait = PATIENCE if failure.retry_after is None else failure.retry_after
        self._spared[job.background] = self._governor.clock().steady + wait

    def _ended(self, job: Job, failure: Failure | None) -> None:
        """Go on with the next job; not when a quota is used up: all others would hear the same."""
        if failure is not None and failure.cause is Cause.QUOTA:
            self._running.pop(job.where, None)
            self._queue.finish(job)
            self.give_up()
            self._show_progress(job.dashboard)
        else:
            self._finish(job)

    def _finish(self, job: Job) -> None:
        self._running.pop(job.where, None)
        self._queue.finish(job)
        self._show_progress(job.dashboard)
        self.pump()

    def _stop(self, job: Job) -> None:
        """Stop a job; the session tells the server, as far as it listens."""
        ticket = self._running.pop(job.where, None)
        self._store.apply(tiles.refresh_finished, job.dashboard, [job.tile])
        self._show_progress(job.dashboard)
        if ticket is not None:
            ticket.cancel()

    def _show_progress(self, dashboard_id: int) -> None:
        progress = self._queue.progress(dashboard_id, self._until)
        self._store.apply(changes.with_progress, dashboard_id, progress)
