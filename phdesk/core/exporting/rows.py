"""The rows behind a chart as a person left it: no hidden parts, no buckets beside the zoom.

A table is cut only where it is sure which of its rows and columns belong to what is hidden: by the
values themselves for series, by number and order for shares and groups. Sums of all buckets go with
a zoom, since they are of more than is shown. Where it is not sure the table stays whole, and says
so.
"""

from collections.abc import Collection, Sequence
from typing import TypeVar

from msgspec import structs

from phdesk.core.charts.local import Local, described, hidden_numbers, span
from phdesk.core.charts.parts import FIELDS, is_parted
from phdesk.core.charts.shapes import SlopeBody
from phdesk.core.charts.spec import (
    Body,
    FunnelBody,
    PieBody,
    ProportionBody,
    Table,
    TileView,
    XYBody,
)

T = TypeVar("T")
WHOLE = "all rows: what is hidden on the chart is in them"


def shown_table(view: TileView, local: Local) -> tuple[Table, str]:
    """Give the rows that are shown, and what differs from all of them, in words."""
    words = described(view.body, local)
    if not words:
        return view.table, ""
    body, table = view.body, view.table
    if not is_parted(body) or not _matches(body, table):
        return table, WHOLE
    gone = hidden_numbers(body, local)
    kept = _without_rows(table, _rows_of(body, table, gone))
    ends = span(body, local)
    if ends is not None and isinstance(body, XYBody):
        kept = _cut(kept, len(body.x_labels), *ends)
    return kept, words


def _matches(body: Body, table: Table) -> bool:
    """Tell whether it is sure which row belongs to which part."""
    match body:
        case XYBody():
            return _same_values(body, table)
        case PieBody() | ProportionBody():
            return len(table.rows) == len(body.shares) and all(
                row[-1] == share.value for row, share in zip(table.rows, body.shares, strict=True)
            )
        case FunnelBody():
            return len(table.rows) == len(body.groups) * len(body.steps)
        case SlopeBody():
            return len(table.rows) == len(body.slopes)
    return False


def _same_values(body: XYBody, table: Table) -> bool:
    count = len(body.x_labels)
    return (
        len(table.rows) == len(body.series)
        and len(table.columns) > count > 0
        and all(
            tuple(row[-count:]) == tuple(line.values)
            for row, line in zip(table.rows, body.series, strict=True)
        )
    )


def _rows_of(body: Body, table: Table, gone: Collection[int]) -> frozenset[int]:
    """Find the rows of some parts by number: of a funnel each group has one a step."""
    parts = len(getattr(body, FIELDS[type(body)]))
    each = max(len(table.rows) // max(parts, 1), 1)
    return frozenset(row for row in range(len(table.rows)) if row // each in gone)


def _without_rows(table: Table, gone: Collection[int]) -> Table:
    return structs.replace(
        table,
        rows=tuple(row for i, row in enumerate(table.rows) if i not in gone),
        texts=tuple(row for i, row in enumerate(table.texts) if i not in gone),
        colors=tuple(row for i, row in enumerate(table.colors) if i not in gone),
    )


def _cut(table: Table, count: int, first: int, last: int) -> Table:
    """Keep the names of rows and the buckets from first to last."""
    lead = len(table.columns) - count
    kept = [i for i in range(lead) if not table.columns[i].numeric]
    kept += range(lead + first, lead + last + 1)
    return structs.replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(_picked(row, kept) for row in table.rows),
        texts=tuple(_picked(row, kept) for row in table.texts),
        colors=tuple(_picked(row, kept) for row in table.colors),
    )


def _picked(row: Sequence[T], kept: Sequence[int]) -> tuple[T, ...]:
    return tuple(row[i] for i in kept)
