"""What is known of a running monitor: one file of JSON that its watch keeps up to date."""

from datetime import datetime

from msgspec import Struct

from phdesk.models.beat import Beat


class Trouble(Struct, frozen=True, gc=False, kw_only=True):
    """Something that went wrong at a time."""

    at: datetime
    words: str


class Window(Struct, frozen=True, gc=False, kw_only=True):
    """The process that paints."""

    phase: str = "resting"  # of `core.wall.vigil`
    pid: int | None = None
    silent: float = 0.0  # seconds since it painted last, or was started
    longest_silence: float = 0.0  # seconds between two beats of this process
    silence_limit: float = 0.0  # seconds after which it counts as frozen
    beats: int = 0  # of this process
    starts: int = 0
    crashes: int = 0  # in the last 10 minutes
    safe: bool = False  # safe mode
    skipped: tuple[str, ...] = ()  # keys of items, in safe mode
    memory: int | None = None  # bytes, resident
    memory_soft: int = 0  # bytes
    memory_hard: int = 0


class Status(Struct, frozen=True, gc=False, kw_only=True):
    """A running monitor."""

    version: str
    pid: int  # of the watch
    began: float  # of that process, as the system tells: with the pid it is no other process
    since: datetime
    at: datetime  # of this status
    screen: str = ""
    window: Window = Window()
    monitors: tuple[Beat, ...] = ()
    troubles: tuple[Trouble, ...] = ()  # the last ones, oldest first
    file_problem: str = ""  # why this status, or what is restored after a restart, was not kept
    port_problem: str = ""  # why health is not told on the port that was wanted
    memory: int | None = None  # bytes of the watch itself, resident
