"""What each condition compares, and when it says that it cannot."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.watching.conditions import Kept, judge
from phdesk.models.watch import Anomaly, Baseline, Bound, Change
from tests.core.watching.making import DAY, MONDAY, NOON, daily, single

WEEK = (200, 200, 180, 190, 200, 170, 190)  # 190 on average


def said(condition, figure, **more):
    """Give verdict, threshold and sentence."""
    outcome = judge(condition, figure, **more)
    return outcome.verdict, outcome.threshold, outcome.text


@pytest.mark.parametrize(
    ("side", "value", "verdict"),
    [("above", 7, "clear"), ("above", 6.9, "met"), ("below", 7, "clear"), ("below", 7.1, "met")],
)
def test_a_bound_itself_is_well(side, value, verdict):
    assert judge(Bound(side, value), daily(5, 7, 2)).verdict == verdict


def test_the_unfinished_bucket_is_left_out_unless_asked_for():
    assert judge(Bound("below", 5), daily(9, 9, 1)).verdict == "clear"
    assert judge(Bound("below", 5), daily(9, 9, 1), unfinished=True).value == 1


def test_a_bound_says_what_it_found():
    assert said(Bound("above", 100), daily(5, 1204, 2)) == (
        "met",
        100,
        "Signups rose to 1,204 on 22 Nov 2026, over 100",
    )
    assert said(Bound("above", 100), daily(5, 84, 2))[2] == (
        "Signups: 84 on 22 Nov 2026, not over 100"
    )


@pytest.mark.parametrize("condition", [
    Bound("below", 5), Change(side="below", by=1), Baseline(side="below", factor=1), Anomaly(),
])  # fmt: skip
def test_a_missing_value_is_missing_and_never_nothing(condition):
    outcome = judge(condition, daily(*WEEK, None, 3))
    assert (outcome.verdict, outcome.value, outcome.threshold) == ("missing", None, None)
    assert outcome.text == "Signups has no value on 22 Nov 2026"
    assert judge(condition, single(None)).text == "Signups has no value"


@pytest.mark.parametrize(
    ("side", "by", "unit", "verdict"),
    [
        ("below", 50, "percent", "met"),
        ("below", 51, "percent", "clear"),
        ("below", 100, "number", "met"),
        ("below", 101, "number", "clear"),
        ("above", 10, "percent", "clear"),
    ],
)
def test_a_change_is_met_from_its_size_on(side, by, unit, verdict):
    outcome = judge(Change(side=side, by=by, unit=unit), daily(9, 200, 100, 2))
    assert (outcome.verdict, outcome.compared) == (verdict, 200)


def test_a_change_says_against_what():
    assert said(Change(side="below", by=50), daily(200, 84, 2))[2] == (
        "Signups fell to 84 on 22 Nov 2026, 50% or more under the day before (200)"
    )


def test_what_is_usual_is_said_as_a_range():
    week = (100, 101, 99, 100, 102, 20, 21)
    said_so = said(Anomaly(), daily(*week * 5, 5))[2]
    assert said_so.startswith(
        "Signups: 21 on 22 Nov 2026, within what is usual for such a weekday ("
    )
    assert said(Anomaly(), daily(*week * 5, 300, 5, end=MONDAY + DAY))[2].startswith(
        "Signups rose to 300 on 23 Nov 2026, over what is usual for such a weekday ("
    )


def test_a_change_against_the_period_before_takes_the_bucket_beside():
    figure = daily(9, 200, 2, before=(1, 100, 3))
    outcome = judge(Change(side="above", by=100, against="period"), figure)
    assert (outcome.verdict, outcome.compared) == ("met", 100)
    assert judge(Change(side="above", by=100, against="period"), single(9, 3)).verdict == "met"


@pytest.mark.parametrize(
    ("condition", "figure", "why"),
    [
        (Change(side="above", by=5), daily(7, 2), "nothing is known of the day before"),
        (Change(side="above", by=5), daily(None, 7, 2), "nothing is known of the day before"),
        (Change(side="above", by=5), daily(0, 7, 2), "of which there is no percentage"),
        (Change(side="above", by=5, against="period"), daily(1, 7, 2), "of the period before"),
        (Change(side="above", by=5), single(7), "nothing is known of the result before"),
        (Baseline(side="above", factor=2), daily(1, 2, 3, 4, 5, 2), "only 4 of the 7 days"),
        (Baseline(side="above", factor=2), daily(*[0] * 8, 5, 1), "of which there is no multiple"),
        (Baseline(side="above", factor=2, days=0), daily(1, 2, 3), "only 1 values are known"),
        (Anomaly(), daily(*WEEK, 5, 1), "too few to tell what is usual"),
    ],
)
def test_what_cannot_be_compared_is_not_judged(condition, figure, why):
    verdict, threshold, text = said(condition, figure)
    assert (verdict, threshold) == ("short", None)
    assert why in text


def test_a_change_from_nothing_is_judged_by_its_number():
    assert judge(Change(side="above", by=5, unit="number"), daily(0, 7, 2)).verdict == "met"


@pytest.mark.parametrize(
    ("side", "factor", "value", "verdict"),
    [
        ("below", 0.5, 94, "met"),
        ("below", 0.5, 95, "clear"),
        ("above", 2, 381, "met"),
        ("above", 2, 380, "clear"),
    ],
)
def test_a_week_before_is_the_measure(side, factor, value, verdict):
    outcome = judge(Baseline(side=side, factor=factor), daily(9999, *WEEK, value, 1))
    assert (outcome.verdict, outcome.compared) == (verdict, 190)


def test_an_average_is_said_with_its_value():
    assert said(Baseline(side="below", factor=0.5), daily(*WEEK, 84, 1))[2] == (
        "Signups fell to 84 on 22 Nov 2026, under half of the 7-day average (190)"
    )


def test_days_that_are_not_known_are_left_out_of_an_average():
    outcome = judge(Baseline(side="below", factor=0.5), daily(*WEEK[:5], None, None, 84, 1))
    assert outcome.compared == 194


def test_hours_are_averaged_over_as_many_days():
    hours = daily(*[10] * 168, 40, 1, step=timedelta(hours=1), interval="hour")
    outcome = judge(Baseline(side="above", factor=3), hours)
    assert (outcome.verdict, outcome.compared) == ("met", 10)


def test_weeks_have_no_average_of_seven_days():
    weeks = daily(*[10] * 9, 40, 1, step=7 * DAY, interval="week")
    assert "more than one value a week" in judge(Baseline(side="above", factor=3), weeks).text
    assert judge(Baseline(side="above", factor=3, days=30), weeks).verdict == "met"


def kept(*values):
    """What the last results of the days before held, each computed twice a day."""
    return [
        Kept(NOON - place * DAY - timedelta(hours=half), value - half)
        for place, value in enumerate(reversed(values), start=1)
        for half in (0, 6)
    ]


def test_a_number_without_buckets_is_compared_with_what_earlier_results_said():
    outcome = judge(Baseline(side="below", factor=0.5), single(84), kept=kept(*WEEK), at=NOON)
    assert (outcome.verdict, outcome.compared) == ("met", 190)
    change = judge(Change(side="below", by=50), single(84), kept=kept(*WEEK), at=NOON)
    assert change.compared == 190


def test_results_of_the_same_day_are_no_history():
    today = [Kept(NOON - timedelta(minutes=n), 5) for n in range(1, 100)]
    assert (
        judge(Baseline(side="above", factor=2), single(84), kept=today, at=NOON).verdict == "short"
    )


def test_earlier_results_of_today_are_no_part_of_an_average():
    today = [Kept(NOON - timedelta(hours=1), 99_999)]
    outcome = judge(
        Baseline(side="below", factor=0.5), single(84), kept=[*kept(*WEEK), *today], at=NOON
    )
    assert outcome.compared == 190


def test_a_change_that_fires_is_well_again_when_it_is_smaller_by_the_hysteresis():
    figure = daily(200, 290, 1)
    assert judge(Change(side="above", by=50), figure).verdict == "clear"
    assert judge(Change(side="above", by=50), figure, eased=0.1).verdict == "met"
    assert judge(Change(side="above", by=50), figure, eased=0.09).verdict == "clear"


@pytest.mark.parametrize("condition", [
    Bound("above", 100), Change(side="above", by=50), Baseline(side="above", factor=2), Anomaly(),
])  # fmt: skip
@given(data=st.data())
def test_what_fires_needs_to_come_back_by_the_hysteresis(condition, data):
    values = data.draw(st.lists(st.integers(50, 400), min_size=20, max_size=30))
    plain = judge(condition, daily(*values, 1))
    eased = judge(condition, daily(*values, 1), eased=0.1)
    assert (plain.verdict, eased.verdict) in [("met", "met"), ("clear", "clear"), ("clear", "met")]
    if plain.side == eased.side == "above":
        assert eased.threshold <= plain.threshold


values = st.one_of(st.none(), st.integers(-50, 10**6), st.floats(-1e9, 1e9))


@given(
    st.lists(values, min_size=1, max_size=40),
    st.sampled_from([
        Bound("above", 1), Change(side="below", by=5), Change(side="above", by=1, unit="number"),
        Baseline(side="below", factor=0.5), Baseline(side="above", factor=3, days=0), Anomaly(),
    ]),
    st.booleans(),
)  # fmt: skip
def test_every_judgement_is_one_of_four_with_a_sentence(series, condition, unfinished):
    figure = daily(*series)
    outcome = judge(condition, figure, unfinished=unfinished)
    current = figure.current(unfinished=unfinished)
    assert (outcome.verdict == "missing") == (current is None)
    assert outcome.text.startswith("Signups")
    if outcome.verdict in ("met", "clear"):
        assert outcome.threshold is not None
        beyond = current - outcome.threshold
        is_past = beyond >= 0 if outcome.side == "above" else beyond <= 0
        assert is_past or outcome.verdict == "clear"
