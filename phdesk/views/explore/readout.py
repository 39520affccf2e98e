"""The box beside the crosshair: all values of a bucket, the largest first."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from phdesk.views.explore.figures import MOST_READINGS, Reading
from phdesk.views.theme import Theme

LINE = 20
PADDING = 10
SWATCH = 8
WIDEST_LABEL = 260


class Readout(QWidget):
    """Paints readings; lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._title = ""
        self._readings: tuple[Reading, ...] = ()
        self._more = 0
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def set_readings(self, title: str, readings: Sequence[Reading]) -> None:
        """Show a bucket's title and its first readings."""
        self._title = title
        self._readings = tuple(readings[:MOST_READINGS])
        self._more = len(readings) - len(self._readings)
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size that all lines need."""
        label, value = self._widths()
        bold = QFontMetricsF(self._theme.font(12, 600)).horizontalAdvance(self._title)
        width = max(bold, SWATCH + 8 + label + 20 + value) + 2 * PADDING
        lines = 1 + len(self._readings) + bool(self._more)
        return QSize(round(width) + 1, lines * LINE + 2 * PADDING - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.line, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(self._theme.font(12, 600))
        painter.setPen(self._theme.text)
        painter.drawText(self._line(0), Qt.AlignmentFlag.AlignVCenter, self._title)
        for number, reading in enumerate(self._readings, 1):
            self._paint_reading(painter, self._line(number), reading)
        if self._more:
            painter.setFont(self._theme.font(12))
            painter.setPen(self._theme.muted)
            last = self._line(len(self._readings) + 1)
            painter.drawText(last, Qt.AlignmentFlag.AlignVCenter, f"+{self._more} more")
        painter.end()

    def _paint_reading(self, painter: QPainter, line: QRectF, reading: Reading) -> None:
        color = self._theme.color(reading.color)
        swatch = QRectF(line.x(), line.center().y() - SWATCH / 2, SWATCH, SWATCH)
        painter.setPen(QPen(color, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush if reading.previous else color)
        painter.drawRoundedRect(swatch.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2)
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.muted)
        left = line.adjusted(SWATCH + 8, 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, self._elided(reading.label))
        painter.setFont(self._theme.font(12, figures=True))
        painter.setPen(self._theme.text)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(line, int(right), reading.text)

    def _line(self, number: int) -> QRectF:
        top = PADDING - 2 + number * LINE
        return QRectF(PADDING, top, self.width() - 2 * PADDING, LINE)

    def _elided(self, label: str) -> str:
        metrics = QFontMetricsF(self._theme.font(12))
        return metrics.elidedText(label, Qt.TextElideMode.ElideRight, WIDEST_LABEL)

    def _widths(self) -> tuple[float, float]:
        metrics = QFontMetricsF(self._theme.font(12))
        labels = [metrics.horizontalAdvance(self._elided(one.label)) for one in self._readings]
        metrics = QFontMetricsF(self._theme.font(12, figures=True))
        values = [metrics.horizontalAdvance(one.text) for one in self._readings]
        return max(labels, default=0.0), max(values, default=0.0)
