"""How a series of trends is counted: what each event carries, and what becomes of a bucket."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from phdesk.demo.filters import expression
from phdesk.demo.maths import COUNTING, WINDOWS, Cell, aggregate
from phdesk.demo.ranges import ms
from phdesk.demo.selection import breakdown_columns, node_conditions, select_events
from phdesk.demo.world import World

Measure = Callable[[Sequence[Cell]], float]
OWNERS = {  # of a property, as `math_property_type` names them
    "event_properties": "event",
    "numerical_event_properties": "event",
    "person_properties": "person",
    "session_properties": "session",
}
FIRST_EVER = "first_time_for_user"
FIRST_MATCHING = "first_matching_event_for_user"
_EARLIER = """ and not exists (select 1 from events earlier
    where earlier.person_id = events.person_id and earlier.event = events.event
    and (earlier.ts, earlier.id) < (events.ts, events.id))"""


def maths_of(node: Mapping[str, Any]) -> str:
    """Name how a series is counted."""
    return str(node.get("math") or "total")


def column_of(node: Mapping[str, Any]) -> str:
    """Write the SQL that reads what each event must carry to be counted."""
    maths = maths_of(node)
    if maths == "unique_session":
        return "json_extract(properties, '$.\"$session_id\"')"
    if maths == "hogql":
        return "id"
    if maths in COUNTING or not node.get("math_property"):
        return "null"
    said = str(node.get("math_property_type") or "event_properties")
    kind = OWNERS.get(said, said)
    asked = {"breakdown": node["math_property"], "breakdown_type": kind}
    return breakdown_columns({"breakdownFilter": asked})[0]


def measure_of(world: World, node: Mapping[str, Any]) -> Measure:
    """Give the function that makes a number of the events of a bucket."""
    maths = maths_of(node)
    if maths == "hogql":
        return partial(_expressed, world, expression(str(node.get("math_hogql") or "count()")))
    return partial(aggregate, maths)


def ranking_of(world: World, node: Mapping[str, Any]) -> Measure:
    """Give the function by which the values of a breakdown are put in order."""
    return partial(aggregate, "total") if maths_of(node) in WINDOWS else measure_of(world, node)


def cells_of(
    world: World,
    query: Mapping[str, Any],
    node: Mapping[str, Any],
    splits: Sequence[str],
    span: tuple[datetime, datetime],
) -> list[tuple[Any, ...]]:
    """Read the events of a series in a span: when, who, what they carry, and their splits."""
    maths = maths_of(node)
    columns = ["ts", "person_id", column_of(node), *splits]
    where, values = node_conditions(node, query)
    if maths == FIRST_EVER:
        where += _EARLIER
    if maths != FIRST_MATCHING:
        return select_events(world, columns, (where, values), span)
    every = select_events(world, columns, (where, values), (world.earliest, span[1]))
    firsts: dict[str, tuple[Any, ...]] = {}
    for row in every:
        firsts.setdefault(row[1], row)
    return [row for row in firsts.values() if row[0] >= ms(span[0])]


def _expressed(world: World, sql: str, cells: Sequence[Cell]) -> float:
    """Let the database aggregate the events of a bucket by an expression."""
    ids = json.dumps([value for _, _, value in cells])
    # The expression is rewritten word by word, and is part of a reading query only.
    found = world.rows(
        f"select {sql} from events where id in (select value from json_each(?))",  # noqa: S608
        [ids],
    )
    value = found[0][0] if found else None
    return float(value) if isinstance(value, int | float) else 0.0
