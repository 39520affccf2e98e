"""Asks for words that everyone will see; what is refused comes back to be sent again."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import structs
from PySide6.QtCore import QObject, Qt

from phdesk.core import team_edits
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.moves import added
from phdesk.core.grid.placement import one_column
from phdesk.core.new_dashboards import PLACES
from phdesk.core.refused import at_fields, is_unsure
from phdesk.core.team_edits import Edit
from phdesk.models.dashboard import Box, Tile
from phdesk.models.failure import Failure
from phdesk.store.state import DashboardState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import name_dialog, text_dialog

NameWords = tuple[str, str, Sequence[str]]  # name, description, tags
Wrong = Mapping[str, str]  # by field, under an empty name of the whole
Again = Callable[[Failure, str], None]  # ask anew, and say why: at its field, or in these words
CARD = "text"
CARD_PLACES = {"tiles": CARD, "text": CARD, "body": CARD}  # by what a server may call it
NOTHING: Wrong = {}
CARD_SIZE = 6, 2  # cells of a new text card


class Wording(QObject):
    """Opens the dialogs; what is entered becomes a change, which somebody else makes."""

    def __init__(self, desk: Desk, make: Callable[[int, Edit, Again], None]) -> None:
        super().__init__(desk)
        self._desk, self._window, self._make = desk, desk.window, make

    def ask_name(self, dashboard_id: int, said: NameWords, wrong: Wrong = NOTHING) -> None:
        """Ask for name, description and tags of a dashboard."""
        dialog = name_dialog()(self._desk.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_words(*said)
        dialog.chosen.connect(partial(self._on_named, dashboard_id))
        dialog.open()
        dialog.set_wrong(wrong)

    def _on_named(
        self, dashboard_id: int, name: str, description: str, tags: Sequence[str]
    ) -> None:
        board = self._desk.state.dashboards.get(dashboard_id)
        if board is not None:
            edit = team_edits.worded(board.dashboard.row, name, description, tags)
            again = partial(self._name_again, dashboard_id, (name, description, tags))
            self._make(dashboard_id, edit, again)

    def _name_again(self, dashboard_id: int, said: NameWords, failure: Failure, why: str) -> None:
        self.ask_name(dashboard_id, said, at_fields(failure, PLACES, why))

    def ask_text(
        self, dashboard_id: int, tile: Tile | None, body: str, wrong: Wrong = NOTHING,
        doubted: frozenset[int] | None = None,
    ) -> None:  # fmt: skip
        """Ask for the text of a card; without a tile, of a new one.

        Where it may be on the dashboard already, `doubted` are the tiles that were there before.
        """
        dialog = text_dialog()(self._desk.theme, self._window, new=tile is None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_text(body)
        dialog.chosen.connect(partial(self._on_text, dashboard_id, tile, doubted))
        dialog.open()
        dialog.set_wrong(wrong)

    def _on_text(
        self, dashboard_id: int, tile: Tile | None, doubted: frozenset[int] | None, body: str
    ) -> None:
        board = self._desk.state.dashboards.get(dashboard_id)
        if board is None:
            return
        there = frozenset(board.tiles) if doubted is None else doubted
        held = board.tiles.get(tile.id) if tile is not None else None
        if tile is None or held is None:  # or it was taken off meanwhile: what was written stays
            edit = team_edits.text_added(body, *_below(board))
            edit = structs.replace(edit, doubted=doubted)
        elif tile.text is None or tile.text.body == body:
            return
        else:
            edit = team_edits.text_changed(tile, tile.text, body)
        self._make(dashboard_id, edit, partial(self._again, dashboard_id, tile, body, there))

    def _again(
        self, dashboard_id: int, tile: Tile | None, body: str, there: frozenset[int],
        failure: Failure, why: str,
    ) -> None:  # fmt: skip
        """Ask for a text anew, over the one that PostHog has by now."""
        board = self._desk.state.dashboards.get(dashboard_id)
        held = board.tiles.get(tile.id) if board is not None and tile is not None else None
        newest = held.tile if held is not None else None
        now, seen = (one.text if one is not None else None for one in (newest, tile))
        if now is not None and seen is not None and now.body != seen.body:
            why = f"{why} It says now: {now.body}"
        doubted = there if is_unsure(failure) else None
        self.ask_text(dashboard_id, newest, body, at_fields(failure, CARD_PLACES, why), doubted)


def _below(board: DashboardState) -> tuple[Box, Box]:
    """Give the place of a new text card on twelve columns, and on one."""
    boxes = added(list(board_boxes(board.dashboard).values()), *CARD_SIZE)
    return boxes[-1], one_column(boxes)[-1]
