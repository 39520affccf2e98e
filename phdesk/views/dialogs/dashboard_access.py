"""Who may do what with a dashboard, when it was looked at, and what was done to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.trouble import Trouble
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 640, 560  # px
COLUMNS = ("When", "Who", "What")
READING = "Reading…"


class DashboardAccess(Dialog):
    """Lines and a table; both are read anew on wish."""

    look_requested = Signal()

    def __init__(self, theme: look.Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Access and activity")
        self._theme = theme
        self._lines = QGridLayout()
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(16)
        self._trouble = Trouble()
        self._log = table("What was done to it", COLUMNS)
        self._note = words.note(theme)
        self._look, self._done = QPushButton("Look again"), QPushButton("Close")
        self._look.setAutoDefault(False)
        self._done.setDefault(True)
        self._lay_out(title)
        self._look.clicked.connect(self.look_requested)
        self._done.clicked.connect(self.reject)
        self.resize(WIDTH, HEIGHT)
        self.set_reading()

    def _lay_out(self, title: str) -> None:
        row = QHBoxLayout()
        row.addWidget(self._look)
        row.addStretch(1)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(title, self._theme))
        column.addWidget(self._trouble)
        column.addLayout(self._lines)
        column.addWidget(words.caption("What was done to it", self._log, self._theme))
        column.addWidget(self._note)
        column.addWidget(self._log, 1)
        column.addStretch()
        column.addLayout(row)

    def set_reading(self) -> None:
        """Show that the answer is awaited."""
        self._look.setEnabled(False)
        self._trouble.say("")
        if not self._log.isVisible():
            self._set_note(READING)

    def set_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Say what is known of access."""
        self._look.setEnabled(True)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (name, text) in enumerate(lines):
            value = words.plain(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label = words.caption(name, value, self._theme)
            self._lines.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(value, place, 1)

    def set_log(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        """List what was done, newest first."""
        self._set_note("" if rows else empty)
        self._log.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self._log.setItem(place, column, item)

    def set_no_log(self, why: str) -> None:
        """Say why there is no log."""
        self._set_note(why)

    def set_trouble(self, why: str) -> None:
        """Say why nothing could be read."""
        self._look.setEnabled(True)
        self._trouble.say(why)
        if not self._log.isVisible():
            self._set_note("")

    @property
    def note(self) -> str:
        """Give what is said in the place of the log."""
        return self._note.text()

    @property
    def trouble(self) -> str:
        """Give the reason that is shown."""
        return self._trouble.text()

    def _set_note(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._log.setVisible(not text)
