"""Checks the open dashboard by rules, and does what helps with one press, to be taken back."""

from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Slot

from phdesk.core.health.finding import BoardFacts, Finding, ProjectFacts
from phdesk.core.health.judging import judge
from phdesk.core.listing import title_of
from phdesk.core.refused import doubted
from phdesk.core.sharing_words import link_words, refusal_words
from phdesk.core.team_edits import Edit
from phdesk.models.account import Project
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.failure import Failure
from phdesk.models.sharing import Sharing as Held
from phdesk.services import sharing
from phdesk.services.health import LASTING, Facts, bare_facts, facts_of_one
from phdesk.services.sharing import Shareable
from phdesk.store.state import Changes, DashboardState, TileState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import health_dialog
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.health import Health as Dialog

CHECK = "Check this dashboard"
NONE_OPEN = "Open a dashboard of the team first."
FILTERED = "The check is of the dashboard's own filters: Shift+D brings those back."
LOOKING = "PostHog is being asked what is around the dashboard…"
AGAIN = "PostHog may have done it all the same: “Check again” shows it."
NOBODY = "nobody is signed in"
NAME = "Name and describe the dashboard…"  # as `edits` has it


class Health(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._dialog: Dialog | None = None
        self._number = 0  # of the dashboard
        self._row: DashboardRow | None = None  # as listed when the check began
        self._around: ProjectFacts | None = None  # None: being asked for
        self._sharing: Held | None = None
        self._no_sharing = ""
        self._waits = False  # for what becomes of a fix
        desk.window.add_action(CHECK, "", self.open)  # found by name
        desk.window.closed.connect(self._close)
        pages.turning.connect(self._close)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._on_online)
        self._on_online()

    @Slot()
    def open(self) -> None:
        """Check the dashboard on screen."""
        board = self._desk.state.dashboards.get(self._desk.dashboard_id or 0)
        if board is None:
            self._window.notice.set_message(NONE_OPEN, of_page=True)
            return
        if board.override is not None:
            self._window.notice.set_message(FILTERED)
            return
        self._close()
        row = board.dashboard.row
        self._number = row.id
        dialog = self._dialog = health_dialog()(
            self._desk.theme, f"Check of “{title_of(row)}”", self._window
        )
        dialog.look_requested.connect(self._look)
        dialog.go_requested.connect(self._on_go)
        dialog.fix_requested.connect(self._on_fix)
        dialog.finished.connect(self._on_gone)
        dialog.show()  # beside the window, which goes on
        self._look()

    @property
    def _board(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._number)

    @Slot()
    def _look(self) -> None:
        """Read anew what is around the dashboard; its own answers are known."""
        board, online = self._board, self._desk.online
        if board is None or self._dialog is None:
            return
        self._dialog.set_trouble("")
        self._around, self._sharing, self._no_sharing = None, None, ""
        self._row = next((one for one in self._desk.state.rows.items if one.id == self._number),
                         None)  # fmt: skip
        if online is None or not online.calls.ready:
            self._take_none(NOBODY)
            return
        self._dialog.set_looking(LOOKING)
        online.calls.ask(
            facts_of_one(board.dashboard, self._row, self._desk.now()),
            done=partial(self._came, self._number),
            failed=self._refused,
            tag=f"health of {self._desk.viewer}",
        )

    def _came(self, number: int, facts: Facts) -> None:
        if number == self._number:
            self._around = facts.around
            self._sharing, self._no_sharing = facts.board.sharing, facts.board.no_sharing
            self._judge()

    def _refused(self, failure: Failure) -> None:
        self._take_none(failure.message.rstrip("."))

    def _take_none(self, why: str) -> None:
        """Judge by what is known here."""
        bare = bare_facts(self._desk.state.project or Project(id=0), self._desk.now())
        self._around = structs.replace(bare, no_events=why)
        self._no_sharing = why
        self._judge()

    def _judge(self) -> None:
        board = self._board
        if board is None or self._dialog is None or self._around is None:
            return
        facts = BoardFacts(
            dashboard=answered(board),
            row=self._row,
            sharing=self._sharing,
            no_sharing=self._no_sharing,
        )
        self._dialog.set_report(judge([facts], self._around))

    @Slot(object)
    def _on_go(self, finding: Finding) -> None:
        self._window.show_dashboard_page()
        self._window.screen_page.grid.focus_tile(finding.tile)
        self._window.activateWindow()

    @Slot(object)
    def _on_fix(self, finding: Finding) -> None:
        """Do what the finding offers; what becomes of it is said in the dialog."""
        kind = finding.fix.kind if finding.fix is not None else ""
        if self._dialog is None:
            return
        self._dialog.set_trouble("")
        self._dialog.line.clear()
        if kind == "unshare":
            self._share(on=False)
        elif kind == "describe":
            self._window.activateWindow()
            self._trigger(NAME)
        else:
            self._waits = True
            self._window.screen_page.tile_edit_requested.emit(finding.tile, kind, None)

    def _trigger(self, name: str) -> None:
        for action in self._window.shortcut_actions:
            if action.text() == name:
                action.trigger()

    def _share(self, token: str = "", *, on: bool) -> None:
        if self._desk.online is not None:
            what = Shareable("dashboards", self._number)
            self._desk.online.calls.ask(
                sharing.switch(what, on=on),
                done=partial(self._shared, self._number, token),
                failed=self._not_done,
            )

    def _shared(self, number: int, token: str, held: Held) -> None:
        if self._desk.online is not None:
            self._desk.online.list_dashboards()
        if self._dialog is None or number != self._number:
            return  # another dashboard is being checked by now
        self._sharing = held
        self._judge()
        if held.enabled:
            self._dialog.line.tell(
                f"The dashboard is shared again, with {link_words(held, token)}."
            )
        else:
            back = partial(self._share, held.token, on=True)
            self._dialog.line.tell("The link to the dashboard leads nowhere now.", back)

    def _not_done(self, failure: Failure) -> None:
        if self._dialog is not None:
            said = doubted(refusal_words(failure), failure, AGAIN)
            self._dialog.set_trouble(f"Not done: {said}")

    @Slot()
    def _on_online(self) -> None:
        online = self._desk.online
        if online is not None:
            online.edits.done.connect(self._on_done)
            online.edits.refused.connect(self._on_not_made)

    @Slot(int, object, object)
    def _on_done(self, dashboard_id: int, _asked: Edit, made: Edit) -> None:
        if self._dialog is None or dashboard_id != self._number:
            return
        if not self._waits:
            self._dialog.line.clear()  # its "Undo" would take this back, not what it says
            return
        self._waits = False
        self._dialog.line.tell(made.said, self._undo if made.back is not None else None)

    def _undo(self) -> None:
        self._window.undo_requested.emit()

    @Slot(int, object, object)
    def _on_not_made(self, dashboard_id: int, failure: Failure, _asked: Edit | None) -> None:
        if self._waits and dashboard_id == self._number:
            self._waits = False
            self._not_done(failure)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._dialog is None:
            return
        if changes.session:
            self._close()
        elif self._number in changes.dashboards or changes.tiles_of(self._number):
            self._judge()

    @Slot()
    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog, self._waits = None, False


def answered(board: DashboardState) -> Dashboard:
    """Give a dashboard with the answers that its tiles show."""
    tiles = board.dashboard.tiles
    return structs.replace(
        board.dashboard, tiles=tuple(_answered(one, board.tiles.get(one.id)) for one in tiles)
    )


def _answered(tile: Tile, held: TileState | None) -> Tile:
    if held is None or held.insight is None:
        return tile
    failure = held.failure
    broken = failure.message if failure is not None and failure.cause in LASTING else None
    return structs.replace(tile, insight=structs.replace(held.insight, error=broken))
