"""Ticks are round, inside the range, few enough, and labels keep their ends."""

import itertools
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phdesk.core.ticks import (
    even,
    log_reaching,
    log_ticks,
    named,
    nice_ticks,
    reaching,
    thin,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        pytest.param(0, 900, 5, [0, 200, 400, 600, 800], id="steps of two"),
        pytest.param(0, 900, 3, [0, 500], id="steps of five"),
        pytest.param(-3, 7, 6, [-2, 0, 2, 4, 6], id="across zero"),
        pytest.param(0, 0.3, 4, [0, 0.1, 0.2, 0.3], id="no rounding dirt"),
        pytest.param(7, 0, 5, [0, 2, 4, 6], id="swapped ends"),
        pytest.param(5, 5, 3, [5], id="a point"),
        pytest.param(0, 0, 3, [0], id="nothing but zero"),
        pytest.param(0, 9, 0, [], id="none wanted"),
        pytest.param(0, math.inf, 4, [], id="endless"),
    ],
)
def test_ticks_are_round(low, high, most, ticks):
    assert nice_ticks(low, high, most) == ticks


def test_integers_never_have_fractions():
    assert nice_ticks(0, 1.04, 5, integers=True) == [0, 1]
    assert nice_ticks(0, 1.04, 5)[1] == 0.5


@given(FINITE, FINITE, st.integers(1, 12))
@example(-1.7976931348623083e308, -1.7976931348623085e308, 2)  # neighbours among floats
def test_ticks_stay_inside_and_few(one, other, most):
    ticks = nice_ticks(one, other, most)
    low, high = min(one, other), max(one, other)
    assert len(ticks) <= most
    assert all(low <= tick <= high for tick in ticks)
    assert ticks == sorted(set(ticks))


@given(st.floats(0, 1e300), st.integers(1, 9))
def test_zero_is_a_tick_when_in_range(high, most):
    assert nice_ticks(0, high, most)[0] == 0


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        pytest.param(1, 1000, 4, [1, 10, 100, 1000], id="powers"),
        pytest.param(3, 80, 6, [5, 10, 20, 50], id="between powers"),
        pytest.param(1, 1e9, 4, [1, 1e3, 1e6, 1e9], id="every third power"),
        pytest.param(0, 10, 4, [], id="zero has no place"),
    ],
)
def test_log_ticks(low, high, most, ticks):
    assert log_ticks(low, high, most) == ticks


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300), st.integers(1, 9))
def test_log_ticks_stay_inside_and_few(one, other, most):
    low, high = min(one, other), max(one, other)
    ticks = log_ticks(low, high, most)
    assert len(ticks) <= most
    assert all(low * (1 - 1e-9) <= tick <= high * (1 + 1e-9) for tick in ticks)


@pytest.mark.parametrize(
    ("count", "most", "kept"),
    [
        pytest.param(4, 6, [0, 1, 2, 3], id="all of few"),
        pytest.param(29, 6, [0, 7, 14, 21, 28], id="whole weeks"),
        pytest.param(30, 6, [0, 6, 12, 18, 24, 29], id="last stays"),
        pytest.param(9, 1, [0], id="only one"),
        pytest.param(0, 5, [], id="nothing"),
        pytest.param(5, 0, [], id="no room"),
    ],
)
def test_labels_are_thinned_evenly(count, most, kept):
    assert thin(count, most) == kept


@given(st.integers(2, 5000), st.integers(2, 40))
def test_thinning_keeps_both_ends_and_the_limit(count, most):
    kept = thin(count, most)
    assert len(kept) <= most
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert kept == sorted(set(kept))


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        ([0, 1, 2], ["26 Oct 22:00", "23:00", "27 Oct 00:00"]),
        ([0, 3], ["26 Oct 22:00", "27 Oct 01:00"]),
        ([0, 3, 4], ["26 Oct 22:00", "27 Oct 01:00", "02:00"]),
        ([1, 3], ["26 Oct 23:00", "27 Oct 01:00"]),
        ([], []),
    ],
)
def test_the_first_label_shown_of_each_day_names_the_day(shown, wanted):
    labels = ("26 Oct 22:00", "23:00", "27 Oct 00:00", "01:00", "02:00")
    days = ("26 Oct", "26 Oct", "27 Oct", "27 Oct", "27 Oct")
    dated = tuple(f"{day} {text[-5:]}" for day, text in zip(days, labels, strict=True))
    assert named(labels, dated, shown) == wanted


def test_labels_without_days_are_shown_as_they_are():
    assert named(("26 Oct", "27 Oct"), (), [1]) == ["27 Oct"]


@pytest.mark.parametrize(
    ("low", "high", "few", "most", "ticks"),
    [
        pytest.param(0, 74, 6, 8, [0, 20, 40, 60, 80], id="above the values"),
        pytest.param(0, 61, 6, 6, [], id="too much would be empty"),
        pytest.param(
            0, 61, 6, 8, [0, 10, 20, 30, 40, 50, 60, 70], id="more ticks rather than none"
        ),
        pytest.param(-310, 528, 6, 8, [-400, -200, 0, 200, 400, 600], id="both ends"),
        pytest.param(0, 0, 6, 8, [], id="nothing but zero"),
        pytest.param(0, 5, 6, 1, [], id="no room"),
        pytest.param(0, math.inf, 6, 8, [], id="endless"),
    ],
)
def test_reaching_ticks_enclose_the_values_where_that_costs_little(low, high, few, most, ticks):
    assert reaching(low, high, few, most) == ticks


@given(FINITE, FINITE, st.integers(1, 12), st.booleans())
def test_reaching_ticks_are_few_and_enclose(one, other, most, integers):
    low, high = min(one, other), max(one, other)
    ticks = reaching(low, high, most, most, integers=integers)
    if ticks:
        slack = (ticks[1] - ticks[0]) * 1e-6
        assert 2 <= len(ticks) <= most
        assert ticks[0] <= low + slack
        assert ticks[-1] >= high - slack


@given(st.integers(-30, 30), st.floats(1, 1e6), st.integers(1, 9))
def test_reaching_log_ticks_enclose(power, ratio, most):
    floor = float(f"1e{power}")
    ticks = log_reaching(floor, floor * ratio, most)
    if ticks:
        assert len(ticks) <= most
        assert ticks[0] == pytest.approx(floor)
        assert ticks[-1] >= floor * ratio * (1 - 1e-6)


@given(st.integers(1, 5000), st.integers(1, 40))
def test_even_labels_have_one_step_from_the_first(count, most):
    kept = even(count, most)
    assert 0 < len(kept) <= most
    assert kept[0] == 0
    assert len({b - a for a, b in itertools.pairwise(kept)}) <= 1


@pytest.mark.parametrize(
    ("count", "most", "kept"),
    [
        pytest.param(61, 6, [0, 12, 24, 36, 48, 60], id="with the last"),
        pytest.param(30, 6, [0, 5, 10, 15, 20, 25], id="without it"),
        pytest.param(30, 2, [0, 29], id="the ends alone"),
        pytest.param(30, 1, [0], id="the first alone"),
    ],
)
def test_even_labels(count, most, kept):
    assert even(count, most) == kept


@pytest.mark.parametrize(
    ("few", "wanted"),
    [(4, [0, 10, 20, 30, 40, 50]), (3, [0, 10, 20, 30, 40, 50]), (2, [0, 50])],
    ids=["room for four", "room for three", "low"],
)
def test_two_ticks_stand_alone_only_where_there_is_no_room_for_three(few, wanted):
    assert reaching(0, 46, few, 6, integers=True) == wanted
