"""The head of the focus view: what it is, how old, and the way back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.charts.spec import TileView
from phdesk.views import theme as look
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.tooltips import plain_tip

NARROW = 600  # px, below which the age stands under kind and range: beside buttons it would be cut


class Heading(QWidget):
    """Title, kind and range at the left; age, browser and Close at the right."""

    close_requested = Signal()
    browser_requested = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._context, self._age = QLabel(), ElidedLabel(), ElidedLabel()
        for label in (self._title, self._context, self._age):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._title.setForegroundRole(QPalette.ColorRole.WindowText)
        self._title.setFont(theme.font(20, 650))
        self._title.setMinimumWidth(80)
        self._title.setWordWrap(True)
        self._browser = QPushButton("Open in PostHog")
        self._close = QPushButton("Close")
        self._close.setToolTip("Back to the dashboard (Esc)")
        self._arrange()
        self._browser.clicked.connect(self._ask_browser)
        self._close.clicked.connect(self._ask_close)

    def set_view(self, view: TileView) -> None:
        """Name a view."""
        self._title.setText(view.title)
        parts = (view.kind_label, view.whole_range)
        self._context.setText(" · ".join(part for part in parts if part))
        self._title.setToolTip(plain_tip(view.description))
        self._browser.setVisible(bool(view.short_id))

    def set_age(self, text: str) -> None:
        """Say how old the result is."""
        self._age.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the age whole on a narrow page."""
        super().resizeEvent(event)
        below = self._words.indexOf(self._age) >= 0
        if below == (self.width() < NARROW):
            return
        if below:
            self._words.removeWidget(self._age)
            self._row.insertWidget(1, self._age)
        else:
            self._row.removeWidget(self._age)
            self._words.addWidget(self._age)

    def _arrange(self) -> None:
        words = self._words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._context)
        self._context.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._age)
        row.addSpacing(4)
        row.addWidget(self._browser)
        row.addWidget(self._close)

    @Slot()
    def _ask_browser(self) -> None:
        self.browser_requested.emit()

    @Slot()
    def _ask_close(self) -> None:
        self.close_requested.emit()
