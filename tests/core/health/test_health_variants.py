"""Faults in other clothes are found; what only wears the clothes of a fault is left in peace."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.health.judging import judge
from phdesk.core.names import OTHER_TOKEN
from phdesk.models.dashboard import DashboardRow
from phdesk.models.insight import Pointed
from tests.core.health.planting import (
    AROUND,
    LAST_MONTH,
    NOW,
    board,
    line,
    saved,
    tile,
    trends,
)


def asks(kind, result, **source):
    """Make an insight of another kind than trends."""
    counted = [{"kind": "EventsNode", "event": "signed_up"}]
    asked = {"kind": kind, "series": counted, "dateRange": LAST_MONTH} | source
    return trends(result=result) | {"name": kind, "query": {
        "kind": "InsightVizNode", "source": asked}}  # fmt: skip


def sql(text="select 1", **outer):
    node = {"kind": "HogQLQuery", "query": text}
    return trends(result=[[1]]) | {
        "name": f"SQL {outer.get('display', '')}",
        "query": {"kind": "DataVisualizationNode", "source": node} | outer,
    }


def points(short_id="shown001"):
    source = {"kind": "SavedInsightNode", "shortId": short_id}
    asked = {"kind": "InsightVizNode", "source": source}
    return trends() | {"name": "Points", "result": None, "query": asked}


def series(name, **more):
    """Make trends that count something else, in the words of a node."""
    return trends(series=[{"kind": "EventsNode", "event": name, **more}])


def split(*items, **source):
    return asks("TrendsQuery", list(items), breakdownFilter={"breakdown": "plan"}, **source)


def pair(one, other, **fields):
    return board(tile(1, one), tile(2, other, x=6), **fields)


def rules(facts, around=AROUND):
    report = judge([facts], around)
    return [(one.rule, one.tile) for one in report.findings]


def unjudged(facts, rule, around=AROUND):
    return [one.why for one in judge([facts], around).unjudged if one.rule == rule]


ZEROS = [
    {"date": f"2026-11-{day}", "values": [{"count": 0}, {"count": 0}]} for day in range(10, 21)
]
HEAT = {"data": [], "count": 0, "aggregated_value": 0}
ACTED = {"order": 1}
OWN = {"filters_overrides": {"properties": []}}
FOUND = {
    "a double with what is usual written out": (
        pair(trends(), trends(interval="day", filterTestAccounts=False, samplingFactor=1, series=[
            {"math": "total", "custom_name": "New", "name": "x", "event": "signed_up",
             "kind": "EventsNode", "properties": []}])),
        "duplicate", 2),
    "a double that is read second, though it comes first": (
        board(tile(1, trends(), y=9), tile(2, trends())), "duplicate", 1),
    "own filters without dates, so that the usual 7 days hold": (
        board(tile(1, trends(dateRange={}), **OWN)), "own-range", 1),
    "retention without anybody": (
        board(tile(1, asks("RetentionQuery", ZEROS, retentionFilter={"period": "Day"}))),
        "empty", 1),
    "a funnel's time without anybody": (
        board(tile(1, asks("FunnelsQuery", {"bins": [], "average_conversion_time": None},
                           funnelsFilter={"funnelVizType": "time_to_convert"}))), "empty", 1),
    "a funnel's time with empty bins": (
        board(tile(1, asks("FunnelsQuery", {"bins": [[0, 0], [60, 0]]},
                           funnelsFilter={"funnelVizType": "time_to_convert"}))), "empty", 1),
    "a funnel over time at zero": (
        board(tile(1, asks("FunnelsQuery", [{"count": 3, "data": [0, 0, 0]}],
                           funnelsFilter={"funnelVizType": "trends"}))), "empty", 1),
    "zero now, beside a period before that was not": (
        board(tile(1, trends(compareFilter={"compare": True}, result=[
            line(0, 0, compare_label="current"), line(4, 5, compare_label="previous")]))),
        "empty", 1),
    "a heatmap without cells": (
        board(tile(1, trends(trendsFilter={"display": "CalendarHeatmap"}, result=[
            {**HEAT, "calendar_heatmap_data": {"data": [], "allAggregations": 0}}]))),
        "empty", 1),
    "paths that nobody went": (board(tile(1, asks("PathsQuery", []))), "empty", 1),
    "paths of the second version that nobody went": (
        board(tile(1, asks("PathsV2Query", {"steps": [], "edges": [], "prefixes": []}))),
        "empty", 1),
    "an event that is gone, in the funnel of paths": (
        board(tile(1, asks("PathsQuery", [{"source": "1_a", "target": "2_b", "value": 1}],
                           funnelPathsFilter={"funnelSource": {"kind": "FunnelsQuery", "series": [
                               {"kind": "EventsNode", "event": "dead"}]}}))), "event-gone", 1),
    "most of a year, compared with the period before": (
        board(tile(1, trends(dateRange={"date_from": "-8m"}, compareFilter={"compare": True})),
              filters={}), "costly", 1),
    "“Other” that swallows one series of two": (
        board(tile(1, split(
            line(1000, breakdown_value="free"), line(9, breakdown_value=OTHER_TOKEN),
            line(1, breakdown_value="free", action=ACTED),
            line(99, breakdown_value=OTHER_TOKEN, action=ACTED),
            series=[{"kind": "EventsNode", "event": "signed_up"},
                    {"kind": "EventsNode", "event": "paid"}]))), "other", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_a_fault_in_other_clothes_is_found(name):
    facts, rule, where = FOUND[name]
    assert rules(facts) == [(rule, where)]


PEACE = {
    "a table and a chart of the same SQL": pair(sql(), sql(display="ActionsLineGraph")),
    "charts of two columns of the same SQL": pair(
        sql(display="ActionsBar", chartSettings={"yAxis": [{"column": "a"}]}),
        sql(display="ActionsBar", chartSettings={"yAxis": [{"column": "b"}]}),
    ),
    "retention as a table and as a graph": pair(
        asks("RetentionQuery", [{"values": [{"count": 3}]}], retentionFilter={
            "dashboardDisplay": "table_only"}),
        asks("RetentionQuery", [{"values": [{"count": 3}]}], retentionFilter={
            "dashboardDisplay": "graph_only"}),
    ),
    "the same in per cent": pair(
        trends(), trends(trendsFilter={"display": "ActionsLineGraph",
                                       "showPercentStackView": True})),
    "groups of the first type and of the second": pair(
        series("paid", math="unique_group", math_group_type_index=0),
        series("paid", math="unique_group", math_group_type_index=1)),
    "the dashboard's dates in other words": board(
        tile(1, trends(dateRange={"date_from": "-4w"}), filters_overrides={"date_from": "-4w"}),
        filters={"date_from": "-28d"}),
    "a heatmap whose numbers are in its cells": board(tile(1, trends(
        trendsFilter={"display": "CalendarHeatmap"},
        result=[{**HEAT, "calendar_heatmap_data": {"data": [{"row": 1, "column": 2, "value": 5}]}}],
    ))),
    "retention by hours, too short to judge": board(tile(1, asks(
        "RetentionQuery", ZEROS, retentionFilter={"period": "Hour"}))),
    "a table of a warehouse": board(tile(1, asks("TrendsQuery", [line(1)], series=[
        {"kind": "DataWarehouseNode", "id": "charges", "table_name": "charges"}]))),
    "a table of a warehouse in a funnel": board(tile(1, asks(
        "FunnelsQuery", [{"count": 1}], series=[{"kind": "FunnelsDataWarehouseNode",
                                                 "id": "charges"}]))),
    "a table of a warehouse that is returned to": board(tile(1, asks(
        "RetentionQuery", [{"values": [{"count": 1}]}], series=[], retentionFilter={
            "targetEntity": {"id": "charges", "type": "data_warehouse"}}))),
    "a long range that ended on a certain day, and is never calculated again": board(
        tile(1, trends(dateRange={"date_from": "2020-01-01", "date_to": "2024-01-01"})),
        filters={}),
    "half a year, compared": board(tile(1, trends(
        dateRange={"date_from": "-6m"}, compareFilter={"compare": True})), filters={}),
    "“Other” of the period before": board(tile(1, split(
        line(9, breakdown_value="free", compare_label="current"),
        line(1, breakdown_value=OTHER_TOKEN, compare_label="current"),
        line(90, breakdown_value=OTHER_TOKEN, compare_label="previous")))),
}  # fmt: skip


@pytest.mark.parametrize("name", PEACE)
def test_what_only_looks_like_a_fault_is_left_in_peace(name):
    assert rules(PEACE[name]) == []


def test_a_dashboard_younger_than_a_quarter_cannot_be_unopened_for_one():
    young = DashboardRow(id=9, name="W", created_at=NOW - timedelta(days=4))
    assert unjudged(board(row=young), "unopened") == []
    old = replace(young, created_at=NOW - timedelta(days=400))
    assert unjudged(board(row=old), "unopened") == ["PostHog does not tell when it was opened"]


def test_retention_that_does_not_say_its_days_is_not_judged():
    undated = board(tile(1, asks("RetentionQuery", [{"values": [{"count": 0}]}] * 2)))
    assert rules(undated) == []
    assert unjudged(undated, "empty") == ["its kind does not say which time it covers"]


def test_sql_without_the_dashboards_filters_keeps_dates_that_only_it_knows():
    assert "only it knows" in unjudged(board(tile(1, sql())), "own-range")[0]
    assert unjudged(board(tile(1, sql("select 1 where {filters}"))), "own-range") == []
    assert unjudged(board(tile(1, sql()), filters={}), "own-range") == []


def test_of_an_insight_that_points_to_another_that_ones_dates_are_compared():
    facts = board(tile(1, points()))
    for rule in ("empty", "own-range"):
        assert unjudged(facts, rule) == ["it points to another insight, whose answer was not read"]
    (one,) = facts.dashboard.tiles
    asked = board(tile(1, trends(dateRange={"date_from": "-90d"}))).dashboard.tiles[0].insight
    shown = replace(asked, query=one.insight.query, pointed=Pointed(query=asked.query))
    followed = replace(facts.dashboard, tiles=(replace(one, insight=shown),))
    (found,) = judge([replace(facts, dashboard=followed)], AROUND).findings
    assert (found.rule, found.fix) == ("own-range", None)
    assert "as the insight does that it points to" in found.reason


def test_saved_insights_that_draw_the_same_sql_in_two_ways_are_two():
    around = replace(AROUND, insights=(saved(1, sql()), saved(2, sql(display="BoldNumber"))))
    assert judge([], around, whole=True).findings == ()


def test_a_tile_can_be_removed_when_none_of_its_events_comes():
    dead, alive = ({"kind": "EventsNode", "event": name} for name in ("dead", "paid"))
    action = {"kind": "ActionsNode", "id": 7}
    tiles = [trends(series=nodes) for nodes in ([dead], [dead, alive], [dead, action])]
    report = judge([board(*(tile(n, one, y=n * 4) for n, one in enumerate(tiles, 1)))], AROUND)
    found = {one.tile: one.fix and one.fix.kind for one in report.findings}
    assert found == {1: "remove", 2: None, 3: None}
