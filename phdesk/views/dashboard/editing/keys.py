"""A tile is moved and resized with the keyboard: a key takes it, arrows move it, Enter keeps it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from phdesk.core.grid import session as editing
from phdesk.views.dashboard.editing import words
from phdesk.views.dashboard.editing.editor import Editor, title_of
from phdesk.views.dashboard.editing.marks import Handle
from phdesk.views.dashboard.editing.zones import MOVE
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.dashboard.walking import ARROWS

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
ONLY_AWAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
MEANT = ~Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier


class KeyGesture(QObject):
    """Reads the keys of tiles and their handles while the layout is edited."""

    began = Signal(object)  # TileWidget
    ended = Signal()
    said = Signal(str)
    moved = Signal(int)  # tile: it is to be seen

    def __init__(self, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tile: TileWidget | None = None
        self._sizes = False  # arrows alone resize
        editor.lost.connect(self._let_go)

    @property
    def holding(self) -> bool:
        """Tell whether a tile is in the hand."""
        return self._tile is not None

    def answered(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Read a key; False for those that mean something else."""
        if self._tile is not None:
            return self._held_key(event)
        held = event.modifiers() & MEANT
        tile = watched.tile if isinstance(watched, Handle) else watched
        if held != NONE or not isinstance(tile, TileWidget):
            return False
        if event.key() in (Qt.Key.Key_M, Qt.Key.Key_S):
            self.begin(tile, sizes=event.key() == Qt.Key.Key_S)
        elif isinstance(watched, Handle) and event.key() in (*ENTER, Qt.Key.Key_Space):
            self.begin(tile, sizes=watched.zone != MOVE)
        else:
            return False
        return True

    def focus_left(self, event: QFocusEvent) -> None:
        """Keep the tile where it is when the keyboard goes elsewhere."""
        if event.lostFocus() and event.reason() not in ONLY_AWAY:
            self.commit()

    def begin(self, tile: TileWidget, *, sizes: bool) -> None:
        """Take a tile into the hand."""
        self.commit()
        self._tile, self._sizes = tile, sizes
        self._editor.begin(tile.tile_id)
        self.began.emit(tile)
        self.said.emit(words.begun(title_of(tile), sized=sizes))

    def commit(self) -> None:
        """Let go of the tile where it is."""
        self._finish(self._editor.commit)

    def cancel(self) -> None:
        """Put the tile back."""
        self._finish(self._editor.cancel)

    def _held_key(self, event: QKeyEvent) -> bool:
        """Answer a key while a tile is in the hand; all others rest."""
        key, held = Qt.Key(event.key()), event.modifiers() & MEANT
        if key in TABS:
            self.commit()
            return False
        if key in ARROWS and held in (NONE, Qt.KeyboardModifier.ShiftModifier):
            self._step(*ARROWS[key], sizes=self._sizes or held != NONE)
        elif key in ENTER and held == NONE:
            self.commit()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        return True

    def _step(self, dx: int, dy: int, *, sizes: bool) -> None:
        assert self._tile is not None  # noqa: S101  callers looked
        tile_id = self._tile.tile_id
        before = self._editor.box(tile_id)
        if self._editor.change(editing.grown if sizes else editing.stepped, dx, dy):
            self.moved.emit(tile_id)
        told = words.changed(before, self._editor.box(tile_id))
        self.said.emit(told or (words.NO_GROWTH if sizes else words.NO_STEP))

    def _finish(self, act: Callable[[], None]) -> None:
        if self._tile is not None:
            self._tile = None
            act()
            self.ended.emit()

    @Slot()
    def _let_go(self) -> None:
        self._tile = None
        self.ended.emit()
