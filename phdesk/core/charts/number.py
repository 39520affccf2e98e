"""Draw one big number, with its change from the period before (reference 6.1.3)."""

import math
import re
from collections.abc import Sequence
from typing import Literal

from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import Number, SeriesItem
from phdesk.core.charts.series import Line, axis_format, current, read_lines
from phdesk.core.charts.spec import NumberBody
from phdesk.core.charts.totals import totals_table
from phdesk.core.dates import UNITS
from phdesk.core.formatting import Format, number, percent
from phdesk.core.jsonvalue import as_dict, as_text
from phdesk.core.question import Question

Direction = Literal["up", "down", "flat", ""]
NOTHING_BEFORE = "No data for comparison"


def view(items: Sequence[SeriesItem], question: Question, context: Context) -> Drawn:
    """Draw the first series' total."""
    lines = read_lines(items, question, context)
    how = axis_format(question.filter, context)
    now, before = pair(lines)
    body = number_body(now.label, now.total, how)
    if before is not None:
        body = compared(body, now.total, before.total, since(question))
    return Drawn(body=body, summary=sentence(body), table=totals_table(lines, question, how))


def number_body(caption: str, value: Number, how: Format) -> NumberBody:
    """Show a number without anything to compare it with."""
    return NumberBody(
        text=number(value, how), value=None if value is None else float(value), caption=caption
    )


def compared(body: NumberBody, now: Number, before: Number, since: str) -> NumberBody:
    """Add the change from what was before."""
    change = relative_change(now, before)
    if change is None:
        return structs.replace(body, comparison=NOTHING_BEFORE)
    if change == 0:
        return structs.replace(body, direction="flat", comparison=f"No change {since}")
    way: Direction = "up" if change > 0 else "down"
    return structs.replace(body, delta_text=percent(abs(change)), direction=way, comparison=since)


def relative_change(now: Number, before: Number) -> float | None:
    """Relate a change to the size of what was before; None when that is nothing."""
    if now is None or not before:
        return None
    change = (now - before) / abs(before)
    return change if math.isfinite(change) else None


def sentence(body: NumberBody) -> str:
    """Say the number and its change."""
    if not body.comparison:
        return f"{body.text}."
    if body.delta_text:
        return f"{body.text}, {body.direction} {body.delta_text} {body.comparison}."
    return f"{body.text}, {body.comparison[:1].lower()}{body.comparison[1:]}."


def pair(lines: Sequence[Line]) -> tuple[Line, Line | None]:
    """Find the number and the one before it: the first of each period."""
    now = next(iter(current(lines)), lines[0])
    before = next((line for line in lines if line.previous and line is not now), None)
    return now, before


def since(question: Question) -> str:
    """Name what a number is compared with."""
    step = as_text(as_dict(question.source.get("compareFilter")).get("compare_to"))
    found = re.fullmatch(r"-(\d+)([a-zA-Z])", step or "")
    if found is None or found[2] not in UNITS:
        return "from previous period"
    unit = UNITS[found[2]]
    return f"from {found[1]} {unit}{'s' if found[1] != '1' else ''} earlier"
