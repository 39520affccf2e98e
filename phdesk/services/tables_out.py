"""Writes the rows of tiles as files are made of them, in steps, for a thread beside the window."""

from collections.abc import Callable, Generator
from importlib import import_module
from typing import Literal, cast

from phdesk.core.exporting.sheet import DataSheet, csv_of, json_of

TableFormat = Literal["xlsx", "csv", "json"]
Writing = Generator[int, None, bytes]  # gives how many tiles are done


def table_bytes(form: TableFormat, taken: Callable[[], DataSheet]) -> Writing:
    """Take the rows, and give the bytes of a file; CSV has those of one tile."""
    sheet = taken()
    yield 0
    if form == "xlsx":
        made = import_module("phdesk.services.workbook")  # its library is not needed before
        return (yield from cast("Writing", made.workbook(sheet)))
    parts = []
    for done, part in json_of(sheet) if form == "json" else csv_of(sheet.tiles[0]):
        parts.append(part.encode())
        yield done
    return b"".join(parts)
