"""SQL variables of a dashboard: those that its tiles use, with the values that hold (10.2)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Raw

from phdesk.core.filters import Variable
from phdesk.core.jsonvalue import as_dict, as_str, parse, written

MARK = b'"variableId"'


def used_variables(queries: Iterable[Raw]) -> tuple[Variable, ...]:
    """Find the variables that queries use, each once; most queries are not even read."""
    found: dict[str, Variable] = {}
    for query in queries:
        if MARK in bytes(query):
            outer = as_dict(parse(query))
            source = as_dict(outer.get("source")) or outer
            found.update(read_variables(as_dict(source.get("variables"))))
    return tuple(found.values())


def holding(
    used: Sequence[Variable], saved: Raw, override: Sequence[Variable]
) -> tuple[Variable, ...]:
    """Give each used variable the value that holds: temporary, the dashboard's, the query's."""
    values = {**read_variables(as_dict(parse(saved))), **{one.id: one for one in override}}
    return tuple(values.get(one.id, one) for one in used)


def read_variables(sent: Mapping[str, Any]) -> dict[str, Variable]:
    """Read variables as queries and dashboards carry them, by id."""
    found = {}
    for key, value in sent.items():
        fields = as_dict(value)
        number = as_str(fields.get("variableId")) or key
        found[number] = Variable(
            id=number,
            code_name=as_str(fields.get("code_name")),
            value=fields.get("value"),
            is_null=fields.get("isNull") is True,
        )
    return found


def variable_words(one: Variable) -> str:
    """Say a variable with its value: "service: web"."""
    if one.is_null:
        return f"{one.code_name}: null"
    if isinstance(one.value, bool):
        return f"{one.code_name}: {'true' if one.value else 'false'}"
    if isinstance(one.value, list):
        listed = ", ".join(as_str(each) or written(each) for each in one.value)
        return f"{one.code_name}: {listed or 'none'}"
    said = as_str(one.value) or ("not set" if one.value in (None, "") else written(one.value))
    return f"{one.code_name}: {said}"
