"""Subscriptions: what PostHog sends to whom and when, and what can be done with them."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.subscription_words import Standing
from phdesk.models.subscription import Subscription
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.tables import table
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.widgets.tooltips import plain_tip

WIDTH, HEIGHT = 980, 520  # px
COLUMNS = ("State", "Title", "Sends", "To", "When", "Next delivery")
ID = Qt.ItemDataRole.UserRole
NO_PAUSE = "This server knows no pause; delete the subscription instead, which can be undone."
NO_TEST = "This server cannot send one by hand; the next delivery comes at its time."


class Row(Struct, frozen=True, gc=False):
    """A subscription as it is listed."""

    one: Subscription
    standing: Standing
    texts: tuple[str, ...]  # of the columns after the first


class Subscriptions(QDialog):
    """A list and buttons; wishes go up."""

    new_requested = Signal()
    look_requested = Signal()
    edit_requested = Signal(int)  # a subscription's number
    switch_requested = Signal(int, bool)
    test_requested = Signal(int)
    delete_requested = Signal(int)
    scope_chosen = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Subscriptions")
        self._theme = theme
        self._rows: dict[int, Row] = {}
        self._scope = QComboBox()
        self._new, self._look = QPushButton("New subscription…"), QPushButton("Look again")
        self._trouble, self._note = words.plain(""), words.note(theme)
        self._list = table("Subscriptions", COLUMNS)
        self.line = ToldLine()
        self._edit, self._switch = QPushButton("Edit…"), QPushButton("Pause")
        self._test, self._delete = QPushButton("Send now…"), QPushButton("Delete")
        self._close = QPushButton("Close")
        self._arrange()
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._update()

    def set_scopes(self, scopes: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer of what the subscriptions are listed, by key and words."""
        self._scope.clear()
        for key, text in scopes:
            self._scope.addItem(text, key)
        self._scope.setCurrentIndex(max(self._scope.findData(chosen), 0))

    def set_rows(self, rows: Sequence[Row], note: str) -> None:
        """List subscriptions, the one chosen before still so; the note says why there is none."""
        current = self.current
        self._rows = {row.one.id: row for row in rows}
        self._list.setRowCount(len(rows))
        for place, row in enumerate(rows):
            color = self._theme.color(row.standing.color)
            first = QTableWidgetItem(look.icon(row.standing.icon, color), row.standing.word)
            first.setData(ID, row.one.id)
            self._list.setItem(place, 0, first)
            for column, text in enumerate(row.texts, start=1):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self._list.setItem(place, column, item)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.choose(current if current in self._rows else next(iter(self._rows), 0))
        self._update()

    def set_trouble(self, text: str) -> None:
        """Say why subscriptions cannot be had or changed, and what helps."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def set_new(self, *, can: bool, why: str = "") -> None:
        """Offer to make one, or say why not."""
        self._new.setEnabled(can)
        self._new.setToolTip(plain_tip(why))
        self._new.setAccessibleDescription(why)

    def choose(self, number: int) -> None:
        """Choose one that is listed."""
        if number in self._rows:
            self._list.setCurrentCell(list(self._rows).index(number), 0)

    @property
    def scope(self) -> str:
        """Give of what the subscriptions are listed."""
        return str(self._scope.currentData() or "")

    @property
    def current(self) -> int:
        """Give the one that is chosen; 0: none."""
        row = self._list.currentRow()
        item = self._list.item(row, 0) if row >= 0 else None
        return int(item.data(ID)) if item is not None else 0

    def _arrange(self) -> None:
        self._scope.setAccessibleName("Subscriptions of")
        self._trouble.setForegroundRole(words.BAD)
        self._trouble.hide()
        self._new.setProperty("primary", True)
        acts = (self._edit, self._switch, self._test, self._delete)
        for button in (*acts, self._new, self._look, self._close):
            button.setAutoDefault(False)
        header = self._list.horizontalHeader()
        for narrow in (0, 4, 5):
            header.setSectionResizeMode(narrow, QHeaderView.ResizeMode.ResizeToContents)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._scope)
        top.addStretch(1)
        top.addWidget(self._look)
        top.addWidget(self._new)
        for part in acts:
            bottom.addWidget(part)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Subscriptions", self._theme))
        column.addLayout(top)
        column.addWidget(self._trouble)
        column.addWidget(self._note)
        column.addWidget(self._list, 1)
        column.addWidget(self.line)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._scope.activated.connect(self._on_scope)
        self._new.clicked.connect(self.new_requested)
        self._look.clicked.connect(self.look_requested)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_edit)
        self._edit.clicked.connect(self._on_edit)
        self._switch.clicked.connect(self._on_switch)
        self._test.clicked.connect(self._on_test)
        self._delete.clicked.connect(self._on_delete)
        self._close.clicked.connect(self.reject)

    @Slot()
    def _update(self) -> None:
        row = self._rows.get(self.current)
        for button in (self._edit, self._switch, self._test, self._delete):
            button.setEnabled(row is not None)
        if row is None:
            return
        self._switch.setText("Pause" if row.one.enabled else "Go on")
        _offer(self._switch, "" if row.one.can_pause else NO_PAUSE)
        _offer(self._test, "" if row.one.can_test else NO_TEST)

    @Slot()
    def _on_scope(self) -> None:
        self.scope_chosen.emit(self.scope)

    @Slot()
    def _on_edit(self) -> None:
        if self.current:
            self.edit_requested.emit(self.current)

    @Slot()
    def _on_switch(self) -> None:
        row = self._rows.get(self.current)
        if row is not None:
            self.switch_requested.emit(row.one.id, not row.one.enabled)

    @Slot()
    def _on_test(self) -> None:
        if self.current:
            self.test_requested.emit(self.current)

    @Slot()
    def _on_delete(self) -> None:
        if self.current:
            self.delete_requested.emit(self.current)


def _offer(button: QPushButton, why_not: str) -> None:
    button.setEnabled(not why_not)
    button.setToolTip(why_not)
    button.setAccessibleDescription(why_not)
