"""Which parts of a query phdesk does not edit: named for people, and sent on as they came."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from phdesk.core.building.breakdowns import SINGLE, Breakdown, Breakdowns, with_breakdowns
from phdesk.core.building.conditions import conditions
from phdesk.core.building.draft import CHART, OUTER, TABLE, VIZ, Draft, at, put
from phdesk.core.building.field import Field, Untouched
from phdesk.core.building.fields import fields
from phdesk.core.building.series import series
from phdesk.core.building.starting import STARTS, blank
from phdesk.core.jsonvalue import as_dict

ALWAYS = frozenset(  # say nothing that a person could miss
    {"kind", "source", "version", "tags", "response", "full", "embedded", "explain"}
    | {"useUdf", "pathDropoffKey", "pathStartKey", "pathEndKey"}
    | {"breakdown_histogram_bin_count", "suppressSessionAnalysisWarning"}
    | {"showHeader", "showTable", "showLastComputation", "showFilters", "showResults"}
    | {"showCorrelationTable", "hidePersonsModal", "explicitDate"}
)
ENTITY = frozenset({"id", "name", "type", "custom_name", "kind", "order", "uuid"})
NODE = frozenset(  # of a series: what `series` and `conditions` edit
    {"kind", "event", "id", "name", "custom_name", "math", "math_property", "math_hogql"}
    | {"math_property_type", "math_group_type_index", "properties", "response"}
    | {"optionalInFunnel"}
)
PARTS = {  # of which only this is edited
    "dateRange": frozenset({"date_from", "date_to", "explicitDate"}),
    "compareFilter": frozenset({"compare", "compare_to"}),
    "breakdownFilter": frozenset(
        {*SINGLE, "breakdowns", "breakdown_limit", "breakdown_hide_other_aggregation"}
    ),
    "retentionFilter.targetEntity": ENTITY,
    "retentionFilter.returningEntity": ENTITY,
}
LABELS = {
    "daysOfWeek": "Days of the week",
    "excludeIncompletePeriods": "Periods that are not over",
    "breakdown_path_cleaning": "Cleaned addresses of the breakdown",
    "properties": "Conditions on an event of retention",
    "samplingFactor": "Sampling",
    "aggregation_group_type_index": "Counted by group",
    "modifiers": "Modifiers of the calculation",
    "dataColorTheme": "Colour theme",
    "resultCustomizations": "Colours of single results",
    "resultCustomizationBy": "Colours of single results",
    "funnelAggregateByHogQL": "Counted by an SQL expression",
    "funnelPathsFilter": "Paths of a funnel",
    "localPathCleaningFilters": "Rules that clean paths",
    "tableSettings": "Settings of the table",
    "vizSpecificOptions": "Settings of PostHog's editor",
    "hiddenLegendIndexes": "Hidden series",
    "hiddenLegendBreakdowns": "Hidden values of the breakdown",
    "interval": "Interval",
    "compare": "Comparison in the form of before 2025",
    "values": "Values of placeholders",
    "date_from": "First date, in the place of which its periods count",
    "breakdownFilter": "Breakdown",
    "heatmap": "Settings of the heat map",
    "rightYAxisSettings": "Settings of the axis at the right",
    "fixedProperties": "Fixed conditions",
    "orderBy": "Order",
    "limit": "Limit",
    "math_multiplier": "Multiplier",
    "stickinessCriteria": "Least number of times",
    "timeWindowMode": "How periods are counted",
    "retentionCustomBrackets": "Periods of different lengths",
    "aggregationType": "What is counted of retention",
    "aggregationProperty": "What is counted of retention",
    "display": "Chart",
    "selectedInterval": "Period that is shown",
    "filters": "Dates and filters, for which the SQL has no place",
}
UNFOLDING = (  # settings with which others are shown
    ("funnelsFilter.breakdownAttributionType", "step"),
    ("trendsFilter.showMovingAverage", True),
)
DISPLAYED = frozenset({"trendsFilter.display", "funnelsFilter.funnelVizType", "node.display"})
EMPTY: tuple[object, ...] = (None, "", [], {})


def untouched(draft: Draft) -> tuple[Untouched, ...]:
    """Name what a draft holds that phdesk does not edit, in the order in which it stands."""
    if draft.closed:
        return (Untouched("", draft.closed),)
    names = {one.name for one in fields(draft)} | known_names(draft.kind)
    found = [*_around(draft, names), *_source(draft, names), *_series(draft), *_parts(draft, names)]
    seen: dict[str, Untouched] = {}
    for one in found:
        seen.setdefault(one.label, one)
    return tuple(seen.values())


def dormant(draft: Draft) -> tuple[str, ...]:
    """Name settings that a draft holds, but which mean nothing to what it shows now."""
    shown = {one.name for one in fields(draft)}
    found = [
        one.label
        for name, one in known_fields(draft.kind).items()
        if name not in shown and not _is_usual(at(draft, name), one)
    ]
    return tuple(dict.fromkeys(found))


def known_names(kind: str) -> frozenset[str]:
    """Name all settings that a kind of insight can have, whatever of it is shown."""
    return frozenset(known_fields(kind))


@cache
def known_fields(kind: str) -> Mapping[str, Field]:
    """Give all settings that a kind of insight can have, by name, whatever of it is shown."""
    start = next((one.kind for one in STARTS if blank(one.kind).kind == kind), "")
    if not start:
        return {}
    plain = with_breakdowns(blank(start), Breakdowns(parts=(Breakdown(property="x"),)))
    drafts = [plain, *(put(plain, name, value) for name, value in UNFOLDING)]
    for display in (one for one in fields(plain) if one.name in DISPLAYED):
        drafts += [put(plain, display.name, option.value) for option in display.options]
    return {one.name: one for draft in drafts for one in fields(draft)}


def _around(draft: Draft, names: frozenset[str] | set[str]) -> Iterator[Untouched]:
    if draft.node not in (CHART, TABLE, VIZ):
        return
    for key, value in draft.query.items():
        if _says(key, value) and key != "chartSettings" and f"{OUTER}{key}" not in names:
            yield _named(f"{OUTER}{key}", key)
    yield from _inside(as_dict(draft.query.get("chartSettings")), f"{OUTER}chartSettings", names)


def _source(draft: Draft, names: frozenset[str] | set[str]) -> Iterator[Untouched]:
    for key, value in draft.source.items():
        if not _says(key, value) or key in names or key == draft.own:
            continue
        if any(name.startswith(f"{key}.") for name in names):
            yield from _inside(as_dict(value), key, names)
            continue
        yield _named(key, key)
    if draft.own:
        yield from _inside(as_dict(draft.source.get(draft.own)), draft.own, names)
    if "properties" in names and conditions(draft).fixed:
        yield Untouched("properties", "Conditions in deeper groups")


def _series(draft: Draft) -> Iterator[Untouched]:
    for one in series(draft):
        node = as_dict(at(draft, one.name))
        if one.fixed:
            yield Untouched(one.name, f"{one.label}: which data it is of")
            continue
        for key, value in node.items():
            if key not in NODE and value not in EMPTY:
                yield Untouched(f"{one.name}.{key}", f"{one.label}: {_label(key)}")


def _parts(draft: Draft, names: frozenset[str] | set[str]) -> Iterator[Untouched]:
    """Name what a part holds beside that of it which is edited."""
    for part, known in PARTS.items():
        for key, value in as_dict(at(draft, part)).items() if part in names else ():
            if key not in known and _says(key, value):
                yield Untouched(f"{part}.{key}", _label(key))


def _is_usual(value: object, field: Field) -> bool:
    return value in EMPTY or value is False or value == field.default


def _inside(
    held: Mapping[str, Any], where: str, names: frozenset[str] | set[str]
) -> Iterator[Untouched]:
    for key, value in held.items():
        name = f"{where}.{key}"
        begun = name in names or any(one.startswith(f"{name}.") for one in names)
        if _says(key, value) and not begun and not _other_formula(name):
            yield _named(name, key)


def _other_formula(name: str) -> bool:
    """Say whether it is another form of what `parts.formulas` edits."""
    return name in ("trendsFilter.formulas", "trendsFilter.formulaNodes")


def _says(key: str, value: object) -> bool:
    return key not in ALWAYS and value not in EMPTY and value is not False


def _named(name: str, key: str) -> Untouched:
    return Untouched(name, _label(key))


def _label(key: str) -> str:
    return LABELS.get(key, key)
