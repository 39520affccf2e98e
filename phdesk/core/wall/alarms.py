"""Which alert has the screen of a wall, which wait for it and which have had it.

A frozen value; whoever holds it has the clock, whose seconds never jump. Each time that an alert
fires has the screen once. Below it the rotation stays where it was.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.wall.stops import Stop
from phdesk.models.watch import Severity

PATIENCE = 15.0  # seconds in which the page of an alert must be drawn
MOST_KNOWN = 200  # alerts of which it is remembered that they had the screen
GRAVEST: Mapping[Severity, int] = {"critical": 0, "warning": 1, "info": 2}


class Alarm(Struct, frozen=True, gc=False, kw_only=True):
    """An alert that fires on a tile of a wall, and what is said of it there."""

    key: str  # of the alert
    event: str  # of this time that it fires, the same for as long as it does
    stop: Stop  # its tile alone
    name: str = ""
    value: str = ""  # as its tile writes numbers; empty: it was not told
    rule: str = ""  # what it waits for, or what was found, in words
    since: datetime | None = None  # it fires; None: that was not told
    found: datetime | None = None  # when what is said was calculated or checked
    severity: Severity = "warning"
    takes: bool = True  # its tile shows the numbers that it is about: it may have the screen


class Alarms(Struct, frozen=True, kw_only=True):
    """The alerts that fire now, and how far they have had the screen."""

    firing: tuple[Alarm, ...] = ()
    had: Mapping[str, str] = {}  # events that had the screen, by alert
    on: str = ""  # alert that has it now
    since: float = 0.0
    rested: float = 0.0  # seconds that the page below had been on show
    asked: tuple[str, float] | None = None  # the alert whose page is drawn, and since when

    @property
    def shown(self) -> Alarm | None:
        """Give the alert that has the screen, while it fires."""
        return self.find(self.on)

    def find(self, key: str) -> Alarm | None:
        """Find an alert that fires."""
        return next((one for one in self.firing if one.key == key), None) if key else None

    @property
    def coming(self) -> Alarm | None:
        """Give the alert that has the screen next: the gravest, of these the one that fires first.

        One under way is not interrupted by itself when it begins to fire anew.
        """
        waiting = [
            one
            for one in self.firing
            if one.takes and one.key != self.on and self.had.get(one.key) != one.event
        ]
        return min(waiting, key=_order, default=None)


def with_firing(alarms: Alarms, firing: Sequence[Alarm], calm: Collection[str] = ()) -> Alarms:
    """Take the alerts that fire now; `calm` are those that are known not to.

    Of an alert in neither nothing is known now: what it had is remembered.
    """
    had = {key: event for key, event in alarms.had.items() if key not in calm}
    now = alarms.find(alarms.on)
    held = next((one for one in firing if one.key == alarms.on), None)
    if now is not None and held is not None and held.event != now.event:
        had[held.key] = held.event  # it is on show: it needs no other turn
    return replace(alarms, firing=tuple(firing), had=_few(had))


def asked(alarms: Alarms, alarm: Alarm, now: float) -> Alarms:
    """Note that the page of an alert is being drawn."""
    if alarms.asked is not None and alarms.asked[0] == alarm.key:
        return alarms
    return replace(alarms, asked=(alarm.key, now))


def given_up(alarms: Alarms, now: float) -> Alarms:
    """Let an alert go whose page is not drawn in time: nothing waits for it."""
    if alarms.asked is None or now - alarms.asked[1] < PATIENCE:
        return alarms
    alarm = alarms.find(alarms.asked[0])
    had = alarms.had if alarm is None else {**alarms.had, alarm.key: alarm.event}
    return replace(alarms, asked=None, had=_few(had))


def begun(alarms: Alarms, alarm: Alarm, now: float, elapsed: float) -> Alarms:
    """Give an alert the screen; `elapsed` is how long the page of the rotation was on show."""
    if alarms.on == alarm.key:
        return replace(alarms, asked=None)  # it was only laid out anew
    return replace(
        alarms,
        on=alarm.key,
        since=now,
        rested=alarms.rested if alarms.on else elapsed,
        had=_few({**alarms.had, alarm.key: alarm.event}),
        asked=None,
    )


def ended(alarms: Alarms) -> Alarms:
    """Give the screen back to the rotation."""
    return replace(alarms, on="", asked=None)


def over(alarms: Alarms, now: float, dwell: float, *, held: bool = False) -> bool:
    """Say whether the alert on show has had its time, or is well; `held` keeps it on show."""
    if not alarms.on:
        return False
    if alarms.shown is None:
        return True
    return not held and now - alarms.since >= dwell


def share(alarms: Alarms, now: float, dwell: float) -> float:
    """Say how much of the alert's time is over, 0 to 1."""
    return min(max((now - alarms.since) / dwell, 0.0), 1.0) if dwell > 0 else 1.0


def _order(one: Alarm) -> tuple[int, bool, float, str]:
    began = one.since.timestamp() if one.since is not None else 0.0
    return GRAVEST[one.severity], one.since is None, began, one.key


def _few(had: Mapping[str, str]) -> Mapping[str, str]:
    return dict(list(had.items())[-MOST_KNOWN:])
