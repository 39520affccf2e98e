"""Takes wishes to change a dashboard for the team, and says what became of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot

from phdesk.core import team_edits
from phdesk.core.finding import Entry, index
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.moves import added
from phdesk.core.names import insight_title, kind_label
from phdesk.core.question import read_question
from phdesk.core.team_edits import Edit
from phdesk.models.dashboard import Box, DashboardRow
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.store.state import DashboardState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import name_dialog, text_dialog
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

CARD_SIZE = 6, 2  # cells of a new text card
PIN = "Pin the dashboard for everyone, or unpin it"
NAME = "Name and describe the dashboard…"
TEXT = "Add a text card…"
INSIGHT = "Add an insight…"


class Edits(QObject):
    """Made after the first paint; its actions are found by name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._last: tuple[int, Edit] | None = None
        self._adding = 0  # the dashboard for which insights are listed
        desk.window.screen_page.tile_edit_requested.connect(self._on_tile)
        desk.window.notice.undo_requested.connect(self._on_undo)
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
        if board is None:
            return
        row = board.dashboard.row
        dialog = name_dialog()(self._desk.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_words(row.name, row.description, row.tags)
        dialog.chosen.connect(partial(self._on_named, row))
        dialog.open()

    @Slot()
    def ask_text(self) -> None:
        """Ask for the text of a new card on the open dashboard."""
        board = self._board
        if board is not None:
            dialog = text_dialog()(self._desk.theme, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.chosen.connect(partial(self._on_text, board.dashboard.row.id))
            dialog.open()

    @Slot()
    def ask_insight(self) -> None:
        """Ask which insight to add to the open dashboard, once they are listed."""
        board, online = self._board, self._desk.online
        if board is not None and online is not None:
            self._adding = board.dashboard.row.id
            online.edits.list_insights(self._adding)

    @property
    def _board(self) -> DashboardState | None:
        return self._desk.state.dashboards.get(self._desk.open_id or 0)

    def _make(self, dashboard_id: int, edit: Edit) -> None:
        online = self._desk.online
        if online is None or not online.edits.ready:
            self._window.notice.set_message("Not changed: sign in first.")
        else:
            online.edits.make(dashboard_id, edit)

    def _on_named(
        self, row: DashboardRow, name: str, description: str, tags: Sequence[str]
    ) -> None:
        self._make(row.id, team_edits.worded(row, name, description, tags))

    def _on_text(self, dashboard_id: int, body: str) -> None:
        board = self._desk.state.dashboards.get(dashboard_id)
        if board is not None:
            self._make(dashboard_id, team_edits.text_added(body, _below(board)))

    @Slot(object)
    def _on_insights(self, insights: Sequence[Insight]) -> None:
        """Offer the insights that are not on the dashboard yet."""
        board = self._desk.state.dashboards.get(self._adding)
        if board is None:
            return
        on = {tile.insight.id for tile in board.dashboard.tiles if tile.insight is not None}
        entries = index(_entry(one) for one in insights if one.id is not None and one.id not in on)
        asks = Asks("Add an insight", "Find an insight to add for everyone")
        dialog = CommandPalette(self._desk.theme, entries, (), self._window, asks)
        dialog.chosen.connect(partial(self._on_insight, self._adding))
        dialog.open()

    def _on_insight(self, dashboard_id: int, entry: Entry) -> None:
        self._make(dashboard_id, team_edits.insight_added(int(entry.key), entry.text))

    @Slot(int, str, object)
    def _on_tile(self, tile_id: int, what: str, value: object) -> None:
        board, view = self._board, self._window.screen_page.views.get(tile_id)
        if board is None or view is None or tile_id not in board.tiles or tile_id < 0:
            return  # below 0 it is one that could not be read
        tile, title = board.tiles[tile_id].tile, view.title or "Text card"
        edit: Edit | None
        match what:
            case "remove":
                edit = team_edits.removed(tile, title)
            case "color":
                edit = team_edits.colored(tile, title, value if isinstance(value, str) else None)
            case "description":
                edit = team_edits.described(tile, title, shown=bool(value))
            case _:
                edit = team_edits.duplicated(tile, title, _below(board))
        if edit is not None:
            self._make(board.dashboard.row.id, edit)

    @Slot()
    def _on_online(self) -> None:
        if self._desk.online is not None:
            self._desk.online.edits.done.connect(self._on_done)
            self._desk.online.edits.refused.connect(self._on_refused)
            self._desk.online.edits.insights_came.connect(self._on_insights)
            self._desk.online.signed_in.connect(self._on_session)
            self._desk.online.signed_out.connect(self._on_session)

    @Slot()
    def _on_session(self) -> None:
        """Offer no way back any more: a dashboard of the same number may be another team's now."""
        if self._last is not None:
            self._last = None
            self._window.notice.clear()

    @Slot(int, object)
    def _on_done(self, dashboard_id: int, edit: Edit) -> None:
        self._last = (dashboard_id, edit)
        if edit.back is None:
            self._window.notice.set_message(edit.said)
        else:
            self._window.notice.set_undoable(edit.said)

    @Slot(int, object)
    def _on_refused(self, _dashboard_id: int, failure: Failure) -> None:
        remedy = " Add it to the key in PostHog's settings." if failure.scope else ""
        self._window.notice.set_message(f"Not changed: {failure.message}{remedy}")

    @Slot()
    def _on_undo(self) -> None:
        if self._last is not None and self._desk.online is not None:
            self._desk.online.edits.take_back(*self._last)
            self._last = None


def _below(board: DashboardState) -> Box:
    """Give the place of a new text card."""
    return added(list(board_boxes(board.dashboard).values()), *CARD_SIZE)[-1]


def _entry(insight: Insight) -> Entry:
    question = read_question(insight)
    return Entry("line", str(insight.id), insight_title(insight, question), kind_label(question))
