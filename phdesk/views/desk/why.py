"""Says of a tile why it shows what it shows, and in what it differs from another one."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from phdesk.core.charts.spec import TileView
from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.why.comparing import compare, verdict
from phdesk.core.why.known import Known
from phdesk.core.why.reasons import reasons
from phdesk.models.account import Project
from phdesk.store.freshness import held_back, is_stale
from phdesk.store.state import Changes, DashboardState, TileState
from phdesk.views.dashboard.presenting import own_words
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import why_dialog
from phdesk.views.desk.tiles import Tiles
from phdesk.views.dialogs.why import Why as Dialog

WHY = "Why this number…"
ON_TILE = "why"
NO_TILE = "Go to a tile first, with Tab or the arrows."
NO_QUESTION = "This tile asks nothing of PostHog."


class Why(QObject):
    """Made after the first paint; the dialog when it is first asked for."""

    def __init__(self, desk: Desk, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._window, self._tiles = desk, desk.window, tiles
        self._dialog: Dialog | None = None
        self._tile, self._other = 0, 0
        desk.window.add_action(WHY, "", self.open)  # found by name
        desk.window.screen_page.tile_edit_requested.connect(self._on_tile)
        desk.store.changed.connect(self._on_changed)

    @Slot()
    def open(self) -> None:
        """Say it of the tile that has the keyboard, or is open large."""
        tile = self._tiles.in_use
        if tile:
            self.ask(tile)
        else:
            self._window.notice.set_message(NO_TILE)

    def ask(self, tile: int) -> None:
        """Say it of a tile of the open page."""
        known = self._known(tile)
        if known is None:
            self._window.notice.set_message(NO_QUESTION)
            return
        if self._dialog is not None:
            self._dialog.close()
        self._tile, self._other = tile, 0
        dialog = self._dialog = why_dialog()(self._desk.theme, known.title, self._window)
        dialog.set_others(
            [
                (one, self._views[one].title)
                for one in self._views
                if one != tile and self._asks(one)
            ]
        )
        dialog.other_chosen.connect(self._on_other)
        dialog.finished.connect(self._on_gone)
        self._fill()
        dialog.open()

    @property
    def _views(self) -> Mapping[int, TileView]:
        return self._window.screen_page.views

    def _asks(self, tile: int) -> bool:
        held = self._window.screen_page.held(tile)
        return held is not None and held.insight is not None and not held.insight.no_access

    def _known(self, tile: int) -> Known | None:
        """Gather what is known of a tile; on a board by where it is from."""
        held, view = self._window.screen_page.held(tile), self._views.get(tile)
        board = self._desk.state.dashboards.get(self._desk.open_id or 0)
        if held is None or view is None or not self._asks(tile):
            return None
        there = held.origin
        project = there.project if there is not None else self._desk.state.project
        around = there.around if there is not None else self._desk.state.around
        groups = tuple((one.index, one.one, one.several) for one in around.group_types)
        return _of(held, view, project or Project(id=0), board, self._desk, groups)

    def _fill(self) -> None:
        known = self._known(self._tile)
        if self._dialog is None or known is None:
            return
        self._dialog.set_reasons(reasons(known))
        other = self._known(self._other) if self._other else None
        if other is None:
            self._dialog.set_rows((), "", "")
        else:
            said = verdict(known, other)
            self._dialog.set_rows(compare(known, other), other.title, said)

    @Slot(int)
    def _on_other(self, tile: int) -> None:
        self._other = tile
        self._fill()

    @Slot(int, str, object)
    def _on_tile(self, tile: int, what: str, _value: object) -> None:
        if what == ON_TILE:
            self.ask(tile)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._dialog is None:
            return
        if changes.session:
            self._dialog.close()
        elif {self._tile, self._other} & changes.tiles_of(self._desk.open_id or 0):
            self._fill()

    @Slot()
    def _on_gone(self) -> None:
        self._dialog = None


def _of(
    held: TileState,
    view: TileView,
    project: Project,
    board: DashboardState | None,
    desk: Desk,
    groups: tuple[tuple[int, str, str], ...],
) -> Known:
    now, insight = desk.now(), held.insight
    assert insight is not None  # noqa: S101  whoever asks looked before
    offline = desk.state.offline
    return Known(
        title=view.title,
        insight=insight,
        now=now.astimezone(zone(project.timezone)),
        range=view.whole_range,
        week_start=first_weekday(project.week_start_day),
        project_zone=project.timezone,
        groups=groups,
        failure=held.failure,
        refreshing=held.refreshing,
        before=held.is_other,
        temporary=board is not None and board.override is not None and held.origin is None,
        own=own_words(held.tile),
        stale=is_stale(insight, now),
        later=held_back(held, now),
        offline="phdesk is offline" if offline is not None else "",
    )
