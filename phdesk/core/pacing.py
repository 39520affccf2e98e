"""When open dashboards are refreshed by themselves; pure: clocks and conditions are arguments."""

from collections.abc import Callable

from msgspec import Struct

from phdesk.core.budget import MINUTE, Moment

JITTER = 0.1  # of the interval, so that many screens do not ask at once
JUMP = 30.0  # seconds by which clocks may part before we say that the machine slept
LULL = 90.0  # seconds without a tick, of which there is one every few seconds
SOON = 60.0  # seconds after a refresh in which waking up is no reason for another
FLOOR = 5  # minutes
OFF = "off"


class Wishes(Struct, frozen=True, gc=False, kw_only=True):
    """What a person set."""

    minutes: int = 30  # 0: never
    on_battery: bool = True
    on_metered: bool = False


class Conditions(Struct, frozen=True, gc=False, kw_only=True):
    """What holds now."""

    hidden: bool = False
    offline: bool = False
    battery: bool = False
    metered: bool = False


def interval(wishes: Wishes) -> float:
    """Give the seconds between two refreshes; 0 is never."""
    return max(FLOOR, wishes.minutes) * MINUTE if wishes.minutes > 0 else 0.0


def pause(wishes: Wishes, conditions: Conditions) -> str:
    """Say in words why nothing is refreshed by itself now; empty when nothing stands against it."""
    if wishes.minutes <= 0:
        return OFF
    reasons = (
        (conditions.offline, "offline"),
        (conditions.hidden, "the window is hidden"),
        (conditions.battery and not wishes.on_battery, "on battery"),
        (conditions.metered and not wishes.on_metered, "the connection is metered"),
    )
    return next((why for holds, why in reasons if holds), "")


def woke(before: Moment, now: Moment) -> bool:
    """Say whether the machine slept, or a clock was set, between two ticks.

    Some systems stop the steady clock in sleep: then the wall's ran ahead. On others both run on,
    and only the long time without a tick tells.
    """
    steady = now.steady - before.steady
    return abs((now.wall - before.wall) - steady) > JUMP or steady > LULL


class Pacer:
    """Knows when the next refresh is due; `random` gives numbers from 0 to 1."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random
        self._wishes = Wishes()
        self._last: Moment | None = None  # tick
        self._began: float | None = None  # by the wall, when something was refreshed last
        self.due: float | None = None  # by the wall

    @property
    def wishes(self) -> Wishes:
        """Give what a person set."""
        return self._wishes

    def set_wishes(self, wishes: Wishes, now: Moment) -> None:
        """Take what a person set; another interval counts from now."""
        again = interval(wishes) != interval(self._wishes)
        self._wishes = wishes
        if again and self.due is not None:
            self.restart(now)

    def restart(self, now: Moment) -> None:
        """Count the interval from now, because everything was just asked for."""
        self._began = now.wall
        length = interval(self._wishes)
        factor = 1 - JITTER + 2 * JITTER * self._random()
        self.due = now.wall + length * factor if length else None

    def stop(self) -> None:
        """Plan nothing, because nothing is open."""
        self.due = None

    def tick(self, now: Moment, conditions: Conditions) -> bool:
        """Say whether to refresh now; call it every few seconds, and when a condition changed."""
        last, self._last = self._last, now
        if self.due is None:
            return False
        if last is not None and woke(last, now) and not self._is_soon(now):
            self.due = now.wall
        if now.wall < self.due or pause(self._wishes, conditions):
            return False
        self.restart(now)
        return True

    def _is_soon(self, now: Moment) -> bool:
        return self._began is not None and 0 <= now.wall - self._began < SOON
