"""Tell a funnel's groups apart: their names and colours, and what is counted in them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from phdesk.core.charts.context import Context
from phdesk.core.charts.results import FunnelStepItem
from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text, written
from phdesk.core.names import NONE, breakdown_name, cohort_name, group_names
from phdesk.core.palette import hex_of, preset
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

    @property
    def keys(self) -> set[str]:
        """Give the names by which a legend may hide this group."""
        parts = self.value if isinstance(self.value, list) else [self.value]
        return {self.label, "::".join(map(as_str, parts))}


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
    """Colour a group: as the insight says, else the dashboard, else by its place."""
    chosen = as_text(_customized(group.value, question).get("color"))
    token = chosen or dict(context.breakdown_colors).get(group.label)
    return token if token and hex_of(token, dark=False) else preset(index)


def actors_of(question: Question, context: Context) -> str:
    """Name what is counted: persons, or groups by the name that the project has for them."""
    index = question.source.get("aggregation_group_type_index")
    return "persons" if index is None else group_names(index, context.groups)[1]


def _customized(value: object, question: Question) -> Mapping[str, Any]:
    if value is msgspec.UNSET:
        return {}
    parts = [as_str(part) for part in (as_list(value) or [value])]
    key = written({"breakdown_value": parts})
    return as_dict(as_dict(question.filter.get("resultCustomizations")).get(key))
