import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.formatting import Format
from phdesk.views.explore.regions import (
    Span,
    buckets_between,
    caption,
    is_summed,
    span_of,
    span_texts,
)

MONEY = Format(prefix="$")


def series(*values, label="A", no_sum="", **more):
    return XYSeries(label=label, color="preset-1", values=values, no_sum=no_sum, **more)


def chart(*many, **more):
    count = max((len(one.values) for one in many), default=0)
    labels = tuple(f"{i + 1} Nov" for i in range(count))
    return XYBody(x_labels=labels, x_titles=labels, series=many, **more)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        pytest.param(0.6, 3.4, (1, 3), id="middles inside"),
        pytest.param(3.4, 0.6, (1, 3), id="drawn backwards"),
        pytest.param(-9, 99, (0, 4), id="more than all"),
        pytest.param(1.2, 1.8, None, id="between two"),
        pytest.param(7, 9, None, id="behind the last"),
        pytest.param(math.nan, 2, None, id="nowhere"),
    ],
)
def test_a_region_takes_the_buckets_whose_middle_it_holds(low, high, found):
    assert buckets_between(low, high, 5) == found


@pytest.mark.parametrize(
    ("values", "first", "last", "span"),
    [
        pytest.param((1.0, 2.0, 3.0), 0, 2, Span(total=6.0, average=2.0, change=2.0), id="all"),
        pytest.param((4.0, None, 2.0), 0, 2, Span(total=6.0, average=3.0, change=-0.5), id="gap"),
        pytest.param((9.0, 5.0, 9.0), 1, 1, Span(total=5.0, average=5.0), id="one bucket"),
        pytest.param((0.0, 5.0), 0, 1, Span(total=5.0, average=2.5), id="from zero"),
        pytest.param((None, None), 0, 1, Span(), id="nothing known"),
        pytest.param((math.nan, 2.0), 0, 1, Span(total=2.0, average=2.0), id="not a number"),
        pytest.param((1.0, 2.0), 0, 9, Span(total=3.0, average=1.5, change=1.0), id="too far"),
    ],
)
def test_a_region_is_counted(values, first, last, span):
    assert span_of(values, first, last) == span


VALUES = st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=40)


@given(VALUES, st.integers(0, 45), st.integers(0, 45))
def test_region_figures_agree_with_counting_by_hand(values, first, last):
    known = [one for i, one in enumerate(values) if first <= i <= last and one is not None]
    span = span_of(values, first, last)
    if not known:
        assert span == Span()
        return
    assert span.total == pytest.approx(math.fsum(known), abs=1e-3)
    assert min(known) - 1e-3 <= span.average <= max(known) + 1e-3
    if span.change is not None:
        assert known[0] * (1 + span.change) == pytest.approx(known[-1], rel=1e-6, abs=1e-3)


def test_a_rise_from_next_to_nothing_has_no_ratio():
    assert span_of((2.8e-306, 510.0), 0, 1).change is None


@given(VALUES, st.integers(0, 40))
def test_a_region_cut_in_two_has_the_same_sum(values, cut):
    end = len(values)
    parts = (span_of(values, 0, cut - 1), span_of(values, cut, end))
    whole = span_of(values, 0, end)
    assert math.fsum(part.total or 0 for part in parts) == pytest.approx(whole.total or 0, abs=1e-3)


def test_region_figures_are_written_in_the_format_of_the_axis():
    body = chart(series(1000.0, 1250.0), format=MONEY)
    assert span_texts(body, body.series[0], 0, 1) == ("$2,250", "$1,125", "+25%")
    assert span_texts(body, body.series[0], 5, 9) == ("–", "–", "–")
    assert span_texts(chart(series(4.0, 3.0)), series(4.0, 3.0), 0, 1)[2] == "-25%"


def test_buckets_that_are_still_counted_are_only_in_the_sum():
    assert span_of((10.0, 20.0, 3.0), 0, 2, complete=2) == Span(
        total=33.0, average=15.0, change=1.0
    )
    assert span_of((10.0, 20.0, 3.0), 2, 2, complete=2) == Span(total=3.0)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(Format(style="percentage"), id="percent"),
        pytest.param(Format(style="percentage_scaled"), id="percent of 1"),
        pytest.param(Format(style="sql_percent"), id="of SQL"),
        pytest.param(Format(postfix="%"), id="by its postfix"),
    ],
)
def test_percentages_are_never_summed(how):
    total, average, _ = span_texts(chart(series(1.0, 3.0), format=how), series(1.0, 3.0), 0, 1)
    assert total == "–"
    assert average.endswith("%")


def test_what_does_not_add_up_has_no_sum_but_average_and_change():
    one = series(1.0, 3.0, no_sum="unique users cannot be added up")
    assert span_texts(chart(one), one, 0, 1) == ("–", "2", "+200%")


def test_what_nobody_says_of_has_no_sum():
    one = XYSeries(label="A", color="preset-1", values=(1.0, 3.0))
    assert span_texts(chart(one), one, 0, 1)[0] == "–"
    assert is_summed(chart(one)) is False


USERS, MEDIANS = "unique users cannot be added up", "medians cannot be added up"


@pytest.mark.parametrize(
    ("many", "words"),
    [
        pytest.param([USERS, USERS], f"2 days · no sum: {USERS}", id="none"),
        pytest.param(["", USERS], f"2 days · some have no sum: {USERS}", id="one of two"),
        pytest.param([USERS, MEDIANS], f"2 days · no sum: {USERS}, {MEDIANS}", id="two reasons"),
    ],
)
def test_a_region_says_why_there_is_no_sum(many, words):
    body = chart(*(series(1.0, 2.0, no_sum=why) for why in many))
    assert caption(body, 0, 1, "day") == f"1 Nov – 2 Nov · {words}"


def test_hidden_series_give_no_reasons():
    body = chart(series(1.0, 2.0), series(1.0, 2.0, no_sum=USERS, hidden=True))
    assert caption(body, 0, 1, "day") == "1 Nov – 2 Nov · 2 days"


def test_a_percentage_has_its_own_reason_and_incomplete_buckets_are_left_out():
    body = chart(series(1.0, 2.0, dashed_from=1), format=Format(style="percentage"))
    words = "incomplete ones left out · no sum: percentages cannot be added up"
    assert caption(body, 0, 1, "day").endswith(words)


@pytest.mark.parametrize(
    ("values", "change"),
    [
        pytest.param((1e-4, 510.0), None, id="from next to nothing"),
        pytest.param((-2.0, 4.0), None, id="from below zero"),
        pytest.param((2.0, 400.0), 199.0, id="a large rise"),
        pytest.param((2.0, -2.0), -2.0, id="to below zero"),
    ],
)
def test_a_change_is_a_ratio_only_of_something(values, change):
    assert span_of(values, 0, 1).change == change


def test_a_sum_that_no_float_holds_is_none():
    assert span_of((1.7e308, 1.7e308), 0, 1).total is None


@pytest.mark.parametrize(
    ("first", "last", "unit", "words"),
    [
        pytest.param(0, 2, "day", "1 Nov – 3 Nov · 3 days", id="complete"),
        pytest.param(1, 1, "", "2 Nov · 1 bucket", id="one of no known unit"),
        pytest.param(
            2, 3, "day", "3 Nov – 4 Nov · 2 days · incomplete ones only in sums", id="incomplete"
        ),
    ],
)
def test_a_region_says_what_it_counts(first, last, unit, words):
    body = chart(series(1.0, 2.0, 3.0, 4.0, dashed_from=3))
    assert caption(body, first, last, unit) == words
