"""What is asked of a server, and what comes back."""

import httpx
from msgspec import Struct


class Call(Struct, frozen=True, gc=False, kw_only=True):
    """One call: `path` is absolute on the host, `accept` names error statuses to hand over."""

    method: str = "GET"
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    blocking: bool = False
    accept: frozenset[int] = frozenset()
    sql: bool = False  # it asks in SQL, which some servers count apart


class Answer(Struct, frozen=True, gc=False):
    """What came back: the status is only of interest where several mean success."""

    status: int
    body: bytes


class Patience(Struct, frozen=True, gc=False):
    """How long is waited for an answer, in seconds (reference 13.32)."""

    connect: float = 10
    read: float = 60  # for the next bytes
    blocking: float = 180  # for the next bytes, while the server calculates
    whole: float = 300  # for all of an answer, which may come byte by byte

    def timeout(self, *, blocking: bool) -> httpx.Timeout:
        """Write it as the HTTP library reads it."""
        return httpx.Timeout(self.blocking if blocking else self.read, connect=self.connect)
