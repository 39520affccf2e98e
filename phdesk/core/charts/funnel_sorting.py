"""Order the groups of a funnel's table as its `breakdownSorting` says (reference 6.2.1)."""

import re
from functools import partial

from phdesk.core.charts.funnel_groups import Group
from phdesk.core.charts.funnel_rates import Rates, rates_of
from phdesk.core.jsonvalue import as_number, as_str, as_text
from phdesk.core.question import Question

STEP = re.compile(r"step_(\d{1,4})_(\w+)")
Key = tuple[float, str]


def listed(groups: tuple[Group, ...], question: Question) -> tuple[Group, ...]:
    """Order by a column's key, after "-" from the largest down.

    The baseline stays first. The chart keeps its own order, as it does in PostHog.
    """
    wish = as_text(question.filter.get("breakdownSorting"))
    if wish is None:
        return groups
    sums = [group for group in groups if group.is_sum]
    rest = [group for group in groups if not group.is_sum]
    key = partial(_sorting, key=wish.removeprefix("-"))
    return (*sums, *sorted(rest, key=key, reverse=wish.startswith("-")))


def _sorting(group: Group, key: str) -> Key:
    """Give what a group is ordered by, under any of the keys of PostHog's columns."""
    rates = rates_of(group)
    if key == "breakdown_value":
        return _by_value(group)
    if key == "total_conversion":
        return rates[-1].so_far, ""
    found = STEP.fullmatch(key)
    if found is None or int(found[1]) >= len(rates):
        return 0.0, ""
    place = int(found[1])
    return float(_figure(group, place, rates[place], found[2]) or 0), ""


def _by_value(group: Group) -> Key:
    parts = group.value if isinstance(group.value, list) else [group.value]
    first = parts[0] if parts else None
    number = None if isinstance(first, str) else as_number(first)
    return (0.0, as_str(first).casefold()) if number is None else (float(number), "")


def _figure(group: Group, place: int, rates: Rates, metric: str) -> float | None:
    match metric:
        case "conversion":
            return rates.count
        case "dropoff":
            return rates.dropped
        case "conversion_so_far":
            return rates.so_far
        case "conversion_from_prev":
            return rates.from_previous
        case "median_time":
            return group.medians[place]
        case "average_time":
            return group.averages[place]
        case _:
            return None
