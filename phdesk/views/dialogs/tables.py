"""Tables of dialogs: read by rows, never written in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from phdesk.views.widgets.tooltips import plain_tip


def table(name: str, columns: Sequence[str]) -> QTableWidget:
    """Make a table that is read by rows."""
    made = QTableWidget(0, len(columns))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(columns))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setProperty("ring", True)
    made.verticalHeader().hide()
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return made


def fill(made: QTableWidget, rows: Sequence[Sequence[str]]) -> list[list[QTableWidgetItem]]:
    """Write texts into a table; gives its cells by rows."""
    cells = [[QTableWidgetItem(text) for text in texts] for texts in rows]
    made.setRowCount(len(cells))
    for row, items in enumerate(cells):
        for column, item in enumerate(items):
            item.setToolTip(plain_tip(item.text()))
            made.setItem(row, column, item)
    return cells
