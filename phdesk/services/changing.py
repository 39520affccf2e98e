"""Carry out one change for the team, over nothing that is news; runs in the worker."""

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import Raw, Struct, json
from msgspec.structs import replace

from phdesk.api.errors import ApiError
from phdesk.api.layouts import layout_changes, written_layouts
from phdesk.core.filters import Filter, read_filter
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.moves import duplicated
from phdesk.core.grid.placement import one_column
from phdesk.core.team_edits import (
    Changes,
    Edit,
    arrived,
    card_layouts,
    guarded,
    overtaken,
    put_back,
    taken_off,
)
from phdesk.models.dashboard import Box, Dashboard
from phdesk.models.insight import NULL
from phdesk.services.doubting import after_change, look_again
from phdesk.services.saving import joined
from phdesk.services.session import DashboardAnswer, Session


class Changed(Struct, frozen=True, gc=False):
    """What came of a change: the dashboard now, and the change with its way back.

    `whole` says whether the answer told the tiles. What is `overtaken` was not sent: somebody else
    changed the same thing meanwhile.
    """

    frame: Dashboard
    edit: Edit
    whole: bool = True
    overtaken: bool = False


async def change(session: Session, before: Dashboard, edit: Edit) -> Changed:
    """Send a change, but only over what a person saw."""
    board = before.row.id
    if guarded(edit):
        fresh = await session.read_frame(board)
        if overtaken(edit, fresh):
            session.keep_frame(fresh)
            return Changed(fresh, edit, overtaken=True)
    if edit.doubted is not None:
        found = await _look(session, before, edit)
        if found is not None:  # though the answer was lost; a second one would be one too many
            return found
    if edit.put is not None:
        await session.put_insight(board, edit.put)
        return await _put(session, before, edit)
    changes, back = edit.changes, edit.back
    if edit.beside:
        changes, back = _copied(before, edit)
    answer = await session.change_dashboard(board, changes)
    frame = joined(before, answer)
    session.keep_frame(frame)
    return Changed(frame, _known(edit, before, frame, back), whole=bool(answer.tiles))


async def look_after(session: Session, before: Dashboard, edit: Edit) -> Changed | None:
    """Look for what a change made whose answer was lost, more than once; None: it is not there."""
    return await look_again(partial(_look, session, before, edit))


async def _look(session: Session, before: Dashboard, edit: Edit) -> Changed | None:
    fresh = await session.read_frame(before.row.id)
    there = arrived(edit, fresh)
    if there is None:
        return None
    found = replace(edit, doubted=None, lost=True)
    if edit.put is not None:  # a reading meanwhile may have shown it
        others = tuple(tile for tile in before.tiles if tile.id != there)
        return await _put(session, replace(before, tiles=others), found)
    session.keep_frame(fresh)
    return Changed(fresh, replace(found, changes=put_back([there]), back=taken_off([there])))


async def save_filters(
    session: Session, dashboard_id: int, body: Changes, key: str, seen: Filter
) -> DashboardAnswer | Filter:
    """Save filters for everyone; gives those that somebody else saved meanwhile, if they did."""
    fresh = await session.read_frame(dashboard_id)
    saved = fresh.filters if fresh.saved_filters == NULL else fresh.saved_filters
    newest, wanted = read_filter(saved), read_filter(json.encode(body["filters"]))
    if newest not in (seen, wanted):  # what is wanted may be there from a try before
        return newest
    return await session.save_filters(dashboard_id, body, key)


async def _put(session: Session, before: Dashboard, edit: Edit) -> Changed:
    """Read what came of putting an insight on a dashboard; a copy goes beside its original."""
    with after_change():
        frame = await session.read_frame(before.row.id)
    added = _known(edit, before, frame, edit.back)
    new = _new(before, frame)
    places = _beside(before, edit.beside) if len(new) == 1 else None
    if places is None:
        return Changed(frame, added)
    mine, others = places
    moved = {one: box for one, box in others.items() if board_boxes(frame).get(one) != box}
    changes = layout_changes(_layouts(frame, {**moved, new[0]: mine}))
    try:
        answer = await session.change_dashboard(before.row.id, changes)
    except ApiError:  # the copy is there: only its place is another
        return Changed(frame, added)
    saved = joined(frame, answer)
    session.keep_frame(saved)
    return Changed(saved, replace(added, back=_back(added.back, before, moved)))


def _known(edit: Edit, before: Dashboard, frame: Dashboard, back: Changes | None) -> Edit:
    """Name what was added by its number: so it can be taken off, and brought back."""
    new = _new(before, frame)
    if edit.back is not None or not new:
        return edit
    tiles = [*taken_off(new)["tiles"], *(back or {}).get("tiles", ())]
    return replace(edit, changes=put_back(new), put=None, beside=0, back={"tiles": tiles})


def _new(before: Dashboard, frame: Dashboard) -> list[int]:
    known = {tile.id for tile in before.tiles}
    return [tile.id for tile in frame.tiles if tile.id not in known]


def _copied(before: Dashboard, edit: Edit) -> tuple[Changes, Changes | None]:
    """Give a copied card its place, and the tiles that make room theirs; and the way back."""
    places = _beside(before, edit.beside)
    if places is None:
        return edit.changes, edit.back
    mine, others = places
    shown = board_boxes(before)
    moved = {one: box for one, box in others.items() if shown[one] != box}
    *_, last = one_column([*others.values(), mine])
    room = layout_changes(_layouts(before, moved))["tiles"]
    (card,) = edit.changes["tiles"]
    placed = {**card, "layouts": card_layouts(mine, last)}
    return {"tiles": [placed, *room]}, _back(None, before, moved)


def _beside(before: Dashboard, beside: int) -> tuple[Box, dict[int, Box]] | None:
    """Find room for a copy beside a tile, or below it, as PostHog's page does."""
    boxes = board_boxes(before)
    ids = list(boxes)
    if beside not in boxes:
        return None
    *others, mine = duplicated(list(boxes.values()), ids.index(beside))
    return mine, dict(zip(ids, others, strict=True))


def _layouts(frame: Dashboard, moved: Mapping[int, Box]) -> dict[int, Raw]:
    after = {**board_boxes(frame), **moved}
    narrow = dict(zip(after, one_column(list(after.values())), strict=True))
    return written_layouts(frame.tiles, moved, narrow)


def _back(back: Changes | None, before: Dashboard, moved: Iterable[int]) -> Changes:
    """Let tiles that made room for a copy go back when it is taken off."""
    stored = {tile.id: tile.layouts for tile in before.tiles}
    room = [{"id": one, "layouts": stored[one]} for one in moved]
    return {"tiles": [*(back or {}).get("tiles", ()), *room]}
