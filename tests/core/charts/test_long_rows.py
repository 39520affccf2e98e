"""Rows that are made when they are read: the same as if they had been made at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.long_rows import LongRows, LongTexts, whole
from phdesk.core.charts.spec import Column, Table
from phdesk.core.formatting import DASH, Format

NUMBERS = st.none() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6)
ROWS = LongRows([("a",), ("b",)], [7, None], [(3, 4), (1200,)], 2)
TEXTS = LongTexts(ROWS, Format())


def test_rows_have_words_then_their_own_number_then_the_buckets():
    assert ROWS == (("a", 7, 3, 4), ("b", None, 1200, None))
    assert TEXTS == (("a", "7", "3", "4"), ("b", DASH, "1,200", DASH))


@given(
    st.lists(st.tuples(NUMBERS, st.lists(NUMBERS, max_size=4).map(tuple)), max_size=4), st.data()
)
def test_they_are_read_as_tuples_are(lines, data):
    rows = LongRows([(str(n),) for n in range(len(lines))], *zip(*lines, strict=True), 4) if lines \
        else LongRows([], [], [], 4)  # fmt: skip
    made = tuple(rows)
    assert len(rows) == len(made) == len(lines)
    assert rows == made
    assert made == rows
    assert hash(rows) == hash(made)
    cut = data.draw(st.slices(len(made) + 2))
    assert rows[cut] == made[cut]
    for place in range(-len(made), len(made)):
        assert rows[place] == made[place]
    for place in (len(made), -len(made) - 1):
        with pytest.raises(IndexError):
            rows[place]


def test_rows_of_other_numbers_are_not_equal():
    assert LongRows([("a",), ("b",)], [7, None], [(3, 5), (1200,)], 2) != ROWS
    assert ROWS[:1] != ROWS
    assert ROWS != "rows"


def test_a_whole_table_holds_plain_tuples():
    made = whole(Table((Column("Name"),) * 4, ROWS, TEXTS))
    assert (type(made.rows), type(made.texts)) == (tuple, tuple)
    assert (made.rows, made.texts) == (ROWS, TEXTS)
