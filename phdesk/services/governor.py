"""The one gate of all calls: lets them wait for their turn, and keeps what was spent.

All windows and sessions of a process share one governor; processes share its file. Calls wait in
the worker's loop; what a meter shows may be asked in any thread. Places for calculations are those
of one process: what a command calculates beside the app is not known here. Then the organization is
full sooner (it has three), which the server says, and each process keeps to one place for a while.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from math import inf
from pathlib import Path
from uuid import uuid4

from msgspec.structs import replace

from phdesk.api.errors import RateLimitedError
from phdesk.api.gate import Passage
from phdesk.core.budget import (
    HOUR,
    LIMITS,
    SHARE,
    Kind,
    Moment,
    Record,
    Spent,
    Use,
    age_of,
    kind_of,
)
from phdesk.core.budget_words import Class, Report
from phdesk.core.governor import Governor as Rules
from phdesk.core.governor import Team
from phdesk.models.failure import Cause, Failure
from phdesk.store.spent import NAME, Held, SpentFile

PATIENCE = 60.0  # seconds that a call waits; who would wait longer is told, unless it is patient
NEWS = 1.0  # seconds for which what other processes wrote is not read again
TICK = 0.01  # seconds, so that a timer is not a moment early
SPARED = "phdesk spares the team's limit on calls."


def clocks() -> Moment:
    """Read both clocks."""
    return Moment(time.time(), time.monotonic())


class Governor:
    """Lets calls go as the rules say."""

    def __init__(
        self,
        file: SpentFile | None = None,
        *,
        clock: Callable[[], Moment] = clocks,
        share: float = SHARE,
    ) -> None:
        self._file, self.clock = file, clock
        self._lock = threading.RLock()
        self._rules = Rules(share)
        self._source = uuid4().hex[:8]
        self._share = share
        self._last = -inf
        self._writing = threading.Lock()
        self._settle_at = -inf  # by the steady clock
        self._read_at = -inf
        self._seen: dict[tuple[str, float, Team, Use], float] = {}  # here: at which steady time
        self._unwritten: dict[tuple[Team, float, Use], Record] = {}
        self._holds: list[Held] = []  # to be written
        self._held: set[Held] = set()  # as read
        self._turns: dict[int, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def set_share(self, share: float) -> None:
        """Set which share of each limit is the most for the background, from 0 to 1."""
        with self._lock:
            self._share = min(1.0, max(0.0, share))
            self._rules.set_share(self._share)

    def belongs(self, host: str, project: int, organization: str) -> None:
        """Note which organization a project is of."""
        with self._lock:
            self._rules.belongs((host, project), organization)

    def wait(self, team: Team, use: Use) -> float:
        """Say how many seconds to wait until a call may be made; `inf` if it never may."""
        with self._lock:
            return self._rules.wait(team, use, self._now())

    def left(self, team: Team, use: Use) -> int:
        """Say how many calls may be made at once now."""
        with self._lock:
            return self._rules.ledger(team).left(use, self._now())

    async def enter(self, passage: Passage) -> int:
        """Return when a call may be made; raises RateLimitedError when that would be long."""
        team, use = _team(passage), _use(passage)
        if self.clock().steady >= self._read_at + NEWS:
            self._exchange()
        if passage.method == "DELETE":
            with self._lock:
                self._rules.force(team, use, self._now())
            self._exchange()
            return 0
        with self._lock:
            wait = self._rules.wait(team, use, self._now())
            if wait > PATIENCE and not (passage.purpose.patient and wait < inf):
                raise RateLimitedError(SPARED, retry_after=None if wait == inf else wait)
            ask = self._rules.ask(
                team,
                use,
                calculates=passage.calculates,
                calls=passage.calls,
                lasts=passage.lasts,
            )
            turn = self._turns[ask.number] = asyncio.get_running_loop().create_future()
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            self._leave(ask.number)
            raise
        return ask.number

    def leave(self, number: int, passage: Passage, failure: Failure | None) -> None:
        """Note how a call ended; the next one may be let go by that."""
        if failure is not None and failure.cause is Cause.RATE_LIMITED and failure.status == 429:
            self._spare(passage, failure)
        elif failure is None and passage.calls:
            with self._lock:
                self._rules.answered(_team(passage), _use(passage).kind)
        self._leave(number)

    def crowded(self, host: str, project: int) -> None:
        """Note that the organization had no place for a calculation, as an answer said inside."""
        with self._lock:
            self._rules.crowded((host, project), self._now())

    def reports(self) -> tuple[Report, ...]:
        """Give the budget of every team of which anything is known."""
        self._exchange()
        with self._lock:
            return tuple(self._report(team) for team in sorted(self._rules.teams))

    def report(self, host: str, project: int) -> Report:
        """Give the budget of one team."""
        with self._lock:
            return self._report((host, project))

    def _now(self) -> float:
        self._last = max(self._last, self.clock().steady)
        return self._last

    def _leave(self, number: int) -> None:
        with self._lock:
            self._turns.pop(number, None)
            self._rules.leave(number)
        self._admit()

    def _spare(self, passage: Passage, failure: Failure) -> None:
        team, kind = _team(passage), _use(passage).kind
        with self._lock:
            if failure.crowded:
                self._rules.crowded(team, self._now())
            if not failure.crowded or failure.retry_after is not None:
                self._rules.throttled(team, kind, failure.retry_after, self._now())
                held = self._rules.ledger(team).held(kind, self._now())
                self._holds.append(Held(*team, kind, self.clock().wall + held))

    def _admit(self) -> None:
        """Let go who may, after that is written down, and look again when the next one may."""
        with self._lock:
            gone = self._rules.admit(self._now())
        if gone:
            self._exchange()
        with self._lock:
            for ask in gone:
                turn = self._turns.pop(ask.number, None)
                if turn is not None:
                    turn.get_loop().call_soon_threadsafe(_let_go, turn)
            self._look_again()

    def _look_again(self) -> None:
        due = self._rules.due(self._now())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        turn = next(iter(self._turns.values()), None)
        if due is not None and turn is not None:
            wait = min(due, PATIENCE) + TICK
            self._timer = turn.get_loop().call_later(wait, self._admit)

    def _exchange(self) -> None:
        """Write what is new, and count what other processes did; the lock is not held meanwhile."""
        file = self._file
        if file is None:
            self._rules.news()
            return
        with self._writing:
            with self._lock:
                moment = self.clock()
                self._note_news(moment)
                mine, holds = dict(self._unwritten), list(self._holds)
            if moment.steady >= self._settle_at:
                self._settle_at = moment.steady + HOUR
                file.settle(moment)
            self._read_at = moment.steady
            found = file.exchange(list(mine.values()), holds, moment)
            if found is not None:
                with self._lock:
                    self._take(*found, moment)
                    for key, record in mine.items():
                        if self._unwritten.get(key) is record:
                            del self._unwritten[key]
                    del self._holds[: len(holds)]

    def _note_news(self, moment: Moment) -> None:
        for team, spent in self._rules.news():
            mine = replace(spent, source=self._source)
            wall = moment.wall - moment.steady + spent.at
            self._unwritten[team, spent.at, spent.use] = Record(*team, mine, wall)

    def _take(self, records: list[Record], held: list[Held], moment: Moment) -> None:
        """Count records of others where they were first seen, however clocks are set later."""
        now, seen = self._now(), self._seen
        self._seen = {}
        for record in records:
            team, spent = (record.host, record.project), record.spent
            if spent.source != self._source:
                key = (spent.source, spent.at, team, spent.use)
                at = self._seen[key] = seen.get(key, now - age_of(record, moment))
                self._rules.ledger(team).put(replace(spent, at=at))
        for one in set(held) - self._held:
            until = now + one.wall - moment.wall
            self._rules.ledger((one.host, one.project)).hold(one.kind, until)
        self._held = set(held)

    def _report(self, team: Team) -> Report:
        now, ledger = self._now(), self._rules.ledger(team)
        spent = ledger.spent(now)
        boards: dict[int, int] = {}
        for one in spent:
            if one.use.kind is Kind.INSIGHTS:
                boards[one.use.dashboard] = boards.get(one.use.dashboard, 0) + one.calls
        return Report(
            host=team[0],
            project=team[1],
            classes=tuple(self._class(team, kind, spent) for kind in Kind),
            dashboards=tuple(sorted(boards.items(), key=lambda item: (-item[1], item[0]))),
            share=self._share,
            places=self._rules.places(team, now),
        )

    def _class(self, team: Team, kind: Kind, spent: tuple[Spent, ...]) -> Class:
        now, ledger, hour = self._now(), self._rules.ledger(team), LIMITS[kind][1]
        own, clock = Use(kind), Use(kind, background=True)
        later = ledger.wait(clock, now)
        made = {
            side: sum(one.calls for one in spent if one.use.kind is kind
                      and one.use.background == side)
            for side in (False, True)
        }  # fmt: skip
        return Class(
            name=kind.value,
            limit=hour.calls,
            interactive=made[False],
            background=made[True],
            background_limit=ledger.most(hour, background=True) if self._share > 0 else 0,
            left=ledger.left(own, now),
            wait=ledger.wait(own, now),
            background_wait=None if later == inf else later,
        )


def beside(cache: Path) -> Governor:
    """Make the governor whose file lies beside the cache."""
    return Governor(SpentFile(cache.with_name(NAME)))


def _team(passage: Passage) -> Team:
    return passage.host, passage.project


def _use(passage: Passage) -> Use:
    purpose = passage.purpose
    kind = kind_of(passage.method, passage.path, sql=passage.sql)
    return Use(kind, purpose.background, purpose.dashboard)


def _let_go(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)
