"""Refuse what no query may hold, in the words of the library with which PostHog checks queries."""

from collections.abc import Iterator, Mapping
from typing import Any

from phdesk.demo.errors import ApiError, unreadable

JSON = dict[str, Any]
Place = tuple[str, ...]
SHARED = frozenset(
    {"kind", "dateRange", "properties", "filterTestAccounts", "samplingFactor", "modifiers"}
    | {"aggregation_group_type_index", "dataColorTheme", "version", "tags", "response"}
)
SERIES = frozenset({"series", "interval"})
OWN = {  # of each kind: where its own settings lie, and what they may be
    "TrendsQuery": (
        "trendsFilter",
        {"display", "formula", "formulas", "formulaNodes", "smoothingIntervals", "showLegend"}
        | {"legendPosition", "aggregationAxisFormat", "aggregationAxisPrefix", "decimalPlaces"}
        | {"aggregationAxisPostfix", "minDecimalPlaces", "showValuesOnSeries", "goalLines"}
        | {"showLabelsOnSeries", "showPercentStackView", "yAxisScaleType", "hiddenLegendIndexes"}
        | {"showMultipleYAxes", "showTrendLines", "showAlertThresholdLines", "xAxisLabel"}
        | {"yAxisLabel", "resultCustomizations", "resultCustomizationBy", "stackBreakdownValues"}
        | {"breakdown_histogram_bin_count", "showConfidenceIntervals", "confidenceLevel"}
        | {"showMovingAverage", "movingAverageIntervals", "hideWeekends", "chartStyle"}
        | {"metricSummary", "excludeBoxPlotOutliers", "detailedResultsAggregationType"},
    ),
    "FunnelsQuery": (
        "funnelsFilter",
        {"funnelVizType", "layout", "funnelOrderType", "funnelStepReference", "exclusions"}
        | {"funnelWindowInterval", "funnelWindowIntervalUnit", "funnelFromStep", "funnelToStep"}
        | {"binCount", "breakdownAttributionType", "breakdownAttributionValue", "goalLines"}
        | {"hiddenLegendBreakdowns", "resultCustomizations", "showTrendLines", "showLegend"}
        | {"legendPosition", "showValuesOnSeries", "funnelAggregateByHogQL", "useUdf"},
    ),
    "RetentionQuery": (
        "retentionFilter",
        {"retentionType", "period", "totalIntervals", "targetEntity", "returningEntity"}
        | {"retentionReference", "cumulative", "minimumOccurrences", "meanRetentionCalculation"}
        | {"showMean", "display", "dashboardDisplay", "timeWindowMode", "selectedInterval"}
        | {"goalLines", "showTrendLines"},
    ),
    "StickinessQuery": (
        "stickinessFilter",
        {"display", "showLegend", "legendPosition", "showValuesOnSeries", "showMultipleYAxes"}
        | {"hiddenLegendIndexes", "stickinessCriteria", "computedAs", "resultCustomizations"},
    ),
    "LifecycleQuery": (
        "lifecycleFilter",
        {"toggledLifecycles", "showLegend", "showValuesOnSeries", "stacked"}
        | {"showPercentagesOnSeries"},
    ),
    "PathsQuery": (
        "pathsFilter",
        {"includeEventTypes", "startPoint", "endPoint", "pathGroupings", "edgeLimit", "stepLimit"}
        | {"minEdgeWeight", "maxEdgeWeight", "excludeEvents", "localPathCleaningFilters"}
        | {"pathReplacements", "pathDropoffKey", "pathStartKey", "pathEndKey", "showFullUrls"}
        | {"pathsHogQLExpression"},
    ),
}
MORE = {
    "TrendsQuery": SERIES | {"breakdownFilter", "compareFilter"},
    "FunnelsQuery": SERIES | {"breakdownFilter", "compareFilter"},
    "RetentionQuery": frozenset({"breakdownFilter"}),
    "StickinessQuery": SERIES | {"compareFilter"},
    "LifecycleQuery": SERIES,
    "PathsQuery": frozenset({"funnelPathsFilter"}),
}
NODE = frozenset(
    {"kind", "event", "id", "name", "custom_name", "math", "math_property", "math_hogql"}
    | {"math_property_type", "math_group_type_index", "math_multiplier", "properties", "response"}
    | {"fixedProperties", "limit", "orderBy", "optionalInFunnel"}
)
BREAKDOWN = frozenset(
    {"breakdown", "breakdown_type", "breakdowns", "breakdown_limit", "breakdown_normalize_url"}
    | {"breakdown_group_type_index", "breakdown_hide_other_aggregation"}
    | {"breakdown_histogram_bin_count", "breakdown_path_cleaning"}
)
SQL = frozenset(
    {"kind", "query", "values", "variables", "filters", "modifiers", "explain", "response"}
    | {"name", "tags", "version"}
)
WRAPPERS = {
    "InsightVizNode": {"kind", "source", "full", "showHeader", "showTable", "showFilters"}
    | {"showCorrelationTable", "showLastComputation", "showResults", "embedded"}
    | {"hidePersonsModal", "suppressSessionAnalysisWarning", "vizSpecificOptions", "version"},
    "DataVisualizationNode": {"kind", "source", "display", "chartSettings", "tableSettings"}
    | {"version"},
}
NUMBERS = ("avg", "sum", "min", "max", "median", "p75", "p90", "p95", "p99")
MATHS = frozenset(
    {"total", "dau", "weekly_active", "monthly_active", "unique_session", "first_time_for_user"}
    | {"first_matching_event_for_user", "unique_group", "hogql", *NUMBERS}
    | {f"{name}_count_per_actor" for name in NUMBERS if name != "sum"}
)


