"""Holds the layout that is edited, and shows it on the grid; gestures come from elsewhere."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from phdesk.core.grid import session as editing
from phdesk.core.grid.metrics import Metrics
from phdesk.core.grid.placement import smallest_size
from phdesk.core.grid.session import Session
from phdesk.models.dashboard import Box
from phdesk.views.dashboard.editing import words
from phdesk.views.dashboard.editing.glide import Glide
from phdesk.views.dashboard.editing.marks import seen_part
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.tile import TileWidget


class Editor(QObject):
    """Arranges the tiles of a grid by a session; says in words what was done."""

    changed = Signal(object)  # dict[int, Box]: after a gesture, undo or redo
    said = Signal(str)
    lost = Signal()  # the tile in the hand is gone
    rearranged = Signal()  # tiles or their order may be others

    def __init__(self, grid: GridView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._session: Session | None = None
        self._compaction = "vertical"
        self._glide = Glide(self)
        self._smooth = True
        self._frame: tuple[Metrics, int] | None = None  # what all rectangles follow from
        self._known: dict[int, TileWidget] = {}
        grid.set_arranger(self)

    @property
    def held(self) -> TileWidget | None:
        """Give the tile in the hand."""
        gesture = self._session.gesture if self._session is not None else None
        return self._grid.tiles.get(gesture.tile) if gesture is not None else None

    @property
    def busy(self) -> bool:
        """Tell whether there is a tile in the hand."""
        return self._session is not None and self._session.gesture is not None

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return self._session is not None and bool(self._session.past)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is an undone step."""
        return self._session is not None and bool(self._session.future)

    def set_compaction(self, compaction: str) -> None:
        """Take over how the dashboard closes gaps."""
        self._compaction = compaction

    def set_smooth(self, *, on: bool) -> None:
        """Let tiles glide, or jump."""
        self._smooth = on

    def forget(self) -> None:
        """Begin anew: another dashboard is shown."""
        self._session = None

    def box(self, tile_id: int) -> Box:
        """Give the box of a tile as it is shown."""
        return self._grid.boxes[tile_id]

    def begin(self, tile_id: int) -> None:
        """Take a tile into the hand."""
        self._session = editing.begun(self._fresh(), tile_id)

    def change(self, act: Callable[..., Session], *given: object) -> bool:
        """Do something with the tile in the hand; tell whether anything moves."""
        before = self._opened()
        self._session = act(before, *given)
        if self._session.shown == before.shown:
            return False
        self._grid.show_boxes(self._session.shown)
        return True

    def commit(self) -> None:
        """Let go of the tile where it is."""
        held = self.held
        before = self._opened()
        self._session = editing.committed(before)
        self._show(told=self._session.boxes != before.boxes)
        if held is not None:
            self.said.emit(words.kept(title_of(held), self.box(held.tile_id)))

    def cancel(self) -> None:
        """Put the tile back."""
        held = self.held
        self._session = editing.cancelled(self._opened())
        self._show(told=False)
        if held is not None:
            self.said.emit(words.back(title_of(held), self.box(held.tile_id)))

    def undo(self) -> None:
        """Take the last step back."""
        before = editing.cancelled(self._opened())
        self._session = editing.undone(before)
        self._show(told=bool(before.past))
        self.said.emit(words.undone(before, self._session))

    def redo(self) -> None:
        """Take an undone step again."""
        before = editing.cancelled(self._opened())
        self._session = editing.redone(before)
        self._show(told=bool(before.future))
        self.said.emit(words.redone(before, self._session))

    def taken(self, boxes: Mapping[int, Box]) -> Mapping[int, Box]:
        """Take boxes from outside; while a tile is in the hand none moves."""
        if self._session is None:
            return boxes
        before = self._session
        self._session = editing.taken(before, boxes)
        if before.gesture is not None and self._session.gesture is None:
            self.lost.emit()
        return self._session.shown

    def arranged(self) -> None:
        """Pass on that tiles came, went or changed their order."""
        self.rearranged.emit()

    def place(self, rects: Mapping[int, QRect]) -> None:
        """Let tiles glide; new ones, and all in a new width, are in place at once."""
        tiles, frame = self._grid.tiles, (self._grid.metrics(), self._grid.headroom)
        same, self._frame = frame == self._frame, frame
        for gone in set(self._known.values()) - set(tiles.values()):
            self._glide.forget(gone)
        held = self.held
        at_once = {one for one in rects if one not in self._known}
        if held is not None and held.lifted:
            at_once.add(held.tile_id)
        self._known = dict(tiles)
        for one in at_once:
            self._glide.forget(tiles[one])
            tiles[one].setGeometry(rects[one])
        rest: dict[QWidget, QRect] = {
            tiles[one]: rect for one, rect in rects.items() if one not in at_once
        }
        seen = seen_part(self._grid.page, self._grid.pane)
        self._glide.to(rest, seen, smooth=same and self._smooth and self._grid.isVisible())

    def _opened(self) -> Session:
        if self._session is None:
            self._session = Session(boxes=dict(self._grid.boxes))
        return self._session

    def _fresh(self) -> Session:
        """Give the session with what is known of the tiles by now."""
        views = ((one, tile.view) for one, tile in self._grid.tiles.items())
        smallest = {one: smallest_size(view.kind) for one, view in views if view is not None}
        return replace(self._opened(), smallest=smallest, compaction=self._compaction)

    def _show(self, *, told: bool) -> None:
        boxes = self._opened().boxes
        self._grid.set_tiles(boxes)
        if told:
            self.changed.emit(dict(boxes))


def title_of(tile: TileWidget) -> str:
    """Name a tile."""
    view = tile.view
    return (view.title if view is not None else "") or "The tile"
