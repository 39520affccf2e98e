"""Draw a funnel's conversion over time (reference 6.2.6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.funnel_groups import Group, group_color, is_hidden, value_name
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.overlays import overlays
from phdesk.core.charts.rates import known
from phdesk.core.charts.results import SeriesItem, decode
from phdesk.core.charts.series import counted_at
from phdesk.core.charts.spec import Column, NoticeBody, Table, XYBody, XYSeries
from phdesk.core.charts.styling import legend_place
from phdesk.core.dates import bucket_labels, dated_labels, headings, incomplete_from
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_bool, as_float, as_str
from phdesk.core.question import Question
from phdesk.models.insight import Insight

PERCENT = Format(style="percentage")
NOTHING = "No conversion was calculated for this period."
HIDES_OPEN = "hideIncompleteConversionWindowPeriods"
OPEN_NOTE = "Periods whose conversion window is still open are not drawn."
ALL_OPEN = "The conversion window of every period is still open."
LONGEST = timedelta(days=3650)
UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw conversion in percent, one line a group."""
    items = [item for item in decode(insight.result, list[SeriesItem]) if item.data]
    if not items:
        notice = NoticeBody(state="empty", headline=NOTHING)
        return Drawn(body=notice, summary=NOTHING)
    days = _days(items)
    series = _series(items, days, insight, question, context)
    table = _table(series, headings(days, question.interval))
    final = _final(series) if as_bool(question.filter.get(HIDES_OPEN)) else None
    if final is not None:
        table = structs.replace(table, note=OPEN_NOTE)
        days, series = days[:final], tuple(_cut(one, final) for one in series)
    if not days:
        notice = NoticeBody(state="empty", headline=ALL_OPEN)
        return Drawn(body=notice, summary=ALL_OPEN, table=table)
    body = _body(days, question, series)
    return Drawn(body=body, summary=_summary(body), table=table)


def _final(series: tuple[XYSeries, ...]) -> int | None:
    """Count the periods whose conversion window is over; None when it is that of all."""
    return next((one.dashed_from for one in series if not one.previous), None)


def _cut(series: XYSeries, final: int) -> XYSeries:
    return structs.replace(series, values=series.values[:final], dashed_from=None)


def _body(days: list[str], question: Question, series: tuple[XYSeries, ...]) -> XYBody:
    labels = bucket_labels(days, question.interval)
    return XYBody(
        x_labels=tuple(short for short, _ in labels),
        x_dated=dated_labels(days, question.interval),
        x_titles=tuple(whole for _, whole in labels),
        x_starts=tuple(days),
        series=series,
        overlays=overlays(series, question.filter),
        format=PERCENT,
        goal_lines=goal_lines(question.filter.get("goalLines"), PERCENT, series),
        all_values=as_bool(question.filter.get("showValuesOnSeries")),
        legend=len(series) > 1,
        legend_place=legend_place(question.filter),
    )


def _days(items: list[SeriesItem]) -> list[str]:
    """Give the buckets' starts; a bucket of which only the value was sent has no name."""
    longest = max((item.days or item.labels or [] for item in items), key=len)
    buckets = max(len(item.data or []) for item in items)
    return [*map(as_str, longest), *([""] * (buckets - len(longest)))]


def _series(
    items: list[SeriesItem],
    days: list[str],
    insight: Insight,
    question: Question,
    context: Context,
) -> tuple[XYSeries, ...]:
    zone = insight.timezone or context.timezone
    counted = incomplete_from(days, question.interval, _closed(insight, question, context), zone)
    return tuple(
        XYSeries(
            label=_label(item, question),
            color=group_color(_stand_in(item, question), _place(items, index), question, context),
            values=_values(item, len(days)),
            dashed_from=None if _is_previous(item) else counted,
            previous=_is_previous(item),
            hidden=is_hidden(_stand_in(item, question), question),
        )
        for index, item in enumerate(items)
    )


def _closed(insight: Insight, question: Question, context: Context) -> datetime:
    """Give the moment up to which conversions are final: a whole window before the answer."""
    unit = UNITS.get(as_str(question.filter.get("funnelWindowIntervalUnit")), UNITS["day"])
    count = as_float(question.filter.get("funnelWindowInterval"), 14) or 0
    window = min(max(count * unit.total_seconds(), 0), LONGEST.total_seconds())
    return counted_at(insight, context) - timedelta(seconds=window)


def _place(items: list[SeriesItem], index: int) -> int:
    """Count the series of the current period before this one, or before its current twin."""
    if not _is_previous(items[index]):
        return sum(not _is_previous(item) for item in items[:index])
    return sum(_is_previous(item) for item in items[:index])


def _stand_in(item: SeriesItem, question: Question) -> Group:
    label = value_name(item.breakdown_value, question) if _is_broken_down(item) else ""
    return Group(
        label=label,
        names=(),
        counts=(),
        medians=(),
        averages=(),
        value=item.breakdown_value,
        previous=_is_previous(item),
    )


def _is_broken_down(item: SeriesItem) -> bool:
    return item.breakdown_value is not msgspec.UNSET and item.breakdown_value is not None


def _is_previous(item: SeriesItem) -> bool:
    return as_str(item.compare_label) == "previous"


def _label(item: SeriesItem, question: Question) -> str:
    name = value_name(item.breakdown_value, question) if _is_broken_down(item) else "Conversion"
    return f"{name} (previous)" if _is_previous(item) else name


def _values(item: SeriesItem, length: int) -> tuple[float | None, ...]:
    values = [known(value) for value in (item.data or [])][:length]
    return (*values, *([None] * (length - len(values))))


def _summary(body: XYBody) -> str:
    """Tell the last value that is final, of the first line."""
    first = body.series[0]
    sent = [pair for pair in zip(body.x_titles, first.values, strict=True) if pair[1] is not None]
    final = [
        pair
        for pair in zip(body.x_titles[: first.dashed_from], first.values, strict=False)
        if pair[1] is not None
    ]
    if not sent:
        return NOTHING
    title, value = (final or sent)[-1]
    more = f"; {len(body.series)} lines" if len(body.series) > 1 else ""
    state = "" if final else ", still being counted"
    return f"{first.label} {number(value, PERCENT)} on {title}{state}{more}."


def _table(series: tuple[XYSeries, ...], titles: Sequence[str]) -> Table:
    columns = (Column("Series"), *(Column(title, numeric=True) for title in titles))
    rows = tuple((one.label, *one.values) for one in series)
    texts = tuple((one.label, *(number(value, PERCENT) for value in one.values)) for one in series)
    return Table(columns, rows, texts)
