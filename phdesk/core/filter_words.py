"""Filters in words: conditions on chips, operators to choose from, breakdowns, what changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phdesk.core.filter_ranges import range_words
from phdesk.core.filters import Filter, Property, written
from phdesk.core.jsonvalue import as_list, as_number, as_str
from phdesk.core.names import property_name

MOST_VALUES = 2  # named on a chip; the rest is counted
OPERATORS = {
    "exact": "is",
    "is_not": "is not",
    "icontains": "contains",
    "not_icontains": "does not contain",
    "starts_with": "starts with",
    "not_starts_with": "does not start with",
    "ends_with": "ends with",
    "not_ends_with": "does not end with",
    "regex": "matches",
    "not_regex": "does not match",
    "gt": "is more than",
    "gte": "is at least",
    "lt": "is less than",
    "lte": "is at most",
    "is_date_exact": "is on",
    "is_date_before": "is before",
    "is_date_after": "is after",
    "is_set": "is set",
    "is_not_set": "is not set",
    "in": "is in",
    "not_in": "is not in",
}
WITHOUT_VALUE = frozenset({"is_set", "is_not_set"})
SEVERAL = frozenset({"exact", "is_not"})  # take a list of values, of which one is enough
_ALWAYS = ("is_set", "is_not_set")
_OF_TYPE = {
    "Numeric": ("exact", "is_not", "gt", "gte", "lt", "lte"),
    "Duration": ("exact", "is_not", "gt", "gte", "lt", "lte"),
    "DateTime": ("is_date_exact", "is_date_before", "is_date_after"),
    "Boolean": ("exact", "is_not"),
}
_OF_TEXT = ("exact", "is_not", "icontains", "not_icontains", "regex", "not_regex")
NUMBERS = frozenset({"gt", "gte", "lt", "lte"})
TEST_ACCOUNTS = {
    None: "Each tile's own choice",
    True: "Leave out test accounts",
    False: "Take in test accounts",
}


def operators_for(kind: str) -> tuple[str, ...]:
    """Give the operators for a property's type, the usual one first."""
    return (*_OF_TYPE.get(kind, _OF_TEXT), *_ALWAYS)


def operator_words(operator: str) -> str:
    """Name an operator; unknown ones are shown as they are."""
    return OPERATORS.get(operator, operator.replace("_", " "))


def condition_words(one: Property, owner: str = "", most: int = MOST_VALUES) -> str:
    """Say a condition in one line, such as "Browser is Chrome or Safari".

    `owner` follows the property's name, as " (person)" does; values beyond `most` are counted.
    """
    if one.type == "hogql":
        return one.key
    name = "Cohort" if one.type == "cohort" else property_name(one.key)
    said = f"{name}{owner} {operator_words(one.operator)}"
    if one.operator in WITHOUT_VALUE:
        return said
    values = [_plain(value) for value in as_list(one.value)] or [_plain(one.value)]
    shown = " or ".join(values[:most])
    more = f" + {len(values) - most}" if len(values) > most else ""
    return f"{said} {shown}{more}".strip()


def group_words(group: Mapping[str, Any]) -> str:
    """Say nested conditions, which are shown but not edited here."""
    count = _leaves(group)
    return f"{count} nested condition{'' if count == 1 else 's'}"


def breakdown_words(breakdown: Mapping[str, Any]) -> str:
    """Say by what all tiles are broken down."""
    several = [as_str(each.get("property")) for each in as_list(breakdown.get("breakdowns"))]
    single = breakdown.get("breakdown")
    names = several or [as_str(each) for each in as_list(single)] or [as_str(single)]
    return f"by {', '.join(property_name(name) for name in names if name)}"


def interval_words(interval: str | None) -> str:
    """Say into what all tiles are cut."""
    return f"by {interval}" if interval else "Interval"


def value_for(operator: str, values: list[str]) -> Any:
    """Write chosen values as PostHog keeps them for an operator."""
    if operator in WITHOUT_VALUE:
        return operator
    if operator in SEVERAL:
        return values
    first = values[0] if values else ""
    number = as_number(first) if operator in NUMBERS else None
    return first if number is None else number


def changes_in_words(before: Filter, after: Filter, now: datetime) -> tuple[str, ...]:
    """Say what saving would change, one line for each part."""
    lines = []
    ranges = [range_words(each.date_from, each.date_to, now) for each in (before, after)]
    if ranges[0] != ranges[1]:
        lines.append(f"Dates: {ranges[0]} → {ranges[1]}")
    if before.interval != after.interval:
        lines.append(f"Interval: {_or_own(before.interval)} → {_or_own(after.interval)}")
    gone, new = _conditions(before), _conditions(after)
    lines += [f"Without: {words}" for words in gone if words not in new]
    lines += [f"New: {words}" for words in new if words not in gone]
    if before.breakdown != after.breakdown:
        told = [
            breakdown_words(each) if each else "none"
            for each in (before.breakdown, after.breakdown)
        ]
        lines.append(f"Breakdown: {told[0]} → {told[1]}")
    if before.test_accounts != after.test_accounts:
        lines.append(TEST_ACCOUNTS[after.test_accounts])
    if not lines and written(before) != written(after):
        lines.append("Exact times")
    return tuple(lines)


def _conditions(filters: Filter) -> list[str]:
    nested = [group_words(filters.group)] if filters.group else []
    return [*nested, *(condition_words(one) for one in filters.properties)]


def _or_own(interval: str | None) -> str:
    return interval or "each tile's own"


def _leaves(group: Mapping[str, Any]) -> int:
    values = as_list(group.get("values"))
    return sum(
        _leaves(each) if each.get("values") else 1 for each in values if isinstance(each, dict)
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_str(value, "nothing") or "empty"
