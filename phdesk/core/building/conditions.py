"""Property filters of an insight or of one of its series, in one list or in groups (6.0)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.building.draft import Draft, at, put
from phdesk.core.filters import Property
from phdesk.core.jsonvalue import as_dict, as_list, as_text

AND, OR = "AND", "OR"
GROUPED = "properties"  # the only place where a server takes groups of conditions
DEEP = "These conditions are nested more deeply than phdesk edits; they stay as they are."
NO_VALUE = ("hogql",)  # types whose conditions have no operator
KNOWN = frozenset({"key", "value", "operator", "type"})
TYPES = {
    "event": "Event property",
    "person": "Person property",
    "session": "Session property",
    "group": "Group property",
    "cohort": "Cohort",
    "element": "Autocapture element",
    "hogql": "SQL expression",
}


class Group(Struct, frozen=True, gc=False):
    """Conditions of which all must hold (AND), or one (OR)."""

    joined: str = AND
    conditions: tuple[Property, ...] = ()


class Conditions(Struct, frozen=True, gc=False, kw_only=True):
    """All conditions of a place; `fixed` says why they cannot be edited."""

    joined: str = AND  # between the groups
    groups: tuple[Group, ...] = ()
    fixed: str = ""

    @property
    def count(self) -> int:
        """Count the conditions."""
        return sum(len(group.conditions) for group in self.groups)


def conditions(draft: Draft, name: str = GROUPED) -> Conditions:
    """Read the conditions at a name, such as `properties` or `series.0.properties`."""
    held = at(draft, name)
    if isinstance(held, list):
        return _list(held)
    if not isinstance(held, Mapping):
        return Conditions()
    values = as_list(held.get("values"))
    joined = _joined(held)
    if all(_is_group(one) for one in values):
        groups = tuple(_group(one) for one in values)
        if all(group is not None for group in groups):
            return Conditions(joined=joined, groups=tuple(one for one in groups if one))
    elif not any(_is_group(one) for one in values):
        plain = _group(held)
        if plain is not None:
            return Conditions(groups=(plain,))
    return Conditions(joined=joined, fixed=DEEP)


def may_group(name: str) -> bool:
    """Say whether a server takes groups of conditions at a name."""
    return name == GROUPED


def with_conditions(draft: Draft, name: str, wanted: Conditions) -> Draft:
    """Put conditions at a name; those that were there before are written as they came."""
    held = at(draft, name)
    if wanted == conditions(draft, name):
        return draft
    kept = _raw_leaves(held)
    groups = [group for group in wanted.groups if group.conditions]
    if not groups:
        return put(draft, name, None)
    simple = len(groups) == 1 and groups[0].joined == AND
    if simple and not isinstance(held, Mapping):
        return put(draft, name, _written(groups[0].conditions, kept))
    written = [
        {"type": group.joined, "values": _written(group.conditions, kept)} for group in groups
    ]
    return put(draft, name, {"type": wanted.joined, "values": written})


def entry_of(one: Property) -> dict[str, Any]:
    """Write a condition as PostHog takes it: servers refuse keys that its type does not have."""
    if one.type in NO_VALUE:
        return {"key": one.key, "type": one.type, "value": one.value, **one.rest}
    entry = {"key": one.key, "value": one.value, "operator": one.operator, "type": one.type}
    return {**entry, **one.rest}


def property_of(entry: Mapping[str, Any]) -> Property | None:
    """Read a condition; None if it says of nothing."""
    if entry.get("key") is None:
        return None
    return Property(
        key=str(entry["key"]),
        value=entry.get("value"),
        operator=as_text(entry.get("operator")) or "exact",
        type=as_text(entry.get("type")) or "event",
        rest={key: value for key, value in entry.items() if key not in KNOWN},
    )


def _list(entries: Sequence[Any]) -> Conditions:
    found = [property_of(as_dict(one)) for one in entries]
    if any(one is None for one in found):
        return Conditions(fixed=DEEP)
    known = tuple(one for one in found if one is not None)
    return Conditions(groups=(Group(AND, known),) if known else ())


def _group(held: Mapping[str, Any]) -> Group | None:
    found = [property_of(as_dict(one)) for one in as_list(held.get("values"))]
    if any(one is None for one in found):
        return None
    return Group(_joined(held), tuple(one for one in found if one is not None))


def _is_group(value: object) -> bool:
    return isinstance(value, Mapping) and "values" in value and "key" not in value


def _joined(held: Mapping[str, Any]) -> str:
    return OR if held.get("type") == OR else AND


def _raw_leaves(held: Any) -> list[Mapping[str, Any]]:
    """Collect the conditions as they stand, in whatever depth."""
    values = held if isinstance(held, list) else as_list(as_dict(held).get("values"))
    found: list[Mapping[str, Any]] = []
    for one in values:
        if _is_group(one):
            found += _raw_leaves(one)
        elif isinstance(one, Mapping):
            found.append(one)
    return found


def _written(wanted: Sequence[Property], kept: list[Mapping[str, Any]]) -> list[Any]:
    """Write conditions; one that was there is taken from `kept`, as it stood."""
    written = []
    for one in wanted:
        before = next((raw for raw in kept if property_of(raw) == one), None)
        if before is not None:
            kept.remove(before)
        written.append(dict(before) if before is not None else entry_of(one))
    return written
