"""Saved views: filters under a name of one's own, kept in the settings."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.dates import zone
from phdesk.core.filter_words import changes_in_words
from phdesk.core.filters import NO_FILTER, Filter, read_filter, written
from phdesk.services.settings import FilterView, with_view, without_view
from phdesk.store.overrides import effective_of
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.filter_views import FilterViews


class SavedViews(QObject):
    """Names what holds, takes what was named."""

    chosen = Signal(object)  # Filter

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: FilterViews | None = None

    @property
    def names(self) -> list[str]:
        """Give the names, in the order of their keys."""
        return [view.name for view in self._known]

    def open(self) -> None:
        """Show the list, with a field to name what holds now."""
        made = FilterViews(self._desk.theme, self._desk.window)
        made.save_requested.connect(self._on_save)
        made.take_requested.connect(self.take)
        made.delete_requested.connect(self._on_delete)
        made.destroyed.connect(self._on_gone)
        self._dialog = made
        self._fill()
        made.open()

    @Slot(str)
    def take(self, name: str) -> None:
        """Lay the filters of a name over the dashboard."""
        for view in self._known:
            if view.name == name:
                self.chosen.emit(read_filter(view.filters.encode()))
                return

    def take_place(self, place: int) -> None:
        """Do the same by the place in the list."""
        if 0 <= place < len(self._known):
            self.take(self._known[place].name)

    @property
    def _account(self) -> str:
        account = self._desk.state.account
        return account.id if account is not None else ""

    @property
    def _known(self) -> Sequence[FilterView]:
        return self._desk.preferences.settings.filter_views.get(self._account, ())

    def _fill(self) -> None:
        if self._dialog is not None:
            said = [(view.name, self._words(view)) for view in self._known]
            self._dialog.set_views(said)

    def _words(self, view: FilterView) -> str:
        project = self._desk.state.project
        now = self._desk.now().astimezone(zone(project.timezone if project else None))
        parts = changes_in_words(NO_FILTER, read_filter(view.filters.encode()), now)
        plain = [part.partition(": ")[2].rpartition("→ ")[2] or part for part in parts]
        return " · ".join(plain) or "No filters"

    @Slot(str)
    def _on_save(self, name: str) -> None:
        board = self._desk.state.dashboards.get(self._desk.dashboard_id or 0)
        holds: Filter = effective_of(board) if board is not None else NO_FILTER
        view = FilterView(name, msgspec.json.encode(written(holds)).decode())
        self._desk.preferences.change(with_view, self._account, view)
        self._fill()

    @Slot(str)
    def _on_delete(self, name: str) -> None:
        self._desk.preferences.change(without_view, self._account, name)
        self._fill()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
