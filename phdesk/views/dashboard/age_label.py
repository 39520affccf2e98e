"""How old a dashboard is, with a dot in the colour of its state."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from phdesk.views.theme import Theme

EDGE, DOT = 6, 16  # px
MORE = "Press for when the next numbers come, and the API budget"


class AgeLabel(QAbstractButton):
    """A dot and a text: how old the screen is, in the colour of its state; more when pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._tone = "good"
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say_more()

    def changeEvent(self, event: QEvent) -> None:
        """Promise nothing for a press that does nothing."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._say_more()

    def _say_more(self) -> None:
        more = MORE if self.isEnabled() else ""
        self.setAccessibleDescription(more)
        self.setToolTip("\n".join(part for part in (self._text, more) if part))
        shape = Qt.CursorShape.PointingHandCursor if more else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def set_text(self, text: str, tone: str) -> None:
        """Show a text with a dot in the colour of `tone`."""
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self.setAccessibleName(text)
            self._say_more()
            self.updateGeometry()
            self.update()

    def set_brief(self, *, brief: bool) -> None:
        """Leave all but the age itself to the tooltip."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def _words(self) -> str:
        return self._text.rpartition(" · ")[2] if self._brief else self._text

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    @property
    def words(self) -> str:
        """Give all the words."""
        return self._text

    def sizeHint(self) -> QSize:
        """Take the room of the words."""
        measure = QFontMetricsF(self._theme.font(13))
        return QSize(round(measure.horizontalAdvance(self._words())) + 2 * EDGE + DOT, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dot and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawEllipse(QRectF(EDGE + 1, self.height() / 2 - 3.5, 7, 7))
        painter.setFont(self._theme.font(13))
        painter.setPen(QPen(self._theme.text if self.underMouse() else self._theme.muted))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 3, -1, -3), 5, 5)
            painter.setPen(QPen(self._theme.text))
        where = QRectF(self.rect()).adjusted(EDGE + DOT - 2, 0, 0, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self._words())
