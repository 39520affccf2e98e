"""Asks for the PIN of a wall: small, over the picture, gone by itself when nobody types."""

from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from phdesk.core.wall.pin import LONGEST
from phdesk.views.charts.ink import Ink

STAYS = 20_000  # ms after the last key
SECOND = 1000  # ms
EDGE, GAP, TYPE, SMALL, ACROSS = 20, 10, 17, 13, 260  # px of a desk
ASKED = "PIN to leave this wall"
HOW = "Enter to leave, Esc to stay"


class PinEntry(QFrame):
    """A field for a PIN, with what is to be known about it below."""

    entered = Signal(str)
    closed = Signal()  # nobody typed for a while

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAutoFillBackground(True)
        self._asked = QLabel(ASKED)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMaxLength(LONGEST)
        self._field.setAccessibleName(ASKED)
        self._field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._asked.setBuddy(self._field)
        self._note = QLabel(HOW)
        self._note.setWordWrap(True)
        column = QVBoxLayout(self)
        for each in (self._asked, self._field, self._note):
            column.addWidget(each)
        self._line = QColor()
        self._wait = 0  # seconds until the next try
        self._stays = self._timer(STAYS, single=True)
        self._stays.timeout.connect(self.closed)
        self._counts = self._timer(SECOND, single=False)
        self._counts.timeout.connect(self._on_second)
        self._field.textEdited.connect(self._on_edited)
        self._field.returnPressed.connect(self._on_return)
        self.hide()

    def ask(self, ink: Ink, wait: float) -> None:
        """Come up, empty; `wait` is how many seconds no PIN is taken yet."""
        self._dress(ink)
        self._field.clear()
        self._note.setText(HOW)
        self._set_wait(wait)
        self.adjustSize()
        room = self._window.rect()
        self.move((room.width() - self.width()) // 2, (room.height() - self.height()) // 2)
        self.raise_()
        self.show()
        self._field.setFocus()
        self._stays.start()

    def refuse(self, wait: float) -> None:
        """Say that it was another one, and how long no other is taken."""
        self._field.clear()
        self._note.setText("That is not the PIN.")
        self._set_wait(wait)
        self._stays.start()

    @property
    def note(self) -> str:
        """Give what stands below the field."""
        return self._note.text()

    @property
    def field(self) -> QLineEdit:
        """Give what is typed into."""
        return self._field

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outline it: on some walls all surfaces are black."""
        outline(self, self._line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what the field leaves over (Enter) from the wall below."""
        event.accept()

    def hideEvent(self, event: object) -> None:
        """Keep nothing that was typed."""
        self._field.clear()
        self._stays.stop()
        self._counts.stop()

    def _timer(self, interval: int, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(interval)
        return timer

    def _dress(self, ink: Ink) -> None:
        palette = self.palette()
        for role, token in (
            (QPalette.ColorRole.Window, "surface"),
            (QPalette.ColorRole.WindowText, "text"),
            (QPalette.ColorRole.Base, "bg"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.Button, "surface"),
            (QPalette.ColorRole.Highlight, "accent"),
        ):
            palette.setColor(role, QColor(ink.color(token)))
        self.setPalette(palette)
        self._asked.setFont(ink.font(TYPE, 600, ASKED))
        self._field.setFont(ink.font(TYPE))
        self._note.setFont(ink.font(SMALL))
        self._note.setFixedHeight(2 * round(ink.line(SMALL)) + 2)  # the longest words fit
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = ink.color("muted")
        edge = round(ink.px(EDGE))
        column = self.layout()
        if column is not None:
            column.setContentsMargins(edge, edge, edge, edge)
            column.setSpacing(round(ink.px(GAP)))
        self.setFixedWidth(round(ink.px(ACROSS)) + 2 * edge)

    def _set_wait(self, wait: float) -> None:
        self._wait = ceil(wait)
        self._field.setReadOnly(self._wait > 0)
        if self._wait:
            self._note.setText(f"Too many wrong tries. The next is taken in {self._wait} s.")
            self._counts.start()

    @Slot()
    def _on_second(self) -> None:
        self._set_wait(self._wait - 1)
        if not self._wait:
            self._counts.stop()
            self._note.setText(HOW)

    @Slot()
    def _on_edited(self) -> None:
        self._note.setText(HOW)
        self._stays.start()

    @Slot()
    def _on_return(self) -> None:
        if self._field.text() and not self._wait:
            self.entered.emit(self._field.text())


def outline(widget: QWidget, line: QColor) -> None:
    """Draw a line around a widget; call it in its paint event."""
    painter = QPainter(widget)
    painter.setPen(line)
    painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))
    painter.end()
