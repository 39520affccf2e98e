"""How many calls a team may still make: limits, what was spent when, how long to wait.

The server lets 240 calculations a minute and 1,200 an hour through for all tools of a team together
(reference 1.7); of these we take what reference 13.13 leaves to one client. Spent calls are counted
in windows that slide, not in a bucket that refills: a bucket lets almost twice its size through
within one window. Times are seconds of a clock that never goes back; `Moment` brings them over a
restart, when only the clock on the wall goes on.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from math import inf, isfinite

from msgspec import Struct

MINUTE, HOUR = 60.0, 3600.0
SLOT = 5.0  # seconds that are counted together, as if all was spent at their end
SHARE = 0.2  # of each limit, at most, for what nobody waits for
RESERVE = 0.05  # of each limit, kept free for it: else a busy hour would starve it
MOST_HELD = 2 * HOUR  # a server that asks for longer is asked again then


class Kind(Enum):
    """A class of calls that the server counts together."""

    INSIGHTS = "insights"
    QUERIES = "queries"
    SQL = "sql"  # queries that servers of 2024 and 2025 count apart, and allow fewer of
    VALUES = "values"
    OTHER = "other"


class Limit(Struct, frozen=True, gc=False):
    """So many calls within so many seconds."""

    calls: int
    window: float


# Five twelfths of what the server allows a minute and two thirds of what it allows an hour: for
# insights that is 100 and 800, as reference 13.13 says; the others in proportion. SQL is counted
# with the other queries today: its part is what these leave. Servers of 2024 allow 120 an hour and
# say so when that is reached; what is not SQL goes on there, so it is held alone.
LIMITS: Mapping[Kind, tuple[Limit, Limit]] = {
    Kind.INSIGHTS: (Limit(100, MINUTE), Limit(800, HOUR)),
    Kind.QUERIES: (Limit(100, MINUTE), Limit(1600, HOUR)),
    Kind.SQL: (Limit(50, MINUTE), Limit(400, HOUR)),
    Kind.VALUES: (Limit(25, MINUTE), Limit(200, HOUR)),
    Kind.OTHER: (Limit(200, MINUTE), Limit(3200, HOUR)),
}
_PICK_LISTS = ("events/values/", "persons/values/")


class Use(Struct, frozen=True, gc=False):
    """What a call is for."""

    kind: Kind
    background: bool = False  # nobody waits for it
    dashboard: int = 0  # 0: for none


class Spent(Struct, frozen=True, gc=False):
    """Calls of one use within one slot; `source` names the process that made them."""

    at: float  # end of the slot
    use: Use
    calls: int
    source: str = ""


class Moment(Struct, frozen=True, gc=False):
    """One instant on two clocks: seconds since 1970, and of a clock that never goes back."""

    wall: float
    steady: float


class Record(Struct, frozen=True, gc=False):
    """What is kept of spent calls until the next start."""

    host: str
    project: int
    spent: Spent  # `at` is on the steady clock of the moment `when`
    wall: float  # the same end of the slot on the wall


def kind_of(method: str, path: str, *, sql: bool = False) -> Kind:
    """Say in which class the server counts a call; `path` is below the project."""
    if path.startswith("insights/"):
        return Kind.INSIGHTS
    if method == "POST" and path.startswith("query/"):
        return Kind.SQL if sql else Kind.QUERIES
    return Kind.VALUES if path.startswith(_PICK_LISTS) else Kind.OTHER


def age_of(record: Record, now: Moment) -> float:
    """Say how long ago calls were made; where the clocks disagree, the younger of both ages.

    The steady clock begins anew with the machine, so it is only asked while it does not say
    "in the future"; a wall that was set back makes calls as if made now, never older.
    """
    by_wall = now.wall - record.wall
    by_steady = now.steady - record.spent.at
    found = by_wall if by_steady < -SLOT else min(by_wall, by_steady)
    return max(-SLOT, found) if isfinite(found) else 0.0


class Ledger:
    """What one team spent; `share` of each limit is the most for the background."""

    def __init__(
        self, share: float = SHARE, limits: Mapping[Kind, tuple[Limit, Limit]] = LIMITS
    ) -> None:
        self.share = share
        self._limits = limits
        self._spent: dict[tuple[float, Use, str], int] = {}
        self._held: dict[Kind, float] = {}
        self._swept = 0.0

    def spend(self, use: Use, now: float) -> Spent:
        """Note that a call is made; gives all that was spent for this within the slot."""
        at = (now // SLOT + 1) * SLOT
        return self.put(Spent(at, use, self._spent.get((at, use, ""), 0) + 1))

    def put(self, spent: Spent) -> Spent:
        """Note what was spent in a slot, in the place of what was known of it."""
        self._spent[spent.at, spent.use, spent.source] = spent.calls
        return spent

    def hold(self, kind: Kind, until: float) -> None:
        """Make no call of a kind before a time, because the server said so."""
        self._held[kind] = max(until, self._held.get(kind, 0.0))

    def held(self, kind: Kind, now: float) -> float:
        """Say for how many seconds more the server wants to be spared."""
        return min(MOST_HELD, max(0.0, self._held.get(kind, 0.0) - now))

    def wait(self, use: Use, now: float) -> float:
        """Say how many seconds to wait until a call may be made; `inf` if it never may."""
        if use.background and self.share <= 0:
            return inf
        waits = [self.held(use.kind, now)]
        for limit in self._limits[use.kind]:
            every = sorted(self._within(use.kind, limit, now))
            own = [one for one in every if one[2] == use.background]
            waits.append(_room(every, limit.calls, limit.window, now))
            waits.append(_room(own, self.most(limit, background=use.background), limit.window, now))
        return max(waits)

    def most(self, limit: Limit, *, background: bool) -> int:
        """Say how many calls of a limit one side may make at most."""
        if background:
            return max(1, int(limit.calls * min(1.0, self.share)))
        kept = int(limit.calls * max(0.0, min(self.share, RESERVE)))
        return limit.calls - kept

    def left(self, use: Use, now: float) -> int:
        """Say how many calls of a use may be made at once now."""
        if self.wait(use, now) > 0:
            return 0
        rooms = []
        for limit in self._limits[use.kind]:
            every = list(self._within(use.kind, limit, now))
            own = sum(calls for _, calls, background in every if background == use.background)
            rooms.append(limit.calls - sum(calls for _, calls, _ in every))
            rooms.append(self.most(limit, background=use.background) - own)
        return max(0, min(rooms))

    def spent(self, now: float) -> tuple[Spent, ...]:
        """List what counts of the last hour."""
        return tuple(
            Spent(at, use, calls, source)
            for (at, use, source), calls in self._spent.items()
            if at + HOUR > now
        )

    def _within(self, kind: Kind, limit: Limit, now: float) -> Iterator[tuple[float, int, bool]]:
        if now >= self._swept + SLOT:
            self._swept = now
            self._spent = {key: calls for key, calls in self._spent.items() if key[0] + HOUR > now}
        for (at, use, _), calls in self._spent.items():
            if use.kind is kind and at + limit.window > now:
                yield at, calls, use.background


def _room(spent: Iterable[tuple[float, int, bool]], most: int, window: float, now: float) -> float:
    """Say how long until fewer than `most` of these calls, oldest first, are in the window."""
    known = list(spent)
    total = sum(calls for _, calls, _ in known)
    wait = 0.0
    for at, calls, _ in known:
        if total < most:
            break
        total -= calls
        wait = at + window - now
    return wait
