"""Of maps, heat maps, boxes, lists and comparisons, too, each number was sent or follows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.charts.shapes import BoxPlotBody, HeatmapBody
from phdesk.core.charts.spec import FunnelBody, MapBody, XYBody
from phdesk.core.charts.view import insight_view
from tests.core.charts.asked import CONTEXT, item, made, sql, total, trends
from tests.core.charts.sent import asking
from tests.core.charts.truth import Truth, words_of

QUICK = settings(max_examples=40, deadline=None)
COUNTS = st.integers(0, 3_000_000)
CODES = ("DE", "US", "FR", "IS", "ZZ")


def compact_of(value):
    """Write a number with three digits, in thousands or millions, by a rule of its own."""
    for size in (1e9, 1e6, 1e3):
        if abs(value) >= size * 0.9995:
            return float(f"{value / size:.3g}")
    return float(f"{value:.3g}") if abs(value) < 1 else value


@QUICK
@given(st.lists(COUNTS, min_size=1, max_size=len(CODES)))
def test_a_world_map(values):
    sent = [total(value, breakdown_value=CODES[i]) for i, value in enumerate(values)]
    by = {"breakdownFilter": {"breakdown": "$geoip_country_code"}}
    view = trends(sent, "WorldMap", **by)
    assert isinstance(view.body, MapBody)
    known = {code: value for code, value in zip(CODES, values, strict=False) if code != "ZZ"}
    most = max(known.values())
    drawn = {one.code: (one.value, one.strength) for one in view.body.countries}
    assert drawn == {
        code: (value, pytest.approx(0.2 + 0.8 * value / most if value else 0.0))
        for code, value in known.items()
    }
    Truth(sent).check(words_of(view))


@QUICK
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 7), st.integers(0, 23)), COUNTS, min_size=1, max_size=12
    ),
    st.booleans(),
)
def test_a_heat_map_of_the_week(places, summed):
    cells = [{"row": day, "column": hour, "value": n} for (day, hour), n in places.items()]
    heat = {"data": cells}
    if summed:
        heat |= {"rowAggregations": [{"row": 1, "value": 7777}], "allAggregations": 8888}
    view = trends([{"calendar_heatmap_data": heat}], "CalendarHeatmap")
    assert isinstance(view.body, HeatmapBody)
    hours = range(24)
    Truth(heat, [*hours, *map(compact_of, places.values())]).check(words_of(view))


@QUICK
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), COUNTS),
                min_size=1, max_size=9, unique_by=lambda row: row[:2]))  # fmt: skip
def test_a_heat_map_of_two_columns(rows):
    sent = [list(row) for row in rows]
    view = sql(sent, ["k", "d", "n"], ["String", "String", "UInt64"], "TwoDimensionalHeatmap")
    assert isinstance(view.body, HeatmapBody)
    Truth(sent, [0, *(compact_of(row[2]) for row in rows)]).check(words_of(view))


FIGURES = ("min", "p25", "median", "p75", "max")


@QUICK
@given(st.lists(st.lists(COUNTS, min_size=5, max_size=5).map(sorted), min_size=1, max_size=4))
def test_box_plots(buckets):
    sent = [
        {"day": f"2026-11-{17 + i}", "series_index": 0, "series_label": "load",
         **dict(zip(FIGURES, figures, strict=True))}
        for i, figures in enumerate(buckets)
    ]  # fmt: skip
    view = trends(sent, "BoxPlot")
    assert isinstance(view.body, BoxPlotBody)
    for box, figures in zip(view.body.series[0].boxes, buckets, strict=True):
        assert [box.low, box.p25, box.median, box.p75, box.high] == figures
        low, high = box.ends
        assert box.low <= low <= box.p25 <= box.p75 <= high <= box.high
    percentiles = [25, 75]  # in the titles of columns
    Truth(sent, percentiles).check(words_of(view))


@QUICK
@given(st.lists(st.tuples(COUNTS, COUNTS, st.none() | COUNTS), min_size=1, max_size=5))
def test_lists_of_events(rows):
    sent = [list(row) for row in rows]
    columns = ["properties.amount", "properties.count", "properties.rest"]
    node = {"kind": "DataTableNode", "source": {"kind": "EventsQuery"}}
    view = insight_view(
        made(node, sent, columns=columns, types=["UInt64", "UInt64", "Nullable(UInt64)"]), CONTEXT
    )
    assert [list(row) for row in view.table.rows] == sent
    Truth(sent).check(words_of(view))


@st.composite
def two_funnels(draw):
    length = draw(st.integers(2, 4))
    periods = []
    for label in ("current", "previous"):
        counts = sorted((draw(st.integers(1, 90_000)) for _ in range(length)), reverse=True)
        periods.append([
            {"name": f"step {'abcd'[i]}", "order": i, "count": count, "compare_label": label}
            for i, count in enumerate(counts)
        ])  # fmt: skip
    return periods


@QUICK
@given(two_funnels(), st.booleans())
def test_compared_funnels(periods, flat):
    sent = [step for period in periods for step in period] if flat else periods
    view = asking("FunnelsQuery", sent)
    assert isinstance(view.body, FunnelBody)
    derived = [100.0, 0.0]
    for period in periods:
        counts = [step["count"] for step in period]
        for place, count in enumerate(counts[1:], 1):
            before = counts[place - 1]
            derived += [before - count, 100 * count / counts[0], 100 * count / before]
            derived.append(100 * (before - count) / before)
    Truth(sent, derived).check(words_of(view))
    assert [group.previous for group in view.body.groups] == [False, True]


FORMATS = {  # a number as the style writes it, by a rule of its own
    "numeric": lambda value: value,
    "percentage": lambda value: value,
    "percentage_scaled": lambda value: value * 100,
    "currency": lambda value: value,
    "short": compact_of,
}


@QUICK
@given(
    st.lists(st.integers(0, 3_000_000).map(lambda cents: cents / 100), min_size=1, max_size=5),
    st.sampled_from(list(FORMATS)),
    st.sampled_from([None, 0, 2, 4]),
)
def test_formats(data, style, decimals):
    own = {"aggregationAxisFormat": style, "decimalPlaces": decimals}
    sent = [item(data, start=17)]
    view = trends(sent, None, own)
    assert isinstance(view.body, XYBody)
    derived = [FORMATS[style](value) for value in (*data, sum(data))]
    Truth(sent, derived).check(words_of(view))


@QUICK
@given(st.lists(st.integers(0, 400_000), min_size=1, max_size=4))
def test_times(data):
    sent = [item(data, start=17)]
    for style, scale in (("duration", 1.0), ("duration_ms", 1e-3)):
        view = trends(sent, None, {"aggregationAxisFormat": style})
        derived = [value * scale for value in (*data, sum(data))]
        derived += [value * 1e3 for value in derived]  # below a second in milliseconds
        Truth(sent, derived).check(words_of(view))
