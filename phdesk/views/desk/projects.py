"""Choosing another project of the account, for this window or for one beside it."""

from PySide6.QtCore import QObject, Qt, Slot

from phdesk.models.account import Project
from phdesk.services.settings import KeptWindow
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import project_dialog
from phdesk.views.desk.sessions import Sessions
from phdesk.views.dialogs.choose_project import ChooseProject

CHOOSE = "Choose a project"


class Projects(QObject):
    """Made after the first paint; lists what is known at once, and what the key opens then."""

    def __init__(self, desk: Desk, sessions: Sessions) -> None:
        super().__init__(desk)
        self._desk, self._sessions = desk, sessions
        self._dialog: ChooseProject | None = None
        desk.window.projects_requested.connect(self.show)
        desk.store.changed.connect(self._on_changed)
        desk.window.add_action(CHOOSE, "Ctrl+Shift+P", self.show)

    @Slot()
    def show(self) -> None:
        """Ask which project to open."""
        online = self._desk.online
        if self._desk.state.account is None or online is None:
            return
        dialog = project_dialog()(self._desk.theme, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.offer_window()
        dialog.project_chosen.connect(self._on_chosen)
        dialog.window_requested.connect(self._on_window)
        dialog.destroyed.connect(self._on_gone)
        self._dialog = dialog
        self._fill()
        dialog.open()
        online.list_projects()

    def _fill(self) -> None:
        state = self._desk.state
        if self._dialog is not None and state.project is not None:
            known = state.projects or (state.project,)
            self._dialog.set_projects(known, state.project.id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._fill()

    @Slot(int)
    def _on_chosen(self, project_id: int) -> None:
        state = self._desk.state
        if state.project is not None and state.project.id != project_id:
            known = {project.id: project for project in state.projects}
            self._sessions.choose_project(known.get(project_id, Project(id=project_id)))

    @Slot(int)
    def _on_window(self, project_id: int) -> None:
        account = self._desk.state.account
        if account is not None:
            self._desk.window_requested.emit(KeptWindow(account=account.id, project=project_id))

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
