"""Pure steps from one state to the next: dashboards and their list.

Every step gives the new state and what changed. The promise: for one question, a newer result is
never replaced by an older one, nor by an error, nor by nothing. `asked` numbers the questions in
the order in which they were put; an answer to an older question than the last answered one never
brings names, layouts or failures back. What comes from the cache has `asked=0`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED
from phdesk.models.account import Account, Project
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow
from phdesk.models.failure import Failure
from phdesk.models.group_type import GroupType
from phdesk.models.insight import NULL
from phdesk.store.alerts import on_tiles
from phdesk.store.overrides import outdated, wanted_key
from phdesk.store.state import (
    EMPTY,
    NOTHING,
    Around,
    Changes,
    DashboardState,
    Overlay,
    Progress,
    RowsState,
    State,
    TileState,
)
from phdesk.store.tiles import merged, stripped

Step = tuple[State, Changes]
NO_FAILURES: Mapping[int, Failure] = {}


def with_account(
    state: State, account: Account | None, project: Project | None, *, anew: bool = True
) -> Step:
    """Turn to an account and project; everything of another one is forgotten.

    Without `anew` only more is known of the project that is there already.
    """
    same = (
        account is not None
        and project is not None
        and state.account is not None
        and state.project is not None
        and (state.account.id, state.project.id) == (account.id, project.id)
    )
    base = state if same else EMPTY
    if account is not None and state.account is not None and account.id == state.account.id:
        base = replace(base, projects=state.projects)
    changed = Changes(account=True, session=anew or not same)
    return replace(base, account=account, project=project), changed


def with_projects(state: State, projects: Sequence[Project]) -> Step:
    """Take the projects that the account could switch to."""
    return replace(state, projects=tuple(projects)), Changes(account=True)


def with_rows_loading(state: State) -> Step:
    """Note that the list of dashboards is being read."""
    return _rows(state, replace(state.rows, loading=True))


def with_rows(
    state: State, rows: Sequence[DashboardRow], *, now: datetime, from_cache: bool = False
) -> Step:
    """Take the list of dashboards; a list from the cache never replaces one of this run."""
    held = state.rows
    if from_cache and held.fetched_at is not None and not held.from_cache:
        return state, NOTHING
    loading = from_cache and held.loading
    new = RowsState(items=tuple(rows), fetched_at=now, loading=loading, from_cache=from_cache)
    return _rows(state, new)


def with_rows_failure(state: State, failure: Failure) -> Step:
    """Note why the list could not be read; the last good list stays."""
    return _rows(state, replace(state.rows, failure=failure, loading=False))


def without_row(state: State, dashboard_id: int) -> Step:
    """Take a dashboard that was deleted off the list, before it is read anew."""
    rest = tuple(row for row in state.rows.items if row.id != dashboard_id)
    return _rows(state, replace(state.rows, items=rest))


def _rows(state: State, rows: RowsState) -> Step:
    return replace(state, rows=rows), Changes(rows=True)


def opening(state: State, dashboard_id: int) -> Step:
    """Note that a dashboard is being read."""
    held = state.dashboards.get(dashboard_id)
    if held is None:
        missing = {key: why for key, why in state.missing.items() if key != dashboard_id}
        new = replace(state, opening=state.opening | {dashboard_id}, missing=missing)
        return new, Changes(headers=frozenset({dashboard_id}))
    return _header(state, dashboard_id, replace(held, loading=True))


def reading_stopped(state: State, dashboard_id: int) -> Step:
    """Note that a dashboard is no longer being read, without an answer."""
    held = state.dashboards.get(dashboard_id)
    if held is not None and held.loading:
        return _header(state, dashboard_id, replace(held, loading=False))
    if dashboard_id not in state.opening:
        return state, NOTHING
    new = replace(state, opening=state.opening - {dashboard_id})
    return new, Changes(headers=frozenset({dashboard_id}))


def with_dashboard(
    state: State,
    dashboard: Dashboard,
    *,
    now: datetime,
    asked: int = 0,
    failures: Mapping[int, Failure] = NO_FAILURES,
    filters: str = AS_SAVED,
) -> Step:
    """Lay an answer over what is held; `failures` are those that it brought, by tile id.

    An answer for other filters than those asked for now changes nothing.
    """
    board = dashboard.row.id
    if filters != wanted_key(state, board):
        return state, NOTHING
    held = state.dashboards.get(board) or DashboardState(dashboard=dashboard, from_cache=True)
    known = board in state.dashboards
    late = known and asked < held.asked
    saved, variables = (held.saved, held.variables) if late else _own(dashboard, held, filters)
    before = outdated(held, saved, variables) if known else {}
    tiles = {
        tile.id: merged(
            before.get(tile.id),
            tile,
            failures.get(tile.id),
            asked=asked,
            now=now,
            wanted=filters,
        )
        for tile in dashboard.tiles
        if not late or tile.id in held.tiles
    }
    if late:
        new = replace(held, tiles={**held.tiles, **tiles})
    else:
        new = DashboardState(
            dashboard=stripped(dashboard),
            tiles=tiles,
            fetched_at=now,
            loading=held.loading and asked == 0,
            from_cache=asked == 0,
            progress=held.progress,
            asked=asked,
            saved=saved,
            variables=variables,
            override=held.override,
        )
    changed = differences(board, held if known else None, new)
    state = put(state, board, new)
    if asked or state.alerts.from_cache:
        return state, changed
    state, more = on_tiles(state)  # the list of alerts is newer than what the cache says of them
    return state, changed | more


def _own(dashboard: Dashboard, held: DashboardState, filters: str) -> tuple[Raw, Raw]:
    """Find the filters and variables for everyone; of old servers a call with others hides them."""
    told = dashboard.saved_filters
    if filters == AS_SAVED:
        return (dashboard.filters if told == NULL else told), dashboard.variables
    return (held.saved if told == NULL else told), held.variables


def with_dashboard_failure(
    state: State, dashboard_id: int, failure: Failure, *, now: datetime, asked: int = 0
) -> Step:
    """Note why a dashboard could not be read; what is held of it stays."""
    held = state.dashboards.get(dashboard_id)
    if held is None:
        missing = {**state.missing, dashboard_id: failure}
        new = replace(state, missing=missing, opening=state.opening - {dashboard_id})
        return new, Changes(headers=frozenset({dashboard_id}))
    if asked < held.asked:
        return state, NOTHING
    since = held.failed_since if held.failure else now
    failed = replace(held, failure=failure, failed_since=since, loading=False)
    return _header(state, dashboard_id, failed)


def without_dashboard(state: State, dashboard_id: int) -> Step:
    """Forget a dashboard; its rows in the list stay."""
    kept = {key: held for key, held in state.dashboards.items() if key != dashboard_id}
    missing = {key: why for key, why in state.missing.items() if key != dashboard_id}
    opening_ = state.opening - {dashboard_id}
    new = replace(state, dashboards=kept, missing=missing, opening=opening_)
    return new, Changes(dashboards=frozenset({dashboard_id})) if new != state else NOTHING


def with_overlay(state: State, dashboard_id: int, overlay: Overlay) -> Step:
    """Lay a person's own layout over a dashboard, which need not be known yet."""
    if state.overlays.get(dashboard_id) == overlay:
        return state, NOTHING
    new = replace(state, overlays={**state.overlays, dashboard_id: overlay})
    return new, Changes(dashboards=frozenset({dashboard_id}))


