"""What spares a panel at a given time: brightness, black hours and a slow walk of the picture.

All of it follows from the time alone, so that a window that was started anew goes on as before.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from msgspec import Struct

from phdesk.models.wall import Care, Hours

FADE = timedelta(minutes=5)  # in which dim hours come and go
WARM_UP = timedelta(minutes=5)  # before black hours end: its numbers are new when the picture comes
STEP = timedelta(minutes=2)  # between two pixels of the walk
POINTS_PER_PIXEL = 270  # of the screen's shorter side: 4 pixels each way at 1080p
LEAST_REACH, MOST_REACH = 2, 12  # pixels
HORIZON = timedelta(days=8)  # any day of the week comes in it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Span = tuple[datetime, datetime]  # from, and until before


class Cared(Struct, frozen=True, gc=False, kw_only=True):
    """How a wall is shown now."""

    brightness: float = 1.0  # of the picture, 0 to 1
    off: bool = False  # black but for the clock
    refreshed: bool = True  # its numbers are kept new
    offset: tuple[int, int] = (0, 0)  # pixels to the right and down
    awake: bool = True  # the system is asked to keep the screen on


def cared(care: Care, now: datetime, zone: tzinfo | None, reach: int) -> Cared:
    """Say how a wall is shown at a time; `zone` None is the computer's, `reach` is in pixels."""
    off = holds(care.off, now, zone)
    return Cared(
        brightness=brightness(care, now, zone),
        off=off,
        refreshed=not off or not holds(care.off, now + WARM_UP, zone),
        offset=walked(now, reach) if care.shift else (0, 0),
        awake=care.keep_awake and not off,
    )


def brightness(care: Care, now: datetime, zone: tzinfo | None) -> float:
    """Give the mean of the last minutes, so that it goes down and up softly, and never jumps."""
    before = now - FADE
    parts = [
        min(end, now) - max(start, before) for start, end in spans(care.dim, before, now, zone)
    ]
    dim = sum(parts, timedelta())
    return 1.0 - (1.0 - care.dim_to / 100) * (dim / FADE)


def next_change(care: Care, now: datetime, zone: tzinfo | None) -> datetime | None:
    """Say when dim or black hours begin or end next; None: never within a week."""
    edges = [
        edge
        for hours in (care.dim, care.off)
        for span in spans(hours, now, now + HORIZON, zone)
        for edge in span
        if now < edge <= now + HORIZON
    ]
    return min(edges, default=None)


def reach(width: int, height: int) -> int:
    """Say how far the picture walks on a screen of that many pixels."""
    return max(LEAST_REACH, min(MOST_REACH, round(min(width, height) / POINTS_PER_PIXEL)))


def walked(now: datetime, reach: int) -> tuple[int, int]:
    """Give the step of a walk over all places within `reach` pixels, to and fro, each as long.

    It goes along the rows, each from the end of the one before, and never by more than a pixel.
    """
    side = 2 * reach + 1
    places = side * side
    step = (now - EPOCH) // STEP % (2 * places)
    row, column = divmod(min(step, 2 * places - 1 - step), side)
    return (column if row % 2 == 0 else side - 1 - column) - reach, row - reach


def holds(hours: Sequence[Hours], now: datetime, zone: tzinfo | None) -> bool:
    """Say whether a time is in any of the hours."""
    return any(start <= now < end for start, end in spans(hours, now, now, zone))


def spans(
    hours: Sequence[Hours], start: datetime, end: datetime, zone: tzinfo | None
) -> list[Span]:
    """Give the times in which any of the hours holds that touch a stretch of time, in order."""
    joined: list[Span] = []
    for one in sorted(_each(hours, start, end, zone)):
        if joined and one[0] <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(one[1], joined[-1][1])
        else:
            joined.append(one)
    return joined


def _each(
    hours: Sequence[Hours], start: datetime, end: datetime, zone: tzinfo | None
) -> Iterator[Span]:
    first = start.astimezone(zone).date() - timedelta(days=1)
    days = (end.astimezone(zone).date() - first).days + 1
    for day in (first + timedelta(days=n) for n in range(days)):
        for one in hours:
            if day.weekday() in one.days:
                over = timedelta(days=1 if one.end < one.start else 0)
                span = _moment(day, one.start, zone), _moment(day + over, one.end, zone)
                if start <= span[1] > span[0] <= end:
                    yield span


def _moment(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    """Give the time that clocks of the zone show; in a gap of summer time, the one after it."""
    late, minutes = divmod(minutes, 24 * 60)
    day += timedelta(days=late)
    hour, minute = divmod(minutes, 60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
