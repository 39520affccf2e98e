"""A failure in one sentence, its details folded away."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from phdesk.models.failure import Failure
from phdesk.views import theme as look


class FailureLine(QWidget):
    """Says what went wrong; hidden while nothing did."""

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)  # a server's words may hold markup
        self._sentence.setWordWrap(True)
        self._sentence.setForegroundRole(QPalette.ColorRole.BrightText)
        self._more = QToolButton()
        self._more.setText("Details")
        self._more.setCheckable(True)
        self._more.setMinimumHeight(24)
        self._detail = QLabel()
        self._detail.setTextFormat(Qt.TextFormat.PlainText)
        self._detail.setWordWrap(True)
        self._detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._detail.setFont(theme.font(12))
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._arrange()
        self._more.toggled.connect(self._unfold)
        self.set_theme(theme)
        self.set_failure(None)

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._icon.setPixmap(look.pixmap("circle-alert", theme.bad))

    def set_failure(self, failure: Failure | None) -> None:
        """Show a failure, or nothing."""
        self._more.setChecked(False)
        self._sentence.setText(failure.message if failure else "")
        self._detail.setText(_detail(failure) if failure else "")
        self._detail.setVisible(False)
        self._more.setVisible(bool(self._detail.text()))
        self.setVisible(failure is not None)
        self.setAccessibleName(self._sentence.text())

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._detail)

    @Slot(bool)
    def _unfold(self, open_now: bool) -> None:  # noqa: FBT001  a slot of toggled
        self._detail.setVisible(open_now)


def _detail(failure: Failure) -> str:
    status = f"HTTP {failure.status}" if failure.status else ""
    return "\n".join(part for part in (status, failure.detail) if part)
