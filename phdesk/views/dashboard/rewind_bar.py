"""The bar that goes through a dashboard's kept past, and says of what time the tiles are."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QToolButton

from phdesk.views.theme import Theme, icon, pixmap
from phdesk.views.widgets.spoken import speak
from phdesk.views.widgets.strip import Strip

HINT = "Left and Right step from moment to moment; Esc returns to now"


class RewindBar(Strip):
    """A slider over moments, the newest at the right."""

    chosen = Signal(int)  # which moment
    left = Signal()  # back to now

    def __init__(self, theme: Theme, words: Sequence[str], at: int, note: str = "") -> None:
        """Make a bar over these moments; the note says what else is to be known of all."""
        super().__init__()
        self.ground.setProperty("note", False)
        self.ground.setProperty("banner", True)
        self._moments, self._theme = words, theme
        self._sign, self._words, self._count = QLabel(), QLabel(), QLabel()
        self._note = QLabel(note)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._back, self._on = QToolButton(), QToolButton()
        self._now = QPushButton("Now")
        self._lay_out()
        self._slider.setRange(0, len(words) - 1)
        self._slider.setValue(at)
        self._say()
        self._slider.valueChanged.connect(self._on_value)
        self._back.clicked.connect(self._step_back)
        self._on.clicked.connect(self._step_on)
        self._now.clicked.connect(self.left)
        self.set_theme(theme)

    @property
    def text(self) -> str:
        """Give the words that are said of the moment."""
        return self._words.text()

    def set_arrived(self) -> None:
        """Say that the tiles are those of the chosen moment now."""
        self._words.setText(f"The past: {self._moments[self._slider.value()]}")

    def take_keyboard(self) -> None:
        """Let arrows step at once."""
        self._slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return to now with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._sign.setPixmap(pixmap("history", theme.warn, 16))
        self._back.setIcon(icon("chevron-left", theme.text))
        self._on.setIcon(icon("chevron-right", theme.text))
        self._theme = theme
        self._weigh()

    def showEvent(self, event: QShowEvent) -> None:
        """Weigh the words anew: a style sheet forgets fonts of what is put into a window later."""
        super().showEvent(event)
        self._weigh()

    def _weigh(self) -> None:
        self._words.setFont(self._theme.font(13, 600))

    @Slot(int)
    def _on_value(self, value: int) -> None:
        self._say()
        speak(self._slider, self._moments[value])
        self.chosen.emit(value)

    @Slot()
    def _step_back(self) -> None:
        self._slider.setValue(self._slider.value() - 1)

    @Slot()
    def _step_on(self) -> None:
        self._slider.setValue(self._slider.value() + 1)

    def _say(self) -> None:
        at, most = self._slider.value(), self._slider.maximum()
        self._words.setText(f"Going to {self._moments[at]}…")
        self._count.setText(f"{at + 1} of {most + 1}")
        said = (f"{self._moments[at]}.", self._note.text(), f"{HINT}.")
        self._slider.setAccessibleDescription(" ".join(part for part in said if part))
        self._back.setEnabled(at > 0)
        self._on.setEnabled(at < most)

    def _lay_out(self) -> None:
        longest = max(self._moments, key=len)
        self._words.setText(f"Going to {longest}…")
        self._words.setMinimumWidth(self._words.sizeHint().width() + 24)  # the slider stays put
        self._count.setProperty("tone", "muted")
        self._note.setProperty("tone", "muted")
        self._note.setWordWrap(True)
        half = self._note.fontMetrics().horizontalAdvance(self._note.text()) // 2
        self._note.setMinimumWidth(half + 40)  # two lines
        self._note.setHidden(not self._note.text())
        self._slider.setAccessibleName("Moment")
        self._slider.setToolTip(HINT)
        self._slider.setMinimumWidth(80)
        self._slider.setPageStep(max(len(self._moments) // 10, 1))
        for button, name in ((self._back, "Earlier"), (self._on, "Later")):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFixedSize(QSize(28, 28))
            button.setAutoRepeat(True)
        self._now.setToolTip("Back to now (Esc)")
        parts = (self._sign, self._words, self._note, self._back, self._slider, self._on)
        for part in (*parts, self._count, self._now):
            self.row.addWidget(part, int(part is self._slider))