def check_source(source: Mapping[str, Any]) -> None:
    """Refuse a query at the query endpoint."""
    kind = str(source.get("kind"))
    for place, said in _problems(source, (kind,)):
        raise unreadable(_words("QueryRequest", ("query", *place), said))


def check_node(node: Mapping[str, Any]) -> None:
    """Refuse a query that is to be saved in an insight."""
    kind, source = str(node.get("kind")), node.get("source")
    for key in sorted(node.keys() - WRAPPERS.get(kind, node.keys())):
        raise _refused((kind, key), _extra(node[key]))
    if not isinstance(source, Mapping):
        return
    for place, said in _problems(source, (str(source.get("kind")),)):
        raise _refused((kind, "source", *place), said)


def _problems(source: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    kind = place[0]
    if kind == "HogQLQuery":
        yield from _extras(source, SQL, place)
    if kind not in OWN:
        return
    own, settings = OWN[kind]
    yield from _extras(source, SHARED | MORE[kind] | {own}, place)
    yield from _extras(source.get(own), settings, (*place, own))
    yield from _extras(source.get("breakdownFilter"), BREAKDOWN, (*place, "breakdownFilter"))
    if "series" in MORE[kind]:
        yield from _series(source.get("series"), (*place, "series"))


def _series(nodes: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if nodes is None:
        return
    if not isinstance(nodes, list):
        yield place, f"Input should be a valid list [type=list_type, {_input(nodes)}]"
        return
    for number, node in enumerate(nodes):
        where = (*place, str(number))
        kind = str(node.get("kind")) if isinstance(node, Mapping) else ""
        yield from _extras(node, NODE, (*where, kind))
        maths = node.get("math") if isinstance(node, Mapping) else None
        if maths is not None and maths not in MATHS:
            yield (*where, kind, "math"), f"Input should be 'total' [type=enum, {_input(maths)}]"


def _extras(held: Any, known: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(held, Mapping):
        for key in sorted(held.keys() - known):
            yield (*place, key), _extra(held[key])


def _extra(value: Any) -> str:
    return f"Extra inputs are not permitted [type=extra_forbidden, {_input(value)}]"


def _input(value: Any) -> str:
    return f"input_value={value!r}, input_type={type(value).__name__}"


def _words(root: str, place: Place, said: str) -> str:
    kind = said.partition("[type=")[2].partition(",")[0]
    return (
        f"1 validation error for {root}\n{'.'.join(place)}\n  {said}\n"
        f"    For further information visit https://errors.pydantic.dev/2.5/v/{kind}"
    )


def _refused(place: Place, said: str) -> ApiError:
    """Refuse as PostHog does for insights: without the words about JSON."""
    return ApiError(400, "invalid_request", "parse_error", _words("QuerySchemaRoot", place, said))
