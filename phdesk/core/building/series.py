"""Events and actions of an insight, and what is counted of them (reference 6.0)."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from phdesk.core.building.draft import Draft, at, put
from phdesk.core.building.field import Option, named
from phdesk.core.building.words import COUNTS, GROUP, NEWER_MATHS, OF_PROPERTY, PER_USER, SQL
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_str, as_text
from phdesk.core.names import Groups, event_name, property_name, series_name
from phdesk.core.property_kinds import MATHS, owner_words
from phdesk.models.definition import PropertyDefinition

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Need = Literal["", "property", "sql", "group"]
EVENT, ACTION, WAREHOUSE, SEVERAL = "EventsNode", "ActionsNode", "DataWarehouseNode", "GroupNode"
OF_MATH = ("math", "math_property", "math_property_type", "math_hogql", "math_group_type_index")
OPTIONAL = "optionalInFunnel"
WHO = ("kind", "event", "id", "name")  # of a node: which event or action it is
KEPT = "phdesk shows series of this kind and keeps them, but does not edit which they are."
SUBJECTS = {"math_property": "property", "math_hogql": "sql", "math_group_type_index": "group"}


class Series(Struct, frozen=True, gc=False, kw_only=True):
    """One event or action: `name` says where it lies, `event` is None for all events.

    `fixed` says in a sentence why it cannot be another; what is counted of it can be.
    """

    name: str
    kind: str
    label: str
    letter: str = ""  # by which formulas call it
    event: str | None = None
    action: int | None = None
    custom_name: str = ""
    math: str = ""  # empty where the query says nothing: every event
    property: str = ""
    property_type: str = ""  # whose: of PostHog's words, empty where it is the event's
    sql: str = ""
    group: int | None = None
    optional: bool = False  # a step of a funnel that may be left out
    fixed: str = ""


def series(draft: Draft) -> tuple[Series, ...]:
    """List the series or steps of a draft."""
    nodes = as_list(at(draft, "series"))
    return tuple(
        read_node(as_dict(node), f"series.{place}", place) for place, node in enumerate(nodes)
    )


def entity(draft: Draft, name: str) -> Series | None:
    """Give the event or action of retention that lies at a name; None if there is none."""
    node = as_dict(at(draft, name))
    if not node:
        return None
    is_action = node.get("type") == "actions" or node.get("kind") == ACTION
    identity = node.get("id")
    return Series(
        name=name,
        kind=ACTION if is_action else EVENT,
        label=series_name(node),
        event=None if is_action else as_text(identity),
        action=as_int(identity) if is_action else None,
        custom_name=as_str(node.get("custom_name")),
        fixed="" if node.get("type") in (None, "events", "actions") else KEPT,
    )


def read_node(node: Mapping[str, Any], name: str, place: int = 0) -> Series:
    """Read a node of a query."""
    kind = as_str(node.get("kind"))
    return Series(
        name=name,
        kind=kind,
        label=series_name(node),
        letter=LETTERS[place] if place < len(LETTERS) else "",
        event=as_text(node.get("event")) if kind == EVENT else None,
        action=as_int(node.get("id")) if kind == ACTION else None,
        custom_name=as_str(node.get("custom_name")),
        math=as_str(node.get("math")),
        property=as_str(node.get("math_property")),
        property_type=as_str(node.get("math_property_type")),
        sql=as_str(node.get("math_hogql")),
        group=as_int(node.get("math_group_type_index")),
        optional=node.get(OPTIONAL) is True,
        fixed="" if kind in (EVENT, ACTION) else KEPT,
    )


def event_node(event: str | None) -> dict[str, Any]:
    """Make the node of an event; None is all events."""
    return {"kind": EVENT, "event": event, "name": event or event_name(None)}


def action_node(action: int, name: str) -> dict[str, Any]:
    """Make the node of an action."""
    return {"kind": ACTION, "id": action, "name": name}


def event_entity(event: str | None) -> dict[str, Any]:
    """Make the entity of an event, as retention takes it; None is all events."""
    return {"id": event, "name": event or event_name(None), "type": "events"}


def action_entity(action: int, name: str) -> dict[str, Any]:
    """Make the entity of an action, as retention takes it."""
    return {"id": action, "name": name, "type": "actions"}


def replaced(draft: Draft, name: str, node: Mapping[str, Any]) -> Draft:
    """Count another event or action at a name; what is counted of it stays.

    Its own conditions and its name by hand go: they were about the event before.
    """
    held = as_dict(at(draft, name))
    gone = {*WHO, "custom_name", "properties", "type"}
    rest = {key: value for key, value in held.items() if key not in gone}
    return put(draft, name, {**node, **rest})


def maths(draft: Draft, groups: Groups = (), *, modern: bool = True) -> tuple[Option, ...]:
    """Give what can be counted of a series; nothing where the kind of insight counts users."""
    if draft.kind == "StickinessQuery":
        plain = (Option(None, "Users"),)
        return (*plain, *_of_groups(groups))
    if draft.kind != "TrendsQuery":
        return ()
    found = (
        *named(COUNTS, NEWER_MATHS),
        *_of_groups(groups),
        *named(OF_PROPERTY, NEWER_MATHS),
        *named(PER_USER, NEWER_MATHS),
        Option(SQL, "SQL expression"),
    )
    return tuple(one for one in found if modern or not one.newer)


def math_value(draft: Draft, one: Series) -> Any:
    """Give the option of `maths` that a series has; trends count every event if nothing is said."""
    if one.math == GROUP:
        return {"math": GROUP, "group": one.group}
    return one.math or ("total" if draft.kind == "TrendsQuery" else None)


def need(math: object) -> Need:
    """Say what else must be chosen for a way of counting."""
    named = math.get("math") if isinstance(math, Mapping) else math
    if named in OF_PROPERTY:
        return "property"
    if named == SQL:
        return "sql"
    return "group" if named == GROUP else ""


def with_math(draft: Draft, name: str, math: str | None, *, group: int | None = None) -> Draft:
    """Count something else of a series; what belonged only to the way before goes."""
    wanted = need(math)
    changed = put(draft, f"{name}.math", math)
    for key, subject in SUBJECTS.items():
        if subject != wanted:
            changed = put(changed, f"{name}.{key}", None)
    if wanted != "property":
        changed = put(changed, f"{name}.math_property_type", None)
    if wanted == "group" and group is not None:
        changed = put(changed, f"{name}.math_group_type_index", group)
    return changed


def with_property(draft: Draft, name: str, one: PropertyDefinition) -> Draft:
    """Count another property of a series; one of persons or sessions says so, or none is found."""
    changed = put(draft, f"{name}.math_property", one.name)
    return put(changed, f"{name}.math_property_type", MATHS.get(one.kind))


def may_be_optional(draft: Draft, place: int, *, modern: bool = True) -> bool:
    """Say whether a step may be left out on the way: servers of 2024 have no such steps."""
    return draft.kind == "FunnelsQuery" and place > 0 and modern


def with_optional(draft: Draft, name: str, *, optional: bool) -> Draft:
    """Let people go on without a step, or need it again."""
    return put(draft, f"{name}.{OPTIONAL}", optional or None)


def property_words(one: Series) -> str:
    """Name the property that is counted, and whose it is; nothing where none is."""
    kinds = {said: kind for kind, said in MATHS.items()}
    owner = owner_words(kinds.get(one.property_type, ""))
    return f"{property_name(one.property)}{owner}" if one.property else ""


def without_math(node: Mapping[str, Any]) -> dict[str, Any]:
    """Give a node without what is counted of it, as kinds need it that count users."""
    return {key: value for key, value in node.items() if key not in (*OF_MATH, OPTIONAL)}


def letters(count: int) -> Sequence[str]:
    """Name so many series as formulas call them."""
    return LETTERS[:count]


def _of_groups(groups: Groups) -> tuple[Option, ...]:
    """Offer each type of group: its number goes along with the way of counting."""
    return tuple(
        Option({"math": GROUP, "group": index}, f"Unique {several or one or 'groups'}")
        for index, one, several in groups
    )
