"""Read definitions of what questions are made of, and lists of values; odd ones are left out."""

from collections.abc import Iterable

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.definition import (
    ActionDefinition,
    CohortDefinition,
    EventDefinition,
    PropertyDefinition,
    VariableDefinition,
)
from phdesk.models.insight import NULL


def read_event(raw: Raw) -> EventDefinition | None:
    """Read an event's definition."""
    sent = coerce.fields(raw) or {}
    name = coerce.text(sent.get("name", NULL))
    if not name:
        return None
    return EventDefinition(
        name=name,
        last_seen_at=coerce.moment(sent.get("last_seen_at", NULL)),
        description=coerce.text(sent.get("description", NULL)),
    )


def read_action(raw: Raw) -> ActionDefinition | None:
    """Read an action; deleted ones are of no use."""
    sent = coerce.fields(raw) or {}
    number = coerce.whole(sent.get("id", NULL))
    if not number or coerce.truth(sent.get("deleted", NULL)):
        return None
    return ActionDefinition(
        id=number,
        name=coerce.text(sent.get("name", NULL)),
        description=coerce.text(sent.get("description", NULL)),
    )


def read_cohort(raw: Raw) -> CohortDefinition | None:
    """Read a cohort; deleted ones are of no use."""
    sent = coerce.fields(raw) or {}
    number = coerce.whole(sent.get("id", NULL))
    if not number or coerce.truth(sent.get("deleted", NULL)):
        return None
    return CohortDefinition(
        id=number,
        name=coerce.text(sent.get("name", NULL)),
        count=coerce.whole(sent.get("count", NULL)),
    )


def read_property(raw: Raw, kind: str) -> PropertyDefinition | None:
    """Read a property's definition; the kind of a group's carries the number of its type."""
    sent = coerce.fields(raw) or {}
    name = coerce.text(sent.get("name", NULL))
    if not name:
        return None
    of, _, index = kind.partition(" ")
    plain = "Numeric" if coerce.truth(sent.get("is_numerical", NULL)) else "String"
    return PropertyDefinition(
        name=name,
        kind=of,
        type=coerce.optional_text(sent.get("property_type", NULL)) or plain,
        group=int(index) if index else None,
    )


def read_variable(raw: Raw) -> VariableDefinition | None:
    """Read an SQL variable's definition."""
    sent = coerce.fields(raw) or {}
    number = coerce.text(sent.get("id", NULL))
    if not number:
        return None
    return VariableDefinition(
        id=number,
        name=coerce.text(sent.get("name", NULL)),
        code_name=coerce.text(sent.get("code_name", NULL)),
        type=coerce.text(sent.get("type", NULL)) or "String",
        choices=coerce.texts(sent.get("values", NULL)),
        choices_query=coerce.text(sent.get("values_query", NULL)).strip(),
        connection=coerce.text(sent.get("values_query_connection_id", NULL)),
        several=coerce.truth(sent.get("is_multi", NULL)),
        default=_default(sent.get("default_value", NULL)),
    )


def _default(raw: Raw) -> object:
    """Read a default: of a variable that holds several values a list of texts."""
    several = coerce.texts(raw)
    return list(several) if several else coerce.scalar(raw)


def read_values(items: Iterable[Raw]) -> tuple[str, ...]:
    """Read values, sent bare or as objects with a name; each once, in their order."""
    found = (_value(raw) for raw in items)
    return tuple(dict.fromkeys(value for value in found if value))


def _value(raw: Raw) -> str:
    sent = coerce.fields(raw)
    value = coerce.scalar(raw if sent is None else sent.get("name", NULL))
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
