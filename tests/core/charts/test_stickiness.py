"""Stickiness: people by the number of intervals on which they did something."""

import pytest

from phdesk.core.charts.spec import NoticeBody, XYBody
from tests.core.charts.sent import all_sent, asking, fixture, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "StickinessQuery"


def series(*data, **more):
    labels = [f"{place} day{'s' if place > 1 else ''}" for place in range(1, len(data) + 1)]
    return {"data": list(data), "labels": labels, "count": sum(data), "label": "a", **more}


@needs_shared
@pytest.mark.parametrize(
    "item",
    [pytest.param(item, id=name) for name, item in (all_sent(KIND) if SHARED.is_dir() else [])],
)
def test_the_table_holds_every_number_that_was_sent(item):
    view = shown(of_json(item))
    sent = [(one["count"], *one["data"]) for one in item["result"]]
    assert [row[1:] for row in view.table.rows] == sent
    assert [s.values for s in view.body.series] == [row[1:] for row in sent]
    assert view.body.x_labels == tuple(item["result"][0]["labels"])


@needs_shared
def test_the_sentence_says_a_share_of_all():
    view = shown(fixture("stickiness"))
    assert view.summary.endswith("20,109 of 20,166 persons (99.7%) did Pageview on 1 day.")
    assert view.body.x_titles[:2] == ("1 day (99.7%)", "2 days (0.3%)")


@pytest.mark.parametrize(
    ("display", "mark"),
    [
        pytest.param(None, "line", id="not said"),
        pytest.param("ActionsLineGraph", "line", id="line"),
        pytest.param("ActionsBar", "bar", id="bars"),
        pytest.param("ActionsAreaGraph", "area", id="area"),
    ],
)
def test_it_is_drawn_as_the_insight_says(display, mark):
    body = asking(KIND, [series(3, 1)], {"display": display}).body
    assert isinstance(body, XYBody)
    assert body.series[0].mark == mark


def test_the_period_before_keeps_the_colour_of_its_twin():
    result = [
        series(3, 1, compare_label="current"),
        series(5, 2, compare_label="current"),
        series(2, 1, compare_label="previous"),
        series(4, 2, compare_label="previous"),
    ]
    nodes = [{"kind": "EventsNode", "event": name} for name in ("a", "b")]
    body = asking(KIND, result, series=nodes).body
    assert [(s.label, s.color, s.previous) for s in body.series] == [
        ("a", "preset-1", False),
        ("b", "preset-2", False),
        ("a (previous)", "preset-1", True),
        ("b (previous)", "preset-2", True),
    ]


def test_an_action_names_its_series():
    result = [series(1, action={"id": "x", "custom_name": "Opened"})]
    assert asking(KIND, result).body.series[0].label == "Opened"


def test_cumulative_buckets_say_so():
    body = asking(KIND, [series(3, 1)], {"computedAs": "cumulative"}).body
    assert body.x_labels == ("1 day or more", "2 days or more")


def test_hidden_series_stay_in_the_table():
    view = asking(KIND, [series(1), series(2)], {"hiddenLegendIndexes": [1]})
    assert [s.hidden for s in view.body.series] == [False, True]
    assert len(view.table.rows) == 2


def test_colours_and_hiding_follow_what_the_insight_says_of_a_series():
    wishes = {'{"series": 1}': {"color": "preset-9", "hidden": True}}
    nodes = [{"kind": "EventsNode", "event": name} for name in ("a", "b")]
    own = {"resultCustomizations": wishes}
    body = asking(KIND, [series(1), series(2)], own, series=nodes).body
    drawn = [(one.label, one.color, one.hidden) for one in body.series]
    assert drawn == [("a", "preset-1", False), ("b", "preset-9", True)]


def test_colours_by_position_are_those_of_the_place_in_the_answer():
    own = {"resultCustomizationBy": "position", "resultCustomizations": {"1": {"color": "#123456"}}}
    body = asking(KIND, [series(1), series(2)], own).body
    assert [one.color for one in body.series] == ["preset-1", "#123456"]


def test_series_of_one_event_are_told_apart_by_what_is_counted():
    nodes = [{"kind": "EventsNode", "event": "a", "math": math} for math in ("total", "dau")]
    view = asking(KIND, [series(1), series(2)], series=nodes)
    names = ["a (total count)", "a (unique users)"]
    assert [one.label for one in view.body.series] == names
    assert [row[0] for row in view.table.rows] == names


@pytest.mark.parametrize(
    ("display", "stacked"),
    [
        ("ActionsLineGraph", False),
        ("ActionsBar", True),
        ("ActionsStackedBar", True),
        ("ActionsUnstackedBar", False),
        ("ActionsAreaGraph", True),
    ],
)
def test_bars_and_areas_pile_up(display, stacked):
    assert asking(KIND, [series(1), series(2)], {"display": display}).body.stacked is stacked


def test_values_are_written_on_bars_when_asked_for():
    own = {"display": "ActionsBar", "showValuesOnSeries": True}
    assert asking(KIND, [series(1234, 1)], own).body.value_labels == ("1,234", "1")


@pytest.mark.parametrize("result", [[], [series(0, 0)], [{"data": None}]])
def test_without_anybody_it_says_so(result):
    body = asking(KIND, result).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"
