"""Puts reports together on screen: asks PostHog for both periods, writes them, keeps files."""

import os
import re
from collections import Counter
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from phdesk.core.listing import title_of
from phdesk.core.reporting.boards import PREFIX, Own
from phdesk.core.reporting.building import Made
from phdesk.models.failure import Failure
from phdesk.models.report import Report, ReportFormat
from phdesk.services.background import Ticket
from phdesk.services.places import places
from phdesk.services.report_runs import folder_of
from phdesk.services.report_session import keep, made_in
from phdesk.store.state import Changes, DashboardState, TileState
from phdesk.views.dashboard.title_line import bare
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import report_dialog
from phdesk.views.dialogs.report import FORMS, Offer
from phdesk.views.export.filing import named_as
from phdesk.views.export.paper import Paper
from phdesk.views.export.report import report_file
from phdesk.views.export.stepping import Stepper
from phdesk.views.theme import light

REPORT = "Make a report…"
NOTHING = "Open a dashboard to report on it."
UNDER_WAY = "report"
STOPPED = "Stopped: no report was made."
ASKING = "Asking PostHog for both periods…"
BUSY = "Another report is still being made."
STARTING = "phdesk is still connecting to PostHog."
OF_DEMO = "The demo ends with phdesk: it makes no reports by itself."
LEFT_IT = "No report was made: phdesk went over to another project meanwhile."
LONGEST_NAME = 80


class Reports(QObject):
    """Made after the first paint; the dialog when it is asked for."""

    finished = Signal(str)  # what became of it

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._path = Path()
        self._form: ReportFormat = "pdf"
        self._asking = False
        self._ticket: Ticket | None = None
        self._work = Stepper(self)
        self._work.finished.connect(self._on_written)
        self._work.failed.connect(self._on_refused)
        self._window.add_action(REPORT, "", self.ask)
        self._window.report_requested.connect(self.ask)
        self._window.closed.connect(self._work.stop)
        self._window.notice.stop_requested.connect(self._on_stop)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def ask(self) -> None:
        """Ask what a report tells."""
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        if board is None:
            self._window.notice.set_message(NOTHING)
        elif self._asking or self._work.busy:
            self._window.notice.set_message(BUSY)
        else:
            dialog = report_dialog()(self._desk.theme, self._offer(board), self._window)
            dialog.make_requested.connect(self._ask_where)
            dialog.keep_requested.connect(self._keep)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _offer(self, board: DashboardState) -> Offer:
        state, row = self._desk.state, board.dashboard.row
        views = self._window.screen_page.views
        here = (view for one, view in views.items() if self._is_here(board.tiles.get(one)))
        shown = [view for view in here if not bare(view) and view.short_id]
        often = Counter(view.title for view in shown)
        demo = state.account is not None and state.account.is_demo
        others: list[tuple[int | str, str]] = [
            (one.id, title_of(one)) for one in state.rows.items if one.id != row.id
        ]
        others += [
            (f"{PREFIX}{one.name}", one.name) for one in self._desk.boards if one.page != row.id
        ]
        return Offer(
            dashboard=row.id if row.id > 0 else f"{PREFIX}{title_of(row)}",
            title=title_of(row),
            tiles=[(v.title if often[v.title] == 1 else v.short_id, v.title) for v in shown],
            others=others,
            host=state.account.host if state.account is not None else "",
            project=state.project.id if state.project is not None else None,
            folder=str(Path.home() / "Reports"),
            no_schedule=OF_DEMO if demo else "",
        )

    def _is_here(self, held: TileState | None) -> bool:
        """Tell whether a tile is of this window's project, as all of a dashboard are."""
        state = self._desk.state
        if held is None or held.origin is None:
            return True
        where, account, project = held.origin, state.account, state.project
        return (
            account is not None
            and project is not None
            and where.account is not None
            and (where.account.id, where.project.id) == (account.id, project.id)
        )

    @Slot(object, str)
    def _ask_where(self, report: Report, form: str) -> None:
        title = next(text for text, kind in FORMS if kind == form)
        dialog = QFileDialog(self._window, "Report", _name(report, form), f"{title} (*.{form})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.fileSelected.connect(partial(self._ask_posthog, report, form))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_posthog(self, report: Report, form: str, chosen: str) -> None:
        online = self._desk.online
        if online is None:
            self._window.notice.set_message(STARTING)
            return
        self._path, self._form = named_as(chosen, form), cast("ReportFormat", form)
        self._asking = True
        self._window.notice.set_under_way(ASKING, UNDER_WAY)
        account = self._desk.state.account
        own = Own(boards=tuple(self._desk.boards), accounts=(account.id,) if account else ())
        self._ticket = online.calls.ask(
            partial(made_in, report, own, self._desk.now()),
            done=self._on_made,
            failed=self._on_failed,
            tag=f"report {self._desk.viewer}",
        )

    def _on_made(self, made: Made) -> None:
        self._asking = False
        theme = light(colorblind=self._desk.theme.colorblind)
        self._work.begin(report_file(made, self._form, self._path, theme, Paper()))

    @Slot(str)
    def _on_stop(self, what: str) -> None:
        if what == UNDER_WAY and (self._asking or self._work.busy):
            if self._ticket is not None:
                self._ticket.cancel()
            self._asking = False
            self._work.stop()
            self._tell(STOPPED, good=True)

    def _on_failed(self, failure: Failure) -> None:
        self._asking = False
        self._tell(f"No report was made: {failure.message}", good=False)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        """Wait no more for what was asked of another project: no answer of it comes."""
        if changes.session and self._asking:
            self._asking = False
            self._tell(LEFT_IT, good=False)

    @Slot(object)
    def _on_written(self, _value: object) -> None:
        self._tell(f"Made {self._path.name}.", good=True)

    @Slot(str)
    def _on_refused(self, why: str) -> None:
        self._tell(f"No report was made: {why}.", good=False)

    @Slot(object)
    def _keep(self, report: Report) -> None:
        """Keep a report in the folder in which what is due is looked for."""
        worker = self._desk.worker
        if worker is None:
            self._window.notice.set_message(STARTING)
            return
        path = _free(folder_of(places(os.environ)) / f"{_plain(report.title)}.toml")
        worker.submit(
            partial(keep, report, path),
            done=partial(self._on_kept, path),
            failed=self._on_failed,
            tag="report",
        )

    def _on_kept(self, path: Path, problem: str | None) -> None:
        words = f"Kept {path.name} in {path.parent}: change it there, or remove it to end it."
        self._tell(problem or words, good=problem is None)

    def _tell(self, words: str, *, good: bool) -> None:
        if good:
            self._window.notice.set_done(words)
        else:
            self._window.notice.set_message(words)
        self.finished.emit(words)


def _name(report: Report, form: str) -> str:
    return f"{_plain(report.title)}.{form}"


def _plain(title: str) -> str:
    return re.sub(r"[^\w\- ]+", "", title).strip()[:LONGEST_NAME] or "Report"


def _free(path: Path) -> Path:
    """Give a name that is not taken: a report of a person is never written over."""
    made, number = path, 2
    while made.exists():
        made, number = path.with_stem(f"{path.stem} {number}"), number + 1
    return made
