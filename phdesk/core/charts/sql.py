"""Draw SQL insights: table, number and pie here, axes in `sql_chart` (reference 6.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.fallback import more_note, row_count
from phdesk.core.charts.number import number_body, sentence
from phdesk.core.charts.results import BadResultError
from phdesk.core.charts.spec import NoticeBody, PieBody, Share, Table, TableBody
from phdesk.core.charts.sql_axes import (
    Axes,
    column_settings,
    first_number,
    named_field,
    read_axes,
    sql_format,
)
from phdesk.core.charts.sql_chart import MARKS, chart
from phdesk.core.charts.sql_grid import box_plot, heat_map
from phdesk.core.charts.table_settings import arranged, coloured, summed, turned
from phdesk.core.charts.tables import Field, cell_text, read_fields, read_rows, table_of
from phdesk.core.dates import zone
from phdesk.core.formatting import number, percent
from phdesk.core.jsonvalue import as_bool, as_dict, as_list, as_number, as_str, as_text, parse
from phdesk.core.palette import preset
from phdesk.core.question import Question
from phdesk.models.insight import Insight

WORDS: Mapping[str, str] = {  # displays that not all rows can take
    **{display: words for display, (_, _, words) in MARKS.items()},
    "ActionsPie": "pie chart",
    "ActionsDonut": "donut chart",
    "TwoDimensionalHeatmap": "heat map",
    "CalendarHeatmap": "heat map",
    "BoxPlot": "box plot",
}
TABLES = frozenset({"", "ActionsTable"})


class _Answer(Struct, frozen=True, gc=False, kw_only=True):
    """An answer with its settings, as all displays need it."""

    fields: tuple[Field, ...]
    rows: list[list[Any]]
    settings: dict[str, Any]
    table: Table
    axes: Axes
    first: str = ""  # the first cell, written


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw an SQL insight in the display that it asks for."""
    answer = _answer(insight, question, context)
    if not answer.rows:
        headline = "The query returned no rows."
        body = NoticeBody(state="empty", headline=headline)
        return Drawn(body=body, summary=headline, table=answer.table)
    match question.display:
        case "BoldNumber":
            return _number(answer)
        case "ActionsPie" | "ActionsDonut":
            return _pie(insight, question, context, answer)
        case display if display in MARKS:
            where = zone(insight.timezone or context.timezone)
            drawn = chart(display, answer.axes, answer.rows, answer.settings, where)
            return structs.replace(drawn, table=answer.table) if drawn else _listed(answer, display)
        case "TwoDimensionalHeatmap" | "CalendarHeatmap" | "BoxPlot":
            return _grid(insight, question, context, answer)
        case display if display in TABLES:
            return _table(answer)
        case display:
            return _listed(answer, display)


def _grid(insight: Insight, question: Question, context: Context, answer: _Answer) -> Drawn:
    where = zone(insight.timezone or context.timezone)
    if question.display == "BoxPlot":
        drawn = box_plot(answer.fields, answer.axes, answer.rows, where)
    else:
        drawn = heat_map(answer.fields, answer.rows, answer.settings, where)
    if drawn is None:
        return _listed(answer, question.display)
    return structs.replace(drawn, table=answer.table)


def _answer(insight: Insight, question: Question, context: Context) -> _Answer:
    result = parse(insight.result)
    if not isinstance(result, list):
        raise BadResultError("result: expected a list of rows")
    names, rows = read_rows(result, parse(insight.columns))
    as_sent = question.outer.get("kind") != "DataTableNode"
    fields = read_fields(names, parse(insight.types), rows, as_sent=as_sent)
    settings = as_dict(question.outer.get("chartSettings"))
    shown = with_settings(fields, question.outer)
    where = zone(insight.timezone or context.timezone)
    listed = arranged(shown, question.outer)
    table = table_of(listed, rows, where, more_note(insight, len(rows)))
    table = summed(coloured(table, listed, rows, question.outer), listed, question.outer)
    table = turned(table, question.outer)
    return _Answer(
        fields=shown,
        rows=rows,
        settings=settings,
        table=table,
        first=cell_text(rows[0][0], shown[0], where) if rows and shown else "",
        axes=read_axes(fields, settings),
    )


