"""A person's own layout over what the server says meanwhile: who moved what, and what is shown.

Three layouts by tile id, all on 12 columns: `wished` is the person's, `base` is where the server
had the tiles when the person last saw them there, `server` is where it has them now. A tile that
one side moved goes where that side put it. A tile that both moved is a conflict for a person to
decide, and so are moves of both after which tiles would overlap.
"""

from collections.abc import Collection, Mapping
from itertools import combinations

from msgspec import Struct

from phdesk.core.grid.boxes import collide
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
    conflicts = {one for one in at_odds if mine[one] != before[one]}
    if at_odds and not conflicts:
        joined = {one: theirs[one] if one in at_odds else mine[one] for one in both}
        if any(collide(one, other) for one, other in combinations(joined.values(), 2)):
            conflicts = at_odds
        else:
            mine = joined
    boxes = _placed(server, _with_new(server, mine), compaction)
    return Laid(boxes, frozenset(conflicts))


def base_after(server: Boxes, laid: Laid, base: Boxes) -> dict[int, Box]:
    """Give the base for a person's next change: what was seen is agreed to, conflicts are not."""
    if not laid.conflicts:
        return dict(server)
    return {one: base.get(one, box) for one, box in server.items()}


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
