"""A small chart of a number's past, with the times at which a watch would have told."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from phdesk.services.watch_trials import Trial
from phdesk.views.theme import Theme

HEIGHT = 84  # px
PAD = 8.0
MARK = 3.5  # px, half of a mark
DOT = 1.5


class TrialChart(QWidget):
    """Says nothing that the sentence beside it does not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._trial = Trial()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Past values")

    @property
    def trial(self) -> Trial:
        """Give what is shown."""
        return self._trial

    def set_trial(self, trial: Trial, words: str) -> None:
        """Show values and marks; `words` say the same."""
        self._trial = trial
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, limit, line and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.line, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        known = [(at, value) for at, value in self._trial.points if value is not None]
        if len(known) < 2:
            painter.setFont(self._theme.font(12))
            painter.setPen(self._theme.muted)
            words = "Nothing is known of the past yet"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        self._paint_line(painter, known)

    def _paint_line(self, painter: QPainter, known: Sequence[tuple[datetime, float]]) -> None:
        room = QRectF(self.rect()).adjusted(PAD, PAD + MARK, -PAD, -PAD)
        place = _Scale(known, self._trial.limit, room)
        if self._trial.limit is not None:
            height = place.y(self._trial.limit)
            painter.setPen(QPen(self._theme.warn, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(room.left(), height), QPointF(room.right(), height))
        painter.setPen(QPen(self._theme.accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(place.x(at), place.y(v)) for at, v in known]))
        painter.setPen(QPen(self._theme.surface, 1))
        painter.setBrush(self._theme.bad)
        for mark in self._trial.marks:
            at, value = min(known, key=lambda one: abs(one[0] - mark))
            painter.drawPolygon(_diamond(QPointF(place.x(at), place.y(value))))


class _Scale:
    """Places times and values in a rectangle."""

    def __init__(
        self, known: Sequence[tuple[datetime, float]], limit: float | None, room: QRectF
    ) -> None:
        values = [value for _, value in known] + ([limit] if limit is not None else [])
        self._low, self._high = min(values), max(values)
        self._first = known[0][0].timestamp()
        self._span = (known[-1][0].timestamp() - self._first) or 1.0
        self._room = room

    def x(self, at: datetime) -> float:
        """Place a time."""
        return self._room.left() + self._room.width() * (at.timestamp() - self._first) / self._span

    def y(self, value: float) -> float:
        """Place a value."""
        span = self._high - self._low
        share = (value - self._low) / span if span else 0.5
        return self._room.bottom() - self._room.height() * share


def _diamond(middle: QPointF) -> QPolygonF:
    across, down = QPointF(MARK, 0), QPointF(0, MARK)
    return QPolygonF([middle - across, middle - down, middle + across, middle + down])
