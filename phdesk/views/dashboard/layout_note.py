"""The calm line below the header: the layout is being edited, or differs from the team's."""

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from phdesk.views.theme import Theme, icon, pixmap
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.tooltips import plain_tip

GAP = 10  # px


class LayoutNote(Struct, frozen=True, gc=False, kw_only=True):
    """What is to be said of a layout that differs from the server's."""

    text: str  # such as "Layout changed on this computer only"
    can_save: bool = True
    why_not: str = ""  # shown when it cannot be saved
    busy: bool = False  # being saved


class LayoutLine(QWidget):
    """Says that the layout is this computer's own; saving and discarding are wishes.

    While the layout is edited the line stays, so that nothing moves below it with the first change.
    """

    save_requested = Signal()
    discard_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    done_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = QWidget()
        self._strip.setProperty("note", True)
        self._strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._note: LayoutNote | None = None
        self._status = ""
        self._notice = ""  # why the layout cannot be edited
        self._editing = False
        self._rest: QWidget | None = None
        self._theme = theme
        self._sign = QLabel()
        self._words = ElidedLabel()
        self._beside = ElidedLabel()
        self._undo, self._redo = _button("", "Undo"), _button("", "Redo")
        self._save = _button("Save to PostHog", "")
        self._discard, self._done = _button("Discard", ""), _button("Done", "")
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """Give the words that are shown."""
        return " · ".join(one for one in (self._words.text(), self._beside.text()) if one)

    def follow(self, before: QWidget) -> None:
        """Let Tab come here after another control."""
        for button in (self._undo, self._redo, self._save, self._discard, self._done):
            QWidget.setTabOrder(before, button)
            before = button

    def set_rest(self, rest: QWidget) -> None:
        """Choose who gets the keyboard when the line goes: Qt would mark, and scroll to, a tile."""
        self._rest = rest

    def set_note(self, note: LayoutNote | None) -> None:
        """Say how the layout differs from the server's, or that it does not."""
        self._note = note
        self._show()

    def set_editing(self, *, on: bool) -> None:
        """Show the line with undo and redo for as long as the layout is edited."""
        self._editing, self._status, self._notice = on, "", ""
        self._show_sign()
        self._show()

    def set_status(self, words: str) -> None:
        """Say what was done last."""
        self._status = words
        self._show()

    def set_notice(self, words: str) -> None:
        """Say why the layout cannot be edited; empty takes it back."""
        self._notice = words
        self._show()

    def set_steps(self, *, undo: bool, redo: bool) -> None:
        """Take over what can be undone and done again."""
        _enable(self._undo, on=undo)
        _enable(self._redo, on=redo)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._show_sign()
        self._words.setFont(theme.font(13))
        self._beside.setFont(theme.font(13))
        self._undo.setIcon(_two_toned("undo-2", theme))
        self._redo.setIcon(_two_toned("redo-2", theme))

    def _show_sign(self) -> None:
        name = "pencil" if self._editing else "monitor"
        self._sign.setPixmap(pixmap(name, self._theme.accent, 16))

    def _show(self) -> None:
        note = self._note
        shown = bool(note is not None or self._editing or self._notice)
        focused: QWidget | None = QApplication.focusWidget()
        if not shown and self._rest is not None and focused and self.isAncestorOf(focused):
            self._rest.setFocus(Qt.FocusReason.OtherFocusReason)  # before its button hides
        said = note.text if note is not None else ""
        why = note.why_not if note is not None and not note.can_save else ""
        first = self._notice or (self._status if self._editing else "")
        self._words.setText(first or " · ".join(one for one in (said, why) if one))
        self._beside.setText((why or said) if first else "")
        self._beside.setVisible(bool(first and said))
        self.setAccessibleName(self.text)
        self._show_buttons()
        self._leave_gap()
        self.setVisible(shown)

    def _leave_gap(self) -> None:
        """Stand apart from the tiles; in the edit mode their first row has room for its edges."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0 if self._editing else GAP)
            self.setFixedHeight(layout.sizeHint().height())  # at once, not when it is squeezed

    def _show_buttons(self) -> None:
        note, editing = self._note, self._editing
        busy = note is not None and note.busy
        self._undo.setVisible(editing)
        self._redo.setVisible(editing)
        self._done.setVisible(editing or bool(self._notice))
        self._done.setText("Done" if editing else "Close")
        self._save.setVisible(note is not None)
        self._discard.setVisible(note is not None)
        if note is not None:
            self._save.setText("Saving…" if busy else "Save to PostHog")
            self._save.setToolTip(plain_tip(note.why_not))
            self._save.setAccessibleDescription(note.why_not)
            _enable(self._save, on=note.can_save and not busy, keeps=busy)
            _enable(self._discard, on=not busy, keeps=busy)

    def _lay_out(self) -> None:
        self._save.setProperty("primary", True)
        self._beside.setProperty("tone", "muted")
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._undo.setToolTip("Undo (Ctrl+Z)")
        self._redo.setToolTip("Redo (Ctrl+Shift+Z)")
        self._done.setToolTip("Leave the edit mode (E)")
        column = QVBoxLayout(self)
        column.addWidget(self._strip)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addWidget(self._beside)
        row.addStretch(1)
        for button in (self._undo, self._redo, self._save, self._discard, self._done):
            row.addWidget(button)

    def _connect(self) -> None:
        self._save.clicked.connect(self._on_save)
        self._discard.clicked.connect(self._on_discard)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._done.clicked.connect(self._on_done)

    @Slot()
    def _on_save(self) -> None:
        if self._note is not None and self._note.can_save and not self._note.busy:
            self.save_requested.emit()

    @Slot()
    def _on_discard(self) -> None:
        if self._note is not None and not self._note.busy:
            self.discard_requested.emit()

    @Slot()
    def _on_done(self) -> None:
        self.set_notice("")
        if self._editing:
            self.done_requested.emit()


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(name or text)
    return made


def _two_toned(name: str, theme: Theme) -> QIcon:
    """Give an icon that is seen to be off: Qt's own is as bright as before on dark ground."""
    made = QIcon(icon(name, theme.text))
    for size in (16, 20, 24):
        made.addPixmap(pixmap(name, theme.faint, size), QIcon.Mode.Disabled)
    return made


def _enable(button: QPushButton, *, on: bool, keeps: bool = True) -> None:
    # Disabled, it would hand the keyboard to its neighbour: the next Space would press that.
    button.setEnabled(on or (keeps and button.hasFocus()))
