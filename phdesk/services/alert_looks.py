"""What a look at PostHog's alerts leads to, decided on how any phdesk has last seen them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.alert_news import events_between, newest_alerts
from phdesk.core.alert_notices import TilePlace, first_look, notices_of
from phdesk.core.charts.series import axis_format
from phdesk.core.formatting import Format
from phdesk.core.question import read_question
from phdesk.models.account import Project
from phdesk.models.alert import Alert
from phdesk.models.insight import Insight
from phdesk.store.alerts_found import Seen
from phdesk.store.contexts import context_of
from phdesk.store.state import DashboardState, State


class AlertLook(Struct, frozen=True, gc=False, kw_only=True):
    """Alerts of a project as they were read, and where the tiles of their insights are.

    They are all there are, unless `gone` names those that are gone: then others may have come.
    """

    account: str
    project: Project
    alerts: Sequence[Alert]
    places: Mapping[int, TilePlace]  # by insight
    at: datetime
    gone: frozenset[str] | None = None

    @property
    def where(self) -> tuple[str, int]:
        """Name whose alerts they are."""
        return self.account, self.project.id

    def compare(self, known: Mapping[str, Alert] | None) -> Seen:
        """Find what is new; what was so before the first look ever is counted, and not told."""
        came = tuple(replace(alert, checks=()) for alert in self.alerts)
        if known is None:
            return Seen(came, first_look(came, self.account, self.project, self.at))
        before = tuple(known.values())
        if self.gone is not None:
            there = self.gone | {alert.id for alert in came}
            came = (*came, *(alert for alert in before if alert.id not in there))
        after = newest_alerts(before, came) or ()
        events = events_between(before, after)
        notices = notices_of(events, self.account, self.project, self.places, self.at)
        gone = known.keys() - {alert.id for alert in after}
        return Seen(after, notices, tuple(gone))


def look_of(
    state: State, alerts: Sequence[Alert], now: datetime, gone: frozenset[str] | None = None
) -> AlertLook | None:
    """Gather a look at what a state knows; None while nobody is signed in."""
    if state.account is None or state.project is None:
        return None
    wanted = {alert.insight_id for alert in alerts} - {None}
    places = {
        held.insight.id: TilePlace(
            number, tile, board.dashboard.row.name, _format(held.insight, board, state, now)
        )
        for number, board in state.dashboards.items()
        for tile, held in board.tiles.items()
        if held.insight is not None
        and held.insight.id is not None
        and held.insight.id in wanted
        and held.origin is None
    }
    return AlertLook(
        account=state.account.id,
        project=state.project,
        alerts=alerts,
        places=places,
        at=now,
        gone=gone,
    )


def _format(insight: Insight, board: DashboardState, state: State, now: datetime) -> Format:
    """Give how a tile writes its numbers."""
    context = context_of(board, state.project, now, state.around)
    return axis_format(read_question(insight).filter, context)
