"""Tiles as text, JSON and CSV: the same view-model that the screen shows, without a screen."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from phdesk.core.cells import one_line, safe_cell
from phdesk.core.charts.spec import Column, MarkdownBody, NoticeBody, Table, TileView
from phdesk.core.dates import short_month

WIDE = 110  # characters: a table wider than this is turned on its side when that helps
LONGEST_CELL = 80
AT_ONCE = 500  # rows of a part


def as_text(view: TileView) -> str:
    """Write a tile as title, context, sentence and table, or the words of a text card."""
    context = " · ".join(part for part in (view.kind_label, view.whole_range, _age(view)) if part)
    head = [view.title, context, view.warning, view.description, view.summary, notice_detail(view)]
    parts = ["\n".join(one_line(line) for line in head if line)]
    if isinstance(view.body, MarkdownBody):
        words = view.body.source.expandtabs(4).strip("\r\n").splitlines()
        parts.append("\n".join(one_line(line).rstrip() for line in words))
    elif view.table.columns:
        parts.append(table_text(view.table))
    return "\n\n".join(part for part in parts if part)


def as_json(view: TileView) -> dict[str, Any]:
    """Give a tile as plain values: numbers raw, not formatted."""
    table = written_table(view)
    return {
        "title": view.title,
        "kind": view.kind,
        "display": view.display,
        "summary": f"{view.summary} {notice_detail(view)}".rstrip(),
        "columns": [column.title for column in table.columns],
        "rows": [list(row) for row in table.rows],
    }


def as_csv(view: TileView) -> str:
    """Write a tile's table with raw values; text that a spreadsheet would run is disarmed."""
    return "".join(csv_parts(view))


def csv_parts(view: TileView) -> Iterator[str]:
    """Write the same part by part, some rows each."""
    table = written_table(view)
    if not table.columns:
        return
    yield _csv_lines([[column.title for column in table.columns]])
    rows = iter(table.rows)
    while part := list(islice(rows, AT_ONCE)):
        yield _csv_lines(part)


def _csv_lines(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _csv_cell(cell: object) -> object:
    """Disarm a cell; a bare return, which is not quoted, would begin a row in the middle of it."""
    safe = safe_cell(cell)
    return safe.replace("\r\n", "\n").replace("\r", "\n") if isinstance(safe, str) else safe


def notice_detail(view: TileView) -> str:
    """Give the words below a notice, such as why a calculation failed, if they say more."""
    body = view.body
    if not isinstance(body, NoticeBody):
        return ""
    detail = " ".join(body.detail.split())
    return "" if detail in {view.kind, view.display, body.headline} else detail


def written_table(view: TileView) -> Table:
    """Give the table to write; a text card is one cell."""
    if isinstance(view.body, MarkdownBody) and view.body.source.strip():
        words = view.body.source
        return Table((Column("Text"),), ((words,),), ((words,),))
    return view.table


def table_text(table: Table) -> str:
    """Align a table's cells; a table of many columns and few rows is turned on its side."""
    header = [column.title for column in table.columns]
    lines = [header, *(list(row) for row in table.texts)]
    right = [column.numeric for column in table.columns]
    if _width(lines) > WIDE and len(header) > len(lines):
        lines = [list(line) for line in zip(*lines, strict=True)]
        right = [False] + [True] * (len(lines[0]) - 1)
    text = "\n".join(_aligned(lines, right))
    return f"{text}\n{table.note}" if table.note else text


def _aligned(lines: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterable[str]:
    cells = [[_short(cell) for cell in line] for line in lines]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    for number, line in enumerate(cells):
        padded = map(_padded, line, widths, right)
        yield "  ".join(padded).rstrip()
        if number == 0:
            yield "  ".join("─" * width for width in widths)


def _padded(cell: str, width: int, right: bool) -> str:  # noqa: FBT001  one call, by map
    gap = " " * (width - display_width(cell))
    return gap + cell if right else cell + gap


def _width(lines: Sequence[Sequence[str]]) -> int:
    widths = [
        max(display_width(_short(cell)) for cell in column) for column in zip(*lines, strict=True)
    ]
    return sum(widths) + 2 * len(widths)


def display_width(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _short(cell: str) -> str:
    cell = one_line(cell)
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"


def _age(view: TileView) -> str:
    if view.computed_at is None:
        return ""
    when = view.computed_at
    return f"calculated {when.day} {short_month(when)} {when:%Y, %H:%M} UTC"
