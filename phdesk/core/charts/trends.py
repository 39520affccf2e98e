"""Draw trends: series over buckets here, totals and maps in the modules beside (reference 6.1)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, structs

from phdesk.core.charts import metric, slope, totals, world_map
from phdesk.core.charts import number as big_number
from phdesk.core.charts.adding import no_sum_of
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.long_rows import LongRows, LongTexts
from phdesk.core.charts.overlays import overlays
from phdesk.core.charts.results import Number, SeriesItem, decode
from phdesk.core.charts.series import (
    PREVIOUS,
    TOTALS,
    Line,
    axis_format,
    current,
    read_lines,
    unfinished_from,
    visible,
)
from phdesk.core.charts.spec import Column, NoticeBody, Side, Table, XYBody, XYSeries
from phdesk.core.charts.styling import is_smooth, legend_place
from phdesk.core.charts.trends_weekdays import NOTE, SAID, cut_to, weekday_places
from phdesk.core.dates import (
    bucket_labels,
    dated_labels,
    headings,
    range_label,
    spoken,
)
from phdesk.core.formatting import Format, percent
from phdesk.core.formatting import number as number_text
from phdesk.core.jsonvalue import EXACT_WHOLE, as_bool, as_dict, as_text
from phdesk.core.names import breakdown_keys
from phdesk.core.question import Question
from phdesk.models.insight import Insight

Mark = Literal["line", "area", "bar"]
MOST_AXES = 4
MARKS: Mapping[str, tuple[Mark, bool, str]] = {  # mark, stacked, words
    "ActionsLineGraph": ("line", False, "line chart"),
    "ActionsLineGraphCumulative": ("line", False, "cumulative line chart"),
    "ActionsAreaGraph": ("area", True, "area chart"),
    "ActionsBar": ("bar", True, "bar chart"),
    "ActionsStackedBar": ("bar", True, "stacked bar chart"),
    "ActionsUnstackedBar": ("bar", False, "grouped bar chart"),
}


def _mean(data: Sequence[Number]) -> Number:
    """Average the buckets as they are drawn: what is missing counts as 0."""
    return sum((value or 0) / len(data) for value in data) if data else None  # stays finite


def _median(data: Sequence[Number]) -> Number:
    ordered, half = sorted(value or 0 for value in data), len(data) // 2
    if not ordered:
        return None
    return ordered[half] if len(data) % 2 else ordered[half - 1] / 2 + ordered[half] / 2


DETAILS: Mapping[str, tuple[str, Callable[[Sequence[Number]], Number] | None]] = {
    "total": ("Total sum", None),
    "average": ("Average", _mean),
    "median": ("Median", _median),
}


class Counted(Struct, frozen=True, gc=False):
    """Which buckets were still growing when they were counted.

    An answer without a time may be from any moment: then only those that grow even now are known.
    """

    dashed: int | None
    known: bool  # when it was

    def closed(self, buckets: int) -> int:
        """Give how many buckets lie before the growing ones."""
        return buckets if self.dashed is None else self.dashed


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw a trends insight in the display that it asks for."""
    items = decode(insight.result, list[SeriesItem])
    if not items:
        return _empty(question)
    if question.display == "BoldNumber":
        return big_number.view(items, question, context)
    if question.display == "WorldMap":
        return world_map.view(items, question, context)
    has_buckets = any(item.data for item in items)
    if question.display in TOTALS or not has_buckets:
        return totals.view(items, question, context)
    return _buckets(insight, items, question, context)


def _buckets(
    insight: Insight, items: Sequence[SeriesItem], question: Question, context: Context
) -> Drawn:
    lines = read_lines(items, question, context)
    days: Sequence[str] = shared_days(lines)
    dashed = unfinished_from(days, insight, question, context)
    table = _table(lines, question, context)
    if question.display == "Metric":
        return metric.view(lines, question, context, table, dashed)
    if question.display == "SlopeGraph":
        return slope.view(lines, items, question, context, table)
    places = weekday_places(days, question)
    if places is not None:
        lines, days = cut_to(lines, places), [days[place] for place in places]
        dashed = unfinished_from(days, insight, question, context)
        table = structs.replace(table, note=NOTE)
    body = _body(lines, days, question, context, dashed)
    counted = Counted(dashed, known=insight.last_refresh is not None)
    said = _sentence(lines, days, question, context, counted)
    if places is not None:
        said.append(SAID)
    return Drawn(body=body, summary=f"{', '.join(said)}.", table=table)


