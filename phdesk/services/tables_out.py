"""Writes the rows of tiles into files, in the worker."""

import os
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from phdesk.core.exporting.sheet import DataSheet, sheet_csv, sheet_json
from phdesk.services.files import write_whole

TableFormat = Literal["xlsx", "csv", "json"]


async def save(path: Path, form: TableFormat, sheet: DataSheet) -> str | None:
    """Write a file whole or not at all, and say what went wrong."""
    return write_whole(Path(os.path.realpath(path)), written(form, sheet))  # a link stays one


def written(form: TableFormat, sheet: DataSheet) -> bytes:
    """Give the bytes of a file; CSV has the rows of one tile."""
    match form:
        case "xlsx":
            made = import_module("phdesk.services.workbook")  # its library is not needed before
            return cast("bytes", made.workbook(sheet))
        case "csv":
            return sheet_csv(sheet.tiles[0]).encode()
        case "json":
            return sheet_json(sheet).encode()
