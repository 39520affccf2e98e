"""All rows of a result: sorted, searched, copied."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.charts.long_rows import whole
from phdesk.core.charts.spec import Table
from phdesk.core.formatting import grouped
from phdesk.views.charts.ink import mix
from phdesk.views.charts.table import SOFT
from phdesk.views.explore.figures import matching_rows, sorted_rows, tsv
from phdesk.views.theme import Theme
from phdesk.views.widgets.tooltips import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ROW = 28
WIDEST = 320
MEASURED = 40  # rows by which a column is as wide as it is: Qt's 1000 take seconds for 90 columns


class ResultsModel(QAbstractTableModel):
    """The rows of a table in the order and choice in which they are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures = theme.font(13, figures=True)
        self._table = Table()
        self._sought = ""
        self._sorting: tuple[int, bool] | None = None  # column, descending
        self._rows: list[int] = []

    def set_table(self, table: Table) -> None:
        """Take another table; sorting stays while its column exists."""
        if self._sorting and self._sorting[0] >= len(table.columns):
            self._sorting = None
        self._table = table
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme

    def set_sought(self, sought: str) -> None:
        """Keep only the rows that hold all these words."""
        self._sought = sought
        self._arrange()

    def rows(self) -> list[int]:
        """Give the numbers of the rows shown, as in the table."""
        return self._rows

    def sorting(self) -> tuple[int, bool] | None:
        """Give the column that is sorted by, and whether downwards."""
        return self._sorting

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count the rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's text or where it stands."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if self._table.columns[index.column()].numeric else LEFT)
        if role == Qt.ItemDataRole.FontRole and self._table.columns[index.column()].numeric:
            return self._figures
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(self._rows[index.row()], index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            texts = self._table.texts[self._rows[index.row()]]
            text = texts[index.column()] if index.column() < len(texts) else ""
            return text if role == Qt.ItemDataRole.DisplayRole else plain_tip(text)
        return None

    def _ground(self, row: int, column: int) -> QColor | None:
        """Give a cell's soft colour, on which the theme's words can be read."""
        colors = self._table.colors[row] if row < len(self._table.colors) else ()
        token = colors[column] if column < len(colors) else ""
        return mix(self._theme.surface, self._theme.color(token), SOFT) if token else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's title."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._table.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if self._table.columns[section].numeric else LEFT)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "Click, or press S in the column, to sort"
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section].title
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the raw values of a column; below 0 in the table's own order."""
        fits = 0 <= column < len(self._table.columns)
        self._sorting = (column, order == Qt.SortOrder.DescendingOrder) if fits else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = matching_rows(self._table, self._sought)
        if self._sorting:
            column, descending = self._sorting
            self._rows = sorted_rows(self._table, self._rows, column, descending=descending)
        self.endResetModel()


class ResultsView(QTableView):
    """A table that leaves letters and Esc to the page, and sorts by S."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort the current column by S; copying and single letters belong to the page."""
        copies = event.matches(QKeySequence.StandardKey.Copy)
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._sort_current()
        elif event.key() == Qt.Key.Key_Escape or event.text().isalpha() or copies:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _sort_current(self) -> None:
        column = self.currentIndex().column()
        header = self.horizontalHeader()
        same = header.sortIndicatorSection() == column
        upward = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if same and upward else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)
        self.setCurrentIndex(self.model().index(0, max(column, 0)))


class Results(QWidget):
    """A search field over the table, and how many rows are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Table()
        self._model = ResultsModel(theme, self)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search rows")
        self._search.setAccessibleName("Search rows")
        self._view = ResultsView()
        self._count = QLabel()
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._count.setFont(theme.font(11.5))
        self._shape_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._search, self._view, self._count):
            column.addWidget(part)
        self._search.textChanged.connect(self._seek)

    def set_table(self, table: Table, *, keep: bool = False) -> None:
        """Show a table; `keep` leaves search and sorting as they are."""
        table = whole(table)  # each cell on screen is asked for on its own
        self._table = table
        if not keep:
            self._search.setText("")
            self._view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._model.set_table(table)
        self._view.resizeColumnsToContents()
        for column in range(len(table.columns)):
            self._view.setColumnWidth(column, min(self._view.columnWidth(column) + 16, WIDEST))
        self._say_count()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._model.set_theme(theme)
        self._view.viewport().update()

    def as_tsv(self) -> str:
        """Write the selected cells, or all rows shown with their titles, with tabs between."""
        chosen = self._view.selectedIndexes()
        if not chosen:
            everything = range(len(self._table.columns))
            return tsv(self._table, self._model.rows(), everything)
        rows = [self._model.rows()[row] for row in sorted({one.row() for one in chosen})]
        columns = sorted({one.column() for one in chosen})
        return tsv(self._table, rows, columns, header=False)

    def focus_target(self) -> QWidget:
        """Name the part that takes the keys."""
        return self._view

    def _shape_view(self) -> None:
        self._view.setModel(self._model)
        self._view.setAccessibleName("Results")
        self._view.setProperty("ring", True)
        self._view.setTabKeyNavigation(False)  # Tab leaves the table
        self._view.setSortingEnabled(True)
        self._view.setWordWrap(False)
        self._view.setShowGrid(False)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setDefaultSectionSize(ROW)
        self._view.verticalHeader().setMinimumSectionSize(ROW)
        self._view.horizontalHeader().setHighlightSections(False)
        self._view.horizontalHeader().setResizeContentsPrecision(MEASURED)
        self._view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @Slot(str)
    def _seek(self, sought: str) -> None:
        self._model.set_sought(sought)
        self._say_count()

    def _say_count(self) -> None:
        shown, every = len(self._model.rows()), len(self._table.texts)
        some = f"{grouped(shown)} of {grouped(every)} rows" if shown < every else ""
        whole = some or f"{grouped(every)} {'row' if every == 1 else 'rows'}"
        parts = (whole, self._table.note)
        self._count.setText(" · ".join(part for part in parts if part))
