"""By what an insight is broken down: one property, several, cohorts, bins (reference 6.0)."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from phdesk.core.building.draft import Draft, at, put
from phdesk.core.jsonvalue import as_bool, as_dict, as_int, as_list, as_str, as_text

WHERE = "breakdownFilter"
COHORT = "cohort"
COUNTRY = "$geoip_country_code"
MOST = 3  # breakdowns at once, in trends
SINGLE = (  # keys of the form for one breakdown, in the order in which they are written
    "breakdown",
    "breakdown_type",
    "breakdown_group_type_index",
    "breakdown_histogram_bin_count",
    "breakdown_normalize_url",
)


class Breakdown(Struct, frozen=True, gc=False, kw_only=True):
    """One breakdown; of cohorts `cohorts` are their numbers, or "all" for everybody."""

    property: str = ""
    type: str = "event"
    group: int | None = None  # the type of group whose property it is
    bins: int | None = None  # of a histogram
    clean_urls: bool = False
    cohorts: tuple[int | str, ...] = ()


class Breakdowns(Struct, frozen=True, gc=False, kw_only=True):
    """All breakdowns of an insight, and what becomes of the rest."""

    parts: tuple[Breakdown, ...] = ()
    limit: int | None = None  # PostHog's is 25
    hide_other: bool = False
    fixed: str = ""


def breakdowns(draft: Draft) -> Breakdowns:
    """Read how a draft is broken down."""
    held = as_dict(at(draft, WHERE))
    several = as_list(held.get("breakdowns"))
    parts = tuple(_part(as_dict(one)) for one in several) or _single(held)
    return Breakdowns(
        parts=parts,
        limit=as_int(held.get("breakdown_limit")),
        hide_other=as_bool(held.get("breakdown_hide_other_aggregation")),
    )


def most_breakdowns(draft: Draft) -> int:
    """Say how many breakdowns an insight may have at once; funnels and retention take one."""
    return MOST if draft.kind == "TrendsQuery" else 1


def with_breakdowns(draft: Draft, wanted: Breakdowns) -> Draft:
    """Break a draft down otherwise; one breakdown is written in the form that all servers know."""
    before = breakdowns(draft)
    if wanted == before:
        return draft
    if not wanted.parts:
        return put(draft, WHERE, None)
    in_list = bool(as_list(as_dict(at(draft, WHERE)).get("breakdowns")))
    changed = draft
    if wanted.parts != before.parts:
        listed = len(wanted.parts) > 1 or (in_list and wanted.parts[0].type != COHORT)
        changed = _listed(draft, wanted) if listed else _alone(draft, wanted.parts[0])
    changed = _kept(changed, "breakdown_limit", wanted.limit, before.limit)
    hides = wanted.hide_other or None
    return _kept(changed, "breakdown_hide_other_aggregation", hides, before.hide_other or None)


def by_country(draft: Draft) -> Draft:
    """Break a draft down by country, as a world map needs it."""
    if COUNTRY in [one.property for one in breakdowns(draft).parts]:
        return draft
    return with_breakdowns(draft, Breakdowns(parts=(Breakdown(property=COUNTRY),)))


def _single(held: Mapping[str, Any]) -> tuple[Breakdown, ...]:
    value, kind = held.get("breakdown"), as_text(held.get("breakdown_type")) or "event"
    if value in (None, "", []):
        return ()
    if kind == COHORT:
        chosen = value if isinstance(value, list) else [value]
        return (Breakdown(type=COHORT, cohorts=tuple(one for one in chosen if _names(one))),)
    keys = value if isinstance(value, list) else [value]
    return tuple(
        Breakdown(
            property=as_str(key),
            type=kind,
            group=as_int(held.get("breakdown_group_type_index")),
            bins=as_int(held.get("breakdown_histogram_bin_count")),
            clean_urls=as_bool(held.get("breakdown_normalize_url")),
        )
        for key in keys
    )


def _part(held: Mapping[str, Any]) -> Breakdown:
    return Breakdown(
        property=as_str(held.get("property")),
        type=as_text(held.get("type")) or "event",
        group=as_int(held.get("group_type_index")),
        bins=as_int(held.get("histogram_bin_count")),
        clean_urls=as_bool(held.get("normalize_url")),
    )


def _alone(draft: Draft, one: Breakdown) -> Draft:
    """Write one breakdown in the older form."""
    value: Any = list(one.cohorts) if one.type == COHORT else one.property
    written = (value, one.type, one.group, one.bins, one.clean_urls or None)
    changed = put(draft, f"{WHERE}.breakdowns", None)
    for key, part in zip(SINGLE, written, strict=True):
        changed = put(changed, f"{WHERE}.{key}", part)
    return changed


def _listed(draft: Draft, wanted: Breakdowns) -> Draft:
    """Write breakdowns as a list; those that were there are written as they stood."""
    held = as_list(as_dict(at(draft, WHERE)).get("breakdowns"))
    kept = [as_dict(one) for one in held]
    written = []
    for one in wanted.parts:
        before = next((raw for raw in kept if _part(raw) == one), None)
        written.append(before if before is not None else _entry(one))
    changed = draft
    for key in SINGLE:
        changed = put(changed, f"{WHERE}.{key}", None)
    return put(changed, f"{WHERE}.breakdowns", written)


def _entry(one: Breakdown) -> dict[str, Any]:
    entry = {
        "property": one.property,
        "type": one.type,
        "group_type_index": one.group,
        "histogram_bin_count": one.bins,
        "normalize_url": one.clean_urls or None,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _kept(draft: Draft, key: str, wanted: object, before: object) -> Draft:
    """Change a key only where it says something else."""
    return draft if wanted == before else put(draft, f"{WHERE}.{key}", wanted)


def _names(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)
