"""What filters can be made of: values that properties have had, SQL variables, test accounts."""

from collections.abc import Mapping
from typing import Any

from phdesk.demo.account import USER
from phdesk.demo.columns import property_column
from phdesk.demo.selection import JSON
from phdesk.demo.world import World

MOST = 50
NO_QUERY: JSON = {"values_query": None, "values_query_connection_id": None}
_RECENT = 20_000  # events looked at for values
VARIABLES: tuple[JSON, ...] = (
    {
        "id": "01990000-0000-7000-8000-0000000000b1",
        "name": "Slow from (ms)",
        "code_name": "slow_ms",
        "type": "Number",
        "default_value": 500,
        "values": None,
    },
    {
        "id": "01990000-0000-7000-8000-0000000000b2",
        "name": "Service",
        "code_name": "service",
        "type": "List",
        "default_value": "all",
        "values": ["all", "web", "api", "worker", "search"],
    },
    {
        "id": "01990000-0000-7000-8000-0000000000b3",
        "name": "Plan",
        "code_name": "plan",
        "type": "List",
        "default_value": "pro",
        "values": None,
        "values_query": "select properties.plan from events where event = 'invoice_paid' "
        "group by properties.plan order by properties.plan",
    },
)


def variables(created: str) -> list[JSON]:
    """Describe the SQL variables as PostHog does."""
    fixed = {"is_multi": False, **NO_QUERY, "created_by": USER["id"], "created_at": created}
    return [{**fixed, **one} for one in VARIABLES]


def with_variables(query: JSON, *names: str) -> JSON:
    """Give an SQL insight the variables that its text names, at their defaults."""
    used = {one["id"]: variable_value(one["id"]) for one in VARIABLES if one["code_name"] in names}
    return {**query, "source": {**query["source"], "variables": used}}


def variable_value(number: str) -> JSON:
    """Write a variable at its default, as queries carry it."""
    one = next(each for each in VARIABLES if each["id"] == number)
    return {"code_name": one["code_name"], "variableId": number, "value": one["default_value"]}


def held_value(sent: Mapping[str, Any]) -> Any:
    """Give the value that a query carries for a variable, or the variable's default."""
    if sent.get("value") is not None:
        return sent["value"]
    named = (one["default_value"] for one in VARIABLES if one["id"] == sent.get("variableId"))
    return next(named, None)


def values(world: World, kind: str, key: str, search: str) -> list[JSON]:
    """List the values that a property has had lately, the most frequent first."""
    column = property_column(key, kind)
    table = "persons" if kind == "person" else "events"
    if kind == "person":
        column = property_column(key, "event")  # read from the row of the person itself
    # The column is written by filters.py, which escapes the name.
    sql = (
        f"select value, count(*) as times from (select cast({column} as text) as value"  # noqa: S608
        f" from {table} order by rowid desc limit ?) where value is not null"
        " and instr(lower(value), ?) > 0 group by value order by times desc, value limit ?"
    )
    found = world.rows(sql, [_RECENT, search.lower(), MOST])
    return [{"name": value} for value, _ in found]


def apply_variables(node: Mapping[str, Any], wanted: Mapping[str, Any]) -> JSON:
    """Return a copy of an SQL query with other values for the variables that it uses."""
    source = node.get("source")
    if not wanted or not isinstance(source, Mapping) or not source.get("variables"):
        return dict(node)
    used = {
        number: {**kept, **(wanted.get(number) or {})}
        for number, kept in source["variables"].items()
    }
    return {**node, "source": {**source, "variables": used}}
