"""Editing a layout: one gesture at a time with its preview, undo and redo without limit.

A session is a value; each function gives the next one. A gesture works on the layout that was there
when it began, so that the way of the hand does not matter, only where it is.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.grid import moves
from phdesk.core.grid.moves import Edges
from phdesk.core.grid.placement import COLUMNS, Want, place
from phdesk.models.dashboard import Box, StoredBox

Layout = Mapping[int, Box]  # all tiles by id


class Gesture(Struct, frozen=True, gc=False):
    """A tile in the hand; `preview` is what the layout becomes if it is let go now."""

    tile: int
    preview: Layout


class Session(Struct, frozen=True, gc=False, kw_only=True):
    """A layout being edited; without a tile in the hand `gesture` is None."""

    boxes: Layout
    compaction: str = "vertical"
    smallest: Mapping[int, tuple[int, int]] = {}  # in cells; 1 x 1 where nothing is said
    past: tuple[Layout, ...] = ()  # the newest last
    future: tuple[Layout, ...] = ()  # what was undone, the next to come back last
    gesture: Gesture | None = None
    held: Layout | None = None  # what came from outside while a tile was in the hand

    @property
    def shown(self) -> Layout:
        """Give what is on screen: the preview of a gesture, else the layout."""
        return self.gesture.preview if self.gesture is not None else self.boxes


def begun(session: Session, tile: int) -> Session:
    """Take a tile into the hand; a gesture that was not finished is given up."""
    quiet = cancelled(session)
    if tile not in quiet.boxes:
        return quiet
    return replace(quiet, gesture=Gesture(tile, quiet.boxes))


def moved(session: Session, x: int, y: int) -> Session:
    """Put the corner of the tile in the hand into a cell."""
    start = _start(session)
    return session if start is None else _put(session, Box(x, y, start.w, start.h))


def resized(session: Session, edges: Edges) -> Session:
    """Move edges of the tile in the hand, by cells from where they were at first."""
    start = _start(session)
    if start is None:
        return session
    return _put(session, moves.stretched(start, edges, _smallest(session)))


def stepped(session: Session, dx: int, dy: int) -> Session:
    """Move the tile in the hand in a direction until it comes to rest in another cell.

    A layout without gaps pulls a tile back; so the next cell may be further away than one. Where
    there is none, the session stays as it was.
    """
    now = _now(session)
    if now is None:
        return session
    for way in _ways(session, now, dx, dy):
        tried = _put(session, Box(now.x + dx * way, now.y + dy * way, now.w, now.h))
        there = _now(tried)
        if there is not None and (there.x - now.x) * dx + (there.y - now.y) * dy > 0:
            return tried
    return session


def grown(session: Session, dw: int, dh: int) -> Session:
    """Make the tile in the hand wider or higher, at its right and lower edge."""
    now = _now(session)
    if now is None:
        return session
    return _put(session, moves.stretched(now, (0, 0, dw, dh), _smallest(session)))


def put(session: Session, box: Box) -> Session:
    """Give the tile in the hand a place and a size."""
    return session if session.gesture is None else _put(session, box)


def committed(session: Session) -> Session:
    """Let go of the tile: one step that can be undone, or none where nothing changed."""
    gesture = session.gesture
    if gesture is None or gesture.preview == session.boxes:
        return cancelled(session)
    after, held = gesture.preview, session.held
    if held is not None:
        after = _restored(after, held, session.compaction)
    return _stepped(replace(session, gesture=None, held=None), after)


def cancelled(session: Session) -> Session:
    """Put the tile back; what came from outside meanwhile is shown now."""
    quiet, held = replace(session, gesture=None, held=None), session.held
    return quiet if held is None else taken(quiet, held)


def undone(session: Session) -> Session:
    """Take the last step back."""
    quiet = cancelled(session)
    if not quiet.past:
        return quiet
    before = _restored(quiet.past[-1], quiet.boxes, quiet.compaction)
    future = (*quiet.future, quiet.boxes)
    return replace(quiet, boxes=before, past=quiet.past[:-1], future=future)


def redone(session: Session) -> Session:
    """Take the last undone step again."""
    quiet = cancelled(session)
    if not quiet.future:
        return quiet
    after = _restored(quiet.future[-1], quiet.boxes, quiet.compaction)
    return replace(quiet, boxes=after, past=(*quiet.past, quiet.boxes), future=quiet.future[:-1])


def taken(session: Session, boxes: Layout) -> Session:
    """Take a layout from outside, such as the server's.

    Once there is something to undo it is a step, too: undo leads to what was seen before. While a
    tile is in the hand no tile moves: new ones wait at the foot, and the rest until it is let go.
    """
    gesture = session.gesture
    if gesture is None or gesture.tile not in boxes:
        quiet = replace(session, gesture=None, held=None)
        if boxes == quiet.boxes:
            return quiet
        told = bool(quiet.past or quiet.future)
        return _stepped(quiet, boxes) if told else replace(quiet, boxes=boxes)
    if boxes == session.boxes:
        return replace(session, held=None)
    base = _with_tiles_of(session.boxes, boxes, _foot(session))
    preview = _with_tiles_of(gesture.preview, boxes, _foot(session))
    return replace(session, boxes=base, gesture=replace(gesture, preview=preview), held=dict(boxes))


def _start(session: Session) -> Box | None:
    gesture = session.gesture
    return session.boxes[gesture.tile] if gesture is not None else None


def _now(session: Session) -> Box | None:
    gesture = session.gesture
    return gesture.preview[gesture.tile] if gesture is not None else None


def _smallest(session: Session) -> tuple[int, int]:
    gesture = session.gesture
    return session.smallest.get(gesture.tile, (1, 1)) if gesture is not None else (1, 1)


def _put(session: Session, box: Box) -> Session:
    gesture = session.gesture
    if gesture is None:
        return session
    ids = list(session.boxes)
    boxes = list(session.boxes.values())
    after = moves.put(boxes, ids.index(gesture.tile), box, session.compaction)
    preview = dict(zip(ids, after, strict=True))
    return replace(session, gesture=Gesture(gesture.tile, preview))


def _ways(session: Session, now: Box, dx: int, dy: int) -> Iterator[int]:
    """Give the distances at which another cell may be, the nearest first."""
    below = max(_foot(session) - now.y, 1)
    far = {(1, 0): COLUMNS - now.w - now.x, (-1, 0): now.x, (0, -1): now.y, (0, 1): below}
    return iter(range(1, far.get((dx, dy), 0) + 1))


def _foot(session: Session) -> int:
    both = (*session.boxes.values(), *session.shown.values())
    return max((box.y + box.h for box in both), default=0)


def _stepped(session: Session, boxes: Layout) -> Session:
    return replace(session, boxes=boxes, past=(*session.past, session.boxes), future=())


def _restored(wanted: Layout, present: Layout, compaction: str) -> Layout:
    """Give a layout for the tiles there are: where it does not know one, it finds a place."""
    if wanted.keys() == present.keys():
        return wanted
    wants = [
        Want(StoredBox(old.x, old.y, old.w, old.h))
        if (old := wanted.get(one)) is not None
        else Want(StoredBox(w=box.w, h=box.h))
        for one, box in present.items()
    ]
    return dict(zip(present, place(wants, compaction), strict=True))


def _with_tiles_of(layout: Layout, present: Layout, foot: int) -> Layout:
    """Drop the tiles that are gone, and put new ones below all others."""
    made: dict[int, Box] = {}
    for one, box in present.items():
        kept = layout.get(one)
        made[one] = kept if kept is not None else Box(box.x, foot, box.w, box.h)
        foot += 0 if kept is not None else box.h
    return made
