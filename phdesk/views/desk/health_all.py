"""Checks all dashboards of the project, one after another in the background class."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from msgspec import structs
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.health.finding import Finding, ProjectFacts, Report
from phdesk.core.health.judging import joined, judged_anew
from phdesk.core.refused import doubted
from phdesk.core.sharing_words import link_words, refusal_words
from phdesk.models.failure import Failure
from phdesk.models.insight import SavedInsight
from phdesk.models.sharing import Sharing as Held
from phdesk.services import sharing
from phdesk.services.background import Ticket
from phdesk.services.failures import advice
from phdesk.services.health import (
    Begun,
    Outcome,
    Part,
    beginning_of_all,
    outcome,
    some_of_all,
)
from phdesk.services.insight_deleting import bring_back, delete_unused
from phdesk.services.session import Session
from phdesk.services.sharing import Shareable
from phdesk.store.state import Changes
from phdesk.views.desk.arriving import Arriving
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.health import AGAIN
from phdesk.views.desk.late import health_dialog
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.health import Health as Dialog

T = TypeVar("T")
CHECK_ALL = "Check all dashboards of the project"
TITLE = "Check of all dashboards"
NOT_SIGNED_IN = "Sign in to check all dashboards."
LOOKING = (
    "All dashboards are being read, one after another in the background, so that other calls go "
    "first. This can take minutes."
)
FAR = "{} of {} dashboards are read. About 40 a minute are, so that other calls go first."
FEW = 5  # dashboards at a time, after which it is said how far it is
ASK = (
    "Delete “{}” for everyone? First phdesk looks whether a dashboard, alert, subscription or link "
    "uses it. It cannot see notebooks."
)
SEARCHING = "phdesk looks what uses “{}”…"


class HealthOfAll(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    checked = Signal()  # all of the project

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages = desk, desk.window, pages
        self._dialog: Dialog | None = None
        self._report = Report()
        self._around: ProjectFacts | None = None
        self._deleted: set[int] = set()  # insights, since they were read
        self._note = ""
        self._begun: Begun | None = None  # of the check that goes on
        self._parts: list[Part] = []
        self._waiting: list[int] = []  # dashboards that were not read yet
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
        self._begun, self._parts = None, []
        self._ask(beginning_of_all(self._desk.now()), self._on_begun)

    def _ask(self, work: Callable[[Session], Awaitable[T]], done: Callable[[T], None]) -> None:
        if self._desk.online is not None:
            tag = f"health of all for {self._desk.viewer}"
            self._ticket = self._desk.online.calls.ask(
                work, done=done, failed=self._refused, tag=tag
            )

    def _on_begun(self, begun: Begun) -> None:
        self._begun, self._waiting = begun, list(begun.listed)
        self._go_on()

    def _on_part(self, part: Part) -> None:
        self._parts.append(part)
        self._go_on()

    def _go_on(self) -> None:
        """Read some more, or end with what was read."""
        begun, dialog = self._begun, self._dialog
        if begun is None or dialog is None:
            return
        if not self._waiting:
            self._came(outcome(begun, self._parts))
            return
        some, self._waiting = self._waiting[:FEW], self._waiting[FEW:]
        if self._parts:
            done = len(begun.listed) - len(some) - len(self._waiting)
            dialog.set_looking(FAR.format(done, len(begun.listed)))
        self._ask(some_of_all(begun, some), self._on_part)

    def _came(self, found: Outcome) -> None:
        self._report, self._around, self._ticket = found.report, found.around, None
        self._deleted.clear()
        count = found.report.boards
        self._note = "1 dashboard was read." if count == 1 else f"{count} dashboards were read."
        self._fill()
        if found.missing and self._dialog is not None:
            first = next(iter(found.missing.values()))
            self._dialog.set_trouble(f"{len(found.missing)} could not be read: {first.message}")
        self.checked.emit()

    def _fill(self) -> None:
        if self._dialog is not None:
            self._dialog.set_report(self._report, self._note)

    def _refused(self, failure: Failure) -> None:
        self._ticket = None
        if self._dialog is None:
            return
        if self._begun is not None and self._parts:  # what was found stays
            self._report = joined([part.report for part in self._parts])
            every = len(self._begun.listed)
            self._note = f"Only {self._report.boards} of {every} dashboards were read."
            self._fill()
        else:
            self._dialog.set_looking("Nothing was checked.")
        self._dialog.set_trouble(refusal_words(failure))

    @Slot(object)
    def _on_go(self, finding: Finding) -> None:
        if finding.board:
            Arriving(self._desk, self._pages, finding.board, finding.tile or None)
            self._window.activateWindow()
        else:
            self._desk.browse_insight(finding.short_id)

    @Slot(object)
    def _on_fix(self, finding: Finding) -> None:
        """Do what needs no dashboard to be open: end a link; delete an insight, after asking."""
        if self._dialog is None:
            return
        self._dialog.line.clear()
        self._dialog.set_trouble("")
        if finding.insight:
            words, act = ASK.format(finding.title), partial(self._delete, finding)
            self._dialog.line.ask(words, "Delete", act, no="Keep it")
        else:
            self._switch(finding, on=False)

    def _delete(self, finding: Finding) -> None:
        if self._dialog is not None and self._desk.online is not None:
            self._dialog.line.tell(SEARCHING.format(finding.title))
            self._desk.online.calls.ask(
                partial(delete_unused, number=finding.insight),
                done=partial(self._on_deleted, finding),
                failed=partial(self._not_changed, "Not deleted"),
            )

    def _on_deleted(self, finding: Finding, used: str) -> None:
        if used:
            self._complain(f"“{finding.title}” was not deleted: {used}.")
            return
        self._deleted.add(finding.insight)
        self._judge_anew()
        said = f"“{finding.title}” was deleted, for everyone."
        if self._dialog is not None:
            self._dialog.line.tell(said, partial(self._bring_back, finding))
        else:
            self._window.notice.set_done(said)

    def _bring_back(self, finding: Finding) -> None:
        if self._desk.online is not None:
            self._desk.online.calls.ask(
                partial(bring_back, number=finding.insight),
                done=partial(self._on_back, finding),
                failed=partial(self._not_changed, "Not undone"),
            )

    def _on_back(self, finding: Finding, _saved: SavedInsight) -> None:
        self._deleted.discard(finding.insight)
        self._judge_anew()
        said = f"“{finding.title}” is back, for everyone."
        if self._dialog is not None:
            self._dialog.line.tell(said)
        else:
            self._window.notice.set_done(said)

    def _judge_anew(self) -> None:
        """Judge the project without what was deleted since."""
        if self._around is None or self._around.insights is None:
            return
        there = [one for one in self._around.insights if one.insight.id not in self._deleted]
        around = structs.replace(self._around, insights=tuple(there))
        self._report = judged_anew(self._report, around)
        self._fill()

    def _not_changed(self, what: str, failure: Failure) -> None:
        said = advice(failure)
        words = f"{said.what} {said.remedy}" if failure.scope else said.what
        self._complain(f"{what}: {doubted(words, failure, AGAIN)}")

    def _complain(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.line.clear()
            self._dialog.set_trouble(text)
        else:
            self._window.notice.set_message(text)

    def _switch(self, finding: Finding, token: str = "", *, on: bool) -> None:
        if self._desk.online is not None:
            self._desk.online.calls.ask(
                sharing.switch(Shareable("dashboards", finding.board), on=on),
                done=partial(self._switched, finding, token),
                failed=self._not_done,
            )

    def _switched(self, finding: Finding, token: str, held: Held) -> None:
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
            self._dialog.line.tell(f"“{name}” is shared again, with {link_words(held, token)}.")
        else:
            back = partial(self._switch, finding, held.token, on=True)
            self._dialog.line.tell(f"The link to “{name}” leads nowhere now.", back)

    def _not_done(self, failure: Failure) -> None:
        if self._dialog is not None:
            said = doubted(refusal_words(failure), failure, AGAIN)
            self._dialog.set_trouble(f"Not done: {said}")

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
        self._dialog, self._around = None, None
        if self._ticket is not None:
            self._ticket.cancel()  # nobody waits for it
            self._ticket = None
