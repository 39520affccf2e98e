import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.smoothing import (
    STACKED,
    TIMELESS,
    TOO_SHORT,
    averages,
    complete_count,
    label,
    moving_average,
    problem,
    windows,
)

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.lists(st.none() | st.floats(), max_size=60)
WINDOW = st.integers(1, 30)


def series(*values, **more):
    return XYSeries(label="A", color="preset-1", values=values, **more)


def chart(*many, timed=True, **more):
    count = max((len(one.values) for one in many), default=0)
    labels = tuple(str(i) for i in range(count))
    starts = labels if timed else ()
    return XYBody(x_labels=labels, x_titles=labels, x_starts=starts, series=many, **more)


@pytest.mark.parametrize(
    ("values", "window", "complete", "expected"),
    [
        pytest.param((1, 2, 6, 4), 2, None, (None, 1.5, 4, 5), id="begins with a full window"),
        pytest.param((1, 2, 6, 4), 2, 3, (None, 1.5, 4, None), id="leaves out the incomplete"),
        pytest.param((1, None, 3), 3, None, (None, None, 2), id="skips what is missing"),
        pytest.param((None, None, 3), 3, None, (None,) * 3, id="but not more than half"),
        pytest.param((None, 4), 2, None, (None, 4), id="half is enough"),
        pytest.param((1, math.nan, 3), 3, None, (None, None, 2), id="no number is missing"),
        pytest.param((5, 7), 1, None, (5, 7), id="a window of one changes nothing"),
        pytest.param((5, 7), 3, None, (None, None), id="longer than all"),
        pytest.param((5, 7), 0, None, (None, None), id="no window"),
        pytest.param((5, 7), 2, -4, (None, None), id="nothing is complete"),
        pytest.param((1e308, 1.7e308), 2, None, (None, 1.35e308), id="the largest numbers"),
        pytest.param((), 7, None, (), id="nothing"),
    ],
)
def test_a_moving_average_follows_its_rule(values, window, complete, expected):
    assert moving_average(values, window, complete) == pytest.approx(expected)


@given(VALUES, WINDOW, st.none() | st.integers(-5, 70))
def test_an_average_is_as_long_as_its_series(values, window, complete):
    assert len(moving_average(values, window, complete)) == len(values)


@example(1.7976931348623157e308, 7, 3)
@example(-1.7976931348623157e308, 40, 30)
@example(5e-324, 7, 3)
@given(NUMBERS, st.integers(1, 40), WINDOW)
def test_a_constant_series_stays_constant(value, count, window):
    made = moving_average([value] * count, window)
    assert set(made[window - 1 :]) <= {value}
    assert set(made[: window - 1]) <= {None}


@given(VALUES, WINDOW)
def test_an_average_lies_between_the_values_of_its_window(values, window):
    for end, mean in enumerate(moving_average(values, window), 1):
        part = values[max(end - window, 0) : end]
        known = [one for one in part if one is not None and math.isfinite(one)]
        if mean is None:
            assert end < window or 2 * len(known) < window
        else:
            assert end >= window
            assert min(known) <= mean <= max(known)


@given(st.lists(st.integers(-(10**6), 10**6), max_size=50), WINDOW)
def test_an_average_agrees_with_counting_by_hand(values, window):
    for end, mean in enumerate(moving_average(values, window), 1):
        if mean is not None:
            assert mean == pytest.approx(sum(values[end - window : end]) / window)


@given(st.lists(NUMBERS, max_size=40), st.lists(NUMBERS, max_size=10), WINDOW)
def test_what_comes_later_changes_no_average(values, later, window):
    whole = moving_average([*values, *later], window)
    assert whole[: len(values)] == moving_average(values, window)


@pytest.mark.parametrize(
    ("unit", "count", "sizes"),
    [
        pytest.param("day", 30, (7, 14, 28), id="a month of days"),
        pytest.param("day", 20, (7, 14), id="less than 28 days"),
        pytest.param("hour", 48, (6, 24), id="two days of hours"),
        pytest.param("month", 12, (3, 6, 12), id="a year of months"),
        pytest.param("", 10, (7,), id="no known unit"),
        pytest.param("day", 6, (), id="less than a week"),
    ],
)
def test_windows_suit_the_unit_and_fit_the_chart(unit, count, sizes):
    assert windows(chart(series(*range(count))), unit) == sizes


def test_the_incomplete_bucket_does_not_fill_a_window():
    assert windows(chart(series(*range(7), dashed_from=6)), "day") == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(chart(series(*range(9))), "", id="days"),
        pytest.param(chart(series(*range(9), mark="bar")), "", id="bars side by side"),
        pytest.param(chart(series(*range(9)), stacked=True), "", id="lines never stack"),
        pytest.param(chart(series(*range(9), mark="area"), stacked=True), STACKED, id="stacked"),
        pytest.param(chart(series(*range(9)), percent=True), STACKED, id="percent"),
        pytest.param(chart(series(*range(9)), timed=False), TIMELESS, id="categories"),
        pytest.param(chart(series(1, 2)), TOO_SHORT, id="two days"),
        pytest.param(chart(), TIMELESS, id="nothing"),
    ],
)
def test_smoothing_is_refused_with_its_reason(body, reason):
    assert problem(body, "day") == reason


@pytest.mark.parametrize(("unit", "name"), [("day", "7-day average"), ("", "7-bucket average")])
def test_an_average_is_named_after_its_buckets(unit, name):
    assert label(7, unit) == name


def test_each_series_has_its_average_and_short_ones_none():
    made = averages(chart(series(1, 2, 3), series(None, None, None)), 2, "day")
    assert made.label == "2-day average"
    assert made.values == ((None, 1.5, 2.5), ())


@pytest.mark.parametrize(
    ("one", "count"),
    [
        pytest.param(series(1.0, 2.0), 2, id="all done"),
        pytest.param(series(1.0, 2.0, dashed_from=1), 1, id="last in progress"),
        pytest.param(series(1.0, 2.0, dashed_from=0), 0, id="nothing done"),
        pytest.param(series(1.0, 2.0, dashed_from=9), 2, id="far ahead"),
        pytest.param(series(1.0, 2.0, dashed_from=1, previous=True), 2, id="previous period"),
    ],
)
def test_buckets_in_progress_are_split_off(one, count):
    assert complete_count(one) == count
