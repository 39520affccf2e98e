"""Turn the `filters` of old insights into the queries of today (reference 4.5)."""

from collections.abc import Mapping
from typing import Any

from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_str, as_text

KINDS = {
    "TRENDS": "TrendsQuery",
    "FUNNELS": "FunnelsQuery",
    "RETENTION": "RetentionQuery",
    "PATHS": "PathsQuery",
    "STICKINESS": "StickinessQuery",
    "LIFECYCLE": "LifecycleQuery",
}
SHARED = frozenset(
    {"insight", "events", "actions", "new_entity", "interval", "date_from", "date_to"}
    | {"explicit_date", "properties", "filter_test_accounts", "sampling_factor", "compare"}
    | {"compare_to", "breakdown", "breakdown_type", "breakdowns", "breakdown_limit"}
    | {"breakdown_normalize_url", "breakdown_group_type_index", "breakdown_histogram_bin_count"}
    | {"breakdown_hide_other_aggregation", "shown_as", "entity_type", "entity_id"}
)


def modern_query(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Give the query node that asks what these filters asked."""
    kind = legacy_kind(filters)
    own = camel_keys({key: value for key, value in filters.items() if key not in SHARED})
    query: dict[str, Any] = {
        "kind": kind,
        "series": _series(filters),
        "dateRange": _named(filters, ("date_from", "date_to")),
        _filter_key(kind): _defaults(kind, own, filters),
    }
    if as_text(filters.get("interval")):
        query["interval"] = filters["interval"]
    if filters.get("compare") is not None:
        query["compareFilter"] = _named(filters, ("compare", "compare_to"))
    breakdown = {key: value for key, value in filters.items() if key.startswith("breakdown")}
    if any(breakdown.get(key) for key in ("breakdown", "breakdowns")):
        query["breakdownFilter"] = breakdown
    return {"kind": "InsightVizNode", "source": query}


def camel_keys(own: Mapping[str, Any]) -> dict[str, Any]:
    """Name the keys of a kind's filter as today; a key that has its new name already wins."""
    renamed = {_camel(key): value for key, value in own.items() if "_" in key}
    kept = {key: value for key, value in own.items() if "_" not in key}
    result = {**renamed, **kept}
    hidden = result.pop("hiddenLegendKeys", None)
    if isinstance(hidden, dict):
        result = {**_hidden(hidden), **result}
    return result


def legacy_kind(filters: Mapping[str, Any]) -> str:
    """Name the kind of query that asks what old filters asked."""
    shown_as = as_str(filters.get("shown_as")).upper()  # before 2021 a mode of trends
    if shown_as in {"STICKINESS", "LIFECYCLE"}:
        return KINDS[shown_as]
    name = as_str(filters.get("insight"), "TRENDS").upper()
    return KINDS.get(name, name)


def _filter_key(kind: str) -> str:
    name = kind.removesuffix("Query")
    return f"{name[:1].lower()}{name[1:]}Filter"


def _defaults(kind: str, own: dict[str, Any], filters: Mapping[str, Any]) -> dict[str, Any]:
    if kind != "FunnelsQuery":
        return own
    if "funnelWindowInterval" not in own and as_int(filters.get("funnel_window_days")):
        own["funnelWindowInterval"] = as_int(filters["funnel_window_days"])
        own["funnelWindowIntervalUnit"] = "day"
    if not as_text(own.get("funnelVizType")) and own.get("display") == "ActionsLineGraph":
        own["funnelVizType"] = "trends"  # how it was said before `funnel_viz_type`
    return own


def _series(filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    events = [_event(node) for node in as_list(filters.get("events")) if isinstance(node, dict)]
    actions = [_action(node) for node in as_list(filters.get("actions")) if isinstance(node, dict)]
    placed = [(as_int(node.pop("order", None), 0) or 0, node) for node in (*events, *actions)]
    return [node for _, node in sorted(placed, key=lambda pair: pair[0])]


def _event(node: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in node.items() if key not in {"id", "type"}}
    return {"kind": "EventsNode", "event": node.get("id"), **rest}


def _action(node: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in node.items() if key != "type"}
    return {"kind": "ActionsNode", **rest}


def _named(values: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: values[key] for key in keys if values.get(key) is not None}


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _hidden(keys: dict[str, Any]) -> dict[str, Any]:
    """Split old legend keys: whole numbers are series, all others breakdown values of funnels."""
    on = [key for key, value in as_dict(keys).items() if value]
    indexes = [index for index in map(as_int, on) if index is not None]
    return {"hiddenLegendIndexes": indexes, "hiddenLegendBreakdowns": on}
