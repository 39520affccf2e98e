"""Tell a funnel's groups apart: their names and colours, and what is counted in them."""

from typing import Any

import msgspec
from msgspec import Struct

from phdesk.core.charts.context import Context
from phdesk.core.charts.results import FunnelStepItem
from phdesk.core.charts.wishes import (
    NO_WISH,
    Wish,
    chosen_color,
    key_of,
    read_wishes,
    spellings,
)
from phdesk.core.jsonvalue import as_bool, as_dict, as_list, as_str
from phdesk.core.names import NONE, breakdown_name, cohort_name, group_names
from phdesk.core.palette import preset
from phdesk.core.question import Question


class Group(Struct, frozen=True, gc=False, kw_only=True):
    """A funnel of one breakdown value, of one period, or of all added up; all are as long."""

    label: str
    names: tuple[str, ...]
    counts: tuple[int | float, ...]
    medians: tuple[int | float | None, ...]  # seconds from the step before
    averages: tuple[int | float | None, ...]
    value: Any = msgspec.UNSET
    previous: bool = False
    is_sum: bool = False
    color: str = ""
    events: tuple[str, ...] = ()  # behind names that a team chose; empty where there is none


def group_label(step: FunnelStepItem, question: Question) -> str:
    """Name a group: its breakdown value, its period, or nothing when it is the only one."""
    period = as_str(step.compare_label)
    if step.breakdown_value is msgspec.UNSET or step.breakdown_value is None:
        return period[:1].upper() + period[1:]
    name = value_name(step.breakdown_value, question)
    return f"{name} (previous)" if period == "previous" else name


def value_name(value: object, question: Question) -> str:
    """Name a breakdown value of a funnel, where a missing one is an empty text."""
    parts = value if isinstance(value, list) else [value]
    if parts in ([""], []):
        return NONE
    is_cohort = as_dict(question.source.get("breakdownFilter")).get("breakdown_type") == "cohort"
    if is_cohort and len(parts) == 1:
        return cohort_name(parts[0])
    return breakdown_name(parts)


def group_color(group: Group, index: int, question: Question, context: Context) -> str:
    """Colour a group: as the dashboard says, else the insight, else by its place."""
    return chosen_color(_names(group), _wish(group, question), context) or preset(index)


def is_hidden(group: Group, question: Question) -> bool:
    """Tell whether the insight hides a group, by its legend or by what it says of the value."""
    keys = {as_str(key) for key in as_list(question.filter.get("hiddenLegendBreakdowns"))}
    return bool(keys & _names(group)) or as_bool(_wish(group, question).get("hidden"))


def actors_of(question: Question, context: Context) -> str:
    """Name what is counted: persons, or groups by the name that the project has for them."""
    index = question.source.get("aggregation_group_type_index")
    return "persons" if index is None else group_names(index, context.groups)[1]


def _names(group: Group) -> set[str]:
    """Give all ways in which settings may name a group, whose missing value is an empty text."""
    if group.value is msgspec.UNSET or group.value is None:
        return {group.label} - {""}
    parts = group.value if isinstance(group.value, list) else [group.value]
    shown = [NONE] if parts in ([""], []) else [breakdown_name(part) for part in parts]
    return {group.label, *spellings(group.value, shown)}


def _wish(group: Group, question: Question) -> Wish:
    """Find what is said of a period's group, or else of the breakdown value in all periods."""
    found = read_wishes(question) if not group.is_sum else {}
    sides = (group.previous, False)
    keys = (key_of("", group.value, previous=side) for side in sides)
    return next((found[key] for key in keys if key in found), NO_WISH)
