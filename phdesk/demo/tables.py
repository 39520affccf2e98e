"""Answer EventsQuery and ActorsQuery: rows of expressions, events and persons."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.demo.filters import conditions, inline, literal
from phdesk.demo.hogql import execute, type_name
from phdesk.demo.hogql_rewrite import rewrite
from phdesk.demo.ranges import floor_to, iso, moment, parse_date
from phdesk.demo.selection import JSON, node_conditions, select_events
from phdesk.demo.world import World

_EVENT_TUPLE = (
    "Tuple(UUID, String, String, DateTime64(6, 'UTC'), Int64, String, String, DateTime64(6, 'UTC'))"
)
_PERSON_COLUMNS = ("person", "actor", "id", "created_at", "person.$delete")
_FIXED_TYPES = {
    "*": _EVENT_TUPLE,
    "event": "String",
    "person": "String",
    "timestamp": "DateTime64(6, 'UTC')",
    "distinct_id": "String",
}


def run_events(world: World, query: Mapping[str, Any]) -> JSON:
    """Answer an EventsQuery: the newest events, one expression a column."""
    chosen = query.get("select") or ["*", "event", "person", "timestamp"]
    expressions = [str(text).split("--")[0].strip() for text in chosen]
    limit, offset = int(query.get("limit") or 100), int(query.get("offset") or 0)
    columns = ", ".join(_expression(text) for text in expressions)
    order = ", ".join(rewrite(text) for text in query.get("orderBy") or ["timestamp DESC"])
    # execute() lets SQL from outside do nothing but read.
    sql = (
        f"select {columns} from events where {_where(world, query)}"  # noqa: S608
        f" order by {order} limit {limit + 1} offset {offset}"
    )
    rows, _ = execute(world, sql)
    found = [
        [_cell(world, text, value) for text, value in zip(expressions, row, strict=True)]
        for row in rows[:limit]
    ]
    return {
        "results": found,
        "columns": list(chosen),
        "types": [_type(text, index, found) for index, text in enumerate(expressions)],
        "hasMore": len(rows) > limit,
        "limit": limit,
        "offset": offset,
    }


def run_actors(world: World, query: Mapping[str, Any]) -> JSON:
    """Answer an ActorsQuery: everyone, or those behind a trend or its day."""
    chosen = query.get("select") or ["actor"]
    limit, offset = int(query.get("limit") or 100), int(query.get("offset") or 0)
    wanted = _actors(world, query.get("source"))
    people = [
        row
        for row in world.rows(
            "select id, distinct_id, created_at, properties from persons"
            " order by created_ms desc, id"
        )
        if wanted is None or row[0] in wanted
    ]
    page = people[offset : offset + limit]
    return {
        "results": [[_actor_cell(text, row) for text in chosen] for row in page],
        "columns": list(chosen),
        "types": [_actor_type(text) for text in chosen],
        "hasMore": len(people) > offset + limit,
        "limit": limit,
        "offset": offset,
        "missing_actors_count": 0,
    }


def _where(world: World, query: Mapping[str, Any]) -> str:
    parts = [inline(conditions(query.get(key))) for key in ("properties", "fixedProperties")]
    if query.get("event"):
        parts.append(f"event = {literal(query['event'])}")
    now = world.now()
    if query.get("after"):
        after = world.earliest if query["after"] == "all" else parse_date(query["after"], now)
        parts.append(f"timestamp > '{iso(after)}'")
    if query.get("before"):
        parts.append(f"timestamp < '{iso(parse_date(query['before'], now, closing=True))}'")
    parts.extend(f"({rewrite(text)})" for text in query.get("where") or [])
    return " and ".join(parts)


def _expression(text: str) -> str:
    if text == "*":
        return "json_array(uuid, event, properties, timestamp, distinct_id)"
    return "person_id" if text == "person" else rewrite(text)


def _cell(world: World, text: str, value: Any) -> Any:
    if text == "*":
        return _event(json.loads(value))
    if text == "person":
        return _person_of(world, value)
    return value


def _event(parts: Sequence[Any]) -> JSON:
    uuid, event, properties, timestamp, distinct_id = parts
    return {
        "uuid": uuid,
        "event": event,
        "properties": json.loads(properties),
        "timestamp": timestamp,
        "team_id": 1,
        "distinct_id": distinct_id,
        "elements_chain": "",
        "created_at": timestamp,
    }


def _person_of(world: World, person_id: str) -> JSON:
    row = world.rows("select distinct_id from persons where id = ?", [person_id])[0]
    return {
        "uuid": person_id,
        "created_at": iso(moment(world.created[person_id])),
        "properties": world.traits[person_id],
        "distinct_id": row[0],
    }


def _type(text: str, index: int, rows: Sequence[Sequence[Any]]) -> str:
    name = _FIXED_TYPES.get(text) or type_name([row[index] for row in rows])
    if ".".join(text.split(".")[:-1]).endswith("properties") and not name.startswith("Null"):
        return f"Nullable({name.replace('UInt64', 'Float64')})"
    return name


def _actors(world: World, source: Mapping[str, Any] | None) -> set[str] | None:
    inner = (source or {}).get("source") or {}
    nodes = inner.get("series") or []
    if not source or not nodes:
        return None
    node = nodes[int(source.get("series") or 0)]
    now = world.now()
    day = source.get("day")
    opening = (inner.get("dateRange") or {}).get("date_from") or "-7d"
    if day:
        span = parse_date(str(day), now), parse_date(str(day)[:10], now, closing=True)
    elif opening == "all":
        span = world.earliest, now
    else:
        span = floor_to(parse_date(opening, now), "day"), now
    rows = select_events(world, ["person_id"], node_conditions(node, inner), span)
    return {row[0] for row in rows}


def _actor_cell(text: str, row: Sequence[Any]) -> Any:
    person_id, distinct_id, created_at, properties = row
    if text in ("person", "actor"):
        return {
            "id": person_id,
            "properties": json.loads(properties),
            "is_identified": True,
            "created_at": created_at,
            "distinct_ids": [distinct_id],
        }
    if text == "person.$delete":
        return 1
    plain = {"id": person_id, "created_at": created_at, "distinct_id": distinct_id}
    return plain.get(text, json.loads(properties).get(text.removeprefix("properties.")))


def _actor_type(text: str) -> str:
    if text == "created_at":
        return "DateTime64(3, 'UTC')"
    if text == "person.$delete":
        return "UInt8"
    return "UUID" if text in _PERSON_COLUMNS else "Nullable(String)"
