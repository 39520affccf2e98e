"""The choices that a query gives an SQL variable: the first column, with labels in the second."""

import re
from typing import Any

from phdesk.core.jsonvalue import as_list
from phdesk.models.definition import Choice, VariableDefinition

MOST = 1_000  # choices; without a limit of its own PostHog gives a query 100 rows
_LIMITED = re.compile(r"\blimit\s+\d+(\s+offset\s+\d+)?\s*$", re.IGNORECASE)


def choices_source(one: VariableDefinition) -> dict[str, Any]:
    """Write the question for the choices of a variable."""
    bare = one.choices_query.rstrip().rstrip(";").rstrip()
    limited = bare if _LIMITED.search(bare) else f"{bare}\nLIMIT {MOST}"
    source = {"kind": "HogQLQuery", "query": limited}
    return {**source, "connectionId": one.connection} if one.connection else source


def read_choices(rows: object) -> tuple[Choice, ...]:
    """Read the rows of an answer; each value once, in their order, without what is nothing."""
    found: dict[str, Choice] = {}
    for row in as_list(rows):
        value, label = [*map(_text, row if isinstance(row, list) else [row]), "", ""][:2]
        if value and value not in found:
            found[value] = Choice(value, label if label != value else "")
    return tuple(found.values())[:MOST]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
