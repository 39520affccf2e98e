"""Which settings a draft has, with their choices: a window is made of this list."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from phdesk.core.building.draft import Draft
from phdesk.core.building.field import Field, filled, without_newer
from phdesk.core.building.fields_funnel import funnel_fields
from phdesk.core.building.fields_habits import lifecycle_fields, retention_fields, stickiness_fields
from phdesk.core.building.fields_rest import paths_fields, sql_fields
from phdesk.core.building.fields_trends import trends_fields

OF_KIND: Mapping[str, Callable[[Draft], tuple[Field, ...]]] = {
    "TrendsQuery": trends_fields,
    "FunnelsQuery": funnel_fields,
    "RetentionQuery": retention_fields,
    "StickinessQuery": stickiness_fields,
    "LifecycleQuery": lifecycle_fields,
    "PathsQuery": paths_fields,
    "HogQLQuery": sql_fields,
}


def fields(draft: Draft, *, modern: bool = True) -> tuple[Field, ...]:
    """Give the settings of a draft in the order in which they are shown; none of a closed one.

    `modern` says that the server is of 2025 or later: others refuse a query with a key that they
    do not know, so what is newer is left out for them, unless the query has it already.
    """
    if draft.closed or draft.kind not in OF_KIND:
        return ()
    found = []
    for one in OF_KIND[draft.kind](draft):
        field = one if one.name == "compareFilter" else filled(one, draft)
        held = field.value not in (None, field.default)
        if modern or held or not field.newer:
            found.append(field if modern else without_newer(field))
    return tuple(found)


def field_of(found: tuple[Field, ...], name: str) -> Field | None:
    """Find the setting to which a name belongs: its own, or the nearest around it."""
    whole = name
    while whole:
        for one in found:
            if one.name == whole:
                return one
        whole = whole.rpartition(".")[0]
    near = [one for one in found if one.name.startswith(f"{name}.")]
    return near[0] if near else None


def with_fields_of(found: tuple[Field, ...], section: str) -> tuple[Field, ...]:
    """Give the settings of one section."""
    return tuple(one for one in found if one.section == section)


def sections(found: tuple[Field, ...]) -> tuple[str, ...]:
    """Name the sections in the order in which they come."""
    return tuple(dict.fromkeys(one.section for one in found))


def fixed(field: Field, why: str) -> Field:
    """Say of a setting why it cannot be edited."""
    return replace(field, fixed=why)
