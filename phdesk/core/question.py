"""What an insight asks, in one modern form, whatever form it is stored in (reference 6.0, 4.5)."""

from typing import Any

from msgspec import Struct

from phdesk.core.jsonvalue import as_bool, as_dict, as_list, as_str, as_text, parse
from phdesk.core.legacy import camel_keys, modern_query
from phdesk.models.insight import Insight

WRAPPERS = frozenset({"InsightVizNode", "DataVisualizationNode", "DataTableNode"})
LOOKS = frozenset(  # parts of a filter that say how numbers are shown, not which they are
    {"showLegend", "legendPosition", "showValuesOnSeries", "showLabelsOnSeries"}
    | {"showPercentagesOnSeries", "showPercentStackView", "showMultipleYAxes", "showTrendLines"}
    | {"showMovingAverage", "movingAverageIntervals", "showConfidenceIntervals", "confidenceLevel"}
    | {"showAlertThresholdLines", "showAnnotations", "yAxisScaleType", "goalLines", "layout"}
    | {"aggregationAxisFormat", "aggregationAxisPrefix", "aggregationAxisPostfix"}
    | {"decimalPlaces", "minDecimalPlaces", "hiddenLegendIndexes", "hiddenLegendBreakdowns"}
    | {"resultCustomizations", "resultCustomizationBy", "dashboardDisplay"}
)
NO_PART = frozenset({"version", "tags", "response"})  # of a query: nothing that is asked
EMPTY: tuple[object, ...] = (None, "")
DEEPEST = 8  # wrappers inside wrappers; real ones have two
FILTERS = {
    "TrendsQuery": "trendsFilter",
    "FunnelsQuery": "funnelsFilter",
    "RetentionQuery": "retentionFilter",
    "StickinessQuery": "stickinessFilter",
    "LifecycleQuery": "lifecycleFilter",
    "PathsQuery": "pathsFilter",
}


class Question(Struct, frozen=True, gc=False, kw_only=True):
    """A query, unwrapped; `outer` carries what a wrapper says about tables and SQL charts."""

    kind: str = ""  # of the innermost node, as sent
    source: dict[str, Any] = {}
    outer: dict[str, Any] = {}
    filter: dict[str, Any] = {}  # the part of `source` that belongs to the kind
    display: str = ""
    interval: str = "day"
    date_from: str | None = None
    date_to: str | None = None
    series: tuple[dict[str, Any], ...] = ()
    compare: bool = False


def read_question(insight: Insight) -> Question:
    """Read an insight's query, or its legacy filters when it has no query.

    Of one that points to another and has its answer, it is that one's.
    """
    asked = insight.pointed or insight
    outer = as_dict(parse(asked.query))
    if not outer:
        filters = as_dict(parse(asked.filters))
        outer = modern_query(filters) if filters else {}
    return question_of(outer)


def stated(insight: Insight) -> object:
    """Give query or filters of an insight without what says nothing: nulls and empty parts."""
    return _stated(parse(insight.query)) or _stated(parse(insight.filters))


def asked_by(insight: Insight) -> object:
    """Give what decides an insight's numbers: with its filters, without how they are shown.

    Filters of dashboard and tile are in the query as it was sent; only of the oldest insights
    `filters` are the question.
    """
    question = read_question(insight)
    source = {key: part for key, part in question.source.items() if key not in NO_PART}
    own = FILTERS.get(question.kind, "")
    if own in source:
        source[own] = {key: part for key, part in question.filter.items() if key not in LOOKS}
    return _stated(source)


def same_asked(one: Insight, other: Insight) -> bool:
    """Say whether two insights ask for the same numbers, however they show them."""
    if (one.query, one.filters, one.pointed) == (other.query, other.filters, other.pointed):
        return True
    return asked_by(one) == asked_by(other)


def question_of(outer: dict[str, Any]) -> Question:
    """Read a query node."""
    source = _unwrapped(outer)
    kind = as_str(source.get("kind"))
    own = _own_filter(source, kind)
    dates = _dates(source)
    return Question(
        kind=kind,
        source=source,
        outer=outer,
        filter=own,
        display=_display(kind, own, outer),
        interval=as_text(source.get("interval")) or "day",
        date_from=as_text(dates.get("date_from")),
        date_to=as_text(dates.get("date_to")),
        series=tuple(node for node in as_list(source.get("series")) if isinstance(node, dict)),
        compare=_compares(source, own),
    )


def _unwrapped(outer: dict[str, Any]) -> dict[str, Any]:
    node = outer
    for _ in range(DEEPEST):
        if as_str(node.get("kind")) not in WRAPPERS:
            break
        node = as_dict(node.get("source"))
    return _modern(node)


def _modern(source: dict[str, Any]) -> dict[str, Any]:
    """Bring the first modern queries (2023), whose parts kept legacy names, up to date."""
    key = FILTERS.get(as_str(source.get("kind")))
    changes: dict[str, Any] = {}
    if key and isinstance(source.get(key), dict):
        changes[key] = camel_keys(source[key])
    if isinstance(source.get("breakdown"), dict) and "breakdownFilter" not in source:
        changes["breakdownFilter"] = source["breakdown"]
    return {**source, **changes} if changes else source


def _own_filter(source: dict[str, Any], kind: str) -> dict[str, Any]:
    return as_dict(source.get(FILTERS[kind])) if kind in FILTERS else {}


def _dates(source: dict[str, Any]) -> dict[str, Any]:
    """Find the date range: of insights, of SQL with filters, or of event lists."""
    found = as_dict(source.get("dateRange")) or as_dict(
        as_dict(source.get("filters")).get("dateRange")
    )
    if found:
        return found
    return {"date_from": source.get("after"), "date_to": source.get("before")}


def _display(kind: str, own: dict[str, Any], outer: dict[str, Any]) -> str:
    match kind:
        case "TrendsQuery":
            return as_text(own.get("display")) or "ActionsLineGraph"
        case "FunnelsQuery":
            return as_text(own.get("funnelVizType")) or "steps"
        case "HogQLQuery":
            return as_text(outer.get("display")) or "ActionsTable"
        case _:
            return as_str(own.get("display")) or as_str(outer.get("display"))


def _compares(source: dict[str, Any], own: dict[str, Any]) -> bool:
    compare = as_dict(source.get("compareFilter")).get("compare")
    return as_bool(compare if compare is not None else own.get("compare"))


def _stated(value: object) -> object:
    if isinstance(value, dict):
        found = {key: _stated(part) for key, part in value.items()}
        return {key: part for key, part in found.items() if part not in EMPTY} or None
    if isinstance(value, list):
        return [_stated(part) for part in value] or None
    return value
