"""Read open dashboards as a whole: what is kept of them first, then from the server."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.ages import wait_words
from phdesk.models.failure import Failure
from phdesk.services.errands import Worker
from phdesk.services.failures import is_spared
from phdesk.services.kept_reading import KeptReading
from phdesk.services.opened import OpenDashboards
from phdesk.services.overriding import sent_for
from phdesk.services.queue import can_refresh, jobs_for
from phdesk.services.second_tries import SecondTries
from phdesk.services.session import DashboardAnswer, Session
from phdesk.services.tile_refresh import TileRefresh
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.freshness import back_in_line
from phdesk.store.state import DashboardState
from phdesk.store.store import Store


class DashboardReading(QObject):
    """One reading of each dashboard at a time; what is stale of it is refreshed afterwards."""

    was_read = Signal(int)  # dashboard id
    answered = Signal()
    stumbled = Signal(object)  # Failure
    told = Signal(str)  # a sentence for a notice

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        tiles: TileRefresh,
        opened: OpenDashboards,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._store, self._background = store, background
        self._tiles, self._open, self._now = tiles, opened, now
        self._session: Session | None = None
        self._is_calm = False
        self._kept = KeptReading(store, cache, background, opened.visible, self)
        self._kept.ended.connect(self._read_what_waits)
        self._second = SecondTries(self)
        self._second.due.connect(self._try_second)

    def use(self, session: Session | None) -> None:
        """Ask through this session from now on; all of the last one is to be given up before."""
        self._session = session

    def set_calm(self) -> None:
        """Let the clock's share do for all that is kept: nobody waits, as before a wall."""
        self._is_calm = True

    def show_kept(self, dashboard_id: int) -> None:
        """Show what is on disk of a dashboard that is not known yet."""
        self._kept.open(dashboard_id)

    def read(self, dashboard_id: int, *, force: bool, background: bool = False) -> None:
        """Read a dashboard; `force` has all of it calculated, `background` is of the clock.

        One at which nobody looks is read when somebody does.
        """
        session, known = self._session, self._open.get(dashboard_id)
        if session is None or known is None:
            return
        if self._kept.is_reading(dashboard_id):
            known.wait(force=force, background=background)
            return
        background = background or (self._is_calm and not force and self._is_kept(dashboard_id))
        if known.reading is not None:
            known.reading.cancel()
        known.forced, known.calm, known.missed = force, background, False
        asked = self._open.question()
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

    def read_by_itself(self, dashboard_id: int) -> None:
        """Read what is open; what nobody sees now is left for when somebody does.

        What a person is waiting for is asked anew in their name: it may hang since a sleep.
        """
        known = self._open.ready(dashboard_id)
        waits = known.is_being_read and not known.calm
        if known.seen and not waits and not self._open.seen_by(known):
            known.missed = True
            return
        self.read(dashboard_id, force=waits and known.forced, background=not waits)

    def give_up(self, dashboard_id: int) -> None:
        """Ask no more for a dashboard that is not open any more."""
        self._second.forget(dashboard_id)

    def tell_held_back(self, board: DashboardState, count: int) -> None:
        """Say why nothing is calculated of so many tiles, where a person asked for it."""
        now = self._now()
        _, when = back_in_line(board, now)
        if when is not None:
            what = "This was" if count == 1 else "All of this was"
            self.told.emit(
                f"{what} calculated moments ago. PostHog does it anew {wait_words(when, now)}."
            )

    @Slot(int)
    def _try_second(self, dashboard_id: int) -> None:
        """Ask again for what a server in trouble did not give."""
        known = self._open.get(dashboard_id)
        if known is None or self._store.state.offline is not None:
            return
        if self._open.all_hidden:
            known.missed = True
            return
        self.read_by_itself(dashboard_id)

    @Slot(int)
    def _read_what_waits(self, dashboard_id: int) -> None:
        """Ask the server once all that is kept is there: for what is stale of it, no more."""
        known = self._open.get(dashboard_id)
        if known is not None and known.waits:
            known.waits = False
            self.read(dashboard_id, force=known.forced, background=known.calm)

    def _is_kept(self, dashboard_id: int) -> bool:
        """Tell whether each tile has a number of the filters that are asked for, however old."""
        board = self._store.state.dashboards.get(dashboard_id)
        tiles = board.tiles.values() if board is not None else ()
        return board is not None and all(
            (held.has_result and not held.is_other) or not can_refresh(held) for held in tiles
        )

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
        self.answered.emit()
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
            only = known.only_of(self._open.seen_by(known))
            known.missed = only != known.only
        jobs = jobs_for(board, now, force=force, visible=visible, only=only, background=background)
        self._tiles.add(dashboard_id, jobs)
        if force and not jobs:
            self.tell_held_back(board, len(board.tiles))
        self.was_read.emit(dashboard_id)

    def _was_not_read(
        self, dashboard_id: int, asked: int, failure: Failure, *, background: bool
    ) -> None:
        if background and is_spared(failure):
            self._store.apply(changes.reading_stopped, dashboard_id)
            return
        self._store.apply(
            changes.with_dashboard_failure, dashboard_id, failure, now=self._now(), asked=asked
        )
        self.stumbled.emit(failure)
        if self._open.get(dashboard_id) is not None:
            self._second.failed(dashboard_id, failure)
