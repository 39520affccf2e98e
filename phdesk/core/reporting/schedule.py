"""When a report is due: pure, on the clock of this computer.

A report is due from the last moment that its schedule names, if it was not made since then. One
that was missed, as the computer was off, is made once, later, and covers the period of the moment
at which it was due. A file counts from when it was last changed: a new one has missed nothing.
What failed is tried again after `PAUSE`. Times that a wrong clock left in the future,
more than `SLACK` ahead, count as not known: else nothing would be made until they have come.
"""

from datetime import datetime, time, timedelta

from msgspec import Struct

from phdesk.models.report import Schedule

PAUSE = timedelta(minutes=15)
SLACK = timedelta(days=1)  # by which a clock may be put back without anything being made twice
DAY = timedelta(days=1)


class Standing(Struct, frozen=True, kw_only=True):
    """What is known of a report's last runs."""

    done: datetime | None = None  # the moment that it was due, when it was last made
    tried: datetime | None = None
    problem: str = ""


def last_due(schedule: Schedule, now: datetime) -> datetime:
    """Give the last moment, not after `now`, that a schedule names; both on this computer's clock.

    Where clocks are changed, a time that is skipped or comes twice counts once.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    at = timedelta(minutes=schedule.at)
    for back in range(32):
        moment = _local(day - back * DAY + at, now)
        if moment <= now and _is_day(schedule, moment):
            return moment
    raise ValueError("a schedule names a moment at least once a month")


def is_due(
    schedule: Schedule, standing: Standing, changed: datetime, now: datetime
) -> datetime | None:
    """Give the moment for which a report is to be made now; None while there is none."""
    moment = last_due(schedule, now)
    reached = [known for known in (changed, standing.done) if known and known <= now + SLACK]
    if any(moment <= known for known in reached):
        return None
    tried = standing.tried
    failed = tried is not None and moment <= tried <= now
    if failed and tried is not None and now - tried < PAUSE:
        return None
    return moment


def schedule_words(schedule: Schedule, weekdays: tuple[str, ...]) -> str:
    """Say when: "every Monday at 07:00"."""
    clock = f"{time(*divmod(schedule.at, 60)):%H:%M}"
    match schedule.every:
        case "day":
            return f"every day at {clock}"
        case "week":
            return f"every {weekdays[schedule.weekday]} at {clock}"
        case "month":
            return f"on day {schedule.day} of each month at {clock}"


def _is_day(schedule: Schedule, moment: datetime) -> bool:
    match schedule.every:
        case "day":
            return True
        case "week":
            return moment.weekday() == schedule.weekday
        case "month":
            return moment.day == schedule.day


def _local(naive: datetime, now: datetime) -> datetime:
    """Give a wall clock's time its zone: that of `now` where it has rules, else as the system's."""
    if now.tzinfo is not None and hasattr(now.tzinfo, "key"):
        return naive.replace(tzinfo=now.tzinfo)
    return naive.astimezone()
