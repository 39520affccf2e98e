"""Checks all dashboards of the project, one after another in the background class."""

from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.health.finding import Finding, Report
from phdesk.core.sharing_words import refusal_words
from phdesk.models.failure import Failure
from phdesk.models.sharing import Sharing as Held
from phdesk.services import sharing
from phdesk.services.background import Ticket
from phdesk.services.health import Outcome, report_of_all
from phdesk.services.sharing import Shareable
from phdesk.store.state import Changes
from phdesk.views.addresses import insight_address
from phdesk.views.desk.arriving import Arriving
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import health_dialog
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.health import Health as Dialog

CHECK_ALL = "Check all dashboards of the project"
TITLE = "Check of all dashboards"
NOT_SIGNED_IN = "Sign in to check all dashboards."
LOOKING = (
    "All dashboards are being read, one after another in the background, so that other calls go "
    "first. This can take minutes."
)


class HealthOfAll(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    checked = Signal()  # all of the project

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._dialog: Dialog | None = None
        self._report = Report()
        self._note = ""
        self._ticket: Ticket | None = None
        desk.window.add_action(CHECK_ALL, "", self.open)  # found by name
        desk.window.closed.connect(self._close)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Check all dashboards, and list what was found."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._window.notice.set_message(NOT_SIGNED_IN)
            return
        self._close()
        dialog = self._dialog = health_dialog()(self._desk.theme, TITLE, self._window, several=True)
        dialog.look_requested.connect(self._look)
        dialog.go_requested.connect(self._on_go)
        dialog.fix_requested.connect(self._on_fix)
        dialog.finished.connect(self._on_gone)
        dialog.show()  # beside the window, which goes on
        self._look()

    @Slot()
    def _look(self) -> None:
        if self._dialog is None or self._desk.online is None:
            return
        self._dialog.set_trouble("")
        self._dialog.set_looking(LOOKING)
        self._ticket = self._desk.online.calls.ask(
            partial(report_of_all, now=self._desk.now()),
            done=self._came,
            failed=self._refused,
            tag=f"health of all for {self._desk.viewer}",
        )

    def _came(self, outcome: Outcome) -> None:
        self._report, self._ticket = outcome.report, None
        count = outcome.report.boards
        self._note = "1 dashboard was read." if count == 1 else f"{count} dashboards were read."
        self._fill()
        if outcome.missing and self._dialog is not None:
            first = next(iter(outcome.missing.values()))
            self._dialog.set_trouble(f"{len(outcome.missing)} could not be read: {first.message}")
        self.checked.emit()

    def _fill(self) -> None:
        if self._dialog is not None:
            self._dialog.set_report(self._report, self._note)

    def _refused(self, failure: Failure) -> None:
        self._ticket = None
        if self._dialog is not None:
            self._dialog.set_looking("Nothing was checked.")
            self._dialog.set_trouble(refusal_words(failure))

    @Slot(object)
    def _on_go(self, finding: Finding) -> None:
        project = self._desk.state.project
        if finding.board:
            Arriving(self._desk, self._pages, finding.board, finding.tile or None)
            self._window.activateWindow()
        elif project is not None and self._desk.host:
            self._desk.browse(insight_address(self._desk.host, project.id, finding.short_id))

    @Slot(object)
    def _on_fix(self, finding: Finding) -> None:
        """End a link, which needs no dashboard to be open."""
        if self._dialog is not None:
            self._dialog.line.clear()
            self._dialog.set_trouble("")
        self._switch(finding, on=False)

    def _switch(self, finding: Finding, *, on: bool) -> None:
        if self._desk.online is not None:
            self._desk.online.calls.ask(
                sharing.switch(Shareable("dashboards", finding.board), on=on),
                done=partial(self._switched, finding),
                failed=self._not_done,
            )

    def _switched(self, finding: Finding, held: Held) -> None:
        others = tuple(one for one in self._report.findings if one != finding)
        found = (*others, finding) if held.enabled else others
        self._report = structs.replace(self._report, findings=found)
        if self._desk.online is not None:
            self._desk.online.list_dashboards()
        self._fill()
        if self._dialog is None:
            return
        name = finding.board_name
        if held.enabled:
            self._dialog.line.tell(f"“{name}” is shared again, with the same link.")
        else:
            back = partial(self._switch, finding, on=True)
            self._dialog.line.tell(f"The link to “{name}” leads nowhere now.", back)

    def _not_done(self, failure: Failure) -> None:
        if self._dialog is not None:
            self._dialog.set_trouble(f"Not done: {refusal_words(failure)}")

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._close()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None
        if self._ticket is not None:
            self._ticket.cancel()  # nobody waits for it
            self._ticket = None
