"""Write alerts as servers of 2024 and of 2026 take them (reference 8.1)."""

from datetime import timedelta
from math import ceil
from typing import Any

from msgspec import json

from phdesk.models.alert import NULL, AlertDraft

HOUR = timedelta(hours=1)
RULE = ("condition", "threshold")


def draft_body(draft: AlertDraft, *, of_2024: bool = False) -> bytes:
    """Write a whole alert.

    A server of 2024 knows bounds of values alone: what else the draft says is not sent to it, so
    ask `fits_2024` first.
    """
    return json.encode(_whole(draft, of_2024=of_2024))


def changes_body(before: AlertDraft, after: AlertDraft, *, of_2024: bool = False) -> bytes:
    """Write only what is to change, so that all else stays as it is, known to us or not.

    Condition and threshold go together: each is judged by the other.
    """
    old, new = _whole(before, of_2024=of_2024), _whole(after, of_2024=of_2024)
    changed = {key for key in new if json.encode(old.get(key)) != json.encode(new[key])}
    if changed & set(RULE):
        changed |= set(RULE) & set(new)
    return json.encode({key: value for key, value in new.items() if key in changed})


def _whole(draft: AlertDraft, *, of_2024: bool) -> dict[str, Any]:
    body: dict[str, Any] = {
        "name": draft.name,
        "insight": draft.insight_id,
        "subscribed_users": list(draft.users),
        "enabled": draft.enabled,
        "calculation_interval": draft.interval,
        **_rule(draft, of_2024=of_2024),
    }
    if not of_2024:
        body["skip_weekend"] = draft.skip_weekend
        windows = [{"start": start, "end": end} for start, end in draft.blocked]
        body["schedule_restriction"] = {"blocked_windows": windows} if windows else None
    return body


def fits_2024(draft: AlertDraft) -> bool:
    """Tell whether a server of 2024 can keep all that a draft says."""
    plain = draft.condition == "absolute_value" and not draft.percentage
    trends = bytes(draft.config) == bytes(draft.detector_config) == bytes(NULL)
    return plain and trends and not (draft.unfinished or draft.skip_weekend or draft.blocked)


def snooze_body(span: timedelta | None) -> bytes:
    """Write a snooze from now on, in whole hours, rounded up; None ends it."""
    if span is None:
        return json.encode({"snoozed_until": None})
    hours = max(1, ceil(span / HOUR))
    text = f"{hours // 24}d" if hours % 24 == 0 else f"{hours}h"
    return json.encode({"snoozed_until": text})


def _rule(draft: AlertDraft, *, of_2024: bool) -> dict[str, Any]:
    bounds = {"lower": draft.lower, "upper": draft.upper}
    if of_2024:
        known = {side: bound for side, bound in bounds.items() if bound is not None}
        return {
            "condition": {},
            "threshold": {"configuration": {"absoluteThreshold": known}},
            "config": {"type": "TrendsAlertConfig", "series_index": draft.series},
        }
    config = draft.config if bytes(draft.config) != bytes(NULL) else _trends(draft)
    if bytes(draft.detector_config) != bytes(NULL):
        return {"detector_config": draft.detector_config, "config": config}
    kind = "percentage" if draft.percentage else "absolute"
    return {
        "condition": {"type": draft.condition},
        "threshold": {"configuration": {"type": kind, "bounds": bounds}},
        "config": config,
        "detector_config": None,
    }


def _trends(draft: AlertDraft) -> dict[str, Any]:
    return {
        "type": "TrendsAlertConfig",
        "series_index": draft.series,
        "check_ongoing_interval": draft.unfinished,
    }
