"""Fetch the events that a series and its query ask for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from phdesk.demo.filters import Condition, conditions, property_column, tested
from phdesk.demo.ranges import ms
from phdesk.demo.world import World

JSON = dict[str, Any]
OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"


def node_conditions(node: Mapping[str, Any], query: Mapping[str, Any]) -> Condition:
    """Combine a series' event name and filters with those of its query."""
    event = node.get("event", node.get("id"))
    own, own_values = conditions(node.get("properties"))
    together = {"type": "AND", "values": [both(query.get("properties")), both(tested(query))]}
    shared, shared_values = conditions(together)
    if event is None:
        return f"({own}) and ({shared})", [*own_values, *shared_values]
    text = f"event = ? and ({own}) and ({shared})"
    return text, [event, *own_values, *shared_values]


def both(properties: Any) -> JSON:
    """Write properties in whatever form as one group."""
    return properties if isinstance(properties, dict) else {"values": properties or []}


def select_events(
    world: World,
    columns: Sequence[str],
    where: Condition,
    span: tuple[datetime, datetime],
) -> list[tuple[Any, ...]]:
    """Read the chosen columns of matching events, oldest first; both ends are included."""
    text, values = where
    # Conditions come from filters.py alone, with every outside value as a parameter.
    sql = (
        f"select {', '.join(columns)} from events"  # noqa: S608
        f" where {text} and ts between ? and ? order by ts, id"
    )
    return world.rows(sql, [*values, ms(span[0]), ms(span[1])])


def breakdown_columns(query: Mapping[str, Any]) -> list[str]:
    """Write one SQL expression for each property a query is broken down by."""
    chosen = query.get("breakdownFilter") or {}
    several = chosen.get("breakdowns")
    if several:
        return [property_column(item["property"], item.get("type") or "event") for item in several]
    single = chosen.get("breakdown")
    if not single:
        return []
    kind = chosen.get("breakdown_type") or "event"
    names = single if isinstance(single, list) else [single]
    return [property_column(str(name), kind) for name in names]


def breakdown_limit(query: Mapping[str, Any]) -> int:
    """Read how many values a breakdown keeps apart: 25, or 300 for countries."""
    chosen = query.get("breakdownFilter") or {}
    usual = 300 if chosen.get("breakdown") == "$geoip_country_code" else 25
    return int(chosen.get("breakdown_limit") or usual)


def breakdown_text(value: Any) -> str:
    """Name a breakdown value as results do: always text, with a token for none."""
    if value is None or value == "":
        return NONE
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
