"""Draw a metric: the number that sums a series up, over its small line (reference 6.1.1)."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.number import compared, number_body, pair, sentence, since
from phdesk.core.charts.results import Number
from phdesk.core.charts.series import Line, axis_format
from phdesk.core.charts.spec import MetricBody, Table
from phdesk.core.dates import bucket_labels
from phdesk.core.jsonvalue import as_str, as_text
from phdesk.core.question import Question

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
    figure = number_body(now.label, _summed_up(now, wanted), how)
    if before is not None:
        figure = compared(figure, figure.value, _summed_up(before, wanted), since(question))
    body = MetricBody(
        number=figure,
        values=tuple(float(value or 0) for value in now.data),  # missing is drawn as 0
        x_titles=tuple(title for _, title in bucket_labels(now.days, question.interval)),
        color=now.color,
        dashed_from=dashed,
        format=how,
    )
    return Drawn(body=body, summary=f"{SUMMARIES[wanted]} {sentence(figure)}", table=table)


def _summed_up(line: Line, wanted: str) -> Number:
    known = [value for value in line.data if value is not None]
    match wanted:
        case "latest":
            return line.data[-1] if line.data else None
        case "average":
            return sum(known) / len(known) if known else None
        case _:
            return line.count
