"""Whatever JSON comes, a tile is shown, and each of its numbers was sent or follows by a rule."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw, structs

from phdesk.core.charts import sql_chart, trends
from phdesk.core.charts import view as views
from phdesk.core.charts.series import TOTALS
from phdesk.core.charts.shapes import BoxSeries
from phdesk.core.charts.spec import TileView
from phdesk.core.charts.view import insight_view, tile_view
from phdesk.core.jsonvalue import as_number
from phdesk.models.dashboard import ButtonCard, TextCard, Tile
from tests.core.charts import test_funnel_kin_hostile as kin
from tests.core.charts.asked import CONTEXT, made

KINDS = [
    "TrendsQuery",
    "HogQLQuery",
    "EventsQuery",
    "EventsNode",
    "ActorsQuery",
    "PersonsNode",
    "GroupsQuery",
    "WebOverviewQuery",
    "CalendarHeatmapQuery",
    "New",
    "",
]
DISPLAYS = [
    None, "ActionsLineGraph", "ActionsBar", "ActionsAreaGraph", "BoldNumber", "Metric", "WorldMap",
    "ActionsPie", "ActionsBarValue", "ActionsTable", "CalendarHeatmap", "BoxPlot", "SlopeGraph",
    "TwoDimensionalHeatmap", "ActionsProportionBar", "ActionsDonut", "ActionsStackedBar",
    "ActionsUnstackedBar", "ActionsLineGraphCumulative", "Auto", "Odd",
]  # fmt: skip
DAYS = st.sampled_from(["2026-11-20", "2026-11-21 10:00:00", "0001-01-01", "day 0", "", None])
NUMBERS = st.one_of(
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["12", "1.5", "x"]),
    st.none(),
)
TEXTS = st.sampled_from(
    ["data", "days", "count", "label", "$$_posthog_breakdown_other_$$", "DE", "-7d", "all", "\x00"]
) | st.text(max_size=6)
ANY = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
OPTIONS = [
    "goalLines", "formula", "formulaNodes", "formulas", "hiddenLegendIndexes",
    "resultCustomizations", "resultCustomizationBy", "aggregationAxisFormat", "decimalPlaces",
    "aggregationAxisPrefix", "showPercentStackView", "showMultipleYAxes", "hidden_legend_keys",
    "metricSummary", "showValuesOnSeries", "minDecimalPlaces", "smoothing_intervals",
    "showTrendLines", "showMovingAverage", "movingAverageIntervals", "hideWeekends",
    "showConfidenceIntervals", "confidenceLevel", "yAxisScaleType", "showAnnotations",
    "showAlertThresholdLines", "stackBreakdownValues", "aggregationAxisPostfix", "legendPosition",
    "chartStyle", "detailedResultsAggregationType",
]  # fmt: skip
SERIES = st.fixed_dictionaries(
    {},
    optional={
        "data": st.lists(NUMBERS, max_size=4) | st.none(),
        "days": st.lists(DAYS, max_size=5),
        "labels": st.lists(TEXTS, max_size=3),
        "count": NUMBERS,
        "aggregated_value": NUMBERS,
        "label": TEXTS | st.none(),
        "action": st.none()
        | st.fixed_dictionaries({"order": ANY, "name": ANY}, optional={"math": ANY}),
        "order": st.integers(-3, 3) | ANY,
        "breakdown_value": ANY,
        "compare_label": st.sampled_from(["current", "previous", 5]),
        "incomplete_end": ANY,
    },
)
PLACED = st.fixed_dictionaries(
    {"row": st.integers(0, 9) | ANY, "column": st.integers(-1, 25) | ANY, "value": NUMBERS}
)
HEAT = st.fixed_dictionaries(
    {"data": st.lists(PLACED, max_size=6)},
    optional={
        "rowAggregations": st.lists(PLACED, max_size=3) | ANY,
        "columnAggregations": st.lists(PLACED, max_size=3) | ANY,
        "allAggregations": NUMBERS,
    },
)
SPREAD = st.fixed_dictionaries(
    {name: NUMBERS | st.just(0) for name in ("min", "p25", "median", "p75", "max")},
    optional={"mean": NUMBERS, "day": DAYS, "series_index": NUMBERS, "series_label": TEXTS},
)
FILTER = st.dictionaries(st.sampled_from(OPTIONS), ANY, max_size=4)
QUERY = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS)},
    optional={
        "series": ANY,
        "dateRange": st.fixed_dictionaries({"date_from": TEXTS, "date_to": TEXTS}) | ANY,
        "interval": st.sampled_from(["hour", "day", "week", "month", "quarter", "year", "x", 3]),
        "breakdownFilter": ANY
        | st.fixed_dictionaries({"breakdown": ANY, "breakdown_type": TEXTS})
        | st.just({"breakdown": 1, "breakdown_type": "cohort"}),
        "compareFilter": ANY,
    },
)
SETTINGS = st.dictionaries(
    st.sampled_from(
        ["heatmap", "xAxis", "yAxis", "seriesBreakdownColumn", "goalLines", "showLegend"]
    ),
    ANY | st.just("a") | st.just({"column": "a"}) | st.just([{"column": "b", "settings": {}}]),
)
RULE = st.fixed_dictionaries(
    {"columnName": st.sampled_from(["a", "b"]), "color": st.just("#1d4aff")},
    optional={"templateId": st.sampled_from(["equals", "between", "contains", "x"]), "input": ANY},
)
TABLE_SETTINGS = ANY | st.fixed_dictionaries(
    {},
    optional={
        "columns": st.lists(st.sampled_from([{"column": "b"}, {"column": "a"}, 3])),
        "pinnedColumns": st.just(["b"]) | ANY,
        "conditionalFormatting": st.lists(RULE, max_size=2) | ANY,
        "transpose": st.booleans(),
    },
)
ROWS = st.lists(st.lists(NUMBERS | TEXTS | ANY, min_size=2, max_size=3), max_size=4)


def numbers_in(value):
    """Collect every number in JSON, by a walk that knows nothing of its shape."""
    if isinstance(value, dict):
        return set().union(*(numbers_in(part) for part in value.values()), set())
    if isinstance(value, list):
        return set().union(*(numbers_in(part) for part in value), set())
    number = as_number(value)
    return set() if number is None else {float(number)}


def check(view, result):
    assert isinstance(view, TileView)
    assert view.title
    assert view.summary
    width = len(view.table.columns)
    assert all(len(row) == width for row in (*view.table.rows, *view.table.texts))
    assert len(view.table.rows) == len(view.table.texts)
    assert all(isinstance(text, str) for row in view.table.texts for text in row)
    sent = numbers_in(result)
    shown = [v for row in view.table.rows for v in row if isinstance(v, int | float)]
    assert all(isinstance(value, bool) or float(value) in sent for value in shown)
    for series in getattr(view.body, "series", ()):
        if isinstance(series, BoxSeries):
            boxes = [box for box in series.boxes if box is not None]
            assert len(series.boxes) == len(view.body.x_labels) == len(view.body.x_titles)
            assert all({b.low, b.p25, b.median, b.p75, b.high} <= sent for b in boxes)
            continue
        assert len(series.values) == len(view.body.x_labels) == len(view.body.x_titles)
        assert all(value in (None, 0) or value in sent for value in series.values)


def test_every_kind_and_display_is_tried():
    assert views.KINDS.keys() <= {*KINDS, *kin.KINDS}
    assert {*trends.MARKS, *views.TRENDS_OF_OTHER_SHAPE, *sql_chart.MARKS, *TOTALS} <= {*DISPLAYS}
    assert {"Metric", "SlopeGraph", "Auto"} <= {*DISPLAYS}


@settings(max_examples=80, deadline=None)
@given(
    result=st.lists(SERIES, max_size=4), query=QUERY, own=FILTER, display=st.sampled_from(DISPLAYS)
)
def test_any_series_are_shown(result, query, own, display):
    node = {**query, "kind": "TrendsQuery", "trendsFilter": {**own, "display": display}}
    check(insight_view(made(node, result), CONTEXT), result)


@settings(max_examples=80, deadline=None)
@given(heat=HEAT, boxes=st.lists(SPREAD, max_size=5), own=FILTER, inside=st.booleans())
def test_any_heat_and_boxes_are_shown(heat, boxes, own, inside):
    result = [{"calendar_heatmap_data": heat}] if inside else heat
    for sent, display in ((result, "CalendarHeatmap"), (boxes, "BoxPlot")):
        node = {"kind": "TrendsQuery", "trendsFilter": {**own, "display": display}}
        check(insight_view(made(node, sent), CONTEXT), sent)


@settings(max_examples=80, deadline=None)
@given(rows=ROWS, types=ANY, chart=SETTINGS, display=st.sampled_from(DISPLAYS), own=TABLE_SETTINGS)
def test_any_rows_are_shown(rows, types, chart, display, own):
    query = {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery"},
        "display": display,
        "chartSettings": chart,
        "tableSettings": own,
    }
    view = insight_view(made(query, rows, columns=["a", "b"], types=types), CONTEXT)
    check(view, rows)


@settings(max_examples=80, deadline=None)
@given(query=QUERY | ANY, filters=ANY, result=ANY, columns=ANY, types=ANY)
def test_any_json_anywhere_is_shown(query, filters, result, columns, types):
    insight = made(query, result, filters=filters, columns=columns, types=types)
    check(insight_view(insight, CONTEXT), result)


@settings(max_examples=80, deadline=None)
@given(
    filters=st.dictionaries(st.sampled_from([*OPTIONS, "events", "actions", "display"]), ANY),
    result=st.lists(SERIES, max_size=2),
)
def test_any_filters_of_old_are_shown(filters, result):
    check(insight_view(made(None, result, filters=filters), CONTEXT), result)


@given(body=st.text(), url=st.text())
def test_any_text_is_shown(body, url):
    assert tile_view(Tile(id=1, text=TextCard(body)), CONTEXT).title
    assert tile_view(Tile(id=1, button=ButtonCard(body, url)), CONTEXT).title


@pytest.mark.parametrize("depth", [100, 400, 900, 100_000])
@pytest.mark.parametrize("kind", ["TrendsQuery", "HogQLQuery", "EventsQuery", "New"])
def test_json_of_great_depth_is_shown(kind, depth):
    deep = "[" * depth + "1" + "]" * depth
    insight = made({"kind": kind}, None, columns=["a"])
    item = f'[{{"data": [1], "breakdown_value": {deep}, "action": {{"name": {deep}}}}}]'
    for text in (deep, item, f"[[{deep}]]"):
        view = insight_view(structs.replace(insight, result=Raw(text.encode())), CONTEXT)
        assert isinstance(view, TileView)
    view = insight_view(structs.replace(insight, query=Raw(deep.encode())), CONTEXT)
    assert json.dumps(view.title)
