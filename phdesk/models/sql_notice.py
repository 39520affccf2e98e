"""What a server says of SQL before it is run (its `HogQLMetadata`)."""

from msgspec import Struct


class SqlNotice(Struct, frozen=True, gc=False, kw_only=True):
    """One thing that a server noticed; `start` and `end` are places in the text."""

    message: str
    start: int | None = None
    end: int | None = None
    is_error: bool = True
    fix: str = ""  # what could stand there instead
