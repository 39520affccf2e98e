"""Which charts take marks of annotations and lines of alerts, and what else filters add."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from phdesk.core.charts.spec import AxisMark, XYBody
from phdesk.core.charts.view import insight_view
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from tests.core.charts.asked import CONTEXT, item, made

NOTE = Annotation(id=1, content="Release", at=datetime(2026, 11, 22, 9, tzinfo=UTC))
NOTED = structs.replace(CONTEXT, annotations=(NOTE,))
ALERTS = (Alert(state="Firing", upper=2.0), Alert(state="Not firing", lower=1.0))
DAYS = ["2026-11-21", "2026-11-22", "2026-11-23"]
RATES = [{"count": 3, "data": [24.1, 22.8, 3.0], "days": DAYS}]
STATES = [{"status": "new", "data": [5, 3, 1], "days": DAYS, "count": 9, "label": "a - new"}]
STICKY = [{"data": [4, 2, 1], "days": [1, 2, 3], "labels": ["1 day", "2 days", "3 days"]}]
COHORTS = [
    {"date": f"{day}T00:00:00Z", "label": f"Day {i}", "values": [{"count": 9}] * (3 - i)}
    for i, day in enumerate(DAYS)
]
SQL = {"kind": "DataVisualizationNode", "display": "ActionsLineGraph",
       "source": {"kind": "HogQLQuery"}}  # fmt: skip
GRAPH = {"dashboardDisplay": "graph_only"}
ALL = {"showAlertThresholdLines": True, "showAnnotations": True}
GOAL = {"goalLines": [{"label": "Aim", "value": 20}]}


def node(kind, own):
    name = kind[:1].lower() + kind[1:].removesuffix("Query") + "Filter"
    return {"kind": kind, name: own}


def shown(query, result, columns=None):
    insight = made(query, result, columns=columns, alerts=ALERTS)
    view = insight_view(insight, NOTED)
    assert isinstance(view.body, XYBody)
    return view


KINDS = {
    "trends": (node("TrendsQuery", ALL), [item([1, 2, 3])], None),
    "funnel trends": (node("FunnelsQuery", {"funnelVizType": "trends", **ALL}), RATES, None),
    "lifecycle": (node("LifecycleQuery", ALL), STATES, None),
    "stickiness": (node("StickinessQuery", ALL), STICKY, None),
    "retention": (node("RetentionQuery", {**GRAPH, **ALL}), COHORTS, None),
    "sql": (SQL, [[day, i] for i, day in enumerate(DAYS)], ["day", "n"]),
}


@pytest.mark.parametrize("name", ["trends", "funnel trends", "lifecycle"])
def test_charts_over_time_carry_annotations(name):
    view = shown(*KINDS[name])
    assert view.body.marks == (AxisMark(at=1, texts=("Release",)),)
    assert "Annotated: Release (Sun 22 Nov 2026)." in view.summary


@pytest.mark.parametrize("name", ["stickiness", "retention", "sql"])
def test_charts_without_buckets_of_time_carry_none(name):
    view = shown(*KINDS[name])
    assert view.body.marks == ()
    assert "Annotated" not in view.summary


@pytest.mark.parametrize("name", KINDS)
def test_lines_of_alerts_are_drawn_on_trends_alone_and_said_everywhere(name):
    view = shown(*KINDS[name])
    lines = [line.label for line in view.body.goal_lines]
    assert lines == (["Alert: above 2", "Alert: below 1"] if name == "trends" else [])
    assert view.alert == "Alert: above 2"


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (node("FunnelsQuery", {"funnelVizType": "trends", **GOAL}), RATES),
        (node("RetentionQuery", {**GRAPH, **GOAL}), COHORTS),
    ],
    ids=["funnel trends", "retention"],
)
def test_goals_of_shares_are_written_as_shares(query, result):
    lines = shown(query, result).body.goal_lines
    assert [(line.label, line.value, line.text) for line in lines] == [("Aim", 20, "20%")]


WINDOW = {"funnelWindowInterval": 1, "funnelWindowIntervalUnit": "hour"}


@pytest.mark.parametrize(
    ("query", "result", "values"),
    [
        pytest.param(
            node("FunnelsQuery", {"funnelVizType": "trends", "showTrendLines": True, **WINDOW}),
            RATES, [24.1, 22.8, 21.5], id="funnel trends"),
        pytest.param(
            node("RetentionQuery", {**GRAPH, "showTrendLines": True}), COHORTS,
            [100, 100, 100], id="retention"),
    ],
)  # fmt: skip
def test_trend_lines_follow_the_finished_buckets(query, result, values):
    first = shown(query, result).body.overlays[0]
    assert (first.series, first.rule) == (0, "trend")
    assert first.values == pytest.approx(values)


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (node("FunnelsQuery", {"funnelVizType": "trends", "showValuesOnSeries": True}), RATES),
        (node("LifecycleQuery", {"showValuesOnSeries": True}), STATES),
        (node("StickinessQuery", {"showValuesOnSeries": True}), STICKY),
    ],
    ids=["funnel trends", "lifecycle", "stickiness"],
)
def test_values_stand_on_series_when_wanted(query, result):
    assert shown(query, result).body.all_values
    assert not shown(
        {**query, **node(query["kind"], {"funnelVizType": "trends"})}, result
    ).body.all_values
