"""Read alerts in the shapes of 2024 and 2026 (reference 8.1); what is unknown is passed over."""

from collections.abc import Mapping

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.alert import Alert, AlertCheck
from phdesk.models.insight import NULL

Fields = Mapping[str, Raw]


def read_alerts(raw: Raw) -> tuple[Alert, ...] | None:
    """Read an insight's alerts; None when the answer does not name any list of them."""
    items = coerce.elements(raw)
    if items is None:
        return None
    return tuple(alert for item in items if (alert := read_alert(item)) is not None)


def read_alert(raw: Raw) -> Alert | None:
    """Read an alert; None for what is no object."""
    sent = coerce.fields(raw)
    if sent is None:
        return None
    threshold = _inside(sent, "threshold", "configuration")
    old = coerce.fields(_of(threshold, "absoluteThreshold"))  # the shape of 2024
    bounds = coerce.fields(_of(threshold, "bounds")) or old or {}
    insight = coerce.fields(_of(sent, "insight")) or {}
    config = _inside(sent, "config")
    detector = coerce.fields(_of(sent, "detector_config")) or {}
    users = _users(_of(sent, "subscribed_users"))
    return Alert(
        id=coerce.text(_of(sent, "id")),
        name=coerce.text(_of(sent, "name")),
        state=coerce.text(_of(sent, "state")),
        enabled=coerce.optional_truth(_of(sent, "enabled")) is not False,
        condition=coerce.text(_of(_inside(sent, "condition"), "type")) or "absolute_value",
        lower=coerce.number(_of(bounds, "lower")),
        upper=coerce.number(_of(bounds, "upper")),
        percentage=coerce.text(_of(threshold, "type")) == "percentage",
        value=_checked_value(sent),
        anomaly=bool(detector),
        insight_id=coerce.whole(_of(insight, "id")) or coerce.whole(_of(sent, "insight")),
        insight_short_id=coerce.text(_of(insight, "short_id")),
        insight_name=_name(insight),
        config=_kept(sent, "config") if config else NULL,
        series=coerce.whole(_of(config, "series_index")),
        unfinished=coerce.truth(_of(config, "check_ongoing_interval")),
        detector=coerce.text(_of(detector, "type")),
        detector_config=_kept(sent, "detector_config") if detector else NULL,
        interval=coerce.text(_of(sent, "calculation_interval")),
        users=tuple(number for number, _ in users),
        names=tuple(name for _, name in users),
        snoozed_until=coerce.moment(_of(sent, "snoozed_until")),
        skip_weekend=coerce.truth(_of(sent, "skip_weekend")),
        blocked=_windows(_inside(sent, "schedule_restriction")),
        last_checked_at=coerce.moment(_of(sent, "last_checked_at")),
        next_check_at=coerce.moment(_of(sent, "next_check_at")),
        last_notified_at=coerce.moment(_of(sent, "last_notified_at")),
        created_at=coerce.moment(_of(sent, "created_at")),
        checks=_checks(_of(sent, "checks")),
        checks_total=coerce.whole(_of(sent, "checks_total")),
        of_2024=old is not None,
    )


def _checks(raw: Raw) -> tuple[AlertCheck, ...]:
    """Read the checks that say when they were, in the order in which they came."""
    found = []
    for item in coerce.elements(raw) or ():
        sent = coerce.fields(item) or {}
        at = coerce.moment(_of(sent, "created_at"))
        if at is not None:
            found.append(
                AlertCheck(
                    id=coerce.text(_of(sent, "id")),
                    at=at,
                    state=coerce.text(_of(sent, "state")),
                    value=coerce.number(_of(sent, "calculated_value")),
                    notified=coerce.truth(_of(sent, "targets_notified")),
                )
            )
    return tuple(found)


def _checked_value(sent: Fields) -> float | None:
    """Find the value of the last check: named in 2026, in the newest check before."""
    named = coerce.number(_of(sent, "last_value"))
    checks = coerce.elements(_of(sent, "checks")) or ()
    if named is not None or not checks:
        return named
    return coerce.number(_of(coerce.fields(checks[0]) or {}, "calculated_value"))


def _users(raw: Raw) -> list[tuple[int, str]]:
    """Read who is mailed, with their names: sent as objects, written as numbers."""
    found = []
    for item in coerce.elements(raw) or ():
        sent = coerce.fields(item) or {}
        number = coerce.whole(_of(sent, "id")) or coerce.whole(item)
        if number is not None:
            name = coerce.text(_of(sent, "first_name")) or coerce.text(_of(sent, "email"))
            found.append((number, name))
    return found


def _windows(schedule: Fields) -> tuple[tuple[str, str], ...]:
    parts = (
        coerce.fields(item) or {}
        for item in coerce.elements(_of(schedule, "blocked_windows")) or ()
    )
    pairs = ((coerce.text(_of(part, "start")), coerce.text(_of(part, "end"))) for part in parts)
    return tuple(pair for pair in pairs if all(pair))


def _name(insight: Fields) -> str:
    return coerce.text(_of(insight, "name")) or coerce.text(_of(insight, "derived_name"))


def _kept(sent: Fields, key: str) -> Raw:
    """Copy a part, so that it does not keep the whole answer."""
    return _of(sent, key).copy()


def _inside(sent: Fields, *keys: str) -> Fields:
    for key in keys:
        sent = coerce.fields(_of(sent, key)) or {}
    return sent


def _of(sent: Fields, key: str) -> Raw:
    return sent.get(key, NULL)
