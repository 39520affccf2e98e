"""Conversion over time."""

from datetime import UTC, datetime

import pytest

from phdesk.core.charts.spec import NoticeBody, XYBody
from tests.core.charts.sent import all_sent, asking, insight, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "FunnelsQuery"
OWN = {"funnelVizType": "trends", "funnelWindowInterval": 3, "funnelWindowIntervalUnit": "day"}
DAYS = [f"2026-11-{day}" for day in range(17, 24)]


def line(data, **more):
    return {"count": len(data), "data": data, "days": DAYS[: len(data)], **more}


def sent_lines():
    return [
        pytest.param(item, id=name)
        for name, item in (all_sent(KIND) if SHARED.is_dir() else [])
        if item["result"] and isinstance(item["result"], list) and "days" in item["result"][0]
    ]


@needs_shared
@pytest.mark.parametrize("item", sent_lines())
def test_the_table_holds_every_rate_that_was_sent(item):
    view = shown(of_json(item))
    assert [list(row[1:]) for row in view.table.rows] == [one["data"] for one in item["result"]]
    assert [list(s.values) for s in view.body.series] == [one["data"] for one in item["result"]]


def test_the_last_buckets_are_open_for_a_whole_window():
    body = asking(KIND, [line([50.0] * 7)], OWN).body
    assert isinstance(body, XYBody)
    assert body.series[0].dashed_from == 3  # 20 November: three days before now
    assert body.format.style == "percentage"


def test_an_old_answer_stays_open_where_it_was_open():
    query = {"kind": "FunnelsQuery", "funnelsFilter": OWN}
    then = datetime(2026, 11, 22, tzinfo=UTC)
    view = shown(insight(query, [line([50.0] * 7)], last_refresh=then))
    assert view.body.series[0].dashed_from == 2


def test_the_sentence_tells_the_last_rate_that_is_final():
    view = asking(KIND, [line([1.0, 2.0, 41.84, 4.0, 5.0, 6.0, 7.0])], OWN)
    assert view.summary.endswith("Conversion 41.84% on Thu 19 Nov 2026.")


def test_groups_and_the_period_before_are_lines_of_their_own():
    result = [
        line([1.0], breakdown_value=["Chrome"], compare_label="current"),
        line([2.0], breakdown_value=[""], compare_label="current"),
        line([3.0], breakdown_value=["Chrome"], compare_label="previous"),
    ]
    series = asking(KIND, result, OWN).body.series
    assert [(s.label, s.color, s.previous) for s in series] == [
        ("Chrome", "preset-1", False),
        ("None (i.e. no value)", "preset-2", False),
        ("Chrome (previous)", "preset-1", True),
    ]


def test_goal_lines_are_drawn():
    own = {**OWN, "goalLines": [{"label": "Aim", "value": 50}, {"label": "broken"}]}
    lines = asking(KIND, [line([1.0])], own).body.goal_lines
    assert [(one.label, one.value, one.text) for one in lines] == [("Aim", 50, "50%")]


def test_values_without_days_are_kept():
    view = asking(KIND, [{"data": [1.0, 2.0]}], OWN)
    assert view.table.rows == (("Conversion", 1.0, 2.0),)


@pytest.mark.parametrize(
    "result", [pytest.param([], id="no lines"), pytest.param([{"data": []}], id="no values")]
)
def test_without_values_it_says_so(result):
    body = asking(KIND, result, OWN).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"


@pytest.mark.parametrize("count", [0, -5, 1e300, "many", None])
def test_a_window_of_any_size_is_survived(count):
    body = asking(KIND, [line([1.0])], {**OWN, "funnelWindowInterval": count}).body
    assert isinstance(body, XYBody)


@pytest.mark.parametrize(
    "own",
    [
        {"hiddenLegendBreakdowns": ["Opera"]},
        {"resultCustomizations": {'{"breakdown_value": ["Opera"]}': {"hidden": True}}},
    ],
    ids=["by the legend", "by the value"],
)
def test_hidden_groups_stay_in_the_table(own):
    result = [
        {"count": 1, "data": [50.0], "days": ["2026-11-20"], "breakdown_value": [name]}
        for name in ("Chrome", "Opera")
    ]
    view = asking("FunnelsQuery", result, {"funnelVizType": "trends", **own})
    assert [one.hidden for one in view.body.series] == [False, True]
    assert [row[0] for row in view.table.rows] == ["Chrome", "Opera"]


HIDING = {**OWN, "hideIncompleteConversionWindowPeriods": True}


def test_periods_whose_window_is_open_are_not_drawn_where_the_insight_says_so():
    view = asking(KIND, [line([1.0, 2, 3, 4, 5, 6, 7])], HIDING)
    (one,) = view.body.series
    assert (one.values, one.dashed_from) == ((1, 2, 3), None)
    assert view.body.x_starts == tuple(DAYS[:3])
    assert view.table.rows[0][1:] == (1, 2, 3, 4, 5, 6, 7)
    assert view.table.note == "Periods whose conversion window is still open are not drawn."
    assert "3% on Thu 19 Nov 2026" in view.summary


def test_without_a_period_whose_window_is_over_it_says_so():
    long = {**HIDING, "funnelWindowInterval": 90}
    view = asking(KIND, [line([1.0, 2])], long)
    assert view.body.headline == "The conversion window of every period is still open."
    assert view.table.rows[0][1:] == (1, 2)
