"""Compute PathsQuery: the ways people take from page to page within a session."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

from phdesk.demo.filters import Condition, conditions, expression, tested
from phdesk.demo.ranges import Range
from phdesk.demo.selection import JSON, both, select_events
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
        world, ["person_id", "ts", _named(chosen)], _where(query, chosen), (span.start, span.end)
    )
    people: dict[str, list[Visit]] = defaultdict(list)
    for person, at, name in rows:
        stop = _stop(str(name), chosen) if name else None
        if stop:
            people[person].append((at, stop))
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    limit = int(chosen.get("stepLimit") or 5)
    for visits in people.values():
        for session in _sessions(visits):
            way = _from(session, chosen.get("startPoint"))
            _count(_until(way, chosen.get("endPoint"), limit), times)
    return {"results": _edges(times, chosen)}


def _where(query: Mapping[str, Any], chosen: Mapping[str, Any]) -> Condition:
    kinds = chosen.get("includeEventTypes") or list(_KINDS)
    named = "1" if "hogql" in kinds else "0"  # an expression names any event
    wanted = " or ".join(_KINDS[kind] for kind in kinds if kind in _KINDS) or named
    together = {"type": "AND", "values": [both(query.get("properties")), both(tested(query))]}
    shared, values = conditions(together)
    return f"({wanted}) and ({shared})", values


def _named(chosen: Mapping[str, Any]) -> str:
    """Write the SQL that names a stop; by an expression where that is followed, too."""
    if "hogql" not in (chosen.get("includeEventTypes") or []):
        return _NAME
    return expression(str(chosen.get("pathsHogQLExpression") or "event"))


def _stop(name: str, chosen: Mapping[str, Any]) -> str | None:
    """Name a stop as its group does; None for one that is left out."""
    stop = name.rstrip("/")
    if stop in {str(one).rstrip("/") for one in chosen.get("excludeEvents") or []}:
        return None
    for group in chosen.get("pathGroupings") or []:
        if fnmatchcase(stop, str(group)):
            return str(group)
    return stop


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


def _until(session: list[Visit], end: str | None, limit: int) -> list[Visit]:
    """Keep the first steps, or where an end is asked for the last ones before it."""
    if not end:
        return session[:limit]
    for index in range(len(session) - 1, -1, -1):
        if session[index][1] == end.rstrip("/"):
            return session[max(0, index + 1 - limit) : index + 1]
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
        if int(chosen.get("minEdgeWeight") or 1) <= len(spans) <= _most(chosen)
    ]
    edges.sort(key=_weight)
    return edges[: int(chosen.get("edgeLimit") or 50)]


def _most(chosen: Mapping[str, Any]) -> float:
    return float(chosen.get("maxEdgeWeight") or "inf")


def _weight(edge: Mapping[str, Any]) -> tuple[int, str, str]:
    return -edge["value"], edge["source"], edge["target"]
