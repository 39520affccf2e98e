"""What the window of a wall and the process that watches over it tell each other.

Window to watch, on stdout: a `Beat` as one line of JSON. Watch to window: a `Resume` as JSON after
`--resume` when it starts, later a `Wish` a line on stdin, whose end says that the watch is gone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

WATCH = "PHDESK_WATCH"  # in the environment of a window: number of the process that watches over it


class TileAge(Struct, frozen=True, gc=False, kw_only=True):
    """How old one tile on the wall is."""

    key: str = ""  # the same for the same numbers, in whichever item they are shown
    dashboard: str
    tile: str
    calculated: datetime | None = None  # None: no number is known
    stale: bool = False  # past twice the wall's cadence
    failure: str = ""  # why its last refresh failed, in words
    on_show: bool = False  # among all tiles of a wall


class Spending(Struct, frozen=True, gc=False, kw_only=True):
    """What was spent of one class of calls in the last hour, by people and by the clock."""

    calls: str  # the class, as `phdesk budget` names it
    people: int = 0
    clock: int = 0
    limit: int = 0  # an hour, of both together
    clock_limit: int = 0  # of these, the most for the clock


class Beat(Struct, frozen=True, gc=False, kw_only=True):
    """Sent after a painting, at least every 2 seconds; silence means that nothing is painted."""

    monitor: str  # the screen that this is about; one beat for each
    at: datetime
    frame: int  # paintings so far
    item: str = ""  # key of the item on show, to be restored after a restart
    page: int = 0
    title: str = ""
    empty: str = ""  # why nothing is on show, in words; while it rests, nothing should be
    next_title: str = ""
    rotations: int = 0  # changes of page so far
    missed: int = 0  # pages that were passed over: they were not ready when their time came
    late: int = 0  # pages that were shown late: they were still to be drawn
    longest_wait: float = 0.0  # seconds, for one of these
    paused: bool = False
    resting: bool = False  # in black hours, outside those of all items, without its monitor
    alerts: Mapping[str, str] = {}  # that had the screen, with the time that each fires
    alert: str = ""  # that has it now, by the name that the wall writes
    firing: int = 0  # alerts that the head of the wall counts
    oldest: datetime | None = None  # calculation of the oldest tile on show
    tiles: tuple[TileAge, ...] = ()  # on show
    all_tiles: tuple[TileAge, ...] | None = None  # of all items that are due; None: as told before
    problems: tuple[str, ...] = ()  # sentences: what is skipped, refused, away
    budget: str = ""  # what was spent of the team's limits, in words
    spending: tuple[Spending, ...] = ()  # the same as numbers, a class each
    windows: int = 1


class Place(Struct, frozen=True, gc=False, kw_only=True):
    """Where a rotation was."""

    item: str = ""  # key
    page: int = 0
    paused: bool = False
    alerts: Mapping[str, str] = {}  # as in its beat: none has the screen for the same twice


class Resume(Struct, frozen=True, gc=False, kw_only=True):
    """With what a window starts."""

    places: Mapping[str, Place] = {}  # by monitor
    safe: bool = False  # after many crashes: no cross-fade, the store is looked over when opened
    skip: tuple[
        str, ...
    ] = ()  # keys of items on show at crashes; in vain where they are all there is


class Wish(Struct, frozen=True, gc=False, kw_only=True):
    """What the watch asks of a running window: to drop caches, or to leave."""

    act: Literal["trim", "stop"]
