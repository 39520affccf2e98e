"""Filters of the dashboard on screen: wishes come here, and what answers them is made late."""

from typing import TYPE_CHECKING

from PySide6 import QtGui  # makes QShortcut when a view has a key
from PySide6.QtCore import QObject, Slot

from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import filter_choices

if TYPE_CHECKING:
    from phdesk.views.desk.filter_choices import FilterChoices

MOST_KEYS = 9
OF_BOARD = "Each tile of a board keeps the dates and filters of its dashboard."


class Filters(QObject):
    """Takes wishes from bar, keys and palette; gives saved views their keys."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._made: FilterChoices | None = None
        self._keys: list[QtGui.QShortcut] = []
        desk.window.screen_page.filters.requested.connect(self._on_requested)
        desk.window.filters_requested.connect(self._on_requested)
        desk.online_arrived.connect(self._give_keys)
        desk.preferences.changed.connect(self._give_keys)

    @property
    def choices(self) -> "FilterChoices":
        """Give what answers, made when first needed."""
        if self._made is None:
            self._made = filter_choices()(self._desk)
        return self._made

    @Slot(str, str)
    def _on_requested(self, what: str, which: str) -> None:
        window = self._desk.window
        if window.page is not window.screen_page or window.screen_page.reading is not None:
            return
        if self._desk.dashboard_id is not None:
            self.choices.answer(what, which)
        elif self._desk.open_id is not None:
            window.notice.set_message(OF_BOARD, of_page=True)

    @Slot()
    def _give_keys(self) -> None:
        """Give the first saved views Ctrl+Alt+1 to 9."""
        state, settings = self._desk.state, self._desk.preferences.settings
        account = state.account.id if state.account is not None else ""
        wanted = min(len(settings.filter_views.get(account, ())), MOST_KEYS)
        while len(self._keys) > wanted:
            self._keys.pop().deleteLater()
        while len(self._keys) < wanted:
            keys = QtGui.QKeySequence(f"Ctrl+Alt+{len(self._keys) + 1}")
            made = QtGui.QShortcut(keys, self._desk.window)
            made.activated.connect(self._on_key)
            self._keys.append(made)

    @Slot()
    def _on_key(self) -> None:
        sender = self.sender()
        if isinstance(sender, QtGui.QShortcut) and sender in self._keys:
            self._on_requested("place", str(self._keys.index(sender)))
