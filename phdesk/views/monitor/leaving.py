"""How a wall is left: at once with Esc, or, when it is locked, by a chord and perhaps a PIN.

A locked wall takes no clicks, no menus and of all keys only those of the rotation. What a desktop
takes for itself before any program (Alt+Tab) it cannot refuse; that is the session's to switch off.
"""

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.core.wall.pin import NO_TRIES, after_wrong, matches, wait_before
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor.pin_entry import PinEntry, outline

HINT_STAYS = 3000  # ms
# L as in leave. Neither desktops nor layouts take it: Ctrl+Alt is AltGr on Windows, with Q macOS
# logs out, with Esc Windows and Plasma show tasks, with U, E and F input methods begin.
CHORD = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_L
)
# Where L is on a board for Latin letters, by X11, Wayland and by Windows: in Cyrillic, Greek or
# Hebrew no key of a board is an L, and Qt reads layouts for such letters for shortcuts alone.
PLACE = 0x26 if sys.platform == "win32" else 46
ASCII = 0x7F
ROTATION = frozenset(
    {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_P}
)
ALONE = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
)
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
HANDS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletRelease,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)
EDGE, TYPE = 18, 15  # px of a desk; a wall's ink scales them


class Inked(Protocol):
    """A window that says what it is painted with."""

    @property
    def ink(self) -> Ink:
        """Give theme and scale."""


def is_chord(event: QKeyEvent) -> bool:
    """Tell whether keys leave a wall, whichever letters the board has."""
    if event.keyCombination() == CHORD:
        return True
    other_letters = ASCII < event.key() < Qt.Key.Key_Escape
    held = event.modifiers() == CHORD.keyboardModifiers()
    return held and other_letters and event.nativeScanCode() == PLACE


class Hint(QLabel):
    """A line over the foot of a wall, which goes by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._line = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HINT_STAYS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline it."""
        super().paintEvent(event)
        outline(self, self._line)

    def say(self, words: str, ink: Ink) -> None:
        """Show some words for a while."""
        palette = self.palette()
        palette.setColor(self.backgroundRole(), ink.color("surface"))
        palette.setColor(self.foregroundRole(), ink.color("text"))
        self.setPalette(palette)
        self.setFont(ink.font(TYPE, 500, words))
        self.setMargin(round(ink.px(EDGE / 2)))
        self._line = ink.color("muted")
        self.setText(words)
        self.adjustSize()
        room = self._window.rect()
        self.move(
            (room.width() - self.width()) // 2, room.height() - self.height() - round(ink.px(EDGE))
        )
        self.raise_()
        self.show()
        self._timer.start()


class Leaving(QObject):
    """Guards the window of one wall."""

    left = Signal()

    def __init__(
        self,
        window: QWidget,
        ink: Callable[[], Ink],
        steady: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window, self._ink, self._steady = window, ink, steady
        self._locked, self._pin, self._released = True, "", False
        self._tries = NO_TRIES
        self._hint: Hint | None = None
        self._entry: PinEntry | None = None
        window.winId()  # makes the one through which all input comes
        window.windowHandle().installEventFilter(self)

    @property
    def is_asking(self) -> bool:
        """Say whether the PIN is asked for now."""
        return self._entry is not None and self._entry.isVisible()

    def set_lock(self, *, locked: bool, pin: str | None = None) -> None:
        """Say whether leaving needs the chord, and with it a PIN, whose hash this is."""
        self._locked, self._pin = locked, (pin or "") if locked else ""
        if self.is_asking:
            self._close_entry()

    def release(self) -> None:
        """Let phdesk close the window from now on."""
        self._released = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what would leave or change the wall."""
        kind = event.type()
        if kind == QEvent.Type.Close:
            return self._closes(event)
        if kind in KEYS and isinstance(event, QKeyEvent):
            return self._typed(event)
        return self._locked and not self.is_asking and kind in HANDS

    def _closes(self, event: QEvent) -> bool:
        """Refuse what a desktop asks for; Qt lets phdesk's own wish look the same."""
        if self._released:
            return False
        event.ignore()
        if not self._locked:
            self.left.emit()  # whoever hears it closes all windows
            return True
        QTimer.singleShot(0, self, self._say_how)  # later: the window may be about to be destroyed
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        escape = event.key() == Qt.Key.Key_Escape
        if is_chord(event):
            if pressed and not event.isAutoRepeat():
                self._ask()
            return True
        if self.is_asking:
            if escape and pressed:
                self._close_entry()
            return escape
        if self._locked:
            return self._typed_at_lock(event)
        if escape and pressed:
            self.left.emit()
        return escape

    def _typed_at_lock(self, event: QKeyEvent) -> bool:
        if event.key() in ROTATION and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.type() == QEvent.Type.KeyPress and event.key() not in ALONE:
            self._say_how()
        return True

    def _ask(self) -> None:
        if not self._pin:
            self.left.emit()
            return
        if self._hint is not None:
            self._hint.hide()
        if self._entry is None:
            self._entry = PinEntry(self._window)
            self._entry.entered.connect(self._on_entered)
            self._entry.closed.connect(self._close_entry)
        self._entry.ask(self._ink(), wait_before(self._tries, self._steady()))

    @Slot()
    def _say_how(self) -> None:
        if self._hint is None:
            self._hint = Hint(self._window)
        chord = QKeySequence(CHORD).toString(QKeySequence.SequenceFormat.NativeText)
        self._hint.say(f"This wall is locked. Press {chord} to leave.", self._ink())

    @Slot(str)
    def _on_entered(self, pin: str) -> None:
        now = self._steady()
        if self._entry is None or wait_before(self._tries, now) > 0:
            return
        if matches(pin, self._pin):
            self._tries = NO_TRIES
            self._close_entry()
            self.left.emit()
        else:
            self._tries = after_wrong(self._tries, now)
            self._entry.refuse(wait_before(self._tries, now))

    @Slot()
    def _close_entry(self) -> None:
        if self._entry is not None:
            self._entry.hide()
        self._window.setFocus()
