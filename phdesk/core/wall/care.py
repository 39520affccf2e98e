"""What spares a panel at a given time: brightness, black hours and a slow walk of the picture.

All of it follows from the time alone, so that a window that was started anew goes on as before.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

from phdesk.core.wall.hours import holds
from phdesk.models.wall import Care

FADE = timedelta(minutes=5)  # in which dim hours come and go
WARM_UP = timedelta(minutes=5)  # before black hours end: its numbers are new when the picture comes
STEP = timedelta(minutes=2)  # between two pixels of the walk
POINTS_PER_PIXEL = 270  # of the screen's shorter side: 4 pixels each way at 1080p
LEAST_REACH, MOST_REACH = 2, 12  # pixels
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Cared(Struct, frozen=True, gc=False, kw_only=True):
    """How a wall is shown now."""

    brightness: float = 1.0  # of the picture, 0 to 1
    off: bool = False  # black but for the clock
    refreshed: bool = True  # its numbers are kept new
    offset: tuple[int, int] = (0, 0)  # pixels to the right and down
    awake: bool = True  # the system is asked to keep the screen on


def cared(care: Care, now: datetime, zone: tzinfo | None, reach: int) -> Cared:
    """Say how a wall is shown at a time; `zone` None is the computer's, `reach` is in pixels."""
    off = holds(care.off, now.astimezone(zone))
    return Cared(
        brightness=brightness(care, now, zone),
        off=off,
        refreshed=not off or not holds(care.off, (now + WARM_UP).astimezone(zone)),
        offset=walked(now, reach) if care.shift else (0, 0),
        awake=care.keep_awake and not off,
    )


def brightness(care: Care, now: datetime, zone: tzinfo | None) -> float:
    """Give the mean of the last minutes, so that it goes down and up softly, and never jumps."""
    at, dim = now - FADE, timedelta()
    while at < now:
        until = min(now, at.replace(second=0, microsecond=0) + MINUTE)
        if holds(care.dim, at.astimezone(zone)):
            dim += until - at
        at = until
    return 1.0 - (1.0 - care.dim_to / 100) * (dim / FADE)


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
