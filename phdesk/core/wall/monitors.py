r"""Say which wall belongs on which monitor, as monitors come, go and change.

The rules, in this order:

1. A wall named in the file takes the monitor with that name, as the system calls its socket
   ("HDMI-1"); case, "HDMI-A-1" for "HDMI-1" and Windows' `\\.\` make no difference.
2. Else the monitor with that serial number, else the first free one of that model.
3. A number means the monitors in the order in which they were met, those of the start from left to
   right and from top to bottom. It stays a monitor's own while that one is away: what is "2" never
   becomes "1" because the first was switched off. A panel that comes back at another socket keeps
   its number by its serial.
4. The wall "" is shown on each monitor that no other wall took or waits for, one rotation each.
5. A wall whose monitor is away waits for it, and takes no other. One exception: a single wall that
   never found its monitor is shown on the only monitor there is.
6. A monitor that shows the same part of the desktop as another gets nothing of its own, and what a
   system puts in the place of no monitor at all is none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

EVERY = ""  # the name of the wall for every monitor not named
STAND_IN = re.compile(r"^:\d+(\.\d+)?$")  # Qt on X11, with all outputs off; else it has no size


class Monitor(Struct, frozen=True, gc=False, kw_only=True):
    """One monitor, as the system tells of it."""

    name: str
    model: str = ""
    serial: str = ""
    rect: tuple[int, int, int, int] = (0, 0, 0, 0)  # x, y, width, height on the desktop, points


class Seat(Struct, frozen=True, gc=False, kw_only=True):
    """Where one wall belongs; it keeps its `key`, so that what was on show comes back there."""

    key: str  # the wall's name, or for the wall "" the monitor's
    wall: str
    monitor: str  # name
    present: bool = True  # False: the monitor is away


class Seating(Struct, frozen=True, kw_only=True):
    """All walls with their monitors, and what was learned on the way."""

    seats: tuple[Seat, ...] = ()
    met: tuple[Monitor, ...] = ()  # their place is their number
    problems: tuple[str, ...] = ()  # sentences


def plain(name: str) -> str:
    """Give what two names for one socket have in common."""
    return name.strip().removeprefix("\\\\.\\").casefold().replace("-a-", "-")


def seated(walls: Iterable[str], monitors: Sequence[Monitor], before: Seating) -> Seating:
    """Give each wall its monitor, from what was known before and what is there now."""
    walls = tuple(walls)
    there = _distinct(monitors)
    round_ = _Round(
        there=there,
        met=_met(there, before.met),
        known=frozenset(one.name for one in before.met),
        old={one.wall: one for one in before.seats if one.wall != EVERY},
    )
    named = [wall for wall in walls if wall != EVERY]
    found: dict[str, Monitor] = {}
    for wish in (_by_name, _by_serial, _by_model, _by_number, _as_before):
        for wall in named:
            free = [one for one in there if one not in found.values()]
            monitor = None if wall in found else wish(wall, free, round_)
            if monitor is not None:
                found[wall] = monitor
    if len(walls) == len(named) == len(there) == 1 and not found and named[0] not in round_.old:
        found[named[0]] = there[0]
    seats = _named_seats(named, found, round_.old)
    if EVERY in walls:
        seats += _other_seats(there, {one.monitor for one in seats}, before)
    return Seating(
        seats=tuple(seats), met=round_.met, problems=_problems(named, found, seats, there)
    )


class _Round(Struct, frozen=True, kw_only=True):
    """What the rules may look at."""

    there: list[Monitor]
    met: tuple[Monitor, ...]
    known: frozenset[str]  # names met before
    old: dict[str, Seat]  # by wall


def _distinct(monitors: Sequence[Monitor]) -> list[Monitor]:
    """Leave out stand-ins and those that mirror another; order them as a person sees them."""
    kept: dict[tuple[int, int, int, int], Monitor] = {}
    for one in monitors:
        if not STAND_IN.match(one.name) and all(one.rect[2:]):
            kept.setdefault(one.rect, one)
    return sorted(kept.values(), key=_corner)


def _corner(monitor: Monitor) -> tuple[int, int, str]:
    return monitor.rect[0], monitor.rect[1], monitor.name


def _met(there: Sequence[Monitor], before: tuple[Monitor, ...]) -> tuple[Monitor, ...]:
    """Add those never met before; one of a known serial takes the place of itself elsewhere."""
    met = list(before)
    now = {one.name for one in there}
    for one in there:
        names = [each.name for each in met]
        if one.name in names:
            met[names.index(one.name)] = one
            continue
        moved = [
            place
            for place, each in enumerate(met)
            if each.serial and (each.serial, each.model) == (one.serial, one.model)
            if each.name not in now
        ]
        if moved:
            met[moved[0]] = one
        else:
            met.append(one)
    return tuple(met)


def _by_name(wall: str, free: Sequence[Monitor], _round: _Round) -> Monitor | None:
    exact = [one for one in free if one.name == wall]
    return next(iter(exact or [one for one in free if plain(one.name) == plain(wall)]), None)


def _by_serial(wall: str, free: Sequence[Monitor], _round: _Round) -> Monitor | None:
    return next((one for one in free if one.serial and plain(one.serial) == plain(wall)), None)


def _by_model(wall: str, free: Sequence[Monitor], round_: _Round) -> Monitor | None:
    """Keep the one it had; while that is away, take only one that had no life of its own."""
    those = [one for one in free if one.model and plain(one.model) == plain(wall)]
    if wall in round_.old:
        had = round_.old[wall].monitor
        those = [one for one in those if one.name == had or one.name not in round_.known]
        those.sort(key=lambda one: one.name != had)
    return next(iter(those), None)


def _by_number(wall: str, free: Sequence[Monitor], round_: _Round) -> Monitor | None:
    if not (wall.isascii() and wall.isdecimal()) or not 1 <= int(wall) <= len(round_.met):
        return None
    numbered = round_.met[int(wall) - 1]
    return next((one for one in free if one.name == numbered.name), None)


def _as_before(wall: str, free: Sequence[Monitor], round_: _Round) -> Monitor | None:
    """Stay where rule 5 has put it."""
    seat = round_.old.get(wall)
    return next((one for one in free if seat is not None and one.name == seat.monitor), None)


def _named_seats(
    named: Sequence[str], found: Mapping[str, Monitor], old: Mapping[str, Seat]
) -> list[Seat]:
    seats = []
    for wall in named:
        if wall in found:
            seats.append(Seat(key=wall, wall=wall, monitor=found[wall].name))
        elif wall in old:
            seats.append(Seat(key=wall, wall=wall, monitor=old[wall].monitor, present=False))
    return seats


def _other_seats(there: Sequence[Monitor], taken: set[str], before: Seating) -> list[Seat]:
    """Seat the wall "" on what is free, and keep its seats at monitors that are away."""
    now = {one.name for one in there}
    seats = [
        Seat(key=one.name, wall=EVERY, monitor=one.name) for one in there if one.name not in taken
    ]
    away = [
        Seat(key=one.key, wall=EVERY, monitor=one.monitor, present=False)
        for one in before.seats
        if one.wall == EVERY and one.monitor not in now | taken
    ]
    return seats + away


def _problems(
    named: Sequence[str],
    found: Mapping[str, Monitor],
    seats: Sequence[Seat],
    there: Sequence[Monitor],
) -> tuple[str, ...]:
    names = [one.name for one in there]
    if not there:
        return ("No monitor is connected or switched on; the walls wait for one.",)
    is_there = f"there is {names[0]}" if len(names) == 1 else f"there are {_joined(names)}"
    sat = {one.key: one for one in seats}
    said = []
    for wall in named:
        if wall in found:
            if not _belongs(wall, found[wall]):
                said.append(
                    f"No monitor is called {wall}; its wall is shown on {found[wall].name}, "
                    "the only one."
                )
        elif wall in sat:
            said.append(f"The monitor {wall} is away; its wall waits for it.")
        else:
            said.append(f"No monitor is called {wall}; its wall waits ({is_there}).")
    return tuple(said)


def _belongs(wall: str, monitor: Monitor) -> bool:
    named = {plain(one) for one in (monitor.name, monitor.serial, monitor.model) if one}
    return plain(wall) in named or wall.isdecimal()


def _joined(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
