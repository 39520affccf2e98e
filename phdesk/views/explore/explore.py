"""A tile opened large: chart, legend, all rows, and what can be done with them."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.charts.spec import NoticeBody, TableBody, TileView, XYBody
from phdesk.views import theme as look
from phdesk.views.explore.card import Card
from phdesk.views.explore.chart_pane import ChartPane
from phdesk.views.explore.exports import Exports
from phdesk.views.explore.heading import Heading
from phdesk.views.explore.results import Results
from phdesk.views.explore.toolbar import Toolbar
from phdesk.views.widgets.passing import Passing

KEYS = (  # name, text, key
    ("close", "Close the large view", "Esc"),
    ("log", "Log axis", "L"),
    ("region", "Region with sum, average and change", "R"),
    ("average", "Next moving average", "A"),
    ("show_all", "Show hidden series", "H"),
    ("copy", "Copy as TSV", "Ctrl+C"),
    ("picture", "Copy as image", "Ctrl+Shift+C"),
)
LETTERS = {"log", "region", "average", "show_all"}


class Explore(Passing):
    """The focus view."""

    close_requested = Signal()
    open_in_browser_requested = Signal(str)  # short id

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TileView | None = None
        self._table_only = False
        self._letters = True
        self._heading = Heading(theme)
        self._toolbar = Toolbar()
        self._pane = ChartPane(theme)
        self._card = Card(theme)
        self._results = Results(theme)
        self._exports = Exports(self)
        self._card.column.addWidget(self._results)
        self._summary, self._said = QLabel(), QLabel()
        self._actions = {name: self._action(text, key) for name, text, key in KEYS}
        self._arrange()
        self._connect()

    def set_view(self, view: TileView) -> None:
        """Show a tile; the same tile again keeps zoom, search, sorting and hidden series."""
        keep = self._view is not None and _same(self._view, view)
        here = QApplication.focusWidget()
        focused = here is not None and self.isAncestorOf(here)
        self._view = view
        self._exports.set_view(view)
        self._heading.set_view(view)
        self._pane.set_view(view, keep=keep)
        self._results.set_table(view.table, keep=keep)
        self._summary.setText(" ".join(part for part in (view.warning, view.summary) if part))
        if not keep:
            self._said.clear()
            self._table_only = False
            self._pane.set_region_shown(False)
        self._show_parts()
        self._show_tools()
        if focused and not keep:
            self.setFocus()  # the part that had it may be hidden now

    def set_age(self, text: str) -> None:
        """Say how old the result is."""
        self._heading.set_age(text)

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._pane.set_theme(theme)
        self._card.set_theme(theme)
        self._results.set_theme(theme)

    def set_letter_keys(self, on: bool) -> None:  # noqa: FBT001  a switch
        """Allow or forbid shortcuts of a single letter."""
        self._letters = on

    def shortcut_actions(self) -> tuple[QAction, ...]:
        """Give the actions that have keys, for a list of shortcuts."""
        return tuple(self._actions.values())

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keys at once."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take our keys before shortcuts of the window, which has an R of its own."""
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means."""
        action = self._meant(event)
        if action:
            action.trigger()
        else:
            super().keyPressEvent(event)

    def save_csv(self, path: Path) -> None:
        """Write the whole table with raw values, and say how it went."""
        self._exports.save_csv(path)

    def _action(self, text: str, key: str) -> QAction:
        action = QAction(text, self)  # added to no widget: we read its key ourselves
        action.setShortcut(QKeySequence(key))
        return action

    def _arrange(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._pane)
        self._splitter.addWidget(self._card)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.setProperty("quiet", True)
        self._splitter.setSizes([640, 360])  # shares, not pixels
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        foot = QHBoxLayout()
        foot.addWidget(self._summary, 1)
        foot.addWidget(self._said)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._toolbar)
        column.addWidget(self._splitter, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._heading.close_requested.connect(self.close_requested)
        self._heading.browser_requested.connect(self._open_in_browser)
        self._toolbar.table_only_requested.connect(self._show_table_only)
        self._toolbar.log_requested.connect(self._set_log)
        self._toolbar.region_requested.connect(self._set_region)
        self._toolbar.average_requested.connect(self._set_window)
        self._toolbar.copy_requested.connect(self._copy)
        self._toolbar.save_requested.connect(self._exports.ask_where)
        self._exports.said.connect(self._said.setText)
        self._pane.log_state_changed.connect(self._show_tools)
        self._actions["close"].triggered.connect(self.close_requested)
        self._actions["log"].triggered.connect(self._toggle_log)
        self._actions["region"].triggered.connect(self._toggle_region)
        self._actions["average"].triggered.connect(self._next_window)
        self._actions["show_all"].triggered.connect(self._show_all)
        self._actions["copy"].triggered.connect(self._copy)
        self._actions["picture"].triggered.connect(self._copy_picture)

    def _meant(self, event: QKeyEvent) -> QAction | None:
        pressed = QKeySequence(event.keyCombination())
        for name, action in self._actions.items():
            if action.shortcut() == pressed and (self._letters or name not in LETTERS):
                return action
        return None

    def _show_parts(self) -> None:
        table = self._view is not None and bool(self._view.table.columns)
        drawn = self._view is not None and not isinstance(self._view.body, TableBody)
        self._pane.setVisible(drawn and not (self._table_only and table))
        self._card.setVisible(table)
        charted = drawn and not self._table_only
        self.set_taker(self._pane.focus_target() if charted else self._results.focus_target())

    @Slot()
    def _show_tools(self) -> None:
        body = self._view.body if self._view else None
        self._toolbar.set_choices(
            chart=not isinstance(body, TableBody | NoticeBody),
            table=self._view is not None and bool(self._view.table.columns),
            curves=isinstance(body, XYBody),
        )
        self._toolbar.set_table_only(self._table_only)
        self._toolbar.set_log(self._pane.log(), self._pane.log_problem(), self._pane.log_note())
        choices, window = self._pane.choices(), self._pane.averaged()
        self._toolbar.set_averages(choices, window, self._pane.window_problem())
        self._toolbar.set_region(self._pane.plot.region() is not None)

    @Slot(bool)
    def _show_table_only(self, table_only: bool) -> None:  # noqa: FBT001  a slot
        self._table_only = table_only
        self._show_parts()

    @Slot(bool)
    def _set_log(self, log: bool) -> None:  # noqa: FBT001  a slot
        self._pane.set_log(log)
        self._show_tools()

    @Slot(bool)
    def _set_region(self, shown: bool) -> None:  # noqa: FBT001  a slot
        self._pane.set_region_shown(shown)
        self._show_tools()

    @Slot(int)
    def _set_window(self, window: int) -> None:
        self._pane.set_window(window)
        self._show_tools()

    @Slot()
    def _next_window(self) -> None:
        sizes = [0, *(size for size, _ in self._pane.choices())]
        if len(sizes) > 1:
            place = sizes.index(self._pane.averaged())
            self._set_window(sizes[(place + 1) % len(sizes)])

    @Slot()
    def _show_all(self) -> None:
        self._pane.show_all()

    @Slot()
    def _toggle_log(self) -> None:
        if self._view and isinstance(self._view.body, XYBody) and not self._pane.log_problem():
            self._set_log(not self._pane.log())

    @Slot()
    def _toggle_region(self) -> None:
        if self._view and isinstance(self._view.body, XYBody):
            self._set_region(self._pane.plot.region() is None)

    @Slot()
    def _open_in_browser(self) -> None:
        if self._view:
            self.open_in_browser_requested.emit(self._view.short_id)

    @Slot()
    def _copy(self) -> None:
        self._exports.copy_rows(self._results.as_tsv())

    @Slot()
    def _copy_picture(self) -> None:
        self._exports.copy_picture(self._card if self._pane.isHidden() else self._pane)


def _same(one: TileView, other: TileView) -> bool:
    same = bool(one.short_id) and one.short_id == other.short_id
    return same and type(one.body) is type(other.body)
