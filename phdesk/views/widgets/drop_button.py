"""A button that opens choices below it: words and a chevron, or an icon where it is tight."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.tooltips import plain_tip


class DropButton(QPushButton):
    """The stylesheet leaves room for the chevron at the right."""

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setToolTip(hint)
        self.setProperty("drop", True)
        self._theme = theme
        self._icon = name
        self._words = ""
        self._brief = False

    def set_words(self, words: str, name: str) -> None:
        """Show these words; `name` says them to those who hear it."""
        if words != self._words:
            self._words = words
            self._dress()
        self.setAccessibleName(name)

    def set_brief(self, *, brief: bool) -> None:
        """Show the icon in the place of the words."""
        if brief != self._brief:
            self._brief = brief
            self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._dress()

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then the chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.muted, 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        right, middle = self.width() - 11.0, self.height() / 2 + 0.5
        tip = QPointF(right - 3.5, middle + 2)
        painter.drawLine(QPointF(right - 7, middle - 1.5), tip)
        painter.drawLine(tip, QPointF(right, middle - 1.5))

    def _dress(self) -> None:
        self.setText("" if self._brief else self._words)
        said = (self._words, self._hint) if self._brief else (self._hint,)
        self.setToolTip(plain_tip(" · ".join(part for part in said if part)))
        self.setIcon(icon(self._icon, self._theme.text) if self._brief else QIcon())
        self.updateGeometry()
