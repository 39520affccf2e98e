"""What is usual for a series; the error rates are measured by ./run bench watches."""

from datetime import datetime, timedelta
from random import Random

import pytest

from phdesk.core.watching.anomaly import ENOUGH, Point, usual
from tests.benchmarks.watches import SHAPES, measured

MONDAY = datetime(2026, 11, 2)
DAY = timedelta(days=1)


def points(values, step=DAY):
    return [Point(MONDAY + step * n, value) for n, value in enumerate(values)]


def next_of(values, step=DAY, interval="day", sensitivity="normal"):
    """Tell what is usual for the value after these."""
    return usual(points(values, step), MONDAY + step * len(values), interval, sensitivity)


def test_too_few_values_make_nothing_usual():
    assert next_of([5] * (ENOUGH - 1)) is None
    assert next_of([5] * ENOUGH) is not None


def test_an_even_series_leaves_room_for_chance():
    found = next_of([100] * 30)
    assert round(found.expected) == 100
    assert 55 < found.low < 70
    assert 135 < found.high < 150


def test_large_even_counts_leave_room_in_proportion():
    found = next_of([1_000_000] * 30)
    assert 0.8e6 < found.low < 0.95e6


def test_weekends_are_told_from_working_days():
    week = [100, 101, 99, 100, 102, 20, 21]
    found = next_of(week * 5 + week[:5])  # a Saturday
    assert (found.season, round(found.expected)) == ("weekday", 20)
    assert found.high < 60


def test_weekdays_are_seldom_told_apart_where_they_are_noise():
    seasons = []
    for seed in range(20):
        chance = Random(seed)
        seasons.append(next_of([round(chance.gauss(100, 10)) for _ in range(40)]).season)
    assert seasons.count("") > 15


def test_one_bad_day_spoils_neither_level_nor_season():
    week = [100, 101, 99, 100, 102, 20, 21]
    bad = week * 5
    bad[17] = 5000
    assert next_of(bad).high == pytest.approx(next_of(week * 5).high, rel=0.1)


def test_nothing_of_a_sparse_series_is_unusual_below_a_floor():
    found = next_of([0, 0, 1, 0, 0, 0, 0] * 5)
    assert (found.low, found.high > 4) == (0, True)


def test_hours_need_two_weeks():
    hour = timedelta(hours=1)
    day = [1] * 8 + [9] * 16
    assert next_of(day * 13, hour, "hour") is None
    assert next_of(day * 15, hour, "hour").season


def test_sensitivity_is_how_much_is_still_usual():
    week = [100, 108, 96, 93, 110, 28, 35]
    widths = [
        found.high - found.low
        for found in (next_of(week * 5, sensitivity=one) for one in ("low", "normal", "high"))
    ]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("values", [[-5.5, 3.0] * 15, [0.0] * 30, [1e-9, 2e-9] * 15, [0.5] * 30])
def test_any_numbers_have_something_usual(values):
    found = next_of(values)
    assert found.low <= found.expected <= found.high


@pytest.mark.parametrize(
    ("words", "false", "doubled", "gone"),
    [
        ("weekly rhythm, 60 days known", 0.01, 0.05, 0.0),
        ("weekly, growing 1.5% a day", 0.01, 0.1, 0.0),
        ("sparse, 0.7 a day", 0.01, 1.0, 1.0),
        ("conversion of 300 people a day", 0.02, 0.5, 0.0),
    ],
)
def test_the_error_rates_stay_as_they_are_documented(words, false, doubled, gone):
    shape = next(one for one in SHAPES if one[0] == words)
    alarms, misses = measured(shape, rounds=40)["normal"]
    assert alarms <= false
    assert misses[2.0] <= doubled
    assert misses[0.0] <= gone
