"""What a wall shows now and what comes next, as a frozen value; whoever holds it has the clock.

Times are seconds of a clock that never jumps. Stops are known by stable keys, so that changes to
the list of stops leave the one on show alone.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace


class Place(NamedTuple):
    """A page of a stop."""

    key: str
    page: int = 0


class Lap(Struct, frozen=True, gc=False, kw_only=True):
    """A stop of the rotation: so many pages, each for so long."""

    key: str
    dwell: float = 30.0  # seconds a page
    pages: int = 1  # as far as is known; the layout tells when it is on show


class Rotation(Struct, frozen=True, kw_only=True):
    """The stops in their order, the place on show and since when."""

    laps: tuple[Lap, ...] = ()
    place: Place | None = None  # None: nothing is shown yet
    since: float = 0.0
    held: float | None = None  # seconds that the page had been on show when it was paused
    skipped: Mapping[str, str] = {}  # stops that cannot be shown, and why
    turns: int = 0  # changes of page so far
    missed: int = 0  # pages that were not ready in time
    awaits: str = ""  # key of the stop for which the page on show stays longer
    late: int = 0  # pages that were shown late, since they were waited for
    longest_wait: float = 0.0  # seconds, for one of them

    @property
    def paused(self) -> bool:
        """Say whether a person stopped it."""
        return self.held is not None

    @property
    def dwell(self) -> float:
        """Give the seconds that the page on show stays."""
        lap = self.lap(self.place.key) if self.place is not None else None
        return lap.dwell if lap is not None else 0.0

    def lap(self, key: str) -> Lap | None:
        """Find a stop."""
        return next((one for one in self.laps if one.key == key), None)


def with_laps(rotation: Rotation, laps: Sequence[Lap]) -> Rotation:
    """Take other stops; what is on show stays, with the pages that it was found to have."""
    pages = {one.key: one.pages for one in rotation.laps}
    known = {one.key for one in laps}
    return replace(
        rotation,
        laps=tuple(replace(one, pages=pages.get(one.key, one.pages)) for one in laps),
        skipped={key: why for key, why in rotation.skipped.items() if key in known},
    )


def with_pages(rotation: Rotation, key: str, pages: int) -> Rotation:
    """Note how many pages a stop has; if the one on show is gone, its last is meant."""
    laps = tuple(
        replace(one, pages=max(pages, 1)) if one.key == key else one for one in rotation.laps
    )
    place = rotation.place
    if place is not None and place.key == key:
        place = Place(key, min(place.page, max(pages, 1) - 1))
    return replace(rotation, laps=laps, place=place)


def without(rotation: Rotation, key: str, reason: str) -> Rotation:
    """Pass over a stop from now on, and say why."""
    return replace(rotation, skipped={**rotation.skipped, key: reason})


def with_again(rotation: Rotation, key: str) -> Rotation:
    """Show a stop again that was passed over."""
    rest = {one: why for one, why in rotation.skipped.items() if one != key}
    return replace(rotation, skipped=rest)


def following(rotation: Rotation, closed: Collection[str] = ()) -> Place | None:
    """Give the place after the one on show; None where there is no other.

    `closed` are stops that are not shown at this time of day.
    """
    return after(rotation, rotation.place, closed)


def after(rotation: Rotation, place: Place | None, closed: Collection[str] = ()) -> Place | None:
    """Give the place after another one; None where there is no other."""
    lap = rotation.lap(place.key) if place is not None else None
    has_more = place is not None and lap is not None and place.page + 1 < lap.pages
    if place is not None and lap is not None and has_more and _is_open(rotation, lap, closed):
        return Place(place.key, place.page + 1)
    found = _next_lap(rotation, place, closed, step=1)
    if found is None:
        return None
    there = Place(found.key)
    return None if there == place else there


def preceding(rotation: Rotation, closed: Collection[str] = ()) -> Place | None:
    """Give the place before the one on show; None where there is no other."""
    place = rotation.place
    if place is not None and place.page > 0:
        return Place(place.key, place.page - 1)
    found = _next_lap(rotation, place, closed, step=-1)
    if found is None:
        return None
    there = Place(found.key, found.pages - 1)
    return None if there == place else there


def shown(rotation: Rotation, place: Place, now: float) -> Rotation:
    """Show a place from now on; a pause holds on to it from its beginning."""
    first, is_late = rotation.place is None, bool(place.key) and place.key == rotation.awaits
    wait = max(elapsed(rotation, now) - rotation.dwell, 0.0) if is_late else 0.0
    return replace(
        rotation,
        place=place,
        since=now,
        held=0.0 if rotation.paused else None,
        turns=rotation.turns + (not first and place != rotation.place),
        awaits="",
        late=rotation.late + is_late,
        longest_wait=max(rotation.longest_wait, wait),
    )


def emptied(rotation: Rotation) -> Rotation:
    """Show nothing; the next place is the first again."""
    return replace(rotation, place=None, awaits="")


def awaiting(rotation: Rotation, place: Place) -> Rotation:
    """Keep what is on show until a place is drawn; once shown, that one counts as late."""
    return replace(rotation, awaits=place.key)


def stayed(rotation: Rotation, now: float) -> Rotation:
    """Keep what is on show for another while, because what comes next was not ready."""
    return replace(rotation, since=now, awaits="", missed=rotation.missed + 1)


def started_over(rotation: Rotation, now: float) -> Rotation:
    """Keep what is on show for another while, because there is nothing else."""
    return replace(rotation, since=now, awaits="")


def with_pause(rotation: Rotation, now: float, *, paused: bool) -> Rotation:
    """Stop at what is on show, or go on where it was stopped."""
    if paused == rotation.paused:
        return rotation
    if paused:
        return replace(rotation, held=elapsed(rotation, now))
    return replace(rotation, since=now - (rotation.held or 0.0), held=None)


def elapsed(rotation: Rotation, now: float) -> float:
    """Give the seconds that the page was on show."""
    return rotation.held if rotation.held is not None else max(now - rotation.since, 0.0)


def with_elapsed(rotation: Rotation, now: float, seconds: float) -> Rotation:
    """Let the page have been on show for so long by now."""
    return replace(rotation, since=now - seconds, held=seconds if rotation.paused else None)


def share(rotation: Rotation, now: float) -> float:
    """Say how much of the page's time is over, 0 to 1."""
    whole = rotation.dwell
    return min(elapsed(rotation, now) / whole, 1.0) if whole > 0 else 1.0


def due(rotation: Rotation, now: float, closed: Collection[str] = ()) -> bool:
    """Say whether it is time for the next page, or what is on show may not be shown any more."""
    if rotation.place is None:
        return True
    lap = rotation.lap(rotation.place.key)
    if lap is None or not _is_open(rotation, lap, closed):
        return True
    return not rotation.paused and elapsed(rotation, now) >= lap.dwell


def _is_open(rotation: Rotation, lap: Lap, closed: Collection[str]) -> bool:
    return lap.key not in closed and lap.key not in rotation.skipped


def _next_lap(
    rotation: Rotation, place: Place | None, closed: Collection[str], *, step: int
) -> Lap | None:
    """Look for a stop that can be shown, around the circle; it may be the same one again."""
    laps = rotation.laps
    at = next((i for i, one in enumerate(laps) if place and one.key == place.key), None)
    if at is None:
        at = -1 if step > 0 else len(laps)
    for distance in range(1, len(laps) + 1):
        lap = laps[(at + step * distance) % len(laps)]
        if _is_open(rotation, lap, closed):
            return lap
    return None
