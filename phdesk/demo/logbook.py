"""Write down what is done to dashboards, as PostHog's activity log tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phdesk.demo.account import USER
from phdesk.demo.ranges import iso
from phdesk.demo.shelf import Dashboard

JSON = dict[str, Any]
LOGGED = ("name", "description", "tags", "pinned", "deleted", "filters")
WORDS = {"first_name": USER["first_name"], "email": USER["email"]}


class Logbook:
    """Remembers changes in their order."""

    def __init__(self) -> None:
        self._entries: list[JSON] = []

    def made(self, dashboard: Dashboard, now: datetime) -> None:
        """Note that a dashboard was made."""
        self._write(dashboard, "created", None, now)

    def changed(self, dashboard: Dashboard, before: Mapping[str, Any], now: datetime) -> None:
        """Note what is different of a dashboard; nothing where nothing is."""
        after = fields(dashboard)
        changes = [
            {
                "type": "Dashboard",
                "action": "changed",
                "field": key,
                "before": before[key],
                "after": after[key],
            }
            for key in LOGGED
            if before[key] != after[key]
        ]
        if changes:
            gone = not before["deleted"] and after["deleted"]
            back = before["deleted"] and not after["deleted"]
            did = "deleted" if gone else "restored" if back else "updated"
            self._write(dashboard, did, changes, now)

    def entries(self, dashboard_id: int | None = None) -> list[JSON]:
        """List what was done to one dashboard, or to any, newest first."""
        wanted = None if dashboard_id is None else str(dashboard_id)
        return [one for one in self._entries[::-1] if wanted in (None, one["item_id"])]

    def _write(
        self, dashboard: Dashboard, did: str, changes: list[JSON] | None, now: datetime
    ) -> None:
        name = dashboard.fields["name"]
        detail = {"changes": changes, "trigger": None, "name": name, "short_id": None, "type": None}
        self._entries.append(
            {
                "user": WORDS,
                "activity": did,
                "scope": "Dashboard",
                "item_id": str(dashboard.id),
                "detail": detail,
                "created_at": iso(now),
            }
        )


def fields(dashboard: Dashboard) -> JSON:
    """Give what is logged of a dashboard, as it is now."""
    plain = {key: dashboard.fields[key] for key in LOGGED if key != "filters"}
    return plain | {"filters": dict(dashboard.filters)}
