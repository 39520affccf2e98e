"""Answer any query node the demo knows, over one world."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from phdesk.demo.errors import invalid, unreadable
from phdesk.demo.funnels import run_funnel
from phdesk.demo.habits import run_lifecycle, run_stickiness
from phdesk.demo.hogql import explain, prepare, run_hogql
from phdesk.demo.paths import run_paths
from phdesk.demo.ranges import Range, resolve
from phdesk.demo.retention import run_retention
from phdesk.demo.selection import JSON
from phdesk.demo.sql_help import metadata, schema
from phdesk.demo.tables import run_actors, run_events
from phdesk.demo.trends_cohorts import run_trends_by_cohort
from phdesk.demo.world import World

_DATED: dict[str, Callable[[World, Mapping[str, Any], Range], JSON]] = {
    "TrendsQuery": run_trends_by_cohort,
    "FunnelsQuery": run_funnel,
    "RetentionQuery": run_retention,
    "StickinessQuery": run_stickiness,
    "LifecycleQuery": run_lifecycle,
    "PathsQuery": run_paths,
}
_TABLES: dict[str, Callable[[World, Mapping[str, Any]], JSON]] = {
    "HogQLQuery": run_hogql,
    "EventsQuery": run_events,
    "ActorsQuery": run_actors,
}
_ABOUT = ("DatabaseSchemaQuery", "HogQLMetadata")  # ask about the tables, not for numbers
_SERIES_KINDS = ("TrendsQuery", "FunnelsQuery", "StickinessQuery", "LifecycleQuery")
_EXTRAS: dict[str, JSON] = {
    "TrendsQuery": {"error": ""},
    "FunnelsQuery": {"error": None, "isUdf": False},
    "HogQLQuery": {"clickhouse": None, "explain": None, "metadata": None, "query": None},
}


class Engine:
    """Computes; remembers nothing but the world."""

    def __init__(self, world: World) -> None:
        self.world = world
        prepare(world)

    def run(self, node: Mapping[str, Any]) -> JSON:
        """Compute a query node, or the source inside a wrapper.

        The answer has ``results`` and the keys special to the kind. Raises ApiError for
        kinds nobody knows, for queries that lack a part, and for SQL that fails.
        """
        query = source_of(node)
        kind = check(query)
        self.world.sync()
        with self.world.lock:
            try:
                answer = _EXTRAS.get(kind, {"error": None}) | self._compute(kind, query)
            except sqlite3.Error as error:  # an expression that came along with the query
                raise invalid(explain(error)) from error
        return answer | {"hogql": query.get("query") if kind == "HogQLQuery" else None}

    def about(self, query: Mapping[str, Any]) -> JSON | None:
        """Answer what asks about tables and SQL, without running anything; None of all else."""
        kind = query.get("kind")
        if kind not in _ABOUT:
            return None
        self.world.sync()
        return schema() if kind == "DatabaseSchemaQuery" else metadata(self.world, query)

    def _compute(self, kind: str, query: Mapping[str, Any]) -> JSON:
        if kind in _TABLES:
            return {"error": None} | _TABLES[kind](self.world, query)
        if query.get("aggregation_group_type_index") is not None:
            raise invalid("The demo has no groups.")
        now, earliest = self.world.now(), self.world.earliest
        dates = query.get("dateRange")
        span = resolve(dates, query.get("interval"), now=now, earliest=earliest)
        return _DATED[kind](self.world, query, span)


def source_of(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Unwrap InsightVizNode, DataVisualizationNode and DataTableNode."""
    inner = node.get("source")
    wrapped = str(node.get("kind", "")).endswith("Node") and isinstance(inner, Mapping)
    return inner if wrapped and isinstance(inner, Mapping) else node


def check(query: Mapping[str, Any]) -> str:
    """Name the kind of a query; refuse the unknown and the incomplete."""
    kind = str(query.get("kind"))
    if kind not in _DATED and kind not in _TABLES:
        tags = ", ".join(f"'{name}'" for name in (*_DATED, *_TABLES))
        raise unreadable(
            "1 validation error for QueryRequest\nquery\n"
            f"  Input tag '{kind}' found using 'kind' does not match any of the expected"
            f" tags: {tags}"
        )
    needed = "series" if kind in _SERIES_KINDS else "query" if kind == "HogQLQuery" else None
    if needed and not query.get(needed):
        raise unreadable(
            f"1 validation error for QueryRequest\nquery.{kind}.{needed}\n"
            "  Field required [type=missing]"
        )
    return kind
