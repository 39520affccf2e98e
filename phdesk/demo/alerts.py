"""Watch insights of the demo: an alert fires when its computed value is above its bound."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from phdesk.demo.account import USER
from phdesk.demo.selection import JSON
from phdesk.demo.shelf import Insight


def alerts_of(insight: Insight, answer: Mapping[str, Any], stamp: str) -> list[JSON]:
    """Describe an insight's alerts as of an answer: its result and when it was computed."""
    if insight.above is None:
        return []
    value = watched_value(answer.get("result"), insight.series)
    firing = value is not None and value > insight.above
    return [
        {
            "id": str(UUID(int=insight.id)),
            "name": f"{insight.name} too high",
            "enabled": True,
            "state": "Firing" if firing else "Not firing",
            "condition": {"type": "absolute_value"},
            "threshold": _threshold(insight.above),
            "config": {"type": "TrendsAlertConfig", "series_index": insight.series},
            "detector_config": None,
            "calculation_interval": "daily",
            "subscribed_users": [USER],
            "snoozed_until": None,
            "skip_weekend": False,
            "last_checked_at": answer.get("last_refresh"),
            "next_check_at": None,
            "last_notified_at": None,
            "last_value": value,
            "checks": [],
            "created_by": USER,
            "created_at": stamp,
        }
    ]


def watched_value(result: object, series: int) -> float | None:
    """Find the total of a series, or its last complete bucket: the newest still grows."""
    if not isinstance(result, Sequence) or not 0 <= series < len(result):
        return None
    item = result[series]
    total, data = item.get("aggregated_value"), item.get("data") or []
    if total is None and len(data) > 1:
        total = data[-2]
    return None if total is None else float(total)


def _threshold(above: float) -> JSON:
    bounds = {"lower": None, "upper": above}
    return {"name": "", "configuration": {"type": "absolute", "bounds": bounds}}
