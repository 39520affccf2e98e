import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.charts.view import insight_view
from phdesk.core.reporting.periods import period_of
from phdesk.core.reporting.sentences import MOST, sentences
from tests.core.reporting.asked import (
    CONTEXT,
    PERIOD,
    WEEK,
    WEEK_BEFORE,
    funnel,
    insight,
    trend,
)


def said(now, before=None, period=PERIOD):
    return sentences(now, insight_view(now, CONTEXT), before, CONTEXT, period)


def test_a_series_that_adds_up_is_told_by_its_sum_and_its_extremes():
    now = trend([10, 20, 30, 40, 30, 20, 30])
    before = trend([20] * 7, days=WEEK_BEFORE)
    (words,) = said(now, before)
    assert words == (
        "signed_up: 180, up 28.6% from 140 in the week before. "
        "Highest on 26 Nov 2026 (40), lowest on 23 Nov 2026 (10)."
    )


def test_unique_people_are_told_by_their_average_never_by_a_sum():
    now, before = (trend(values, math="dau") for values in ([100] * 6 + [170], [100] * 7))
    (words,) = said(now, before)
    assert words.startswith("signed_up: on average 110 a day, up 10% from 100 in the week before.")
    assert "770" not in words


def test_days_that_are_not_over_are_neither_highest_nor_lowest():
    now = trend([10, 20, 30, 40, 30, 20, 1], math="dau", when=CONTEXT.now.replace(day=29))
    (words,) = said(now)
    assert "lowest on 23 Nov 2026 (10)" in words
    assert "on average 25 a day" in words


def test_days_that_are_alike_are_counted():
    (words,) = said(trend([10, 40, 30, 40, 30, 40, 10]))
    assert "Highest on 24 Nov 2026 and 2 more (40), lowest on 23 Nov 2026 and 1 more (10)" in words


WEEKS = ("2026-09-27", "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25")
OCTOBER = period_of("last month", date(2026, 11, 5))


def weekly(values, starts=WEEKS):
    return trend(values, days=starts, interval="week", math="dau")


def test_weeks_that_are_only_partly_in_the_period_are_in_no_average_and_no_extreme():
    (words,) = said(weekly([1, 20, 30, 40, 30]), period=OCTOBER)
    assert words.startswith("signed_up: on average 30 a week.")
    assert "lowest in the week of 4 Oct 2026 (20)" in words


def test_the_last_week_is_left_out_where_it_goes_on_after_the_period():
    starts = (*WEEKS, "2026-11-01")
    period = period_of("2026-09-27 to 2026-11-03", date(2026, 11, 5))
    (words,) = said(weekly([10, 20, 30, 40, 30, 1], starts), period=period)
    assert words.startswith("signed_up: on average 26 a week.")
    assert "lowest in the week of 27 Sep 2026 (10)" in words


def test_a_tile_with_dates_of_its_own_keeps_all_its_weeks():
    (words,) = said(weekly([1, 20, 30, 40, 30]), period=None)
    assert "on average 24.2 a week" in words


def test_of_a_flat_line_no_day_is_the_highest():
    (words,) = said(trend([5] * 7))
    assert "ighest" not in words


def test_a_running_total_is_told_by_where_it_ends():
    display = "ActionsLineGraphCumulative"
    now = trend([10, 30, 60], days=WEEK[:3], display=display)
    before = trend([10, 20, 40], days=WEEK_BEFORE[:3], display=display)
    assert said(now, before) == ("signed_up, added up: 60, up 50% from 40 in the week before.",)


def test_a_big_number_is_told_alone_without_the_week_before():
    assert said(trend([3, 4], display="BoldNumber")) == ("signed_up: 7.",)


def test_a_series_that_was_not_there_before_is_not_compared():
    (words,) = said(trend([30] * 7), trend([30] * 7, event="other"))
    assert words == "signed_up: 210."


def test_a_funnel_is_told_by_its_ends_and_its_largest_loss():
    assert said(funnel(200, 100, 80), funnel(100, 60, 50)) == (
        "a, persons: 200, up 100% from 100 in the week before.",
        "Conversion to c: 40%, down 10.0 points from 50% in the week before.",
        "The largest loss is before b: 50% of those at the step before it.",
    )


def test_a_funnel_of_nobody_has_no_rate():
    assert said(funnel(0, 0, 0), funnel(10, 5, 1)) == (
        "Nobody entered this funnel in this period.",
    )


def test_of_many_series_the_largest_are_told():
    one = trend([1])
    source = {"kind": "TrendsQuery", "trendsFilter": {"display": "ActionsPie"}}
    items = [
        {"label": f"s{n}", "action": {"order": n, "id": f"s{n}"}, "aggregated_value": n}
        for n in range(9)
    ]
    words = said(insight(source, items))
    assert len(words) == MOST + 1
    assert words[0].startswith("s8: 8")
    assert words[-1] == f"And {9 - MOST} more in the chart."
    assert one


@pytest.mark.parametrize("error", ["Unable to resolve field", ""])
def test_a_tile_that_failed_says_so_and_no_number(error):
    failed = replace(trend([1, 2]), result=Raw(b"null"), error=error or None)
    (words,) = said(failed, trend([1, 2]))
    assert not any(sign.isdigit() for sign in words)


def test_a_tile_without_numbers_of_its_own_is_told_by_its_sentence():
    source = {"kind": "HogQLQuery", "query": "select 1"}
    words = said(insight(source, [["x"]], name="SQL", columns=Raw(b'["a"]')))
    assert len(words) == 1


counts = st.lists(st.integers(0, 10**6), min_size=7, max_size=7)


@given(counts, counts)
def test_no_number_is_told_that_was_neither_sent_nor_follows_from_the_rules(now, before):
    words = " ".join(said(trend(now), trend(before, days=WEEK_BEFORE)))
    known = {sum(now), sum(before), abs(sum(now) - sum(before)), *now}
    share = abs(sum(now) - sum(before)) / sum(before) if sum(before) else 0
    known |= {round(share * 100, 1)}
    plain = re.sub(r" and \d more", "", words).replace(",", "").replace("Nov 2026", "")
    for word in plain.replace("(", " ").replace(")", " ").replace("%", " ").split():
        figure = word.rstrip(".").rstrip(",")
        if figure.replace(".", "", 1).isdigit() and not 23 <= float(figure) <= 29:
            assert any(abs(float(figure) - one) < 0.06 for one in known), (figure, words)
