"""Subscriptions: what PostHog sends to whom and when, and what can be done with them."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from phdesk.core.subscription_words import Standing
from phdesk.models.subscription import Subscription
from phdesk.views import theme as look
from phdesk.views.dialogs.list_dialog import ListDialog, offer
from phdesk.views.dialogs.tables import fill
from phdesk.views.dialogs.told_line import ToldLine
from phdesk.views.widgets.quiet import Choice

WIDTH, HEIGHT = 980, 520  # px
COLUMNS = ("State", "Title", "Sends", "To", "When", "Next delivery")
WHOLE = (0, 4, 5)  # columns whose words are never cut
ID = Qt.ItemDataRole.UserRole
NO_PAUSE = "This server knows no pause; delete the subscription instead, which can be undone."
NO_TEST = "This server cannot send one by hand; the next delivery comes at its time."


class Row(Struct, frozen=True, gc=False):
    """A subscription as it is listed."""

    one: Subscription
    standing: Standing
    texts: tuple[str, ...]  # of the columns after the first


class Subscriptions(ListDialog):
    """A list and buttons; wishes go up."""

    new_requested = Signal()
    edit_requested = Signal(int)  # a subscription's number
    switch_requested = Signal(int, bool)
    test_requested = Signal(int)
    delete_requested = Signal(int)
    scope_chosen = Signal(str)

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Subscriptions", COLUMNS, WHOLE, parent)
        self._rows: dict[int, Row] = {}
        self._scope = Choice()
        self._new = QPushButton("New subscription…")
        self.line = ToldLine()
        self._edit, self._switch = QPushButton("Edit…"), QPushButton("Pause")
        self._test, self._delete = QPushButton("Send now…"), QPushButton("Delete")
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
        cells = fill(self._list, [(row.standing.word, *row.texts) for row in rows])
        for (first, *_), row in zip(cells, rows, strict=True):
            color = self._theme.color(row.standing.color)
            first.setIcon(look.icon(row.standing.icon, color))
            first.setData(ID, row.one.id)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.choose(current if current in self._rows else next(iter(self._rows), 0))
        self._update()

    def set_new(self, why_not: str) -> None:
        """Offer to make one, or say why not."""
        offer(self._new, why_not)

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
        self._new.setProperty("primary", True)
        top = QHBoxLayout()
        top.addWidget(self._scope)
        top.addStretch(1)
        top.addWidget(self._look)
        top.addWidget(self._new)
        acts = (self._edit, self._switch, self._test, self._delete)
        self._lay_out(top, [(self._note, 0), (self._list, 1), (self.line, 0)], acts)

    def _connect(self) -> None:
        self._scope.activated.connect(self._on_scope)
        self._new.clicked.connect(self.new_requested)
        self._list.itemSelectionChanged.connect(self._update)
        self._list.itemActivated.connect(self._on_edit)
        self._edit.clicked.connect(self._on_edit)
        self._switch.clicked.connect(self._on_switch)
        self._test.clicked.connect(self._on_test)
        self._delete.clicked.connect(self._on_delete)

    @Slot()
    def _update(self) -> None:
        row = self._rows.get(self.current)
        for button in (self._edit, self._switch, self._test, self._delete):
            button.setEnabled(row is not None)
        if row is None:
            return
        self._switch.setText("Pause" if row.one.enabled else "Go on")
        offer(self._switch, "" if row.one.can_pause else NO_PAUSE)
        offer(self._test, "" if row.one.can_test else NO_TEST)

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
