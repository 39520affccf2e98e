"""Shows who may do what with the open dashboard, and what was done to it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.core.access_words import access_lines
from phdesk.core.activity_words import activity_words, who_did
from phdesk.core.ages import absolute
from phdesk.core.listing import title_of
from phdesk.models.account import User
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Cause, Failure
from phdesk.services.failures import advice
from phdesk.services.making import Known, read_known
from phdesk.store.state import Changes
from phdesk.views.desk.dashboard_work import CONNECTING
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import access_dialog
from phdesk.views.dialogs.dashboard_access import DashboardAccess

NOT_SIGNED_IN = "Sign in to see who may do what."
NO_LOG = "This server keeps no log of dashboards."
EMPTY = "Nothing is written in the log."


class AccessPage(QObject):
    """Made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._dialog: DashboardAccess | None = None
        self._asked = 0  # the dashboard that is spoken of
        desk.window.closed.connect(self._close)
        desk.store.changed.connect(self._on_changed)

    def open(self, row: DashboardRow) -> None:
        """Show what the server tells of a dashboard."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            waiting = self._desk.state.account is not None
            self._window.notice.set_message(CONNECTING if waiting else NOT_SIGNED_IN)
            return
        self._close()
        self._asked = row.id
        dialog = self._dialog = access_dialog()(self._desk.theme, title_of(row), self._window)
        dialog.look_requested.connect(self._look)
        dialog.finished.connect(self._on_gone)
        dialog.open()
        self._look()

    @Slot()
    def _look(self) -> None:
        online = self._desk.online
        if online is None or self._dialog is None:
            return
        self._dialog.set_reading()
        online.calls.ask(
            partial(read_known, dashboard_id=self._asked),
            done=self._on_known,
            failed=self._on_failed,
            tag=f"access {id(self)}",
        )

    def _on_known(self, known: Known) -> None:
        dialog, desk = self._dialog, self._desk
        if dialog is None or known.row.id != self._asked:
            return
        project, now = desk.state.project, desk.now()
        user = known.user if isinstance(known.user, User) else None
        home = project.organization_id if project is not None else ""
        listed = next((row for row in desk.state.rows.items if row.id == known.row.id), known.row)
        lines = list(access_lines(known.row, user, home, now, None))
        if isinstance(known.user, Failure):
            lines.insert(1, ("Your role", _words(known.user)))
        if listed.is_shared and not known.row.is_shared:
            lines[-1] = access_lines(listed, user, home, now, None)[-1]
        dialog.set_lines(lines)
        if isinstance(known.log, Failure):
            gone = known.log.cause is Cause.NOT_FOUND
            dialog.set_no_log(NO_LOG if gone else _words(known.log))
        else:
            rows = [
                (absolute(one.at, now, None) if one.at else "", who_did(one), activity_words(one))
                for one in known.log
            ]
            dialog.set_log(rows, EMPTY)

    def _on_failed(self, failure: Failure) -> None:
        if self._dialog is not None:
            self._dialog.set_trouble(_words(failure))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.session:
            self._close()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None


def _words(failure: Failure) -> str:
    said = advice(failure)
    return f"{said.what} {said.remedy}" if failure.scope else said.what
