"""Where a wall's description comes from: a file or an https address, and the last good copy of it.

Whatever becomes of the file, the screen goes on with what was good last, also after a restart, and
says in words what is wrong. Qt is not needed here: the process that watches over a wall reads the
same file.
"""

import hashlib
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from msgspec import Struct

from phdesk.api.errors import ApiError
from phdesk.core.dates import MONTHS
from phdesk.core.wall.reading import Bad, read_fleet
from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Fleet, Screen
from phdesk.services.files import open_plain, write_whole

LARGEST = 1024 * 1024  # bytes
TOLD_AT = 2  # looks in a row
Pick = Callable[[Fleet], Screen | str]


class Fetched(Protocol):
    """What an address gave: `api.remote_text.Fetched`."""

    data: bytes | None
    etag: str


Fetch = Callable[[str, str], Awaitable[Fetched]]


class Glance(Struct, frozen=True, gc=False, kw_only=True):
    """What came of one look at a file or address."""

    fleet: Fleet | None = None  # only when it is another one than before
    screen: Screen | None = None  # that of this computer, likewise
    problem: str = ""  # one sentence or two for people; empty when all is well
    faults: tuple[str, ...] = ()  # all that is wrong with the file, each with its line
    soon: bool = False  # it may be in the middle of being written: look again in a second


class _TroubleError(Exception):
    """Says in a sentence why nothing could be read."""


