"""Compute RetentionQuery: who comes back after the first time, as a triangle."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from phdesk.demo.ranges import Range, bucket_of, floor_to, iso, ms, step
from phdesk.demo.selection import (
    JSON,
    breakdown_columns,
    breakdown_limit,
    breakdown_text,
    node_conditions,
    select_events,
)
from phdesk.demo.world import World

Seen = dict[int, set[str]]
"""The people of each period."""
FIRST, FIRST_EVER = "retention_first_time", "retention_first_ever_occurrence"


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a retention, the last of which may still run."""

    starts: list[datetime]
    end: datetime

    @property
    def edges(self) -> list[int]:
        """Give the starts in milliseconds since 1970."""
        return [ms(at) for at in self.starts]


def run_retention(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute cohorts up to the period that holds the end of the range."""
    chosen = query.get("retentionFilter") or {}
    period = chosen.get("period") or "Day"
    total = int(chosen.get("totalIntervals") or 11)
    last = floor_to(min(span.end, world.now()), period.lower())
    starts = [step(last, period.lower(), index + 1 - total) for index in range(total)]
    periods = Periods(starts, step(last, period.lower(), 1))
    back = _seen(world, query, _entity(chosen, "returningEntity"), periods, _least(chosen))
    if chosen.get("cumulative"):
        back = _or_later(back, total)
    return {
        "results": [
            {
                "date": iso(at),
                "label": f"{period} {row}",
                "values": _values(cohorts, back, row, total),
                **({"breakdown_value": value} if value is not None else {}),
            }
            for value, cohorts in _groups(world, query, periods).items()
            for row, at in enumerate(starts)
        ]
    }


def _groups(world: World, query: Mapping[str, Any], periods: Periods) -> dict[str | None, Seen]:
    """Sort the people who began by the value of the breakdown that they began with."""
    chosen = query.get("retentionFilter") or {}
    target = _entity(chosen, "targetEntity")
    kind = chosen.get("retentionType") or FIRST
    if kind in (FIRST, FIRST_EVER):
        begun = _first_seen(world, query, target, periods, ever=kind == FIRST_EVER)
    else:
        begun = _seen(world, query, target, periods)
    splits = breakdown_columns(query)
    if not splits:
        return {None: begun}
    values = {
        person: "::".join(map(breakdown_text, split))
        for _, person, *split in reversed(
            _events(world, query, target, (periods.starts[0], periods.end), splits)
        )
    }
    sizes = Counter(values.values())
    shown = sorted(sizes, key=lambda value: (-sizes[value], value))[: breakdown_limit(query)]
    return {
        value: defaultdict(
            set,
            {
                row: {one for one in people if values.get(one) == value}
                for row, people in begun.items()
            },
        )
        for value in shown
    }


def _values(cohorts: Seen, back: Seen, row: int, total: int) -> list[JSON]:
    cohort = cohorts[row]
    later = [len(cohort & back[column]) for column in range(row + 1, total)]
    return [{"count": count} for count in (len(cohort), *later)]


def _or_later(back: Seen, total: int) -> Seen:
    """Let those who came back later count as back before, too."""
    found: Seen = defaultdict(set)
    later: set[str] = set()
    for row in range(total - 1, -1, -1):
        later = later | back[row]
        found[row] = later
    return found


def _least(chosen: Mapping[str, Any]) -> int:
    return int(chosen.get("minimumOccurrences") or 1)


def _entity(chosen: Mapping[str, Any], name: str) -> JSON:
    entity = chosen.get(name) or {"id": "$pageview"}
    return {"event": entity.get("id"), "properties": entity.get("properties")}


def _seen(
    world: World, query: Mapping[str, Any], node: JSON, periods: Periods, least: int = 1
) -> Seen:
    edges, times = periods.edges, Counter[tuple[int, str]]()
    for at, person in _events(world, query, node, (periods.starts[0], periods.end)):
        if at < ms(periods.end):
            times[bucket_of(edges, at), person] += 1
    found: Seen = defaultdict(set)
    for (row, person), count in times.items():
        if count >= least:
            found[row].add(person)
    return found


def _first_seen(
    world: World, query: Mapping[str, Any], node: JSON, periods: Periods, *, ever: bool
) -> Seen:
    """Put people into the period of their first time; `ever` counts what does not match, too."""
    edges = periods.edges
    span = (world.earliest, periods.end)
    firsts: dict[str, int] = {}
    for at, person in _events(world, query, node, span):
        firsts.setdefault(person, at)
    if ever:
        every: dict[str, int] = {}
        for at, person in _events(world, {}, {"event": node["event"]}, span):
            every.setdefault(person, at)
        firsts = {person: at for person, at in firsts.items() if every[person] == at}
    found: Seen = defaultdict(set)
    for person, at in firsts.items():
        if edges[0] <= at < ms(periods.end):
            found[bucket_of(edges, at)].add(person)
    return found


def _events(
    world: World,
    query: Mapping[str, Any],
    node: JSON,
    span: tuple[datetime, datetime],
    splits: list[str] | None = None,
) -> list[tuple[Any, ...]]:
    columns = ["ts", "person_id", *(splits or [])]
    return select_events(world, columns, node_conditions(node, query), span)
