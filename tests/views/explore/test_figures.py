import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.spec import Column, Table, XYBody, XYSeries
from phdesk.core.formatting import Format
from phdesk.views.explore.figures import (
    NOT_POSITIVE,
    STACKED,
    Span,
    buckets_between,
    log_problem,
    lonely,
    matching_rows,
    nearest_bucket,
    reading_lines,
    solid_count,
    sorted_rows,
    span_of,
    span_texts,
    tsv,
)

MONEY = Format(prefix="$")


def series(*values, label="A", **more):
    return XYSeries(label=label, color="preset-1", values=values, **more)


def chart(*many, **more):
    count = max((len(one.values) for one in many), default=0)
    labels = tuple(f"{i + 1} Nov" for i in range(count))
    return XYBody(x_labels=labels, x_titles=labels, series=many, **more)


@pytest.mark.parametrize(
    ("position", "count", "bucket"),
    [
        pytest.param(2.4, 5, 2, id="below the middle"),
        pytest.param(2.5, 5, 3, id="at the middle"),
        pytest.param(-3.0, 5, 0, id="before the first"),
        pytest.param(99.0, 5, 4, id="behind the last"),
        pytest.param(0.0, 0, None, id="no buckets"),
        pytest.param(math.nan, 5, None, id="nowhere"),
    ],
)
def test_a_position_snaps_to_the_nearest_bucket(position, count, bucket):
    assert nearest_bucket(position, count) == bucket


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


def test_readings_are_sorted_the_largest_first_and_gaps_last():
    body = chart(
        series(5.0, label="small"),
        series(None, label="none"),
        series(1204.5, label="large"),
        series(-2.0, label="negative"),
        series(9.0, label="hidden", hidden=True),
        series(6.0, label="small", previous=True),
        format=MONEY,
    )
    assert reading_lines(body, 0) == [
        "1 Nov",
        "large: $1,204.5",
        "small (previous): $6",
        "small: $5",
        "negative: $-2",
        "none: –",
    ]


def test_the_box_names_ten_series_and_counts_the_rest():
    body = chart(*(series(float(i), label=str(i)) for i in range(14)))
    assert len(reading_lines(body, 0)) == 12
    assert reading_lines(body, 0)[-1] == "+4 more"


def test_a_bucket_that_is_still_counted_says_so():
    body = chart(series(1.0, 2.0, dashed_from=1))
    assert [reading_lines(body, i)[0] for i in (0, 1)] == ["1 Nov", "2 Nov (incomplete)"]


def test_the_right_axis_has_its_own_format():
    body = chart(series(3.0, right_axis=True), format=MONEY, right_format=Format(postfix=" s"))
    assert reading_lines(body, 0)[1] == "A: 3 s"


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


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(chart(series(1.0, 2.0)), "", id="all above zero"),
        pytest.param(chart(series(1.0, None)), "", id="gaps do not matter"),
        pytest.param(chart(series(1.0, 0.0)), NOT_POSITIVE, id="a zero"),
        pytest.param(chart(series(-1.0)), NOT_POSITIVE, id="a negative value"),
        pytest.param(chart(series(None)), NOT_POSITIVE, id="nothing known"),
        pytest.param(chart(series(1.0), series(0.0, hidden=True)), "", id="the zero is hidden"),
        pytest.param(chart(series(1.0, mark="bar"), stacked=True), STACKED, id="stacked"),
        pytest.param(chart(series(1.0), percent=True), STACKED, id="percent"),
    ],
)
def test_a_log_axis_is_refused_with_its_reason(body, problem):
    assert log_problem(body) == problem


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
    assert solid_count(one) == count


@pytest.mark.parametrize(
    ("values", "alone"),
    [
        pytest.param((1,), [0], id="the only one"),
        pytest.param((1, 2), [], id="neighbours"),
        pytest.param((1, None, 3, 4, None, 6), [0, 5], id="between gaps"),
        pytest.param((), [], id="nothing"),
    ],
)
def test_values_without_neighbour_are_found(values, alone):
    assert lonely(values) == alone


TABLE = Table(
    (Column("Name"), Column("Visits", numeric=True)),
    (("b", 1200), ("A", 900.5), ("c", None), ("=D()", 30), (None, "many")),
    (("b", "1,200"), ("A", "900.5"), ("c", "–"), ("=D()", "30"), ("–", "many")),
)


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        pytest.param(1, False, [3, 1, 0, 4, 2], id="numbers by value, text behind, nothing last"),
        pytest.param(1, True, [4, 0, 1, 3, 2], id="downwards, nothing still last"),
        pytest.param(0, False, [3, 1, 0, 2, 4], id="text without regard to case"),
    ],
)
def test_rows_are_sorted_by_raw_values(column, descending, order):
    assert sorted_rows(TABLE, range(5), column, descending=descending) == order


@given(st.lists(st.none() | st.integers() | st.floats() | st.text() | st.booleans()))
def test_sorting_takes_any_values_and_loses_no_row(values):
    table = Table((Column("X"),), tuple((one,) for one in values))
    order = sorted_rows(table, range(len(values)), 0)
    assert sorted(order) == list(range(len(values)))


@pytest.mark.parametrize(
    ("sought", "rows"),
    [
        pytest.param("", [0, 1, 2, 3, 4], id="nothing sought"),
        pytest.param("a", [1, 4], id="in any column, any case"),
        pytest.param("1,2", [0], id="as shown"),
        pytest.param("b 200", [0], id="all words"),
        pytest.param("zzz", [], id="none"),
    ],
)
def test_rows_are_searched_by_what_is_shown(sought, rows):
    assert matching_rows(TABLE, sought) == rows


def test_tsv_is_what_is_shown_with_formulas_disarmed():
    assert tsv(TABLE, [3, 0], [0, 1]) == "Name\tVisits\n'=D()\t30\nb\t1,200"
    assert tsv(TABLE, [3], [0], header=False) == "'=D()"


def test_a_negative_number_is_no_formula():
    table = Table((Column("X", numeric=True),), ((-5,), ("-5",)), (("-5",), ("-5",)))
    assert tsv(table, [0, 1], [0]) == "X\n-5\n'-5"


@given(st.text())
def test_a_cell_never_breaks_the_rows_of_tsv(text):
    table = Table((Column("X"),), ((text,),), ((text,),))
    written = tsv(table, [0], [0], header=False)
    assert "\n" not in written
    assert "\t" not in written
