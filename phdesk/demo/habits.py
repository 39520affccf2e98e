"""Compute StickinessQuery and LifecycleQuery: how often, and for how long, people stay."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from phdesk.demo.ranges import Range, bucket_of, day_text, label_text, ms, step
from phdesk.demo.selection import JSON, node_conditions, select_events
from phdesk.demo.world import World

STATUSES = ("new", "returning", "resurrecting", "dormant")


def run_stickiness(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Count people by the number of intervals in which they did something."""
    compare = bool((query.get("compareFilter") or {}).get("compare"))
    periods = [("current", span), ("previous", span.previous())] if compare else [("", span)]
    results = []
    for label, period in periods:
        for node in query["series"]:
            item = _sticky(world, query, node, period)
            results.append(item | ({"compare": True, "compare_label": label} if label else {}))
    return {"results": results}


def run_lifecycle(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Sort the people of each interval into new, returning, resurrecting and dormant."""
    results = []
    for order, node in enumerate(query["series"]):
        results.extend(_lifecycle(world, query, node, order, span))
    return {"results": results}


def _sticky(world: World, query: Mapping[str, Any], node: Mapping[str, Any], span: Range) -> JSON:
    buckets = span.buckets()
    chosen = query.get("stickinessFilter") or {}
    enough = _enough(chosen.get("stickinessCriteria") or {})
    often = _often(world, query, node, buckets, span.end)
    times = Counter(
        person for people in often.values() for person, count in people.items() if enough(count)
    )
    if node.get("math") == "unique_group":
        times = Counter()  # no event of the invented company is of a group
    spread = Counter(times.values())
    days = list(range(1, len(buckets) + 1))
    data = [spread[day] for day in days]
    more = ""
    if chosen.get("computedAs") == "cumulative":
        data, more = [sum(data[place:]) for place in range(len(data))], " or more"
    return {
        "count": len(times),
        "data": data,
        "days": days,
        "label": node.get("event") or "All events",
        "labels": [f"{day} {span.interval}{'' if day == 1 else 's'}{more}" for day in days],
    }


def _lifecycle(
    world: World, query: Mapping[str, Any], node: Mapping[str, Any], order: int, span: Range
) -> list[JSON]:
    buckets = span.buckets()
    # One interval earlier tells who was there before the first one shown.
    edges = [step(buckets[0], span.interval, -1), *buckets]
    often = _often(world, query, node, edges, span.end)
    starts = [ms(at) for at in edges]
    data: dict[str, list[float]] = {status: [] for status in STATUSES}
    for index in range(1, len(edges)):
        here, before = set(often[index]), set(often[index - 1])
        new = {person for person in here if bucket_of(starts, world.created[person]) == index}
        data["new"].append(float(len(new)))
        data["returning"].append(float(len((here & before) - new)))
        data["resurrecting"].append(float(len(here - before - new)))
        data["dormant"].append(-float(len(before - here)))
    name = node.get("name") or node.get("event") or "All events"
    action = {"id": node.get("event"), "name": name, "type": "events", "order": order}
    return [
        {
            "action": action | {"math": node.get("math") or "total"},
            "data": data[status],
            "count": sum(data[status]),
            "labels": [label_text(at, span.interval) for at in buckets],
            "days": [day_text(at, span.interval) for at in buckets],
            "label": f"{name} - {status}",
            "status": status,
        }
        for status in STATUSES
    ]


def _enough(criteria: Mapping[str, Any]) -> Callable[[int], bool]:
    """Say how often somebody must do it in an interval for that to count."""
    value = int(criteria.get("value") or 1)
    match criteria.get("operator"):
        case "lte":
            return lambda count: count <= value
        case "exact":
            return lambda count: count == value
        case _:
            return lambda count: count >= value


def _often(
    world: World,
    query: Mapping[str, Any],
    node: Mapping[str, Any],
    edges: list[datetime],
    end: datetime,
) -> dict[int, Counter[str]]:
    starts = [ms(at) for at in edges]
    where = node_conditions(node, query)
    rows = select_events(world, ["ts", "person_id"], where, (edges[0], end))
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for at, person in rows:
        found[bucket_of(starts, at)][person] += 1
    return found
