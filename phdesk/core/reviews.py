"""When a project's definitions and stale dashboards are to be looked through again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from msgspec import Struct, structs

from phdesk.core.dates import short_month

Key = Literal["definitions", "stale"]
AGAIN = timedelta(days=7)  # between two reminders of the same


class Review(Struct, frozen=True, gc=False):
    """A look that a team takes at regular times."""

    key: Key
    name: str
    months: int
    question: str


class Reviewed(Struct, frozen=True, gc=False, omit_defaults=True):
    """When a review was done last, or its clock began; and when it was last reminded of."""

    done: datetime
    told: datetime | None = None
    ever: bool = True  # False: `done` is when the clock began
    later: datetime | None = None  # put off: nobody is reminded before


Kept = Mapping[str, Reviewed]  # by the key of the review
REVIEWS = (
    Review(
        "definitions",
        "Definitions",
        1,
        "Do the names, descriptions and events of insights still say what is meant?",
    ),
    Review("stale", "Stale dashboards", 3, "Which dashboards does nobody need any more?"),
)


def due_at(review: Review, kept: Kept) -> datetime | None:
    """Say when a review is due; None before its clock began."""
    held = kept.get(review.key)
    return months_later(held.done, review.months) if held is not None else None


def begun(kept: Kept, now: datetime) -> Kept:
    """Let the clocks of all reviews run; those that run are left alone.

    What was noted for a time to come was noted by a wrong clock: it happened before now.
    """
    new: dict[str, Reviewed] = {one.key: Reviewed(now, ever=False) for one in REVIEWS}
    return new | {
        key: structs.replace(held, done=now) if held.done > now + AGAIN else held
        for key, held in kept.items()
    }


def to_tell(kept: Kept, now: datetime) -> tuple[Review, ...]:
    """Choose the reviews of which a person is to be reminded now."""
    return tuple(
        one
        for one in REVIEWS
        if is_due(one, kept, now)
        and not _told(one, kept, now)
        and off_until(kept, one.key, now) is None
    )


def told(kept: Kept, reviews: tuple[Review, ...], now: datetime) -> Kept:
    """Note that a person was reminded."""
    keys = {one.key for one in reviews}
    return {
        key: structs.replace(held, told=now) if key in keys else held for key, held in kept.items()
    }


def done(kept: Kept, key: Key, now: datetime) -> Kept:
    """Note that a review was done."""
    return {**kept, key: Reviewed(now)}


def put_off(kept: Kept, key: Key, now: datetime) -> Kept:
    """Note that a person wants to hear of a review a month later."""
    held = kept.get(key, Reviewed(now, ever=False))
    return {**kept, key: structs.replace(held, later=months_later(now, 1))}


def off_until(kept: Kept, key: str, now: datetime) -> datetime | None:
    """Say until when a review is put off; None when it is not, also by a clock that was wrong."""
    held = kept.get(key)
    later = held.later if held is not None else None
    return later if later is not None and now < later <= months_later(now, 2) else None


def months_later(when: datetime, months: int) -> datetime:
    """Give the same day some months later, or the last day of a shorter month."""
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    begins = datetime(year + (month + 1) // 12, (month + 1) % 12 + 1, 1, tzinfo=UTC)
    last = (begins - timedelta(days=1)).day
    return when.replace(year=year, month=month + 1, day=min(when.day, last))


def day_words(when: datetime | None, zone: tzinfo | None) -> str:
    """Write a day, in the given zone (None: this computer's)."""
    if when is None:
        return ""
    here = when.astimezone(zone)
    return f"{here.day} {short_month(here)} {here.year}"


def is_due(review: Review, kept: Kept, now: datetime) -> bool:
    """Tell whether the day has come on which a review is due, in the zone of `now`."""
    when = due_at(review, kept)
    return when is not None and when.astimezone(now.tzinfo).date() <= now.date()


def _told(review: Review, kept: Kept, now: datetime) -> bool:
    held = kept.get(review.key)
    return held is not None and held.told is not None and abs(now - held.told) < AGAIN
