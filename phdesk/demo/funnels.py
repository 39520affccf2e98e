"""Compute FunnelsQuery: ordered steps with a window, time to convert, conversion over time."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phdesk.demo.errors import invalid
from phdesk.demo.maths import mean, middle
from phdesk.demo.ranges import Range, bucket_of, day_text, label_text, ms
from phdesk.demo.selection import (
    JSON,
    NONE,
    OTHER,
    breakdown_columns,
    breakdown_limit,
    breakdown_text,
    node_conditions,
    select_events,
)
from phdesk.demo.world import World

_WINDOW_UNITS = {
    "second": 1_000,
    "minute": 60_000,
    "hour": 3_600_000,
    "day": 86_400_000,
    "week": 604_800_000,
    "month": 2_592_000_000,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's way into a funnel: the time of each step reached."""

    times: tuple[int, ...]
    value: tuple[str, ...]


Hit = tuple[int, int, tuple[str, ...]]
"""Milliseconds since 1970, step, breakdown value."""


def run_funnel(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute the results of a FunnelsQuery over a resolved range."""
    nodes = query["series"]
    if len(nodes) < 2:
        raise invalid("Funnels require at least two steps before calculating.")
    chosen = query.get("funnelsFilter") or {}
    people = _hits(world, query, span)
    kind = chosen.get("funnelVizType") or "steps"
    if kind == "trends":
        return {"results": _trend(people, chosen, len(nodes), span)}
    visits = [_best(hits, len(nodes), _window(chosen)) for hits in people.values()]
    entered = [visit for visit in visits if visit.times]
    if kind == "time_to_convert":
        return {"results": _time_to_convert(entered, chosen, len(nodes))}
    if breakdown_columns(query):
        return {"results": _split_steps(entered, nodes, breakdown_limit(query))}
    return {"results": _steps(entered, nodes)}


def _hits(world: World, query: Mapping[str, Any], span: Range) -> dict[str, list[Hit]]:
    splits = breakdown_columns(query)
    found: dict[str, list[Hit]] = defaultdict(list)
    for order, node in enumerate(query["series"]):
        rows = select_events(
            world,
            ["ts", "person_id", *splits],
            node_conditions(node, query),
            (span.start, span.end),
        )
        for at, person, *split in rows:
            found[person].append((at, order, tuple(map(breakdown_text, split))))
    for hits in found.values():
        hits.sort()
    return found


def _window(chosen: Mapping[str, Any]) -> int:
    unit = _WINDOW_UNITS[chosen.get("funnelWindowIntervalUnit") or "day"]
    return int(chosen.get("funnelWindowInterval") or 14) * unit


def _best(hits: Sequence[Hit], length: int, window: int) -> Visit:
    """Take the entry that gets furthest; among equals the earliest."""
    best = Visit((), ())
    value: tuple[str, ...] | None = None
    for index, (at, order, split) in enumerate(hits):
        if order:
            continue
        value = split if value is None else value
        times = _follow(hits[index + 1 :], at, length, window)
        if len(times) > len(best.times):
            best = Visit(times, value)
        if len(times) == length:
            break
    return best


def _follow(hits: Sequence[Hit], start: int, length: int, window: int) -> tuple[int, ...]:
    times = [start]
    for at, order, _ in hits:
        if at - start > window or len(times) == length:
            break
        if order == len(times):
            times.append(at)
    return tuple(times)


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


def _trend(
    people: Mapping[str, Sequence[Hit]], chosen: Mapping[str, Any], length: int, span: Range
) -> list[JSON]:
    buckets = span.buckets()
    starts = [ms(at) for at in buckets]
    entered: list[set[str]] = [set() for _ in buckets]
    finished: list[set[str]] = [set() for _ in buckets]
    window = _window(chosen)
    for person, hits in people.items():
        for index, (at, order, _) in enumerate(hits):
            if order:
                continue
            place = bucket_of(starts, at)
            entered[place].add(person)
            if len(_follow(hits[index + 1 :], at, length, window)) == length:
                finished[place].add(person)
    shares = [
        round(100 * len(done) / len(all_), 2) if all_ else 0.0
        for done, all_ in zip(finished, entered, strict=True)
    ]
    return [
        {
            "count": len(buckets),
            "data": shares,
            "days": [day_text(at, span.interval) for at in buckets],
            "labels": [label_text(at, span.interval) for at in buckets],
        }
    ]
