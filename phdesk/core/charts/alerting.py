"""Say and draw what alerts watch for (reference section 8.1)."""

from collections.abc import Sequence

from phdesk.core.charts.spec import GoalLine
from phdesk.core.formatting import Format, number, percent
from phdesk.models.alert import Alert

WAYS = {"relative_increase": "up", "relative_decrease": "down"}


def alert_text(alerts: Sequence[Alert], how: Format) -> str:
    """Say why a tile is on alert, as in "Alert: above 2%"; empty while none fires."""
    firing = [alert for alert in alerts if alert.firing]
    if not firing:
        return ""
    more = f" and {len(firing) - 1} more" if len(firing) > 1 else ""
    return f"Alert: {_reason(firing[0], how)}{more}"


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
