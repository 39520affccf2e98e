"""The legend of the big chart: what is shown, its values at the crosshair and in the region."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from phdesk.core.charts.compared import label_of
from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.smoothing import NO_AVERAGES, Averages
from phdesk.views.explore import swatch
from phdesk.views.explore.figures import average_text, value_text
from phdesk.views.explore.regions import no_sum, span_texts
from phdesk.views.theme import Theme

COLUMNS = ("Series", "Value", "", "Sum", "Average", "Change")
SMOOTHED = 2
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
REGION = (3, 4, 5)
SUM = REGION[0]
REGION_HINTS = (
    "Of the values that can be added up",
    "Of the complete buckets",
    "From the first complete bucket to the last",
)
TOGGLES = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
HINT = (
    "Click or Space hides or shows, Ctrl+click or Ctrl+Space shows only this one, "
    "double-click or H shows all"
)


class SeriesPanel(QTreeWidget):
    """A row a series; a click hides it, Ctrl+click isolates it, a double click shows all."""

    hidden_changed = Signal(object)  # frozenset of indices

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._body = XYBody(x_labels=(), x_titles=(), series=())
        self._averages = NO_AVERAGES
        self._bucket: int | None = None
        self._hidden: frozenset[int] = frozenset()
        self._doubled = False
        self.setAccessibleName("Series")
        self.setProperty("ring", True)
        self.setToolTip(HINT)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setColumnCount(len(COLUMNS))
        self.setHeaderLabels(list(COLUMNS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._shape_header()
        self.itemClicked.connect(self._click)
        self.itemDoubleClicked.connect(self._double_click)
        self.set_region(None)
        self.set_averages(NO_AVERAGES)

    def set_body(self, body: XYBody, hidden: frozenset[int]) -> None:
        """List the series of a chart."""
        self._body, self._hidden = body, hidden
        self.clear()
        self.setIconSize(swatch.icon_size(body))
        for series in body.series:
            item = QTreeWidgetItem([label_of(series)])
            for column in range(1, len(COLUMNS)):
                item.setTextAlignment(column, RIGHT)
                item.setFont(column, self._theme.font(13, figures=True))
            self.addTopLevelItem(item)
        self._mark()

    def set_hidden(self, hidden: frozenset[int]) -> None:
        """Say which series are hidden."""
        self._hidden = hidden
        self._mark()

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self._mark()

    def set_averages(self, averages: Averages) -> None:
        """Show the moving averages beside the values, if there are some."""
        self._averages = averages
        self.setColumnHidden(SMOOTHED, not averages.label)
        self.headerItem().setText(SMOOTHED, averages.label)
        self.set_bucket(self._bucket)

    @Slot(object)
    def set_bucket(self, bucket: int | None) -> None:
        """Show the values of a bucket."""
        self._bucket = bucket
        for index, (series, item) in enumerate(self._rows()):
            place = -1 if bucket is None else bucket
            item.setText(SMOOTHED, average_text(self._body, index, place, self._averages))
            known = bucket is not None and 0 <= bucket < len(series.values)
            value = series.values[bucket] if known and bucket is not None else None
            item.setText(1, value_text(self._body, series, value) if known else "")

    @Slot(object)
    def set_region(self, region: tuple[int, int] | None) -> None:
        """Show sum, average and change over a range of buckets; no sums where none is true."""
        summed = any(not no_sum(self._body, series) for series in self._body.series)
        for column in REGION:
            self.setColumnHidden(column, region is None or (column == SUM and not summed))
        for series, item in self._rows():
            texts = ("", "", "")
            if region:
                texts = span_texts(self._body, series, *region)
            for column, text in zip(REGION, texts, strict=True):
                item.setText(column, text)
            why = no_sum(self._body, series)
            item.setToolTip(SUM, f"No sum: {why}" if why else "")

    @Slot()
    def show_all(self) -> None:
        """Show all series again, as a person's wish."""
        self._tell(frozenset())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Forget the last double click: not every Qt ends it with a click."""
        self._doubled = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle with Space or Enter, isolate with Ctrl; leave letters to the page."""
        row = self.currentIndex().row()
        if event.key() in TOGGLES and row >= 0:
            self._toggle(row, alone=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape or event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _shape_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(COLUMNS)):
            self.headerItem().setTextAlignment(column, RIGHT)
        for column, hint in zip(REGION, REGION_HINTS, strict=True):
            self.headerItem().setToolTip(column, hint)

    def _rows(self) -> list[tuple[XYSeries, QTreeWidgetItem]]:
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        pairs = zip(self._body.series, items, strict=True)
        return [(series, item) for series, item in pairs if item]

    def _mark(self) -> None:
        for index, (series, item) in enumerate(self._rows()):
            shown = index not in self._hidden
            item.setIcon(0, swatch.icon(self._body, index, self._theme, shown=shown))
            item.setForeground(0, self._theme.text if shown else self._theme.muted)
            state = "shown" if shown else "hidden"
            words = f"{label_of(series)}, {state}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        count = len(self._hidden)
        self.headerItem().setText(0, f"Series ({count} hidden)" if count else "Series")

    def _toggle(self, row: int, *, alone: bool) -> None:
        everyone = frozenset(range(len(self._body.series)))
        others = everyone - {row}
        if alone:
            hidden = frozenset() if self._hidden == others else others
        else:
            hidden = self._hidden ^ {row}
        self._tell(hidden)

    def _tell(self, hidden: frozenset[int]) -> None:
        self.set_hidden(hidden)
        self.hidden_changed.emit(hidden)

    @Slot(QTreeWidgetItem)
    def _click(self, item: QTreeWidgetItem) -> None:
        if self._doubled:  # the second click of a double click
            return
        held = QGuiApplication.keyboardModifiers()
        alone = bool(held & Qt.KeyboardModifier.ControlModifier)
        self._toggle(self.indexOfTopLevelItem(item), alone=alone)

    @Slot()
    def _double_click(self) -> None:
        self._doubled = True
        self.show_all()
