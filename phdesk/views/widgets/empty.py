"""A page with one sentence and one action, where there is nothing else to show."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from phdesk.views.theme import Theme, pixmap

WIDEST = 460  # px of the words below the sentence


class EmptyPage(QWidget):
    """Says what is missing and what can be done about it; made with the first sentence."""

    action_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = "layout-dashboard"
        self._laid_out = False

    @property
    def headline(self) -> str:
        """Give the sentence that is shown."""
        return self._headline.text() if self._laid_out else ""

    def set_message(
        self, headline: str, detail: str = "", action: str = "", icon: str = ""
    ) -> None:
        """Show a sentence, more words below, and a button when there is an action."""
        if not self._laid_out:
            self._lay_out()
        self._headline.setText(headline)
        self._detail.setText(detail)
        self._fit()
        self._detail.setVisible(bool(detail))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._icon_name = icon or "layout-dashboard"
        self.setAccessibleName(headline)
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if not self._laid_out:
            return
        self._icon.setPixmap(pixmap(self._icon_name, theme.muted, 32))
        self._headline.setFont(theme.font(15, 600))
        self._detail.setFont(theme.font(13))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words where the page is narrower than they are."""
        super().resizeEvent(event)
        if self._laid_out:
            self._fit()

    def _fit(self) -> None:
        """Give words that wrap the height of their width: an aligned layout does not ask for it."""
        words = self._detail.fontMetrics().horizontalAdvance(self._detail.text())
        edges = self._column.contentsMargins()
        room = max(0, self.width() - edges.left() - edges.right())
        width = min(words + 8, WIDEST, room)
        self._detail.setMinimumSize(0, 0)  # else it asks for what it has
        self._detail.setFixedSize(width, max(0, self._detail.heightForWidth(width)))

    def _lay_out(self) -> None:
        self._laid_out = True
        self._icon = QLabel()
        self._headline = QLabel()
        self._detail = QLabel()
        self._button = QPushButton()
        for label in (self._icon, self._headline, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._detail.setWordWrap(True)
        self._detail.setProperty("tone", "muted")  # before Qt dresses it, to be measured
        column = self._column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self._icon, self._headline, self._detail, self._button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._button.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.action_requested.emit()
