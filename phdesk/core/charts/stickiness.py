"""Draw stickiness: on how many intervals people did something (reference 6.4)."""

from typing import Literal

from phdesk.core.charts.adding import OR_MORE_AGAIN
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.rates import known, ratio, total
from phdesk.core.charts.results import SeriesItem, decode
from phdesk.core.charts.spec import ADDS_UP, Column, NoticeBody, Table, XYBody, XYSeries
from phdesk.core.formatting import number, percent
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_str, as_text
from phdesk.core.names import event_name, group_names, series_name
from phdesk.core.palette import hex_of, preset
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


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw how many people did something on one interval, on two, and so on."""
    items = [item for item in decode(insight.result, list[SeriesItem]) if item.data]
    labels = _labels(items, question)
    table = _table(items, labels, question)
    if not any(any(item.data or []) for item in items):
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY, table=table)
    return Drawn(
        body=_body(items, labels, question),
        summary=_summary(items, labels, question, context),
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


def _body(items: list[SeriesItem], labels: list[str], question: Question) -> XYBody:
    alone = items[0] if len(items) == 1 else None
    shows_values = question.filter.get("showValuesOnSeries") is True
    return XYBody(
        x_labels=tuple(labels),
        x_titles=tuple(_titles(alone, labels)),
        series=tuple(_series(items, len(labels), question)),
        value_labels=_value_labels(alone, len(labels)) if alone and shows_values else (),
        all_values=shows_values,
        legend=len(items) > 1,
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


def _series(items: list[SeriesItem], length: int, question: Question) -> list[XYSeries]:
    places = _places(items)
    hidden = {as_int(index) for index in as_list(question.filter.get("hiddenLegendIndexes"))}
    return [
        XYSeries(
            label=_name(item, question, place),
            color=_color(question, place),
            values=_values(item, length),
            mark=MARKS.get(question.display, "line"),
            previous=_is_previous(item),
            hidden=index in hidden,
            no_sum=OR_MORE_AGAIN if _is_cumulative(question) else ADDS_UP,
        )
        for index, (item, place) in enumerate(zip(items, places, strict=True))
    ]


def _places(items: list[SeriesItem]) -> list[int]:
    """Count series from 0; one of the period before has the number of its current twin."""
    places, now, before = [], 0, 0
    for item in items:
        if _is_previous(item):
            places.append(before)
            before += 1
        else:
            places.append(now)
            now += 1
    return places


def _color(question: Question, place: int) -> str:
    custom = as_dict(question.filter.get("resultCustomizations")).get(str(place))
    token = as_text(as_dict(custom).get("color"))
    return token if token and hex_of(token, dark=False) else preset(place)


def _is_previous(item: SeriesItem) -> bool:
    return as_str(item.compare_label) == "previous"


def _name(item: SeriesItem, question: Question, place: int) -> str:
    """Name a series: answers of 2024 carry no action, but the query names it."""
    action = as_dict(item.action)
    if action:
        name = series_name(action)
    elif place < len(question.series):
        name = series_name(question.series[place])
    else:
        name = event_name(as_str(item.label))
    return f"{name} (previous)" if _is_previous(item) else name


def _values(item: SeriesItem, length: int) -> tuple[int | float | None, ...]:
    values = [known(value) for value in item.data or []][:length]
    return (*values, *([None] * (length - len(values))))


def _everybody(item: SeriesItem) -> int | float:
    sent = known(item.count)
    return total(item.data or []) if sent is None else sent


def _summary(
    items: list[SeriesItem], labels: list[str], question: Question, context: Context
) -> str:
    first = items[0]
    values = _values(first, len(labels))
    most = max(range(len(labels)), key=lambda place: values[place] or 0)
    share = percent(ratio(values[most] or 0, _everybody(first)), 1)
    more = f"; {len(items)} series" if len(items) > 1 else ""
    everybody = f"{number(_everybody(first))} {_actors(question, context)}"
    return (
        f"{number(values[most])} of {everybody} ({share}) did "
        f"{_name(first, question, 0)} on {labels[most]}{more}."
    )


def _actors(question: Question, context: Context) -> str:
    """Name what is counted in the series that the sentence speaks of, the first."""
    grouped = [node for node in question.series if node.get("math") == "unique_group"]
    if not grouped:
        return "persons"
    return group_names(grouped[0].get("math_group_type_index"), context.groups)[1]


def _table(items: list[SeriesItem], labels: list[str], question: Question) -> Table:
    columns = (
        Column("Series"),
        Column("Total", numeric=True),
        *(Column(label, numeric=True) for label in labels),
    )
    rows = tuple(
        (_name(item, question, place), known(item.count), *_values(item, len(labels)))
        for item, place in zip(items, _places(items), strict=True)
    )
    texts = tuple((str(row[0]), *(_text(value) for value in row[1:])) for row in rows)
    return Table(columns, rows, texts)


def _text(value: str | float | None) -> str:
    return "" if value is None or isinstance(value, str) else number(value)
