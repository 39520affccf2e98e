"""Turn the `filters` of before 2024 into a query that a server of today takes, as PostHog does.

`core.legacy` reads them for charts, generously; here only what today's schema has is written, for a
server refuses a query with one key that it does not know (reference 4.5, 5.4).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, as_text
from phdesk.core.legacy import camel_keys, legacy_kind, modern_query

JSON = dict[str, Any]
AND, OR = "AND", "OR"
TRENDS, FUNNELS, RETENTION = "TrendsQuery", "FunnelsQuery", "RetentionQuery"
PATHS, STICKINESS, LIFECYCLE = "PathsQuery", "StickinessQuery", "LifecycleQuery"
OWN = {  # of each kind: where its own settings lie, and which of them were known before 2024
    TRENDS: (
        "trendsFilter",
        {"display", "formula", "smoothingIntervals", "showLegend", "hiddenLegendIndexes"}
        | {"aggregationAxisFormat", "aggregationAxisPrefix", "aggregationAxisPostfix"}
        | {"decimalPlaces", "showValuesOnSeries", "showPercentStackView", "showLabelsOnSeries"}
        | {"yAxisScaleType", "showMultipleYAxes", "showAlertThresholdLines"},
    ),
    FUNNELS: (
        "funnelsFilter",
        {"funnelVizType", "funnelOrderType", "funnelFromStep", "funnelToStep", "binCount"}
        | {"funnelWindowInterval", "funnelWindowIntervalUnit", "funnelStepReference", "layout"}
        | {"breakdownAttributionType", "breakdownAttributionValue", "hiddenLegendBreakdowns"}
        | {"funnelAggregateByHogQL", "exclusions"},
    ),
    RETENTION: (
        "retentionFilter",
        {"retentionType", "retentionReference", "totalIntervals", "returningEntity"}
        | {"targetEntity", "period", "showMean", "cumulative"},
    ),
    PATHS: (
        "pathsFilter",
        {"pathsHogQLExpression", "includeEventTypes", "startPoint", "endPoint", "pathGroupings"}
        | {"excludeEvents", "stepLimit", "pathReplacements", "localPathCleaningFilters"}
        | {"edgeLimit", "minEdgeWeight", "maxEdgeWeight"},
    ),
    STICKINESS: (
        "stickinessFilter",
        {"display", "showLegend", "hiddenLegendIndexes", "showValuesOnSeries"},
    ),
    LIFECYCLE: ("lifecycleFilter", {"toggledLifecycles", "showLegend", "showValuesOnSeries"}),
}
RENAMED = {  # where a name of today is more than the old one in camel case
    "funnelAggregateByHogql": "funnelAggregateByHogQL",
    "pathsHogqlExpression": "pathsHogQLExpression",
    "showLabelOnSeries": "showLabelsOnSeries",
}
SERIES_KINDS = frozenset({TRENDS, FUNNELS, STICKINESS, LIFECYCLE})
COUNTED_KINDS = frozenset({TRENDS, STICKINESS})
BROKEN_KINDS = frozenset({TRENDS, FUNNELS})
WHO = frozenset({"kind", "event", "id", "name", "custom_name", "properties"})
MATHS = frozenset({"math", "math_property", "math_hogql", "math_group_type_index"})
CONDITION = ("key", "value", "operator", "type", "label", "group_type_index")
ENTITY = ("id", "type", "name", "custom_name", "order")
WITHOUT_OPERATOR = frozenset({"hogql"})
SILENT = frozenset(  # keys that say nothing which today's query does not say by its kind
    {"insight", "shown_as", "new_entity", "entity_type", "entity_id", "events", "actions"}
    | {"breakdown_type", "compare", "compare_to", "explicit_date", "funnel_window_days"}
    | {"hidden_legend_keys"}
)
OF_OTHERS = frozenset(  # keys that PostHog wrote into kinds to which they mean nothing
    {"display", "interval", "layout", "step_limit", "include_event_types", "exclude_events"}
    | {"path_groupings", "local_path_cleaning_filters", "funnel_filter", "exclusions"}
)
FIRST_TIME = "first_time_for_user"  # all that steps of a funnel may count otherwise
OF_ACTORS = frozenset({"dau", "weekly_active", "monthly_active", "unique_group", "hogql"})
BREAKDOWN = frozenset(
    {"breakdown", "breakdown_type", "breakdown_limit", "breakdown_normalize_url"}
    | {"breakdown_group_type_index", "breakdown_hide_other_aggregation"}
    | {"breakdown_histogram_bin_count"}
)
PART = ("type", "property", "normalize_url", "histogram_bin_count", "group_type_index")


class Converted(Struct, frozen=True, gc=False):
    """A query for old filters; `lost` names what of them no query of today can say."""

    query: JSON
    lost: tuple[str, ...] = ()
    obstacle: str = ""  # why there is none


def modernised(filters: Mapping[str, Any]) -> Converted:
    """Turn old filters into the query of today that asks the same."""
    kind = legacy_kind(filters)
    obstacle = _obstacle(filters, kind)
    if obstacle:
        return Converted({}, obstacle=obstacle)
    read = as_dict(modern_query(filters)["source"])
    source: JSON = {"kind": kind}
    if kind in SERIES_KINDS:
        source["series"] = [_node(one, kind) for one in as_list(read.get("series"))]
        source |= _said("interval", _interval(filters))
    source |= _said("dateRange", _dates(filters))
    source |= _said("properties", _properties(filters.get("properties")))
    source |= _said("filterTestAccounts", _truth(filters.get("filter_test_accounts")))
    source |= _said("samplingFactor", as_number(filters.get("sampling_factor")))
    if kind in BROKEN_KINDS:
        source |= _said("breakdownFilter", _breakdown(filters, kind))
    if kind in COUNTED_KINDS and _truth(filters.get("compare")):
        compare_to = as_text(filters.get("compare_to"))
        source["compareFilter"] = {"compare": True} | _said("compare_to", compare_to)
    if kind not in (STICKINESS, LIFECYCLE):
        group = as_int(filters.get("aggregation_group_type_index"))
        source |= {} if group is None else {"aggregation_group_type_index": group}
    where, known = OWN[kind]
    own = _own(as_dict(read.get(where)), known)
    source |= _said(where, own)
    return Converted(
        {"kind": "InsightVizNode", "source": source}, tuple(_lost(filters, source, own))
    )


def _obstacle(filters: Mapping[str, Any], kind: str) -> str:
    """Say why there is no query of today that asks the same."""
    if kind not in OWN:
        return f"phdesk does not know old insights of the kind “{kind}”."
    if kind == FUNNELS and len(as_list(filters.get("breakdowns"))) > 1:
        return "Funnels of today have one breakdown, and this one has several."
    if any(not isinstance(one, dict) for one in _entities(filters)):
        return "This is a template, whose events are not chosen yet."
    return "Its series come from the data warehouse." if filters.get("data_warehouse") else ""


def old_names(kind: str, own: Mapping[str, Any]) -> tuple[str, ...]:
    """List the names of before 2024 among the settings of a kind; what is not known is none."""
    known = OWN[kind][1] if kind in OWN else frozenset()
    return tuple(key for key in own if "_" in key and _newer_name(key) in known)


def _newer_name(key: str) -> str:
    name = next(iter(camel_keys({key: 0})), "")
    return RENAMED.get(name, name)


def renamed(query: Mapping[str, Any]) -> JSON:
    """Give a query of 2023, with the names of before it, those of today."""
    source = as_dict(query.get("source")) or dict(query)
    kind = as_str(source.get("kind"))
    where = OWN[kind][0]
    held = as_dict(source.get(where))
    old = {key: held[key] for key in old_names(kind, held)}
    newer_names = {RENAMED.get(key, key): one for key, one in camel_keys(old).items()}
    own = {**newer_names, **{key: one for key, one in held.items() if key not in old}}
    newer = {key: value for key, value in source.items() if key not in ("breakdown", where)}
    breakdown = as_dict(source.get("breakdown"))
    newer |= _said("breakdownFilter", source.get("breakdownFilter") or breakdown)
    if own.pop("compare", None) and not newer.get("compareFilter"):
        newer["compareFilter"] = {"compare": True}
    newer |= _said(where, own)
    return {**query, "source": newer} if query.get("source") else newer


def _own(read: JSON, known: Iterable[str]) -> JSON:
    """Keep the settings of a kind that today's schema has, under today's names."""
    named = {RENAMED.get(key, key): value for key, value in read.items()}
    own = {key: named[key] for key in named if key in known and named[key] not in (None, [], {})}
    if "exclusions" in own:
        own["exclusions"] = [_exclusion(as_dict(one)) for one in as_list(own["exclusions"])]
    for entity in ("targetEntity", "returningEntity"):
        if entity in own:
            held = as_dict(own[entity])
            own[entity] = {key: held[key] for key in ENTITY if held.get(key) is not None}
    return own


def _entities(filters: Mapping[str, Any]) -> list[Any]:
    return [*as_list(filters.get("events")), *as_list(filters.get("actions"))]


def _node(read: JSON, kind: str) -> JSON:
    """Write a series with what is counted of it, where its kind counts."""
    known = WHO | MATHS if _counts(kind, as_str(read.get("math"))) else WHO
    node = {key: value for key, value in read.items() if key in known and value is not None}
    if node["kind"] == "EventsNode" and "event" not in node:
        node["event"] = None  # all events
    if "name" not in node and as_text(node.get("event")):
        node["name"] = node["event"]
    held = _flat(node.pop("properties", None))
    return {**node, **_said("properties", held)}


def _counts(kind: str, math: str) -> bool:
    """Say whether a kind of insight can count in a way; where not, it counts in its usual one."""
    if kind == FUNNELS:
        return math == FIRST_TIME
    return kind == TRENDS or (kind == STICKINESS and math in OF_ACTORS)


def _exclusion(old: JSON) -> JSON:
    action = old.get("type") == "actions"
    who = {"kind": "ActionsNode", "id": old.get("id")} if action else {}
    named = {key: old[key] for key in ("name", "custom_name") if old.get(key)}
    steps = camel_keys({key: old.get(key) for key in ("funnel_from_step", "funnel_to_step")})
    return {**(who or {"kind": "EventsNode", "event": old.get("id")}), **named, **steps}


def _interval(filters: Mapping[str, Any]) -> str | None:
    said = as_text(filters.get("interval"))
    return "hour" if said == "minute" else said  # minutes were never drawn from old filters


def _dates(filters: Mapping[str, Any]) -> JSON:
    dates = {key: filters[key] for key in ("date_from", "date_to") if as_text(filters.get(key))}
    return dates | ({"explicitDate": True} if _truth(filters.get("explicit_date")) else {})


def _properties(held: Any) -> list[JSON] | JSON | None:
    """Write the conditions of an insight; groups stay groups, what is empty goes."""
    values = as_list(as_dict(held).get("values"))
    if not isinstance(held, dict) or not any("values" in as_dict(one) for one in values):
        return _flat(held)
    groups = [
        {"type": _joined(one), "values": _flat(as_list(as_dict(one).get("values")))}
        for one in values
    ]
    kept = [group for group in groups if group["values"]]
    return {"type": _joined(held), "values": kept} if kept else None


def _flat(held: Any) -> list[JSON]:
    """Write conditions of which all hold, in whichever of the old forms they are."""
    if isinstance(held, dict) and "values" not in held:  # the oldest form: {"$browser": "Chrome"}
        pairs = [(key.partition("__"), value) for key, value in held.items()]
        held = [
            {"key": key, "operator": operator or "exact", "value": value}
            for (key, _, operator), value in pairs
        ]
    listed = as_list(as_dict(held).get("values")) or as_list(held)
    return [_condition(one) for one in map(as_dict, listed) if one.get("key") is not None]


def _condition(old: JSON) -> JSON:
    kind = as_text(old.get("type")) or "event"
    kind = {"events": "event", "static-cohort": "cohort", "precalculated-cohort": "cohort"}.get(
        kind, kind
    )
    value = old.get("value", old.get("values"))
    made = {**{key: old[key] for key in CONDITION if key in old}, "type": kind, "value": value}
    if kind == "cohort":
        made["operator"] = "not_in" if old.get("negation") else as_text(old.get("operator")) or "in"
    elif kind in WITHOUT_OPERATOR:
        made.pop("operator", None)
    else:
        made["operator"] = as_text(old.get("operator")) or "exact"
    return made


def _breakdown(filters: Mapping[str, Any], kind: str) -> JSON:
    """Write the breakdown; a type alone breaks nothing down."""
    named = {key: one for key, one in filters.items() if key.startswith("breakdown")}
    made = {key: one for key, one in named.items() if key in BREAKDOWN and one is not None}
    several = [as_dict(one) for one in as_list(filters.get("breakdowns"))]
    several = [one for one in several if one.get("property")]
    if several and kind == FUNNELS:
        made |= {
            "breakdown": several[0]["property"],
            "breakdown_type": as_str(several[0].get("type"), "event"),
        }
    elif several:
        made["breakdowns"] = [
            {"type": "event", **{key: one[key] for key in PART if one.get(key) is not None}}
            for one in several[:3]
        ]
    if _is_silent(made.get("breakdown")) and "breakdowns" not in made:
        return {}
    if made.get("breakdown_type") in (None, "events", "undefined") and "breakdown" in made:
        made["breakdown_type"] = "event"
    return made


def _lost(filters: Mapping[str, Any], source: JSON, own: JSON) -> Iterable[str]:
    """Name what the filters said and the query does not."""
    shared = {"date_from", "date_to", "properties", "filter_test_accounts", "sampling_factor"}
    said = shared | SILENT | {"aggregation_group_type_index"}
    for key, value in filters.items():
        if _is_silent(value) or key in said or key in OF_OTHERS or key in source:
            continue
        if key.startswith("breakdown") and "breakdownFilter" in source:
            continue
        if _newer_name(key) not in own:
            yield key


def _joined(held: Any) -> str:
    return OR if as_dict(held).get("type") == OR else AND


def _truth(value: object) -> bool | None:
    """Read what was sent as true, also as text."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(as_str(value).lower())


def _said(key: str, value: Any) -> JSON:
    """Give a part by its name, if it says something."""
    return {} if _is_silent(value) else {key: value}


def _is_silent(value: object) -> bool:
    return value is None or value is False or value in ("", [], {})
