"""Which tiles somebody moved between two layouts, and which only made room or closed a gap."""

from collections.abc import Collection, Mapping

from phdesk.core.grid.placement import Want, place
from phdesk.models.dashboard import Box, StoredBox

Boxes = Mapping[int, Box]
MOST = 40  # tiles to look at one by one; among more, all that differ count as moved


def moved_by_hand(before: Boxes, after: Boxes, compaction: str = "vertical") -> frozenset[int]:
    """Find the tiles without which both layouts are the same, once gaps have closed.

    A tile of another column or size was moved for sure. Of those that only stand higher or lower,
    those are taken that explain most; where several explain the same, as in two tiles that changed
    places, all of them: nobody knows which of them was in the hand. Both hold the same tiles.
    """
    differing = [one for one in before if before[one] != after[one]]
    if compaction == "stable":
        return frozenset(differing)  # nothing moves by itself
    moved = {one for one in differing if _certain(before[one], after[one], compaction)}
    left = _left(before, after, moved, compaction)
    while left:
        if len(left) > MOST:
            return frozenset(differing)
        counts = {one: len(_left(before, after, moved | {one}, compaction)) for one in left}
        least = min(counts.values())
        moved |= {one for one, count in counts.items() if count == least}
        left = _left(before, after, moved, compaction)
    return frozenset(moved)


def _certain(before: Box, after: Box, compaction: str) -> bool:
    """Tell whether closing gaps cannot be why a tile is elsewhere."""
    if (before.w, before.h) != (after.w, after.h):
        return True
    return compaction != "horizontal" and before.x != after.x


def _left(before: Boxes, after: Boxes, without: Collection[int], compaction: str) -> list[int]:
    """Give the tiles that still differ when some are taken away and gaps have closed."""
    ids = [one for one in before if one not in without]
    old, new = (_closed([boxes[one] for one in ids], compaction) for boxes in (before, after))
    return [one for one, was, is_ in zip(ids, old, new, strict=True) if was != is_]


def _closed(boxes: list[Box], compaction: str) -> list[Box]:
    return place([Want(StoredBox(box.x, box.y, box.w, box.h)) for box in boxes], compaction)
