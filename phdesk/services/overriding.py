"""Write the filters asked for now as the server of a dashboard can read them."""

from datetime import datetime

from msgspec.structs import replace

from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday, for_2024
from phdesk.core.filters import UNCHANGED, Sent, sent
from phdesk.models.account import Project
from phdesk.store.overrides import is_modern, saved_of
from phdesk.store.state import State


def sent_for(state: State, dashboard_id: int, now: datetime) -> Sent:
    """Give what goes along with each call about a dashboard; nothing for its own filters."""
    board = state.dashboards.get(dashboard_id)
    if board is None or board.override is None:
        return UNCHANGED
    override = board.override
    modern = is_modern(board)
    if modern:
        return sent(override, saved_of(board), modern=True)
    project = state.project or Project(id=0)
    wanted = override.filters
    date_from, date_to = for_2024(
        wanted.date_from,
        wanted.date_to,
        now.astimezone(zone(project.timezone)),
        first_weekday(project.week_start_day),
    )
    readable = replace(override, filters=replace(wanted, date_from=date_from, date_to=date_to))
    return replace(sent(readable, saved_of(board), modern=False), key=override.key)
