"""Check a draft against what PostHog takes, before it is sent (reference 4 to 6, 11)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from phdesk.core.building.breakdowns import COHORT, COUNTRY, WHERE, breakdowns, most_breakdowns
from phdesk.core.building.conditions import Conditions, conditions
from phdesk.core.building.draft import Draft, at, word
from phdesk.core.building.fault import Fault, note
from phdesk.core.building.fields_funnel import MOST_BINS, MOST_STEPS
from phdesk.core.building.fields_habits import MOST_PERIODS
from phdesk.core.building.formula import formula_fault
from phdesk.core.building.parts import FORMULA, exclusions, formulas
from phdesk.core.building.series import LETTERS, Series, entity, need, series
from phdesk.core.building.sql import sql_faults
from phdesk.core.building.words import ONE_SERIES
from phdesk.core.dates import RELATIVE, parse_iso
from phdesk.core.filter_words import NUMBERS, WITHOUT_VALUE, operator_words
from phdesk.core.filters import Property
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_text
from phdesk.core.names import property_name

FUNNEL, RETENTION, PATHS = "funnelsFilter", "retentionFilter", "pathsFilter"
SUBJECTS = {"property": "math_property", "sql": "math_hogql", "group": "math_group_type_index"}
ASKS = {
    "property": "Choose the property to count.",
    "sql": "Write the SQL expression to count.",
    "group": "Choose the type of group to count.",
}


def faults(draft: Draft) -> tuple[Fault, ...]:
    """Find what is wrong with a draft; nothing of what its server alone can know."""
    if draft.closed:
        return (Fault(name="", message=draft.closed),)
    found = list(CHECKS[draft.kind](draft)) if draft.kind in CHECKS else []
    if draft.kind != "HogQLQuery":
        found += [*_conditions(draft, "properties"), *_breakdown(draft)]
    else:
        found += _conditions(draft, "filters.properties")
    where = "filters.dateRange" if draft.kind == "HogQLQuery" else "dateRange"
    return (*found, *_dates(draft, where))


def _series(draft: Draft) -> Iterator[Fault]:
    every = series(draft)
    if not every:
        yield Fault(name="series", message="Choose at least one event or action.")
    for one in every:
        yield from _counted(one)
        yield from _conditions(draft, f"{one.name}.properties")


def _trends(draft: Draft) -> Iterator[Fault]:
    yield from _series(draft)
    yield from _formulas(draft)
    every = series(draft)
    display = word(draft, "trendsFilter.display")
    if display in ONE_SERIES and len(every) > 1 and not formulas(draft):
        yield note("series", "This chart shows the first series only.")
    keys = [one.property for one in breakdowns(draft).parts]
    if display == "WorldMap" and keys != [COUNTRY]:
        yield note(WHERE, "A world map is drawn by the country code alone.")
    if display == "BoxPlot":
        for one in every:
            if not one.property:
                yield Fault(name=one.name, message="A box plot needs a numeric property.")
    yield from _number(
        draft, "trendsFilter.smoothingIntervals", 1, None, "Averages go over 1 or more intervals."
    )


def _formulas(draft: Draft) -> Iterator[Fault]:
    count, said = len(as_list(at(draft, "series"))), formulas(draft)
    for place, one in enumerate(said):
        problem = formula_fault(one.text, count)
        if problem:
            where = FORMULA if len(said) == 1 else f"{FORMULA}.{place}"
            yield Fault(name=where, message=problem)
    if said and count > len(LETTERS):
        yield Fault(name="series", message="A formula can name 26 series.")


def _funnel(draft: Draft) -> Iterator[Fault]:
    yield from _series(draft)
    yield from _exclusions(draft)
    steps = len(as_list(at(draft, "series")))
    if steps == 1:
        yield Fault(name="series", message="A funnel needs at least two steps.")
    if series(draft) and series(draft)[0].optional:
        yield Fault(name="series.0", message="The first step of a funnel cannot be optional.")
    if steps > MOST_STEPS:
        yield Fault(name="series", message=f"A funnel has at most {MOST_STEPS} steps.")
    window = f"{FUNNEL}.funnelWindowInterval"
    yield from _number(draft, window, 1, None, "The time to convert is at least 1.")
    bins = f"Choose 1 to {MOST_BINS} bars."
    yield from _number(draft, f"{FUNNEL}.binCount", 1, MOST_BINS, bins)
    if at(draft, f"{FUNNEL}.breakdownAttributionType") == "step":
        value = as_int(at(draft, f"{FUNNEL}.breakdownAttributionValue"), 0) or 0
        if not 0 <= value < max(steps, 1):
            name = f"{FUNNEL}.breakdownAttributionValue"
            yield Fault(name=name, message="This step is not in the funnel any more.")
    if at(draft, f"{FUNNEL}.funnelVizType") == "time_to_convert":
        yield from _between_steps(draft, steps)


def _exclusions(draft: Draft) -> Iterator[Fault]:
    steps = len(as_list(at(draft, "series")))
    for one in exclusions(draft):
        if one.series.kind == "EventsNode" and one.series.event is None:
            yield Fault(name=one.series.name, message="Choose what to leave out.")
        if not 0 <= one.first < one.last < max(steps, 1):
            message = "Choose two different steps of the funnel, the earlier one first."
            yield Fault(name=one.series.name, message=message)


def _between_steps(draft: Draft, steps: int) -> Iterator[Fault]:
    first = as_int(at(draft, f"{FUNNEL}.funnelFromStep"), 0) or 0
    last = as_int(at(draft, f"{FUNNEL}.funnelToStep"), steps - 1) or 0
    if steps > 1 and not 0 <= first < last < steps:
        message = "Choose two different steps of the funnel, the earlier one first."
        yield Fault(name=f"{FUNNEL}.funnelToStep", message=message)


def _retention(draft: Draft) -> Iterator[Fault]:
    for key, message in (
        ("targetEntity", "Choose what people did first."),
        ("returningEntity", "Choose what they came back to."),
    ):
        if entity(draft, f"{RETENTION}.{key}") is None:
            yield Fault(name=f"{RETENTION}.{key}", message=message)
    periods = f"Choose 2 to {MOST_PERIODS} periods."
    yield from _number(draft, f"{RETENTION}.totalIntervals", 2, MOST_PERIODS, periods)


def _lifecycle(draft: Draft) -> Iterator[Fault]:
    yield from _series(draft)
    if len(as_list(at(draft, "series"))) > 1:
        yield Fault(name="series", message="A lifecycle is of one event or action.")
    shown = at(draft, "lifecycleFilter.toggledLifecycles")
    if shown == []:
        name = "lifecycleFilter.toggledLifecycles"
        yield Fault(name=name, message="Choose at least one to show.")


def _paths(draft: Draft) -> Iterator[Fault]:
    types = as_list(at(draft, f"{PATHS}.includeEventTypes"))
    if not types and at(draft, f"{PATHS}.includeEventTypes") is not None:
        name = f"{PATHS}.includeEventTypes"
        yield Fault(name=name, message="Choose what to follow.")
    if "hogql" in types and not as_text(at(draft, f"{PATHS}.pathsHogQLExpression")):
        name = f"{PATHS}.pathsHogQLExpression"
        yield Fault(name=name, message="Write the SQL expression to follow.")
    yield from _number(draft, f"{PATHS}.stepLimit", 2, 20, "Choose 2 to 20 steps.")
    yield from _number(draft, f"{PATHS}.edgeLimit", 1, None, "Choose at least 1 path.")
    least = as_number(at(draft, f"{PATHS}.minEdgeWeight"))
    most = as_number(at(draft, f"{PATHS}.maxEdgeWeight"))
    if least is not None and most is not None and least > most:
        message = "The most users on a path cannot be fewer than the least."
        yield Fault(name=f"{PATHS}.maxEdgeWeight", message=message)


def _counted(one: Series) -> Iterator[Fault]:
    wanted = need(one.math)
    held = {"property": one.property, "sql": one.sql.strip(), "group": one.group}
    if wanted and held[wanted] in ("", None):
        yield Fault(name=f"{one.name}.{SUBJECTS[wanted]}", message=ASKS[wanted])


def _conditions(draft: Draft, name: str) -> Iterator[Fault]:
    found: Conditions = conditions(draft, name)
    leaves = [one for group in found.groups for one in group.conditions]
    for place, one in enumerate(leaves):
        message = _condition(one)
        if message:
            yield Fault(name=f"{name}.{place}", message=message)


def _condition(one: Property) -> str:
    """Say what a condition lacks."""
    if one.type == "hogql":
        return "" if one.key.strip() else "Write the SQL expression."
    if not one.key.strip():
        return "Choose a property."
    if one.type == COHORT:
        return "" if as_int(one.value) is not None else "Choose a cohort."
    if one.operator in WITHOUT_VALUE:
        return ""
    values = as_list(one.value) if isinstance(one.value, list) else [one.value]
    if not values or all(value in (None, "") for value in values):
        return f"Choose what {property_name(one.key)} {operator_words(one.operator)}."
    if one.operator in NUMBERS and not all(_is_comparable(value) for value in values):
        return f"{property_name(one.key)} is compared with a number here."
    return ""


def _is_comparable(value: object) -> bool:
    return as_number(value) is not None or parse_iso(str(value)) is not None


def _breakdown(draft: Draft) -> Iterator[Fault]:
    found = breakdowns(draft)
    most = most_breakdowns(draft)
    if len(found.parts) > most:
        many = "three properties" if most > 1 else "one property"
        yield Fault(name=WHERE, message=f"This can be broken down by at most {many}.")
    for one in found.parts:
        if one.type == COHORT and not one.cohorts:
            yield Fault(name=WHERE, message="Choose at least one cohort.")
        elif one.type != COHORT and not one.property.strip():
            yield Fault(name=WHERE, message="Choose a property to break down by.")
        if one.type == "group" and one.group is None:
            yield Fault(name=WHERE, message="Choose whose property it is.")
    if found.limit is not None and found.limit < 1:
        yield Fault(name=f"{WHERE}.breakdown_limit", message="Show at least 1 value.")


def _dates(draft: Draft, name: str) -> Iterator[Fault]:
    """Find dates that PostHog would silently take for now, and ends before their beginning."""
    found = as_dict(at(draft, name))
    ends: dict[str, datetime] = {}
    for key in ("date_from", "date_to"):
        text = found.get(key)
        if text is None or (key == "date_from" and text == "all"):
            continue
        moment = parse_iso(str(text))
        if moment is not None:
            ends[key] = moment.replace(tzinfo=None)
        elif not RELATIVE.fullmatch(str(text)):
            message = f"PostHog cannot read the date “{text}” and would take it for now."
            yield Fault(name=f"{name}.{key}", message=message)
    if len(ends) == 2 and ends["date_from"] > ends["date_to"]:
        yield Fault(name=name, message="The range ends before it begins.")


def _number(draft: Draft, name: str, least: int, most: int | None, message: str) -> Iterator[Fault]:
    value = at(draft, name)
    if value is None:
        return
    number = as_number(value)
    if number is None or number < least or (most is not None and number > most):
        yield Fault(name=name, message=message)


CHECKS: Mapping[str, Callable[[Draft], Iterator[Fault]]] = {
    "TrendsQuery": _trends,
    "FunnelsQuery": _funnel,
    "RetentionQuery": _retention,
    "StickinessQuery": _series,
    "LifecycleQuery": _lifecycle,
    "PathsQuery": _paths,
    "HogQLQuery": sql_faults,
}
