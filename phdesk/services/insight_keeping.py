"""Keeps an insight that is not saved yet on disk, so that no crash takes it; one a project."""

import msgspec
from msgspec import Raw, Struct

from phdesk.core.building.draft import Draft, body, opened, opened_insight
from phdesk.core.building.saving import Details, details_of
from phdesk.core.building.work import Work
from phdesk.models.insight import NULL, SavedInsight
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer

KIND = "unsaved insight"  # among the facts of a project, in the cache
Where = tuple[str, int]  # account and project


class KeptInsight(Struct, frozen=True, gc=False, kw_only=True):
    """What was built, and what is saved of it, if anything is."""

    query: Raw
    details: Details = Details()
    begun: Raw = NULL  # with which a new one was begun
    saved: SavedInsight | None = None

    @property
    def work(self) -> Work:
        """Give what was built."""
        draft = opened(self.query)
        base = self.base.draft
        kept = Draft(query=draft.query, opened=base.opened, raw=base.raw, closed=draft.closed)
        return Work(kept, self.details)

    @property
    def base(self) -> Work:
        """Give what is saved, or what was begun with."""
        if self.saved is not None:
            return Work(opened_insight(self.saved.insight), details_of(self.saved))
        begun = opened(self.begun)
        draft = Draft(query=begun.query, opened=begun.query)
        return Work(draft, Details(dashboards=self.details.dashboards))


_KEPT = msgspec.json.Decoder(KeptInsight | None)


def kept_of(work: Work, base: Work, saved: SavedInsight | None) -> KeptInsight:
    """Give what is to be kept of an insight."""
    return KeptInsight(
        query=body(work.draft), details=work.details, begun=body(base.draft), saved=saved
    )


async def keep(cache: Cache, where: Where, kept: KeptInsight | None) -> None:
    """Write what was built, or with None that there is nothing; in the worker."""
    writer = Writer(cache)
    writer.save_around(*where, KIND, msgspec.json.encode(kept))
    writer.flush()


async def find_kept(cache: Cache, where: Where) -> KeptInsight | None:
    """Read what was built and not saved; what cannot be read is nothing. In the worker."""
    data = cache.load_around(*where, KIND)
    try:
        return _KEPT.decode(data) if data else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
