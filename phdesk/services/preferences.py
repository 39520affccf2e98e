"""Settings and accounts of this run; written back a moment after each change."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.models.account import Account
from phdesk.services.accounts import AccountsFile
from phdesk.services.settings import Settings, SettingsFile

P = ParamSpec("P")
DELAY = 500  # milliseconds, so that dragging a window writes once


class Preferences(QObject):
    """Holds settings and accounts in the GUI thread and writes them to their files."""

    changed = Signal()
    trouble = Signal(str)  # one sentence

    def __init__(
        self,
        settings_file: SettingsFile,
        accounts_file: AccountsFile,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings_file = settings_file
        self._accounts_file = accounts_file
        self.settings, settings_problem = settings_file.load()
        self.accounts, accounts_problem = accounts_file.load()
        self.problems = tuple(filter(None, (settings_problem, accounts_problem)))  # at loading
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.save)

    @property
    def settings_path(self) -> Path:
        """Say where the settings are written."""
        return self._settings_file.path

    def change(
        self, edit: Callable[Concatenate[Settings, P], Settings], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Change the settings: `change(starred, account, dashboard, on=True)`."""
        new = edit(self.settings, *args, **kwargs)
        if new != self.settings:
            self.settings = new
            self._timer.start()
            self.changed.emit()

    def change_accounts(
        self,
        edit: Callable[Concatenate[Sequence[Account], P], tuple[Account, ...]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Change the accounts: `change_accounts(added, account)`; written at once."""
        new = edit(self.accounts, *args, **kwargs)
        if new != self.accounts:
            self.accounts = new
            self._tell(self._accounts_file.save(new))
            self.changed.emit()

    @Slot()
    def save(self) -> None:
        """Write the settings now; call it when the app ends."""
        self._timer.stop()
        self._tell(self._settings_file.save(self.settings))

    def _tell(self, problem: str | None) -> None:
        if problem:
            self.trouble.emit(problem)
