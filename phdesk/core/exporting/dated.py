"""Columns of dates and times, as PostHog writes them, for files that know dates.

A column is one of dates only when all that stands in it is one, of one zone: spreadsheets have no
zones, so the heading says which. Everything else stays the text that it is.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from phdesk.core.charts.spec import Value

# Such as 2026-11-30, 2026-11-30T16:32:12.051000Z, 2026-11-30 16:32:12+01:00.
WRITTEN = re.compile(
    r"\d{4}-\d\d-\d\d(?P<time>[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?P<zone>Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
FIRST_YEAR = 1901  # spreadsheets reckon from 1900, which they take for a leap year


class Dated(Struct, frozen=True, gc=False):
    """What a column of dates has in common."""

    timed: bool
    zone: str = ""  # "", "Z" or "+01:00"

    @property
    def said(self) -> str:
        """Say the zone for a heading."""
        return {"": "", "Z": " (UTC)"}.get(self.zone, f" ({self.zone})")


def dated(cells: Iterable[Value]) -> Dated | None:
    """Tell whether cells are dates all, but for empty ones, and of which kind."""
    kind: Dated | None = None
    for cell in cells:
        if cell is None or cell == "":
            continue
        found = _kind(cell)
        if found is None or (kind is not None and found != kind):
            return None
        kind = found
    return kind


def _kind(cell: Value) -> Dated | None:
    match = WRITTEN.fullmatch(cell) if isinstance(cell, str) else None
    if match is None or moment(match[0]) is None:
        return None
    return Dated(match["time"] is not None, (match["zone"] or "").replace("+00:00", "Z"))


def moment(text: str) -> datetime | None:
    """Read a date or time as its clock said it, without the zone; None where there is no such."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None
