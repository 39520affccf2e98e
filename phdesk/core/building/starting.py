"""What a new insight begins with, and how one kind becomes another."""

from typing import Any

from msgspec import Struct

from phdesk.core.building.breakdowns import COUNTRY
from phdesk.core.building.draft import CHART, OWN_FILTER, VIZ, Draft, at, word
from phdesk.core.building.series import event_entity, event_node, without_math
from phdesk.core.jsonvalue import as_dict, as_list

FIRST = "$pageview"  # the event that most projects have
SHARED = ("dateRange", "properties", "filterTestAccounts", "samplingFactor")
OF_SERIES = frozenset({"TrendsQuery", "FunnelsQuery", "StickinessQuery", "LifecycleQuery"})
WITH_INTERVAL = frozenset({"TrendsQuery", "StickinessQuery", "LifecycleQuery"})
WITH_BREAKDOWN = frozenset({"TrendsQuery", "FunnelsQuery"})
OF_DISPLAY = {"BoldNumber": "number", "ActionsTable": "table", "WorldMap": "world_map"}
OF_KIND = {
    "FunnelsQuery": "funnel",
    "RetentionQuery": "retention",
    "StickinessQuery": "stickiness",
    "LifecycleQuery": "lifecycle",
    "PathsQuery": "paths",
    "HogQLQuery": "sql",
}
EXAMPLE = (
    "select toDate(timestamp) as day, count() as events\n"
    "from events\n"
    "where timestamp > now() - interval 30 day\n"
    "group by day\n"
    "order by day"
)


class Start(Struct, frozen=True, gc=False):
    """A kind of insight that can be begun."""

    kind: str
    label: str
    about: str


STARTS = (
    Start("trends", "Trends", "How often something happens, over time"),
    Start("number", "Number", "One big number"),
    Start("table", "Table", "Numbers side by side"),
    Start("world_map", "World map", "Where something happens"),
    Start("funnel", "Funnel", "How many go from one step to the next"),
    Start("retention", "Retention", "How many come back"),
    Start("stickiness", "Stickiness", "On how many days people do something"),
    Start("lifecycle", "Lifecycle", "New, returning and lost users"),
    Start("paths", "Paths", "Where people go, step by step"),
    Start("sql", "SQL", "Anything, by a query of your own"),
)


def blank(kind: str, event: str | None = FIRST) -> Draft:
    """Begin an insight of a kind that STARTS names, over an event."""
    source = _source(kind, event)
    if kind == "sql":
        node = {"kind": CHART, "source": source, "display": "ActionsTable", "chartSettings": {}}
    else:
        node = {"kind": VIZ, "source": source}
    return Draft(query=node, opened=node)


def kind_of(draft: Draft) -> str:
    """Name the kind of a draft as STARTS does; a display of trends may be a kind of its own."""
    if draft.kind == "TrendsQuery":
        return OF_DISPLAY.get(word(draft, "trendsFilter.display"), "trends")
    return OF_KIND.get(draft.kind, "")


def turned(draft: Draft, kind: str) -> Draft:
    """Begin an insight of another kind with what of a draft it can have, too.

    What only the kind before had is not carried along: the draft before still has it.
    """
    fresh = blank(kind)
    if draft.kind == fresh.kind and fresh.own:
        display = at(fresh, f"{fresh.own}.display")
        own = {**as_dict(draft.source.get(fresh.own)), **({"display": display} if display else {})}
        source = {**draft.source, fresh.own: own}
    else:
        source = _carried(draft, fresh)
    if kind == "world_map":
        source["breakdownFilter"] = fresh.source["breakdownFilter"]
    elif kind == "number":
        source.pop("breakdownFilter", None)
    node = {**fresh.query, "source": source}
    return Draft(query=node, opened=draft.opened, raw=draft.raw, older=draft.older)


def _carried(draft: Draft, fresh: Draft) -> dict[str, Any]:
    source = dict(fresh.source)
    if not fresh.own or not draft.own:
        return source  # SQL has nothing in common with the others
    keys = [*SHARED]
    if {draft.kind, fresh.kind} <= WITH_INTERVAL:
        keys.append("interval")
    if {draft.kind, fresh.kind} <= WITH_BREAKDOWN:
        keys.append("breakdownFilter")
    if fresh.kind == "RetentionQuery":
        keys.remove("dateRange")  # its periods say how far back it goes
    source |= {key: draft.source[key] for key in keys if draft.source.get(key) is not None}
    nodes = [as_dict(one) for one in as_list(at(draft, "series"))]
    if nodes and fresh.kind in OF_SERIES:
        plain = fresh.kind != "TrendsQuery"
        plain |= draft.kind == "FunnelsQuery"  # whose steps may be left out
        nodes = [without_math(node) if plain else node for node in nodes]
        source["series"] = nodes[:1] if fresh.kind == "LifecycleQuery" else nodes
    return source


def _source(kind: str, event: str | None) -> dict[str, Any]:
    node = event_node(event)
    counted = {**node, "math": "total"}
    week, month = {"date_from": "-7d"}, {"date_from": "-30d"}
    match kind:
        case "number" | "table" | "world_map":
            display = {"number": "BoldNumber", "table": "ActionsTable"}.get(kind, "WorldMap")
            source = {"kind": "TrendsQuery", "series": [counted], "dateRange": week}
            if kind == "world_map":
                source["series"] = [{**node, "math": "dau"}]
                source["breakdownFilter"] = {"breakdown": COUNTRY, "breakdown_type": "event"}
            return {**source, "trendsFilter": {"display": display}}
        case "funnel":
            own: dict[str, Any] = {"funnelVizType": "steps"}
            found = {"kind": "FunnelsQuery", "series": [node], "dateRange": week}
            return {**found, "funnelsFilter": own}
        case "retention":
            own = {
                "period": "Day",
                "totalIntervals": 8,
                "retentionType": "retention_first_time",
                "targetEntity": event_entity(event),
                "returningEntity": event_entity(event),
            }
            return {"kind": "RetentionQuery", "retentionFilter": own}
        case "stickiness" | "lifecycle":
            name = f"{kind.capitalize()}Query"
            plain: dict[str, Any] = {"kind": name, "series": [node], "dateRange": month}
            return {**plain, "interval": "day", OWN_FILTER[name]: {}}
        case "paths":
            own = {"includeEventTypes": ["$pageview"], "stepLimit": 5}
            return {"kind": "PathsQuery", "dateRange": week, "pathsFilter": own}
        case "sql":
            return {"kind": "HogQLQuery", "query": EXAMPLE}
        case _:
            trends = {"kind": "TrendsQuery", "series": [counted], "dateRange": week}
            own = {"display": "ActionsLineGraph"}
            return {**trends, "interval": "day", "trendsFilter": own}
