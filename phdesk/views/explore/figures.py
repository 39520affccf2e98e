"""Figures of the focus view: snapping, readings, regions, sorted and written tables. No Qt."""

import math
from collections.abc import Iterable, Sequence
from typing import TypeGuard

from msgspec import Struct

from phdesk.core.cells import safe_cell
from phdesk.core.charts.spec import Table, Value, XYBody, XYSeries
from phdesk.core.formatting import DASH, number, percent

MOST_READINGS = 10  # rows of the box beside the crosshair
STACKED = "A stacked chart has no log axis."
NOT_POSITIVE = "A log axis needs all values above zero."


class Reading(Struct, frozen=True, gc=False):
    """What a series says in one bucket."""

    label: str
    color: str
    value: float | None
    text: str
    previous: bool = False


class Span(Struct, frozen=True, gc=False, kw_only=True):
    """What a series says over a range of buckets; None where there is nothing to count."""

    total: float | None = None
    average: float | None = None  # of the buckets that have a value
    change: float | None = None  # first to last value, as a ratio of the first


def nearest_bucket(position: float, count: int) -> int | None:
    """Snap a position on the x axis to a bucket; None without buckets."""
    if count <= 0 or not math.isfinite(position):
        return None
    return min(max(math.floor(position + 0.5), 0), count - 1)


def buckets_between(low: float, high: float, count: int) -> tuple[int, int] | None:
    """Give first and last bucket whose middle lies in a range; None when there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    first, last = max(math.ceil(min(low, high)), 0), min(math.floor(max(low, high)), count - 1)
    return (first, last) if first <= last else None


def readings(body: XYBody, bucket: int) -> list[Reading]:
    """Read the visible series in a bucket, the largest first, what has no value last."""
    found = [_reading(body, one, bucket) for one in body.series if not one.hidden]
    return sorted(found, key=lambda one: (one.value is None, -(one.value or 0.0)))


def reading_lines(body: XYBody, bucket: int, most: int = MOST_READINGS) -> list[str]:
    """Write the readings of a bucket: its title, a line a series, and how many more there are."""
    found = readings(body, bucket)
    lines = [f"{one.label}: {one.text}" for one in found[:most]]
    more = [f"+{len(found) - most} more"] if len(found) > most else []
    return [title_of(body, bucket), *lines, *more]


def title_of(body: XYBody, bucket: int) -> str:
    """Name a bucket in full, and say when it is still being counted."""
    titles = body.x_titles if bucket < len(body.x_titles) else body.x_labels
    title = titles[bucket] if 0 <= bucket < len(titles) else ""
    starts = [one.dashed_from for one in body.series if one.dashed_from is not None]
    return f"{title} (incomplete)" if starts and bucket >= min(starts) else title


def label_of(series: XYSeries) -> str:
    """Name a series; one of the period before says so."""
    return f"{series.label} (previous)" if series.previous else series.label


def value_text(body: XYBody, series: XYSeries, value: float | None) -> str:
    """Write a value as the axis of its series asks for."""
    return number(value, body.right_format if series.right_axis else body.format)


def span_of(values: Sequence[float | None], first: int, last: int) -> Span:
    """Count a series from bucket `first` to bucket `last`, both included."""
    known = [value for value in values[max(first, 0) : last + 1] if _is_number(value)]
    if not known:
        return Span()
    total = sum(known)
    change = known[-1] / known[0] - 1 if known[0] > 0 and len(known) > 1 else None
    if change is not None and not math.isfinite(change):
        change = None  # from next to nothing: no ratio can be written
    return Span(total=total, average=total / len(known), change=change)


def span_texts(body: XYBody, series: XYSeries, first: int, last: int) -> tuple[str, str, str]:
    """Write sum, average and change of a series over a range of buckets."""
    span = span_of(series.values, first, last)
    change = DASH if span.change is None else f"{'+' * (span.change > 0)}{percent(span.change, 1)}"
    return (
        value_text(body, series, span.total),
        value_text(body, series, span.average),
        change,
    )


def log_problem(body: XYBody) -> str:
    """Say why a chart cannot have a log axis; empty when it can."""
    drawn = [one for one in body.series if not one.hidden]
    piled = body.stacked and any(one.mark != "line" for one in drawn)
    if piled or body.percent:
        return STACKED
    values = [value for one in drawn for value in one.values if _is_number(value)]
    return "" if values and min(values) > 0 else NOT_POSITIVE


def solid_count(series: XYSeries) -> int:
    """Count the buckets before those that are still being counted."""
    count = len(series.values)
    if series.dashed_from is None or series.previous:
        return count
    return min(max(series.dashed_from, 0), count)


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


def _reading(body: XYBody, series: XYSeries, bucket: int) -> Reading:
    value = series.values[bucket] if 0 <= bucket < len(series.values) else None
    if not _is_number(value):
        value = None
    text = value_text(body, series, value)
    return Reading(label_of(series), series.color, value, text, series.previous)


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
