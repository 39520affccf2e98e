"""All of a project that everybody with a link can see: since when, and how to end it."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from phdesk.services.sharing import Shareable
from phdesk.views import theme as look
from phdesk.views.dialogs.list_dialog import ListDialog
from phdesk.views.dialogs.tables import fill
from phdesk.views.dialogs.told_line import ToldLine

WIDTH, HEIGHT = 820, 520  # px
COLUMNS = ("Name", "What", "First shared", "Protection")
SINCE = 2  # the column with the date
WHOLE = (1, SINCE, 3)  # columns whose words are never cut
HEADING = "Shared with everybody"


class Line(Struct, frozen=True, gc=False):
    """One thing that is shared."""

    what: Shareable
    texts: tuple[str, ...]  # of the columns
    old: bool = False  # shared for longer than one may remember
    link: str = ""


class SharedList(ListDialog):
    """A list and buttons; wishes go up."""

    insights_requested = Signal()
    stop_requested = Signal(object)  # Shareable
    settings_requested = Signal(object)
    copy_requested = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, HEADING, COLUMNS, WHOLE, parent)
        self._lines: tuple[Line, ...] = ()
        self.line = ToldLine()
        self._insights = QPushButton("Check insights too…")
        self._stop, self._copy = QPushButton("Stop sharing"), QPushButton("Copy the link")
        self._settings = QPushButton("Share settings…")
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._update()

    def set_lines(self, lines: Sequence[Line], note: str) -> None:
        """List what is shared, with the one that was chosen before still so."""
        current = self.current
        self._lines = tuple(lines)
        sign = look.icon("triangle-alert", self._theme.color("warn"))
        for items, line in zip(fill(self._list, [one.texts for one in lines]), lines, strict=True):
            if line.old:
                items[SINCE].setIcon(sign)
        self._note.setText(note)
        known = [line.what for line in lines]
        if lines:
            chosen = current.what if current is not None else None
            self._list.setCurrentCell(known.index(chosen) if chosen in known else 0, 0)
        self._update()

    def set_checking(self, *, on: bool) -> None:
        """Offer to check the insights while that does not go on."""
        self._insights.setEnabled(not on)

    @property
    def current(self) -> Line | None:
        """Give the line that is chosen."""
        row = self._list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._look)
        top.addWidget(self._insights)
        acts = (self._stop, self._copy, self._settings)
        self._lay_out(top, [(self._list, 1), (self.line, 0)], acts)

    def _connect(self) -> None:
        self._insights.clicked.connect(self.insights_requested)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_settings)
        self._stop.clicked.connect(self._on_stop)
        self._copy.clicked.connect(self._on_copy)
        self._settings.clicked.connect(self._on_settings)

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
