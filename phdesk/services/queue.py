"""The order in which tiles are refreshed, a few at a time; knows nothing of the network."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import zip_longest

from msgspec import Struct

from phdesk.models.dashboard import StoredBox, Tile
from phdesk.store.freshness import held_back, needs_answer
from phdesk.store.state import DashboardState, Progress, TileState

AT_ONCE = 2  # the server allows three per organization, and a person may use the third


class Job(Struct, frozen=True, gc=False):
    """One tile to refresh; `force` calculates even what is fresh."""

    dashboard: int
    tile: int
    force: bool = False
    background: bool = False  # nobody waits for it

    @property
    def where(self) -> tuple[int, int]:
        """Give dashboard id and tile id."""
        return self.dashboard, self.tile


def jobs_for(
    board: DashboardState,
    now: datetime,
    *,
    force: bool = False,
    visible: Sequence[int] = (),
    background: bool = False,
    only: Collection[int] | None = None,
) -> list[Job]:
    """Choose the tiles to refresh: those on screen first, then from the top left.

    By the clock those off screen go by age, the oldest number first: where the limits let only some
    go each time, it would else be the same ones. Those that failed are never younger for it, so
    they take turns with the others, that which was asked least lately first.
    """
    wanted = [
        held
        for tile, held in board.tiles.items()
        if can_refresh(held)
        and (needs_answer(held, now) or (force and held_back(held, now) is None))
        and (only is None or tile in only)
    ]
    wanted.sort(key=lambda held: _corner(held.tile))
    if background:
        wanted = _in_turns(wanted)
    ranks = {tile: rank for rank, tile in enumerate(visible)}
    wanted.sort(key=lambda held: ranks.get(held.tile.id, len(ranks)))
    return [Job(board.dashboard.row.id, held.tile.id, force, background) for held in wanted]


def _in_turns(wanted: Sequence[TileState]) -> list[TileState]:
    """Order tiles by age, with every other place for one that failed."""
    failed = sorted((held for held in wanted if held.failure), key=lambda held: held.asked)
    others = sorted((held for held in wanted if not held.failure), key=made_at)
    places = zip_longest(others, failed)
    return [held for place in places for held in place if held is not None]


def oldest(board: DashboardState | None) -> float:
    """Say when the oldest number of a dashboard was calculated, as `made_at` does.

    Numbers that failed do not count where there are others: one that can never be calculated would
    bring its dashboard before all others each time.
    """
    tiles = board.tiles.values() if board is not None else ()
    able = [held for held in tiles if can_refresh(held)]
    well = [held for held in able if not held.failure]
    return min(map(made_at, well or able), default=0.0)


def made_at(held: TileState) -> float:
    """Say when a tile's number was calculated, in seconds since 1970; 0 where there is none."""
    return held.computed_at.timestamp() if held.computed_at is not None else 0.0


def can_refresh(held: TileState) -> bool:
    """Say whether a calculation can be asked for at all."""
    insight = held.tile.insight
    if insight is None or insight.id is None or insight.no_access:
        return False
    return held.tile.error is None


def _corner(tile: Tile) -> tuple[int, int]:
    box = tile.sm or StoredBox()
    return box.y or 0, box.x or 0


def _any(_job: Job) -> bool:
    return True


def _calm(job: Job) -> bool:
    return job.background


class RefreshQueue:
    """Jobs that wait and jobs that run; a tile is never in it twice."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._waiting: dict[tuple[int, int], Job] = {}
        self._running: dict[tuple[int, int], Job] = {}
        self._done: dict[int, int] = {}

    def add(self, jobs: Iterable[Job]) -> list[Job]:
        """Append jobs; gives those that were not there.

        A forced job replaces a waiting one, and one of a person one of the clock.
        """
        new = []
        for job in jobs:
            if job.where in self._running:
                continue
            if job.where not in self._waiting:
                new.append(job)
            waits = self._waiting.get(job.where)
            if waits is None:
                self._waiting[job.where] = job
            else:
                calm = waits.background and job.background
                self._waiting[job.where] = Job(*job.where, waits.force or job.force, calm)
        return new

    def take(self, may: Callable[[Job], bool] = _any) -> list[Job]:
        """Move as many jobs as may run now from waiting to running, those of people first.

        Those of the clock that run already keep no job of a person here: the gate has places for
        as many as the server should calculate, and gives the next one to people.
        """
        started: list[Job] = []
        for job in sorted(self._waiting.values(), key=_calm):
            every = [*self._running.values(), *started]
            before = every if job.background else [one for one in every if not one.background]
            if len(before) < self._at_once and may(job):
                started.append(job)
        for job in started:
            self._running[job.where] = self._waiting.pop(job.where)
        return started

    def put_back(self, job: Job) -> None:
        """Let a job wait again, before all others, because it could not be started after all."""
        if self._running.pop(job.where, None) is not None:
            self._waiting = {job.where: job, **self._waiting}

    def finish(self, job: Job) -> None:
        """Note that a job ended, well or not."""
        if self._running.pop(job.where, None) is not None:
            self._done[job.dashboard] = self._done.get(job.dashboard, 0) + 1
            if not self._left(job.dashboard):
                self._done.pop(job.dashboard)

    def drop(self, dashboard: int | None = None) -> list[Job]:
        """Give up all jobs of a dashboard, or all; gives them back, the running ones too."""
        every = [*self._running.values(), *self._waiting.values()]
        gone = [job for job in every if dashboard in (None, job.dashboard)]
        for job in gone:
            self._running.pop(job.where, None)
            self._waiting.pop(job.where, None)
            self._done.pop(job.dashboard, None)
        return gone

    def put_first(self, dashboard: int, tiles: Iterable[int]) -> None:
        """Let these tiles come before all that wait, in this order."""
        keys = [(dashboard, tile) for tile in tiles if (dashboard, tile) in self._waiting]
        first = {key: self._waiting[key] for key in keys}
        self._waiting = {**first, **self._waiting}

    def drop_calm(self) -> list[Job]:
        """Give up the jobs that nobody waits for and that do not run yet; gives them back."""
        gone = [job for job in self._waiting.values() if job.background]
        for job in gone:
            del self._waiting[job.where]
            if not self._left(job.dashboard):
                self._done.pop(job.dashboard, None)
        return gone

    @property
    def dashboards(self) -> frozenset[int]:
        """Give the dashboards of which anything waits or runs."""
        return frozenset(
            job.dashboard for job in (*self._waiting.values(), *self._running.values())
        )

    def progress(self, dashboard: int, until: datetime | None = None) -> Progress | None:
        """Say how far the refresh of a dashboard is; None when nothing is left to do.

        `until` is when the limits allow the next call, where jobs wait for that alone.
        """
        left = self._left(dashboard)
        done = self._done.get(dashboard, 0)
        waits = not any(job.dashboard == dashboard for job in self._running.values())
        return Progress(done, done + left, until if waits else None) if left else None

    def _left(self, dashboard: int) -> int:
        every = [*self._running.values(), *self._waiting.values()]
        return sum(job.dashboard == dashboard for job in every)
