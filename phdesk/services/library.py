"""Fill the store from disk before the network is there; imports little, runs before first paint."""

from collections.abc import Collection, Sequence

from phdesk.core.filters import AS_SAVED
from phdesk.models.account import Account, Project
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from phdesk.store.changes import (
    Step,
    with_account,
    with_annotations,
    with_color_themes,
    with_dashboard,
    with_group_types,
    with_overlay,
    with_rows,
)
from phdesk.store.coming import with_frame
from phdesk.store.documents import (
    ANNOTATIONS,
    COLOR_THEMES,
    GROUP_TYPES,
    outlived,
    unpack_annotations,
    unpack_color_themes,
    unpack_frame,
    unpack_group_types,
    unpack_overlay,
    unpack_project,
    unpack_rows,
    unpack_tiles,
    with_answers,
)
from phdesk.store.overrides import is_of_now, wanted_key, with_known_results, with_outlived
from phdesk.store.state import EMPTY, NOTHING, State


def load_start(
    cache: Cache, settings: Settings, accounts: Sequence[Account], dashboard_id: int | None = None
) -> State:
    """Build the state to start with: the account, its list and the dashboard seen last."""
    account = last_account(settings, accounts)
    if account is None:
        return EMPTY
    project_id = settings.projects.get(account.id, account.project_id)
    state = load_project(cache, account, project_id)
    wanted = settings.dashboards.get(account.id) if dashboard_id is None else dashboard_id
    return state if wanted is None else with_cached_dashboard(state, cache, wanted)


def load_project(cache: Cache, account: Account, project_id: int | None) -> State:
    """Build the state of a project without any dashboard; its number may not be known yet."""
    if project_id is None:
        return with_account(EMPTY, account, None)[0]
    state = with_account(EMPTY, account, project_of(cache, account, project_id))[0]
    return load_around(with_cached_rows(state, cache), cache)[0]


def project_of(cache: Cache, account: Account, project_id: int) -> Project:
    """Give a project as it was kept, or by its number."""
    data = cache.load_project(account.id, project_id)
    known = unpack_project(data) if data else None
    name = account.project_name if project_id == account.project_id else ""
    return known or Project(id=project_id, name=name)


def last_account(settings: Settings, accounts: Sequence[Account]) -> Account | None:
    """Choose the account used last, else the first."""
    known = {account.id: account for account in accounts}
    return known.get(settings.account or "") or next(iter(accounts), None)


def with_cached_rows(state: State, cache: Cache) -> State:
    """Add the cached list of dashboards, if there is one."""
    return load_rows(state, cache)[0]


def load_rows(state: State, cache: Cache) -> Step:
    """Do the same as a step for `Store.apply`."""
    where = place_of(state)
    cached = cache.load_rows(*where) if where else None
    rows = unpack_rows(cached.data) if cached else None
    if cached is None or rows is None:
        return state, NOTHING
    return with_rows(state, rows, now=cached.fetched_at, from_cache=True)


def load_around(state: State, cache: Cache) -> Step:
    """Add cached annotations, colour themes and names of groups, as a step for `Store.apply`."""
    where = place_of(state)
    if where is None:
        return state, NOTHING
    notes = cache.load_around(*where, ANNOTATIONS)
    themes = cache.load_around(*where, COLOR_THEMES)
    groups = cache.load_around(*where, GROUP_TYPES)
    changed = NOTHING
    if notes is not None:
        state, step = with_annotations(state, unpack_annotations(notes) or ())
        changed |= step
    if themes is not None:
        state, step = with_color_themes(state, unpack_color_themes(themes) or ())
        changed |= step
    if groups is not None:
        state, step = with_group_types(state, unpack_group_types(groups) or ())
        changed |= step
    return state, changed


def with_cached_dashboard(state: State, cache: Cache, dashboard_id: int) -> State:
    """Add a cached dashboard, if there is one, and a layout of one's own."""
    return load_dashboard(state, cache, dashboard_id)[0]


def load_dashboard(state: State, cache: Cache, dashboard_id: int) -> Step:
    """Do the same as a step for `Store.apply`; a layout of one's own comes with it."""
    where = place_of(state)
    if where is None:
        return state, NOTHING
    state, overlaid = _load_overlay(state, cache, (*where, dashboard_id))
    cached = cache.load_dashboard(*where, dashboard_id)
    frame = unpack_frame(cached) if cached else None
    if cached is None or frame is None:
        return state, overlaid
    dashboard = with_answers(frame, cached)
    state, changed = with_dashboard(state, dashboard, now=cached.fetched_at)
    state, marked = with_outlived(state, dashboard_id, outlived(frame, dashboard))
    return state, changed | overlaid | marked


def load_frame(state: State, cache: Cache, dashboard_id: int, coming: Collection[int]) -> Step:
    """Add a cached dashboard without answers; those of the tiles in `coming` are read later."""
    where = place_of(state)
    if where is None:
        return state, NOTHING
    state, overlaid = _load_overlay(state, cache, (*where, dashboard_id))
    cached = cache.load_frame(*where, dashboard_id)
    frame = unpack_frame(cached) if cached else None
    if cached is None or frame is None:
        return state, overlaid
    state, changed = with_frame(state, frame, now=cached.fetched_at, coming=coming)
    return state, changed | overlaid


def _load_overlay(state: State, cache: Cache, key: tuple[str, int, int]) -> Step:
    dashboard_id = key[-1]
    data = None if dashboard_id in state.overlays else cache.load_overlay(*key)
    overlay = unpack_overlay(data) if data else None
    return with_overlay(state, dashboard_id, overlay) if overlay else (state, NOTHING)


def load_results(state: State, cache: Cache, dashboard_id: int) -> Step:
    """Find the results that are kept for the filters asked for now, as a step for the store."""
    where = place_of(state)
    if where is None:
        return state, NOTHING
    key = wanted_key(state, dashboard_id)
    if key == AS_SAVED:
        return _load_own_results(state, cache, (*where, dashboard_id))
    found = unpack_tiles(cache.load_tiles(*where, dashboard_id, key))
    return with_known_results(state, dashboard_id, key, found)


def _load_own_results(state: State, cache: Cache, where: tuple[str, int, int]) -> Step:
    """Find results of the dashboard's own filters, and mark those of what they were before."""
    cached = cache.load_dashboard(*where)
    frame = unpack_frame(cached) if cached else None
    if cached is None or frame is None:
        return state, NOTHING
    found = unpack_tiles(cached.tiles)
    state, changed = with_known_results(state, where[-1], AS_SAVED, found)
    if is_of_now(state, frame):
        before = outlived(frame, with_answers(frame, cached))
    else:
        before = frozenset(found)
    state, marked = with_outlived(state, where[-1], before)
    return state, changed | marked


def place_of(state: State) -> tuple[str, int] | None:
    """Give account and project, under which everything is kept."""
    if state.account is None or state.project is None:
        return None
    return state.account.id, state.project.id
