"""What the checks of an alert found: as a small chart, and as a table."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.charts.spec import TileView
from phdesk.views import theme as look
from phdesk.views.charts.paint import paint_body
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import fill, table

CHART = QSize(240, 120)
COLUMNS = ("Checked", "Found", "State", "Mail")


class ChecksChart(QWidget):
    """Paints checks as the tiles paint charts."""

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: TileView | None = None
        self.setMinimumSize(CHART)

    def set_view(self, view: TileView | None) -> None:
        """Show a chart, or nothing."""
        self._view = view
        self.setAccessibleName(view.summary if view is not None else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chart over the whole."""
        if self._view is not None:
            paint_body(QPainter(self), QRectF(self.rect()), self._view, self._theme)


class History(QWidget):
    """The chart above the table; a line instead of both while there are no checks."""

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = ChecksChart(theme)
        self._table = table("Checks", COLUMNS)
        self._note = words.note(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._note)
        column.addWidget(self._chart, 3)
        column.addWidget(self._table, 2)
        self.setMinimumHeight(2 * CHART.height())
        column.addStretch()
        self.set_note("")

    def set_note(self, text: str) -> None:
        """Say something in the place of checks."""
        self._note.setText(text)
        self._chart.hide()
        self._table.hide()

    def set_checks(self, view: TileView, rows: Sequence[Sequence[str]]) -> None:
        """Show checks, the newest first in the table."""
        self._note.setText("" if rows else "PostHog has not checked this alert yet.")
        self._chart.set_view(view)
        self._chart.setVisible(len(rows) > 1)
        self._table.setVisible(bool(rows))
        fill(self._table, rows)
