"""Lay a dashboard's filters over an insight's query."""

from collections.abc import Mapping
from typing import Any

from phdesk.demo.engine import source_of
from phdesk.demo.selection import JSON


def effective_filters(saved: Mapping[str, Any], override: Mapping[str, Any] | None) -> JSON:
    """Merge the filters of one request over the saved ones."""
    return {**saved, **(override or {})}


def apply_filters(node: Mapping[str, Any], filters: Mapping[str, Any]) -> JSON:
    """Return a copy of the query with dates, properties, breakdown and interval laid over.

    Dates and breakdown replace, properties are added. SQL carries them beside its text,
    where only a ``{filters}`` placeholder makes use of them.
    """
    wanted = {
        key: value
        for key, value in filters.items()
        if value or (key == "filterTestAccounts" and value is False)  # False takes them in
    }
    if not wanted:
        return dict(node)
    source = _apply(source_of(node), wanted)
    return source if source_of(node) is node else {**node, "source": source}


def _apply(source: Mapping[str, Any], filters: Mapping[str, Any]) -> JSON:
    kind = source.get("kind")
    if kind == "HogQLQuery":
        return {**source, "filters": _sql_filters(source.get("filters") or {}, filters)}
    if kind == "EventsQuery":
        return _events(source, filters)
    if kind == "ActorsQuery":
        return dict(source)
    return _insight(source, filters)


def _insight(source: Mapping[str, Any], filters: Mapping[str, Any]) -> JSON:
    kind = source.get("kind")
    merged = dict(source)
    if "date_from" in filters or "date_to" in filters:
        merged["dateRange"] = _dates(filters)
    if "properties" in filters:
        merged["properties"] = _both(source.get("properties"), filters["properties"])
    if "filterTestAccounts" in filters:
        merged["filterTestAccounts"] = filters["filterTestAccounts"]
    if kind in ("TrendsQuery", "FunnelsQuery") and "breakdown_filter" in filters:
        merged["breakdownFilter"] = filters["breakdown_filter"]
    if "interval" in filters and kind != "RetentionQuery":
        merged["interval"] = filters["interval"]
    return merged


def _dates(filters: Mapping[str, Any]) -> JSON:
    return {
        "date_from": filters.get("date_from"),
        "date_to": filters.get("date_to"),
        "explicitDate": bool(filters.get("explicitDate")),
    }


def _sql_filters(own: Mapping[str, Any], filters: Mapping[str, Any]) -> JSON:
    dated = "date_from" in filters or "date_to" in filters
    return {
        **own,
        "dateRange": _dates(filters) if dated else own.get("dateRange"),
        "properties": _both(own.get("properties"), filters.get("properties")),
        "filterTestAccounts": filters.get("filterTestAccounts", own.get("filterTestAccounts")),
    }


def _events(source: Mapping[str, Any], filters: Mapping[str, Any]) -> JSON:
    merged = dict(source)
    if "date_from" in filters:
        merged["after"] = filters["date_from"]
    if "date_to" in filters:
        merged["before"] = filters["date_to"]
    if "properties" in filters:
        merged["properties"] = _both(source.get("properties"), filters["properties"])
    return merged


def _both(own: Any, added: Any) -> Any:
    if not own or not added:
        return own or added or []
    if isinstance(own, list) and isinstance(added, list):
        return [*own, *added]
    groups = [
        part if isinstance(part, Mapping) else {"type": "AND", "values": part}
        for part in (own, added)
    ]
    return {"type": "AND", "values": groups}