class WallSource:
    """One description of walls; `pick` chooses this computer's screen of it, or says why not."""

    def __init__(
        self,
        source: str,
        folder: Path,
        pick: Pick,
        *,
        fetch: Fetch | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.is_remote = is_address(source)
        self._source = source if self.is_remote else str(Path(source).expanduser().absolute())
        self.name = short_name(source)
        self._kept = folder / f"{hashlib.sha256(self._source.encode()).hexdigest()[:20]}.toml"
        self._pick = pick
        self._fetch = fetch
        self._now = now
        self._etag = ""
        self._seen: bytes | None = None  # what the last look found
        self._taken: bytes | None = None  # what is in effect
        self._since = ""  # when a copy in effect was kept; empty when it is no copy
        self._fleet: Fleet | None = None
        self._misses = 0  # looks in a row at an address that did not answer
        self._said = Glance()  # what was said last

    def opened(self) -> Glance:
        """Give what is to be shown at first, at once: a file, or the copy of what an address gave.

        Only an address that never gave anything is waited for.
        """
        glance = self._from_copy() if self.is_remote else self._looked_at(self._file, settled=True)
        if glance.fleet is not None:
            return glance
        if not self.is_remote:
            kept = self._from_copy()
            return Glance(
                fleet=kept.fleet,
                screen=kept.screen,
                problem=self._with_copy(glance.problem),
                faults=glance.faults,
            )
        return cast("Glance", import_module("asyncio").run(self.look()))

    async def look(self) -> Glance:
        """Look whether there is something new; for the worker, where waiting holds nobody up."""
        if not self.is_remote:
            return self._looked_at(self._file, settled=False)
        try:
            data = await self._remote()
        except ApiError as error:
            return self._missed(error.failure)
        self._misses = 0
        return self._judged(data)

    def _missed(self, failure: Failure) -> Glance:
        """Tell of an address that does not answer at the second time: networks have their moments.

        What a wall shows does not depend on it.
        """
        self._misses += 1
        passes = failure.cause in (Cause.NETWORK, Cause.SERVER) and self._taken is not None
        if passes and self._misses < TOLD_AT:
            return self._said
        return self._troubled(failure.message)

    def _looked_at(self, read: Callable[[], bytes], *, settled: bool) -> Glance:
        try:
            data = read()
        except _TroubleError as why:
            return self._troubled(str(why))
        if not settled and data not in (self._seen, self._taken):
            self._seen = data  # a file that is being written halfway may be whole by chance
            return Glance(soon=True)
        return self._judged(data)

    def _file(self) -> bytes:
        """Read a file, in which anything may have been put, without waiting for it."""
        path = Path(self._source)
        try:
            with open_plain(path) as file:
                data = file.read(LARGEST + 1)
        except FileNotFoundError:
            raise _TroubleError(f"{self.name} is gone: there is no {path}.") from None
        except OSError as why:
            raise _TroubleError(f"{self.name} cannot be read ({why.strerror}).") from None
        if len(data) > LARGEST:
            raise _TroubleError(f"{self.name} is larger than {LARGEST // 1024} kB.")
        return data

    async def _remote(self) -> bytes:
        fetch = self._fetch or cast("Fetch", import_module("phdesk.api.remote_text").fetch)
        found = await fetch(self._source, self._etag if self._seen is not None else "")
        if found.data is not None:
            self._seen, self._etag = found.data, found.etag
        return self._seen or b""

    def _judged(self, data: bytes) -> Glance:
        self._seen = data
        if data == self._taken:
            return self._fine(None)
        try:
            fleet, screen = self._understood(data)
        except UnicodeDecodeError as why:
            line = data[: why.start].count(b"\n") + 1
            return self._troubled(f"{self.name}:{line}: is no text in UTF-8.")
        if isinstance(fleet, Bad):
            return self._troubled(_counted(fleet.faults), fleet.faults)
        if isinstance(screen, str):
            return self._troubled(f"{self.name}: {screen}")
        self._taken = data
        why_not_kept = self._keep(data)
        return self._fine(Glance(fleet=fleet, screen=screen, problem=why_not_kept))

    def _fine(self, glance: Glance | None) -> Glance:
        self._since = ""
        self._said = Glance(problem=glance.problem if glance else "")
        if glance is None or glance.fleet == self._fleet:
            return self._said
        self._fleet = glance.fleet
        return glance

    def _understood(self, data: bytes) -> tuple[Fleet | Bad, Screen | str]:
        fleet = read_fleet(data.decode("utf-8-sig"), self.name, self._now())
        return fleet, "" if isinstance(fleet, Bad) else self._pick(fleet)

    def _from_copy(self) -> Glance:
        """Take the last good copy, which may be of a run long ago."""
        with suppress(OSError, UnicodeDecodeError):
            data = self._kept.read_bytes()
            fleet, screen = self._understood(data)
            if isinstance(fleet, Fleet) and isinstance(screen, Screen):
                when = datetime.fromtimestamp(self._kept.stat().st_mtime, UTC).astimezone()
                self._since = f"{when.day} {MONTHS[when.month - 1][:3]} {when:%H:%M}"
                self._taken, self._fleet = data, fleet
                return Glance(fleet=fleet, screen=screen)
        return Glance()

    def _keep(self, data: bytes) -> str:
        """Write the copy, for its owner alone and whole or not at all; says why if not."""
        try:
            self._kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._kept.is_file() and self._kept.read_bytes() == data:
                os.utime(self._kept)
                return ""
        except OSError as why:
            problem: str | None = f"{self._kept.parent} could not be written ({why.strerror})."
        else:
            problem = write_whole(self._kept, data, name=str(self._kept.parent))
        return f"No copy of {self.name} could be kept for a restart: {problem}" if problem else ""

    def _troubled(self, words: str, faults: tuple[str, ...] = ()) -> Glance:
        self._said = Glance(problem=self._with_copy(words), faults=faults)
        return self._said

    def _with_copy(self, words: str) -> str:
        if self._taken is None:
            return words
        copy = f"its last good copy, of {self._since}," if self._since else "what it said before"
        return f"{words} Meanwhile {copy} holds."


def _counted(faults: tuple[str, ...]) -> str:
    asks, more = faults[0].endswith("?"), len(faults) - 1
    if not more:
        return faults[0] if asks else f"{faults[0]}."
    others = f"{more} fault{'s' if more > 1 else ''} more."
    return f"{faults[0]} And {others}" if asks else f"{faults[0]}, and {others}"


def is_address(source: str) -> bool:
    """Tell an address from the path of a file."""
    return source.lower().startswith(("https://", "http://"))


def short_name(source: str) -> str:
    """Name a source in sentences: a file's own name, an address without what may be secret."""
    if is_address(source):
        return source.partition("://")[2].partition("?")[0].partition("#")[0].rpartition("@")[2]
    return Path(source).name
