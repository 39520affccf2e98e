"""Compute PathsQuery: the ways people take from page to page within a session."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from phdesk.demo.filters import Condition, conditions
from phdesk.demo.ranges import Range
from phdesk.demo.selection import JSON, select_events
from phdesk.demo.world import World

SESSION_GAP_MS = 30 * 60_000
Visit = tuple[int, str]
"""Milliseconds since 1970, and the page or event."""

_NAME = """case event when '$pageview' then json_extract(properties, '$."$current_url"')
 when '$screen' then json_extract(properties, '$."$screen_name"') else event end"""
_KINDS = {
    "$pageview": "event = '$pageview'",
    "$screen": "event = '$screen'",
    "custom_event": "substr(event, 1, 1) <> '$'",
}


def run_paths(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Count the steps people take, split into sessions at half an hour of silence."""
    chosen = query.get("pathsFilter") or {}
    rows = select_events(
        world, ["person_id", "ts", _NAME], _where(query, chosen), (span.start, span.end)
    )
    people: dict[str, list[Visit]] = defaultdict(list)
    for person, at, name in rows:
        if name:
            people[person].append((at, str(name).rstrip("/")))
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    limit = int(chosen.get("stepLimit") or 5)
    for visits in people.values():
        for session in _sessions(visits):
            _count(_from(session, chosen.get("startPoint"))[:limit], times)
    return {"results": _edges(times, chosen)}


def _where(query: Mapping[str, Any], chosen: Mapping[str, Any]) -> Condition:
    kinds = chosen.get("includeEventTypes") or list(_KINDS)
    wanted = " or ".join(_KINDS[kind] for kind in kinds if kind in _KINDS) or "0"
    shared, values = conditions(query.get("properties"))
    return f"({wanted}) and ({shared})", values


def _sessions(visits: Sequence[Visit]) -> Iterator[list[Visit]]:
    """Split at silences, and take staying on a page as one visit."""
    session: list[Visit] = []
    last = 0
    for at, name in visits:
        if session and at - last > SESSION_GAP_MS:
            yield session
            session = []
        if not session or session[-1][1] != name:
            session.append((at, name))
        last = at
    if session:
        yield session


def _from(session: list[Visit], start: str | None) -> list[Visit]:
    if not start:
        return session
    for index, (_, name) in enumerate(session):
        if name == start.rstrip("/"):
            return session[index:]
    return []


def _count(session: Sequence[Visit], times: dict[tuple[str, str], list[int]]) -> None:
    for number, ((left, source), (arrived, target)) in enumerate(pairwise(session), start=1):
        times[f"{number}_{source}", f"{number + 1}_{target}"].append(arrived - left)


def _edges(times: Mapping[tuple[str, str], list[int]], chosen: Mapping[str, Any]) -> list[JSON]:
    edges = [
        {
            "source": source,
            "target": target,
            "value": len(spans),
            "average_conversion_time": sum(spans) / len(spans),
        }
        for (source, target), spans in times.items()
        if len(spans) >= int(chosen.get("minEdgeWeight") or 1)
    ]
    edges.sort(key=_weight)
    return edges[: int(chosen.get("edgeLimit") or 50)]


def _weight(edge: Mapping[str, Any]) -> tuple[int, str, str]:
    return -edge["value"], edge["source"], edge["target"]
