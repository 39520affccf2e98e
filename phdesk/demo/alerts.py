"""Watch insights of the demo: alerts that are checked whenever an answer was computed anew."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from phdesk.demo.account import USER
from phdesk.demo.engine import source_of
from phdesk.demo.errors import ApiError, invalid, not_found
from phdesk.demo.ranges import iso
from phdesk.demo.selection import JSON
from phdesk.demo.shelf import Insight, Shelf

FIRING, CALM, SNOOZED = "Firing", "Not firing", "Snoozed"
NEEDED = ("insight", "subscribed_users", "config")
RULES = ("condition", "threshold", "config", "detector_config")
PLAIN = ("name", "enabled", "calculation_interval", "skip_weekend", "schedule_restriction")
EVERY = {
    "real_time": timedelta(minutes=2),
    "every_15_minutes": timedelta(minutes=15),
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
}
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
USUAL_CHECKS, MOST_CHECKS = 5, 500
FIRST_MADE = 1_000_000  # numbers of alerts that insights do not bring along come after it


@dataclass(slots=True)
class Alert:
    """An alert with what its checks found, the newest first."""

    id: str
    insight: Insight
    fields: JSON
    created: datetime
    state: str = CALM
    snoozed: datetime | None = None
    checked: datetime | None = None
    notified: datetime | None = None
    checks: list[JSON] = field(default_factory=list)


class Alerts:
    """All alerts: those that insights bring along, and those that were made."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._alerts: dict[str, Alert] = {}
        self._made = 0
        for insight in shelf.insights():
            if insight.above is not None:
                self._add(insight.id, insight, _usual(insight, insight.above), shelf.created)

    def of(self, insight: Insight) -> list[Alert]:
        """Find the alerts of an insight."""
        return [one for one in self._alerts.values() if one.insight is insight]

    def one(self, alert_id: str) -> Alert:
        """Find an alert, or raise 404."""
        found = self._alerts.get(alert_id)
        if found is None or found.insight.deleted:
            raise not_found()
        return found

    def make(self, body: Mapping[str, Any], now: datetime) -> Alert:
        """Take a POST; what is missing or not supported is refused as a real server does."""
        for key in NEEDED:
            if body.get(key) is None:
                raise _required(key)
        number = body["insight"]
        insight = self._shelf.insight(number) if isinstance(number, int) else None
        if insight is None:
            raise invalid("A valid integer is required.", attr="insight")
        if source_of(insight.query).get("kind") != "TrendsQuery":
            raise invalid("Alerts are not supported for this insight.", attr="insight")
        fields = _defaults() | {key: body[key] for key in (*PLAIN, *RULES) if key in body}
        _check(fields)
        self._made += 1
        return self._add(FIRST_MADE + self._made, insight, fields, now)

    def change(self, alert_id: str, body: Mapping[str, Any], now: datetime) -> Alert:
        """Take a PATCH; another rule is checked from the start."""
        found = self.one(alert_id)
        fields = found.fields | {key: body[key] for key in (*PLAIN, *RULES) if key in body}
        _check(fields)
        snoozed = _until(body["snoozed_until"], now) if "snoozed_until" in body else found.snoozed
        if any(fields[key] != found.fields[key] for key in RULES):
            found.state, found.checked = CALM, None
        found.fields, found.snoozed = fields, snoozed
        return found

    def delete(self, alert_id: str) -> None:
        """Forget an alert for good."""
        del self._alerts[self.one(alert_id).id]

    def _add(self, number: int, insight: Insight, fields: JSON, now: datetime) -> Alert:
        made = Alert(str(UUID(int=number)), insight, fields, now)
        self._alerts[made.id] = made
        return made


def check(alert: Alert, answer: Mapping[str, Any]) -> None:
    """Check an alert by an answer that is newer than the last one; mail goes out on firing."""
    stamp = answer.get("last_refresh")
    if not stamp or not alert.fields["enabled"]:
        return
    at = datetime.fromisoformat(stamp)
    if alert.checked is not None and at <= alert.checked:
        return
    config = alert.fields["config"]
    found = watched_values(
        answer.get("result"),
        int(config.get("series_index") or 0),
        ongoing=bool(config.get("check_ongoing_interval")),
    )
    value = _compared(alert.fields, *found)
    firing = value is not None and _beyond(value, alert.fields)
    starts = firing and alert.state != FIRING
    alert.state, alert.checked = FIRING if firing else CALM, at
    alert.notified = at if starts else alert.notified
    alert.checks.insert(
        0,
        {
            "id": str(UUID(int=UUID(alert.id).int * MOST_CHECKS + len(alert.checks))),
            "created_at": iso(at),
            "calculated_value": value,
            "state": alert.state,
            "targets_notified": starts,
        },
    )


