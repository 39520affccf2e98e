"""Read the numbers of trends, stickiness and lifecycle (reference 6.1, 6.4, 6.5)."""

from collections.abc import Iterator, Sequence

from phdesk.core.charts.adding import no_sum_of
from phdesk.core.charts.context import Context
from phdesk.core.charts.number import pair
from phdesk.core.charts.results import SeriesItem, decode
from phdesk.core.charts.series import (
    Line,
    axis_format,
    current,
    read_lines,
    unfinished_from,
)
from phdesk.core.charts.shapes import SlopeBody
from phdesk.core.charts.spec import (
    Body,
    MapBody,
    MetricBody,
    NumberBody,
    XYBody,
    XYSeries,
)
from phdesk.core.charts.stickiness import placed
from phdesk.core.charts.trends import shared_days
from phdesk.core.charts.world_map import code_of
from phdesk.core.question import Question
from phdesk.core.watching.figures import Figure, buckets
from phdesk.core.watching.identity import RUNNING, is_running, line_address, node_name
from phdesk.models.insight import Insight
from phdesk.models.watch import Address


def trends(insight: Insight, question: Question, context: Context, body: Body) -> Iterator[Figure]:
    """Read each series, as the body that is drawn has it."""
    lines = read_lines(decode(insight.result, list[SeriesItem]), question, context)
    match body:
        case NumberBody():
            yield _single(lines, question, context, body)
        case MetricBody():
            yield _single(lines, question, context, body.number)
            yield from _lines(insight, lines, question, context)
        case XYBody() | SlopeBody():
            yield from _lines(insight, lines, question, context, body)
            yield from _sums(lines, question, context)
        case MapBody():
            yield from _countries(lines, question, context, body)
        case _:
            for line in current(lines):
                yield _total(line, lines, question, context)


def stickiness(
    insight: Insight, question: Question, context: Context, body: Body
) -> Iterator[Figure]:
    """Read how many did it on one interval, on two, and so on."""
    if not isinstance(body, XYBody):
        return
    items = [item for item in decode(insight.result, list[SeriesItem]) if item.data]
    lines = read_lines(placed(items, question), question, context)
    for line, series in zip(lines, body.series, strict=True):
        if line.previous:
            continue
        for place, (label, value) in enumerate(zip(body.x_labels, series.values, strict=True)):
            yield Figure(
                address=line_address("stickiness", line, question, at=str(place + 1)),
                name=f"{line.label} on {label}",
                label=f"{line.label} on {label}",
                value=value,
            )


def lifecycle(
    insight: Insight, question: Question, context: Context, body: Body
) -> Iterator[Figure]:
    """Read each state by bucket; the dormant are counted downward, as they are drawn."""
    if not isinstance(body, XYBody):
        return
    zone = insight.timezone or context.timezone
    event = node_name(question.series[0]) if question.series else ""
    for series in body.series:
        yield Figure(
            address=Address(measure="lifecycle", of=series.label.lower(), math=event),
            name=series.label,
            label=f"{series.label} per {question.interval}",
            buckets=buckets(body.x_starts, series.values, series.dashed_from, zone),
            interval=question.interval,
        )


def _lines(
    insight: Insight,
    lines: Sequence[Line],
    question: Question,
    context: Context,
    body: XYBody | SlopeBody | None = None,
) -> Iterator[Figure]:
    """Read each series by bucket; what was not sent is missing here, though it is drawn as 0."""
    xy = body if isinstance(body, XYBody) else None
    starts = xy.x_starts if xy else shared_days(lines)
    open_from = unfinished_from(starts, insight, question, context)
    zone = insight.timezone or context.timezone
    running = is_running(question)
    for index, line in enumerate(lines):
        if line.previous:
            continue
        values = _sent(line, starts)
        yield Figure(
            address=line_address("value", line, question),
            name=line.label,
            label=f"{line.label}, {RUNNING}"
            if running
            else f"{line.label} per {question.interval}",
            format=axis_format(question.filter, context),
            buckets=buckets(starts, values, open_from, zone),
            interval=question.interval,
            before_buckets=_before(index, lines, xy.series if xy else ()),
        )


def _sent(line: Line, starts: Sequence[str]) -> Sequence[float | None]:
    """Give what was sent for each bucket; an hour comes twice where the clock is put back."""
    if tuple(line.days) == tuple(starts) and len(line.data) == len(starts):
        return line.data
    sent = dict(zip(line.days, line.data, strict=False))
    return [sent.get(start) for start in starts]


def _before(
    index: int, lines: Sequence[Line], drawn: Sequence[XYSeries]
) -> tuple[float | None, ...]:
    """Give the values of the period before that stand beside a series' own."""
    twin = _twin(lines[index], lines)
    if twin is None:
        return ()
    place = lines.index(twin)
    return drawn[place].values if place < len(drawn) else twin.data


def _twin(line: Line, lines: Sequence[Line]) -> Line | None:
    for other in lines:
        if other.previous and (other.order, other.value) == (line.order, line.value):
            return other
    return None


def _sums(lines: Sequence[Line], question: Question, context: Context) -> Iterator[Figure]:
    """Read the sums that the table has: those that mean something."""
    for line in current(lines):
        if not no_sum_of(line, question):
            yield _total(line, lines, question, context, counted=True)


def _total(
    line: Line,
    lines: Sequence[Line],
    question: Question,
    context: Context,
    *,
    counted: bool = False,
) -> Figure:
    twin = _twin(line, lines)
    before = None if twin is None else twin.count if counted else twin.total
    return Figure(
        address=line_address("total", line, question),
        name=line.label,
        label=f"{line.label}, total",
        format=axis_format(question.filter, context),
        value=line.count if counted else line.total,
        before=before,
    )


def _single(
    lines: Sequence[Line], question: Question, context: Context, body: NumberBody
) -> Figure:
    now, before = pair(lines)
    return Figure(
        address=line_address("total", now, question),
        name=now.label,
        label=f"{now.label}, the big number",
        format=axis_format(question.filter, context),
        value=body.value,
        before=None if before is None else before.total,
    )


def _countries(
    lines: Sequence[Line], question: Question, context: Context, body: MapBody
) -> Iterator[Figure]:
    by_code: dict[str, Line] = {}
    for line in current(lines):
        by_code.setdefault(code_of(line), line)
    for country in body.countries:
        line = by_code[country.code]
        address = line_address("country", line, question, at=country.code)
        yield Figure(
            address=Address(
                measure="country",
                of=address.of,
                math=address.math,
                at=country.code,
                twin=address.twin,
            ),
            name=country.name,
            label=f"{country.name}, total",
            format=axis_format(question.filter, context),
            value=country.value,
        )
