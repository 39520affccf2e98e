import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.formatting import Format
from phdesk.core.reporting.changes import compared

COUNT, RATE, MONEY = Format(), Format(style="percentage"), Format(style="currency", currency="USD")
SHARE = Format(style="percentage_scaled")
SQL_SHARE = Format(style="sql_percent")
WEEK = "the week before"


@pytest.mark.parametrize(
    ("now", "before", "how", "words"),
    [
        (179, 152, COUNT, "179, up 17.8% from 152 in the week before"),
        (80, 100, COUNT, "80, down 20% from 100 in the week before"),
        (1000, 1004, COUNT, "1,000, about the same as in the week before (1,004)"),
        (7, 7, COUNT, "7, the same as in the week before"),
        (3, 2, COUNT, "3, 1 more than in the week before"),
        (2, 5, COUNT, "2, 3 fewer than in the week before"),
        (2.5, 5.0, COUNT, "2.5, down 50% from 5 in the week before"),
        (30, 10, COUNT, "30, up 200% from 10 in the week before"),
        (5, 0, COUNT, "5, after none in the week before"),
        (0, 5, COUNT, "none, down from 5 in the week before"),
        (0, 0, COUNT, "0, the same as in the week before"),
        (-5, 10, COUNT, "-5, down by 15 from 10 in the week before"),
        (12, None, COUNT, "12"),
        (36.9, 39.0, RATE, "36.9%, down 2.1 points from 39% in the week before"),
        (0.12, 0.10, SHARE, "12%, up 2.0 points from 10% in the week before"),
        (10.01, 10.0, RATE, "10.01%, about the same as in the week before (10%)"),
        (0.12, 0.10, SQL_SHARE, "12%, up 2.0 points from 10% in the week before"),
        (5.0, float("nan"), COUNT, "5"),
        (5.0, 0.0, RATE, "5%, up 5.0 points from 0% in the week before"),
    ],
)
def test_a_number_is_told_beside_the_one_before(now, before, how, words):
    assert compared(now, before, how, WEEK) == words


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.sampled_from([COUNT, RATE, MONEY, SHARE]))
def test_the_words_never_say_the_wrong_way(now, before, how):
    words = compared(now, before, how, WEEK)
    if "up" in words or "more" in words or "after none" in words:
        assert now > before or (before == 0 and now != 0)
    if "down" in words or "fewer" in words:
        assert now < before
    assert "nan" not in words
    assert "inf" not in words
