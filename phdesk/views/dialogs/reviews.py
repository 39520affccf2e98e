"""The review calendar of a project: what to look through, when it was done, when it is due."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 820, 430  # px
COLUMNS = ("Review", "What to look at", "Last done", "Due")
HEADING = "Reviews of the project"
NOTE = "The calendar is kept on this computer, for you alone."


class Reviews(Dialog):
    """A list and buttons; wishes go up."""

    done_requested = Signal(int)  # place in the list
    later_requested = Signal(int)
    check_requested = Signal()
    remind_requested = Signal(bool)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(HEADING)
        self._list = table(HEADING, COLUMNS)
        self._list.setWordWrap(True)
        self._remind = QCheckBox("&Remind me when one is due")
        self._remind.setMinimumHeight(24)
        self.line = ToldLine()
        self._done, self._later = QPushButton("Mark as done"), QPushButton("Put off a month")
        self._check, self._close = QPushButton("Check all dashboards"), QPushButton("Close")
        self._due: tuple[bool, ...] = ()
        self._arrange(theme)
        self._done.clicked.connect(self._on_done)
        self._later.clicked.connect(self._on_later)
        self._list.itemSelectionChanged.connect(self._update)
        self._check.clicked.connect(self.check_requested)
        self._remind.clicked.connect(self.remind_requested)
        self._close.clicked.connect(self.accept)
        self.resize(WIDTH, HEIGHT)

    def _arrange(self, theme: look.Theme) -> None:
        header = self._list.horizontalHeader()
        for narrow in (0, 2, 3):
            header.setSectionResizeMode(narrow, QHeaderView.ResizeMode.ResizeToContents)
        bottom = QHBoxLayout()
        for button in (self._done, self._later, self._check, self._close):
            button.setAutoDefault(False)
        bottom.addWidget(self._done)
        bottom.addWidget(self._later)
        bottom.addWidget(self._check)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(HEADING, theme))
        column.addWidget(words.note(theme, NOTE))
        column.addWidget(self._list, 1)
        column.addWidget(self._remind)
        column.addWidget(self.line)
        column.addLayout(bottom)

    def set_lines(
        self, lines: Sequence[Sequence[str]], due: Sequence[bool], *, reminds: bool
    ) -> None:
        """List the reviews, with the one that was chosen before still so; what is due can wait."""
        self._due = tuple(due)
        chosen = max(self._list.currentRow(), 0)
        self._list.setRowCount(len(lines))
        for place, texts in enumerate(lines):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self._list.setItem(place, column, item)
        self._list.setCurrentCell(min(chosen, len(lines) - 1), 0)
        self._list.resizeRowsToContents()
        self._remind.setChecked(reminds)
        self._update()

    @Slot()
    def _on_done(self) -> None:
        if self._list.currentRow() >= 0:
            self.done_requested.emit(self._list.currentRow())

    @Slot()
    def _on_later(self) -> None:
        if self._list.currentRow() >= 0:
            self.later_requested.emit(self._list.currentRow())

    @Slot()
    def _update(self) -> None:
        row = self._list.currentRow()
        self._later.setEnabled(0 <= row < len(self._due) and self._due[row])
