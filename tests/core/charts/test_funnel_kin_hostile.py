"""Whatever JSON arrives, a tile is drawn or says that it could not be read."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.core.charts import funnel, lifecycle, paths, paths_v2, retention, stickiness
from phdesk.core.charts.context import Drawn
from phdesk.core.charts.results import BadResultError
from phdesk.core.charts.spec import FunnelBody, RetentionBody, SankeyBody, XYBody
from phdesk.core.question import question_of
from phdesk.models.insight import Insight
from tests.core.charts.sent import CONTEXT

KINDS = {
    "FunnelsQuery": funnel.view,
    "RetentionQuery": retention.view,
    "StickinessQuery": stickiness.view,
    "LifecycleQuery": lifecycle.view,
    "PathsQuery": paths.view,
    "PathsV2Query": paths_v2.view,
}
FILTERS = {
    "FunnelsQuery": "funnelsFilter",
    "RetentionQuery": "retentionFilter",
    "StickinessQuery": "stickinessFilter",
    "LifecycleQuery": "lifecycleFilter",
    "PathsQuery": "pathsFilter",
    "PathsV2Query": "pathsFilter",
}
FIELDS = [
    *("data", "days", "labels", "count", "label", "status", "values", "date", "source", "target"),
    *("value", "bins", "order", "name", "custom_name", "action", "breakdown_value"),
    *("compare_label", "average_conversion_time", "median_conversion_time", "aggregation_value"),
    *("steps", "edges", "prefixes", "rows", "items", "item", "stepIndex"),
]
SETTINGS = [
    *("funnelVizType", "layout", "funnelStepReference", "hiddenLegendBreakdowns", "goalLines"),
    *("resultCustomizations", "funnelWindowInterval", "funnelWindowIntervalUnit", "period"),
    *("retentionReference", "meanRetentionCalculation", "showMean", "dashboardDisplay", "display"),
    *("retentionCustomBrackets", "toggledLifecycles", "stacked", "computedAs", "showFullUrls"),
    *("hiddenLegendIndexes", "showValuesOnSeries", "showTrendLines", "legendPosition"),
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
SANE = st.integers(-5, 1000) | st.floats(-1e6, 1e6)
STEPS = st.fixed_dictionaries(
    {"count": SANE, "order": SANE},
    optional={
        "name": SCALARS,
        "breakdown_value": ANY_JSON,
        "compare_label": WORDS,
        "average_conversion_time": SANE | st.none(),
        "median_conversion_time": SANE | st.none(),
    },
)
LINES = st.fixed_dictionaries(
    {"data": st.lists(SANE | st.none(), min_size=1, max_size=5)},
    optional={
        "days": st.lists(WORDS | SCALARS, max_size=6),
        "labels": st.lists(SCALARS, max_size=6),
        "count": SANE | st.none(),
        "status": WORDS,
        "label": WORDS,
        "action": ANY_JSON,
        "breakdown_value": ANY_JSON,
        "compare_label": WORDS,
    },
)
COHORTS = st.fixed_dictionaries(
    {
        "values": st.lists(
            st.fixed_dictionaries({"count": SANE}, optional={"label": SCALARS}), max_size=5
        ),
        "date": WORDS,
    },
    optional={"breakdown_value": SCALARS, "label": SCALARS},
)
NODES = WORDS | st.text(max_size=9) | st.sampled_from(["1_a", "2_b", "3_c", "2_https://a.io/é?q"])
LINKS = st.fixed_dictionaries({"source": NODES, "target": NODES, "value": SANE})
STOP = st.fixed_dictionaries({}, optional={"event": SCALARS, "label": SCALARS}) | st.none()
JOURNEYS = st.fixed_dictionaries(
    {
        "steps": st.lists(
            st.fixed_dictionaries(
                {"stepIndex": SANE},
                optional={
                    "rows": st.lists(st.fixed_dictionaries({"item": STOP, "count": SANE})),
                    "otherCount": SANE | st.none(),
                    "dropOffCount": SANE,
                },
            ),
            max_size=3,
        ),
    },
    optional={
        "edges": st.lists(st.fixed_dictionaries({"source": STOP, "target": STOP, "count": SANE})),
        "prefixes": st.lists(st.fixed_dictionaries({"items": st.lists(STOP), "count": SANE})),
    },
)
BINS = st.fixed_dictionaries({"bins": st.lists(st.tuples(SANE, SANE).map(list), max_size=5)})
WELL_SHAPED = {
    "FunnelsQuery steps": st.lists(STEPS, max_size=5)
    | st.lists(st.lists(STEPS, max_size=4), max_size=4),
    "FunnelsQuery time_to_convert": BINS | st.lists(BINS, max_size=2),
    "FunnelsQuery trends": st.lists(LINES, max_size=4),
    "RetentionQuery": st.lists(COHORTS, max_size=5),
    "StickinessQuery": st.lists(LINES, max_size=4),
    "LifecycleQuery": st.lists(LINES, max_size=4),
    "PathsQuery": st.lists(LINKS, max_size=6),
    "PathsV2Query": st.lists(LINKS, max_size=3) | JOURNEYS,
}
OWN = ANY_JSON | st.dictionaries(st.sampled_from(SETTINGS), ANY_JSON, max_size=8)


QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def drawn_of(kind, result, own, **source):
    question = question_of({"kind": kind, FILTERS[kind]: own, **source})
    return KINDS[kind](Insight(result=Raw(json.dumps(result).encode())), question, CONTEXT)


def check(drawn):
    assert isinstance(drawn, Drawn)
    assert drawn.summary
    table = drawn.table
    assert len(table.rows) == len(table.texts)
    assert {len(row) for row in (*table.rows, *table.texts)} <= {len(table.columns)}
    body = drawn.body
    if isinstance(body, XYBody):
        assert len(body.x_labels) == len(body.x_titles)
        assert {len(one.values) for one in body.series} == {len(body.x_labels)}
    if isinstance(body, SankeyBody):
        layers = [node.layer for node in body.nodes]
        assert all(layers[link.source] < layers[link.target] for link in body.links)
        assert all(link.value > 0 for link in body.links)
    if isinstance(body, FunnelBody):
        assert all(0 <= bar.rate <= 1 for step in body.steps for bar in step.bars)
        assert all(len(step.bars) == len(body.groups) for step in body.steps)
    if isinstance(body, RetentionBody):
        assert all(0 <= cell.ratio <= 1 for row in body.rows for cell in row.cells)
        assert all(len(row.cells) <= len(body.columns) for row in body.rows)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(result=RESULTS, own=OWN, interval=SCALARS, breakdown=ANY_JSON)
def test_any_json_is_drawn_or_refused(kind, result, own, interval, breakdown):
    source = {"interval": interval, "breakdownFilter": breakdown, "series": [breakdown]}
    try:
        drawn = drawn_of(kind, result, own, **source)
    except BadResultError:
        return
    check(drawn)


@pytest.mark.parametrize("asked", WELL_SHAPED)
@QUICK
@given(data=st.data())
def test_a_result_of_the_right_shape_is_drawn_whatever_else_is_odd(asked, data):
    kind, _, way = asked.partition(" ")
    own = data.draw(st.dictionaries(st.sampled_from(SETTINGS), ANY_JSON, max_size=8))
    if way:
        own["funnelVizType"] = way
    result = data.draw(WELL_SHAPED[asked])
    check(drawn_of(kind, result, own, interval=data.draw(WORDS)))


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
    "PathsV2Query": lambda a, b: [
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
