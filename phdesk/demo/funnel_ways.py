"""Follow people through the steps of a funnel: in order, strictly, or in any order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

from phdesk.demo.ranges import Range
from phdesk.demo.selection import (
    NONE,
    breakdown_columns,
    breakdown_text,
    node_conditions,
    select_events,
)
from phdesk.demo.world import World

Value = tuple[str, ...]
"""A breakdown value, one text per property; empty without a breakdown."""
_WINDOW_UNITS = {
    "second": 1_000,
    "minute": 60_000,
    "hour": 3_600_000,
    "day": 86_400_000,
    "week": 604_800_000,
    "month": 2_592_000_000,
}


@dataclass(slots=True)
class Event:
    """An event of a person: the steps that it can be, and what it must not come between."""

    at: int
    number: int
    split: Value
    steps: set[int] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's way into a funnel: the time of each step reached."""

    times: tuple[int, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Way:
    """How the steps have to follow one another."""

    length: int
    window: int
    order: str = "ordered"
    exclusions: tuple[tuple[int, int], ...] = ()  # from which step, to which

    def follow(self, events: Sequence[Event], index: int) -> tuple[int, ...]:
        """Give the times of the steps reached from an event on; none if it is left out."""
        start = events[index].at
        later = takewhile(
            lambda one: one.at - start <= self.window, islice(events, index + 1, None)
        )
        if self.order == "unordered":
            return self._in_any_order(events[index], later)
        if 0 not in events[index].steps:
            return ()
        times = [start]
        for one in later:
            if self._is_barred(one, len(times) - 1):
                return ()
            if len(times) in one.steps:
                times.append(one.at)
                if len(times) == self.length:
                    break
            elif self.order == "strict":
                break
        return tuple(times)

    def best(self, events: Sequence[Event], value: Value) -> Visit:
        """Take the entry that gets furthest; among equals the earliest."""
        best: tuple[int, ...] = ()
        for index, one in enumerate(events):
            if not one.steps:
                continue
            times = self.follow(events, index)
            if len(times) > len(best):
                best = times
            if len(best) == self.length:
                break
        return Visit(best, value)

    def _in_any_order(self, first: Event, later: Iterable[Event]) -> tuple[int, ...]:
        if not first.steps:
            return ()
        reached = {min(first.steps): first.at}
        for one in later:
            for step in one.steps:
                reached.setdefault(step, one.at)
            if len(reached) == self.length:
                break
        return tuple(sorted(reached.values()))

    def _is_barred(self, event: Event, reached: int) -> bool:
        return any(
            first <= reached < last
            for number in event.barred
            for first, last in [self.exclusions[number]]
        )


def way_of(query: Mapping[str, Any]) -> Way:
    """Read how the steps of a funnel have to follow one another."""
    chosen, length = query.get("funnelsFilter") or {}, len(query["series"])
    unit = _WINDOW_UNITS[chosen.get("funnelWindowIntervalUnit") or "day"]
    return Way(
        length=length,
        window=int(chosen.get("funnelWindowInterval") or 14) * unit,
        order=str(chosen.get("funnelOrderType") or "ordered"),
        exclusions=tuple(
            (int(one.get("funnelFromStep") or 0), int(one.get("funnelToStep") or length - 1))
            for one in chosen.get("exclusions") or []
        ),
    )


def events_of(world: World, query: Mapping[str, Any], span: Range) -> dict[str, list[Event]]:
    """Read the events of each person that matter to a funnel, oldest first."""
    chosen = query.get("funnelsFilter") or {}
    found: dict[str, dict[int, Event]] = {}
    for step, node in enumerate(query["series"]):
        for one in _read(world, query, node, span, found):
            one.steps.add(step)
    for number, node in enumerate(chosen.get("exclusions") or []):
        for one in _read(world, query, node, span, found):
            one.barred.add(number)
    if chosen.get("funnelOrderType") == "strict":
        _read(world, {"series": []}, {"event": None}, span, found, only_known=True)
    return {person: sorted(events.values(), key=_place) for person, events in found.items()}


def attributed(events: Sequence[Event], query: Mapping[str, Any]) -> Value:
    """Say by which value of the breakdown a person counts."""
    chosen = query.get("funnelsFilter") or {}
    kind = chosen.get("breakdownAttributionType") or "first_touch"
    steps = [one for one in events if one.steps]
    if kind == "step":
        wanted = int(chosen.get("breakdownAttributionValue") or 0)
        steps = [one for one in steps if wanted in one.steps]
    known = [one.split for one in steps if any(text != NONE for text in one.split)]
    if not known:
        return steps[0].split if steps else (NONE,) * len(breakdown_columns(query))
    return known[-1] if kind == "last_touch" else known[0]


def by_value(
    people: Mapping[str, list[Event]], query: Mapping[str, Any]
) -> list[tuple[Value, str, list[Event]]]:
    """Give each person with the value they count by; by all events, each of their values."""
    chosen = query.get("funnelsFilter") or {}
    if not breakdown_columns(query):
        return [((), person, events) for person, events in people.items()]
    if chosen.get("breakdownAttributionType") != "all_events":
        return [(attributed(events, query), who, events) for who, events in people.items()]
    found = []
    for person, events in people.items():
        for value in dict.fromkeys(one.split for one in events if one.steps):
            same = [one for one in events if one.split == value or not one.steps]
            found.append((value, person, same))
    return found


def _read(
    world: World,
    query: Mapping[str, Any],
    node: Mapping[str, Any],
    span: Range,
    found: dict[str, dict[int, Event]],
    only_known: bool = False,  # noqa: FBT001, FBT002
) -> list[Event]:
    """Read the events of a node, and note them with their persons."""
    splits = breakdown_columns(query)
    rows = select_events(
        world,
        ["id", "ts", "person_id", *splits],
        node_conditions(node, query),
        (span.start, span.end),
    )
    read = []
    for number, at, person, *split in rows:
        if only_known and person not in found:
            continue
        events = found.setdefault(person, {})
        value = tuple(map(breakdown_text, split))
        read.append(events.setdefault(number, Event(at, number, value)))
    return read


def _place(event: Event) -> tuple[int, int]:
    return event.at, event.number
