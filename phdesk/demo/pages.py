"""Write dashboards, tiles and insights as PostHog's JSON."""

from collections.abc import Mapping
from typing import Any

from phdesk.demo.account import USER
from phdesk.demo.alerts import alerts_of
from phdesk.demo.answers import Answers, Reply
from phdesk.demo.merging import apply_filters
from phdesk.demo.ranges import iso
from phdesk.demo.shelf import Dashboard, Insight, Shelf, Tile

JSON = dict[str, Any]


class Pages:
    """Brings saved objects and computed answers together."""

    def __init__(self, shelf: Shelf, answers: Answers) -> None:
        self._shelf = shelf
        self._answers = answers
        self._stamp = iso(shelf.created)

    def dashboard_row(self, dashboard: Dashboard) -> JSON:
        """Write a dashboard as it stands in the list."""
        return {
            "id": dashboard.id,
            **dashboard.fields,
            "created_at": self._stamp,
            "created_by": USER,
            "is_shared": False,
            "creation_mode": "default",
            "effective_restriction_level": 21,
            "effective_privilege_level": 37,
        }

    def dashboard(
        self, dashboard: Dashboard, filters: Mapping[str, Any], refresh: str | None
    ) -> JSON:
        """Write a dashboard with its tiles and their answers under the given filters."""
        tiles = [self._tile(tile, filters, refresh) for tile in dashboard.tiles if not tile.deleted]
        return self.dashboard_row(dashboard) | {"filters": dict(filters), "tiles": tiles}

    def insight_row(self, insight: Insight) -> JSON:
        """Write an insight without its result, as in a basic list."""
        return self._saved(insight) | {"last_refresh": None, "refreshing": False}

    def insight(self, insight: Insight, filters: Mapping[str, Any], refresh: str | None) -> JSON:
        """Write an insight with its answer under the given filters."""
        query = apply_filters(insight.query, filters)
        reply = self._answers.ask(query, refresh)
        result = self._result(reply)
        alerts = alerts_of(insight, result, self._stamp)
        newer: JSON = {"alerts": alerts} if alerts else {}  # the recorded servers have no such key
        return self._saved(insight) | _constant() | {"query": query} | result | newer

    def alerts(self) -> list[JSON]:
        """Write all alerts, each with its insight, as of what was computed last."""
        return [
            {**alert, "insight": self.insight_row(one)}
            for one in self._shelf.insights()
            for alert in self._alerts_of(one)
        ]

    def _alerts_of(self, insight: Insight) -> list[JSON]:
        filters = self._shelf.dashboard(insight.dashboard_id).filters
        reply = self._answers.ask(apply_filters(insight.query, filters), None)
        return alerts_of(insight, self._result(reply), self._stamp)

    def insight_on_dashboard(
        self, insight: Insight, filters: Mapping[str, Any], refresh: str | None
    ) -> JSON:
        """Write an insight together with the look of its tile."""
        tile = self._shelf.tile_of(insight)
        return self.insight(insight, filters, refresh) | {
            "color": tile.color,
            "layouts": tile.layouts,
        }

    def _tile(self, tile: Tile, filters: Mapping[str, Any], refresh: str | None) -> JSON:
        insight = self.insight(tile.insight, filters, refresh) if tile.insight else None
        return {
            "id": tile.id,
            "insight": insight,
            "text": tile.text,
            "button_tile": tile.button,
            "layouts": tile.layouts,
            "color": tile.color,
            "last_refresh": insight["last_refresh"] if insight else None,
            "is_cached": bool(insight and insight["is_cached"]),
        }

    def _saved(self, insight: Insight) -> JSON:
        tile = {"id": insight.tile_id, "dashboard_id": insight.dashboard_id, "deleted": None}
        return {
            "id": insight.id,
            "short_id": insight.short_id,
            "name": insight.name,
            "derived_name": None,
            "filters": {},
            "query": insight.query,
            "dashboards": [insight.dashboard_id],
            "dashboard_tiles": [tile],
            "description": insight.description,
            "saved": True,
            "updated_at": self._stamp,
            "created_by": USER,
            "created_at": self._stamp,
            "last_modified_at": self._stamp,
            "favorited": False,
            "tags": [],
        }

    def _result(self, reply: Reply) -> JSON:
        status = self._answers.status(reply.job) if reply.job else None
        frame: JSON = {"query_status": status, "filters_hash": reply.key}
        if reply.answer is None:
            return frame | _nothing_yet()
        body = reply.answer.body
        return (
            frame
            | {key: body.get(key) for key in ("columns", "types", "hasMore", "hogql")}
            | {"result": body["results"]}
            | reply.answer.frame(cached=reply.cached)
        )


def _constant() -> JSON:
    return {
        "order": None,
        "deleted": False,
        "last_modified_by": USER,
        "is_sample": False,
        "effective_restriction_level": 21,
        "effective_privilege_level": 37,
    }


def _nothing_yet() -> JSON:
    return {
        "result": None,
        "columns": None,
        "types": None,
        "hasMore": None,
        "is_cached": False,
        "last_refresh": None,
        "cache_target_age": None,
        "next_allowed_client_refresh": None,
        "timezone": None,
    }
