"""Save a layout: read the server's first, then send what moved; runs in the worker."""

from collections.abc import Mapping

from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.api.layouts import layout_changes, written_layouts
from phdesk.core.grid.boards import board_boxes, unsaved
from phdesk.core.grid.overlaying import laid_over
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box, Dashboard, StoredBox
from phdesk.services.session import Session
from phdesk.store.state import Overlay

Boxes = Mapping[int, Box]


class Conflict(Struct, frozen=True, gc=False):
    """Two layouts of a dashboard, of which a person chooses one."""

    dashboard: int
    mine: Boxes
    theirs: Boxes
    tiles: frozenset[int]  # what both moved, or what would overlap


class Attempt(Struct, frozen=True, gc=False):
    """What came of saving: the dashboard as the server has it now, and why nothing was sent."""

    frame: Dashboard
    conflict: Conflict | None = None


async def save_layout(session: Session, dashboard_id: int, overlay: Overlay) -> Attempt:
    """Save a person's layout, unless the server's changed in the same places meanwhile."""
    fresh = await session.read_frame(dashboard_id)
    server = board_boxes(fresh)
    laid = laid_over(server, overlay.boxes, overlay.base, fresh.compaction)
    if laid.conflicts:
        return Attempt(fresh, Conflict(dashboard_id, laid.boxes, server, laid.conflicts))
    moved = unsaved(fresh, laid.boxes)
    if not moved:
        return Attempt(fresh)
    narrow = dict(zip(laid.boxes, one_column(list(laid.boxes.values())), strict=True))
    written = written_layouts(fresh.tiles, moved, narrow)
    answer = await session.change_dashboard(dashboard_id, layout_changes(written))
    saved = joined(_as_sent(fresh, moved, written), answer)
    session.keep_frame(saved)
    return Attempt(saved)


def joined(before: Dashboard, answer: Dashboard) -> Dashboard:
    """Take what an answer to a change says; what it leaves out is as before."""
    if not answer.tiles:
        return replace(answer, tiles=before.tiles)
    insights = {tile.id: tile.insight for tile in before.tiles}
    tiles = (replace(one, insight=one.insight or insights.get(one.id)) for one in answer.tiles)
    return replace(answer, tiles=tuple(tiles))


def _as_sent(dashboard: Dashboard, moved: Boxes, written: Mapping[int, Raw]) -> Dashboard:
    """Show what was sent in its place."""
    tiles = [
        replace(one, layouts=written[one.id], sm=_stored(moved[one.id])) if one.id in moved else one
        for one in dashboard.tiles
    ]
    return replace(dashboard, tiles=tuple(tiles))


def _stored(box: Box) -> StoredBox:
    return StoredBox(box.x, box.y, box.w, box.h)
