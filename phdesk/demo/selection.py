"""Fetch the events that a series and its query ask for."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from phdesk.demo.columns import known_kind, property_column
from phdesk.demo.filters import Condition, conditions, expression, tested
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
        return [_split(item["property"], item.get("type")) for item in several]
    single = chosen.get("breakdown")
    if not single:
        return []
    names = single if isinstance(single, list) else [single]
    return [_split(str(name), chosen.get("breakdown_type")) for name in names]


def histogram_bins(query: Mapping[str, Any]) -> int:
    """Read into how many bins a breakdown by one number is cut; 0 for none."""
    chosen = query.get("breakdownFilter") or {}
    several = chosen.get("breakdowns") or []
    if len(several) == 1:
        return int(several[0].get("histogram_bin_count") or 0)
    return 0 if several else int(chosen.get("breakdown_histogram_bin_count") or 0)


def bin_edges(values: Sequence[Any], count: int) -> list[float]:
    """Cut what numbers there are into bins of equal width, a little beyond the largest."""
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if not numbers:
        return []
    low, high = min(numbers), max(numbers) + 0.01
    return [low + (high - low) * index / count for index in range(count)] + [high]


def bin_text(value: Any, edges: Sequence[float]) -> str:
    """Name the bin of a value as results do, such as ``[1.2,30.4]``; none for what is no number."""
    if not isinstance(value, int | float) or not edges:
        return NONE
    place = min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)
    return f"[{edges[place]!r},{edges[place + 1]!r}]"


def _split(key: str, kind: str | None) -> str:
    if kind == "hogql":
        return expression(key)
    return property_column(key, known_kind(kind or "event"))


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
