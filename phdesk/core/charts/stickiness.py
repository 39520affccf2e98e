"""Draw stickiness: on how many intervals people did something (reference 6.4)."""

from typing import Literal

from msgspec import structs

from phdesk.core.charts.adding import OR_MORE_AGAIN
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.rates import known, ratio, total
from phdesk.core.charts.results import SeriesItem, decode
from phdesk.core.charts.series import Line, read_lines
from phdesk.core.charts.spec import ADDS_UP, Column, NoticeBody, Table, XYBody, XYSeries
from phdesk.core.charts.styling import legend_place
from phdesk.core.formatting import number, percent
from phdesk.core.jsonvalue import as_dict, as_int, as_str
from phdesk.core.names import group_names
from phdesk.core.question import Question
from phdesk.models.insight import Insight

NOBODY = "Nobody did this in this period."
OR_MORE = "or more"
Mark = Literal["line", "area", "bar"]
MARKS: dict[str, Mark] = {
    "ActionsBar": "bar",
    "ActionsUnstackedBar": "bar",
    "ActionsStackedBar": "bar",
    "ActionsAreaGraph": "area",
}
STACKED = frozenset({"ActionsBar", "ActionsStackedBar", "ActionsAreaGraph"})  # as trends, 6.1.1


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw how many people did something on one interval, on two, and so on."""
    sent = [item for item in decode(insight.result, list[SeriesItem]) if item.data]
    items = placed(sent, question)
    lines = read_lines(items, question, context)
    labels = _labels(items, question)
    table = _table(items, lines, labels)
    if not any(any(item.data or []) for item in items):
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY, table=table)
    return Drawn(
        body=_body(items, lines, labels, question),
        summary=_summary(items, lines, labels, _actors(question, context)),
        table=table,
    )


def _labels(items: list[SeriesItem], question: Question) -> list[str]:
    """Name the buckets: "1 day", "2 days" … as sent, else by their number."""
    longest = max((item.labels or item.days or [] for item in items), key=len, default=[])
    buckets = max((len(item.data or []) for item in items), default=0)
    rest = range(len(longest), buckets)
    labels = [*map(as_str, longest), *(str(place + 1) for place in rest)]
    if not _is_cumulative(question):
        return labels
    return [text if text.endswith(OR_MORE) else f"{text} {OR_MORE}" for text in labels]


def _is_cumulative(question: Question) -> bool:
    return question.filter.get("computedAs") == "cumulative"


def _body(
    items: list[SeriesItem], lines: list[Line], labels: list[str], question: Question
) -> XYBody:
    alone = items[0] if len(items) == 1 else None
    shows_values = question.filter.get("showValuesOnSeries") is True
    return XYBody(
        x_labels=tuple(labels),
        x_titles=tuple(_titles(alone, labels)),
        series=tuple(_series(items, lines, len(labels), question)),
        stacked=question.display in STACKED,
        value_labels=_value_labels(alone, len(labels)) if alone and shows_values else (),
        all_values=shows_values,
        legend=len(items) > 1,
        legend_place=legend_place(question.filter),
    )


def _titles(alone: SeriesItem | None, labels: list[str]) -> list[str]:
    """Add the share of all to each bucket of an only series, as PostHog's tooltips do."""
    if alone is None:
        return labels
    everybody = _everybody(alone)
    return [
        label if value is None else f"{label} ({percent(ratio(value, everybody), 1)})"
        for label, value in zip(labels, _values(alone, len(labels)), strict=True)
    ]


def _value_labels(alone: SeriesItem, length: int) -> tuple[str, ...]:
    return tuple("" if value is None else number(value) for value in _values(alone, length))


def _series(
    items: list[SeriesItem], lines: list[Line], length: int, question: Question
) -> list[XYSeries]:
    return [
        XYSeries(
            label=line.label,
            color=line.color,
            values=_values(item, length),
            mark=MARKS.get(question.display, "line"),
            previous=line.previous,
            hidden=line.hidden,
            no_sum=OR_MORE_AGAIN if _is_cumulative(question) else ADDS_UP,
        )
        for item, line in zip(items, lines, strict=True)
    ]


def placed(items: list[SeriesItem], question: Question) -> list[SeriesItem]:
    """Say which node of the query each item answers: answers of 2024 carry no action.

    One of the period before has the number of its current twin.
    """
    counts = {True: 0, False: 0}
    made = []
    for item in items:
        place = counts[_is_previous(item)]
        counts[_is_previous(item)] += 1
        node = question.series[place] if place < len(question.series) else {}
        action = as_dict(item.action)
        order = as_int(action.get("order"), as_int(item.order, place))
        action = action or ({**node, "order": order} if node else {})
        made.append(structs.replace(item, action=action or None, order=order))
    return made


def _is_previous(item: SeriesItem) -> bool:
    return as_str(item.compare_label) == "previous"


def _values(item: SeriesItem, length: int) -> tuple[int | float | None, ...]:
    values = [known(value) for value in item.data or []][:length]
    return (*values, *([None] * (length - len(values))))


def _everybody(item: SeriesItem) -> int | float:
    sent = known(item.count)
    return total(item.data or []) if sent is None else sent


def _summary(items: list[SeriesItem], lines: list[Line], labels: list[str], actors: str) -> str:
    first = items[0]
    values = _values(first, len(labels))
    most = max(range(len(labels)), key=lambda place: values[place] or 0)
    share = percent(ratio(values[most] or 0, _everybody(first)), 1)
    more = f"; {len(items)} series" if len(items) > 1 else ""
    return (
        f"{number(values[most])} of {number(_everybody(first))} {actors} ({share}) did "
        f"{lines[0].label} on {labels[most]}{more}."
    )


def _actors(question: Question, context: Context) -> str:
    """Name what is counted in the series that the sentence speaks of, the first."""
    grouped = [node for node in question.series if node.get("math") == "unique_group"]
    if not grouped:
        return "persons"
    return group_names(grouped[0].get("math_group_type_index"), context.groups)[1]


def _table(items: list[SeriesItem], lines: list[Line], labels: list[str]) -> Table:
    columns = (
        Column("Series"),
        Column("Total", numeric=True),
        *(Column(label, numeric=True) for label in labels),
    )
    rows = tuple(
        (line.label, known(item.count), *_values(item, len(labels)))
        for item, line in zip(items, lines, strict=True)
    )
    texts = tuple((str(row[0]), *(_text(value) for value in row[1:])) for row in rows)
    return Table(columns, rows, texts)


def _text(value: str | float | None) -> str:
    return "" if value is None or isinstance(value, str) else number(value)
