"""A dashboard on screen: header with name, tags and honest age, then the grid of tiles."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from phdesk.core.charts.spec import TileView
from phdesk.core.filters import NO_FILTER
from phdesk.models.account import Project
from phdesk.models.failure import Failure
from phdesk.store.contexts import context_of
from phdesk.store.overrides import effective_of
from phdesk.store.state import NOTHING_AROUND, Around, Changes, DashboardState, Overlay, TileState
from phdesk.views.dashboard.age_label import AgeLabel
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.late import make_arranging, make_drawing
from phdesk.views.dashboard.presenting import (
    boxes_of,
    card_state_of,
    failed_view,
    only_read,
    then_of,
    view_of,
)
from phdesk.views.dashboard.top_rows import TopRows
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.services.errands import Worker
    from phdesk.views.dashboard.drawing import Drawing
    from phdesk.views.dashboard.editing.arranging import Arranging
    from phdesk.views.dashboard.editing.place_dialog import Purpose
    from phdesk.views.dashboard.layout_note import LayoutNote
    from phdesk.views.dashboard.reading import Reading
    from phdesk.views.dashboard.sketch import Painted

LITTLE = timedelta(seconds=5)  # in which no age changes its words

NOTHING = "Nothing is on this dashboard yet."
HOW = (
    "The menu at the top right adds insights and text cards for everyone. Ctrl+K finds the same by"
    " name: “New insight on this dashboard”, “Add an insight…”, “Add a text card…”."
)


class DashboardScreen(QWidget):
    """Shows one DashboardState; asks for refreshes, never fetches."""

    refresh_requested = Signal(bool)  # force
    tile_refresh_requested = Signal(int)
    open_tile_requested = Signal(int)
    browser_requested = Signal(int)  # tile id; 0 is the dashboard itself
    link_requested = Signal(int, str)  # tile, address
    status_requested = Signal()  # how fresh the numbers are kept
    details_requested = Signal(int)
    tile_edit_requested = Signal(int, str, object)  # tile, what is to change for the team, to what
    menu_requested = Signal(object)  # what can change on the whole; below this button
    board_requested = Signal(int, str)  # tile, what to do about a person's own boards
    layout_changed = Signal(object)  # dict[int, Box]: all tiles, after a gesture, undo or redo
    layout_save_requested = Signal()
    layout_discard_requested = Signal()
    view_came = Signal(int)  # tile: of a large result, some time after it

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: DashboardState | None = None
        self._project: Project | None = None
        self._offline: Failure | None = None
        self._around = NOTHING_AROUND
        self._overlay: Overlay | None = None
        self._views: dict[int, TileView] = {}
        self._now: datetime | None = None  # when all frames were brought up to date
        self._asked = NO_FILTER
        self._drawing: Drawing | None = None  # once there is a worker
        self.grid = GridView(theme, self)
        self.top_rows = TopRows(theme, self.grid, self)
        self._header, self.filters = self.top_rows.header, self.top_rows.header.bar
        self._arranging: Arranging | None = None  # made with the first edit
        self._still = False
        self._reading: Reading | None = None
        self._connect()

    @property
    def views(self) -> Mapping[int, TileView]:
        """Give the tiles' views by id."""
        return self._views

    @property
    def state(self) -> DashboardState | None:
        """Give what is shown, now or in the past."""
        return self._state

    def held(self, tile_id: int) -> TileState | None:
        """Give what is known of a tile as it is shown, now or in the past."""
        return self._state.tiles.get(tile_id) if self._state is not None else None

    @property
    def age(self) -> AgeLabel:
        """Give what says how old the dashboard is."""
        return self._header.age

    def set_where(self, text: str) -> None:
        """Say whose dashboard this is, where that could be mixed up."""
        self._header.set_where(text)

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Take the person's own layout of the dashboard that is shown or updated next."""
        self._overlay = overlay

    def set_worker(self, worker: "Worker | None") -> None:
        """Have the views of large results made in the worker; None when it goes."""
        if self._drawing is not None:
            self._drawing.forget_but(())
            self._drawing.deleteLater()
            self._drawing = None
        self.grid.set_worker(worker)
        if worker is not None:
            self._drawing = make_drawing(worker, self.grid, self)
            self._drawing.drawn.connect(self._on_drawn)

    def show_dashboard(
        self,
        state: DashboardState,
        project: Project | None,
        offline: Failure | None,
        now: datetime,
        around: Around = NOTHING_AROUND,
    ) -> None:
        """Show a dashboard whole."""
        other = self._state is None or self._state.dashboard.row.id != state.dashboard.row.id
        if self._arranging is not None:
            if other:
                self._arranging.forget()
            self._arranging.set_compaction(state.dashboard.compaction)
        if other:
            self._views = {}
        if self._drawing is not None:
            keeps = state.tiles if not other and self._reading is None else ()
            self._drawing.forget_but(keeps)
        self._project, self._around = project, around
        self._views = self._made(state, state.tiles, offline, now)
        if self._reading is not None and self._reading.reads == "past":
            shown = self._views.items()
            self._views = {one: then_of(state.tiles[one], view) for one, view in shown}
        self._set_tiles(state)
        self.grid.set_views(self._views)
        self.top_rows.show_board(state, project, now)
        self.set_now(now)

    def _set_tiles(self, state: DashboardState) -> None:
        self.grid.set_tiles(boxes_of(state, self._views, self._overlay))
        self.grid.say_empty(NOTHING, HOW if self._reading is None else "")

    def update_dashboard(
        self,
        state: DashboardState,
        offline: Failure | None,
        changes: Changes,
        now: datetime,
    ) -> None:
        """Take over what changed, and only that: a result repaints one tile."""
        dashboard_id = state.dashboard.row.id
        moved = dashboard_id in changes.dashboards
        if self._state is None or (moved and state is not self._state):
            self.show_dashboard(state, self._project, offline, now, self._around)
            return
        if moved:  # by the person alone: what is on the tiles stays as it is
            self._set_tiles(state)
        same = (self._offline, self._asked) == (offline, effective_of(state))
        turned = set(state.tiles) if changes.offline and state.override is not None else set()
        changed = [one for one in changes.tiles_of(dashboard_id) | turned if one in state.tiles]
        made = self._made(state, changed, offline, now)
        self._views |= made
        self.grid.set_views(made)
        if same and self._now is not None and abs(now - self._now) < LITTLE:
            self._show_cards(changed, now)
        else:
            self.set_now(now)

    def set_now(self, now: datetime) -> None:
        """Bring all ages up to this moment."""
        if self._state is None:
            return
        self._now, self._asked = now, effective_of(self._state)
        self._show_cards(self._state.tiles, now)

    def _show_cards(self, tile_ids: Collection[int], now: datetime) -> None:
        """Bring the frames of tiles up to date, and the age of all."""
        assert self._state is not None  # noqa: S101  callers looked
        tiles = self._on_screen(self._state).tiles
        for tile_id in tile_ids:
            view = self._views.get(tile_id)
            card = card_state_of(tiles[tile_id], now, self._offline, view, self._asked)
            if self._reading is not None:
                card = only_read(card, self._reading.reads)
            self.grid.set_card_state(tile_id, card)
        self.top_rows.show_age(self._on_screen(self._state), self._offline, now)

    def set_layout_note(self, note: "LayoutNote | None") -> None:
        """Say below the header how the layout differs from the server's, or that it does not."""
        self.top_rows.set_note(note)

    @property
    def reading(self) -> "Reading | None":
        """Give why nothing can be changed; None where it can."""
        return self._reading

    def set_reading(self, reading: "Reading | None", strip: QWidget | None = None) -> None:
        """Let what is shown next only be read, below a strip that says what it is; or no longer."""
        if reading is not None and self.editing:
            self.toggle_editing()
        self._reading = reading
        self.top_rows.set_reading(reading, strip)

    def set_still(self, *, on: bool) -> None:
        """Take over the person's wish that nothing glides, whatever the desktop says."""
        self._still = on

    def forget(self) -> None:
        """Begin anew: the next dashboard, even of the same number, is of another account."""
        self._state = None
        if self._arranging is not None:
            self._arranging.forget()

    @property
    def editing(self) -> bool:
        """Tell whether the layout is being edited."""
        return self._arranging is not None and self._arranging.on

    @Slot()
    def toggle_editing(self) -> None:
        """Edit the layout, or no longer."""
        if self._state is not None and (self._reading is None or self.editing):
            self._arranged().toggle()

    @Slot()
    def undo(self) -> None:
        """Take the last change of the layout back, while it is edited."""
        if self._arranging is not None:
            self._arranging.undo()

    @Slot()
    def redo(self) -> None:
        """Make an undone change of the layout again, while it is edited."""
        if self._arranging is not None:
            self._arranging.redo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the edit mode with Esc, when nothing nearer wanted the key."""
        if event.key() == Qt.Key.Key_Escape and self.editing:
            self.toggle_editing()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if self._arranging is not None:
            self._arranging.set_theme(theme)
        self.grid.set_theme(theme)
        self.top_rows.set_theme(theme)

    def _made(
        self,
        state: DashboardState,
        tile_ids: Collection[int],
        offline: Failure | None,
        now: datetime,
    ) -> dict[int, TileView]:
        """Take over a state and make views; a large result keeps the one before for a moment."""
        tiles, self._state = self._state.tiles if self._state else {}, state
        self._offline, context = offline, context_of(state, self._project, now, self._around)
        held, late = {one: state.tiles[one] for one in tile_ids}, dict[int, TileView]()
        if self._drawing is not None and self._reading is None:  # the past comes whole
            shown = {one: (tiles[one], self._views[one]) for one in self._views if one in tiles}
            late = self._drawing.take(shown, held.values(), context, offline)
        return {one: late.get(one) or view_of(held[one], context, offline) for one in held}

    def _on_screen(self, state: DashboardState) -> DashboardState:
        return self._drawing.on_screen(state) if self._drawing is not None else state

    @Slot(int, object, object)
    def _on_drawn(self, tile_id: int, made: TileView | Failure, picture: "Painted") -> None:
        """Show the view of a large result: the tile's age and its picture come with it."""
        before, state = self._views.get(tile_id), self._state
        if before is None or state is None or self._now is None:
            return
        view = failed_view(before, made) if isinstance(made, Failure) else made
        self._views[tile_id] = view
        if (view.kind, view.display) != (before.kind, before.display):  # another default size
            self._set_tiles(state)
        self.grid.set_views({tile_id: view})
        self._show_cards((tile_id,), self._now)
        self.grid.draw(tile_id, picture)
        self.view_came.emit(tile_id)

    def _arranged(self) -> "Arranging":
        if self._arranging is None:
            made = make_arranging(self.grid, self.top_rows.line(), self._theme, self)
            made.set_still(on=self._still)
            made.layout_changed.connect(self.layout_changed)
            made.editing_changed.connect(self._on_editing)
            if self._state is not None:
                made.set_compaction(self._state.dashboard.compaction)
            self._arranging = made
        return self._arranging

    def _connect(self) -> None:
        self._header.refresh_requested.connect(self._on_refresh)
        self._header.edit_requested.connect(self.toggle_editing)
        self._header.browser_requested.connect(self._on_browser)
        self._header.menu_requested.connect(self.menu_requested)
        self._header.status_requested.connect(self.status_requested)
        self.top_rows.banner.retry_requested.connect(self._on_refresh)
        self.top_rows.layout_save_requested.connect(self.layout_save_requested)
        self.top_rows.layout_discard_requested.connect(self.layout_discard_requested)
        self.grid.wishes.open_requested.connect(self.open_tile_requested)
        self.grid.wishes.refresh_requested.connect(self.tile_refresh_requested)
        self.grid.wishes.browser_requested.connect(self.browser_requested)
        self.grid.wishes.link_requested.connect(self.link_requested)
        self.grid.wishes.details_requested.connect(self.details_requested)
        self.grid.wishes.place_requested.connect(self._on_place)
        self.grid.wishes.edit_requested.connect(self.tile_edit_requested)
        self.grid.wishes.board_requested.connect(self.board_requested)
        self.grid.columns_changed.connect(self._header.set_columns)

    @Slot(int, str)
    def _on_place(self, tile_id: int, purpose: "Purpose") -> None:
        if self._reading is None:
            self._arranged().ask_place(tile_id, purpose)

    @Slot(bool)
    def _on_editing(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self._header.set_editing(on=on)

    def _on_refresh(self) -> None:
        self.refresh_requested.emit(False)

    def _on_browser(self) -> None:
        self.browser_requested.emit(0)
