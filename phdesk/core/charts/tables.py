"""Tables of rows as they came: titles, types, and cells that people can read (reference 6.8)."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, Literal

from msgspec import Struct

from phdesk.core.charts.spec import Column, Table, Value
from phdesk.core.dates import date_text, in_zone, parse_iso
from phdesk.core.formatting import DASH, Format, number
from phdesk.core.jsonvalue import (
    EXACT_WHOLE,
    as_bool,
    as_dict,
    as_list,
    as_number,
    as_str,
    as_text,
    written,
)
from phdesk.core.names import event_name, property_name

COLUMN_OF_A_TEMPLATE = "context.columns."  # of tables of web analytics
LONGEST_CELL = 300  # letters of JSON on screen; the row itself keeps all
NUMBERS = ("Int", "UInt", "Float", "Decimal", "BFloat")
Sort = Literal["number", "date", "time", "bool", "text"]


class Field(Struct, frozen=True, gc=False, kw_only=True):
    """A column of a result: where it is, what it holds and how it is written."""

    index: int
    key: str  # the name as sent
    title: str
    sort: Sort = "text"
    how: Format | None = None  # None writes numbers as they are, since a year is no quantity
    as_sent: bool = False


def read_rows(result: object, columns: object) -> tuple[list[str], list[list[Any]]]:
    """Find the columns and rows in a result: lists, objects, or single values."""
    names = [as_str(name) for name in as_list(columns)]
    items = [result] if isinstance(result, dict) else as_list(result)
    if any(isinstance(item, dict) for item in items):
        keys = list(dict.fromkeys(key for item in items for key in as_dict(item)))
        return keys, [[as_dict(item).get(key) for key in keys] for item in items]
    rows = [item if isinstance(item, list) else [item] for item in items]
    width = max((len(row) for row in rows), default=0)
    names += [f"Column {index + 1}" for index in range(len(names), width)]
    return names, [[*row, *[None] * (len(names) - len(row))] for row in rows]


def read_fields(
    names: Sequence[str], types: object, rows: Sequence[Sequence[Any]], *, as_sent: bool = False
) -> tuple[Field, ...]:
    """Describe each column by its type, or by what it holds when no type was sent.

    `as_sent` keeps the names as titles, and events by the names that queries use.
    """
    sent = as_list(types)
    fields = []
    for index, name in enumerate(names):
        kind = _type_name(sent[index]) if index < len(sent) else ""
        cells = [row[index] for row in rows]
        sort = sort_of(kind) if kind else sort_of_cells(cells)
        title = name if as_sent else column_title(name)
        field = Field(index=index, key=name, title=title, sort=sort, as_sent=as_sent)
        fields.append(field)
    return tuple(fields)


def table_of(
    fields: Sequence[Field], rows: Sequence[Sequence[Any]], zone: tzinfo, note: str = ""
) -> Table:
    """Make a table of some columns of rows."""
    return Table(
        columns=tuple(Column(field.title, numeric=field.sort == "number") for field in fields),
        rows=tuple(tuple(cell_value(row[f.index], f.sort) for f in fields) for row in rows),
        texts=tuple(tuple(cell_text(row[f.index], f, zone) for f in fields) for row in rows),
        note=note,
    )


def sort_of(kind: str) -> Sort:
    """Read a type of ClickHouse, such as `Nullable(DateTime64(6, 'UTC'))`."""
    inner = kind.strip()
    for wrapper in ("LowCardinality(", "Nullable("):
        if inner.startswith(wrapper):
            inner = inner[len(wrapper) :].removesuffix(")")
    if inner.startswith(NUMBERS):
        return "number"
    if inner.startswith("DateTime"):
        return "time"
    if inner.startswith("Date"):
        return "date"
    return "bool" if inner.startswith("Bool") else "text"


def sort_of_cells(cells: Sequence[Any]) -> Sort:
    """Guess a column's sort from its cells, for answers without types."""
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(c, int | float) and not isinstance(c, bool) for c in known):
        return "number"
    moments = [parse_iso(cell) for cell in known]
    if known and all(moments):
        return "date" if all(len(as_str(cell)) == 10 for cell in known) else "time"
    return "text"


