"""Watches of the numbers on screen: makes them from a tile, and changes them."""

import secrets
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from phdesk.core.charts.context import Context
from phdesk.core.watching import editing
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services.watch_room import WatchRoom
from phdesk.services.watch_trials import Numbers, Tried, numbers, tried
from phdesk.store.contexts import context_of, context_there
from phdesk.store.state import TileState
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.tiles import Tiles
from phdesk.views.dialogs.watch import WatchDialog

WATCH = "Watch a number of the tile"
MINE = "watch"  # whose a change is that the notice speaks of
NO_TILE = "Go to a tile first, with Tab or the arrows."
NO_RESULT = "This tile shows no number to watch."
FILTERED = "Watches look at the dashboard's own filters: Shift+D brings those back."
ELSEWHERE = "This watch is of another project: open that one to change it."
UNOPENED = "Watch dashboards that are not open, on or off"
UNOPENED_ON = (
    "Watched tiles are refreshed by the clock now, whether or not their dashboards are open."
)
UNOPENED_OFF = "Watches judge what is refreshed anyway now: dashboards that are open."
NOT_YET = "phdesk is still starting. Try again in a moment."
NOWHERE: tuple[str, int, int, int] = ("", 0, 0, 0)


class Watches(QObject):
    """Made after the first paint."""

    def __init__(self, desk: Desk, tiles: Tiles, room: WatchRoom) -> None:
        super().__init__(desk)
        self._desk, self._window, self._tiles, self._room = desk, desk.window, tiles, room
        self._dialog: WatchDialog | None = None
        self._asked: tuple[Insight, Context] | None = None  # whose numbers the dialog shows
        self._past: list[Callable[[editing.Watches], editing.Watches]] = []  # ways back
        desk.window.screen_page.grid.wishes.watch_requested.connect(self.ask)
        desk.window.notice.undo_requested.connect(self._on_undo)
        desk.window.add_action(UNOPENED, "", self.toggle_unopened)
        desk.window.add_action(WATCH, "Shift+W", self.ask_focused)

    @Slot()
    def ask_focused(self) -> None:
        """Ask what to watch on the tile that has the keyboard, or is open large."""
        tile = self._tiles.in_use
        if tile:
            self.ask(tile)
        else:
            self._window.notice.set_message(NO_TILE)

    @Slot()
    def toggle_unopened(self) -> None:
        """Keep watched tiles of dashboards up to date that are not open, or no longer."""
        on = not self._desk.preferences.settings.watch_unopened
        self._desk.preferences.change(replace, watch_unopened=on)
        self._window.notice.set_done(UNOPENED_ON if on else UNOPENED_OFF)

    @Slot(int)
    def ask(self, tile_id: int) -> None:
        """Ask what to watch on a tile of the open page."""
        held = self._held(tile_id)
        place = self._place(tile_id, held) if held is not None else NOWHERE
        if held is None or not held.has_result or held.insight is None or not place[0]:
            self._window.notice.set_message(NO_RESULT)
        elif held.is_other or self._is_filtered:
            self._window.notice.set_message(FILTERED)
        elif self._desk.worker is None:
            self._window.notice.set_message(NOT_YET)
        else:
            account, project, dashboard, tile = place
            begun = Watch(
                id=secrets.token_hex(4),
                account=account,
                project=project,
                dashboard=dashboard,
                tile=tile,
                insight=held.insight.short_id,
                number=Address(measure="total"),
                condition=Bound("above", 0),
                remind_minutes=max(self._desk.preferences.settings.remind_minutes, 0),
            )
            self._open(begun, held, self._title(tile_id))

    def is_here(self, watch: Watch) -> bool:
        """Tell whether the number of a watch is on the open page."""
        return self._found(watch) is not None

    def change(self, watch: Watch) -> None:
        """Let a watch be changed, while its tile is on the open page."""
        tile_id = self._found(watch)
        held = self._held(tile_id) if tile_id is not None else None
        if tile_id is None or held is None:
            self._window.notice.set_message(ELSEWHERE)
        else:
            self._open(watch, held, self._title(tile_id))

    def _found(self, watch: Watch) -> int | None:
        """Find the tile of a watch on the open page, once it has a number."""
        place = (watch.account, watch.project, watch.dashboard, watch.tile)
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        for tile_id, held in board.tiles.items() if board is not None else ():
            if held.has_result and self._place(tile_id, held) == place:
                return tile_id
        return None

    def delete(self, watch_id: str) -> None:
        """Remove a watch; it can be taken back."""
        watch = self._room.list.watch(watch_id)
        if watch is None:
            return
        self._room.list.change(editing.without_watch, watch_id)
        self._past.append(partial(editing.with_watch, watch=watch))
        name = watch.name or watch.known_as
        self._window.notice.set_undoable(f"“{name}” is watched no more.", MINE)

    def _open(self, watch: Watch, held: TileState, title: str) -> None:
        board, insight = self._desk.state.dashboards.get(self._desk.open_id or 0), held.insight
        worker = self._desk.worker
        if board is None or insight is None or worker is None:
            return
        now = self._desk.now()
        if held.origin is not None:
            context = context_there(held.origin, now)
        else:
            context = context_of(board, self._desk.state.project, now, self._desk.state.around)
        self._asked = insight, context
        dialog = WatchDialog(self._desk.theme, watch, title, self._window)
        dialog.trial_needed.connect(self._try)
        dialog.chosen.connect(self._on_chosen)
        dialog.finished.connect(self._on_gone)
        self._dialog = dialog
        dialog.open()
        worker.submit(
            partial(numbers, watch.tile, title, insight, context),
            done=self._numbers_came,
            failed=self._failed,
            tag="numbers",
        )

    def _numbers_came(self, found: Numbers) -> None:
        if self._dialog is not None:
            self._dialog.set_numbers(found.figures, found.suggestions)

    @Slot(object)
    def _try(self, watch: Watch) -> None:
        if self._asked is not None and self._desk.worker is not None:
            self._desk.worker.submit(
                partial(tried, self._room.pasts, watch, *self._asked),
                done=self._tried,
                failed=self._failed,
                tag="trial",
            )

    def _tried(self, found: Tried) -> None:
        if self._dialog is not None:
            self._dialog.set_tried(found)

    def _failed(self, failure: Failure) -> None:
        self._window.notice.set_message(failure.message)

    @Slot(object)
    def _on_chosen(self, watch: Watch) -> None:
        is_new = self._room.list.watch(watch.id) is None
        self._room.list.change(editing.with_watch, watch)
        name = f"“{watch.name or watch.known_as}”"
        if is_new:
            self._past.append(partial(editing.without_watch, watch_id=watch.id))
            self._window.notice.set_undoable(f"{name} is watched now.", MINE)
        else:
            self._window.notice.set_done(f"The watch of {name} was changed.")

    @Slot(str)
    def _on_undo(self, whose: str) -> None:
        if whose == MINE and self._past:
            self._room.list.change(self._past.pop())

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None

    @property
    def _is_filtered(self) -> bool:
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        return board is not None and board.override is not None

    def _held(self, tile_id: int) -> TileState | None:
        """Give a tile as it is known now, whatever is shown of the past."""
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        return board.tiles.get(tile_id) if board is not None else None

    def _title(self, tile_id: int) -> str:
        view = self._window.screen_page.views.get(tile_id)
        return view.title if view is not None else ""

    def _place(self, tile_id: int, held: TileState) -> tuple[str, int, int, int]:
        """Say where a tile is at home: on a board, where it is from."""
        origin = held.origin
        if origin is not None:
            account = origin.account.id if origin.account is not None else ""
            return account, origin.project.id, origin.dashboard, origin.tile
        account, project = self._desk.where
        return account, project, self._desk.open_id or 0, tile_id
