"""Choices, numbers, dates and times, all of one look; no wheel changes them in passing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QDoubleSpinBox,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

LARGEST = 2**31 - 1  # Qt's
INDENT = 8  # px before a number
LEAST_LETTERS = 8  # of a long choice; more are cut where there is no room


if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # Qt's classes cannot be inherited from twice


class _Still(_Base):
    """A field that lets the page scroll unless it has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take a wheel that is meant for the field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _dress(self) -> None:
        self.setProperty("quiet", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class _Stepped(_Still):
    """A field with a chevron for each of its steps."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the chevrons."""
        super().paintEvent(event)
        _chevron(self, self.height() * 0.34, up=True)
        _chevron(self, self.height() * 0.68)


class _Popped(_Still):
    """A field that drops something down, with the chevron of our buttons."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the chevron."""
        super().paintEvent(event)
        _chevron(self, self.height() / 2 + 0.5)


class Choice(_Popped, QComboBox):
    """A choice as wide as its longest words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()


class QuietChoice(Choice):
    """A choice that gives way where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)


class QuietNumber(_Stepped, QSpinBox):
    """A whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
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


class QuietDecimal(_Stepped, QDoubleSpinBox):
    """A number with decimals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)


class Day(_Popped, QDateEdit):
    """A day, typed or taken from a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
        self.setCalendarPopup(True)
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)


class Moment(_Popped, QDateTimeEdit):
    """A day and a time, the day also from a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
        self.setCalendarPopup(True)
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)


class Clock(_Stepped, QTimeEdit):
    """A time of day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)


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
