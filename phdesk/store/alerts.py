"""Pure steps from one state to the next: PostHog's alerts, in the list and on their tiles."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from phdesk.core.alert_news import newest_alerts
from phdesk.models.alert import Alert
from phdesk.models.failure import Failure
from phdesk.store.state import NOTHING, AlertsState, Changes, State
from phdesk.store.tiles import put_tiles

Step = tuple[State, Changes]


def with_alerts_loading(state: State) -> Step:
    """Note that the list is being read."""
    return _put(state, replace(state.alerts, loading=True))


def with_alerts(state: State, alerts: Sequence[Alert], *, now: datetime) -> Step:
    """Take the list of the project's alerts; what it says goes to their tiles too."""
    items = newest_alerts(state.alerts.items, tuple(alerts)) or ()
    state, changed = _put(state, AlertsState(items=items, fetched_at=now))
    state, more = on_tiles(state)
    return state, changed | more


def with_alerts_failure(state: State, failure: Failure) -> Step:
    """Note why the list could not be read; the last good one stays."""
    return _put(state, replace(state.alerts, failure=failure, loading=False))


def with_alert(state: State, alert: Alert) -> Step:
    """Take one alert as it is now: made, changed, or read with its checks."""
    new = replace(alert, checks=())
    others = [one for one in state.alerts.items if one.id != alert.id]
    place = next(
        (place for place, one in enumerate(state.alerts.items) if one.id == alert.id), len(others)
    )
    return _changed(state, (*others[:place], new, *others[place:]))


def without_alert(state: State, alert_id: str) -> Step:
    """Forget an alert that was deleted."""
    return _changed(state, tuple(one for one in state.alerts.items if one.id != alert_id))


def on_tiles(state: State) -> Step:
    """Give the tiles of all dashboards the alerts that the list has for them."""
    changed = NOTHING
    if state.alerts.fetched_at is None:
        return state, NOTHING
    by_insight: dict[int, tuple[Alert, ...]] = {}
    for alert in state.alerts.items:
        if alert.insight_id is not None:
            by_insight[alert.insight_id] = (*by_insight.get(alert.insight_id, ()), alert)
    for dashboard_id, board in state.dashboards.items():
        new = {}
        for tile_id, held in board.tiles.items():
            insight = held.insight
            if insight is None or insight.id is None or held.origin is not None:
                continue
            alerts = newest_alerts(insight.alerts, by_insight.get(insight.id, ()))
            if alerts != (insight.alerts or ()):
                new[tile_id] = replace(held, insight=replace(insight, alerts=alerts))
        state, step = put_tiles(state, dashboard_id, new)
        changed |= step
    return state, changed


def _changed(state: State, items: tuple[Alert, ...]) -> Step:
    state, changed = _put(state, replace(state.alerts, items=items))
    state, more = on_tiles(state)
    return state, changed | more


def _put(state: State, alerts: AlertsState) -> Step:
    if alerts == state.alerts:
        return state, NOTHING
    return replace(state, alerts=alerts), Changes(alerts=True)