def shared_days(lines: Sequence[Line]) -> tuple[str, ...]:
    """Give the buckets of the chart: those of the current period, made as long as the longest."""
    now = max((line.days for line in current(lines)), key=len, default=())
    longest = max((line.days for line in lines), key=len, default=())
    return (*now, *longest[len(now) :])


def _body(
    lines: Sequence[Line],
    days: Sequence[str],
    question: Question,
    context: Context,
    dashed: int | None,
) -> XYBody:
    own = question.filter
    mark, stacked, _ = MARKS.get(question.display, MARKS["ActionsLineGraph"])
    how = axis_format(own, context)
    labels = bucket_labels(days, question.interval)
    series = tuple(
        structs.replace(_series(line, len(days), mark, dashed), no_sum=no_sum_of(line, question))
        for line in lines
    )
    return XYBody(
        x_labels=tuple(short for short, _ in labels),
        x_dated=dated_labels(days, question.interval),
        x_titles=tuple(title for _, title in labels),
        x_starts=tuple(days),
        series=_on_axes(series, own),
        overlays=() if stacked else overlays(series, own),
        stacked=stacked,
        percent=stacked and as_bool(own.get("showPercentStackView")),
        format=how,
        right_format=how,
        log=own.get("yAxisScaleType") == "log10",
        goal_lines=goal_lines(own.get("goalLines"), how, series),
        value_labels=_value_labels(lines, len(days), mark, own, how),
        all_values=as_bool(own.get("showValuesOnSeries")),
        legend=len(lines) > 1,  # whatever the insight says: colours alone tell nothing
        left=_side(own),
        right=structs.replace(_side(own), label=""),  # one name tells what all of them count
        x_label=as_text(own.get("xAxisLabel")) or "",
        legend_place=legend_place(own),
        smooth=is_smooth(own),
    )


def _side(own: Mapping[str, Any]) -> Side:
    """Read how the value axes look; newer servers also say whether they begin at zero."""
    return Side(
        label=as_text(own.get("yAxisLabel")) or "",
        from_zero=as_bool(own.get("yAxisStartAtZero"), default=True),
    )


def _series(line: Line, length: int, mark: Mark, dashed: int | None) -> XYSeries:
    return XYSeries(
        label=line.label,
        color=line.color,
        values=_drawn(line.data, length),
        mark=mark,
        dashed_from=None if line.previous else dashed,
        previous=line.previous,
        hidden=line.hidden,
    )


def _drawn(data: tuple[Number, ...], length: int) -> tuple[Number, ...]:
    """Give the values as they are drawn: PostHog draws as 0 what is missing."""
    exact = [value for value in data if value is not None and abs(value) < EXACT_WHOLE]
    if len(exact) == length:
        return data  # one and the same as the table's
    drawn = [float(value or 0) for value in data]
    return (*drawn, *[None] * (length - len(drawn)))


def _on_axes(series: tuple[XYSeries, ...], own: Mapping[str, Any]) -> tuple[XYSeries, ...]:
    """Give each series an axis of its own when wanted, alternating sides; a fourth is shared.

    A previous period stands on the axis of its current one, or nothing could be compared.
    """
    if not as_bool(own.get("showMultipleYAxes")):
        return series
    axes: dict[tuple[str, str], int] = {}
    made = []
    for one in series:
        key = (one.color, one.label.removesuffix(PREVIOUS))
        index = axes.setdefault(key, min(len(axes), MOST_AXES - 1))
        made.append(structs.replace(one, right_axis=index % 2 > 0, axis=index))
    return tuple(made)


def _value_labels(
    lines: Sequence[Line], length: int, mark: Mark, own: Mapping[str, Any], how: Format
) -> tuple[str, ...]:
    shown = visible(lines)
    if mark != "bar" or len(shown) != 1 or not as_bool(own.get("showValuesOnSeries")):
        return ()
    texts = [number_text(value or 0, how) for value in shown[0].data]
    return (*texts, *[""] * (length - len(texts)))


