"""Gather what view-models need besides an insight, from what the store holds."""

from datetime import datetime

from msgspec import structs

from phdesk.core.charts.context import Context
from phdesk.models.account import Project
from phdesk.store.state import NOTHING_AROUND, Around, DashboardState, Origin


def context_of(
    state: DashboardState, project: Project | None, now: datetime, around: Around = NOTHING_AROUND
) -> Context:
    """Gather what view-models need besides the insight."""
    return structs.replace(
        project_context(project, now, around),
        breakdown_colors=state.dashboard.breakdown_colors,
        dashboard_id=state.dashboard.row.id,
        dashboard_theme=state.dashboard.data_color_theme_id,
    )


def project_context(
    project: Project | None, now: datetime, around: Around = NOTHING_AROUND
) -> Context:
    """Gather what view-models of insights need that are on no dashboard."""
    known = project or Project(id=0)
    return Context(
        now=now,
        timezone=known.timezone,
        week_start_day=known.week_start_day,
        currency=known.base_currency,
        annotations=around.annotations,
        color_themes=around.color_themes,
        groups=tuple((one.index, one.one, one.several) for one in around.group_types),
        project_theme=known.default_data_theme,
    )


def context_there(origin: Origin, now: datetime) -> Context:
    """Gather the same for a tile of a board, as in its own project."""
    return structs.replace(
        project_context(origin.project, now, origin.around),
        breakdown_colors=origin.breakdown_colors,
        dashboard_id=origin.dashboard,
        dashboard_theme=origin.color_theme,
    )
