"""PostHog's alerts in words: how one stands, what it watches for, when it is checked."""

from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from phdesk.core.ages import absolute
from phdesk.core.charts.alerting import alert_lines
from phdesk.core.charts.spec import TileView, XYBody, XYSeries
from phdesk.core.dates import short_month
from phdesk.core.formatting import Format, number, percent
from phdesk.core.refused import at_fields, field_words
from phdesk.models.alert import CALM, ERRORED, FIRING, SNOOZED, Alert
from phdesk.models.failure import Cause, Failure

INTERVALS = {
    "real_time": "in real time",
    "every_15_minutes": "every 15 minutes",
    "hourly": "every hour",
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
}
NAME, INSIGHT, SERIES, CONDITION, BOUNDS = "name", "insight", "series", "condition", "bounds"
INTERVAL, BLOCKED, USERS = "interval", "blocked", "users"
FIELDS = {  # where a person finds what a server names
    "name": NAME,
    "insight": INSIGHT,
    "config": SERIES,
    "condition": CONDITION,
    "threshold": BOUNDS,
    "calculation_interval": INTERVAL,
    "schedule_restriction": BLOCKED,
    "subscribed_users": USERS,
}
TRENDS = "TrendsAlertConfig"
PLAIN = Format()


class Standing(Struct, frozen=True, gc=False):
    """How an alert stands: a word, and names of an icon and of a colour beside it."""

    word: str
    icon: str
    color: str


def standing(alert: Alert, now: datetime, zone: tzinfo | None = None) -> Standing:
    """Say how an alert stands; what only a newer server knows is said in its own word."""
    if not alert.enabled:
        return Standing("Off", "minus", "muted")
    if alert.state == SNOOZED:
        until = alert.snoozed_until
        more = f" until {_when(until, now, zone)}" if until is not None else ""
        return Standing(f"Snoozed{more}", "clock", "muted")
    known = {
        FIRING: Standing("Firing", "bell", "bad"),
        CALM: Standing("Not firing", "check", "good"),
        ERRORED: Standing("Cannot be checked", "triangle-alert", "warn"),
    }
    return known.get(alert.state, Standing(alert.state or "Not known", "circle-help", "muted"))


def rule_words(alert: Alert, how: Format = PLAIN) -> str:
    """Say what an alert watches for, such as "Rises by more than 20%"."""
    if alert.anomaly:
        return f"Unusual, as {alert.detector} finds" if alert.detector else "Unusual"
    verb = {"relative_increase": "Rises by ", "relative_decrease": "Falls by "}
    start = verb.get(alert.condition, "")
    relative = bool(start) or alert.condition not in ("", "absolute_value")
    above, below = ("more than", "less than") if relative else ("Above", "Below")
    bounds = [
        f"{side} {percent(bound) if alert.percentage else number(bound, how)}"
        for side, bound in ((above, alert.upper), (below, alert.lower))
        if bound is not None
    ]
    if not bounds:
        return "No threshold"
    if relative and not start:  # of a newer server: its own word for it
        start = f"{alert.condition.replace('_', ' ').capitalize()} "
    return start + " or ".join([bounds[0], *(bound.lower() for bound in bounds[1:])])


def interval_words(interval: str) -> str:
    """Say how often an alert is checked."""
    return INTERVALS.get(interval, interval.replace("_", " "))


def next_check(alert: Alert, now: datetime, zone: tzinfo | None = None) -> str:
    """Say when the server looks next."""
    if not alert.enabled:
        return "Not checked"
    if alert.next_check_at is None:
        return interval_words(alert.interval).capitalize()
    if alert.next_check_at <= now:
        return "Due now"
    return _when(alert.next_check_at, now, zone)


def last_value(alert: Alert, how: Format = PLAIN) -> str:
    """Write what the last check found: of a percentage, the change in percent."""
    if alert.value is None:
        return "–" if alert.last_checked_at is not None else "Not checked yet"
    return percent(alert.value) if alert.percentage else number(alert.value, how)


def checks_view(alert: Alert, how: Format, zone: tzinfo | None = None) -> TileView:
    """Draw what the checks found, the oldest first, with the thresholds."""
    checks = tuple(reversed(alert.checks))
    times = [_moment(one.at.astimezone(zone)) for one in checks]
    how = Format(style="percentage_scaled") if alert.percentage else how
    line = XYSeries(label="Checked value", color="preset-1", values=tuple(c.value for c in checks))
    plain = alert if alert.condition == "absolute_value" else alert_as_plain(alert)
    body = XYBody(
        x_labels=tuple(times),
        x_titles=tuple(times),
        series=(line,),
        format=how,
        right_format=how,
        goal_lines=alert_lines([plain], how, every=True),
        legend=False,
    )
    fired = sum(one.state == FIRING for one in checks)
    said = f"{len(checks)} checks of {alert.name}, {fired} of them firing"
    return TileView(
        title=alert.name, kind="alert", kind_label="Checks", display="", summary=said, body=body
    )


def alert_as_plain(alert: Alert) -> Alert:
    """Take bounds of a change as bounds of a value: its checks hold the changes."""
    return Alert(lower=alert.lower, upper=alert.upper, enabled=True, anomaly=alert.anomaly)


def refusal_words(failure: Failure) -> str:
    """Say why alerts cannot be had, and what helps."""
    if failure.cause is Cause.MISSING_SCOPE:
        scope = failure.scope or "alert:read"
        return (
            f"The key lacks the scope {scope}. Add it to the key in PostHog, under Settings, "
            "Personal API keys; then look again."
        )
    if failure.cause is Cause.FORBIDDEN:
        return (
            f"{failure.message} Servers before 2025 let no key read alerts: there they are found "
            "in PostHog alone. phdesk asks again after the next sign-in."
        )
    if failure.cause is Cause.NOT_FOUND:
        return "This server has no alerts. phdesk asks again after the next sign-in."
    if failure.cause is Cause.PLAN:
        return "The project's plan of PostHog does not include alerts."
    return failure.message


def refused_words(failure: Failure) -> str:
    """Say why something could not be done with one alert, where alerts as such can be had."""
    if failure.cause is Cause.NOT_FOUND:
        return "This alert is no longer there: somebody deleted it meanwhile."
    if failure.cause is Cause.FORBIDDEN and "personal api key" not in failure.detail.casefold():
        return failure.message
    return refusal_words(failure)


def refused_fields(failure: Failure) -> dict[str, str]:
    """Say at which fields a server refused an alert; under an empty name it is the whole."""
    if failure.field == "alert":  # as many as the plan allows
        said = field_words(failure)
        return {"": f"{said} Delete another or switch one off, or change the plan in PostHog."}
    return at_fields(failure, FIELDS, refused_words(failure))


def _when(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    text = absolute(when, now, zone)
    tomorrow = (now + timedelta(days=1)).astimezone(zone).date()
    here = when.astimezone(zone)
    return f"tomorrow {here:%H:%M}" if here.date() == tomorrow else text


def _moment(at: datetime) -> str:
    return f"{at:%d} {short_month(at)} {at:%H:%M}"
