"""Why a tile shows what it shows; beside it another tile, with what differs marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.why.comparing import Row
from phdesk.core.why.reasons import Reason
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.quiet import Choice
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 760, 640  # px
ROOM = 6  # px, between rows
NO_TILE = "No other tile"
SIDE_BY_SIDE = "Beside another tile"


class Why(Dialog):
    """Tables of sentences and facts; wishes go up."""

    other_chosen = Signal(int)  # tile; 0: none

    def __init__(self, theme: look.Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Why “{title}” shows this")
        self._theme, self._title = theme, title
        self._reasons = table("Reasons", ("About", "What is known"))
        self._others = Choice()
        self._verdict = words.plain("")
        self._rows = table(SIDE_BY_SIDE, ("What", title, "", "Same"))
        self._close = QPushButton("Close")
        self._arrange()
        self._others.activated.connect(self._on_other)
        self._close.clicked.connect(self.accept)
        self.resize(WIDTH, HEIGHT)
        self.set_rows((), "", "")

    def set_reasons(self, reasons: Sequence[Reason]) -> None:
        """Say what is known of the tile."""
        self._reasons.setRowCount(len(reasons))
        for place, one in enumerate(reasons):
            about, text = QTableWidgetItem(one.topic), QTableWidgetItem(one.text)
            about.setFont(self._theme.font(13, 600))
            for column, item in enumerate((about, text)):
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._reasons.setItem(place, column, item)
        _fit(self._reasons)

    def set_others(self, others: Sequence[tuple[int, str]]) -> None:
        """Offer the other tiles of the page, by their names."""
        self._others.clear()
        self._others.addItem(NO_TILE, 0)
        for tile, name in others:
            self._others.addItem(name, tile)

    def set_rows(self, rows: Sequence[Row], name: str, verdict: str) -> None:
        """Show both tiles side by side, those lines first in which they differ."""
        self._verdict.setText(verdict)
        self._verdict.setVisible(bool(verdict))
        self._rows.setVisible(bool(rows))
        self._rows.setHorizontalHeaderLabels(["What", self._title, name, "Same"])
        self._rows.setRowCount(len(rows))
        for place, row in enumerate(
            sorted(rows, key=lambda one: (not one.differs, not one.untold))
        ):
            for column, text in enumerate((row.label, row.left, row.right)):
                self._rows.setItem(place, column, self._item(text, strong=row.differs))
            same = "No" if row.differs else "Not told" if row.untold else "Yes"
            mark = self._item(same, strong=row.differs)
            if row.differs:
                mark.setIcon(look.icon("triangle-alert", self._theme.color("warn")))
            self._rows.setItem(place, 3, mark)
        _fit(self._rows)

    def _item(self, text: str, *, strong: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(plain_tip(text))
        if strong:
            item.setFont(self._theme.font(13, 600))
        return item

    def _arrange(self) -> None:
        for one in (self._reasons, self._rows):
            one.setWordWrap(True)
            one.horizontalHeader().sectionResized.connect(self._fit_all)
            _narrow(one, 0)
        self._reasons.horizontalHeader().hide()
        _narrow(self._rows, 3)
        self._close.setAutoDefault(False)
        self._others.setMinimumWidth(280)
        caption = words.caption("&Compare it with", self._others, self._theme)
        choice, bottom = QHBoxLayout(), QHBoxLayout()
        choice.addWidget(caption)
        choice.addWidget(self._others)
        choice.addStretch(1)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(self.windowTitle(), self._theme))
        column.addWidget(self._reasons, 1)
        column.addLayout(choice)
        column.addWidget(self._verdict)
        column.addWidget(self._rows, 1)
        column.addLayout(bottom)

    @Slot()
    def _fit_all(self) -> None:
        _fit(self._reasons)
        _fit(self._rows)

    @Slot()
    def _on_other(self) -> None:
        chosen = self._others.currentData()
        self.other_chosen.emit(chosen if isinstance(chosen, int) else 0)


def _narrow(made: QTableWidget, column: int) -> None:
    header = made.horizontalHeader()
    header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _fit(made: QTableWidget) -> None:
    """Make rows as high as their words, with room between them."""
    made.resizeRowsToContents()
    for row in range(made.rowCount()):
        made.setRowHeight(row, made.rowHeight(row) + ROOM)
