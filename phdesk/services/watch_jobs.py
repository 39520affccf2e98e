"""Gather what a watch is judged by from what is known of its project."""

from datetime import datetime

from phdesk.core.charts.context import Context
from phdesk.core.filters import AS_SAVED
from phdesk.core.listing import title_of
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.models.watch import Watch
from phdesk.services.watch_judging import Job
from phdesk.store.contexts import context_of
from phdesk.store.state import DashboardState, State


def job_of(
    watch: Watch, state: State, now: datetime, gone_at: datetime | None = None
) -> Job | None:
    """Gather it; None while there is nothing to judge.

    `gone_at` is when the server said that it has no such dashboard, which counts once.
    """
    board = state.dashboards.get(watch.dashboard)
    if not watch.enabled:
        return Job(watch=watch, insight=None, at=now, context=Context(now=now))
    if is_gone_whole(watch.dashboard, state):
        return Job(
            watch=watch,
            insight=None,
            at=gone_at or now,
            dashboard_gone=True,
            context=Context(now=now),
            project_name=state.project.name if state.project is not None else "",
            dashboard_name=title_of(board.dashboard.row) if board is not None else "",
        )
    if board is None or board.override is not None:
        return None
    insight, is_gone = _shown(watch, board)
    if insight is None and not is_gone:
        return None
    return Job(
        watch=watch,
        insight=insight,
        at=board.fetched_at or now,
        context=context_of(board, state.project, now, state.around),
        project_name=state.project.name if state.project is not None else "",
        dashboard_name=title_of(board.dashboard.row),
    )


def result_time(watch: Watch, state: State) -> datetime | None:
    """Say when the result was calculated that a watch would be judged by, however old it is."""
    board = state.dashboards.get(watch.dashboard)
    if board is None or board.override is not None:
        return None
    insight, _ = _shown(watch, board)
    return insight.last_refresh if insight is not None else None


def is_gone_whole(dashboard: int, state: State) -> bool:
    """Tell whether the server said last that it has no such dashboard, and is not asked again."""
    return gone_by(dashboard, state) is not None


def gone_by(dashboard: int, state: State) -> Failure | None:
    """Give the answer that says so."""
    board = state.dashboards.get(dashboard)
    if board is not None and board.loading:
        return None
    failure = board.failure if board is not None else state.missing.get(dashboard)
    return failure if failure is not None and failure.cause is Cause.NOT_FOUND else None


def tile_of(watch: Watch, board: DashboardState) -> int:
    """Give the number of a watched tile, which may have been put on its dashboard anew."""
    if watch.tile in board.tiles or not watch.insight:
        return watch.tile
    alike = (tile for tile, held in board.tiles.items() if _short_id(held.insight) == watch.insight)
    return next(alike, watch.tile)


def _shown(watch: Watch, board: DashboardState) -> tuple[Insight | None, bool]:
    """Give what a watched tile shows under the dashboard's own filters, and whether it is gone."""
    held = board.tiles.get(tile_of(watch, board))
    if held is None:
        return None, not board.from_cache and board.failure is None
    is_own = held.filters == AS_SAVED and held.wanted == AS_SAVED
    return (held.insight if held.has_result and is_own else None), False


def _short_id(insight: Insight | None) -> str:
    return insight.short_id if insight is not None else ""
