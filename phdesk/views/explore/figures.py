"""Figures of the focus view: snapping, readings, sorted and written tables. No Qt."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from msgspec import Struct

from phdesk.core.cells import safe_cell
from phdesk.core.charts.compared import change_text, label_of
from phdesk.core.charts.spec import Table, Value, XYBody, XYSeries
from phdesk.core.formatting import grouped, number
from phdesk.core.smoothing import NO_AVERAGES, Averages, values_of
from phdesk.views.charts.curves import format_of

MOST_READINGS = 10  # rows of the box beside the crosshair
STACKED = "A stacked chart has no log axis."
NOT_POSITIVE = "A log axis needs values above zero."


class Reading(Struct, frozen=True, gc=False):
    """What a series says in one bucket."""

    number: int  # of the series
    label: str
    color: str
    value: float | None
    text: str
    change: str = ""  # against the period before, such as "+12.5%"
    average: str = ""  # its moving average there, if it is smoothed
    previous: bool = False


def nearest_bucket(position: float, count: int) -> int | None:
    """Snap a position on the x axis to a bucket; None without buckets."""
    if count <= 0 or not math.isfinite(position):
        return None
    return min(max(math.floor(position + 0.5), 0), count - 1)


def readings(body: XYBody, bucket: int, averages: Averages = NO_AVERAGES) -> list[Reading]:
    """Read the visible series in a bucket, the largest first, what has no value last."""
    found = [
        _reading(body, number, bucket, averages)
        for number, one in enumerate(body.series)
        if not one.hidden
    ]
    return sorted(found, key=lambda one: (one.value is None, -(one.value or 0.0)))


def reading_lines(
    body: XYBody, bucket: int, averages: Averages = NO_AVERAGES, most: int = MOST_READINGS
) -> list[str]:
    """Write a bucket: its title and notes, a line a series, and how many more there are."""
    found = readings(body, bucket, averages)
    lines = [_spoken(one, averages) for one in found[:most]]
    more = [f"+{len(found) - most} more"] if len(found) > most else []
    return [title_of(body, bucket), *notes_at(body, bucket), *lines, *more]


def notes_at(body: XYBody, bucket: int) -> tuple[str, ...]:
    """Give the annotations of a bucket."""
    return tuple(text for mark in body.marks if mark.at == bucket for text in mark.texts)


def title_of(body: XYBody, bucket: int) -> str:
    """Name a bucket in full, and say when it is still being counted."""
    titles = body.x_titles if bucket < len(body.x_titles) else body.x_labels
    title = titles[bucket] if 0 <= bucket < len(titles) else ""
    starts = [one.dashed_from for one in body.series if one.dashed_from is not None]
    return f"{title} (incomplete)" if starts and bucket >= min(starts) else title


def value_text(body: XYBody, series: XYSeries, value: float | None) -> str:
    """Write a value as the axis of its series asks for."""
    return number(value, format_of(body, series))


def average_text(body: XYBody, index: int, bucket: int, averages: Averages) -> str:
    """Write the moving average of a series in a bucket; empty when it has none at all."""
    values = values_of(averages, index)
    known = values[bucket] if 0 <= bucket < len(values) else None
    return value_text(body, body.series[index], known) if values else ""


def log_problem(body: XYBody) -> str:
    """Say why a chart cannot have a log axis; empty when it can."""
    drawn = [one for one in body.series if not one.hidden]
    piled = body.stacked and any(one.mark != "line" for one in drawn)
    if piled or body.percent:
        return STACKED
    return "" if any(value > 0 for value in _drawn_values(body)) else NOT_POSITIVE


def log_note(body: XYBody) -> str:
    """Say how many values a log axis leaves out; empty when it leaves out none."""
    count = sum(value <= 0 for value in _drawn_values(body))
    if not count:
        return ""
    return f"{grouped(count)} {'value' if count == 1 else 'values'} of zero or less left out"


def lonely(values: Sequence[float | None]) -> list[int]:
    """Find the values without a neighbour, which a line alone would not show."""
    gaps = [True, *(value is None for value in values), True]
    return [i for i in range(len(values)) if not gaps[i + 1] and gaps[i] and gaps[i + 2]]


def matching_rows(table: Table, sought: str) -> list[int]:
    """Find the rows whose cells hold all words that are sought."""
    wanted = sought.casefold().split()
    if not wanted:
        return list(range(len(table.texts)))
    lines = enumerate("\t".join(row).casefold() for row in table.texts)
    return [row for row, line in lines if all(word in line for word in wanted)]


def sorted_rows(
    table: Table, rows: Iterable[int], column: int, *, descending: bool = False
) -> list[int]:
    """Sort rows by the raw values of a column, numbers before texts, and no value always last."""
    keyed = [(_sort_key(_cell(table, row, column)), row) for row in rows]
    known = [one for one in keyed if one[0] is not None]
    ordered = sorted(known, key=lambda one: one[0] or (0, 0.0, ""), reverse=descending)
    return [row for _, row in (*ordered, *(one for one in keyed if one[0] is None))]


def tsv(table: Table, rows: Sequence[int], columns: Sequence[int], *, header: bool = True) -> str:
    """Write cells as the screen shows them, tabs between; text that would run is disarmed."""
    head = [[_tsv_cell(table.columns[column].title) for column in columns]] if header else []
    body = [[_shown(table, row, column) for column in columns] for row in rows]
    return "\n".join("\t".join(line) for line in (*head, *body))


def _reading(body: XYBody, index: int, bucket: int, averages: Averages) -> Reading:
    series = body.series[index]
    value = series.values[bucket] if 0 <= bucket < len(series.values) else None
    if not _is_number(value):
        value = None
    text = value_text(body, series, value)
    change = change_text(body, index, bucket)
    average = average_text(body, index, bucket, averages)
    return Reading(
        index, label_of(series), series.color, value, text, change, average, series.previous
    )


def _spoken(one: Reading, averages: Averages) -> str:
    more = f" ({averages.label} {one.average})" if one.average else ""
    change = f" {one.change}" if one.change else ""
    return f"{one.label}: {one.text}{change}{more}"


def _drawn_values(body: XYBody) -> Iterator[float]:
    drawn = (one for one in body.series if not one.hidden)
    return (value for one in drawn for value in one.values if _is_number(value))


def _is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _cell(table: Table, row: int, column: int) -> Value:
    cells = table.rows[row]
    return cells[column] if column < len(cells) else None


def _sort_key(value: Value) -> tuple[int, float, str] | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return 1, 0.0, value.casefold()
    return 0, value, ""


def _shown(table: Table, row: int, column: int) -> str:
    text = table.texts[row][column] if column < len(table.texts[row]) else ""
    is_text = isinstance(_cell(table, row, column), str)
    return _tsv_cell(text) if is_text else _one_line(text)


def _tsv_cell(text: str) -> str:
    return _one_line(str(safe_cell(text)))


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
