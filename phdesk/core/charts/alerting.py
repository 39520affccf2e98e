"""Say and draw what alerts watch for (reference section 8.1)."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from phdesk.core.ages import absolute
from phdesk.core.charts.spec import GoalLine
from phdesk.core.formatting import Format, number, percent
from phdesk.models.alert import ERRORED, SNOOZED, Alert

WAYS = {"relative_increase": "up", "relative_decrease": "down"}


def alert_text(alerts: Sequence[Alert], how: Format) -> str:
    """Say why a tile is on alert, as in "Alert: above 2%"; empty while none fires."""
    firing = [alert for alert in alerts if alert.firing]
    if not firing:
        return ""
    more = f" and {len(firing) - 1} more" if len(firing) > 1 else ""
    return f"Alert: {_reason(firing[0], how)}{more}"


def alert_note(
    alerts: Sequence[Alert], now: datetime, zone: tzinfo | None = None
) -> tuple[str, bool]:
    """Say of alerts of which none fires that one cannot be checked, or is snoozed.

    The second part tells whether it is the first of the two. A snooze that is over by `now` is
    none: the next check says how the alert stands.
    """
    on = [alert for alert in alerts if alert.enabled]
    if any(alert.firing for alert in on):
        return "", False
    errored = [alert for alert in on if alert.state == ERRORED]
    asleep = [alert for alert in on if alert.state == SNOOZED and not _is_over(alert, now)]
    if errored:
        return f"Alert cannot be checked{_more(errored)}", True
    if not asleep:
        return "", False
    until = min((one.snoozed_until for one in asleep if one.snoozed_until), default=None)
    when = f" until {absolute(until, now, zone)}" if until is not None else ""
    return f"Alert snoozed{when}{_more(asleep)}", False


def _is_over(alert: Alert, now: datetime) -> bool:
    return alert.snoozed_until is not None and alert.snoozed_until <= now


def _more(alerts: Sequence[Alert]) -> str:
    return f" and {len(alerts) - 1} more" if len(alerts) > 1 else ""


def alert_lines(alerts: Sequence[Alert], how: Format, *, every: bool) -> tuple[GoalLine, ...]:
    """Draw the bounds of absolute alerts: of all that are on, or only of those that fire."""
    return tuple(
        GoalLine(label=f"Alert: {side} {number(bound, how)}", value=bound, color="warn")
        for alert in alerts
        if alert.firing or (every and alert.enabled)
        for side, bound in (("above", alert.upper), ("below", alert.lower))
        if bound is not None and not alert.anomaly and alert.condition not in WAYS
    )


def _reason(alert: Alert, how: Format) -> str:
    lower, upper = alert.lower, alert.upper
    if alert.anomaly:
        return "unusual value"
    if lower is None and upper is None:
        return alert.name or "firing"
    if lower is not None and upper is not None:
        if alert.value is None or lower <= alert.value <= upper:
            return f"outside {_bound(lower, alert, how)} to {_bound(upper, alert, how)}"
        lower, upper = (lower, None) if alert.value < lower else (None, upper)
    above, below = _sides(alert)
    if upper is not None:
        return f"{above} {_bound(upper, alert, how)}"
    return f"{below} {_bound(lower, alert, how)}"


def _sides(alert: Alert) -> tuple[str, str]:
    way = WAYS.get(alert.condition)
    return (f"{way} more than", f"{way} less than") if way else ("above", "below")


def _bound(value: float | None, alert: Alert, how: Format) -> str:
    return percent(value) if alert.percentage else number(value, how)
