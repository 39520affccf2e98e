"""Tests of the lines that are worked out on the client."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.overlays import moving_average, trend
from tests.core.charts.asked import item, trends

VALUES = st.lists(st.none() | st.floats(-1e308, 1e308, allow_nan=False), max_size=12)


@pytest.mark.parametrize(
    ("values", "complete", "wanted"),
    [
        ((1, 2, 3), None, (1, 2, 3)),
        ((4, 4, 4), None, (4, 4, 4)),
        ((0, 1, 1, 2), None, (0.1, 0.7, 1.3, 1.9)),
        ((1, None, 3), None, (1, 2, 3)),
        ((1, 2, 3, 0), 3, (1, 2, 3, 4)),
        ((1,), None, ()),
        ((), None, ()),
        ((1, 5), 1, ()),
        ((0, 0, 0), None, (0, 0, 0)),
    ],
    ids=["line", "flat", "fit", "gap", "incomplete-end", "one", "none", "one-complete", "zeros"],
)
def test_a_trend_is_the_line_of_least_squares(values, complete, wanted):
    assert trend(values, complete) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("values", "window", "wanted"),
    [
        ((1, 2, 3, 6), 2, (None, 1.5, 2.5, 4.5)),
        ((1, 2, 3), 3, (None, None, 2)),
        ((1, None, 3, 5), 2, (None, None, None, 4)),
        ((1, 2), 3, ()),
        ((1, 2), 1, ()),
        ((1, 2), -4, ()),
    ],
    ids=["two", "three", "gap", "too-few", "one", "negative"],
)
def test_a_moving_average_is_the_mean_of_the_last_values(values, window, wanted):
    assert moving_average(values, window) == wanted


@given(VALUES, st.none() | st.integers(0, 12))
def test_a_trend_of_anything_is_finite(values, complete):
    assert all(map(math.isfinite, trend(values, complete)))


@given(VALUES, st.integers(2, 5))
def test_an_average_lies_between_its_values(values, window):
    for end, mean in enumerate(moving_average(values, window), 1):
        part = values[end - window : end]
        if mean is not None:
            slack = abs(mean) * 1e-9 + 1e-300
            assert min(part) - slack <= mean <= max(part) + slack


def test_an_insight_asks_for_the_lines_and_the_table_leaves_them_out():
    own = {"showTrendLines": True, "showMovingAverage": True, "movingAverageIntervals": 2}
    sent = item([1, 2, 3], compare=True, compare_label="current")
    before = item([9, 9, 9], compare=True, compare_label="previous")
    view = trends([sent, before], None, own)
    found = [(one.series, one.rule, one.values) for one in view.body.overlays]
    assert found == [(0, "trend", (1, 2, 3)), (0, "average", (None, 1.5, 2.5))]
    assert len(view.table.rows) == 2
    assert trends([sent], "ActionsAreaGraph", own).body.overlays == ()
    assert trends([sent]).body.overlays == ()
