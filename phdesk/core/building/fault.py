"""What is wrong with a draft: said at the setting that it is about."""

from collections.abc import Iterable

from msgspec import Struct


class Fault(Struct, frozen=True, gc=False, kw_only=True):
    """One thing that is wrong; `name` is the setting's, or a place inside it.

    With `blocking` it is known to be refused, so it is not sent; else it is only worth a word.
    `start` and `end` are places in the text of SQL.
    """

    name: str
    message: str
    blocking: bool = True
    start: int | None = None
    end: int | None = None


def blocks(faults: Iterable[Fault]) -> bool:
    """Say whether a draft with these faults is not to be sent."""
    return any(one.blocking for one in faults)


def note(name: str, message: str) -> Fault:
    """Say something that does not keep anybody from sending."""
    return Fault(name=name, message=message, blocking=False)
