"""What is wrong with a dashboard: a list beside the window, and what can be done."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.charts.spec import IN_POSTHOG
from phdesk.core.health.finding import Finding, Fix, Report
from phdesk.core.health.words import NAMES, RULES, counted, unjudged_lines, where
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.dialogs.trouble import Trouble
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 860, 540  # px
COLUMNS = ("Weight", "What", "Where", "Why")
ICONS = {
    "problem": ("circle-alert", "bad"),
    "warning": ("triangle-alert", "warn"),
    "hint": ("info", "muted"),
}
WHOLE = "The whole dashboard"
TO_TILE, TO_BOARD = "Go to the tile", "Open the dashboard"
ANYWHERE = ("unshare", "delete-insight")  # fixes that need no dashboard to be open
MOST_UNJUDGED = 4  # lines


class Health(Dialog):
    """A list and buttons; wishes go up. The window beside it can be worked in."""

    look_requested = Signal()
    go_requested = Signal(object)  # Finding: to where it is
    fix_requested = Signal(object)  # Finding

    def __init__(
        self, theme: look.Theme, title: str, parent: QWidget | None = None, *, several: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._several = several  # dashboards, not one that is open
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self._heading = words.heading(self.windowTitle(), theme)
        self._note, self._trouble = words.note(theme), Trouble()
        self._list = table("Findings", COLUMNS)
        self._reason, self._unjudged = words.plain(""), words.note(theme)
        self._room = QWidget()  # in the place of an empty list
        self.line = ToldLine()
        self._fix, self._go = QPushButton(), QPushButton()
        self._look, self._close = QPushButton("Check again"), QPushButton("Close")
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._update()

    def set_report(self, report: Report, note: str = "") -> None:
        """List what was found, with the one that was chosen before still so."""
        chosen = _known(self.current)
        self._findings = report.findings
        self._list.setRowCount(len(report.findings))
        for place, one in enumerate(report.findings):
            for column, text in enumerate(self._texts(one)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if not column:
                    name, color = ICONS[one.severity]
                    item.setIcon(look.icon(name, self._theme.color(color)))
                self._list.setItem(place, column, item)
        known = [_known(one) for one in report.findings]
        if known:
            self._list.setCurrentCell(known.index(chosen) if chosen in known else 0, 0)
        self._list.setVisible(bool(known))
        self._room.setVisible(not known)
        self._reason.setVisible(bool(known))
        self._note.setText(f"{counted(report)} {note}".strip())
        lines = unjudged_lines(report)
        more = len(lines) - MOST_UNJUDGED
        shown = [*lines[:MOST_UNJUDGED], *([f"And {more} more."] if more > 0 else [])]
        self._unjudged.setText("\n".join(shown))
        self._unjudged.setToolTip(plain_tip("\n".join(lines)) if more > 0 else "")
        self._unjudged.setVisible(bool(lines))
        self._update()

    def set_trouble(self, text: str) -> None:
        """Say what cannot be seen or changed, and what helps."""
        self._trouble.say(text)

    @property
    def current(self) -> Finding | None:
        """Give the finding that is chosen."""
        row = self._list.currentRow()
        return self._findings[row] if 0 <= row < len(self._findings) else None

    def _arrange(self) -> None:
        self._room.hide()
        for button in (self._fix, self._go, self._look, self._close):
            button.setAutoDefault(False)
        header = self._list.horizontalHeader()
        for narrow in (0, 1):
            header.setSectionResizeMode(narrow, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(2, WIDTH // 4)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._note, 1)
        top.addWidget(self._look)
        bottom.addWidget(self._fix)
        bottom.addWidget(self._go)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(top)
        column.addWidget(self._trouble)
        column.addWidget(self._list, 1)
        column.addWidget(self._room, 1)
        column.addWidget(self._reason)
        column.addWidget(self._unjudged)
        column.addWidget(self.line)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._look.clicked.connect(self.look_requested)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_go)
        self._fix.clicked.connect(self._on_fix)
        self._go.clicked.connect(self._on_go)
        self._close.clicked.connect(self.reject)

    def set_looking(self, text: str) -> None:
        """Say that facts are being read."""
        self._note.setText(text)
        self._list.hide()
        self._reason.hide()
        self._unjudged.hide()
        self._room.show()

    @Slot()
    def _update(self) -> None:
        one = self.current
        fix = self._fix_of(one)
        self._reason.setText(one.reason if one is not None else "")
        self._fix.setText(fix.label if fix is not None else "")
        self._fix.setVisible(fix is not None)
        self._go.setText(self._way(one))
        self._go.setEnabled(self._leads(one))

    def _fix_of(self, one: Finding | None) -> Fix | None:
        """Give what can be done here; what changes tiles needs their dashboard open."""
        fix = one.fix if one is not None else None
        return fix if not self._several or (fix is not None and fix.kind in ANYWHERE) else None

    def _leads(self, one: Finding | None) -> bool:
        if one is None:
            return False
        return bool(one.tile or (self._several and (one.board or one.short_id)))

    def _way(self, one: Finding | None) -> str:
        if one is None or one.tile or not self._several:
            return TO_TILE
        return TO_BOARD if one.board else IN_POSTHOG

    def _texts(self, one: Finding) -> tuple[str, ...]:
        place = where(one, with_board=self._several) or WHOLE
        return NAMES[one.severity], RULES.get(one.rule, one.rule), place, one.reason

    @Slot()
    def _on_go(self) -> None:
        if self._leads(self.current):
            self.go_requested.emit(self.current)

    @Slot()
    def _on_fix(self) -> None:
        if self._fix_of(self.current) is not None:
            self.fix_requested.emit(self.current)


def _known(one: Finding | None) -> tuple[str, int, int, str] | None:
    return (one.rule, one.board, one.tile, one.short_id) if one is not None else None
