"""Finds what a person has not saved to PostHog: insights and layouts, of whole accounts."""

from collections.abc import Sequence

from phdesk.core.names import insight_title
from phdesk.core.question import read_question
from phdesk.core.unsaved import Unsaved
from phdesk.services.insight_keeping import read_kept
from phdesk.store.cache import Cache


def unsaved_of(cache: Cache, account: str) -> Unsaved:
    """Read what is kept of an account on this computer alone."""
    kept = (read_kept(one.data) for one in cache.load_drafts(account))
    insights = [one.insight for one in kept if one is not None]
    titles = (insight_title(one, read_question(one)) for one in insights)
    return Unsaved(tuple(titles), len(cache.overlaid(account)))


async def find_unsaved(cache: Cache, accounts: Sequence[str]) -> dict[str, Unsaved]:
    """Read it of several accounts; in the worker."""
    return {account: unsaved_of(cache, account) for account in accounts}
