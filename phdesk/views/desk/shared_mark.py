"""A mark beside the name of a dashboard that everybody with a link can see."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QToolButton

from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.sharing import Sharing
from phdesk.views.theme import Theme, icon

WORD = "Shared"
MEANS = "Everybody with the link sees this dashboard. Press to see the link, or to end that."
LEAST = 24  # px


class SharedMark(QObject):
    """Made after the first paint; the mark when the first shared dashboard is shown."""

    def __init__(self, desk: Desk, pages: Pages, sharing: Sharing) -> None:
        super().__init__(desk)
        self._desk, self._sharing = desk, sharing
        self._mark: QToolButton | None = None
        desk.store.changed.connect(self._on_changed)
        desk.theme_changed.connect(self._dress)
        pages.opened.connect(self._update)
        self._update()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.rows or changes.dashboards or changes.account:
            self._update()

    @Slot()
    def _update(self) -> None:
        shared = self._is_shared()
        if shared and self._mark is None:
            self._mark = self._made()
        if self._mark is not None:
            self._mark.setVisible(shared)

    def _is_shared(self) -> bool:
        """Ask the list, which is read anew after each change; without it the dashboard itself."""
        state, number = self._desk.state, self._desk.dashboard_id
        listed = next((row for row in state.rows.items if row.id == number), None)
        board = state.dashboards.get(number or 0)
        row = listed or (board.dashboard.row if board is not None else None)
        return row is not None and row.is_shared

    def _made(self) -> QToolButton:
        made = QToolButton()
        made.setText(WORD)
        made.setToolTip(MEANS)
        made.setAccessibleName("Shared with everybody who has the link")
        made.setAccessibleDescription(MEANS)
        made.setMinimumSize(LEAST, LEAST)
        made.clicked.connect(self._sharing.open)
        self._desk.window.screen_page.top_rows.header.add_mark(made)
        self._mark = made
        self._dress(self._desk.theme)
        return made

    @Slot(object)
    def _dress(self, theme: Theme) -> None:
        if self._mark is not None:
            self._mark.setIcon(icon("globe", theme.warn))
