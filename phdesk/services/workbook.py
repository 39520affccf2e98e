"""Workbooks of spreadsheets: a sheet for each tile, after one that says what they are.

Texts are written as texts, whatever they begin with: nothing in the file is a formula or a link.
Columns of dates alone are dates.
Those that would become one when a person edits the cell are marked as texts for that, too. Whole
numbers of more digits than a spreadsheet keeps are texts, so that none is changed.

Rows go to a folder of the moment's as they are written: a million cells, held until the end, would
take as much memory as the app.
"""

import io
import math
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from phdesk.core.cells import would_run
from phdesk.core.charts.spec import Table, Value
from phdesk.core.exporting.dated import Dated, dated, moment
from phdesk.core.exporting.sheet import DataSheet, TileRows

MOST_ROWS, MOST_COLUMNS, LONGEST = 1_048_576, 16_384, 32_767  # of a sheet, of a cell
LONGEST_NAME = 31  # of a sheet, in units of UTF-16, of which some signs take two
EXACT = 10**15  # above which spreadsheets round
BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
ABOUT = "About"
RESERVED = {"history", ABOUT.lower()}
CUT = "Not all rows fit into a sheet."
AT_ONCE = 250  # rows that are written in one step
MOST_OPEN = 100  # sheets: each has a file open, of which some systems give a program 256
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(sheet: DataSheet) -> Generator[int, None, bytes]:
    """Write a workbook in steps; gives how many tiles are done. Raises OSError for want of room."""
    out = io.BytesIO()
    with TemporaryDirectory(prefix="phdesk-", ignore_cleanup_errors=True) as folder:
        rowwise = len(sheet.tiles) < MOST_OPEN
        where = {"constant_memory": True, "tmpdir": folder} if rowwise else {"in_memory": True}
        book = xlsxwriter.Workbook(out, OPTIONS | where)
        try:
            yield from _writing(book, sheet)
        finally:
            _let_go(book)
    return out.getvalue()


def _writing(book: xlsxwriter.Workbook, sheet: DataSheet) -> Iterator[int]:
    book.set_properties({"title": sheet.title, "comments": "Made by phdesk"})
    looks = Looks(book)
    names = sheet_names([one.view.title for one in sheet.tiles])
    _tell(book.add_worksheet(ABOUT), sheet, names, looks)
    for done, (name, tile) in enumerate(zip(names, sheet.tiles, strict=True)):
        for _ in _filling(book.add_worksheet(name), tile.table, looks):
            yield done
    yield len(sheet.tiles)
    try:
        book.close()
    except FileCreateError as why:  # which is no OSError, and holds one
        raise OSError(*getattr(why.args[0], "args", ())) from None


def _let_go(book: xlsxwriter.Workbook) -> None:
    """Close what a workbook holds open when it is given up: it has no way to say so."""
    for page in book.worksheets():
        rows = getattr(page, "row_data_fh", None)
        with suppress(OSError):  # of a full disk, once more
            if rows is not None:
                rows.close()


class Looks:
    """How cells look: heads, and texts that must stay texts."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self.text = book.add_format({"quote_prefix": True})
        self.head_text = book.add_format({"bold": True, "bottom": 1, "quote_prefix": True})

    def of(self, cell: Value, *, head: bool) -> Format | None:
        """Choose the look of a cell."""
        runs = isinstance(cell, str) and would_run(cell)
        if head:
            return self.head_text if runs else self.head
        return self.text if runs else None


def _tell(page: Worksheet, sheet: DataSheet, names: Sequence[str], looks: Looks) -> None:
    for row, line in enumerate(_about(sheet, names)):
        head = row in (0, 3 + len(sheet.facts))
        for column, cell in enumerate(line):
            if isinstance(cell, datetime):
                page.write_datetime(
                    row, column, cell.astimezone(UTC).replace(tzinfo=None), looks.time
                )
            else:
                _put(page, row, column, cell, looks, head=head)
    page.set_column(0, 3, 32)


def _about(sheet: DataSheet, names: Sequence[str]) -> Iterator[Sequence[Value | datetime]]:
    """Say what the sheets are, and what to know of their numbers."""
    yield (sheet.title,)
    for fact in sheet.facts:
        yield (fact,)
    yield (f"Made by phdesk at {sheet.made_at:%Y-%m-%d %H:%M:%S} UTC",)
    yield ()
    yield ("Sheet", "Tile", "Range", "Calculated (UTC)", "What to know")
    for name, tile in zip(names, sheet.tiles, strict=True):
        yield (
            name,
            tile.view.title,
            tile.view.whole_range,
            tile.view.computed_at,
            ". ".join(_notes(tile)),
        )


def _notes(tile: TileRows) -> tuple[str, ...]:
    rows, columns = len(tile.table.rows), len(tile.table.columns)
    return (*tile.notes, CUT) if rows >= MOST_ROWS or columns > MOST_COLUMNS else tile.notes


def _filling(page: Worksheet, table: Table, looks: Looks) -> Iterator[None]:
    """Write a sheet, some rows a step."""
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 28)
    kinds = [_dates(table, at) for at in range(min(len(table.columns), MOST_COLUMNS))]
    for at, (column, kind) in enumerate(zip(table.columns, kinds, strict=False)):
        _put(page, 0, at, f"{column.title}{kind.said if kind else ''}", looks, head=True)
        if kind is not None:
            page.set_column(at, at, 20)
    for row, cells in enumerate(islice(table.rows, MOST_ROWS - 1), start=1):
        for at, cell in enumerate(cells[:MOST_COLUMNS]):
            kind = kinds[at] if at < len(kinds) else None
            if kind is not None and isinstance(cell, str) and (when := moment(cell)) is not None:
                page.write_datetime(row, at, when, looks.time if kind.timed else looks.day)
            else:
                _put(page, row, at, cell, looks)
        if row % AT_ONCE == 0:
            yield
    yield


def _dates(table: Table, at: int) -> Dated | None:
    """Tell whether a column is one of dates."""
    if table.columns[at].numeric:
        return None
    return dated(row[at] for row in table.rows if at < len(row))


def _put(
    page: Worksheet, row: int, column: int, cell: Value, looks: Looks, *, head: bool = False
) -> None:
    """Write a cell as what it is, and never as what it could be taken for."""
    how = looks.of(cell, head=head)
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, how)
    elif isinstance(cell, float) or (isinstance(cell, int) and abs(cell) < EXACT):
        if math.isfinite(cell):
            page.write_number(row, column, cell, how)
    elif cell is not None:
        words = str(cell)
        cut = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        page.write_string(row, column, cut, how)


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Name sheets by titles: short, without signs that are not allowed, each another."""
    taken, names = set(RESERVED), []
    for title in titles:
        plain = BAD_IN_NAMES.sub(" ", title).strip(" '")
        plain = _shortened(plain, LONGEST_NAME).strip(" '") or "Tile"
        name, number = plain, 2
        while name.lower() in taken:
            end = f" {number}"
            name, number = f"{_shortened(plain, LONGEST_NAME - len(end))}{end}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _shortened(text: str, units: int) -> str:
    """Cut a text after so many units of UTF-16, through no sign."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
