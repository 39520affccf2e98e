"""Save temporary filters for everyone: asked for, confirmed, and told how it went."""

from PySide6.QtCore import QObject, Slot

from phdesk.core.dates import zone
from phdesk.core.filter_variables import variable_words
from phdesk.core.filter_words import changes_in_words
from phdesk.core.listing import title_of
from phdesk.models.failure import Failure
from phdesk.store.overrides import saved_of
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.filter_save import NOT_EDITOR, SaveFilters

NO_NETWORK = "phdesk is not connected; the filters can be saved when it is."


class FilterSaving(QObject):
    """Opens the question, and passes the answer on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._dialog: SaveFilters | None = None
        self._dashboard = 0
        self._hears = False  # how saving went
        desk.store.changed.connect(self._on_changed)

    def open(self) -> None:
        """Ask whether the temporary filters of the dashboard on screen are for everyone."""
        desk, open_id = self._desk, self._desk.dashboard_id or 0
        board = desk.state.dashboards.get(open_id)
        if board is None or board.override is None:
            return
        project = desk.state.project
        now = desk.now().astimezone(zone(project.timezone if project else None))
        changes = [
            *changes_in_words(saved_of(board), board.override.filters, now),
            *(f"SQL variable {variable_words(one)}" for one in board.override.variables),
        ]
        row = board.dashboard.row
        why_not = "" if row.editable else NOT_EDITOR
        if desk.online is None or desk.state.offline is not None:
            why_not = why_not or NO_NETWORK
        made = SaveFilters(desk.theme, title_of(row), changes, why_not, desk.window)
        made.save_requested.connect(self._on_save)
        made.destroyed.connect(self._on_gone)
        self._dialog, self._dashboard = made, open_id
        if desk.online is not None and not self._hears:
            self._hears = True
            desk.online.filters.was_saved.connect(self._on_saved)
            desk.online.filters.not_saved.connect(self._on_not_saved)
        made.open()

    @Slot()
    def _on_save(self) -> None:
        if self._desk.online is not None:
            self._desk.online.filters.save(self._dashboard)

    @Slot(int)
    def _on_saved(self, dashboard_id: int) -> None:
        if self._dialog is not None and dashboard_id == self._dashboard:
            self._dialog.accept()
            self._desk.window.notice.set_message("Saved: everyone sees these filters now.")

    @Slot(int, object)
    def _on_not_saved(self, dashboard_id: int, failure: Failure) -> None:
        if self._dialog is not None and dashboard_id == self._dashboard:
            self._dialog.set_failure(failure)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Ask no more, and wait for no answer, where somebody else asks by now."""
        if changes.session and self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
