"""Carry out one change for the team; runs in the worker."""

from collections.abc import Mapping, Sequence

from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.api.errors import ApiError
from phdesk.api.layouts import layout_changes, written_layouts
from phdesk.core.grid.boards import board_boxes, unsaved
from phdesk.core.grid.moves import duplicated
from phdesk.core.grid.placement import one_column
from phdesk.core.team_edits import Edit, guarded, overtaken, put_back, taken_off
from phdesk.models.dashboard import Box, Dashboard
from phdesk.services.saving import joined
from phdesk.services.session import Session


class Changed(Struct, frozen=True, gc=False):
    """What came of a change: the dashboard now, and the change with its way back.

    `whole` says whether the answer told the tiles. What is `overtaken` was not sent: somebody else
    changed the same words meanwhile.
    """

    frame: Dashboard
    edit: Edit
    whole: bool = True
    overtaken: bool = False


async def change(session: Session, before: Dashboard, edit: Edit) -> Changed:
    """Send a change, words only over those that a person saw."""
    board = before.row.id
    if guarded(edit):
        fresh = await session.read_frame(board)
        if overtaken(edit, fresh):
            session.keep_frame(fresh)
            return Changed(fresh, edit, overtaken=True)
    if edit.put is not None:
        await session.put_insight(board, edit.put)
        frame, whole = await session.read_frame(board), True
    else:
        answer = await session.change_dashboard(board, edit.changes)
        frame, whole = joined(before, answer), bool(answer.tiles)
        session.keep_frame(frame)
    known = {tile.id for tile in before.tiles}
    new = [tile.id for tile in frame.tiles if tile.id not in known]
    if edit.back is None and new:
        edit = replace(edit, changes=put_back(new), put=None, back=taken_off(new))
    if edit.beside and len(new) == 1:
        frame, edit = await _placed(session, frame, edit, new[0])
    return Changed(frame, edit, whole)


async def _placed(
    session: Session, frame: Dashboard, edit: Edit, new: int
) -> tuple[Dashboard, Edit]:
    """Put a copy beside what was copied, or below it, as PostHog's page does."""
    boxes = board_boxes(frame)
    others = [one for one in boxes if one != new]
    if edit.beside not in boxes:
        return frame, edit
    placed = duplicated([boxes[one] for one in others], others.index(edit.beside))
    wished = dict(zip([*others, new], placed, strict=True))
    moved = {**unsaved(frame, wished), new: wished[new]}
    try:
        answer = await session.change_dashboard(
            frame.row.id, layout_changes(_layouts(frame, moved))
        )
    except ApiError:  # the copy is there: only its place is another
        return frame, edit
    pushed = [one for one in moved if one != new]
    saved = joined(frame, answer)
    session.keep_frame(saved)
    return saved, _with_way_back(edit, frame, pushed)


def _layouts(frame: Dashboard, moved: Mapping[int, Box]) -> dict[int, Raw]:
    after = {**board_boxes(frame), **moved}
    narrow = dict(zip(after, one_column(list(after.values())), strict=True))
    return written_layouts(frame.tiles, moved, narrow)


def _with_way_back(edit: Edit, before: Dashboard, pushed: Sequence[int]) -> Edit:
    """Let tiles that made room for a copy go back when it is taken off."""
    stored = {tile.id: tile.layouts for tile in before.tiles}
    back = [{"id": one, "layouts": stored[one]} for one in pushed]
    return replace(edit, back={"tiles": [*(edit.back or {}).get("tiles", ()), *back]})
