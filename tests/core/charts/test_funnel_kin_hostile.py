"""Whatever JSON arrives, a tile is drawn or says that it could not be read."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.core.charts import funnel, lifecycle, paths, retention, stickiness
from phdesk.core.charts.context import Drawn
from phdesk.core.charts.results import BadResultError
from phdesk.core.question import question_of
from phdesk.models.insight import Insight
from tests.core.charts.sent import CONTEXT

KINDS = {
    "FunnelsQuery": funnel.view,
    "RetentionQuery": retention.view,
    "StickinessQuery": stickiness.view,
    "LifecycleQuery": lifecycle.view,
    "PathsQuery": paths.view,
}
FILTERS = {
    "FunnelsQuery": "funnelsFilter",
    "RetentionQuery": "retentionFilter",
    "StickinessQuery": "stickinessFilter",
    "LifecycleQuery": "lifecycleFilter",
    "PathsQuery": "pathsFilter",
}
FIELDS = [
    *("data", "days", "labels", "count", "label", "status", "values", "date", "source", "target"),
    *("value", "bins", "order", "name", "custom_name", "action", "breakdown_value"),
    *("compare_label", "average_conversion_time", "median_conversion_time", "aggregation_value"),
]
SETTINGS = [
    *("funnelVizType", "layout", "funnelStepReference", "hiddenLegendBreakdowns", "goalLines"),
    *("resultCustomizations", "funnelWindowInterval", "funnelWindowIntervalUnit", "period"),
    *("retentionReference", "meanRetentionCalculation", "showMean", "dashboardDisplay", "display"),
    *("retentionCustomBrackets", "toggledLifecycles", "stacked", "computedAs", "showFullUrls"),
    *("hiddenLegendIndexes", "showValuesOnSeries"),
]
WORDS = st.sampled_from(
    [
        *("", "steps", "trends", "time_to_convert", "flow", "previous", "current", "Month", "Hour"),
        *("2026-11-20T00:00:00Z", "9999-12-31", "0001-01-01T05:00:00+09:00", "1_https://a.io"),
        *("2_http://[::", "0_x", "Week", "weighted", "graph_only", "month", "new", "a - dormant"),
    ]
)
NUMBERS = (
    st.integers(-5, 50)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**400), 10**400)
)
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS | st.text(max_size=8)
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=25,
)
PLAUSIBLE = st.fixed_dictionaries(
    {},
    optional={
        "data": st.lists(NUMBERS | st.none(), max_size=5),
        "days": st.lists(SCALARS, max_size=5),
        "labels": st.lists(SCALARS, max_size=5),
        "count": NUMBERS | st.none(),
        "order": NUMBERS | st.none(),
        "values": st.lists(st.fixed_dictionaries({"count": NUMBERS}), max_size=5),
        "date": SCALARS,
        "status": SCALARS,
        "label": SCALARS,
        "name": SCALARS,
        "breakdown_value": ANY_JSON,
        "compare_label": SCALARS,
        "average_conversion_time": NUMBERS | st.none(),
        "median_conversion_time": NUMBERS | st.none(),
        "bins": st.lists(st.lists(NUMBERS | st.none(), max_size=3), max_size=5),
        "source": WORDS | st.text(max_size=9),
        "target": WORDS | st.text(max_size=9),
        "value": NUMBERS | st.none(),
    },
)
RESULTS = (
    ANY_JSON
    | st.lists(PLAUSIBLE, max_size=5)
    | st.lists(st.lists(PLAUSIBLE, max_size=3), max_size=3)
    | PLAUSIBLE
)
OWN = ANY_JSON | st.dictionaries(st.sampled_from(SETTINGS), ANY_JSON, max_size=8)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(result=RESULTS, own=OWN, interval=SCALARS, breakdown=ANY_JSON)
def test_any_json_is_drawn_or_refused(kind, result, own, interval, breakdown):
    source = {
        "kind": kind,
        FILTERS[kind]: own,
        "interval": interval,
        "breakdownFilter": breakdown,
        "series": [breakdown],
    }
    insight = Insight(result=Raw(json.dumps(result).encode()))
    try:
        drawn = KINDS[kind](insight, question_of(source), CONTEXT)
    except BadResultError:
        return
    assert isinstance(drawn, Drawn)
    assert drawn.summary
    table = drawn.table
    assert len(table.rows) == len(table.texts)
    assert {len(row) for row in (*table.rows, *table.texts)} <= {len(table.columns)}


HUGE = [10**400, -(10**308), 10**308, 1.7e308]
SHAPES = {
    "FunnelsQuery": lambda a, b: [{"count": a, "order": 0}, {"count": b, "order": 1}],
    "RetentionQuery": lambda a, b: [{"values": [{"count": a}, {"count": b}]}] * 2,
    "StickinessQuery": lambda a, b: [{"data": [a, b]}],
    "LifecycleQuery": lambda a, b: [{"status": "new", "data": [0.0, a, b]}],
    "PathsQuery": lambda a, b: [
        {"source": "1_a", "target": "2_b", "value": a},
        {"source": "2_b", "target": "3_c", "value": b},
    ],
}


@pytest.mark.parametrize("first", HUGE)
@pytest.mark.parametrize("second", HUGE)
@pytest.mark.parametrize("kind", SHAPES)
def test_numbers_at_the_end_of_floats_are_drawn_or_refused(kind, first, second):
    result = json.dumps(SHAPES[kind](first, second)).encode()
    too_large = 10**400 in (first, second)
    try:
        drawn = KINDS[kind](Insight(result=Raw(result)), question_of({"kind": kind}), CONTEXT)
    except BadResultError:
        assert too_large or abs(first + second) > 1.7e308 or abs(first - second) > 1.7e308
    else:
        assert not too_large
        assert drawn.summary
