"""The bar of the focus view: chart or table, log axis, average, region, copy, save."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QRadioButton, QWidget

from phdesk.views.widgets.flow import FlowLayout

GAP = 8  # px
NO_AVERAGE = "No average"


class Toolbar(QWidget):
    """Buttons only: each is a wish. They go on in a second row where it is narrow."""

    table_only_requested = Signal(bool)
    log_requested = Signal(bool)
    region_requested = Signal(bool)
    average_requested = Signal(int)  # buckets, 0 for none
    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart, self._table = QRadioButton("Chart"), QRadioButton("Table")
        self._chart.setAccessibleName("Show chart and table")
        self._table.setAccessibleName("Show only the table")
        self._log, self._region = QPushButton("Log axis"), QPushButton("Region")
        self._left_out = QLabel()
        self._left_out.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._left_out.hide()
        self._average = QPushButton(NO_AVERAGE)
        self._sizes = QMenu(self._average)
        self._average.setMenu(self._sizes)
        self._copy, self._save = QPushButton("Copy as TSV"), QPushButton("Save CSV…")
        for segment in (self._chart, self._table):
            segment.setProperty("segment", True)
        for toggle in (self._log, self._region):
            toggle.setCheckable(True)
        self._region.setToolTip("Sum, average and change over a range (R)")
        self._copy.setToolTip("The selected cells, or all rows shown (Ctrl+C)")
        self._save.setToolTip("The whole table with raw values")
        self._chart.setChecked(True)
        self._arrange()
        self._connect()

    def set_choices(self, *, chart: bool, table: bool, curves: bool) -> None:
        """Offer what there is: a chart, a table, a chart of curves."""
        for segment in (self._chart, self._table):
            segment.setVisible(chart and table)
        for tool in (self._log, self._region, self._average):
            tool.setVisible(curves)
        if not curves:
            self._left_out.hide()
        for button in (self._copy, self._save):
            button.setEnabled(table)

    def set_table_only(self, table_only: bool) -> None:  # noqa: FBT001  a switch
        """Say whether only the table is shown."""
        (self._table if table_only else self._chart).setChecked(True)

    def set_log(self, log: bool, problem: str, note: str) -> None:  # noqa: FBT001  a switch
        """Say whether the axis is logarithmic and what it leaves out, or why it cannot be."""
        self._log.setChecked(log)
        self._log.setEnabled(not problem)
        self._left_out.setText(note)
        self._left_out.setVisible(bool(note))
        self._log.setToolTip(problem or "Logarithmic y axis (L)")
        self._log.setAccessibleDescription(self._log.toolTip())

    def set_averages(self, choices: Sequence[tuple[int, str]], window: int, problem: str) -> None:
        """Offer moving averages, or say why there are none; `window` is drawn now."""
        self._sizes.clear()
        for size, name in ((0, NO_AVERAGE), *choices):
            action = self._sizes.addAction(name)
            action.setCheckable(True)
            action.setChecked(size == window)
            action.setData(size)
        drawn = dict(choices).get(window, NO_AVERAGE)
        self._average.setText(drawn)
        self._average.setEnabled(not problem)
        self._average.setToolTip(problem or "Moving average over each line (A)")
        self._average.setAccessibleName(f"Moving average: {drawn}")
        self._average.setAccessibleDescription(self._average.toolTip())

    def set_region(self, region: bool) -> None:  # noqa: FBT001  a switch
        """Say whether a region is shown."""
        self._region.setChecked(region)

    def _arrange(self) -> None:
        flow = FlowLayout(GAP, self)
        for choice in (self._chart, self._table, self._log, self._average, self._region):
            flow.addWidget(choice)
        flow.addWidget(self._left_out)
        flow.addWidget(self._copy)
        flow.begin_end()
        flow.addWidget(self._save)

    def _connect(self) -> None:
        self._chart.clicked.connect(self._show_both)
        self._table.clicked.connect(self._show_table)
        self._log.clicked.connect(self.log_requested)
        self._region.clicked.connect(self.region_requested)
        self._sizes.triggered.connect(self._ask_average)
        self._copy.clicked.connect(self._ask_copy)
        self._save.clicked.connect(self._ask_save)

    @Slot()
    def _show_both(self) -> None:
        self.table_only_requested.emit(False)

    @Slot()
    def _show_table(self) -> None:
        self.table_only_requested.emit(True)

    @Slot(QAction)
    def _ask_average(self, action: QAction) -> None:
        self.average_requested.emit(action.data())

    @Slot()
    def _ask_copy(self) -> None:
        self.copy_requested.emit()

    @Slot()
    def _ask_save(self) -> None:
        self.save_requested.emit()
