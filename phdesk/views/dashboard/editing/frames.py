"""Dresses tiles with handles while the layout is edited, and passes their events on."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from phdesk.views.dashboard.editing.editor import Editor
from phdesk.views.dashboard.editing.keys import KeyGesture
from phdesk.views.dashboard.editing.marks import CORNER, Handle, Outline
from phdesk.views.dashboard.editing.pointer import PointerGesture
from phdesk.views.dashboard.editing.zones import MOVE
from phdesk.views.dashboard.grid_view import EDGE, HEADROOM, GridView
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.theme import Theme

GEOMETRY = (QEvent.Type.Move, QEvent.Type.Resize)


class Frames(QObject):
    """Handles and an outline for the tiles of a grid; nothing of it outside of the edit mode."""

    def __init__(self, grid: GridView, editor: Editor, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._editor, self._theme = grid, editor, theme
        self._on = False
        self._handles: dict[TileWidget, tuple[Handle, Handle]] = {}
        self._outline = Outline(theme, grid.page)
        self.pointer = PointerGesture(grid, editor, theme, self)
        self.keys = KeyGesture(editor, self)
        self.pointer.pointed.connect(self._on_pointed)
        self.pointer.clicked.connect(self._on_clicked)
        self.keys.began.connect(self._outline.surround)
        self.keys.ended.connect(self._on_ended)
        self.keys.moved.connect(self._on_moved)
        editor.rearranged.connect(self._on_rearranged)
        queued = Qt.ConnectionType.QueuedConnection  # new tiles get their view after their place
        editor.rearranged.connect(self._rename, type=queued)

    @property
    def busy(self) -> bool:
        """Tell whether a tile is in the hand."""
        return self.pointer.dragging or self.keys.holding

    def set_on(self, *, on: bool) -> None:
        """Dress the tiles, or undress them; a gesture in progress ends."""
        if on == self._on:
            return
        self.pointer.cancel()
        self.keys.commit()
        self._on = on
        self._grid.page.setMouseTracking(on)
        self._grid.set_headroom(on=on)
        if on:
            self._grid.page.installEventFilter(self)
            self._on_rearranged()
            return
        self._grid.page.removeEventFilter(self)
        self._grid.page.unsetCursor()
        self._outline.surround(None)
        for tile in list(self._handles):
            self._undress(tile)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._outline.set_theme(theme)
        self.pointer.set_theme(theme)
        for pair in self._handles.values():
            for handle in pair:
                handle.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read what happens to tiles, their handles and the page."""
        if not isinstance(watched, QWidget):
            return False
        if isinstance(event, QMouseEvent):
            return self.pointer.answered(watched, event)
        kind = event.type()
        if kind in GEOMETRY:
            self._on_geometry(watched, resized=kind == QEvent.Type.Resize)
        elif isinstance(event, QKeyEvent) and watched is not self._grid.page:
            return self._key(watched, event)
        elif isinstance(event, QFocusEvent) and self.keys.holding:
            self.keys.focus_left(event)
        elif kind == QEvent.Type.Leave and not self.busy:
            self._on_left(watched)
        return False

    def _key(self, watched: QWidget, event: QKeyEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            if self.busy:
                event.accept()  # letters are no shortcuts while a tile is in the hand
            return self.busy
        if kind != QEvent.Type.KeyPress:
            return False
        if self.pointer.dragging:
            if event.key() == Qt.Key.Key_Escape:
                self.pointer.cancel()
            return True
        return self.keys.answered(watched, event)

    def _on_geometry(self, watched: QWidget, *, resized: bool) -> None:
        if isinstance(watched, TileWidget):
            for handle in self._handles.get(watched, ()) if resized else ():
                handle.place()
            if watched is self._outline.tile:
                self._outline.follow()

    def _on_left(self, watched: QWidget) -> None:
        if watched is self._grid.page:
            self._outline.surround(None)

    @Slot(object)
    def _on_pointed(self, tile: TileWidget | None) -> None:
        if not self.keys.holding and tile is not self._outline.tile:
            self._outline.surround(tile)

    @Slot(object)
    def _on_clicked(self, handle: Handle) -> None:
        """Let the arrows move a tile whose handle was clicked."""
        handle.setFocus(Qt.FocusReason.MouseFocusReason)
        self.keys.begin(handle.tile, sizes=handle.zone != MOVE)

    @Slot()
    def _on_ended(self) -> None:
        self._outline.surround(None)

    @Slot(int)
    def _on_moved(self, tile_id: int) -> None:
        """Scroll to where a tile goes."""
        rect, bar = self._grid.rect_of(self._editor.box(tile_id)), self._grid.verticalScrollBar()
        height = self._grid.pane.height()
        below, above = rect.bottom() + EDGE - height, rect.top() - HEADROOM
        bar.setValue(min(max(bar.value(), below), above))

    @Slot()
    def _on_rearranged(self) -> None:
        """Dress new tiles, forget gone ones, and let Tab walk from a tile to its handles."""
        if not self._on:
            return
        tiles = list(self._grid.tiles.values())
        self._forget_gone(tiles)
        before: QWidget | None = None
        for tile in tiles:
            if tile not in self._handles:
                self._dress(tile)
            for one in (tile, *self._handles[tile]):
                if before is not None:
                    QWidget.setTabOrder(before, one)
                before = one

    @Slot()
    def _rename(self) -> None:
        for pair in self._handles.values():
            for handle in pair:
                handle.rename()

    def _forget_gone(self, tiles: Collection[TileWidget]) -> None:
        for gone in self._handles.keys() - set(tiles):
            if gone is self._outline.tile:
                self._outline.surround(None)
            del self._handles[gone]

    def _dress(self, tile: TileWidget) -> None:
        pair = (Handle(tile, MOVE, self._theme), Handle(tile, CORNER, self._theme))
        self._handles[tile] = pair
        tile.set_editing(on=True)
        for one in (tile, *pair):
            one.installEventFilter(self)
        for handle in pair:
            handle.rename()
            handle.show()

    def _undress(self, tile: TileWidget) -> None:
        pair = self._handles.pop(tile)
        if any(handle.hasFocus() for handle in pair):
            tile.setFocus(Qt.FocusReason.OtherFocusReason)
        tile.set_editing(on=False)
        tile.removeEventFilter(self)
        tile.unsetCursor()
        for handle in pair:
            handle.hide()
            handle.deleteLater()
