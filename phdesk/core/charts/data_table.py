"""Show lists of events and persons, and the overview of web analytics (reference 6.8)."""

from typing import Any

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.fallback import more_note, row_count
from phdesk.core.charts.results import BadResultError
from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody, Value
from phdesk.core.charts.tables import read_fields, read_rows, table_of
from phdesk.core.dates import zone
from phdesk.core.formatting import DASH, Format, duration, number
from phdesk.core.jsonvalue import as_dict, as_list, as_number, as_str, parse
from phdesk.core.names import kind_label
from phdesk.core.question import Question
from phdesk.models.insight import Insight

BUTTONS = frozenset({"person.$delete"})  # columns that hold a button, not a fact


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Show a list of events, persons or groups as a table."""
    result = parse(insight.result)
    if not isinstance(result, list):
        raise BadResultError("result: expected a list of rows")
    names, rows = read_rows(result, parse(insight.columns))
    hidden = {as_str(name) for name in as_list(question.outer.get("hiddenColumns"))} | BUTTONS
    fields = [
        field for field in read_fields(names, parse(insight.types), rows) if field.key not in hidden
    ]
    where = zone(insight.timezone or context.timezone)
    table = table_of(fields, rows, where, more_note(insight, len(rows)))
    label = kind_label(question)
    if not rows:
        headline = "No events match." if label == "Events" else "No rows match."
        body = NoticeBody(state="empty", headline=headline)
        return Drawn(body=body, summary=headline, table=table)
    return Drawn(body=TableBody(), summary=f"{label}, {row_count(len(rows))}.", table=table)


def overview(insight: Insight, question: Question, context: Context) -> Drawn:  # noqa: ARG001
    """Show the overview of web analytics: each number, the one before and the change."""
    items = [as_dict(item) for item in as_list(parse(insight.result))]
    known = [item for item in items if item.get("key")]
    if not known:
        headline = "No visits in this range."
        return Drawn(body=NoticeBody(state="empty", headline=headline), summary=headline)
    columns = (
        Column("Metric"),
        Column("Current", numeric=True),
        Column("Previous", numeric=True),
        Column("Change", numeric=True),
    )
    table = Table(
        columns=columns,
        rows=tuple(_row(item) for item in known),
        texts=tuple(_texts(item, context.currency) for item in known),
    )
    first = table.texts[0]
    summary = f"web overview, {row_count(len(known))}, {first[0]} {first[1]}."
    return Drawn(body=TableBody(), summary=summary, table=table)


def _row(item: dict[str, Any]) -> tuple[Value, ...]:
    keys = ("value", "previous", "changeFromPreviousPct")
    return (_metric(item), *(as_number(item.get(key)) for key in keys))


def _texts(item: dict[str, Any], currency: str) -> tuple[str, ...]:
    change = as_number(item.get("changeFromPreviousPct"))
    return (
        _metric(item),
        _amount(item, "value", currency),
        _amount(item, "previous", currency),
        DASH if change is None else f"{number(change)}%",
    )


def _metric(item: dict[str, Any]) -> str:
    words = as_str(item.get("key")).replace("_", " ")
    return words[:1].upper() + words[1:]


def _amount(item: dict[str, Any], key: str, currency: str) -> str:
    value = as_number(item.get(key))
    match as_str(item.get("kind")):
        case "duration_s":
            return duration(value)
        case "percentage":
            return number(value, Format("percentage"))
        case "currency":
            return number(value, Format("currency", currency=currency))
        case _:
            return number(value)
