"""Draw lifecycle: who is new, returning, resurrecting or dormant (reference 6.5)."""

from phdesk.core.charts.adding import USERS
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.rates import known, ratio, total
from phdesk.core.charts.results import SeriesItem, decode
from phdesk.core.charts.series import unfinished_from
from phdesk.core.charts.spec import Column, NoticeBody, Table, XYBody, XYSeries
from phdesk.core.dates import bucket_labels, dated_labels, headings
from phdesk.core.formatting import number, percent
from phdesk.core.jsonvalue import as_bool, as_list, as_str
from phdesk.core.question import Question
from phdesk.models.insight import Insight

LEGEND = ("new", "resurrecting", "returning", "dormant")
UPWARD = ("dormant", "returning", "resurrecting", "new")  # PostHog's order of the bars
NOBODY = "Nobody was active in this period."


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw the four states as bars around zero."""
    items = _by_status(decode(insight.result, list[SeriesItem]), question)
    days = _days(items)
    table = _table(items, headings(days, question.interval))
    if not any(any(item.data or []) for _, item in items):
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY, table=table)
    dashed = unfinished_from(days, insight, question, context)
    return Drawn(body=_body(items, days, dashed, question), summary=_summary(items), table=table)


def _by_status(items: list[SeriesItem], question: Question) -> list[tuple[str, SeriesItem]]:
    """Pair the shown items with their state, in the order of the legend."""
    toggled = question.filter.get("toggledLifecycles")
    shown = {as_str(status) for status in as_list(toggled)} if isinstance(toggled, list) else None
    pairs = [(_status(item), item) for item in items]
    kept = [pair for pair in pairs if shown is None or pair[0] in shown]
    return sorted(kept, key=lambda pair: _rank(pair[0], LEGEND))


def _status(item: SeriesItem) -> str:
    """Give an item's state; old caches name it only at the end of the label."""
    return as_str(item.status) or as_str(item.label).rpartition(" - ")[2]


def _rank(status: str, order: tuple[str, ...]) -> int:
    return order.index(status) if status in order else len(order)


def _days(items: list[tuple[str, SeriesItem]]) -> list[str]:
    longest = max((item.days or item.labels or [] for _, item in items), key=len, default=[])
    buckets = max((len(item.data or []) for _, item in items), default=0)
    return [*map(as_str, longest), *([""] * (buckets - len(longest)))]


def _body(
    items: list[tuple[str, SeriesItem]], days: list[str], dashed: int | None, question: Question
) -> XYBody:
    labels = bucket_labels(days, question.interval)
    shares = question.filter.get("showPercentagesOnSeries") is True
    texts = _texts([_values(item, len(days)) for _, item in items]) if shares else [()] * len(items)
    upward = sorted(range(len(items)), key=lambda place: _rank(items[place][0], UPWARD))
    return XYBody(
        x_labels=tuple(short for short, _ in labels),
        x_dated=dated_labels(days, question.interval),
        x_titles=tuple(whole for _, whole in labels),
        x_starts=tuple(days),
        series=tuple(
            XYSeries(
                label=_name(status),
                color=_color(status),
                values=_values(item, len(days)),
                mark="bar",
                dashed_from=dashed,
                texts=written,
                no_sum=USERS,
            )
            for (status, item), written in ((items[place], texts[place]) for place in upward)
        ),
        stacked=question.filter.get("stacked") is not False,
        all_values=as_bool(question.filter.get("showValuesOnSeries")),
        legend=len(items) > 1,
        legend_order=tuple(upward.index(place) for place in range(len(items))),
    )


def _name(status: str) -> str:
    return status[:1].upper() + status[1:]


def _color(status: str) -> str:
    return f"lifecycle-{status}" if status in LEGEND else "other"


def _values(item: SeriesItem, length: int) -> tuple[int | float | None, ...]:
    values = [known(value) for value in item.data or []][:length]
    return (*values, *([None] * (length - len(values))))


def _texts(columns: list[tuple[int | float | None, ...]]) -> list[tuple[str, ...]]:
    """Write each value with its share of its bucket, by size: those who went are counted downward.

    PostHog appends it to the values, so that without those nothing is written at all.
    """
    wholes = [sum(abs(value or 0) for value in bucket) for bucket in zip(*columns, strict=True)]
    return [
        tuple(
            "" if value is None else f"{number(value)} ({percent(ratio(abs(value), whole), 0)})"
            for value, whole in zip(values, wholes, strict=True)
        )
        for values in columns
    ]


def _total(item: SeriesItem) -> int | float:
    sent = known(item.count)
    return total(item.data or []) if sent is None else sent


def _summary(items: list[tuple[str, SeriesItem]]) -> str:
    # The dormant are counted downward on the chart; in words nobody is less than none.
    parts = [f"{number(abs(_total(item)))} {status}" for status, item in items]
    return f"In all {', '.join(parts)}."


def _table(items: list[tuple[str, SeriesItem]], titles: list[str]) -> Table:
    columns = (
        Column("Status"),
        Column("Total sum", numeric=True),
        *(Column(title, numeric=True) for title in titles),
    )
    rows = tuple(
        (_name(status), _total(item), *_values(item, len(titles))) for status, item in items
    )
    texts = tuple((str(row[0]), *map(_text, row[1:])) for row in rows)
    return Table(columns, rows, texts)


def _text(value: str | float | None) -> str:
    return "" if value is None or isinstance(value, str) else number(value)