def written(alert: Alert, now: datetime, checks: int = 0) -> JSON:
    """Write an alert without its insight, with so many of its checks."""
    every = EVERY.get(alert.fields["calculation_interval"], EVERY["daily"])
    snoozed = alert.snoozed is not None and alert.snoozed > now
    return {
        "id": alert.id,
        **alert.fields,
        "state": SNOOZED if snoozed else alert.state,
        "subscribed_users": [USER],
        "snoozed_until": iso(alert.snoozed) if snoozed and alert.snoozed else None,
        "last_checked_at": _iso(alert.checked),
        "next_check_at": _iso(alert.checked and alert.checked + every),
        "last_notified_at": _iso(alert.notified),
        "last_value": alert.checks[0]["calculated_value"] if alert.checks else None,
        "checks": alert.checks[: min(checks, MOST_CHECKS)],
        "checks_total": len(alert.checks),
        "created_by": USER,
        "created_at": iso(alert.created),
    }


def watched_values(
    result: object, series: int, *, ongoing: bool = False
) -> tuple[float | None, float | None]:
    """Find what is watched, and the same of the interval before it.

    That is the total of a series, or its last complete bucket, as the newest one still grows.
    """
    if not isinstance(result, Sequence) or not 0 <= series < len(result):
        return None, None
    item = result[series]
    total, data = item.get("aggregated_value"), item.get("data") or []
    if total is not None:
        return float(total), None
    ended = data if ongoing else data[:-1]
    last, before = [*reversed(ended), None, None][:2]
    return _float(last), _float(before)


def _compared(fields: Mapping[str, Any], value: float | None, before: float | None) -> float | None:
    """Give what the bounds are held against: the value, or its change."""
    kind = (fields["condition"] or {}).get("type", "absolute_value")
    if kind == "absolute_value" or value is None:
        return value
    if before is None:
        return None
    change = value - before if kind == "relative_increase" else before - value
    if _configuration(fields).get("type") != "percentage":
        return change
    return change / before if before else None


def _beyond(value: float, fields: Mapping[str, Any]) -> bool:
    bounds = _configuration(fields).get("bounds") or {}
    lower, upper = bounds.get("lower"), bounds.get("upper")
    return (lower is not None and value < lower) or (upper is not None and value > upper)


def _configuration(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    found = (fields["threshold"] or {}).get("configuration")
    return found if isinstance(found, Mapping) else {}


def _check(fields: Mapping[str, Any]) -> None:
    if fields["calculation_interval"] not in EVERY:
        interval = fields["calculation_interval"]
        raise invalid(f'"{interval}" is not a valid choice.', attr="calculation_interval")
    if not isinstance(fields["config"], Mapping):
        raise invalid("Unsupported alert config type.", attr="config")
    bounds = _configuration(fields).get("bounds") or {}
    lower, upper = bounds.get("lower"), bounds.get("upper")
    if lower is not None and upper is not None and lower > upper:
        raise invalid("Lower threshold must be less than upper threshold", attr="threshold")


def _until(text: object, now: datetime) -> datetime | None:
    """Read how long to be quiet, "2h" or "1d"; None wakes the alert."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,4})([hdw])", str(text))
    if found is None:
        raise invalid("Invalid relative date string", attr="snoozed_until")
    return now + int(found[1]) * UNITS[found[2]]


def _usual(insight: Insight, above: float) -> JSON:
    bounds = {"lower": None, "upper": above}
    return _defaults() | {
        "name": f"{insight.name} too high",
        "threshold": {"name": "", "configuration": {"type": "absolute", "bounds": bounds}},
        "config": {"type": "TrendsAlertConfig", "series_index": insight.series},
    }


def _defaults() -> JSON:
    return {
        "name": "",
        "enabled": True,
        "condition": {"type": "absolute_value"},
        "threshold": None,
        "config": {},
        "detector_config": None,
        "calculation_interval": "daily",
        "skip_weekend": False,
        "schedule_restriction": None,
    }


def _required(key: str) -> ApiError:
    return ApiError(400, "validation_error", "required", "This field is required.", attr=key)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else iso(at)


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