def _table(lines: Sequence[Line], question: Question, context: Context) -> Table:
    """List each series with its sum and its buckets, as PostHog's detailed results do.

    A sum that says nothing is left away: one of averages, or of unique users of each day. Where
    the insight wants it (`detailedResultsAggregationType`), mean or median of its buckets instead.
    """
    days = shared_days(lines)
    how = axis_format(question.filter, context)
    names = totals.breakdown_titles(lines, breakdown_keys(question))
    buckets = [Column(text, numeric=True) for text in headings(days, question.interval)]
    wanted = question.filter.get("detailedResultsAggregationType")
    title, summed_up = DETAILS.get(wanted if isinstance(wanted, str) else "", DETAILS["total"])
    columns = (Column("Series"), *map(Column, names), Column(title, numeric=True), *buckets)
    rows = LongRows(
        words=[totals.row_names(line, len(names)) for line in lines],
        firsts=[summed_up(line.data) if summed_up else _sum(line, question) for line in lines],
        lines=[line.data for line in lines],
        buckets=len(days),
    )
    return Table(columns=columns, rows=rows, texts=LongTexts(rows, how))


def _sum(line: Line, question: Question) -> Number:
    """Give what was sent as the sum; of a running total it is the last value (6.1.2)."""
    is_last = question.display == "ActionsLineGraphCumulative"
    return line.count if is_last or not no_sum_of(line, question) else None


def _sentence(
    lines: Sequence[Line],
    days: Sequence[str],
    question: Question,
    context: Context,
    counted: Counted,
) -> list[str]:
    """Give the parts of the sentence."""
    shown = visible(current(lines))
    words = MARKS.get(question.display, MARKS["ActionsLineGraph"])[2]
    parts = [words, f"{len(shown)} series"]
    if len(shown) == 1:
        parts += _about(shown[0], days, question, context, counted)
        parts += _against(shown[0], lines, question)
    elif shown:
        parts.append(_largest(shown, days, question, context, counted))
    return parts


def _largest(
    shown: Sequence[Line],
    days: Sequence[str],
    question: Question,
    context: Context,
    counted: Counted,
) -> str:
    """Name the leading series by total, or by its last closed value where a total says nothing."""
    how = axis_format(question.filter, context)
    if all(_is_sum(line, question) for line in shown):
        top = max(shown, key=lambda line: line.count or 0)
        return f"largest {top.label} with a total of {number_text(top.count, how)}"
    last = counted.closed(len(days)) - 1
    known = [line for line in shown if 0 <= last < len(line.data) and line.data[last] is not None]
    if not known:
        return "no complete value yet"
    top = max(known, key=lambda line: line.data[last] or 0)
    when = spoken(days[last], question.interval)
    return f"highest {top.label} with {number_text(top.data[last], how)} {when}"


def _about(
    line: Line, days: Sequence[str], question: Question, context: Context, counted: Counted
) -> list[str]:
    how = axis_format(question.filter, context)
    last = min(len(line.data), counted.closed(len(days))) - 1
    found = []
    if last >= 0:
        when = spoken(days[last], question.interval)
        value = f"{number_text(line.data[last], how)} {when}"
        found.append(
            f"last complete value {value}"
            if counted.known
            else f"value {value}, perhaps incomplete"
        )
    if _is_sum(line, question):
        found.append(f"total {number_text(line.count, how)}")
    return found


def _is_sum(line: Line, question: Question) -> bool:
    """Tell whether a total says anything: a sum of averages or of unique users does not."""
    return not no_sum_of(line, question)


def _against(line: Line, lines: Sequence[Line], question: Question) -> list[str]:
    before = [other for other in lines if other.previous and _same(other, line)]
    change = big_number.relative_change(line.count, before[0].count) if len(before) == 1 else None
    if change is None or not _is_sum(line, question):
        return []
    way = "up" if change > 0 else "down"
    said = f"{way} {percent(abs(change), 1)} on" if change else "no change from"
    return [f"{said} the previous period"]


def _same(one: Line, other: Line) -> bool:
    return (one.order, one.value) == (other.order, other.value)


def _empty(question: Question) -> Drawn:
    when = range_label(question.date_from, question.date_to, question.interval)
    headline = f"No events in this range ({when})."
    filtered = question.source.get("properties") or any(
        as_dict(node).get("properties") for node in question.series
    )
    detail = "The insight has filters, which may leave nothing." if filtered else ""
    return Drawn(body=NoticeBody(state="empty", headline=headline, detail=detail), summary=headline)
