"""The box beside the crosshair: annotations and all values of a bucket, the largest first."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from phdesk.core.charts.spec import XYBody
from phdesk.views.explore import swatch
from phdesk.views.explore.figures import MOST_READINGS, Reading
from phdesk.views.theme import Theme

LINE = 20
PADDING = 10
GAP = 8  # between swatch and name
APART = 20  # between columns
WIDEST_LABEL = 260
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Readout(QWidget):
    """Paints notes and readings; lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._body = XYBody(x_labels=(), x_titles=(), series=())
        self._title = self._average = ""
        self._notes: tuple[str, ...] = ()
        self._readings: tuple[Reading, ...] = ()
        self._more = 0
        self._near: int | None = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self.update()

    def set_body(self, body: XYBody, average: str) -> None:
        """Take the chart that is read, and the name of its averages, if it has some."""
        self._body, self._average = body, average

    def set_lines(self, title: str, notes: Sequence[str], readings: Sequence[Reading]) -> None:
        """Show a bucket's title, what is noted there, and its first readings."""
        self._title, self._notes = title, tuple(notes)
        self._readings = tuple(readings[:MOST_READINGS])
        self._more = len(readings) - len(self._readings)
        self.resize(self.sizeHint())
        self.update()

    def set_near(self, number: int | None) -> None:
        """Let the row of one series stand out."""
        self._near = number
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size that all lines need."""
        label, *columns = self._widths()
        average = columns[-1]
        lead = swatch.width(self._body) + GAP
        noted = max((self._wide(self._short(note)) for note in self._notes), default=0.0)
        title = QFontMetricsF(self._theme.font(12, 600)).horizontalAdvance(self._title)
        row = lead + label + sum(APART + column for column in columns if column)
        head = title + (APART + average if average else 0)
        lines = 1 + len(self._notes) + len(self._readings) + bool(self._more)
        width = max(head, row, lead + noted) + 2 * PADDING
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
        painter.drawText(self._line(0), MIDDLE, self._title)
        self._write(painter, self._line(0), self._average, self._theme.muted, RIGHT)
        for number, note in enumerate(self._notes, 1):
            self._paint_note(painter, self._line(number), note)
        for number, reading in enumerate(self._readings, 1 + len(self._notes)):
            self._paint_reading(painter, self._line(number), reading)
        if self._more:
            last = self._line(1 + len(self._notes) + len(self._readings))
            self._write(painter, last, f"+{self._more} more", self._theme.muted)
        painter.end()

    def _paint_note(self, painter: QPainter, line: QRectF, note: str) -> None:
        lead = swatch.width(self._body)
        swatch.paint_diamond(painter, QRectF(line.x(), line.y(), lead, LINE), self._theme)
        words = self._short(note)
        self._write(painter, line.adjusted(lead + GAP, 0, 0, 0), words, self._theme.text)

    def _paint_reading(self, painter: QPainter, line: QRectF, reading: Reading) -> None:
        lead = swatch.width(self._body)
        place = QRectF(line.x(), line.y(), lead, LINE)
        swatch.paint(painter, place, self._body, reading.number, self._theme)
        near = reading.number == self._near
        label, color = self._short(reading.label), self._theme.text if near else self._theme.muted
        name = line.adjusted(lead + GAP, 0, 0, 0)
        self._write(painter, name, label, color, font=self._theme.font(12, 600 if near else 400))
        figures = self._theme.font(12, figures=True)
        texts = (reading.text, reading.change, reading.average)
        colors = (self._theme.text, self._theme.muted, self._theme.text)
        _, *columns = self._widths()
        for words, color, width in reversed([*zip(texts, colors, columns, strict=True)]):
            self._write(painter, line, words, color, RIGHT, figures)
            line = line.adjusted(0, 0, -(APART + width) if width else 0, 0)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        words: str,
        color: QColor,
        align: Qt.AlignmentFlag = MIDDLE,
        font: QFont | None = None,
    ) -> None:
        painter.setFont(font or self._theme.font(12))
        painter.setPen(color)
        painter.drawText(place, int(align), words)

    def _line(self, number: int) -> QRectF:
        top = PADDING - 2 + number * LINE
        return QRectF(PADDING, top, self.width() - 2 * PADDING, LINE)

    def _short(self, words: str) -> str:
        metrics = QFontMetricsF(self._theme.font(12))
        plain = " ".join(words.split())
        return metrics.elidedText(plain, Qt.TextElideMode.ElideRight, WIDEST_LABEL)

    def _wide(self, words: str, weight: int = 400, *, figures: bool = False) -> float:
        font = self._theme.font(12, weight, figures=figures)
        return QFontMetricsF(font).horizontalAdvance(words)

    def _widths(self) -> tuple[float, float, float, float]:
        """Measure the columns: names, values, changes, averages; 0 for those without words."""
        names = [self._wide(self._short(one.label), 600) for one in self._readings]
        columns = [
            max((self._wide(words, figures=True) for words in texts), default=0.0)
            for texts in (
                [one.text for one in self._readings],
                [one.change for one in self._readings],
                [one.average for one in self._readings],
            )
        ]
        value, change, average = columns
        return max(names, default=0.0), value, change, max(average, self._wide(self._average))
