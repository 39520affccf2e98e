"""Takes wishes to change a dashboard for the team, and says what became of them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from phdesk.core import team_edits
from phdesk.core.edit_steps import EditSteps
from phdesk.core.finding import Entry, index
from phdesk.core.names import insight_title, kind_label
from phdesk.core.question import read_question
from phdesk.core.refused import FOUND, LOOKING, MAYBE, MAYBE_MADE, doubted
from phdesk.core.team_edits import Edit
from phdesk.models.dashboard import Tile
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.store.state import DashboardState
from phdesk.views.desk.alerts import ALERTS
from phdesk.views.desk.dashboards import ACCESS, COPY, DELETE
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.health import CHECK
from phdesk.views.desk.insight_said import GIVEN_UP
from phdesk.views.desk.insights import HERE
from phdesk.views.desk.sharing import SHARE
from phdesk.views.desk.snapshots import SAVE_SNAPSHOT, SAVE_WITHOUT_PEOPLE
from phdesk.views.desk.subscriptions import SUBSCRIPTIONS
from phdesk.views.desk.walls import MONITOR_MODE
from phdesk.views.desk.wording import Again, Wording
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

SIGN_IN = Failure(cause=Cause.NO_KEY, message="sign in first.")
NO_ANSWER = Failure(cause=Cause.NETWORK, message=GIVEN_UP)
NOT_NOW = Failure(cause=Cause.NETWORK, message="phdesk is still connecting to PostHog.")
WHOLE = (ACCESS, COPY, DELETE)  # what is done with a dashboard as a whole
PASSING_ON = (SUBSCRIPTIONS, SHARE)
NO_EDITS = ("subscriptions", "share", "insight", "why")  # other parts of the window hear of these
TEAM = "team"  # whose a change is that the notice speaks of
PIN = "Pin the dashboard for everyone, or unpin it"
NAME = "Name and describe the dashboard…"
TEXT = "Add a text card…"
INSIGHT = "Add an insight…"
LISTING = "Reading the project's saved insights…"


class Edits(QObject):
    """Made after the first paint; its actions are found by name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._wording = Wording(desk, self._make)
        self._steps = EditSteps()
        self._told = 0  # the dashboard of which the notice speaks
        self._adding = 0  # the dashboard for which insights are listed
        self._asked: list[Edit] = []  # by this window; others may share the network
        self._written: list[tuple[Edit, Again]] = []  # brings the words back
        desk.window.screen_page.tile_edit_requested.connect(self._on_tile)
        desk.window.screen_page.menu_requested.connect(self._open_menu)
        desk.window.notice.undo_requested.connect(self._on_undo_told)
        desk.window.undo_requested.connect(self._on_undo)
        desk.window.redo_requested.connect(self._on_redo)
        desk.online_arrived.connect(self._on_online)
        for text, slot in (
            (NAME, self.ask_name),
            (PIN, self.toggle_pin),
            (TEXT, self.ask_text),
            (INSIGHT, self.ask_insight),
        ):
            desk.window.add_action(text, "", slot)  # found by name
        self._on_online()

    @Slot()
    def toggle_pin(self) -> None:
        """Pin the open dashboard in everybody's list, or no longer."""
        board = self._board
        if board is not None:
            row = board.dashboard.row
            self._make(row.id, team_edits.pinned(row, on=not row.pinned))

    @Slot()
    def ask_name(self) -> None:
        """Ask for name, description and tags of the open dashboard."""
        board = self._board
        if board is not None and self._may(board):
            row = board.dashboard.row
            self._wording.ask_name(row.id, (row.name, row.description, row.tags))

    @Slot()
    def ask_text(self) -> None:
        """Ask for the text of a new card on the open dashboard."""
        board = self._board
        if board is not None and self._may(board):
            self._wording.ask_text(board.dashboard.row.id, None, "")

    @Slot()
    def ask_insight(self) -> None:
        """Ask which insight to add to the open dashboard, once they are listed."""
        board, online = self._board, self._desk.online
        if board is not None and online is not None and self._may(board):
            self._adding = board.dashboard.row.id
            self._window.notice.set_done(LISTING)
            online.edits.list_insights(self._adding)

    @Slot(object)
    def _open_menu(self, below: QWidget) -> None:
        """Offer by mouse what is found by name, too."""
        board = self._board
        if board is None:
            return
        menu = QMenu("For everyone", self._window)
        menu.setAccessibleName("Change the dashboard for the team")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pin = "Unpin for everyone" if board.dashboard.row.pinned else "Pin for everyone"
        for text, slot in (
            (TEXT, self.ask_text),
            (INSIGHT, self.ask_insight),
            (NAME, self.ask_name),
            (pin, self.toggle_pin),
        ):
            menu.addAction(text).triggered.connect(slot)
            if text == INSIGHT:
                self._pass_on(menu, HERE)
        menu.addSeparator()
        menu.addAction(ALERTS).triggered.connect(self._window.alerts_requested)
        self._pass_on(menu, *PASSING_ON)
        self._pass_on(menu, CHECK)
        menu.addAction(MONITOR_MODE).triggered.connect(self._window.monitor_requested)
        menu.addAction("Export…").triggered.connect(self._window.export_requested)
        menu.addAction("Report…").triggered.connect(self._window.report_requested)
        menu.addAction(SAVE_SNAPSHOT).triggered.connect(self._ask_snapshot)
        menu.addAction(SAVE_WITHOUT_PEOPLE).triggered.connect(self._ask_snapshot_without)
        menu.addSeparator()
        menu.addActions([one for one in self._window.shortcut_actions if one.text() in WHOLE])
        corner = below.mapToGlobal(QPoint(below.width(), below.height() + 4))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def _pass_on(self, menu: QMenu, *names: str) -> None:
        """Offer what other parts of the window do, by the names of their actions."""
        menu.addActions([one for one in self._window.shortcut_actions if one.text() in names])

    @Slot()
    def _ask_snapshot(self) -> None:
        self._window.snapshot_requested.emit(False)

    @Slot()
    def _ask_snapshot_without(self) -> None:
        self._window.snapshot_requested.emit(True)

    @property
    def _board(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._desk.dashboard_id or 0)

    def _may(self, board: DashboardState) -> bool:
        """Say at once why nothing can be changed, before anybody writes something."""
        online = self._desk.online
        why = online.edits.obstacle(board.dashboard.row.id) if online is not None else NOT_NOW
        if why is not None:
            self._window.notice.set_message(_not_changed(why))
        return why is None

    def _make(self, dashboard_id: int, edit: Edit, again: Again | None = None) -> None:
        """Change a dashboard; `again` asks anew, with what was written, when it is refused."""
        online = self._desk.online
        if online is None or not online.edits.ready:
            why = _not_changed(SIGN_IN)
            self._window.notice.set_message(why)
            if again is not None:
                again(SIGN_IN, why)
            return
        if not (edit.changes or edit.put):  # nothing will be heard of it
            return
        if again is not None:
            self._written.append((edit, again))
        self._asked.append(edit)
        online.edits.make(dashboard_id, edit)

    @Slot(object)
    def _on_insights(self, insights: Sequence[Insight]) -> None:
        """Offer the insights that are not on the dashboard yet."""
        adding, self._adding = self._adding, 0
        board = self._desk.state.dashboards.get(adding)
        if self._window.notice.text == LISTING:
            self._window.notice.clear()
        if board is None:
            return
        on = {tile.insight.id for tile in board.dashboard.tiles if tile.insight is not None}
        entries = index(_entry(one) for one in insights if one.id is not None and one.id not in on)
        asks = Asks("Add an insight", "Find an insight to add for everyone")
        dialog = CommandPalette(self._desk.theme, entries, (), self._window, asks)
        dialog.chosen.connect(partial(self._on_insight, adding))
        dialog.open()

    def _on_insight(self, dashboard_id: int, entry: Entry) -> None:
        self._make(dashboard_id, team_edits.insight_added(int(entry.key), entry.text))

    @Slot(int, str, object)
    def _on_tile(self, tile_id: int, what: str, value: object) -> None:
        board, view = self._board, self._window.screen_page.views.get(tile_id)
        if (
            board is None
            or view is None
            or tile_id not in board.tiles
            or not _is_edit(tile_id, what)
        ):
            return
        tile, title = board.tiles[tile_id].tile, view.title or "Text card"
        if what == "text":
            if tile.text is not None and self._may(board):
                self._wording.ask_text(board.dashboard.row.id, tile, tile.text.body)
            return
        edit = _edit_of(tile, title, what, value)
        if edit is not None:
            self._make(board.dashboard.row.id, edit)

    @Slot()
    def _on_online(self) -> None:
        if self._desk.online is not None:
            self._desk.online.edits.done.connect(self._on_done)
            self._desk.online.edits.refused.connect(self._on_refused)
            self._desk.online.edits.answer_was_lost.connect(self._on_answer_lost)
            self._desk.online.edits.insights_came.connect(self._on_insights)
            self._desk.online.signed_in.connect(self._on_session)
            self._desk.online.signed_out.connect(self._on_signed_out)

    @Slot()
    def _on_signed_out(self) -> None:
        if self._desk.state.account is None:  # else another account was forgotten
            self._on_session()

    @Slot()
    def _on_session(self) -> None:
        """Offer no way back any more: a dashboard of the same number may be another team's now.

        What was under way is given up; what was written for it comes back.
        """
        self._steps = EditSteps()
        if self._told:
            self._told = 0
            self._window.notice.clear()
        asked, self._asked = self._asked, []
        written, self._written = self._written, []
        if asked:
            self._window.notice.set_message(_no_answer(asked[-1]))
        for edit, again in written:
            again(NO_ANSWER, _no_answer(edit))

    @Slot(int, object, object)
    def _on_done(self, dashboard_id: int, asked: Edit, made: Edit) -> None:
        if not self._is_answer(asked):
            return
        self._written = [one for one in self._written if one[0] is not asked]
        back = self._steps.done(dashboard_id, asked, made)
        self._told = dashboard_id
        said = f"{made.said} {FOUND}" if made.lost else made.said
        if back:
            self._window.notice.set_done(f"{said} Ctrl+Shift+Z does it again.")
        elif made.back is None:
            self._window.notice.set_done(said)
        else:
            self._window.notice.set_undoable(said, TEAM)

    @Slot(int, object)
    def _on_answer_lost(self, _dashboard_id: int, asked: Edit) -> None:
        if any(one is asked for one in self._asked):
            self._window.notice.set_message(LOOKING)

    @Slot(int, object, object)
    def _on_refused(self, dashboard_id: int, failure: Failure, asked: Edit | None) -> None:
        if not (self._adding if asked is None else self._is_answer(asked)):
            return
        why = _not_changed(failure, _doubt(asked))
        self._window.notice.set_message(why)
        if asked is None or self._steps.refused(dashboard_id, asked):
            return
        again = next((one[1] for one in self._written if one[0] is asked), None)
        self._written = [one for one in self._written if one[0] is not asked]
        if again is not None:
            again(failure, why)

    def _is_answer(self, asked: Edit) -> bool:
        """Tell whether this window asked, and wait no more for it."""
        before = len(self._asked)
        self._asked = [one for one in self._asked if one is not asked]
        return len(self._asked) < before

    @Slot(str)
    def _on_undo_told(self, whose: str) -> None:
        if whose == TEAM:
            self._turn(self._steps.undo, self._told)

    @Slot()
    def _on_undo(self) -> None:
        self._turn(self._steps.undo, self._desk.open_id or 0)

    @Slot()
    def _on_redo(self) -> None:
        self._turn(self._steps.redo, self._desk.open_id or 0)

    def _turn(self, step: Callable[[int], Edit | None], dashboard_id: int) -> None:
        if self._desk.online is None or not self._desk.online.edits.ready:
            return
        edit = step(dashboard_id)
        if edit is not None:
            self._make(dashboard_id, edit)


