"""The edit mode of a dashboard: puts line, editor, handles and dialog together."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk.core.grid import session as editing
from phdesk.core.grid.placement import smallest_size
from phdesk.views.dashboard.editing import words
from phdesk.views.dashboard.editing.editor import Editor, title_of
from phdesk.views.dashboard.editing.frames import Frames
from phdesk.views.dashboard.editing.place_dialog import PlaceDialog, Purpose
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.header import TOO_NARROW
from phdesk.views.dashboard.layout_note import LayoutLine
from phdesk.views.theme import Theme
from phdesk.views.theme.motion import motion_wanted
from phdesk.views.widgets.spoken import speak


class Arranging(QObject):
    """Made when a layout is first edited, or its line first shown."""

    layout_changed = Signal(object)  # dict[int, Box]
    editing_changed = Signal(bool)

    def __init__(self, grid: GridView, line: LayoutLine, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._grid, self._line, self._theme = grid, line, theme
        self._on = False
        self._still = False
        self._dialog: PlaceDialog | None = None
        self._editor = Editor(grid, self)
        self._frames = Frames(grid, self._editor, theme, self)
        self._connect()

    @property
    def on(self) -> bool:
        """Tell whether the layout is being edited."""
        return self._on

    def set_compaction(self, compaction: str) -> None:
        """Take over how the dashboard closes gaps."""
        self._editor.set_compaction(compaction)

    def set_still(self, *, on: bool) -> None:
        """Take over the person's own wish for less motion."""
        self._still = on

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._frames.set_theme(theme)

    def forget(self) -> None:
        """Leave the edit mode and its history: another dashboard is shown."""
        self.give_up()
        self.leave()
        self._editor.forget()

    @Slot()
    def toggle(self) -> None:
        """Edit the layout, or no longer."""
        if self._on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> bool:
        """Edit the layout; in one column say why not."""
        if self._on:
            return True
        if self._grid.columns == 1:
            self._line.set_notice(TOO_NARROW)
            speak(self._line, TOO_NARROW)
            return False
        self._editor.set_smooth(on=motion_wanted(self._grid) and not self._still)
        self._set_on(on=True)
        self._say(words.HINT)
        return True

    @Slot()
    def leave(self) -> None:
        """End the edit mode; the layout stays as it is."""
        self._line.set_notice("")
        if self._on:
            focused = QApplication.focusWidget()
            if focused is not None and self._line.isAncestorOf(focused):
                self._grid.setFocus(Qt.FocusReason.OtherFocusReason)  # before its button hides
            self._set_on(on=False)
            speak(self._line, words.LEFT)

    def give_up(self) -> None:
        """Put a tile back that is in the hand."""
        self._frames.pointer.cancel()
        self._frames.keys.cancel()

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        if self._on and not self._frames.busy:
            self._editor.undo()

    @Slot()
    def redo(self) -> None:
        """Take an undone step again."""
        if self._on and not self._frames.busy:
            self._editor.redo()

    def ask_place(self, tile_id: int, purpose: Purpose) -> None:
        """Ask for place and size of a tile by numbers."""
        tile = self._grid.tiles.get(tile_id)
        if tile is None or tile.view is None or not self.enter():
            return
        smallest = smallest_size(tile.view.kind)
        box = self._editor.box(tile_id)
        dialog = PlaceDialog(title_of(tile), box, smallest, self._theme, self._grid)
        dialog.accepted.connect(partial(self._put, tile_id))
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open_for(purpose)

    def _put(self, tile_id: int) -> None:
        if self._dialog is not None and tile_id in self._grid.boxes:
            self._editor.begin(tile_id)
            self._editor.change(editing.put, self._dialog.box)
            self._editor.commit()
            self._grid.focus_tile(tile_id)

    def _connect(self) -> None:
        self._editor.changed.connect(self.layout_changed)
        self._editor.said.connect(self._say)
        self._editor.rearranged.connect(self._show_steps)
        self._frames.keys.said.connect(self._say)
        self._line.done_requested.connect(self.leave)
        self._line.undo_requested.connect(self.undo)
        self._line.redo_requested.connect(self.redo)
        self._grid.columns_changed.connect(self._on_columns)

    def _set_on(self, *, on: bool) -> None:
        self._on = on
        self._frames.set_on(on=on)
        self._line.set_editing(on=on)
        self._show_steps()
        self.editing_changed.emit(on)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._line.set_status(sentence)
        speak(self._line, sentence)

    @Slot()
    def _show_steps(self) -> None:
        self._line.set_steps(undo=self._editor.can_undo, redo=self._editor.can_redo)

    @Slot(int)
    def _on_columns(self, columns: int) -> None:
        if columns == 1 and self._on:
            self._set_on(on=False)
            self._line.set_notice(TOO_NARROW)
            speak(self._line, TOO_NARROW)
        elif columns != 1:
            self._line.set_notice("")
