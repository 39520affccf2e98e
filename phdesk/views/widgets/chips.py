"""Small rounded labels in a row: the tags of a dashboard."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from phdesk.views.theme import Theme
from phdesk.views.widgets.tooltips import plain_tip

HEIGHT = 20
PAD = 8
GAP = 6
MOST = 4


class Chips(QWidget):
    """Shows up to four texts as chips and counts the rest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show these texts; none hides the row."""
        shown = tuple(texts[:MOST])
        if len(texts) > MOST:
            shown = (*shown, f"+ {len(texts) - MOST}")
        self._texts = shown
        self.setAccessibleName(f"Tags: {', '.join(texts)}" if texts else "No tags")
        self.setToolTip(plain_tip(", ".join(texts)))
        self.setVisible(bool(texts))
        self.updateGeometry()
        self.update()

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the texts shown."""
        return self._texts

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Take the room of all chips."""
        return QSize(round(sum(self._widths()) + GAP * max(len(self._texts) - 1, 0)), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(11, 500))
        left = 0.0
        for text, width in zip(self._texts, self._widths(), strict=True):
            box = QRectF(left + 0.5, 0.5, width - 1, HEIGHT - 1)
            painter.setPen(QPen(self._theme.line, 1))
            painter.setBrush(self._theme.surface)
            painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
            painter.setPen(self._theme.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width + GAP

    def _widths(self) -> list[float]:
        measure = QFontMetricsF(self._theme.font(11, 500))
        return [measure.horizontalAdvance(text) + 2 * PAD for text in self._texts]
