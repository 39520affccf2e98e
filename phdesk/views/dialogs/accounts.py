"""The accounts that are kept on this computer: switch, add, forget."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.boards import counted
from phdesk.core.unsaved import Unsaved, unsaved_words
from phdesk.models.account import Account
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

ID = Qt.ItemDataRole.UserRole


class Accounts(Dialog):
    """A list of accounts; nothing happens here, wishes go up."""

    switch_requested = Signal(str)  # account id
    add_requested = Signal()
    forget_requested = Signal(str)  # account id, after the person has confirmed
    window_requested = Signal(str)  # account id, to be in a window of its own
    projects_requested = Signal()  # of the account in use

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Accounts")
        self._accounts: dict[str, Account] = {}
        self._current = ""
        self._on_boards: dict[str, int] = {}  # tiles, by account
        self._unsaved: dict[str, Unsaved] = {}  # by account
        self._list = QListWidget()
        self._list.setAccessibleName("Accounts")
        self._list.setProperty("ring", True)
        self._list.setWordWrap(True)
        self._nobody = words.plain("No account is kept on this computer.")
        self._nobody.setForegroundRole(words.MUTED)
        self._projects = QPushButton("Choose a project…")
        self._window = QPushButton("Open in a new window")
        self._switch = QPushButton("Switch")
        self._switch.setProperty("primary", True)
        self._add = QPushButton("Add account")
        self._forget = QPushButton("Forget…")
        self._close = QPushButton("Close")
        self._arrange(theme)
        self._connect()
        self.resize(560, 420)
        self._update()

    @property
    def wishes(self) -> tuple[SignalInstance, ...]:
        """Give what ends the dialog."""
        one_of = (self.switch_requested, self.add_requested, self.forget_requested)
        return (*one_of, self.window_requested, self.projects_requested)

    def set_accounts(self, accounts: Sequence[Account], current: str = "") -> None:
        """List accounts, the one in use marked and selected."""
        self._accounts = {account.id: account for account in accounts}
        self._current = current
        self._list.clear()
        for account in accounts:
            item = QListWidgetItem(_lines(account, in_use=account.id == current))
            item.setData(ID, account.id)
            self._list.addItem(item)
            if account.id == current or self._list.count() == 1:
                self._list.setCurrentItem(item)
        self._nobody.setVisible(not accounts)
        self._list.setVisible(bool(accounts))
        self._list.setFocus()
        self._ask(confirm=False)
        self._update()

    def set_on_boards(self, tiles: Mapping[str, int]) -> None:
        """Take how many tiles of each account are on the person's own boards."""
        self._on_boards = dict(tiles)

    def set_unsaved(self, found: Mapping[str, Unsaved]) -> None:
        """Take what of each account is not saved to PostHog, and would be lost."""
        self._unsaved = dict(found)
        if self._question.isVisible():
            self._say_what_goes()

    def _arrange(self, theme: look.Theme) -> None:
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._forget)
        row.addStretch()
        row.addWidget(self._close)
        row.addWidget(self._window)
        row.addWidget(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(words.heading("Accounts", theme), 1)
        head.addWidget(self._projects)
        column.addLayout(head)
        column.addWidget(self._nobody, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._list, 1)
        column.addWidget(self._make_question())
        column.addLayout(row)

    def _make_question(self) -> QWidget:
        self._question = QWidget()
        self._words = words.plain("")
        self._sure = QPushButton("Forget this account")
        self._sure.setProperty("danger", True)
        self._keep = QPushButton("Keep it")
        row = QHBoxLayout()
        row.addWidget(self._sure)
        row.addWidget(self._keep)
        row.addStretch()
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self._words)
        column.addLayout(row)
        self._question.setVisible(False)
        return self._question

    def _connect(self) -> None:
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # else Enter in the list presses the first: to forget
        self._list.currentRowChanged.connect(self._update)
        self._list.itemActivated.connect(self._switch_to)
        self._switch.clicked.connect(self._switch_to)
        self._window.clicked.connect(self._open_window)
        self._projects.clicked.connect(self.projects_requested)
        self._add.clicked.connect(self.add_requested)
        self._forget.clicked.connect(self._ask_first)
        self._sure.clicked.connect(self._forget_it)
        self._keep.clicked.connect(self._leave_it)
        self._close.clicked.connect(self.reject)

    def _leaving(self, account: Account) -> str:
        tiles = self._on_boards.get(account.id, 0)
        return (
            f", and {counted(tiles)} of it leave{'s' * (tiles == 1)} your boards" if tiles else ""
        )

    def _selected(self) -> Account | None:
        index = self._list.currentIndex()
        return self._accounts.get(index.data(ID)) if index.isValid() else None

    def _ask(self, *, confirm: bool) -> None:
        self._question.setVisible(confirm)
        if confirm and self._selected():
            self._say_what_goes()
            self._keep.setFocus()

    def _say_what_goes(self) -> None:
        account = self._selected()
        if account is None:
            return
        lost = unsaved_words(self._unsaved.get(account.id, Unsaved()))
        also = f" What you did not save is lost: {lost}." if lost else ""
        self._words.setText(
            f"Forget {_who(account)}? Its key is removed from this computer, "
            f"and all cached data of it{self._leaving(account)}.{also} Nothing changes in PostHog."
        )
        self._sure.setAccessibleDescription(self._words.text())

    @Slot()
    def _update(self) -> None:
        account = self._selected()
        self._ask(confirm=False)
        self._forget.setEnabled(account is not None)
        self._switch.setEnabled(account is not None and account.id != self._current)
        self._window.setEnabled(account is not None)
        self._projects.setEnabled(bool(self._current))

    @Slot()
    def _switch_to(self) -> None:
        account = self._selected()
        if account and account.id != self._current:
            self.switch_requested.emit(account.id)

    @Slot()
    def _open_window(self) -> None:
        account = self._selected()
        if account:
            self.window_requested.emit(account.id)

    @Slot()
    def _ask_first(self) -> None:
        self._ask(confirm=True)

    @Slot()
    def _leave_it(self) -> None:
        self._ask(confirm=False)
        self._list.setFocus()

    @Slot()
    def _forget_it(self) -> None:
        account = self._selected()
        self._ask(confirm=False)
        if account:
            self.forget_requested.emit(account.id)


def _who(account: Account) -> str:
    return account.name or account.email or account.region


def _lines(account: Account, *, in_use: bool) -> str:
    first = f"{_who(account)} (in use)" if in_use else _who(account)
    email = account.email if account.name else ""
    project = account.project_name or (
        f"project {account.project_id}" if account.project_id else ""
    )
    region = account.region if account.name or account.email else ""
    second = " · ".join(part for part in (email, region, project) if part)
    return f"{first}\n{second}"
