"""Gather what a watch is judged by from what is known of its project."""

from datetime import datetime

from phdesk.core.charts.context import Context
from phdesk.core.filters import AS_SAVED
from phdesk.core.listing import title_of
from phdesk.models.failure import Cause
from phdesk.models.insight import Insight
from phdesk.models.watch import Watch
from phdesk.services.watch_judging import Job
from phdesk.store.contexts import context_of
from phdesk.store.state import DashboardState, State


def job_of(watch: Watch, state: State, now: datetime) -> Job | None:
    """Gather it; None while there is nothing to judge."""
    board = state.dashboards.get(watch.dashboard)
    if not watch.enabled:
        return Job(watch=watch, insight=None, at=now, context=Context(now=now))
    gone = gone_since(watch.dashboard, state, now)
    if gone is not None:
        return Job(
            watch=watch,
            insight=None,
            at=gone,
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


def gone_since(dashboard: int, state: State, now: datetime) -> datetime | None:
    """Say when the server was first heard to have no such dashboard; None where it was not."""
    board = state.dashboards.get(dashboard)
    failure = board.failure if board is not None else state.missing.get(dashboard)
    if failure is None or failure.cause is not Cause.NOT_FOUND:
        return None
    return now if board is None else board.failed_since or now


def _shown(watch: Watch, board: DashboardState) -> tuple[Insight | None, bool]:
    """Give what a watched tile shows under the dashboard's own filters, and whether it is gone."""
    held = board.tiles.get(watch.tile)
    if held is None and watch.insight:  # put on its dashboard anew
        alike = (one for one in board.tiles.values() if _short_id(one.insight) == watch.insight)
        held = next(alike, None)
    if held is None:
        return None, not board.from_cache and board.failure is None
    is_own = held.filters == AS_SAVED and held.wanted == AS_SAVED
    return (held.insight if held.has_result and is_own else None), False


def _short_id(insight: Insight | None) -> str:
    return insight.short_id if insight is not None else ""
