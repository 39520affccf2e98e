"""Asks for words that everyone will see; what is refused comes back to be sent again."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct, structs
from PySide6.QtCore import QObject, Qt

from phdesk.core import team_edits
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.moves import added
from phdesk.core.grid.placement import one_column
from phdesk.core.new_dashboards import PLACES
from phdesk.core.refused import at_fields, doubted, is_unsure
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
NOT_HERE = (
    "The dashboard that this was written for is not here any more, so it cannot be saved. Copy "
    "what you want to keep."
)


class Place(Struct, frozen=True, gc=False):
    """What words are for; in another project a dashboard of the same number is another one."""

    account: str | None
    project: int | None
    dashboard: int


class Wording(QObject):
    """Opens the dialogs; what is entered becomes a change, which somebody else makes."""

    def __init__(self, desk: Desk, make: Callable[[int, Edit, Again], None]) -> None:
        super().__init__(desk)
        self._desk, self._window, self._make = desk, desk.window, make

    def ask_name(self, dashboard_id: int, said: NameWords) -> None:
        """Ask for name, description and tags of a dashboard."""
        self._open_name(self._place(dashboard_id), said, NOTHING)

    def ask_text(self, dashboard_id: int, tile: Tile | None, body: str) -> None:
        """Ask for the text of a card; without a tile, of a new one."""
        self._open_text(self._place(dashboard_id), tile, body, NOTHING)

    def _place(self, dashboard_id: int) -> Place:
        account, project = self._desk.state.account, self._desk.state.project
        return Place(
            account.id if account is not None else None,
            project.id if project is not None else None,
            dashboard_id,
        )

    def _board(self, place: Place) -> DashboardState | None:
        if self._place(place.dashboard) != place:
            return None
        return self._desk.state.dashboards.get(place.dashboard)

    def _open_name(self, place: Place, said: NameWords, wrong: Wrong) -> None:
        dialog = name_dialog()(self._desk.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_words(*said)
        dialog.chosen.connect(partial(self._on_named, place))
        dialog.open()
        dialog.set_wrong(wrong)

    def _on_named(self, place: Place, name: str, description: str, tags: Sequence[str]) -> None:
        board, said = self._board(place), (name, description, tags)
        if board is None:
            self._open_name(place, said, {"": NOT_HERE})
            return
        edit = team_edits.worded(board.dashboard.row, *said)
        self._make(place.dashboard, edit, partial(self._name_again, place, said))

    def _name_again(self, place: Place, said: NameWords, failure: Failure, why: str) -> None:
        self._open_name(place, said, at_fields(failure, PLACES, self._whole(place, failure, why)))

    def _open_text(
        self, place: Place, tile: Tile | None, body: str, wrong: Wrong,
        doubted: frozenset[int] | None = None,
    ) -> None:  # fmt: skip
        """Ask for the text of a card.

        Where it may be on the dashboard already, `doubted` are the tiles that were there before.
        """
        dialog = text_dialog()(self._desk.theme, self._window, new=tile is None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_text(body)
        dialog.chosen.connect(partial(self._on_text, place, tile, doubted))
        dialog.open()
        dialog.set_wrong(wrong)

    def _on_text(
        self, place: Place, tile: Tile | None, doubted: frozenset[int] | None, body: str
    ) -> None:
        board = self._board(place)
        if board is None:
            self._open_text(place, tile, body, {"": NOT_HERE}, doubted)
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
        self._make(place.dashboard, edit, partial(self._text_again, place, tile, body, there))

    def _text_again(
        self, place: Place, tile: Tile | None, body: str, there: frozenset[int],
        failure: Failure, why: str,
    ) -> None:  # fmt: skip
        """Ask for a text anew, over the one that PostHog has by now."""
        board, newest = self._board(place), tile
        if board is not None and tile is not None:
            held = board.tiles.get(tile.id)
            newest = held.tile if held is not None else None
        now, seen = (one.text if one is not None else None for one in (newest, tile))
        if now is not None and seen is not None and now.body != seen.body:
            why = f"{why} It says now: {now.body}"
        doubted = there if is_unsure(failure) else None
        wrong = at_fields(failure, CARD_PLACES, self._whole(place, failure, why))
        self._open_text(place, newest, body, wrong, doubted)

    def _whole(self, place: Place, failure: Failure, why: str) -> str:
        """Say why; of what cannot be tried again here not that another try looks first."""
        if self._board(place) is not None:
            return why
        return f"Not changed: {doubted(failure.message, failure)} {NOT_HERE}"


def _below(board: DashboardState) -> tuple[Box, Box]:
    """Give the place of a new text card on twelve columns, and on one."""
    boxes = added(list(board_boxes(board.dashboard).values()), *CARD_SIZE)
    return boxes[-1], one_column(boxes)[-1]
