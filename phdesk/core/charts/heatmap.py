"""Draw heat maps of the week: days by hours (reference 6.1.8)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.charts import special
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import Number
from phdesk.core.charts.series import axis_format
from phdesk.core.charts.shapes import HeatCell, HeatmapBody, HeatRow
from phdesk.core.charts.spec import Column, NoticeBody, Table, Value
from phdesk.core.dates import DAYS
from phdesk.core.formatting import Format, compact, number
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, parse
from phdesk.core.question import Question
from phdesk.models.insight import Insight

HOURS = 24
ALL_DAYS, ALL_HOURS = "All days", "All hours"
Places = Mapping[tuple[int, int], float]


class _Week(Struct, frozen=True, gc=False, kw_only=True):
    """A week of values as sent: cells, and the totals that are not always their sums."""

    cells: list[dict[str, Any]]
    by_day: dict[int, Number] | None
    by_hour: dict[int, Number] | None
    whole: Number


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw days as rows, in the project's order, and hours as columns."""
    week = _read(parse(insight.result))
    how = axis_format(question.filter, context)
    places = _places(week)
    if week.cells and not places:
        return special.view(insight, question, context)
    if not places:
        headline = "No events in this range."
        return Drawn(body=NoticeBody(state="empty", headline=headline), summary=headline)
    return Drawn(
        body=_body(week, places, how, context.week_start_day),
        summary=_sentence(week, places, how),
        table=_table(week, how),
    )


def cell_of(value: Number, least: float, most: float, how: Format) -> HeatCell:
    """Make a cell whose strength is its place between the least and the largest value."""
    if value is None:
        return HeatCell("", known=False)
    span = most - least
    strength = (value - least) / span if span > 0 else float(value > 0)
    return HeatCell(number(value, how), min(max(strength, 0.0), 1.0), short=compact(value, how))


def _read(result: object) -> _Week:
    for item in map(as_dict, [result] if isinstance(result, dict) else as_list(result)):
        heat = as_dict(item.get("calendar_heatmap_data")) or item
        cells = [as_dict(cell) for cell in as_list(heat.get("data"))]
        if cells and all("row" in cell and "column" in cell for cell in cells):
            return _Week(
                cells=cells,
                by_day=_totals(heat.get("rowAggregations"), "row"),
                by_hour=_totals(heat.get("columnAggregations"), "column"),
                whole=as_number(heat.get("allAggregations")),
            )
    return _Week(cells=[], by_day=None, by_hour=None, whole=None)


def _totals(sent: object, key: str) -> dict[int, Number] | None:
    """Read totals by row or column; None when none were sent."""
    found: dict[int, Number] = {}
    for entry in map(as_dict, as_list(sent)):
        place = as_int(entry.get(key))
        if place is not None:
            found[place] = as_number(entry.get("value"))
    return found or None


def _places(week: _Week) -> Places:
    """Give the values of the cells that have a place: days 1 to 7, hours 0 to 23."""
    found: dict[tuple[int, int], float] = {}
    for cell in week.cells:
        day, hour = as_int(cell.get("row")), as_int(cell.get("column"))
        value = as_number(cell.get("value"))
        if day in range(1, 8) and hour in range(HOURS) and value is not None:
            found[day or 0, hour or 0] = value
    return found


def _body(week: _Week, places: Places, how: Format, week_start: int) -> HeatmapBody:
    least, most = min(0.0, *places.values()), max(places.values())
    order = [(day + week_start + 5) % 7 + 1 for day in range(1, 8)]  # 1 is Monday
    by_day, by_hour = week.by_day, week.by_hour
    return HeatmapBody(
        columns=tuple(f"{hour:02}:00" for hour in range(HOURS)),
        rows=tuple(
            HeatRow(
                label=DAYS[day - 1],
                cells=tuple(
                    cell_of(places.get((day, hour), 0), least, most, how) for hour in range(HOURS)
                ),
                total_text="" if by_day is None else number(by_day.get(day) or 0, how),
            )
            for day in order
        ),
        column_totals=()
        if by_hour is None
        else tuple(number(by_hour.get(hour) or 0, how) for hour in range(HOURS)),
        total_text="" if week.whole is None else number(week.whole, how),
        low_text=compact(least, how),
        high_text=compact(most, how),
    )


def _table(week: _Week, how: Format) -> Table:
    """List the cells and totals that were sent."""
    words: list[tuple[str, str]] = [
        (special.weekday(cell.get("row")), special.hour(cell.get("column"))) for cell in week.cells
    ]
    values: list[Number] = [as_number(cell.get("value")) for cell in week.cells]
    for day, value in (week.by_day or {}).items():
        words.append((special.weekday(day), ALL_HOURS))
        values.append(value)
    for hour, value in (week.by_hour or {}).items():
        words.append((ALL_DAYS, special.hour(hour)))
        values.append(value)
    if week.whole is not None:
        words.append((ALL_DAYS, ALL_HOURS))
        values.append(week.whole)
    return value_table(("Weekday", "Hour", "Value"), words, values, how)


def value_table(
    titles: Sequence[str], words: Sequence[tuple[str, ...]], values: Sequence[Number], how: Format
) -> Table:
    """List values by their words; the last title is that of the values."""
    rows: list[tuple[Value, ...]] = [(*w, v) for w, v in zip(words, values, strict=True)]
    return Table(
        columns=(*map(Column, titles[:-1]), Column(titles[-1], numeric=True)),
        rows=tuple(rows),
        texts=tuple((*w, number(v, how)) for w, v in zip(words, values, strict=True)),
    )


def _sentence(week: _Week, places: Places, how: Format) -> str:
    (day, hour), most = max(places.items(), key=lambda entry: entry[1])
    parts = ["heat map of the week"]
    if most > 0:
        busiest = f"{DAYS[day - 1]} at {hour:02}:00"
        parts.append(f"most on {busiest} with {number(most, how)}")
    if week.whole is not None:
        parts.append(f"total {number(week.whole, how)}")
    return f"{', '.join(parts)}."
