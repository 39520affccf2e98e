import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.spec import AxisMark, Column, Table, XYBody, XYSeries
from phdesk.core.formatting import Format
from phdesk.core.smoothing import Averages
from phdesk.views.explore.figures import (
    NOT_POSITIVE,
    STACKED,
    log_note,
    log_problem,
    lonely,
    matching_rows,
    nearest_bucket,
    notes_at,
    reading_lines,
    sorted_rows,
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
        "small: $5 -16.7%",
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
    outer = chart(series(3.0, axis=2), format=MONEY, right_format=Format(postfix=" s"))
    assert reading_lines(outer, 0)[1] == "A: $3"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(chart(series(1.0, 2.0)), "", id="all above zero"),
        pytest.param(chart(series(1.0, None)), "", id="gaps do not matter"),
        pytest.param(chart(series(1.0, 0.0)), "", id="a zero among others"),
        pytest.param(chart(series(0.0)), NOT_POSITIVE, id="a zero"),
        pytest.param(chart(series(-1.0)), NOT_POSITIVE, id="a negative value"),
        pytest.param(chart(series(None)), NOT_POSITIVE, id="nothing known"),
        pytest.param(chart(series(0.0), series(1.0, hidden=True)), NOT_POSITIVE, id="hidden"),
        pytest.param(chart(series(1.0, mark="bar"), stacked=True), STACKED, id="stacked"),
        pytest.param(chart(series(1.0), percent=True), STACKED, id="percent"),
    ],
)
def test_a_log_axis_is_refused_with_its_reason(body, problem):
    assert log_problem(body) == problem


@pytest.mark.parametrize(
    ("values", "note"),
    [
        pytest.param((1.0, None), "", id="none"),
        pytest.param((1.0, 0.0), "1 value of zero or less left out", id="one"),
        pytest.param((-1.0, 0.0, 3.0), "2 values of zero or less left out", id="two"),
    ],
)
def test_a_log_axis_counts_what_it_leaves_out(values, note):
    assert log_note(chart(series(*values))) == note


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


def test_notes_and_averages_are_read_with_their_bucket():
    marks = (AxisMark(at=1, texts=("Release", "Outage")),)
    body = chart(series(5.0, 6.0), series(1.0, 2.0, label="B"), marks=marks)
    averages = Averages("2-day average", ((None, 5.5), ()))
    assert notes_at(body, 0) == ()
    assert reading_lines(body, 1, averages) == [
        "2 Nov",
        "Release",
        "Outage",
        "A: 6 (2-day average 5.5)",
        "B: 2",
    ]
    assert reading_lines(body, 0, averages)[1] == "A: 5 (2-day average –)"
