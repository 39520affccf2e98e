"""Draw a metric: the number that sums a series up, over its small line (reference 6.1.1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.number import compared, number_body, pair, sentence, since
from phdesk.core.charts.results import Number
from phdesk.core.charts.series import Line, axis_format
from phdesk.core.charts.spec import MetricBody, NumberBody, Table
from phdesk.core.dates import bucket_labels, heading
from phdesk.core.formatting import Format
from phdesk.core.jsonvalue import as_bool, as_str, as_text
from phdesk.core.palette import hex_of
from phdesk.core.question import Question

WAYS = {"up": "Increase", "down": "Decrease"}  # in the names of settings
USUAL_COLORS = {"up": "good", "down": "bad"}
SUMMARIES: Mapping[str, str] = {"total": "total", "average": "average", "latest": "latest value"}


def view(
    lines: Sequence[Line], question: Question, context: Context, table: Table, dashed: int | None
) -> Drawn:
    """Draw the first series; its last buckets from `dashed` on are still being counted."""
    how = axis_format(question.filter, context)
    if not as_text(question.filter.get("aggregationAxisFormat")):
        how = structs.replace(how, style="short")
    wanted = as_str(question.filter.get("metricSummary"), "total")
    wanted = wanted if wanted in SUMMARIES else "total"
    now, before = pair(lines)
    figure = _figure(now, before, wanted, question, how, dashed)
    body = MetricBody(
        number=figure,
        values=tuple(float(value or 0) for value in now.data),  # missing is drawn as 0
        x_titles=tuple(title for _, title in bucket_labels(now.days, question.interval)),
        color=_line_color(figure, question.filter) or now.color,
        dashed_from=dashed,
        format=how,
    )
    return Drawn(body=body, summary=f"{SUMMARIES[wanted]} {sentence(figure)}", table=table)


def _figure(
    now: Line,
    before: Line | None,
    wanted: str,
    question: Question,
    how: Format,
    dashed: int | None,
) -> NumberBody:
    """Show the number with its change, as the web app chooses what it is compared with.

    Totals and averages are compared with the period before where there is one, the latest value
    with the first of the series.
    """
    figure = number_body(now.label, _summed_up(now, wanted), how)
    if not as_bool(question.filter.get("metricShowChange"), default=True):
        return figure
    if before is not None and wanted != "latest":
        figure = compared(figure, figure.value, _summed_up(before, wanted), since(question))
    elif wanted == "latest" and len(now.data) > 1:
        last, first = now.data[-1] or 0, now.data[0] or 0
        figure = compared(figure, last, first, _since_first(now, question, dashed))
    color = as_str(question.filter.get(f"metricChange{WAYS.get(figure.direction, '')}Color"))
    return structs.replace(figure, delta_color=color) if hex_of(color, dark=False) else figure


def _since_first(now: Line, question: Question, dashed: int | None) -> str:
    """Name the first bucket, and say when the last one is not over yet."""
    still = ", so far" if dashed is not None and dashed < len(now.data) else ""
    return f"from {heading(now.days[0], question.interval)}{still}"


def _line_color(figure: NumberBody, own: Mapping[str, Any]) -> str | None:
    """Colour the line by its direction where the insight asks for it."""
    if not as_bool(own.get("metricColorByDirection")) or figure.direction not in WAYS:
        return None
    color = as_str(own.get(f"metricLine{WAYS[figure.direction]}Color"))
    return color if hex_of(color, dark=False) else USUAL_COLORS[figure.direction]


def _summed_up(line: Line, wanted: str) -> Number:
    values = [value or 0 for value in line.data]  # what is missing counts as it is drawn (6.1.2)
    match wanted:
        case "latest":
            return values[-1] if values else None
        case "average":
            return sum(values) / len(values) if values else None
        case _:
            return line.count
