"""Turn PostHog's property filters into SQL conditions with parameters."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from phdesk.demo.columns import known_kind, property_column
from phdesk.demo.errors import invalid
from phdesk.demo.hogql_rewrite import rewrite

TEST_ACCOUNTS = {  # Labs are the company's own, in which it tries things out
    "key": "company",
    "operator": "not_icontains",
    "value": "Labs",
    "type": "person",
}
COHORTS = {  # people whom the company put together: a name, and the plans that they have
    1: ("Paying plans", ["pro", "enterprise"]),
    2: ("Free plan", ["free"]),
}
Condition = tuple[str, list[Any]]
"""A piece of SQL for a WHERE and the values of its question marks."""

_COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_ALWAYS: Condition = ("1", [])
_PATTERNS = {
    "icontains": "(?i){}",
    "regex": "{}",
    "starts_with": "^{}",
    "ends_with": "{}$",
}


def conditions(properties: Any) -> Condition:
    """Join a flat list (all must hold) or a nested AND/OR group of filters."""
    if not properties:
        return _ALWAYS
    if isinstance(properties, Mapping):
        if "values" not in properties:
            return _single(properties)
        word = " or " if properties.get("type") == "OR" else " and "
        return _join(map(conditions, properties["values"]), word)
    return _join(map(conditions, properties), " and ")


def made_of(number: int) -> dict[str, Any]:
    """Give the filters of which a cohort is made, as PostHog keeps them."""
    plans = {"key": "plan", "type": "person", "value": COHORTS[number][1], "operator": "exact"}
    return {"type": "OR", "values": [{"type": "AND", "values": [plans]}]}


def cohort(number: Any, *, leaves_out: bool) -> Condition:
    """Say who is in a cohort, by what it is made of."""
    known = next((one for one in COHORTS if str(one) == str(number)), None)
    if known is None:
        raise invalid(f"Could not find cohort with ID {number}")
    text, values = conditions(made_of(known))
    return (f"not coalesce(({text}), 0)" if leaves_out else f"({text})"), values


def expression(text: str) -> str:
    """Write an SQL expression that came from outside as SQLite takes it, to be part of a query."""
    rewritten = rewrite(text)
    if not rewritten or "?" in rewritten:
        raise invalid("Syntax error: an expression was expected")
    return f"({rewritten})"


def tested(query: Mapping[str, Any]) -> list[Any]:
    """Give the conditions that leave out the company's own accounts, where a query wants that."""
    return [TEST_ACCOUNTS] if query.get("filterTestAccounts") else []


def literal(value: Any) -> str:
    """Write a value as an SQL literal."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return repr(value)
    text = value if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "''") + "'"


def inline(condition: Condition) -> str:
    """Put the parameters of a condition into its text, for SQL that takes no parameters."""
    text, values = condition
    pieces = text.split("?")
    filled = [piece + literal(value) for piece, value in zip(pieces[:-1], values, strict=True)]
    return "".join(filled) + pieces[-1]


def matches(text: str | None, pattern: str) -> bool | None:
    """Look for a pattern in a text, for SQL; a pattern that cannot be read is found nowhere."""
    if text is None:
        return None
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False


def _join(parts: Iterable[Condition], word: str) -> Condition:
    kept = [part for part in parts if part != _ALWAYS]
    if not kept:
        return _ALWAYS
    text = word.join(f"({sql})" for sql, _ in kept)
    return text, [value for _, values in kept for value in values]


def _single(entry: Mapping[str, Any]) -> Condition:
    kind = str(entry.get("type") or "event")
    if kind == "cohort":
        return cohort(entry.get("value"), leaves_out=entry.get("operator") == "not_in")
    if kind == "hogql":
        return expression(str(entry.get("key") or "")), []
    column = property_column(str(entry.get("key")), known_kind(kind))
    operator = entry.get("operator") or "exact"
    value = entry.get("value")
    values = value if isinstance(value, list) else [value]
    if operator in ("is_set", "is_not_set"):
        return f"{column} is {'not ' if operator == 'is_set' else ''}null", []
    if operator in _COMPARE:
        return f"cast({column} as real) {_COMPARE[operator]} ?", [_number(values[0])]
    if operator in ("is_date_before", "is_date_after", "is_date_exact"):
        return _dated(operator, column, values[0])
    return _textual(operator, column, values)


def _dated(operator: str, column: str, value: Any) -> Condition:
    """Compare dates as ISO text, which sorts as time does."""
    day = str(value)[:10]
    sign = {"is_date_before": "<", "is_date_after": ">"}.get(operator, "=")
    return f"substr(cast({column} as text), 1, 10) {sign} ?", [day]


def _textual(operator: str, column: str, values: list[Any]) -> Condition:
    if operator in ("exact", "is_not"):
        marks = ", ".join("?" * len(values))
        text = f"cast({column} as text) in ({marks})"
        found: list[Any] = [_plain(value) for value in values]
        return (text if operator == "exact" else f"coalesce(not {text}, 1)"), found
    negative = operator.startswith("not_")
    plain = operator.removeprefix("not_")
    wanted = str(values[0])
    if plain in _PATTERNS:
        text = f"matches(cast({column} as text), ?)"
        wanted = _PATTERNS[plain].format(wanted if plain == "regex" else re.escape(wanted))
        return (f"coalesce(not {text}, 1)" if negative else f"coalesce({text}, 0)"), [wanted]
    raise invalid(f"The demo does not know the operator '{operator}'.")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0
