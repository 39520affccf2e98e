"""Keeps insights that are not saved yet on disk, each by itself, so that nothing takes them."""

from datetime import datetime
from threading import Lock
from uuid import uuid4

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.core.building.draft import Draft, body, opened, opened_insight
from phdesk.core.building.saving import Details, details_of
from phdesk.core.building.sent import Sent
from phdesk.core.building.work import Work
from phdesk.models.insight import NULL, Insight, SavedInsight
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer

Where = tuple[str, int]  # account and project


class KeptInsight(Struct, frozen=True, gc=False, kw_only=True):
    """What was built, and what is saved of it, if anything is."""

    query: Raw
    details: Details = Details()
    begun: Raw = NULL  # with which a new one was begun
    saved: SavedInsight | None = None
    sent: Sent | None = None  # a new one that may be saved already, though nobody knows

    @property
    def work(self) -> Work:
        """Give what was built."""
        draft = opened(self.query)
        base = self.base.draft
        kept = replace(base, query=draft.query, closed=draft.closed)
        return Work(kept, self.details)

    @property
    def base(self) -> Work:
        """Give what is saved, or what was begun with."""
        if self.saved is not None:
            return Work(opened_insight(self.saved.insight), details_of(self.saved))
        begun = opened(self.begun)
        draft = Draft(query=begun.query, opened=begun.query)
        return Work(draft, Details(dashboards=self.details.dashboards))

    @property
    def insight(self) -> Insight:
        """Give what was built as it would be shown, for its title."""
        return Insight(name=self.details.name.strip(), query=self.query)

    @property
    def number(self) -> int | None:
        """Give the id of the saved insight that is edited; None of a new one."""
        return self.saved.insight.id if self.saved is not None else None


class FoundInsight(Struct, frozen=True, gc=False):
    """One that is on disk, the name under which it is, and since when."""

    name: str
    kept: KeptInsight
    at: datetime | None


_KEPT = msgspec.json.Decoder(KeptInsight)


def kept_of(
    work: Work, base: Work, saved: SavedInsight | None, sent: Sent | None = None
) -> KeptInsight:
    """Give what is to be kept of an insight."""
    return KeptInsight(
        query=body(work.draft),
        details=work.details,
        begun=body(base.draft),
        saved=saved,
        sent=sent,
    )


def over(kept: KeptInsight, saved: SavedInsight) -> KeptInsight:
    """Make of what was kept a change of what is saved of it by now."""
    details = replace(kept.details, dashboards=saved.dashboards)
    return replace(kept, saved=saved, details=details, sent=None)


def new_name() -> str:
    """Make a name under which nothing is kept yet."""
    return uuid4().hex


class Keeper:
    """Holds what is not on disk yet; `write` may be called often, and once more at the end."""

    def __init__(self, cache: Cache) -> None:
        self._writer = Writer(cache)
        self._lock = Lock()  # the window notes while the worker writes
        self._unwritten: dict[tuple[Where, str], KeptInsight | None] = {}

    def put(self, where: Where, name: str, kept: KeptInsight | None) -> None:
        """Note what was built to be written, or with None that it is to be forgotten."""
        with self._lock:
            self._unwritten.pop((where, name), None)  # the newest comes last
            self._unwritten[where, name] = kept

    async def write(self) -> None:
        """Write all that is noted; in the worker."""
        with self._lock:
            noted, self._unwritten = self._unwritten, {}
        for (where, name), kept in noted.items():
            if kept is None:
                self._writer.drop_draft(*where, name)
            else:
                self._writer.save_draft(*where, name, msgspec.json.encode(kept))
        self._writer.flush()


async def find_kept(cache: Cache, where: Where) -> tuple[FoundInsight, ...]:
    """Read what was built and not saved, the newest first; in the worker."""
    found = ((one, read_kept(one.data)) for one in cache.load_drafts(*where))
    return tuple(
        FoundInsight(one.name, kept, one.kept_at) for one, kept in found if kept is not None
    )


def read_kept(data: bytes) -> KeptInsight | None:
    """Read what was kept; what cannot be read is nothing."""
    try:
        return _KEPT.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
