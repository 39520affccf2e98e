"""Makes, copies, deletes and brings back the team's dashboards from a window."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from phdesk.core.gone import Gone, gone_by_log, together
from phdesk.core.listing import title_of
from phdesk.core.new_dashboards import PLACES
from phdesk.core.refused import FOUND, LOOKING, MAYBE_MADE, TURNED_UP, at_fields, doubted, is_unsure
from phdesk.models.activity import Activity
from phdesk.models.dashboard import Dashboard, DashboardDraft, DashboardRow
from phdesk.models.failure import Cause, Failure
from phdesk.services import making
from phdesk.services.calls import Calls
from phdesk.services.failures import advice
from phdesk.services.layouts import VIEWER
from phdesk.services.making_once import Hopes, Made, Once
from phdesk.store.changes import without_row
from phdesk.store.state import Changes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.elsewhere import go_elsewhere
from phdesk.views.desk.late import copy_dialog, delete_dialog, restore_dialog
from phdesk.views.desk.new_dashboards import UNTAGGED, NewDashboards
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.copy_dashboard import CopyDashboard
from phdesk.views.dialogs.restore_dashboard import RestoreDashboard

MADE, GONE = "made dashboard", "deleted dashboard"  # whose a change is that the notice speaks of
NOT_SIGNED_IN = "Sign in to make dashboards."
CONNECTING = "phdesk is still connecting to PostHog. Try it again in a moment."
READING = "Reading the activity log…"
MAYBE = "PostHog may have done it all the same: look at the list before you try again."


class DashboardWork(QObject):
    """Made when something is first asked for; one dialog at a time."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._new = NewDashboards(desk)
        self._dialog: QDialog | None = None
        self._gone: list[Gone] = []  # deleted from this window, the newest first
        self._told: tuple[Gone, ...] = ()  # by the activity log
        self._last: tuple[int, str, bool] | None = None  # that the notice speaks of
        self._copies = Once[DashboardRow]()
        desk.store.changed.connect(self._on_changed)
        desk.window.notice.undo_requested.connect(self._on_undo)
        desk.window.closed.connect(self._close)  # others may share its network
        self._new.made.connect(self._on_made)

    def ask_new(self) -> None:
        """Ask for a new dashboard."""
        calls = self._calls
        if calls is not None:
            self._new.open(calls)

    def ask_restore(self) -> None:
        """Ask which deleted dashboard is to come back."""
        calls = self._calls
        if calls is None:
            return
        dialog = restore_dialog()(self._desk.theme, self._window)
        dialog.set_log(READING)
        dialog.restore_requested.connect(self._on_restore)
        self._show(dialog)
        self._list_gone()
        calls.ask(making.read_log_of_dashboards, done=self._on_log, failed=self._on_no_log)

    def ask_copy(self, row: DashboardRow) -> None:
        """Ask for a copy of a dashboard, as it is now."""
        calls = self._calls
        if calls is None:
            return
        dialog = copy_dialog()(self._desk.theme, title_of(row), self._window)
        dialog.fields.set_rows(self._desk.state.rows.items)
        dialog.set_sending(on=True)
        dialog.copy_requested.connect(partial(self._on_copy, row.id))
        self._show(dialog)
        self._copies.begin()
        calls.ask(
            partial(making.read_copy, source=row.id),
            done=partial(self._on_described, dialog),
            failed=partial(self._on_not_copied, dialog),
        )

    def ask_delete(self, row: DashboardRow) -> None:
        """Ask whether a dashboard is to be deleted."""
        if self._calls is None:
            return
        if not row.editable:
            self._window.notice.set_message(f"Not deleted: {VIEWER.message}")
            return
        listed = next((one for one in self._desk.state.rows.items if one.id == row.id), row)
        shared = row.is_shared or listed.is_shared
        dialog = delete_dialog()(self._desk.theme, title_of(row), self._window, shared=shared)
        dialog.delete_requested.connect(partial(self._on_delete, row))
        self._show(dialog)

    @property
    def _calls(self) -> Calls | None:
        """Give who asks the server, or say why there is none."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            waiting = self._desk.state.account is not None
            self._window.notice.set_message(CONNECTING if waiting else NOT_SIGNED_IN)
            return None
        return online.calls

    def _show(self, dialog: QDialog) -> None:
        self._close()
        self._dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        if self.sender() in (None, self._dialog):
            self._dialog = None

    @Slot(int, str, bool, str)
    def _on_made(
        self,
        dashboard_id: int,
        name: str,
        whole: bool,  # noqa: FBT001
        note: str,
    ) -> None:
        """Open what was made, and offer to take it back."""
        self._last = dashboard_id, name, whole
        self._open(dashboard_id)
        said = f"“{name}” was made, for everyone. {note}".rstrip()
        self._window.notice.set_undoable(said, MADE)

    def _open(self, dashboard_id: int) -> None:
        self._list()
        self._pages.open_dashboard(dashboard_id)
        self._window.focus_page()

    def _on_described(
        self, dialog: CopyDashboard, found: tuple[DashboardDraft, Mapping[str, Any]]
    ) -> None:
        if dialog is self._dialog:
            dialog.set_sending(on=False)
            dialog.set_draft(found[0])

    def _on_copy(self, source: int, draft: DashboardDraft, deep: bool) -> None:  # noqa: FBT001
        calls, dialog = self._calls, self._dialog
        if calls is None or not isinstance(dialog, CopyDashboard):
            return
        dialog.set_sending(on=True)
        dialog.set_wrong({})
        wish = making.copy_wish(self._desk.where, draft, source, deep=deep)
        hopes = Hopes(
            partial(self._on_copied, dialog, draft, deep),
            partial(self._on_not_copied, dialog),
            partial(self._on_copy_lost, dialog),
        )
        self._copies.make(calls.ask, wish, hopes)

    def _on_copied(
        self,
        dialog: CopyDashboard,
        draft: DashboardDraft,
        deep: bool,  # noqa: FBT001
        made: Made[DashboardRow],
    ) -> None:
        row = made.one
        if made.other and dialog is self._dialog:
            self._list()
            dialog.set_sending(on=False)
            dialog.set_wrong({"": TURNED_UP.format(title_of(row))})
            return
        if dialog is self._dialog:
            dialog.close()
        notes = (FOUND if made.lost else "", UNTAGGED if draft.tags and not row.tags else "")
        self._on_made(row.id, title_of(row), deep, " ".join(filter(None, notes)))

    def _on_copy_lost(self, dialog: CopyDashboard) -> None:
        if dialog is self._dialog:
            dialog.set_wrong({"": LOOKING})

    def _on_not_copied(self, dialog: CopyDashboard, failure: Failure) -> None:
        said = f"Not duplicated: {self._told_truly(failure, MAYBE_MADE)}"
        if dialog is self._dialog:
            dialog.set_sending(on=False)
            dialog.set_wrong(at_fields(failure, PLACES, said))
        else:  # it was closed meanwhile
            self._window.notice.set_message(said)

    def _on_delete(self, row: DashboardRow, with_insights: bool) -> None:  # noqa: FBT001
        calls = self._calls
        if calls is not None:
            calls.ask(
                partial(making.delete_dashboard, dashboard_id=row.id, with_insights=with_insights),
                done=partial(self._on_deleted, row.id, title_of(row)),
                failed=partial(self._tell, "Not deleted"),
            )

    def _on_deleted(self, dashboard_id: int, name: str, _answer: Dashboard) -> None:
        desk = self._desk
        self._gone.insert(0, Gone(id=dashboard_id, name=name, at=desk.now()))
        desk.store.apply(without_row, dashboard_id)
        if desk.open_id == dashboard_id:
            go_elsewhere(desk, self._pages, dashboard_id)
        self._list()
        self._last = dashboard_id, name, False
        said = f"“{name}” was deleted, for everyone."
        self._window.notice.set_undoable(said, GONE, by_key=True)

    @Slot(object)
    def _on_restore(self, dashboard_id: int) -> None:
        if isinstance(self._dialog, RestoreDashboard):
            self._dialog.set_sending(on=True)
            self._dialog.set_trouble("")
        self._restore(dashboard_id)

    def _restore(self, dashboard_id: int) -> None:
        calls = self._calls
        if calls is not None:
            calls.ask(
                partial(making.restore_dashboard, dashboard_id=dashboard_id),
                done=self._on_restored,
                failed=self._on_not_restored,
            )

    def _on_restored(self, back: Dashboard) -> None:
        self._gone = [one for one in self._gone if one.id != back.row.id]
        if isinstance(self._dialog, RestoreDashboard):
            self._dialog.close()
        self._open(back.row.id)
        self._window.notice.set_done(f"“{title_of(back.row)}” is back, for everyone.")

    def _on_not_restored(self, failure: Failure) -> None:
        text = self._told_truly(failure)
        unknown = failure.cause is Cause.NOT_FOUND
        if unknown:
            text = "This project never had a dashboard of that number."
        if isinstance(self._dialog, RestoreDashboard):
            self._dialog.set_sending(on=False)
            self._dialog.set_trouble(f"Not restored: {text}", unknown=unknown)
        else:
            self._window.notice.set_message(f"Not restored: {text}")

    def _on_log(self, log: tuple[Activity, ...]) -> None:
        self._told = gone_by_log(log, {row.id for row in self._desk.state.rows.items})
        if isinstance(self._dialog, RestoreDashboard):
            self._dialog.set_log("")
            self._list_gone()

    def _on_no_log(self, failure: Failure) -> None:
        if isinstance(self._dialog, RestoreDashboard):
            self._dialog.set_log(f"The activity log cannot be read: {_words(failure)}")

    def _list_gone(self) -> None:
        if isinstance(self._dialog, RestoreDashboard):
            there = {row.id for row in self._desk.state.rows.items}
            found = together(self._gone, self._told, there)
            self._dialog.set_gone(found, self._desk.now())

    @Slot(str)
    def _on_undo(self, whose: str) -> None:
        """Take back what the notice speaks of."""
        calls = self._calls if whose in (MADE, GONE) else None
        if calls is None or self._last is None:
            return
        dashboard_id, name, whole = self._last
        if whose == GONE:
            self._restore(dashboard_id)
        else:
            calls.ask(
                partial(making.delete_dashboard, dashboard_id=dashboard_id, with_insights=whole),
                done=partial(self._on_deleted, dashboard_id, name),
                failed=partial(self._tell, "Not undone"),
            )

    def _tell(self, what: str, failure: Failure) -> None:
        self._window.notice.set_message(f"{what}: {self._told_truly(failure)}")

    def _told_truly(self, failure: Failure, doubt: str = MAYBE) -> str:
        """Say why; where nobody knows what came of it, so, and read the list again."""
        if is_unsure(failure):
            self._list()
        return doubted(_words(failure), failure, doubt)

    def _list(self) -> None:
        if self._desk.online is not None:
            self._desk.online.list_dashboards()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Forget what belongs to an account or project that was left."""
        if changes.session:
            self._gone, self._told, self._last = [], (), None
            self._close()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()


def _words(failure: Failure) -> str:
    said = advice(failure)
    return f"{said.what} {said.remedy}" if failure.scope else said.what
