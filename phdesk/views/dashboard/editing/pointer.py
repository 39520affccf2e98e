"""A tile is moved and resized with the pointer: from the press past four pixels to the release."""

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.grid import session as editing
from phdesk.views.dashboard.editing import words
from phdesk.views.dashboard.editing.edge_scroll import EdgeScroll
from phdesk.views.dashboard.editing.editor import Editor
from phdesk.views.dashboard.editing.ghost import Ghost, Hint
from phdesk.views.dashboard.editing.marks import Handle
from phdesk.views.dashboard.editing.zones import CURSORS, MOVE, Zone, edges_of, pulled, zone_at
from phdesk.views.dashboard.grid_view import EDGE, GridView
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.dashboard.title_line import bare
from phdesk.views.theme import Theme

FAR = 4  # px
PRESSES = (QMouseEvent.Type.MouseButtonPress, QMouseEvent.Type.MouseButtonDblClick)
Target = tuple[TileWidget, Zone]


class PointerGesture(QObject):
    """Reads the mouse events of tiles, handles and the page around them."""

    clicked = Signal(object)  # Handle: pressed and let go without a drag
    pointed = Signal(object)  # TileWidget under the pointer, or None
    ended = Signal()

    def __init__(self, grid: GridView, editor: Editor, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._editor = grid, editor
        self._target: Target | None = None
        self._watched: QWidget | None = None
        self._press = self._pointer = QPoint()  # on the page; on the screen
        self._start = QRect()
        self._cell: tuple[int, int] | None = None  # None until the drag begins
        self._ghost = Ghost(theme, grid.pane)
        self._hint = Hint(grid.pane)
        self._scroll = EdgeScroll(grid, grid.pane)
        self._scroll.scrolled.connect(self._follow)
        editor.lost.connect(self._put_away)

    @property
    def dragging(self) -> bool:
        """Tell whether a tile is in the hand."""
        return self._cell is not None

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._ghost.set_theme(theme)

    def answered(self, watched: QWidget, event: QMouseEvent) -> bool:
        """Read a mouse event; False for those that are none of our business."""
        kind = event.type()
        if kind == QMouseEvent.Type.MouseButtonDblClick and self._wrote(watched, event):
            return True
        if kind in PRESSES:
            return self._pressed(watched, event)
        if kind == QMouseEvent.Type.MouseMove:
            return self._moved(watched, event)
        if kind == QMouseEvent.Type.MouseButtonRelease:
            return self._released(event)
        return False

    @Slot()
    def cancel(self) -> None:
        """Put the tile back; the button may still be down."""
        if self.dragging:
            self._lay_down()
            self._editor.cancel()
            self.ended.emit()

    def _wrote(self, watched: QWidget, event: QMouseEvent) -> bool:
        """Edit the text of a card that is clicked twice."""
        if not isinstance(watched, TileWidget) or not watched.edits_text:
            return False
        if event.button() != Qt.MouseButton.LeftButton or self.dragging:
            return False
        watched.ask_text()
        return True

    def _pressed(self, watched: QWidget, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return self.dragging
        self._target = self._at(watched, event.position())
        if self._target is None:
            return False
        self._watched = watched
        self._press = self._on_page(event)
        self._start = self._target[0].geometry()
        return True

    def _moved(self, watched: QWidget, event: QMouseEvent) -> bool:
        if self._target is None:
            return self._hovered(watched, event)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return self._let_go()  # the release went elsewhere
        self._pointer = event.globalPosition().toPoint()
        if not self.dragging:
            way = self._on_page(event) - self._press
            if max(abs(way.x()), abs(way.y())) < FAR:
                return True
            self._begin()
        self._follow()
        return True

    def _released(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or self._target is None:
            return self.dragging
        return self._let_go()

    def _let_go(self) -> bool:
        handle = self._watched
        was_dragging, was_pressed = self.dragging, self._target is not None
        self._lay_down()
        if was_dragging:
            self._editor.commit()
            self.ended.emit()
        elif was_pressed and isinstance(handle, Handle):
            self.clicked.emit(handle)
        return True

    def _begin(self) -> None:
        assert self._target is not None  # noqa: S101  callers looked
        tile, zone = self._target
        self._cell = (0, 0)
        self._scroll.begin(self._grid.page.mapToGlobal(self._press))
        QToolTip.hideText()
        tile.forget_pointer()
        self._editor.begin(tile.tile_id)
        where = self._in_pane(self._start)
        self._ghost.show_picture(tile.picture(), where, sized=zone != MOVE)
        tile.set_lifted(on=True)
        shape = Qt.CursorShape.ClosedHandCursor if zone == MOVE else CURSORS[zone]
        if self._watched is not None:
            self._watched.setCursor(shape)
        self.pointed.emit(None)

    @Slot()
    def _follow(self) -> None:
        """Bring ghost, placeholder and neighbours to where the pointer is."""
        if self._target is None or not self.dragging:
            return
        tile, zone = self._target
        way = self._grid.page.mapFromGlobal(self._pointer) - self._press
        if zone == MOVE:
            rect = self._start.translated(way)
        else:
            wide = self._grid.metrics().width
            rect = pulled(self._start, zone, way.x(), way.y(), (EDGE, EDGE + wide - 1))
        self._ghost.setGeometry(self._in_pane(rect))
        self._preview(tile, zone, rect, way)
        words_ = words.hint(self._editor.box(tile.tile_id), sized=zone != MOVE)
        self._hint.show_at(self._grid.pane.mapFromGlobal(self._pointer), words_)
        self._scroll.follow(self._pointer)

    def _preview(self, tile: TileWidget, zone: Zone, rect: QRect, way: QPoint) -> None:
        if zone == MOVE:
            cell = self._grid.cell_of(rect.topLeft())
        else:
            cell = self._grid.metrics().cells(way.x(), way.y())
        if cell == self._cell and tile.lifted:
            return
        self._cell = cell
        if zone == MOVE:
            self._editor.change(editing.moved, *cell)
        else:
            self._editor.change(editing.resized, edges_of(zone, *cell))

    def _lay_down(self) -> None:
        """Let the tile itself be where its picture was: it glides to its place from there."""
        if self._target is not None and self.dragging:
            tile, page, pane = self._target[0], self._grid.page, self._grid.pane
            ghost = self._ghost.geometry()
            tile.setGeometry(QRect(page.mapFrom(pane, ghost.topLeft()), ghost.size()))
            tile.raise_()
        self._put_away()

    @Slot()
    def _put_away(self) -> None:
        """Empty the hand; what happens to the layout is decided elsewhere."""
        self._scroll.stop()
        self._ghost.hide()
        self._hint.hide()
        if self._target is not None and self.dragging:
            self._target[0].set_lifted(on=False)
        if self._watched is not None and self._target is not None:
            self._watched.setCursor(CURSORS[self._target[1]])
        self._cell = None
        self._target = None

    def _hovered(self, watched: QWidget, event: QMouseEvent) -> bool:
        target = self._at(watched, event.position())
        over = watched if isinstance(watched, TileWidget) else None
        self.pointed.emit(target[0] if target is not None else over)
        if isinstance(watched, Handle):
            return False
        if target is None:
            watched.unsetCursor()
            return False
        watched.setCursor(CURSORS[target[1]])
        if isinstance(watched, TileWidget) and watched.has_probe:
            watched.probe.leave()
            QToolTip.hideText()
        return True

    def _at(self, watched: QWidget, spot: QPointF) -> Target | None:
        """Give the tile that a spot of a widget belongs to, and what a press does there."""
        if isinstance(watched, Handle):
            return watched.tile, watched.zone
        if isinstance(watched, TileWidget):
            return _target(watched, spot)
        for tile in self._grid.tiles.values():
            found = _target(tile, spot - tile.pos())
            if found is not None:
                return found
        return None

    def _on_page(self, event: QMouseEvent) -> QPoint:
        return self._grid.page.mapFromGlobal(event.globalPosition()).toPoint()

    def _in_pane(self, rect: QRect) -> QRect:
        return QRect(self._grid.page.mapTo(self._grid.pane, rect.topLeft()), rect.size())


def _target(tile: TileWidget, spot: QPointF) -> Target | None:
    whole = tile.view is None or bare(tile.view)
    zone = zone_at(tile.size(), spot, whole=whole)
    return (tile, zone) if zone is not None else None
