"""All of a project that everybody with a link can see: since when, and how to end it."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.services.sharing import Shareable
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 820, 520  # px
COLUMNS = ("Name", "What", "First shared", "Protection")
HEADING = "Shared with everybody"


class Line(Struct, frozen=True, gc=False):
    """One thing that is shared."""

    what: Shareable
    texts: tuple[str, ...]  # of the columns
    old: bool = False  # shared for longer than one may remember
    link: str = ""


class SharedList(QDialog):
    """A list and buttons; wishes go up."""

    look_requested = Signal()
    insights_requested = Signal()
    stop_requested = Signal(object)  # Shareable
    settings_requested = Signal(object)
    copy_requested = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(HEADING)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._note, self._trouble = words.note(theme), words.plain("")
        self._list = table(HEADING, COLUMNS)
        self.line = ToldLine()
        self._look, self._insights = QPushButton("Look again"), QPushButton("Check insights too…")
        self._stop, self._copy = QPushButton("Stop sharing"), QPushButton("Copy the link")
        self._settings, self._close = QPushButton("Share settings…"), QPushButton("Close")
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._update()

    def set_lines(self, lines: Sequence[Line], note: str) -> None:
        """List what is shared, with the one that was chosen before still so."""
        current = self.current
        self._lines = tuple(lines)
        self._list.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for column, text in enumerate(line.texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 2 and line.old:
                    item.setIcon(look.icon("triangle-alert", self._theme.color("warn")))
                self._list.setItem(place, column, item)
        self._note.setText(note)
        known = [line.what for line in lines]
        if lines:
            chosen = current.what if current is not None else None
            self._list.setCurrentCell(known.index(chosen) if chosen in known else 0, 0)
        self._update()

    def set_trouble(self, text: str) -> None:
        """Say what cannot be seen or changed, and what helps."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def set_checking(self, *, on: bool) -> None:
        """Offer to check the insights while that does not go on."""
        self._insights.setEnabled(not on)

    @property
    def current(self) -> Line | None:
        """Give the line that is chosen."""
        row = self._list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _arrange(self) -> None:
        self._trouble.setForegroundRole(words.BAD)
        self._trouble.hide()
        acts = (self._stop, self._copy, self._settings)
        for button in (*acts, self._look, self._insights, self._close):
            button.setAutoDefault(False)
        header = self._list.horizontalHeader()
        for narrow in (1, 2, 3):
            header.setSectionResizeMode(narrow, QHeaderView.ResizeMode.ResizeToContents)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._look)
        top.addWidget(self._insights)
        for part in acts:
            bottom.addWidget(part)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(HEADING, self._theme))
        column.addLayout(top)
        column.addWidget(self._trouble)
        column.addWidget(self._list, 1)
        column.addWidget(self.line)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._look.clicked.connect(self.look_requested)
        self._insights.clicked.connect(self.insights_requested)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_settings)
        self._stop.clicked.connect(self._on_stop)
        self._copy.clicked.connect(self._on_copy)
        self._settings.clicked.connect(self._on_settings)
        self._close.clicked.connect(self.reject)

    @Slot()
    def _update(self) -> None:
        line = self.current
        self._stop.setEnabled(line is not None)
        self._settings.setEnabled(line is not None)
        self._copy.setEnabled(line is not None and bool(line.link))

    @Slot()
    def _on_stop(self) -> None:
        if self.current is not None:
            self.stop_requested.emit(self.current.what)

    @Slot()
    def _on_settings(self) -> None:
        if self.current is not None:
            self.settings_requested.emit(self.current.what)

    @Slot()
    def _on_copy(self) -> None:
        if self.current is not None:
            self.copy_requested.emit(self.current.link)
