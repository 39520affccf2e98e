"""The field for a key: hidden, cleaned as it is pasted, and emptied when no longer needed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from phdesk.views import theme as look
from phdesk.views.dialogs.addresses import clean_key

LONGEST = 512


class KeyField(QWidget):
    """A password field with a button to show what was typed."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit()
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setPlaceholderText("phx_…")
        self._edit.setMaxLength(LONGEST)
        self._edit.setAccessibleName("Personal API key")
        self._edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._show = QToolButton()
        self._show.setCheckable(True)
        self._show.setMinimumSize(30, 30)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._edit, 1)
        row.addWidget(self._show)
        self.setFocusProxy(self._edit)
        self._edit.textEdited.connect(self._clean)
        self._edit.returnPressed.connect(self.submitted)
        self._show.toggled.connect(self._reveal)
        self.set_theme(theme)

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        shown = self._show.isChecked()
        self._show.setIcon(look.icon("eye-off" if shown else "eye", theme.muted))
        words = "Hide the key" if shown else "Show the key"
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)

    def key(self) -> str:
        """Give the key as it is to be sent."""
        return clean_key(self._edit.text())

    def clear(self) -> None:
        """Forget the key, also in the field's undo history."""
        self._show.setChecked(False)
        self._edit.setText("")  # unlike QLineEdit.clear, this drops the undo history too

    def hideEvent(self, event: QHideEvent) -> None:
        """Cover the key when the page goes away."""
        self._show.setChecked(False)
        super().hideEvent(event)

    @Slot(str)
    def _clean(self, text: str) -> None:
        cleaned = clean_key(text)
        if cleaned != text:
            self._edit.setText(cleaned)
        self.changed.emit()

    @Slot(bool)
    def _reveal(self, shown: bool) -> None:  # noqa: FBT001  a slot of toggled
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)
        self.set_theme(self._theme)
