"""Kinds of properties: of events, persons, sessions, elements, and of each type of group.

Lists of properties are asked for by such a kind. That of a type of group carries its number, as in
"group 0", since PostHog keeps the properties of each type apart (reference 10.3, 10.6).
"""

from collections.abc import Sequence

from phdesk.core.filters import Property
from phdesk.core.jsonvalue import as_int
from phdesk.core.names import Groups, group_names
from phdesk.models.definition import PropertyDefinition

EVENT, PERSON, SESSION, GROUP, ELEMENT = "event", "person", "session", "group", "element"
INDEX = "group_type_index"  # with a condition on a group's property
Kinds = Sequence[tuple[str, str]]  # of properties, and their names for people
OF_DASHBOARDS: Kinds = ((EVENT, "Of events"), (PERSON, "Of persons"))
OF_BREAKDOWNS: Kinds = (*OF_DASHBOARDS, (SESSION, "Of sessions"))
OF_CONDITIONS: Kinds = (*OF_BREAKDOWNS, (ELEMENT, "Of elements"))
ELEMENTS = {  # of what autocapture saw, and what PostHog calls them; no list of them is kept
    "tag_name": "Tag Name",
    "text": "Text",
    "href": "Target (href)",
    "selector": "CSS Selector",
}
MATHS = {  # `math_property_type` of a property that is no event's
    PERSON: "person_properties",
    SESSION: "session_properties",
}


def group_kind(index: object) -> str:
    """Name the kind of properties that groups of a type have."""
    return f"{GROUP} {as_int(index) or 0}"


def group_index(kind: str) -> int | None:
    """Give the number of the type of group whose properties a kind is of; None for others."""
    name, _, index = kind.partition(" ")
    return as_int(index) or 0 if name == GROUP else None


def with_groups(kinds: Kinds, groups: Groups) -> Kinds:
    """Add the properties of each type of group that a project has."""
    named = ((index, several or one or f"groups {index}") for index, one, several in groups)
    return (*kinds, *((group_kind(index), f"Of {several}") for index, several in named))


def typed(name: str, kind: str) -> PropertyDefinition:
    """Describe a property that nobody lists, by its name."""
    index = group_index(kind)
    return PropertyDefinition(name=name, kind=kind if index is None else GROUP, group=index)


def offered(kind: str, groups: Groups = ()) -> tuple[tuple[PropertyDefinition, str], ...]:
    """Give what is offered of a kind whatever PostHog lists, each with its name for people."""
    if kind == ELEMENT:
        return tuple((typed(name, kind), said) for name, said in ELEMENTS.items())
    index = group_index(kind)
    if index is None:
        return ()
    key = f"$group_{index}"  # events carry the key of their group by this name
    return ((typed(key, EVENT), f"Which {group_names(index, groups)[0]}   {key}"),)


def kind_of(one: Property) -> str:
    """Name the kind of property that a condition is on."""
    return group_kind(one.rest.get(INDEX)) if one.type == GROUP else one.type


def condition_on(one: PropertyDefinition) -> Property:
    """Begin a condition on a property."""
    rest = {} if one.group is None else {INDEX: one.group}
    return Property(key=one.name, type=one.kind, rest=rest)


def owner_words(kind: str, index: object = None, groups: Groups = ()) -> str:
    """Say in brackets whose property it is; events, whose most are, need no word."""
    if kind in ("", EVENT):
        return ""
    return f" ({group_names(index, groups)[0] if kind == GROUP else kind})"