def without_overlay(state: State, dashboard_id: int) -> Step:
    """Show a dashboard as the server has it."""
    if dashboard_id not in state.overlays:
        return state, NOTHING
    kept = {key: overlay for key, overlay in state.overlays.items() if key != dashboard_id}
    return replace(state, overlays=kept), Changes(dashboards=frozenset({dashboard_id}))


def with_progress(state: State, dashboard_id: int, progress: Progress | None) -> Step:
    """Say how far the refresh of a dashboard is; None when none runs."""
    held = state.dashboards.get(dashboard_id)
    if held is None or held.progress == progress:
        return state, NOTHING
    return _header(state, dashboard_id, replace(held, progress=progress))


def with_offline(state: State, failure: Failure) -> Step:
    """Note that the server cannot be reached."""
    if state.offline == failure:
        return state, NOTHING
    return replace(state, offline=failure), Changes(offline=True)


def with_online(state: State) -> Step:
    """Note that the server answers."""
    if state.offline is None:
        return state, NOTHING
    return replace(state, offline=None), Changes(offline=True)


def with_annotations(state: State, annotations: Sequence[Annotation]) -> Step:
    """Take the project's annotations."""
    return _around(state, replace(state.around, annotations=tuple(annotations)))


def with_color_themes(state: State, themes: Sequence[ColorTheme]) -> Step:
    """Take the project's colour themes."""
    return _around(state, replace(state.around, color_themes=tuple(themes)))


def with_group_types(state: State, types: Sequence[GroupType]) -> Step:
    """Take the names of the project's groups."""
    return _around(state, replace(state.around, group_types=tuple(types)))


def _around(state: State, around: Around) -> Step:
    if around == state.around:
        return state, NOTHING
    return replace(state, around=around), Changes(around=True)


def put(state: State, board: int, held: DashboardState) -> State:
    """Hold a dashboard: it is neither missing nor being opened any more."""
    return replace(
        state,
        dashboards={**state.dashboards, board: held},
        missing={key: why for key, why in state.missing.items() if key != board},
        opening=state.opening - {board},
    )


def _header(state: State, board: int, held: DashboardState) -> Step:
    new = replace(state, dashboards={**state.dashboards, board: held})
    return new, Changes(headers=frozenset({board}))


def differences(board: int, old: DashboardState | None, new: DashboardState) -> Changes:
    """Say what is to be shown anew of a dashboard."""
    if old is None:
        every = frozenset((board, tile) for tile in new.tiles)
        return Changes(dashboards=frozenset({board}), headers=frozenset({board}), tiles=every)
    moved = old.dashboard != new.dashboard
    return Changes(
        dashboards=frozenset({board} if moved else ()),
        headers=frozenset({board}),
        tiles=frozenset(
            (board, tile) for tile, held in new.tiles.items() if differs(old.tiles.get(tile), held)
        ),
    )


def differs(old: TileState | None, new: TileState) -> bool:
    """Say whether anything that is seen of a tile changed."""
    return old is None or replace(old, asked=new.asked) != new
