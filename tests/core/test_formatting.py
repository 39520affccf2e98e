import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.formatting import Format, compact, duration, grouped, number, numbers, percent


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (1234.567, Format(), "1,234.57"),
        (3141592, Format(), "3,141,592"),
        (2**60, Format(), "1,152,921,504,606,846,976"),
        (0.0004, Format(), "0.0004"),
        (-0.0, Format(), "0"),
        (1.005, Format(), "1.01"),
        (2, Format(min_decimals=2), "2.00"),
        (2.34567, Format(decimals=4), "2.3457"),
        (2.5, Format(decimals=0), "3"),
        (12.344, Format("percentage"), "12.34%"),
        (0.125, Format("percentage_scaled"), "12.5%"),
        (0.25, Format("duration"), "250ms"),
        (75, Format("duration"), "1m 15s"),
        (90061, Format("duration"), "1d 1h"),
        (0, Format("duration"), "0s"),
        (-75, Format("duration"), "-1m 15s"),
        (1234, Format("duration_ms"), "1.23s"),
        (1_500, Format("duration_ns"), "1.5µs"),
        (59_999, Format("duration_ms"), "1m"),
        (-59_999, Format("duration_ms"), "-1m"),
        (999.9999, Format("duration_ms"), "1s"),
        (1234567, Format("short"), "1.23 M"),
        (999_999, Format("short"), "1 M"),
        (-999_999, Format("short"), "-1 M"),
        (999_499, Format("short"), "999 K"),
        (999.9, Format("short"), "1 K"),
        (999.4, Format("short"), "999.4"),
        (9.999e26, Format("short"), "1,000 Y"),
        (12.5, Format("currency"), "$12.50"),
        (-12.5, Format("currency", currency="EUR"), "-€12.50"),
        (12.5, Format("currency", prefix="$"), "$12.50"),
        (12.5, Format("currency", currency="nzd"), "NZ$12.50"),
        (12.5, Format("currency", currency="SEK"), "SEK 12.50"),
        (-12.5, Format("currency", currency="CHF"), "-CHF 12.50"),
        (5, Format(prefix="$", postfix=" each"), "$5 each"),
        (5, Format("something_new"), "5"),
        (None, Format(prefix="$"), "–"),
        (math.nan, Format(), "–"),
        (math.inf, Format(), "∞"),
    ],
)
def test_a_number_is_written_as_posthog_writes_it(value, how, text):
    assert number(value, how) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (500, "500"),
        (4500, "4.5k"),
        (12_345, "12.3k"),
        (999_999, "1M"),
        (-2_500_000, "-2.5M"),
        (3e9, "3B"),
        (7.1e12, "7.1T"),
        (1e15, "1P"),
        (2.5e21, "2.5Z"),
        (0.00012, "0.00012"),
        (None, "–"),
    ],
)
def test_an_axis_writes_numbers_short(value, text):
    assert compact(value) == text


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (5, Format(min_decimals=2), "5.00"),
        (0, Format(min_decimals=1), "0.0"),
        (2.5, Format(decimals=0), "3"),
        (12_345, Format(min_decimals=2), "12.3k"),
        (12.5, Format("currency"), "$12.50"),
        (-0.25, Format("currency", currency="EUR"), "-€0.25"),
        (5, Format("currency"), "$5"),
        (5, Format("currency", decimals=2, min_decimals=2), "$5.00"),
        (12_500, Format("currency"), "$12.5k"),
        (0.015, Format(), "0.015"),
        (12_345, Format("short"), "12.3 K"),
        (12_345, Format("short", postfix=" ms"), "12.3 K ms"),
        (45_678, Format("duration_ms"), "45.7s"),
    ],
)
def test_an_axis_has_the_decimals_of_the_insight(value, how, text):
    assert compact(value, how) == text


@pytest.mark.parametrize(
    ("ratio", "fixed", "text"),
    [(0.142, False, "14.2%"), (0.142, True, "14.20%"), (1, True, "100.00%"), (None, True, "–")],
)
def test_a_ratio_becomes_a_percentage(ratio, fixed, text):
    assert percent(ratio, fixed=fixed) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (14_435, "4h 35s"), (28_870, "8h 1m"), (86_610, "1d"), (101_045, "1d 4h")],
)
def test_an_axis_of_times_has_at_most_two_parts(seconds, text):
    assert duration(seconds, 2) == text


@given(st.floats() | st.integers() | st.none(), st.builds(Format, st.text(max_size=20)))
def test_no_number_is_too_odd_to_be_written(value, how):
    assert number(value, how)
    assert compact(value, how)


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_written_exactly(value):
    assert int(number(value).replace(",", "")) == value


@given(st.integers(-(10**16), 10**16), st.integers(0, 4), st.integers(0, 4))
def test_whole_numbers_are_written_as_exact_arithmetic_would(value, most, least):
    most = max(most, least)
    exact = f"{Decimal(value).quantize(Decimal(1).scaleb(-least)):,f}"
    assert grouped(value, most, least) == exact
    assert grouped(float(value) if abs(value) < 2**53 else value, most, least) == exact


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_what_is_no_number_is_written_all_the_same(value):
    assert grouped(value) == f"{value}"


@given(
    st.lists(st.floats() | st.integers() | st.none() | st.sampled_from([10**15, -(10**15), 0])),
    st.sampled_from(["numeric", "percentage", "short", "currency"]),
    st.sampled_from(["", "$"]),
    st.sampled_from(["", " each"]),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
)
def test_many_numbers_are_written_as_each_of_them(values, style, before, after, most, least):
    how = Format(style, before, after, most, least, "EUR")
    assert numbers(values, how) == [number(value, how) for value in values]
    usual = Format(currency="EUR")
    assert numbers(values, usual) == [number(value, usual) for value in values]
