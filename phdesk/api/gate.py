"""Where calls ask whether they may go: what a client says of each, and what the gate answers.

A calculation that takes more than one call has a `Place` for all of them.
"""

import asyncio
from typing import Protocol

from msgspec import Struct, structs

from phdesk.models.failure import Failure


class Purpose(Struct, frozen=True, gc=False):
    """Why calls are made: for a person, or because the clock said so; for which dashboard."""

    background: bool = False
    dashboard: int = 0  # 0: for none
    patient: bool = False  # it waits for its turn as long as that takes: what takes minutes anyway


class Passage(Struct, frozen=True, gc=False, kw_only=True):
    """A call at the gate; `path` is below the project (0: the call belongs to none).

    With `calls` false only a place for a calculation is asked for.
    """

    host: str
    project: int
    method: str
    path: str
    calculates: bool
    purpose: Purpose
    calls: bool = True
    lasts: bool = False  # the place is for a calculation that is known to be long
    sql: bool = False  # it asks in SQL, which some servers count apart


class Gate(Protocol):
    """Lets calls go one after another; used in the thread that makes the calls."""

    async def enter(self, passage: Passage) -> int:
        """Return when the call may be made, a number to leave with; raises RateLimitedError."""

    def leave(self, number: int, passage: Passage, failure: Failure | None) -> None:
        """Note how the call ended."""

    def belongs(self, host: str, project: int, organization: str) -> None:
        """Note which organization a project is of."""

    def crowded(self, host: str, project: int) -> None:
        """Note that an organization calculates too much at once."""


class Place:
    """Room for one calculation at the server, over all calls that it takes; spends none itself.

    While it is had, the calls of its client need no place of their own, so they never wait for it.
    """

    def __init__(self, gate: Gate | None, passage: Passage) -> None:
        self._gate, self._passage = gate, passage
        self._number: int | None = None

    async def take(self, *, lasts: bool = False) -> None:
        """Wait for the place; raises RateLimitedError when the limits allow no call for long."""
        self._passage = structs.replace(self._passage, lasts=lasts)
        self._number = await self._gate.enter(self._passage) if self._gate else 0

    async def lengthen(self) -> None:
        """Go on for long; in the background only as far as that leaves another place to people."""
        if self._passage.purpose.background:
            self.leave()
            await self.take(lasts=True)

    def leave(self, after: "asyncio.Future[None] | None" = None) -> None:
        """Give the place to whoever waits, at once or `after` the server heard of the end."""
        if after is not None:
            after.add_done_callback(self._left)
            return
        number, self._number = self._number, None
        if number is not None and self._gate is not None:
            self._gate.leave(number, self._passage, None)

    def _left(self, _heard: "asyncio.Future[None]") -> None:
        self.leave()


def passage_of(
    host: str, method: str, path: str, purpose: Purpose, *, calculates: bool, sql: bool = False
) -> Passage:
    """Describe a call by its path on the host, as in `/api/projects/7/insights/5/`."""
    parts = path.strip("/").split("/")
    number = parts[2] if len(parts) > 2 and parts[1] in ("projects", "environments") else ""
    named = number.isascii() and number.isdigit()
    rest = "/".join(parts[3:]) if named else path
    return Passage(
        host=host,
        project=int(number) if named else 0,
        method=method,
        path=f"{rest}/" if named and rest else rest,
        calculates=calculates,
        purpose=purpose,
        sql=sql,
    )
