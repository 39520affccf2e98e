"""Write dashboards, tiles and insights as PostHog's JSON."""

from collections.abc import Mapping
from typing import Any

from phdesk.demo.account import USER
from phdesk.demo.alerts import Alert, Alerts, check, written
from phdesk.demo.answers import Answers, Reply
from phdesk.demo.choices import apply_variables
from phdesk.demo.merging import apply_filters
from phdesk.demo.ranges import iso
from phdesk.demo.shelf import Dashboard, Insight, Shelf, Tile

JSON = dict[str, Any]


class Pages:
    """Brings saved objects and computed answers together."""

    def __init__(self, shelf: Shelf, answers: Answers, alerts: Alerts) -> None:
        self._shelf = shelf
        self._answers = answers
        self._alerts = alerts
        self._stamp = iso(shelf.created)

    def dashboard_row(self, dashboard: Dashboard) -> JSON:
        """Write a dashboard as it stands in the list."""
        return {
            "id": dashboard.id,
            **dashboard.fields,
            "created_at": iso(dashboard.created) if dashboard.created else self._stamp,
            "created_by": USER,
            "last_accessed_at": iso(dashboard.accessed) if dashboard.accessed else None,
            "last_viewed_at": iso(dashboard.viewed) if dashboard.viewed else None,
            "is_shared": dashboard.shared,
            "creation_mode": dashboard.mode,
            "effective_restriction_level": 21,
            "effective_privilege_level": 37,
        }

    def dashboard(
        self,
        dashboard: Dashboard,
        filters: Mapping[str, Any],
        refresh: str | None,
        variables: Mapping[str, Any] | None = None,
    ) -> JSON:
        """Write a dashboard with its tiles and their answers under the given filters."""
        wanted = {**dashboard.variables, **(variables or {})}
        shown = [] if dashboard.fields["deleted"] else dashboard.shown()
        tiles = [self.tile(tile, filters, refresh, wanted) for tile in shown]
        return self.dashboard_row(dashboard) | {
            "filters": dict(filters),
            "persisted_filters": dashboard.filters,
            "variables": wanted,
            "persisted_variables": dashboard.variables,
            "tiles": tiles,
        }

    def insight_row(self, insight: Insight) -> JSON:
        """Write an insight without its result, as in a basic list."""
        return self._saved(insight) | {"last_refresh": None, "refreshing": False}

    def insight(
        self,
        insight: Insight,
        filters: Mapping[str, Any],
        refresh: str | None,
        variables: Mapping[str, Any] | None = None,
    ) -> JSON:
        """Write an insight with its answer under the given filters."""
        query = apply_filters(apply_variables(insight.query, variables or {}), filters)
        reply = self._answers.ask(query, refresh)
        result = self._result(reply)
        alerts = [written(one, self._answers.now()) for one in self._checked(insight)]
        newer: JSON = {"alerts": alerts} if alerts else {}  # the recorded servers have no such key
        return self._saved(insight) | _constant(insight) | {"query": query} | result | newer

    def alerts(self) -> list[JSON]:
        """Write all alerts, each with its insight, as of what was computed last."""
        return [
            self._with_insight(alert, checks=0)
            for one in self._shelf.insights()
            for alert in self._checked(one)
        ]

    def alert(self, alert: Alert, checks: int) -> JSON:
        """Write an alert with so many of its checks."""
        self._checked(alert.insight)
        return self._with_insight(alert, checks)

    def unchecked(self, alert: Alert) -> JSON:
        """Write an alert as it was just saved: the server looks at it later."""
        return self._with_insight(alert, checks=0)

    def _with_insight(self, alert: Alert, checks: int) -> JSON:
        row = self.insight_row(alert.insight)
        return written(alert, self._answers.now(), checks) | {"insight": row}

    def _checked(self, insight: Insight) -> list[Alert]:
        """Check an insight's alerts by its last answer, as it lies on its first dashboard."""
        found = self._alerts.of(insight)
        if found:
            answer = self._answer_for_alerts(insight)
            for alert in found:
                check(alert, answer)
        return found

    def _answer_for_alerts(self, insight: Insight) -> JSON:
        boards = self._shelf.tiles_of(insight)
        query = insight.query
        if boards:
            board, tile = boards[0]
            query = apply_variables(query, board.variables)
            query = apply_filters(query, _filters_on(tile, board.filters))
        return self._result(self._answers.ask(query, None))

    def insight_on_dashboard(
        self,
        tile: Tile,
        filters: Mapping[str, Any],
        refresh: str | None,
        variables: Mapping[str, Any],
    ) -> JSON:
        """Write the insight of a tile together with its look."""
        assert tile.insight is not None  # noqa: S101  the caller found it by its insight
        return self.insight(tile.insight, _filters_on(tile, filters), refresh, variables) | {
            "color": tile.color,
            "layouts": tile.layouts,
        }

    def tile(
        self,
        tile: Tile,
        filters: Mapping[str, Any],
        refresh: str | None,
        variables: Mapping[str, Any] | None = None,
    ) -> JSON:
        """Write a tile with its answer under the given filters."""
        insight = None
        if tile.insight:
            insight = self.insight(tile.insight, _filters_on(tile, filters), refresh, variables)
        return {
            "id": tile.id,
            "insight": insight,
            "text": tile.text,
            "button_tile": tile.button,
            "layouts": tile.layouts,
            "color": tile.color,
            "last_refresh": insight["last_refresh"] if insight else None,
            "is_cached": bool(insight and insight["is_cached"]),
            **tile.look,  # the recorded servers have no such keys
        }

    def _saved(self, insight: Insight) -> JSON:
        tiles = self._shelf.tiles_of(insight)
        return {
            "id": insight.id,
            "short_id": insight.short_id,
            "name": insight.name,
            "derived_name": None,
            "filters": {},
            "query": insight.query,
            "dashboards": [one.id for one, _ in tiles],
            "dashboard_tiles": [
                {"id": tile.id, "dashboard_id": one.id, "deleted": None} for one, tile in tiles
            ],
            "description": insight.description,
            "saved": True,
            "updated_at": iso(insight.modified) if insight.modified else self._stamp,
            "created_by": USER,
            "created_at": iso(insight.created) if insight.created else self._stamp,
            "last_modified_at": iso(insight.modified) if insight.modified else self._stamp,
            "favorited": False,
            "tags": list(insight.tags),
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


def _filters_on(tile: Tile, filters: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the filters that hold on a tile: its own take the place of the dashboard's."""
    return tile.look.get("filters_overrides") or filters


def _constant(insight: Insight) -> JSON:
    return {
        "order": None,
        "deleted": insight.deleted,
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
        "hogql": None,
        "is_cached": False,
        "last_refresh": None,
        "cache_target_age": None,
        "next_allowed_client_refresh": None,
        "timezone": None,
    }
