"""The calm line below the header: a layout that differs from the team's, and what to do with it."""

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from phdesk.views.theme import Theme, pixmap
from phdesk.views.widgets.elided import ElidedLabel


class LayoutNote(Struct, frozen=True, gc=False, kw_only=True):
    """What is to be said of a layout that differs from the server's."""

    text: str  # such as "Layout changed on this computer only"
    can_save: bool = True
    why_not: str = ""  # shown when it cannot be saved
    busy: bool = False  # being saved


class LayoutLine(QWidget):
    """Says that the layout is this computer's own; saving and discarding are wishes."""

    save_requested = Signal()
    discard_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._note: LayoutNote | None = None
        self._sign = QLabel()
        self._words = ElidedLabel()
        self._save = QPushButton("Save to PostHog")
        self._save.setProperty("primary", True)
        self._discard = QPushButton("Discard")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._save)
        row.addWidget(self._discard)
        self._save.clicked.connect(self._on_save)
        self._discard.clicked.connect(self._on_discard)
        self.set_theme(theme)
        self.hide()

    def set_note(self, note: LayoutNote | None) -> None:
        """Show a note, or nothing."""
        self._note = note
        self.setVisible(note is not None)
        if note is None:
            return
        words = note.text if note.can_save else f"{note.text} · {note.why_not}"
        self._words.setText(words)
        self.setAccessibleName(words)
        self._save.setText("Saving…" if note.busy else "Save to PostHog")
        self._save.setToolTip(note.why_not)
        self._save.setAccessibleDescription(note.why_not)
        self._enable(self._save, on=note.can_save and not note.busy)
        self._enable(self._discard, on=not note.busy)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._sign.setPixmap(pixmap("monitor", theme.accent, 16))
        self._words.setFont(theme.font(13))

    def _enable(self, button: QPushButton, *, on: bool) -> None:
        # Disabled, it would hand the keyboard to its neighbour: the next Space would press that.
        busy = self._note is not None and self._note.busy
        button.setEnabled(on or (busy and button.hasFocus()))

    @Slot()
    def _on_save(self) -> None:
        if self._note is not None and self._note.can_save and not self._note.busy:
            self.save_requested.emit()

    @Slot()
    def _on_discard(self) -> None:
        if self._note is not None and not self._note.busy:
            self.discard_requested.emit()
