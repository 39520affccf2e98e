"""Where calls ask whether they may go: what a client says of each, and what the gate answers."""

from typing import Protocol

from msgspec import Struct

from phdesk.models.failure import Failure


class Purpose(Struct, frozen=True, gc=False):
    """Why calls are made: for a person, or because the clock said so; for which dashboard."""

    background: bool = False
    dashboard: int = 0  # 0: for none


class Passage(Struct, frozen=True, gc=False, kw_only=True):
    """A call at the gate; `path` is below the project (0: the call belongs to none)."""

    host: str
    project: int
    method: str
    path: str
    calculates: bool
    purpose: Purpose


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


def passage_of(host: str, method: str, path: str, purpose: Purpose, *, calculates: bool) -> Passage:
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
    )