def with_settings(fields: Sequence[Field], outer: Mapping[str, Any]) -> tuple[Field, ...]:
    """Give the table's columns the labels and formats that the insight sets for them."""
    entries = [
        *as_list(as_dict(outer.get("tableSettings")).get("columns")),
        *as_list(as_dict(outer.get("chartSettings")).get("yAxis")),
    ]
    found = list(fields)
    for entry in map(as_dict, entries):
        field = named_field(found, entry.get("column"))
        if field is None:
            continue
        label = as_text(column_settings(entry, "display").get("label"))
        how = sql_format(column_settings(entry, "formatting")) or field.how
        found[field.index] = structs.replace(field, title=label or field.title, how=how)
    return tuple(found)


def _table(answer: _Answer) -> Drawn:
    columns = "1 column" if len(answer.fields) == 1 else f"{len(answer.fields)} columns"
    summary = f"table, {row_count(len(answer.rows))}, {columns}."
    return Drawn(body=TableBody(), summary=summary, table=answer.table)


def _listed(answer: _Answer, display: str) -> Drawn:
    """Show rows that cannot be drawn as wished, and say so below them."""
    words = WORDS.get(display)
    article = "an" if words and words[0] in "aeiou" else "a"
    why = f"Cannot be drawn as {article} {words}." if words else f"“{display}” is not drawn yet."
    note = " ".join(part for part in (answer.table.note, why) if part)
    return _table(structs.replace(answer, table=structs.replace(answer.table, note=note)))


def _number(answer: _Answer) -> Drawn:
    axis = first_number(answer.fields, answer.settings)
    if axis is not None:
        value = as_number(answer.rows[0][axis.field.index])
        body = number_body(axis.label, value, axis.how)
    else:  # a text, shown as it is
        body = number_body(answer.fields[0].title if answer.fields else "", None, answer.axes.how)
        body = structs.replace(body, text=answer.first or body.text)
    return Drawn(body=body, summary=sentence(body), table=answer.table)


def _pie(insight: Insight, question: Question, context: Context, answer: _Answer) -> Drawn:
    axes = answer.axes
    if not axes.ys or axes.x is None:
        return _listed(answer, question.display)
    axis = axes.ys[0]
    where = zone(insight.timezone or context.timezone)
    values = [as_number(row[axis.field.index]) for row in answer.rows]
    whole = sum(value for value in values if value is not None)
    shares = tuple(
        Share(
            label=cell_text(row[axes.x.index], axes.x, where),
            color=preset(index),
            value=None if value is None else float(value),
            text=number(value, axis.how),
            share_text="" if value is None or whole <= 0 else percent(value / whole, 1),
        )
        for index, (row, value) in enumerate(zip(answer.rows, values, strict=True))
    )
    own = as_dict(answer.settings.get("pie"))  # value and share are shown whatever it says
    shows_total = as_bool(own.get("showTotal", answer.settings.get("showPieTotal")), default=True)
    total = number(whole, axis.how)
    body = PieBody(
        shares=shares,
        total_text=total if shows_total else "",
        donut=question.display == "ActionsDonut",
        labels_on_slices=_names_slices(own),
        format=axis.how,
    )
    summary = f"pie chart, {len(shares)} slices, total {total}."
    return Drawn(body=body, summary=summary, table=answer.table)


def _names_slices(own: Mapping[str, Any]) -> bool:
    """Tell whether slices carry their names, by any of the words that may stand for it."""
    content = as_str(own.get("sliceContent")).lower()
    return any(word in content for word in ("label", "name", "series"))
