"""Compute FunnelsQuery: ordered steps with a window, time to convert, conversion over time."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.demo.errors import invalid
from phdesk.demo.funnel_ways import Event, Value, Visit, Way, by_value, events_of, way_of
from phdesk.demo.maths import mean, middle
from phdesk.demo.ranges import Range, bucket_of, day_text, label_text, ms
from phdesk.demo.selection import JSON, NONE, OTHER, breakdown_columns, breakdown_limit
from phdesk.demo.world import World


def run_funnel(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute the results of a FunnelsQuery over a resolved range."""
    nodes = query["series"]
    if len(nodes) < 2:
        raise invalid("Funnels require at least two steps before calculating.")
    if any(node.get("optionalInFunnel") for node in nodes):
        raise invalid("The demo has no optional steps.")
    chosen = query.get("funnelsFilter") or {}
    way, people = way_of(query), by_value(events_of(world, query, span), query)
    kind = chosen.get("funnelVizType") or "steps"
    if kind == "trends":
        return {"results": _trends(people, query, way, span)}
    visits = [way.best(events, value) for value, _, events in people]
    entered = [visit for visit in visits if visit.times]
    if kind == "time_to_convert":
        return {"results": _time_to_convert(entered, chosen, len(nodes))}
    if way.order == "unordered":
        nodes = [_counted(order) for order in range(len(nodes))]
    if breakdown_columns(query):
        return {"results": _split_steps(entered, nodes, breakdown_limit(query))}
    return {"results": _steps(entered, nodes)}


def _counted(order: int) -> JSON:
    """Stand for a step of an unordered funnel, which is no event of its own."""
    return {"event": None, "name": f"Completed {order + 1} step{'s' if order else ''}"}


def _steps(visits: Sequence[Visit], nodes: Sequence[Mapping[str, Any]]) -> list[JSON]:
    steps: list[JSON] = []
    for order, node in enumerate(nodes):
        reached = [visit.times for visit in visits if len(visit.times) > order]
        gaps = [(times[order] - times[order - 1]) / 1000 for times in reached] if order else []
        steps.append(
            {
                "action_id": node.get("event"),
                "name": node.get("name") or node.get("event") or "All events",
                "custom_name": node.get("custom_name"),
                "order": order,
                "people": [],
                "count": len(reached),
                "type": "events",
                "average_conversion_time": mean(gaps),
                "median_conversion_time": middle(gaps),
            }
        )
    return steps


def _split_steps(
    visits: Sequence[Visit], nodes: Sequence[Mapping[str, Any]], limit: int
) -> list[list[JSON]]:
    groups: dict[tuple[str, ...], list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.value].append(visit)

    def weight(value: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        return -len(groups[value]), value

    ranked = sorted(groups, key=weight)
    kept = {value: groups[value] for value in ranked[:limit]}
    rest = [visit for value in ranked[limit:] for visit in groups[value]]
    if rest:
        kept[(OTHER,) * len(rest[0].value)] = rest
    return [_tagged(_steps(members, nodes), value) for value, members in kept.items()]


def _tagged(steps: list[JSON], value: tuple[str, ...]) -> list[JSON]:
    texts = ["" if text == NONE else text for text in value]
    return [step | {"breakdown": texts, "breakdown_value": texts} for step in steps]


def _time_to_convert(visits: Sequence[Visit], chosen: Mapping[str, Any], length: int) -> JSON:
    opening = int(chosen.get("funnelFromStep") or 0)
    closing = int(chosen.get("funnelToStep") or length - 1)
    spans = [
        (visit.times[closing] - visit.times[opening]) / 1000
        for visit in visits
        if len(visit.times) > closing
    ]
    if not spans:
        return {"average_conversion_time": None, "bins": []}
    count = int(chosen.get("binCount") or min(60, math.ceil(len(spans) ** (1 / 3))))
    low = math.floor(min(spans))
    width = max(1, math.ceil((max(spans) - low) / count))
    bins = [[low + width * index, 0] for index in range(count + 1)]
    for span in spans:
        bins[min(count - 1, int((span - low) // width))][1] += 1
    return {"average_conversion_time": round(sum(spans) / len(spans), 2), "bins": bins}


def _trends(
    people: Sequence[tuple[Value, str, list[Event]]],
    query: Mapping[str, Any],
    way: Way,
    span: Range,
) -> list[JSON]:
    if not breakdown_columns(query):
        return [_trend(people, way, span)]
    groups: dict[Value, list[tuple[Value, str, list[Event]]]] = defaultdict(list)
    for one in people:
        if any(way.follow(one[2], index) for index in range(len(one[2]))):
            groups[one[0]].append(one)

    def weight(value: Value) -> tuple[int, Value]:
        return -len(groups[value]), value

    shown = sorted(groups, key=weight)[: breakdown_limit(query)]
    return [_trend(groups[value], way, span) | {"breakdown_value": list(value)} for value in shown]


def _trend(people: Sequence[tuple[Value, str, list[Event]]], way: Way, span: Range) -> JSON:
    buckets = span.buckets()
    starts = [ms(at) for at in buckets]
    entered: list[set[str]] = [set() for _ in buckets]
    finished: list[set[str]] = [set() for _ in buckets]
    for _, person, events in people:
        for index, one in enumerate(events):
            times = way.follow(events, index) if one.steps else ()
            if times:
                place = bucket_of(starts, one.at)
                entered[place].add(person)
                if len(times) == way.length:
                    finished[place].add(person)
    shares = [
        round(100 * len(done) / len(all_), 2) if all_ else 0.0
        for done, all_ in zip(finished, entered, strict=True)
    ]
    return {
        "count": len(buckets),
        "data": shares,
        "days": [day_text(at, span.interval) for at in buckets],
        "labels": [label_text(at, span.interval) for at in buckets],
    }
