"""The page of what was found of alerts, and below another tab the watches themselves."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.noticing.cards import LASTING, leads
from phdesk.models.notice import Kept
from phdesk.services.alert_inbox import Inbox
from phdesk.views.dialogs import words
from phdesk.views.inbox.rows import ROW, Row, RowDelegate, row_of
from phdesk.views.theme import Theme
from phdesk.views.widgets.empty import EmptyPage
from phdesk.views.widgets.quiet import Choice

SNOOZES = (("for 1 hour", 1), ("for 6 hours", 6), ("for 1 day", 24), ("for 1 week", 168))
STATES = (("Everything that happened", ""), ("Not well now", "lasting"), ("Not seen yet", "new"))
KINDS = (("All sources", ""), ("Watches", "watch"), ("PostHog's alerts", "posthog"))
ALL_BOARDS = "All dashboards"
EMPTY = "Nothing has happened yet"
HOW = (
    "Watch a number: go to a tile and press Shift+W, or choose “Watch a number…” from its menu. "
    "What it finds is listed here."
)
NOTHING = "Nothing of this kind"
WIDEN = "Choose “Everything that happened” above to see the rest."


class InboxPage(QWidget):
    """Lists and asks; whoever shows it does what is asked."""

    close_requested = Signal()
    open_requested = Signal(object)  # Notice, whose tile is to be shown
    acknowledge_requested = Signal(object)  # Notice
    snooze_requested = Signal(object, int)  # Notice, hours
    watches_requested = Signal()  # the list of watches

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inbox, self._now = Inbox(), datetime.max
        self._state, self._source, self._board = Choice(), Choice(), Choice()
        self._list = QListWidget()
        self._delegate = RowDelegate(theme)
        self._empty = EmptyPage(theme)
        self._stack = QStackedWidget()
        self._know = QPushButton("&Acknowledge")
        self._snooze = QPushButton("&Snooze")
        self._open = QPushButton("&Open the tile")
        self._watches = QPushButton("&Watches…")
        self._lay_out()
        self._connect()

    @property
    def rows(self) -> Sequence[Row]:
        """Give what is listed."""
        return [self._list.item(place).data(ROW) for place in range(self._list.count())]

    def set_inbox(self, inbox: Inbox, now: datetime) -> None:
        """List what was found; the row with the keyboard keeps it."""
        self._inbox, self._now = inbox, now
        self._fill_boards()
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self._empty.set_theme(theme)
        self._list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fill(self) -> None:
        held, standing = self._current, self._inbox.standing_ids
        self._list.clear()
        for kept in self._wanted():
            row = row_of(kept, self._now, is_past=kept.notice.id not in standing)
            item = QListWidgetItem()
            item.setData(ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self._list.addItem(item)
            if held is not None and held.kept.notice.id == kept.notice.id:
                self._list.setCurrentItem(item)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        self._say_empty()
        self._update()

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self._list if self._list.count() else self._empty)
        if self._inbox.page:
            self._empty.set_message(NOTHING, WIDEN, icon="bell")
        else:
            self._empty.set_message(EMPTY, HOW, icon="bell")

    def _wanted(self) -> Sequence[Kept]:
        state, source = self._state.currentData(), self._source.currentData()
        board = self._board.currentData()
        found = {"": self._inbox.page, "lasting": self._inbox.lasting, "new": self._inbox.unread}
        return [
            one
            for one in found[state]
            if source in ("", one.notice.source) and board in (None, _board_of(one))
        ]

    def _fill_boards(self) -> None:
        kept = self._board.currentData()
        known = {_board_of(one): one.notice.dashboard_name for one in self._inbox.page}
        self._board.clear()
        self._board.addItem(ALL_BOARDS, None)
        for key, name in known.items():
            if key[2] is not None:
                self._board.addItem(name or f"Dashboard {key[2]}", key)
        self._board.setCurrentIndex(max(self._board.findData(kept), 0))

    @property
    def _current(self) -> Row | None:
        row = self._list.currentIndex().data(ROW)
        return row if isinstance(row, Row) else None

    @Slot()
    def _update(self) -> None:
        row = self._current
        notice = row.kept.notice if row is not None else None
        self._know.setEnabled(row is not None and not row.is_known)
        lasts = row is not None and row.kept.notice.kind in LASTING and not row.is_past
        self._snooze.setEnabled(lasts)
        self._open.setEnabled(notice is not None and leads(notice))

    @Slot()
    def _on_open(self) -> None:
        if self._current is not None and self._open.isEnabled():
            self.open_requested.emit(self._current.kept.notice)

    @Slot()
    def _on_know(self) -> None:
        if self._current is not None:
            self.acknowledge_requested.emit(self._current.kept.notice)

    @Slot()
    def _on_snooze(self) -> None:
        sender = self.sender()
        if self._current is not None and sender is not None:
            self.snooze_requested.emit(self._current.kept.notice, int(sender.property("hours")))

    def _connect(self) -> None:
        for choice in (self._state, self._source, self._board):
            choice.activated.connect(self._fill)
        self._list.currentItemChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_open)
        self._know.clicked.connect(self._on_know)
        self._open.clicked.connect(self._on_open)
        self._watches.clicked.connect(self.watches_requested)

    def _lay_out(self) -> None:
        self.setAccessibleName("Inbox")
        self.setFocusProxy(self._list)
        for choice, name, entries in (
            (self._state, "State", STATES),
            (self._source, "Source", KINDS),
        ):
            choice.setAccessibleName(name)
            for text, data in entries:
                choice.addItem(text, data)
        self._board.setAccessibleName("Dashboard")
        self._list.setAccessibleName("What was found of alerts")
        self._list.setItemDelegate(self._delegate)
        self._list.setProperty("ring", True)
        menu = QMenu(self)
        for text, hours in SNOOZES:
            action = menu.addAction(text)
            action.setProperty("hours", hours)
            action.triggered.connect(self._on_snooze)
        self._snooze.setMenu(menu)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        filters, actions = QHBoxLayout(), QHBoxLayout()
        for choice in (self._state, self._source, self._board):
            filters.addWidget(choice)
        filters.addStretch(1)
        filters.addWidget(self._watches)
        for button in (self._know, self._snooze, self._open):
            actions.addWidget(button)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Inbox", self._theme))
        column.addLayout(filters)
        column.addWidget(self._stack, 1)
        column.addLayout(actions)


def _board_of(kept: Kept) -> tuple[str, int, int | None]:
    notice = kept.notice
    return notice.account, notice.project, notice.dashboard
