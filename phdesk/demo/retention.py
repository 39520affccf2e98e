"""Compute RetentionQuery: who comes back after the first time, as a triangle."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phdesk.demo.ranges import Range, bucket_of, floor_to, iso, ms, step
from phdesk.demo.selection import JSON, node_conditions, select_events
from phdesk.demo.world import World

Seen = dict[int, set[str]]
"""The people of each period."""


def run_retention(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute cohorts up to the period that holds the end of the range."""
    chosen = query.get("retentionFilter") or {}
    period = chosen.get("period") or "Day"
    total = int(chosen.get("totalIntervals") or 11)
    last = floor_to(min(span.end, world.now()), period.lower())
    starts = [step(last, period.lower(), index + 1 - total) for index in range(total)]
    end = step(last, period.lower(), 1)
    target, returning = _entity(chosen, "targetEntity"), _entity(chosen, "returningEntity")
    back = _seen(world, query, returning, starts, end)
    if (chosen.get("retentionType") or "retention_first_time") == "retention_first_time":
        cohorts = _first_seen(world, query, target, starts, end)
    else:
        cohorts = _seen(world, query, target, starts, end)
    return {
        "results": [
            {
                "date": iso(at),
                "label": f"{period} {row}",
                "values": _values(cohorts, back, row, total),
            }
            for row, at in enumerate(starts)
        ]
    }


def _values(cohorts: Seen, back: Seen, row: int, total: int) -> list[JSON]:
    cohort = cohorts[row]
    later = [len(cohort & back[column]) for column in range(row + 1, total)]
    return [{"count": count} for count in (len(cohort), *later)]


def _entity(chosen: Mapping[str, Any], name: str) -> JSON:
    entity = chosen.get(name) or {"id": "$pageview"}
    return {"event": entity.get("id"), "properties": entity.get("properties")}


def _seen(
    world: World, query: Mapping[str, Any], node: JSON, starts: list[datetime], end: datetime
) -> Seen:
    edges = [ms(at) for at in starts]
    found: Seen = defaultdict(set)
    for at, person in _events(world, query, node, (starts[0], end)):
        if at < ms(end):
            found[bucket_of(edges, at)].add(person)
    return found


def _first_seen(
    world: World, query: Mapping[str, Any], node: JSON, starts: list[datetime], end: datetime
) -> Seen:
    edges = [ms(at) for at in starts]
    firsts: dict[str, int] = {}
    for at, person in _events(world, query, node, (world.earliest, end)):
        firsts.setdefault(person, at)
    found: Seen = defaultdict(set)
    for person, at in firsts.items():
        if edges[0] <= at < ms(end):
            found[bucket_of(edges, at)].add(person)
    return found


def _events(
    world: World, query: Mapping[str, Any], node: JSON, span: tuple[datetime, datetime]
) -> list[tuple[Any, ...]]:
    return select_events(world, ["ts", "person_id"], node_conditions(node, query), span)