def _edit_of(tile: Tile, title: str, what: str, value: object) -> Edit | None:
    """Give the change that a wish of a tile stands for."""
    match what:
        case "remove":
            return team_edits.removed(tile, title)
        case "own-filters":
            return team_edits.own_dropped(tile, title)
        case "color":
            return team_edits.colored(tile, title, value if isinstance(value, str) else None)
        case "description":
            return team_edits.described(tile, title, shown=bool(value))
        case _:
            return team_edits.duplicated(tile, title)


def _is_edit(tile_id: int, what: str) -> bool:
    """Tell whether a wish is for here; a tile below 0 could not be read."""
    return tile_id >= 0 and what not in NO_EDITS


def _not_changed(failure: Failure, doubt: str = MAYBE) -> str:
    remedy = " Add it to the key in PostHog's settings, then refresh." if failure.scope else ""
    return f"Not changed: {doubted(failure.message + remedy, failure, doubt)}"


def _no_answer(edit: Edit) -> str:
    return _not_changed(NO_ANSWER, _doubt(edit))


def _doubt(edit: Edit | None) -> str:
    adds = edit is not None and team_edits.makes(edit) is not None
    return MAYBE_MADE if adds else MAYBE


def _entry(insight: Insight) -> Entry:
    question = read_question(insight)
    return Entry("line", str(insight.id), insight_title(insight, question), kind_label(question))
