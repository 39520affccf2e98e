"""Arrange and colour SQL tables as their settings ask (reference 6.7, `tableSettings`).

Rules of colour are compiled for the server; only the simple templates are followed here, by the
names that they have and had, and rules that are not known are ignored.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import structs

from phdesk.core.charts.spec import Column, Table
from phdesk.core.charts.tables import Field, number_text
from phdesk.core.jsonvalue import as_bool, as_dict, as_list, as_number, as_str
from phdesk.core.palette import hex_of

Test = Callable[[Any, Any], bool]
TOTAL = "Total"
NOT_LETTERS = re.compile(r"[^a-z]")


def arranged(fields: Sequence[Field], outer: Mapping[str, Any]) -> tuple[Field, ...]:
    """Order the columns as listed, pinned ones first; columns that are not listed keep places."""
    own = as_dict(outer.get("tableSettings"))
    names = [as_str(as_dict(entry).get("column")) for entry in as_list(own.get("columns"))]
    listed = _named(fields, names)
    slots = {field.index for field in listed}
    queue = iter(listed)
    ordered = [next(queue) if field.index in slots else field for field in fields]
    pinned = _named(ordered, [as_str(name) for name in as_list(own.get("pinnedColumns"))])
    first = {field.index for field in pinned}
    return (*pinned, *(field for field in ordered if field.index not in first))


def coloured(
    table: Table, fields: Sequence[Field], rows: Sequence[Sequence[Any]], outer: Mapping[str, Any]
) -> Table:
    """Colour the cells that a rule holds for; of several rules the first."""
    own = as_dict(outer.get("tableSettings"))
    rules = [rule for rule in map(as_dict, as_list(own.get("conditionalFormatting"))) if rule]
    colors = tuple(
        tuple(_color(row[field.index], field, rules) for field in fields) for row in rows
    )
    return structs.replace(table, colors=colors) if any(map(any, colors)) else table


def summed(table: Table, fields: Sequence[Field], outer: Mapping[str, Any]) -> Table:
    """Add a row of totals at the end where the settings ask for one; shares have no total.

    Nor has a table of which PostHog sent only the first rows.
    """
    wanted = as_bool(as_dict(outer.get("tableSettings")).get("showTotalRow"))
    if not wanted or not table.rows or table.note:
        return table
    totals = tuple(_total(table, place, field) for place, field in enumerate(fields))
    texts = tuple(
        "" if value is None else number_text(value, field)
        for value, field in zip(totals, fields, strict=True)
    )
    head = next((place for place, value in enumerate(totals) if value is None), None)
    named = [*texts]
    if head is not None:
        named[head] = TOTAL
    return structs.replace(
        table,
        rows=(*table.rows, tuple(TOTAL if i == head else value for i, value in enumerate(totals))),
        texts=(*table.texts, tuple(named)),
        colors=(*table.colors, ("",) * len(fields)) if table.colors else (),
    )


def _total(table: Table, place: int, field: Field) -> float | None:
    if field.sort != "number" or (field.how is not None and field.how.style == "sql_percent"):
        return None
    cells = (row[place] for row in table.rows)
    values = [Decimal(str(value)) for value in cells if isinstance(value, int | float)]
    return as_number(str(sum(values))) if values else None  # 0.1 and 0.2 are 0.3


def turned(table: Table, outer: Mapping[str, Any]) -> Table:
    """Make columns of rows when the settings ask for it: the first column gives the titles."""
    wanted = as_bool(as_dict(outer.get("tableSettings")).get("transpose"))
    if not wanted or not table.columns or not table.texts:
        return table
    heads = [row[0] for row in table.texts]
    names = [column.title for column in table.columns[1:]]
    numeric = bool(names) and all(column.numeric for column in table.columns[1:])
    return Table(
        columns=(
            Column(table.columns[0].title),
            *(Column(head, numeric=numeric) for head in heads),
        ),
        rows=tuple((name, *(row[i] for row in table.rows)) for i, name in enumerate(names, 1)),
        texts=tuple((name, *(row[i] for row in table.texts)) for i, name in enumerate(names, 1)),
        note=table.note,
        colors=tuple(("", *(row[i] for row in table.colors)) for i in range(1, len(names) + 1))
        if table.colors
        else (),
    )


def _named(fields: Sequence[Field], names: Sequence[str]) -> list[Field]:
    found = {field.key: field for field in reversed(fields)}
    return [found[name] for name in dict.fromkeys(names) if name in found]


def _color(value: object, field: Field, rules: Sequence[Mapping[str, Any]]) -> str:
    for rule in rules:
        color = as_str(rule.get("color"))
        test = TEMPLATES.get(NOT_LETTERS.sub("", as_str(rule.get("templateId")).lower()))
        mine = rule.get("columnName") == field.key and hex_of(color, dark=False) is not None
        if mine and test is not None and test(value, rule.get("input")):
            return color
    return ""


def _equal(value: Any, wanted: Any) -> bool:
    one, other = as_number(value), as_number(wanted)
    if one is not None and other is not None:
        return one == other
    return _words(value) == _words(wanted)


def _greater(value: Any, limit: Any) -> bool:
    one, other = as_number(value), as_number(limit)
    return one is not None and other is not None and one > other


def _less(value: Any, limit: Any) -> bool:
    return _greater(limit, value)


def _between(value: Any, limits: Any) -> bool:
    """Tell whether a number lies between two, ends included: `[1, 5]`, "1,5" or "1 and 5"."""
    parts = limits if isinstance(limits, list) else re.split(r",|;|\band\b|\.\.", as_str(limits))
    ends = [as_number(part.strip() if isinstance(part, str) else part) for part in parts]
    one = as_number(value)
    if one is None or len(ends) != 2 or ends[0] is None or ends[1] is None:
        return False
    return min(ends[0], ends[1]) <= one <= max(ends[0], ends[1])


def _contains(value: Any, part: Any) -> bool:
    return bool(_words(part)) and _words(part) in _words(value)


def _is_empty(value: Any, _: Any) -> bool:
    return value in (None, "")


def _not(test: Test) -> Test:
    return lambda value, wanted: not test(value, wanted)


def _words(value: Any) -> str:
    return str(value).casefold() if isinstance(value, bool) else as_str(value).casefold().strip()


_AT_LEAST, _AT_MOST = _not(_less), _not(_greater)


def _number_and(test: Test) -> Test:
    return lambda value, wanted: (
        None not in (as_number(value), as_number(wanted)) and test(value, wanted)
    )


TEMPLATES: Mapping[str, Test] = {
    **dict.fromkeys(("equals", "equal", "equalto", "isequalto", "is", "exact", "eq"), _equal),
    **dict.fromkeys(("notequals", "notequal", "notequalto", "isnot", "neq"), _not(_equal)),
    **dict.fromkeys(("greater", "greaterthan", "isgreaterthan", "gt"), _greater),
    **dict.fromkeys(("less", "lessthan", "islessthan", "lt"), _less),
    **dict.fromkeys(("greaterthanorequal", "greaterorequal", "gte"), _number_and(_AT_LEAST)),
    **dict.fromkeys(("lessthanorequal", "lessorequal", "lte"), _number_and(_AT_MOST)),
    **dict.fromkeys(("between", "isbetween"), _between),
    **dict.fromkeys(("contains", "icontains"), _contains),
    **dict.fromkeys(("notcontains", "doesnotcontain", "noticontains"), _not(_contains)),
    **dict.fromkeys(("empty", "isempty", "null", "isnull"), _is_empty),
    **dict.fromkeys(("notempty", "isnotempty", "notnull", "isnotnull"), _not(_is_empty)),
}
