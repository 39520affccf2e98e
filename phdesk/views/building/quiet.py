"""Choices and numbers that a wheel over the page does not change in passing."""

from PySide6.QtCore import QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

LARGEST = 2**31 - 1  # Qt's
INDENT = 8  # px before a number
LEAST_LETTERS = 8  # of a long choice; more are cut where there is no room


class QuietChoice(QComboBox):
    """A choice that gives way where there is little room, with the chevron of our buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("quiet", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the choice has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the choice, then the chevron."""
        super().paintEvent(event)
        _chevron(self, self.height() / 2 + 0.5)


class QuietNumber(QSpinBox):
    """A whole number, with a chevron for each of its steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("quiet", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)  # a stylesheet's padding does not count

    def show_number(self, value: int, least: int, most: int) -> None:
        """Show a number, also one outside its range; one that is too large for Qt as its largest.

        What is shown is no edit.
        """
        shown, lowest, highest = (
            max(-LARGEST, min(one, LARGEST)) for one in (value, min(least, value), max(most, value))
        )
        with QSignalBlocker(self):
            self.setRange(lowest, highest)
            self.setValue(shown)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the number has the keyboard."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number, then the chevrons."""
        super().paintEvent(event)
        _chevron(self, self.height() * 0.34, up=True)
        _chevron(self, self.height() * 0.68)


def _chevron(widget: QWidget, middle: float, *, up: bool = False) -> None:
    """Paint a chevron at the right, as our buttons have it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(widget.palette().color(QPalette.ColorRole.PlaceholderText), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    right, rise = widget.width() - 11.0, -2.0 if up else 2.0
    tip = QPointF(right - 3.5, middle + rise)
    painter.drawLine(QPointF(right - 7, middle - rise * 0.75), tip)
    painter.drawLine(tip, QPointF(right, middle - rise * 0.75))
