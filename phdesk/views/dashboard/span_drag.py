"""A span of a chart's buckets that is chosen by dragging over them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from phdesk.core.charts.spec import Body, XYBody
from phdesk.views.charts import pointing
from phdesk.views.theme import Theme

SHADE = 0.16  # opacity of the span while it is dragged


class SpanDrag:
    """From the press of a button to its release."""

    def __init__(self) -> None:
        self._start: QPointF | None = None
        self.span: tuple[int, int] | None = None

    @property
    def pressed(self) -> bool:
        """Tell whether the button is down."""
        return self._start is not None

    def begin(self, spot: QPointF) -> None:
        """Note where the button went down."""
        self._start, self.span = spot, None

    def end(self) -> tuple[int, int] | None:
        """Forget the drag and give its first and last bucket; None when there was no drag."""
        span = self.span
        self._start = self.span = None
        return span

    def pull(self, spot: QPointF, inner: QRectF, body: Body, theme: Theme) -> bool:
        """Follow the pointer, above and below the plot too; tell whether the span changed."""
        if self._start is None or not isinstance(body, XYBody):
            return False
        far = abs(spot.x() - self._start.x()) >= QApplication.startDragDistance()
        first = pointing.bucket_at(inner, body, theme, self._start)
        if first is None or (self.span is None and not far):
            return False
        all_of_it = pointing.band_of(inner, body, theme, 0, len(body.x_labels) - 1)
        x = min(max(spot.x(), all_of_it.left() + 1), all_of_it.right() - 1)
        last = pointing.bucket_at(inner, body, theme, QPointF(x, self._start.y()))
        span = (first, first if last is None else last)
        changed, self.span = span != self.span, span
        return changed

    def paint(self, painter: QPainter, inner: QRectF, body: Body, theme: Theme) -> None:
        """Shade the span."""
        if self.span is None or not isinstance(body, XYBody):
            return
        shade = QColor(theme.accent)
        shade.setAlphaF(SHADE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRect(pointing.band_of(inner, body, theme, *self.span))
