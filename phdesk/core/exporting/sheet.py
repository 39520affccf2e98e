"""What is exported of a dashboard as data: its tiles with their rows, and where they are from."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, structs

from phdesk.core.charts.local import UNTOUCHED, Local
from phdesk.core.charts.spec import NoticeBody, Table, TileView
from phdesk.core.exporting.rows import shown_table
from phdesk.core.plain import as_json, csv_parts, notice_detail, written_table


class TileRows(Struct, frozen=True, gc=False, kw_only=True):
    """A tile with the rows that are exported of it, and what to know about them."""

    view: TileView
    table: Table
    hidden: str = ""  # what differs from all rows, such as "2 hidden, zoomed"
    stale: str = ""  # why the numbers are old; empty when they are not
    before: str = ""  # what other filters the numbers are of, while those asked for are awaited

    @property
    def notes(self) -> tuple[str, ...]:
        """Say all that a reader must know of the numbers."""
        body = self.view.body
        why = (body.headline, notice_detail(self.view)) if isinstance(body, NoticeBody) else ()
        stale = f"Stale: {self.stale}" if self.stale else ""
        hidden = f"Shown: {self.hidden}" if self.hidden else ""
        parts = (*why, self.before, self.view.warning, stale, hidden, self.table.note)
        return tuple(part for part in parts if part)


class DataSheet(Struct, frozen=True, gc=False, kw_only=True):
    """Tiles in reading order, under the dashboard that they are of."""

    title: str
    facts: tuple[str, ...] = ()  # project, filters
    made_at: datetime
    tiles: tuple[TileRows, ...]


def rows_of(
    view: TileView, local: Local = UNTOUCHED, *, stale: str = "", before: str = ""
) -> TileRows:
    """Take the rows of a tile as it is on screen."""
    table, hidden = shown_table(view, local)
    whole = table if hidden else written_table(view)
    return TileRows(view=view, table=whole, hidden=hidden, stale=stale, before=before)


def csv_of(one: TileRows) -> Iterator[tuple[int, str]]:
    """Write the rows of a tile with raw values; what a spreadsheet would run is disarmed.

    Part by part, each with how many tiles were done before it, as below.
    """
    return ((0, part) for part in csv_parts(structs.replace(one.view, table=one.table)))


def json_of(sheet: DataSheet) -> Iterator[tuple[int, str]]:
    """Write all tiles with raw values."""
    told = {
        "dashboard": sheet.title,
        "facts": list(sheet.facts),
        "made_at": sheet.made_at.isoformat(),
    }
    yield 0, _written(told).removesuffix("\n}") + ',\n "tiles": ['
    for done, one in enumerate(sheet.tiles):
        lines = _written(tile_json(one)).replace("\n", "\n  ")  # no value has a bare line end
        yield done, f"{',' if done else ''}\n  {lines}"
    yield len(sheet.tiles), "\n ]\n}\n" if sheet.tiles else "]\n}\n"


def _written(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def tile_json(one: TileRows) -> dict[str, Any]:
    """Give a tile as plain values: its rows as shown, and what to know about them."""
    view = one.view
    when = view.computed_at
    return {
        **as_json(structs.replace(view, table=one.table)),
        "range": view.whole_range,
        "calculated_at": when.isoformat() if when is not None else None,
        "notes": list(one.notes),
    }
