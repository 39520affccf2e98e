"""Offers to make, copy, delete and bring back the team's dashboards; the rest comes when asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton

from phdesk.models.dashboard import DashboardRow
from phdesk.views import theme as look
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import access_page, dashboard_work
from phdesk.views.desk.pages import Pages

if TYPE_CHECKING:
    from phdesk.views.desk.access_page import AccessPage
    from phdesk.views.desk.dashboard_work import DashboardWork

NEW = "New dashboard…"
COPY = "Duplicate the dashboard…"
DELETE = "Delete the dashboard for everyone…"
RESTORE = "Restore a deleted dashboard…"
ACCESS = "Access and activity of the dashboard…"
NONE_OPEN = "Open a dashboard of the team first."


class Dashboards(QObject):
    """Made after the first paint; its actions have keys, or are found by name and in menus."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._made: DashboardWork | None = None
        self._access: AccessPage | None = None
        self._button = QToolButton()
        self._button.setText("New dashboard")
        self._button.setToolTip("New dashboard (Ctrl+N)")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._button.setIconSize(QSize(14, 14))
        self._button.clicked.connect(self.ask_new)
        self._dress(desk.theme)
        desk.theme_changed.connect(self._dress)
        desk.window.sidebar.add_foot(self._button)
        desk.window.sidebar.board_requested.connect(self._on_listed)
        desk.window.add_action(NEW, "Ctrl+N", self.ask_new)
        for text, slot in (
            (COPY, self.ask_copy),
            (DELETE, self.ask_delete),
            (RESTORE, self.ask_restore),
            (ACCESS, self.show_access),
        ):
            desk.window.add_action(text, "", slot)  # found by name

    @Slot()
    def ask_new(self) -> None:
        """Ask for a new dashboard."""
        self._work.ask_new()

    @Slot()
    def ask_copy(self) -> None:
        """Ask for a copy of the dashboard that is open."""
        row = self._row
        if row is not None:
            self._work.ask_copy(row)

    @Slot()
    def ask_delete(self) -> None:
        """Ask whether the dashboard that is open is to be deleted."""
        row = self._row
        if row is not None:
            self._work.ask_delete(row)

    @Slot()
    def ask_restore(self) -> None:
        """Ask which deleted dashboard is to come back."""
        self._work.ask_restore()

    @Slot()
    def show_access(self) -> None:
        """Show who may do what with the dashboard that is open, and what was done to it."""
        row = self._row
        if row is None:
            return
        if self._access is None:
            self._access = access_page()(self._desk)
        self._access.open(row)

    @Slot(int, str)
    def _on_listed(self, dashboard_id: int, what: str) -> None:
        """Do with a dashboard of the list what is done with the open one; boards are others'."""
        rows = self._desk.state.rows.items
        row = next((one for one in rows if one.id == dashboard_id > 0), None)
        if row is not None:
            self._work.ask_copy(row) if what == "copy" else self._work.ask_delete(row)

    @property
    def _work(self) -> "DashboardWork":
        """Give what does it, made when it is first asked for."""
        if self._made is None:
            self._made = dashboard_work()(self._desk, self._pages)
        return self._made

    @property
    def _row(self) -> DashboardRow | None:
        """Give the dashboard that is open, or say that there is none."""
        board = self._desk.state.dashboards.get(self._desk.dashboard_id or 0)
        if board is None:
            self._window.notice.set_message(NONE_OPEN, of_page=True)
            return None
        return board.dashboard.row

    @Slot(object)
    def _dress(self, theme: look.Theme) -> None:
        self._button.setIcon(look.icon("plus", theme.muted))
