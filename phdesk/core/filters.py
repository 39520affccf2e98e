"""A dashboard's filters as one value: read, write, compare, name as a key (reference 11.4)."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Raw, Struct

from phdesk.core.jsonvalue import as_dict, as_list, as_text, parse

AS_SAVED = ""  # the key of results under the dashboard's own filters
KNOWN = frozenset(
    {
        "date_from",
        "date_to",
        "explicitDate",
        "interval",
        "properties",
        "breakdown_filter",
        "filterTestAccounts",
    }
)
OF_2024 = ("date_from", "date_to", "properties")  # such servers fail on any other key
CLEARED = (*OF_2024, "breakdown_filter")  # sent as null where not wanted: `{}` clears nothing


class Property(Struct, frozen=True, gc=False, kw_only=True):
    """One condition; `rest` is what else PostHog keeps with it, such as the type of a group."""

    key: str
    value: Any = None  # JSON: a text, a number, a list of them, or nothing
    operator: str = "exact"
    type: str = "event"
    rest: Mapping[str, Any] = {}


class Filter(Struct, frozen=True, gc=False, kw_only=True):
    """All that a dashboard lays over its tiles; what is None is left to each tile."""

    date_from: str | None = None
    date_to: str | None = None
    explicit_date: bool = False  # the exact times, not whole buckets
    interval: str | None = None
    properties: tuple[Property, ...] = ()  # all must hold
    group: Mapping[str, Any] | None = None  # nested conditions, kept as they came
    breakdown: Mapping[str, Any] | None = None
    test_accounts: bool | None = None  # True leaves them out
    rest: Mapping[str, Any] = {}  # keys that only newer servers know


NO_FILTER = Filter()


class Variable(Struct, frozen=True, gc=False, kw_only=True):
    """The value of one SQL variable on a dashboard."""

    id: str
    code_name: str
    value: Any = None
    is_null: bool = False


class Override(Struct, frozen=True, gc=False, kw_only=True):
    """Temporary filters: the complete wanted set, whatever the dashboard has saved."""

    filters: Filter = NO_FILTER
    variables: tuple[Variable, ...] = ()  # those that differ from the saved ones

    @property
    def key(self) -> str:
        """Name the set: equal sets have equal keys, and no other set has that key."""
        return key_of(self)


class Sent(Struct, frozen=True, gc=False):
    """An override as it goes along with a call; `key` names the results that come back."""

    key: str = AS_SAVED
    filters: Raw | None = None
    variables: Raw | None = None


UNCHANGED = Sent()


def read_filter(raw: Raw | bytes) -> Filter:
    """Read filters as the server sends them; parts that cannot be read count as missing."""
    found = as_dict(parse(raw))
    properties = found.get("properties")
    is_group = isinstance(properties, dict) and bool(properties.get("values"))
    return Filter(
        date_from=as_text(found.get("date_from")) or None,
        date_to=as_text(found.get("date_to")) or None,
        explicit_date=found.get("explicitDate") is True,
        interval=as_text(found.get("interval")) or None,
        properties=_properties(as_list(properties)),
        group=properties if is_group else None,
        breakdown=_breakdown(as_dict(found.get("breakdown_filter"))),
        test_accounts=_truth(found.get("filterTestAccounts")),
        rest={key: value for key, value in found.items() if key not in KNOWN and value is not None},
    )


def written(filters: Filter) -> dict[str, Any]:
    """Write filters as PostHog keeps them; what is not set is left out."""
    entries: list[dict[str, Any]] = [_entry(one) for one in filters.properties]
    conditions: Any = entries
    if filters.group is not None:
        conditions = filters.group if not entries else _both(filters.group, entries)
    fields = {
        "date_from": filters.date_from,
        "date_to": filters.date_to,
        "explicitDate": filters.explicit_date or None,
        "interval": filters.interval,
        "properties": conditions or None,
        "breakdown_filter": filters.breakdown,
        "filterTestAccounts": filters.test_accounts,
        **filters.rest,
    }
    return {key: value for key, value in fields.items() if value is not None}


def key_of(override: Override) -> str:
    """Write an override in one canonical way, to find its results again."""
    fields = written(override.filters)
    properties = fields.get("properties")
    if isinstance(properties, list):  # all must hold, in whatever order
        fields["properties"] = sorted(properties, key=_canonical)
    variables = {one.id: _value(one) for one in override.variables}
    return _canonical({"filters": fields, "variables": variables} if variables else fields)


def sent(override: Override | None, saved: Filter, *, modern: bool) -> Sent:
    """Write an override for a call: complete, with null for what was saved and is not wanted.

    Newer servers lay it over the saved filters, those of 2024 put it in their place.
    """
    if override is None:
        return UNCHANGED
    wanted, before = written(override.filters), written(saved)
    fields = {**dict.fromkeys(before), **wanted}
    if not modern:
        fields = {key: fields[key] for key in OF_2024 if key in fields}
    return Sent(
        override.key,
        Raw(msgspec.json.encode(fields)),
        _sent_variables(override.variables) if override.variables else None,
    )


def saved_body(override: Override, saved: Filter, *, modern: bool) -> dict[str, Any]:
    """Write the body that saves an override for everyone; it is put in the place of the saved."""
    wanted, before = written(override.filters), written(saved)
    always = CLEARED if modern else OF_2024
    fields = {**dict.fromkeys(always), **dict.fromkeys(before), **wanted}
    if not modern:
        fields = {key: value for key, value in fields.items() if key in OF_2024 or key in before}
    body: dict[str, Any] = {"filters": fields}
    if override.variables:
        body["variables"] = {one.id: _value(one) for one in override.variables}
    return body


def wider(filters: Filter) -> tuple[str, ...]:
    """Name the parts that servers of 2024 do not know."""
    return tuple(key for key in written(filters) if key not in OF_2024)


def _properties(entries: Sequence[Any]) -> tuple[Property, ...]:
    known = ("key", "value", "operator", "type")
    return tuple(
        Property(
            key=str(entry["key"]),
            value=entry.get("value"),
            operator=as_text(entry.get("operator")) or "exact",
            type=as_text(entry.get("type")) or "event",
            rest={key: value for key, value in entry.items() if key not in known},
        )
        for entry in entries
        if isinstance(entry, dict) and entry.get("key") is not None
    )


def _entry(one: Property) -> dict[str, Any]:
    entry = {"key": one.key, "value": one.value, "operator": one.operator, "type": one.type}
    return {**entry, **one.rest}


def _breakdown(found: dict[str, Any]) -> Mapping[str, Any] | None:
    """Tell a breakdown from the empty object that stands for none."""
    return found if found.get("breakdown") or found.get("breakdowns") else None


def _both(group: Mapping[str, Any], entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "AND", "values": [group, {"type": "AND", "values": entries}]}


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _value(one: Variable) -> dict[str, Any]:
    fields = {"code_name": one.code_name, "variableId": one.id, "value": one.value}
    return {**fields, "isNull": True} if one.is_null else fields


def _sent_variables(variables: Sequence[Variable]) -> Raw:
    return Raw(msgspec.json.encode({one.id: _value(one) for one in variables}))


def _canonical(value: object) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()
