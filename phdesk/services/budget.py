"""Keep the calls that calculate within a share of the team's limits (reference 1.7 and 13.13)."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct


class Limit(Struct, frozen=True, gc=False):
    """So many calls within so long a time."""

    calls: int
    window: timedelta


# The server allows 240 and 1200, for everything that the team's tools do together.
LIMITS = (Limit(100, timedelta(minutes=1)), Limit(800, timedelta(hours=1)))


class Budget:
    """Remembers when calls were made; the clock is an argument."""

    def __init__(self, limits: Sequence[Limit] = LIMITS) -> None:
        self._limits = limits
        self._made: deque[datetime] = deque(maxlen=max(limit.calls for limit in limits))

    def spend(self, now: datetime) -> None:
        """Note that a call is made."""
        self._made.append(now)

    def left(self, now: datetime) -> int:
        """Say how many calls may be made now."""
        return min(limit.calls - self._within(limit, now) for limit in self._limits)

    def wait(self, now: datetime) -> float:
        """Say how many seconds to wait until a call may be made; 0 when it may be made now."""
        return max(self._wait(limit, now) for limit in self._limits)

    def _within(self, limit: Limit, now: datetime) -> int:
        return sum(now - made < limit.window for made in self._made)

    def _wait(self, limit: Limit, now: datetime) -> float:
        if self._within(limit, now) < limit.calls:
            return 0.0
        oldest = self._made[-limit.calls]
        return (oldest + limit.window - now).total_seconds()


class Budgets:
    """One budget for each project of a host: the limits are its team's, whoever of it asks."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Budget] = {}

    def of(self, host: str, project: int) -> Budget:
        """Give the budget of a project."""
        return self._known.setdefault((host, project), Budget())
