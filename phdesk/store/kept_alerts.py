"""PostHog's alerts in the cache, as they were last seen."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from phdesk.models.alert import Alert
from phdesk.store.cache import Cache
from phdesk.store.state import NOTHING, Changes, State

Step = tuple[State, Changes]
ALERTS = "alerts"  # the kind of facts in the cache


class KeptAlerts(Struct, frozen=True, gc=False):
    """A list of alerts with its time, as it is kept."""

    items: tuple[Alert, ...]
    fetched_at: datetime


_KEPT = msgspec.json.Decoder(KeptAlerts)


def pack_alerts(alerts: Sequence[Alert], now: datetime) -> bytes:
    """Write a list of alerts, without the history of their checks."""
    items = tuple(replace(alert, checks=()) for alert in alerts)
    return msgspec.json.encode(KeptAlerts(items, now))


def load_alerts(state: State, cache: Cache) -> Step:
    """Add the alerts as they were seen last, where nothing newer is known."""
    if state.account is None or state.project is None or state.alerts.fetched_at is not None:
        return state, NOTHING
    data = cache.load_around(state.account.id, state.project.id, ALERTS)
    try:
        kept = _KEPT.decode(data) if data else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        kept = None
    if kept is None:
        return state, NOTHING
    alerts = replace(state.alerts, items=kept.items, fetched_at=kept.fetched_at, from_cache=True)
    return replace(state, alerts=alerts), Changes(alerts=True)
