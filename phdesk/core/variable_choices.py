"""The choices that a query gives an SQL variable: the first column, with labels in the second."""

import re
from typing import Any

from phdesk.core.jsonvalue import as_list
from phdesk.models.definition import Choice, VariableDefinition

MOST = 1_000  # choices; without a limit of its own PostHog gives a query 100 rows
_APART = re.compile(  # what may hold any words: strings, quoted names and comments
    r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`\\]|\\.|``)*`"""
    r"""|(?P<comment>/\*.*?\*/|(?:--|//)[^\r\n]*)""",
    re.DOTALL,
)
_VALUE = r"(?:\d+|\{[^{}]*\})"
# The rows that `LIMIT 5 BY x` leaves are no limit of all rows: HogQL takes one more behind it. One
# behind an `OFFSET` it does not take.
_LIMITED = re.compile(
    rf"\blimit\s+{_VALUE}(?:\s*,\s*{_VALUE})?(?:\s+with\s+ties)?$|\boffset\s+{_VALUE}$",
    re.IGNORECASE,
)


def choices_source(one: VariableDefinition) -> dict[str, Any]:
    """Write the question for the choices of a variable."""
    plain = _APART.sub(_blank, one.choices_query).rstrip().rstrip(";").rstrip()
    bare = one.choices_query[: len(plain)]
    limited = bare if _LIMITED.search(plain) else f"{bare}\nLIMIT {MOST}"
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


def _blank(found: re.Match[str]) -> str:
    """Put what is read as nothing, or as one word, in the place of so many letters."""
    return (" " if found["comment"] else "_") * len(found[0])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""
