"""What is news between two answers, and what is not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.charts.spec import (
    BarsBody,
    Country,
    FunnelBody,
    FunnelGroup,
    FunnelStep,
    MapBody,
    NumberBody,
    PieBody,
    Share,
    TileView,
    XYBody,
    XYSeries,
)
from phdesk.core.since import changes_since

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def view(body, **more):
    about = {"title": "Signups", "kind": "TrendsQuery", "kind_label": "Trends", "display": ""}
    return TileView(**{**about, "summary": "", "computed_at": NOON, **more}, body=body)


def line(values, label="signup", *, ended=None, **more):
    """Draw days from the 1st on; of the last one nobody knows yet what it will be."""
    return XYSeries(
        label=label,
        color="preset-1",
        values=tuple(map(float, values)),
        dashed_from=len(values) - 1 if ended is None else ended,
        **more,
    )


def days(*series):
    starts = tuple(f"2026-11-{day + 1:02}" for day in range(max(len(s.values) for s in series)))
    return view(XYBody(x_labels=starts, x_titles=starts, x_starts=starts, series=series))


def shares(**values):
    return tuple(
        Share(label=name, color="preset-1", value=value, text=f"{value:,}")
        for name, value in values.items()
    )


def count(value, text=None):
    return view(NumberBody(value=value, text=text or f"{value:,}"))


def funnel(rate, text, *groups):
    step = FunnelStep(name="pay", count=5, rate=rate, count_text="5", rate_text=text)
    named = tuple(FunnelGroup(name, "preset-1") for name in groups)
    return view(FunnelBody(steps=(step,), groups=named, total_text=text))


def world(**values):
    return view(
        MapBody(
            tuple(
                Country(code=name[:2], name=name, value=value, text=str(value), strength=1)
                for name, value in values.items()
            )
        )
    )


def told(then, now, **more):
    return [(change.kind, change.text) for change in changes_since(then, now, **more)]


WEEK = [10, 12, 11, 14, 13, 12, 11]


def test_a_day_that_has_ended_above_all_others_is_a_high():
    then, now = days(line([*WEEK, 3])), days(line([*WEEK, 15, 2]))
    assert told(then, now) == [("high", "signup: new high, 15")]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param([*WEEK, 3], [*WEEK, 99], id="a day that goes on"),
        pytest.param([*WEEK, 3], [*WEEK, 14, 2], id="as high as before"),
        pytest.param([*WEEK, 99, 0], [*WEEK, 99, 0], id="seen already"),
        pytest.param([1, 2, 3], [1, 2, 9, 1], id="too short a past"),
    ],
)
def test_it_is_no_high(then, now):
    assert told(days(line(then)), days(line(now))) == []


def test_what_is_below_zero_is_no_high():
    lost = [-5, -6, -7, -8, -9, -8, -7]
    assert told(days(line([*lost, -1])), days(line([*lost, -2, -1]))) == []


def test_a_day_that_has_ended_a_fifth_below_the_one_seen_is_a_drop():
    then, now = days(line([*WEEK, 3])), days(line([*WEEK, 8, 1]))
    assert told(then, now) == [("drop", "signup: down 27%, from 11 to 8")]
    assert told(then, now, drop=0.3) == []


def test_larger_drops_come_first():
    then = days(line([5, 10, 0], "a"), line([5, 10, 0], "b"))
    now = days(line([5, 10, 7, 0], "a"), line([5, 10, 4, 0], "b"))
    assert [text[:1] for _, text in told(then, now)] == ["b", "a"]


def test_without_a_time_of_calculation_no_day_is_known_to_have_ended():
    then, now = days(line([*WEEK, 3])), days(line([*WEEK, 99, 2]))
    assert told(replace(then, computed_at=None), now) == []
    assert told(then, replace(now, computed_at=None)) == []


def test_the_period_before_and_hidden_series_are_no_news():
    def both(last):
        return days(
            line([*WEEK, last, 0], "old", previous=True), line([*WEEK, last, 0], "x", hidden=True)
        )

    assert told(both(10), both(99)) == []


def test_series_of_one_name_are_not_taken_for_each_other():
    then = days(line([*WEEK, 3], "a"), line([*WEEK, 3], "a"))
    now = days(line([*WEEK, 99, 3], "a"), line([*WEEK, 1, 3], "a"))
    assert told(then, now) == []


@pytest.mark.parametrize(
    ("then", "now", "text"),
    [
        pytest.param(count(1204), count(930), "Down 23%, from 1,204 to 930", id="number"),
        pytest.param(
            funnel(0.5, "50%"),
            funnel(0.2, "20%"),
            "Conversion: down 60%, from 50% to 20%",
            id="funnel",
        ),
        pytest.param(
            view(PieBody(shares(Chrome=50, Safari=10))),
            view(PieBody(shares(Chrome=50, Safari=5))),
            "Safari: down 50%, from 10 to 5",
            id="pie",
        ),
        pytest.param(
            view(BarsBody(shares(a=10))),
            view(BarsBody(shares(a=0))),
            "a: down 100%, from 10 to 0",
            id="bars",
        ),
        pytest.param(world(Chad=10), world(Chad=1), "Chad: down 90%, from 10 to 1", id="map"),
    ],
)
def test_a_figure_that_fell_is_a_drop(then, now, text):
    assert told(then, now) == [("drop", text)]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param(count(10), count(9), id="by little"),
        pytest.param(count(10), count(99), id="rose"),
        pytest.param(count(0), count(0), id="nothing"),
        pytest.param(count(-5), count(-50), id="below zero"),
        pytest.param(view(NumberBody(text="–")), count(1), id="nothing before"),
        pytest.param(funnel(0.5, "50%", "a", "b"), funnel(0.1, "10%", "a", "b"), id="of groups"),
    ],
)
def test_a_figure_is_no_news(then, now):
    assert told(then, now) == []


@pytest.mark.parametrize("label", ["today", "this month", "year to date"])
def test_a_total_that_begins_anew_is_not_compared(label):
    then = replace(view(PieBody(shares(Chrome=50, Opera=1))), range_label=label)
    assert told(then, replace(view(PieBody(shares(Chrome=5))), range_label=label)) == []


def test_what_came_and_what_went_is_named():
    then = view(PieBody(shares(Chrome=1, Opera=1)))
    now = view(PieBody(shares(Chrome=1, Arc=1, Brave=1, Dia=1, Edge=1)))
    assert told(then, now) == [
        ("appeared", "New: Arc, Brave, Dia and 1 more"),
        ("vanished", "Gone: Opera"),
    ]


def test_an_empty_answer_is_told_by_the_tile_itself():
    assert told(view(PieBody(shares(Chrome=1))), view(PieBody(()))) == []


@pytest.mark.parametrize(
    "other", [{"kind": "FunnelsQuery"}, {"display": "BoldNumber"}, {"range_label": "last 7 days"}]
)
def test_another_question_is_not_compared(other):
    assert told(count(10), replace(count(1), **other)) == []


values = st.lists(st.floats(-1e9, 1e9) | st.none(), min_size=1, max_size=12)


@given(values, values, st.integers(0, 12), st.integers(0, 12), st.floats(0.01, 1))
def test_no_change_is_told_of_an_answer_and_itself_and_none_raises(old, new, ended, later, drop):
    def chart(data, whole):
        starts = tuple(f"2026-11-{day + 1:02}" for day in range(len(data)))
        series = XYSeries(label="a", color="", values=tuple(data), dashed_from=whole)
        return view(XYBody(x_labels=starts, x_titles=starts, x_starts=starts, series=(series,)))

    then, now = chart(old, ended), chart(new, later)
    assert changes_since(then, then, drop) == ()
    for change in changes_since(then, now, drop):
        last = min(later, len(new)) - 1
        assert new[last] is not None
        if change.kind == "high":
            assert all(value is None or value < new[last] for value in new[:last])
