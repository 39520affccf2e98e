"""Which tile gets the keyboard: the next one in a direction, or the one after a tile that goes."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def walked(
    here: QRect, others: Iterable[tuple[int, QRect]], event: QKeyEvent
) -> tuple[bool, int | None]:
    """Say whether a key is an arrow that is pressed alone, and to which tile it leads, if any."""
    step = ARROWS.get(Qt.Key(event.key()))
    if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False, None
    return True, neighbour(here, others, *step)


def neighbour(here: QRect, others: Iterable[tuple[int, QRect]], dx: int, dy: int) -> int | None:
    """Find the nearest tile in a direction: by its edges, among those as near by its middle.

    Of those as near by both it is the first in reading order, in which `others` come.
    """
    found: list[tuple[int, int, int, int]] = []
    for order, (tile_id, there) in enumerate(others):
        away = there.center() - here.center()
        if away.x() * dx + away.y() * dy <= 0:
            continue
        wide = _gap(here.left(), here.right(), there.left(), there.right())
        high = _gap(here.top(), here.bottom(), there.top(), there.bottom())
        along, across = (wide, high) if dx else (high, wide)
        beside = abs(away.y() if dx else away.x())
        found.append((along + 2 * across, beside, order, tile_id))
    return min(found)[-1] if found else None


def heir(order: Sequence[int], here: int, stay: Collection[int]) -> int | None:
    """Choose who gets the keyboard of a tile that goes: the next that stays, else the last."""
    at = order.index(here)
    return next((one for one in (*order[at:], *order[at::-1]) if one in stay), None)


def _gap(low: int, high: int, other_low: int, other_high: int) -> int:
    """Give how far two spans are apart; 0 when they overlap."""
    return max(other_low - high, low - other_high, 0)
