"""What the window of a wall tells the process that watches over it: one line of JSON a beat."""

from datetime import datetime

from msgspec import Struct


class TileAge(Struct, frozen=True, gc=False, kw_only=True):
    """How old one tile on the wall is."""

    dashboard: str
    tile: str
    calculated: datetime | None = None  # None: no number is known
    stale: bool = False  # past twice the wall's cadence
    failure: str = ""  # why its last refresh failed, in words


class Beat(Struct, frozen=True, gc=False, kw_only=True):
    """Sent after a painting, at least every 2 seconds; silence means that nothing is painted."""

    monitor: str  # the screen that this is about; one beat for each
    at: datetime
    frame: int  # paintings so far
    item: str = ""  # key of the item on show, to be restored after a restart
    page: int = 0
    title: str = ""
    next_title: str = ""
    rotations: int = 0  # changes of page so far
    missed: int = 0  # pages that were not ready when their time came
    paused: bool = False
    memory: int = 0  # bytes, resident
    oldest: datetime | None = None  # calculation of the oldest tile on show
    tiles: tuple[TileAge, ...] = ()
    problems: tuple[str, ...] = ()  # sentences: what is skipped, refused, away
    budget: str = ""  # what was spent of the team's limits, in words
    windows: int = 1
