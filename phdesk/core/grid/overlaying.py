"""A person's own layout over what the server says meanwhile: who moved what, and what is shown.

Three layouts by tile id, all on 12 columns: `wished` is the person's, `base` is where the server
had the tiles when the person last saw them there, `server` is where it has them now. A tile that
one side moved goes where that side put it. What counts is what somebody moved, not what closed a
gap or made room (`moving`): a person's moves are made again on the team's layout. A tile that both
moved is for a person to decide, and so are two tiles that were put into the same cells.
"""

from collections.abc import Collection, Mapping
from itertools import combinations

from msgspec import Struct

from phdesk.core.grid.boxes import collide
from phdesk.core.grid.moves import put
from phdesk.core.grid.moving import moved_by_hand
from phdesk.core.grid.placement import Want, place
from phdesk.models.dashboard import Box, StoredBox

Boxes = Mapping[int, Box]


class Laid(Struct, frozen=True, gc=False):
    """What is shown, for the server's tiles in its order, and the tiles to decide about.

    As long as there are conflicts, the person's layout is shown whole.
    """

    boxes: dict[int, Box]
    conflicts: frozenset[int] = frozenset()


def laid_over(server: Boxes, wished: Boxes, base: Boxes, compaction: str = "vertical") -> Laid:
    """Lay a person's layout over the server's: new tiles get room, those gone leave none."""
    both = [one for one in server if one in wished]
    mine = _placed(both, wished, compaction)
    theirs = _placed(both, server, compaction)  # as if the team had added nothing
    before = _placed(both, {**wished, **base}, compaction)  # and taken away nothing
    at_odds = {one for one in both if theirs[one] not in (before[one], mine[one])}
    joined = {one: theirs[one] if one in at_odds else mine[one] for one in both}
    shared = {one for one in at_odds if mine[one] != before[one]}
    conflicts: frozenset[int] = frozenset()
    if shared or (at_odds and _overlaps(joined)):
        joined, conflicts = _made_again(before, mine, theirs, compaction)
    if not conflicts:
        mine = joined
    boxes = _placed(server, _with_new(server, mine), compaction)
    return Laid(boxes, conflicts)


def base_after(server: Boxes, laid: Laid, base: Boxes) -> dict[int, Box]:
    """Give the base for a person's next change: what was seen is agreed to, conflicts are not."""
    if not laid.conflicts:
        return dict(server)
    return {one: base.get(one, box) for one, box in server.items()}


def _made_again(
    before: Boxes, mine: Boxes, theirs: Boxes, compaction: str
) -> tuple[dict[int, Box], frozenset[int]]:
    """Make the person's moves on the team's layout, or name what both want to decide."""
    my_moves = moved_by_hand(before, mine, compaction)
    their_moves = moved_by_hand(before, theirs, compaction)
    conflicts = {one for one in my_moves & their_moves if mine[one] != theirs[one]}
    alone, others = my_moves - their_moves, their_moves - my_moves
    if not conflicts:
        clashes = [(a, b) for a in alone for b in others if collide(mine[a], theirs[b])]
        conflicts = {one for pair in clashes for one in pair}
    ids = list(before)
    boxes = [theirs[one] for one in ids]
    for one in sorted(alone, key=lambda one: (mine[one].y, mine[one].x)):
        wished = _merged(before[one], mine[one], boxes[ids.index(one)])
        boxes = put(boxes, ids.index(one), wished, compaction)
    return dict(zip(ids, boxes, strict=True)), frozenset(conflicts)


def _merged(before: Box, mine: Box, theirs: Box) -> Box:
    """Take over what the person changed of a tile; the rest is where the team's layout has it."""
    x, y, w, h = (
        after if after != was else now
        for was, after, now in (
            (before.x, mine.x, theirs.x),
            (before.y, mine.y, theirs.y),
            (before.w, mine.w, theirs.w),
            (before.h, mine.h, theirs.h),
        )
    )
    return Box(x, y, w, h)


def _overlaps(boxes: Boxes) -> bool:
    return any(collide(one, other) for one, other in combinations(boxes.values(), 2))


def _with_new(server: Boxes, mine: Boxes) -> dict[int, Box]:
    """Put the tiles that a person has not placed where the server has them; others make room."""
    every = dict(mine)
    for new, box in server.items():
        if new in mine:
            continue
        if any(collide(box, other) for other in every.values()):
            every = {one: _lowered(other, box) for one, other in every.items()}
        every[new] = box
    return every


def _lowered(box: Box, new: Box) -> Box:
    return Box(box.x, box.y + new.h, box.w, box.h) if box.y >= new.y else box


def _placed(ids: Collection[int], boxes: Boxes, compaction: str) -> dict[int, Box]:
    wants = [Want(StoredBox(box.x, box.y, box.w, box.h)) for box in map(boxes.__getitem__, ids)]
    return dict(zip(ids, place(wants, compaction), strict=True))
