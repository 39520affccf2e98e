"""SQL variables in a query: which its text names, and the values that hold (reference 10.2)."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from phdesk.core.building.draft import Draft, at, put
from phdesk.core.building.fault import Fault
from phdesk.core.filter_variables import read_variables, variable_words
from phdesk.core.filters import Variable
from phdesk.core.hogql.tokens import Token, tokens
from phdesk.core.jsonvalue import as_dict, as_str
from phdesk.models.definition import VariableDefinition

QUERY, VARIABLES = "query", "variables"
NAMED = re.compile(r"\{\s*variables\.(\w+)\s*\}")
MISSING = "phdesk knows no SQL variable “{}” of this project."


def placeholder(code_name: str) -> str:
    """Write a variable as it stands in SQL."""
    return f"{{{VARIABLES}.{code_name}}}"


def attached(draft: Draft) -> tuple[Variable, ...]:
    """List the variables that go along with a query; a value of None is the project's default."""
    return tuple(read_variables(as_dict(at(draft, VARIABLES))).values())


def with_text(draft: Draft, text: str, known: Sequence[VariableDefinition]) -> Draft:
    """Write other SQL: what variables it names go along, those that it names no more do not.

    One that the text did not name before either stays: somebody else put it there.
    """
    before, after = _names(as_str(at(draft, QUERY))), _names(text)
    changed = put(draft, QUERY, text)
    held = attached(draft)
    for one in held:
        if one.code_name in before - after:
            changed = put(changed, f"{VARIABLES}.{one.id}", None)
    there = {one.code_name for one in held}
    was = replace(draft, query=draft.opened)
    for new in known:
        if new.code_name in after - there:
            where = f"{VARIABLES}.{new.id}"
            begun = {"code_name": new.code_name, "variableId": new.id}
            changed = put(changed, where, at(was, where) or begun)
    return changed


def with_value(draft: Draft, one: Variable) -> Draft:
    """Give a variable another value in this query; None, unless it is null, is the default."""
    where = f"{VARIABLES}.{one.id}"
    changed = put(draft, f"{where}.value", None if one.is_null else one.value)
    return put(changed, f"{where}.isNull", True if one.is_null else None)


def value_words(one: Variable, definition: VariableDefinition | None) -> str:
    """Say a variable with the value that holds, and whether that is the project's default."""
    if one.is_null or one.value is not None:
        return variable_words(one)
    if definition is None:
        return f"{one.code_name}: the default"
    default = Variable(id=one.id, code_name=one.code_name, value=definition.default)
    return f"{variable_words(default)} (default)"


def variable_faults(draft: Draft) -> Iterator[Fault]:
    """Find variables that the SQL names, but for which nothing goes along: servers refuse that."""
    there = {one.code_name for one in attached(draft)}
    for token, name in _named(as_str(at(draft, QUERY))):
        if name not in there:
            message = MISSING.format(name)
            yield Fault(name=QUERY, message=message, start=token.start, end=token.end)


def _names(text: str) -> set[str]:
    return {name for _, name in _named(text)}


def _named(text: str) -> Iterator[tuple[Token, str]]:
    for token in tokens(text) if VARIABLES in text else ():
        found = NAMED.fullmatch(token.text) if token.kind == "placeholder" else None
        if found is not None:
            yield token, found[1]
