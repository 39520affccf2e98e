import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.news import News, Turn, news
from phdesk.core.charts.spec import (
    FunnelBody,
    FunnelStep,
    MetricBody,
    NumberBody,
    PairBody,
    PieBody,
    RetentionBody,
    Share,
    TableBody,
    XYBody,
    XYSeries,
)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def chart(*lines, first=0):
    """A chart of lines (label, values, more)."""
    series = tuple(
        XYSeries(label=label, color="preset-1", values=tuple(values), **more)
        for label, values, more in ((*line, {})[:3] for line in lines)
    )
    titles = DAYS[first : first + max((len(one.values) for one in series), default=0)]
    return XYBody(x_labels=titles, x_titles=titles, series=series)


def pie(**values):
    shares = [Share(label=name, color="", value=value, text="") for name, value in values.items()]
    return PieBody(shares=tuple(shares))


def number(value):
    return NumberBody(text=str(value), value=value)


def steps(**rates):
    made = [
        FunnelStep(name=name, count=1, rate=rate, count_text="", rate_text="")
        for name, rate in rates.items()
    ]
    return FunnelBody(steps=tuple(made), groups=())


def trends(before, now, **more):
    return news(before, now, kind="TrendsQuery", **more)


CASES = {
    "nothing": (chart(("A", [1, 2])), chart(("A", [1, 2])), News()),
    "a new high": (
        chart(("A", [1, 5, 3])),
        chart(("A", [5, 3, 6]), first=1),
        News(highs=(Turn("A", 5, 6, "Thu"),)),
    ),
    "as high as before": (chart(("A", [1, 5])), chart(("A", [1, 5, 5])), News()),
    "a high that is still being counted": (
        chart(("A", [1, 5])),
        chart(("A", [1, 5, 9], {"dashed_from": 2})),
        News(),
    ),
    "a high that was still being counted then": (
        chart(("A", [1, 9], {"dashed_from": 1})),
        chart(("A", [1, 9])),
        News(highs=(Turn("A", 1, 9, "Tue"),)),
    ),
    "a drop": (
        chart(("A", [9, 10])),
        chart(("A", [9, 10, 7])),
        News(drops=(Turn("A", 10, 7, "Wed"),)),
    ),
    "a drop by exactly the percentage": (
        chart(("A", [10])),
        chart(("A", [8])),
        News(drops=(Turn("A", 10, 8, "Mon"),)),
    ),
    "too small a drop": (chart(("A", [9, 10])), chart(("A", [9, 10, 8.1])), News()),
    "no drop from zero": (chart(("A", [3, 0])), chart(("A", [3, 0, -5])), News()),
    "a drop over a gap": (
        chart(("A", [10, None])),
        chart(("A", [10, None, 2])),
        News(drops=(Turn("A", 10, 2, "Wed"),)),
    ),
    "came and went": (
        chart(("A", [1]), ("B", [1])),
        chart(("B", [1]), ("C", [1])),
        News(appeared=("C",), vanished=("A",)),
    ),
    "one of two of the same name went": (
        chart(("A", [1]), ("A", [1])),
        chart(("A", [1])),
        News(vanished=("A",)),
    ),
    "the period before does not count": (
        chart(("A", [1]), ("A", [1], {"previous": True})),
        chart(("A", [1]), ("A", [0.1], {"previous": True}), ("B", [1], {"previous": True})),
        News(),
    ),
    "an empty chart": (chart(), chart(), News()),
    "a slice": (
        pie(A=10.0, B=5.0),
        pie(A=3.0, C=1.0),
        News(drops=(Turn("A", 10, 3),), appeared=("C",), vanished=("B",)),
    ),
    "a number that fell": (number(10), number(5), News(drops=(Turn("", 10, 5),))),
    "a number that rose": (number(10), number(50), News()),
    "a number that is not known": (number(10), number(None), News()),
    "another shape": (number(10), pie(A=1.0), News()),
    "a table": (TableBody(), TableBody(title="x"), News()),
}


@pytest.mark.parametrize(("before", "now", "found"), CASES.values(), ids=CASES)
def test_what_is_new_follows_the_rules(before, now, found):
    assert trends(before, now) == found
    assert bool(found) == (found != News())


def test_only_over_time_there_are_highs():
    before, now = chart(("A", [1])), chart(("A", [5]))
    assert trends(before, now).highs
    assert not trends(before, now, display="ActionsLineGraphCumulative").highs
    assert not news(before, now, kind="StickinessQuery").highs


def test_a_metric_is_a_line():
    def metric(*values):
        return MetricBody(number=number(sum(values)), values=values, x_titles=DAYS[: len(values)])

    assert trends(metric(1.0, 5.0), metric(5.0, 9.0)).highs == (Turn("", 5, 9, "Tue"),)


def test_the_steps_of_a_funnel_are_compared_by_their_rates():
    found = news(steps(A=1.0, B=0.5), steps(A=1.0, B=0.3), kind="FunnelsQuery")
    assert found == News(drops=(Turn("B", 0.5, 0.3),))


def test_the_curves_beside_a_matrix_are_compared():
    def pair(value):
        return PairBody(chart=chart(("Week 1", [value])), matrix=RetentionBody((), ()))

    assert news(pair(10), pair(1), kind="RetentionQuery").drops == (Turn("Week 1", 10, 1, "Mon"),)


@pytest.mark.parametrize(("percent", "falls"), [(30, True), (31, False), (0.1, True)])
def test_the_percentage_is_a_choice(percent, falls):
    assert bool(trends(number(100), number(70), drop=percent).drops) is falls


LINES = st.dictionaries(
    st.sampled_from("ABC"), st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=4)
)


@given(LINES, LINES)
def test_nothing_is_said_that_is_not_there(before, now):
    found = trends(chart(*before.items()), chart(*now.items()))
    assert set(found.appeared) == now.keys() - before.keys()
    assert set(found.vanished) == before.keys() - now.keys()
    for turn in (*found.highs, *found.drops):
        assert turn.before in before[turn.label]
        assert now[turn.label][DAYS.index(turn.when)] == turn.now
    assert all(turn.now > turn.before for turn in found.highs)
    assert all(turn.now < turn.before for turn in found.drops)
    assert not trends(chart(*now.items()), chart(*now.items()))
