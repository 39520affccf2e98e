"""Reads what a project has into the store: its list of dashboards, its zone, its sisters."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Failure
from phdesk.services.calls import Calls
from phdesk.services.reach import Reach
from phdesk.services.session import Session
from phdesk.store import changes
from phdesk.store.store import Store


class Lists(QObject):
    """Asks through the session of the moment; without one nothing is asked for."""

    told = Signal(str)  # a sentence for a notice

    def __init__(
        self,
        store: Store,
        calls: Calls,
        reach: Reach,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._calls, self._reach, self._now = store, calls, reach, now

    @Slot()
    def read_dashboards(self) -> None:
        """Read the list of dashboards."""
        if self._calls.ready:
            self._store.apply(changes.with_rows_loading)
            self._calls.ask(
                Session.read_rows,
                done=self._rows_came,
                failed=self._rows_failed,
                tag="dashboards",
            )

    @Slot()
    def read_again(self) -> None:
        """Read the list of dashboards anew, if that failed."""
        if self._store.state.rows.failure is not None:
            self.read_dashboards()

    def read_projects(self) -> None:
        """Read the projects that the account could switch to."""
        if self._calls.ready:
            self._calls.ask(
                Session.read_projects,
                done=self.take_projects,
                failed=self._tell_failure,
                tag="projects",
            )

    def read_project(self, session: Session, account: Account) -> None:
        """Read zone, currency and first day of the week; without them there are defaults."""
        self._calls.ask(
            Session.read_project,
            done=partial(self._project_came, session, account),
            failed=_accept,
            tag="project",
        )

    def take_projects(self, projects: Sequence[Project]) -> None:
        """Take the projects that the account could switch to."""
        self._store.apply(changes.with_projects, projects)

    def _project_came(self, session: Session, account: Account, project: Project) -> None:
        session.project = project
        self._store.apply(changes.with_account, account, project, anew=False)

    def _rows_came(self, rows: Sequence[DashboardRow]) -> None:
        self._reach.answers()
        self._store.apply(changes.with_rows, rows, now=self._now())

    def _rows_failed(self, failure: Failure) -> None:
        self._store.apply(changes.with_rows_failure, failure)
        self._reach.stumbles(failure)

    def _tell_failure(self, failure: Failure) -> None:
        self.told.emit(failure.message)


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
