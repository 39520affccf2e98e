"""What is said while a layout is edited: on the line, and by a screen reader."""

from phdesk.core.grid.session import Session
from phdesk.models.dashboard import Box

HINT = "Drag a tile by its title, resize it at its edges. By keys: M moves, S resizes."
LEFT = "The layout is not edited any more."
NO_STEP = "It cannot go further that way."
NO_GROWTH = "It cannot be resized further that way."


def place(box: Box) -> str:
    """Name the cell of a tile's corner; people count from one."""
    return f"column {box.x + 1}, row {box.y + 1}"


def size(box: Box) -> str:
    """Name a tile's size."""
    return f"{box.w} wide, {box.h} high"


def hint(box: Box, *, sized: bool) -> str:
    """Write what stands beside the pointer."""
    plain = f"{box.w} × {box.h}"
    return plain if sized else f"{plain} · {place(box)}"


def changed(before: Box, after: Box) -> str:
    """Say how a tile in the hand changed by a step."""
    parts = []
    if (before.x, before.y) != (after.x, after.y):
        parts.append(f"Moved to {place(after)}")
    if (before.w, before.h) != (after.w, after.h):
        parts.append(size(after))
    return "; ".join(parts)


def begun(title: str, *, sized: bool) -> str:
    """Say what the keys do now."""
    act, keys = ("Resizing", "Arrows resize") if sized else ("Moving", "Arrows move")
    also = "" if sized else ", Shift and arrows resize it"
    return f"{act} {title}. {keys} it{also}, Enter keeps it, Esc puts it back."


def kept(title: str, box: Box) -> str:
    """Say where a tile is after a gesture."""
    return f"{title}: {place(box)}; {size(box)}."


def back(title: str, box: Box) -> str:
    """Say that a gesture was given up."""
    return f"{title} is back at {place(box)}; {size(box)}."


def undone(before: Session, after: Session) -> str:
    """Say what undo did."""
    if not before.past:
        return "There is nothing to undo."
    return f"Undone. {_steps(len(after.past))} left to undo."


def redone(before: Session, after: Session) -> str:
    """Say what redo did."""
    if not before.future:
        return "There is nothing to redo."
    return f"Done again. {_steps(len(after.future))} left to redo."


def _steps(count: int) -> str:
    return {0: "Nothing", 1: "1 step"}.get(count, f"{count} steps")
