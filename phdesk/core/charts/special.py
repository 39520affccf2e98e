"""Show heat maps and box plots that cannot be drawn as tables (reference 6.1.8-9)."""

from typing import Any

from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.fallback import row_count, rows_table
from phdesk.core.charts.series import axis_format
from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody
from phdesk.core.dates import DAYS
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, parse
from phdesk.core.question import Question
from phdesk.models.insight import Insight

WORDS = {
    "BoxPlot": "box plot",
    "CalendarHeatmap": "heat map of the week",
    "TwoDimensionalHeatmap": "heat map",
}


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Show what came as a table, and say what it would be."""
    result = parse(insight.result)
    how = axis_format(question.filter, context)
    cells = _cells(result)
    table = _week(cells, how) if cells else rows_table(_boxes(result), ())
    if not table.rows:
        headline = "No events in this range."
        return Drawn(body=NoticeBody(state="empty", headline=headline), summary=headline)
    kind = WORDS.get(question.display, "heat map of the week" if cells else question.display)
    summary = f"{kind or 'values'}, shown as a table of {row_count(len(table.rows))}."
    table = structs.replace(table, note=f"Cannot be drawn as a {kind or 'chart'}.")
    return Drawn(body=TableBody(), summary=summary, table=table)


def _cells(result: object) -> list[dict[str, Any]]:
    """Find the cells of a heat map, inside a series or bare."""
    items = [result] if isinstance(result, dict) else as_list(result)
    for item in map(as_dict, items):
        heat = as_dict(item.get("calendar_heatmap_data")) or item
        cells = [as_dict(cell) for cell in as_list(heat.get("data"))]
        if cells and all("row" in cell and "column" in cell for cell in cells):
            return cells
    return []


def _boxes(result: object) -> object:
    """Leave out a heat map that has no cells."""
    return [
        item for item in as_list(result) if not as_dict(as_dict(item).get("calendar_heatmap_data"))
    ]


def _week(cells: list[dict[str, Any]], how: Format) -> Table:
    words = [(weekday(cell.get("row")), hour(cell.get("column"))) for cell in cells]
    values = [as_number(cell.get("value")) for cell in cells]
    return Table(
        columns=(Column("Weekday"), Column("Hour"), Column("Value", numeric=True)),
        rows=tuple((*pair, value) for pair, value in zip(words, values, strict=True)),
        texts=tuple((*pair, number(v, how)) for pair, v in zip(words, values, strict=True)),
    )


def weekday(row: object) -> str:
    """Name a row: 1 is Monday, 7 is Sunday."""
    day = as_int(row, 0) or 0
    return DAYS[day - 1] if 1 <= day <= len(DAYS) else as_str(row)


def hour(column: object) -> str:
    """Name a column: hours 0 to 23."""
    start = as_int(column)
    return f"{start:02}:00" if start is not None and 0 <= start < 24 else as_str(column)
