"""Draw a slope chart: each series as a line from its first to its last bucket (6.1.1)."""

from collections.abc import Sequence

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.number import relative_change
from phdesk.core.charts.results import SeriesItem
from phdesk.core.charts.series import Line, axis_format, current
from phdesk.core.charts.shapes import Slope, SlopeBody
from phdesk.core.charts.spec import Table, TableBody
from phdesk.core.dates import heading
from phdesk.core.formatting import Format, number, percent
from phdesk.core.jsonvalue import as_bool
from phdesk.core.question import Question

FEWEST = 2  # points of a line; what has one is only listed


def view(
    lines: Sequence[Line],
    items: Sequence[SeriesItem],
    question: Question,
    context: Context,
    table: Table,
) -> Drawn:
    """Draw the series that have two ends, and list all of them."""
    how = axis_format(question.filter, context)
    drawn = [line for line in current(lines) if len(line.data) >= FEWEST]
    if not drawn:
        summary = "slope chart, shown as a table because no series has two points."
        return Drawn(body=TableBody(), summary=summary, table=table)
    days = max((line.days for line in drawn), key=len)
    body = SlopeBody(
        slopes=tuple(
            _slope(line, how, dashed=as_bool(items[line.position].incomplete_end)) for line in drawn
        ),
        start_title=heading(days[0], question.interval),
        end_title=heading(days[-1], question.interval),
    )
    return Drawn(body=body, summary=_sentence(body), table=table)


def _slope(line: Line, how: Format, *, dashed: bool) -> Slope:
    start, end = (float(line.data[place] or 0) for place in (0, -1))  # missing is drawn as 0
    change = relative_change(end, start)
    sign = "+" if change and change > 0 else ""
    return Slope(
        label=line.label,
        color=line.color,
        start=start,
        end=end,
        start_text=number(line.data[0] or 0, how),
        end_text=number(line.data[-1] or 0, how),
        change_text="" if change is None else f"{sign}{percent(change, 1)}",
        dashed=dashed,
        hidden=line.hidden,
    )


def _sentence(body: SlopeBody) -> str:
    shown = [slope for slope in body.slopes if not slope.hidden]
    parts = ["slope chart", f"{len(shown)} series", f"{body.start_title} to {body.end_title}"]
    if shown:
        top = max(shown, key=lambda slope: slope.end)
        change = f" ({top.change_text})" if top.change_text else ""
        parts.append(f"{top.label} from {top.start_text} to {top.end_text}{change}")
    return f"{', '.join(parts)}."
