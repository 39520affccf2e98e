"""A calm strip across a screen: what failed, what is shown instead, and a way to try again."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from phdesk.models.failure import Failure
from phdesk.views.theme import Theme, pixmap
from phdesk.views.widgets.tooltips import plain_tip


class Banner(QWidget):
    """Hidden until there is something to say, and made with the first sentence."""

    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._laid_out = False
        self.hide()

    @property
    def text(self) -> str:
        """Give the sentence that is shown."""
        return self._text.text() if self._laid_out else ""

    def set_failure(self, failure: Failure, *, kept: str = "") -> None:
        """Say what failed, and how old what is shown is, when something is."""
        instead = f" You see what was kept. {kept}." if kept else ""
        self._say(f"{failure.message}{instead}", plain_tip(failure.detail), retry=True)

    def set_message(self, text: str) -> None:
        """Say something that cannot be tried again, but closed."""
        self._say(text, "", retry=False)

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if self._laid_out:
            self._icon.setPixmap(pixmap("triangle-alert", theme.warn, 16))

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return super().sizeHint().expandedTo(QSize(0, 40))

    def _say(self, text: str, tip: str, *, retry: bool) -> None:
        if not self._laid_out:
            self._lay_out()
        self._text.setText(text)
        self._text.setToolTip(tip)
        self.setAccessibleName(text)
        self._retry.setVisible(retry)
        self._close.setVisible(not retry)
        self.show()

    def _lay_out(self) -> None:
        self._laid_out = True
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._retry = QPushButton("Try again")
        self._close = QPushButton("Close")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._retry)
        row.addWidget(self._close)
        self._retry.clicked.connect(self._on_retry)
        self._close.clicked.connect(self.clear)
        self.set_theme(self._theme)
        self._order_stops()

    def _order_stops(self) -> None:
        """Let Tab come here where it is seen, not behind all that was made before the buttons."""
        before: QWidget = self.previousInFocusChain() or self
        while before is not self and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = (
                before.previousInFocusChain() or self
            )  # Qt sets no order behind what is no stop
        for button in self._buttons():
            QWidget.setTabOrder(before, button)
            before = button

    def _buttons(self) -> list[QPushButton]:
        """Give the buttons from left to right."""
        row = self.layout()
        if row is None:
            return []
        items = [row.itemAt(place) for place in range(row.count())]
        parts = [item.widget() for item in items if item is not None]
        return [one for one in parts if isinstance(one, QPushButton)]

    @Slot()
    def _on_retry(self) -> None:
        self.retry_requested.emit()
