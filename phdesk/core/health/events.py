"""Which events a question counts, as far as it names them."""

from collections.abc import Iterator
from typing import Any

from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text
from phdesk.core.question import Question

ENTITIES = ("targetEntity", "returningEntity")
ACTION_KINDS = frozenset({"ActionsNode", "actions"})
TABLE_KINDS = frozenset(  # tables of a data warehouse, whose names are no events
    {"DataWarehouseNode", "FunnelsDataWarehouseNode", "LifecycleDataWarehouseNode"}
    | {"data_warehouse"}
)
SQL = frozenset({"HogQLQuery", "HogQuery"})


def events_of(question: Question) -> tuple[str, ...]:
    """Name the events that a question counts, each once; of SQL and actions none are known."""
    return tuple(dict.fromkeys(name for node in _nodes(question) if (name := _event(node))))


def unnamed(question: Question) -> str:
    """Say why not all events of a question are known; empty when they are."""
    if question.kind in SQL:
        return "SQL does not say which events it counts"
    if any(_is_action(node) for node in _nodes(question)):
        return "it counts an action, whose events are not in the answer"
    return ""


def _nodes(question: Question) -> Iterator[dict[str, Any]]:
    of_funnel = as_dict(as_dict(question.source.get("funnelPathsFilter")).get("funnelSource"))
    for node in (*question.series, *map(as_dict, as_list(of_funnel.get("series")))):
        yield from _inner(node)
    for key in ENTITIES:
        entity = as_dict(question.filter.get(key))
        if entity:
            yield entity
    yield from (as_dict(one) for one in as_list(question.filter.get("exclusions")))
    if as_text(question.source.get("event")):
        yield {"kind": "EventsNode", "event": question.source["event"]}


def _inner(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    parts = [as_dict(part) for part in as_list(node.get("nodes"))]
    if not parts:
        yield node
    for part in parts:
        yield from _inner(part)


def _is_action(node: dict[str, Any]) -> bool:
    return bool(_kinds(node) & ACTION_KINDS)


def _kinds(node: dict[str, Any]) -> set[str]:
    return {as_str(node.get("kind")), as_str(node.get("type"))}


def _event(node: dict[str, Any]) -> str | None:
    if _is_action(node) or _kinds(node) & TABLE_KINDS or as_text(node.get("table_name")):
        return None
    return as_text(node.get("event")) or as_text(node.get("id"))
