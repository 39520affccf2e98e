"""Reads what a link shows to everybody, as a snapshot: no account, no key, nothing to change."""

from datetime import datetime

from msgspec import Raw
from msgspec.structs import replace

from phdesk.api import decoding, shared_page
from phdesk.api.errors import UnreadableError
from phdesk.core.numbering import PAGE, numbered
from phdesk.core.shared_links import SharedLink, read_shared_link
from phdesk.models.account import Project
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, StoredBox
from phdesk.models.failure import Failure
from phdesk.models.sharing import SharedPage
from phdesk.services.session import alone
from phdesk.store.snapshot import DEEPEST, MOST_TILES, Snapshot, is_deep
from phdesk.store.state import Around

WHOLE_WIDTH = StoredBox(0, 0, 12, 8)  # of an insight alone


async def read(link: SharedLink, now: datetime, word: str = "") -> Snapshot:
    """Read a page, with a password where it wants one; raises ApiError."""
    page = await shared_page.fetch(link.origin, link.token, word, judge=judged)
    return snapshot_of(page, now)


def wants_password(failure: Failure) -> bool:
    """Tell whether a page was refused because of its password."""
    return failure.field == shared_page.PASSWORD


def judged(data: bytes) -> None:
    """Refuse what is nested deeper than any answer, before it is read."""
    if is_deep(data):
        raise UnreadableError(f"What is shared is nested deeper than {DEEPEST} levels.")


def snapshot_of(page: SharedPage, now: datetime) -> Snapshot:
    """Make of a page what a snapshot holds; raises UnreadableError for what no PostHog sends."""
    if page.dashboard is not None:
        board = _dashboard(page.dashboard)
    else:
        insight = page.insight
        if insight is None:
            raise UnreadableError("The shared page shows nothing.")
        board = alone(PAGE, insight)
        board = replace(board, tiles=(replace(board.tiles[0], sm=WHOLE_WIDTH),))
    end = read_shared_link(page.address)
    return Snapshot(
        dashboard=board,
        project=Project(id=0),
        made_at=now,
        fetched_at=now,
        around=Around(color_themes=_themes(page.themes)),
        link=end.page if end is not None else page.address,
    )


def _dashboard(found: Dashboard) -> Dashboard:
    """Take a dashboard as a page of this computer, whose number is above 0."""
    if len(found.tiles) > MOST_TILES:
        raise UnreadableError(f"The page has {len(found.tiles):,} tiles, more than any dashboard.")
    return numbered(found)[0]


def _themes(raw: Raw) -> tuple[ColorTheme, ...]:
    """Read the colours that come with a page; without them it has the usual ones."""
    try:
        return decoding.color_themes(bytes(raw)).items
    except UnreadableError:
        return ()