def column_title(expression: str) -> str:
    """Title a column: the comment after `--`, or a property's name, else the words as sent."""
    before, mark, comment = expression.rpartition("--")
    if mark and comment.strip():
        return comment.strip()
    text = (before if mark else expression).strip()
    simple = {"*": "Event", "event": "Event", "person": "Person", "timestamp": "Time"}
    if text in simple:
        return simple[text]
    if text.startswith(COLUMN_OF_A_TEMPLATE):
        words = text.removeprefix(COLUMN_OF_A_TEMPLATE).replace("_", " ").strip()
        return f"{words[:1].upper()}{words[1:]}" or text
    for start in ("properties.", "person.properties."):
        if text.startswith(start) and text[len(start) :].replace("$", "_").isidentifier():
            return property_name(text[len(start) :])
    return text


def cell_value(value: object, sort: Sort = "text") -> Value:
    """Give a cell as a plain value: numbers as numbers, objects and lists as compact JSON."""
    if isinstance(value, list | dict):
        return written(value)
    if sort == "number":
        found = as_number(value)
        return found if found is not None else as_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_number(value)
    return value if isinstance(value, str | bool) else None


def cell_text(value: object, field: Field, zone: tzinfo) -> str:
    """Write a cell as people read it."""
    if value is None:
        return DASH
    if isinstance(value, dict | list):
        return _object_text(value, "" if field.as_sent else field.key)
    if field.sort == "bool" or isinstance(value, bool):
        return "true" if as_bool(value) else "false"
    match field.sort:
        case "number":
            return number_text(value, field)
        case "date" | "time":
            return _moment_text(value, zone, with_time=field.sort == "time")
        case _:
            return _text(value, "" if field.as_sent else field.key)


def number_text(value: object, field: Field) -> str:
    """Write a number as its column does."""
    found = as_number(value)
    if found is None:
        return as_str(value) or DASH
    return plain(found) if field.how is None else number(found, field.how)


def person_name(person: object) -> str:
    """Name a person: display name, else name or email among the properties, else an id."""
    known = as_dict(person)
    properties = as_dict(known.get("properties"))
    ids = [known.get("distinct_id"), *as_list(known.get("distinct_ids")), known.get("uuid")]
    names = [known.get("display_name"), properties.get("email"), properties.get("name")]
    found = (as_text(name) for name in (*names, *ids, known.get("id")))
    return next((name for name in found if name), "Anonymous")


def plain(value: float) -> str:
    """Write a number as it is, without groups."""
    whole = int(value)
    return str(whole) if value == whole and abs(value) < EXACT_WHOLE else str(value)


def _type_name(entry: object) -> str:
    """Read `"UInt64"` or `["n", "UInt64"]`."""
    if isinstance(entry, list):
        return as_str(entry[1]) if len(entry) > 1 else ""
    return as_str(entry)


def _moment_text(value: object, zone: tzinfo, *, with_time: bool) -> str:
    moment = parse_iso(value)
    if moment is None:
        return as_str(value) or DASH
    moment = in_zone(moment, zone)
    day = date_text(moment)
    return f"{day}, {moment:%H:%M:%S}" if with_time else day


def _text(value: object, key: str) -> str:
    if isinstance(value, float | int):
        return plain(value)
    text = as_str(value)
    return event_name(text) if key == "event" else text


def _object_text(value: object, key: str) -> str:
    known = as_dict(value)
    if key == "*" and as_text(known.get("event")):
        return event_name(as_str(known.get("event")))
    if key in {"person", "actor"} and known:
        return person_name(known)
    text = written(value)
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
