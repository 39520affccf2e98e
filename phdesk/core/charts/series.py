"""Read the series of trends: names, colours, what is hidden, what is of the period before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct, structs

from phdesk.core.charts.context import Context
from phdesk.core.charts.results import Number, SeriesItem
from phdesk.core.charts.wishes import (
    chosen_color,
    key_of,
    read_wishes,
    spellings,
    written_value,
)
from phdesk.core.dates import incomplete_from
from phdesk.core.formatting import Format
from phdesk.core.jsonvalue import (
    as_bool,
    as_dict,
    as_int,
    as_list,
    as_number,
    as_numbers,
    as_str,
    as_text,
)
from phdesk.core.names import (
    breakdown_keys,
    breakdown_name,
    cohort_name,
    event_name,
    is_none,
    is_other,
    math_name,
    series_name,
)
from phdesk.core.palette import preset
from phdesk.core.question import Question
from phdesk.models.insight import Insight

PREVIOUS = " (previous)"
TOTALS = frozenset(
    {"BoldNumber", "ActionsPie", "ActionsDonut", "ActionsProportionBar", "ActionsBarValue"}
    | {"ActionsTable", "WorldMap"}
)


class Line(Struct, frozen=True, gc=False, kw_only=True):
    """A series with everything decided that does not depend on the display."""

    name: str  # of the event, action or formula
    label: str  # for the legend: with breakdown and "(previous)" where they are needed
    breakdowns: tuple[str, ...]  # named values, one a property
    value: Any  # the breakdown value as sent, UNSET without one
    data: tuple[Number, ...]
    days: tuple[str, ...]
    count: Number
    aggregated: Number
    order: int
    position: int  # in the result as sent
    formula: bool
    previous: bool
    node: dict[str, Any]  # the action, for what is counted
    color: str = "preset-1"
    hidden: bool = False

    @property
    def total(self) -> Number:
        """Give the one number of the totals flavour."""
        if self.aggregated is None and (self.formula or self.data):
            return self.count
        return self.aggregated


def read_lines(
    items: Sequence[SeriesItem], question: Question, context: Context, *, ranked: bool = False
) -> list[Line]:
    """Read all series in the order in which they are drawn, largest first when `ranked`."""
    lines: list[Line] = []
    for index, item in enumerate(items):
        last = (items[index - 1], lines[-1].days) if index else None
        lines.append(_line(item, index, question, last))
    lines = _labelled(_told_apart(lines, context))
    if ranked:
        lines.sort(key=_rank)
    return _coloured(lines, question, context)


def visible(lines: Iterable[Line]) -> list[Line]:
    """Leave out what the insight hides."""
    return [line for line in lines if not line.hidden]


def current(lines: Iterable[Line]) -> list[Line]:
    """Leave out the period before."""
    return [line for line in lines if not line.previous]


def counted_at(insight: Insight, context: Context) -> datetime:
    """Give the moment of an answer, which may be long ago."""
    counted = insight.last_refresh or context.now
    if counted.tzinfo is None:  # a server that left the zone out means UTC
        counted = counted.replace(tzinfo=UTC)
    return min(context.now, counted)


def unfinished_from(
    days: Sequence[str], insight: Insight, question: Question, context: Context
) -> int | None:
    """Find the first bucket that was incomplete when it was counted."""
    timezone = insight.timezone or context.timezone
    return incomplete_from(days, question.interval, counted_at(insight, context), timezone)


def axis_format(own: Mapping[str, Any], context: Context) -> Format:
    """Read how the insight wants its numbers written."""
    return Format(
        style=as_text(own.get("aggregationAxisFormat")) or "numeric",
        prefix=as_str(own.get("aggregationAxisPrefix")),
        postfix=as_str(own.get("aggregationAxisPostfix")),
        decimals=as_int(own.get("decimalPlaces")),
        min_decimals=as_int(own.get("minDecimalPlaces")),
        currency=context.currency,
    )


def _line(
    item: SeriesItem,
    position: int,
    question: Question,
    last: tuple[SeriesItem, tuple[str, ...]] | None = None,
) -> Line:
    """Read one series; buckets it has in common with the last one are not read again."""
    node = as_dict(item.action)
    order = as_int(node.get("order"), as_int(item.order, 0)) or 0
    name = series_name(node) if node else _unnamed(item, order, question)
    return Line(
        name=name,
        label=name,
        breakdowns=_breakdowns(item, question),
        value=item.breakdown_value,
        data=as_numbers(item.data or ()),
        days=last[1] if last is not None and _has_days_of(item, last[0]) else _days(item),
        count=as_number(item.count),
        aggregated=as_number(item.aggregated_value),
        order=order,
        position=position,
        formula=not node and _has_formula(question),
        previous=item.compare_label == "previous",
        node=node,
    )


def _has_formula(question: Question) -> bool:
    return any(question.filter.get(key) for key in ("formula", "formulas", "formulaNodes"))


def _unnamed(item: SeriesItem, order: int, question: Question) -> str:
    """Name a formula, or a series of an old server that sent no action."""
    nodes = as_list(question.filter.get("formulaNodes"))
    custom = as_text(as_dict(nodes[order]).get("custom_name")) if 0 <= order < len(nodes) else None
    label = as_text(item.label)
    if _has_formula(question):
        return custom or _formula_label(label, order, question)
    if not label and 0 <= order < len(question.series):
        return series_name(question.series[order])
    return event_name(label or f"Series {order + 1}")


def _formula_label(label: str | None, order: int, question: Question) -> str:
    if label and label.startswith("Formula ("):
        return label.partition(" - ")[0] if label.count("(") > label.count(")") else label
    own = question.filter
    texts = [as_str(as_dict(node).get("formula")) for node in as_list(own.get("formulaNodes"))]
    texts = texts or [as_str(text) for text in as_list(own.get("formulas"))]
    texts = texts or [as_str(own.get("formula"))]
    return f"Formula ({texts[order]})" if 0 <= order < len(texts) else label or "Formula"


def _has_days_of(item: SeriesItem, other: SeriesItem) -> bool:
    shares = item.days is other.days and item.labels is other.labels and item.days is not None
    return shares and len(item.data or ()) == len(other.data or ())


def _days(item: SeriesItem) -> tuple[str, ...]:
    days = [as_str(day) for day in item.days or ()]
    rest = range(len(days), len(item.data or ()))
    if not rest:
        return tuple(days)
    labels = [as_str(label) for label in item.labels or ()]
    return (*days, *(labels[i] if i < len(labels) else str(i + 1) for i in rest))


def _breakdowns(item: SeriesItem, question: Question) -> tuple[str, ...]:
    value = item.breakdown_value
    if value is msgspec.UNSET:
        return ()
    if as_dict(question.source.get("breakdownFilter")).get("breakdown_type") == "cohort":
        return (_cohort(item),)
    wanted = max(1, len(breakdown_keys(question)))
    if isinstance(value, list):
        parts = [breakdown_name(part) for part in value]
        is_one = len(parts) == wanted or not parts
        return tuple(parts) or (breakdown_name(None),) if is_one else (breakdown_name(value),)
    return (breakdown_name(value),)


def _cohort(item: SeriesItem) -> str:
    """Name a cohort by the end of its label, which is the only place that holds its name."""
    if item.breakdown_value in ("all", 0):
        return "All users"
    label = as_str(item.label)
    name = label.rpartition(" - ")[2]
    return name or cohort_name(item.breakdown_value)


def _told_apart(lines: list[Line], context: Context) -> list[Line]:
    """Add what is counted to names that several series share."""
    orders: dict[str, set[int]] = {}
    for line in lines:
        orders.setdefault(line.name, set()).add(line.order)
    return [
        structs.replace(line, name=f"{line.name} ({math_name(line.node, context.groups)})")
        if line.node and len(orders[line.name]) > 1
        else line
        for line in lines
    ]


def _labelled(lines: list[Line]) -> list[Line]:
    several = len({(line.order, line.name) for line in lines}) > 1
    return [structs.replace(line, label=_label(line, several=several)) for line in lines]


def _label(line: Line, *, several: bool) -> str:
    text = "::".join(line.breakdowns) or line.name
    if line.breakdowns and several:
        text = f"{line.name} - {text}"
    return f"{text}{PREVIOUS}" if line.previous else text


def _rank(line: Line) -> tuple[bool, float]:
    """Sort by value, None and Other last."""
    value = line.value
    rest = value is not msgspec.UNSET and (is_none(value) or is_other(value))
    return (rest, -(line.total or 0))


def _coloured(lines: list[Line], question: Question, context: Context) -> list[Line]:
    wishes = read_wishes(question)
    hidden = {as_int(index) for index in as_list(question.filter.get("hiddenLegendIndexes"))}
    by_position = question.filter.get("resultCustomizationBy") == "position"
    tokens: dict[object, str] = {}
    seen: Counter[object] = Counter()
    result = []
    for line in lines:
        identity = (line.name, line.order, written_value(line.value))
        twin = (identity, seen[identity, line.previous])  # two alike are still two colours
        seen[identity, line.previous] += 1
        wish = wishes.get(str(line.position) if by_position else _key(line), {})
        names = spellings(line.value, line.breakdowns) if line.breakdowns else set()
        token = chosen_color(names, wish, context) or tokens.get(twin) or _next(tokens)
        tokens.setdefault(twin, token)
        is_hidden = line.position in hidden or as_bool(wish.get("hidden"))
        result.append(structs.replace(line, color=token, hidden=is_hidden))
    return result


def _next(tokens: Mapping[object, str]) -> str:
    return preset(len(tokens))


def _key(line: Line) -> object:
    series = "formula" if line.formula and not line.order else str(line.order)
    if line.formula and line.order:
        series = f"formula{line.order}"
    return key_of(series, line.value, previous=line.previous)
