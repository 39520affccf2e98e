"""What an insight asks, from modern queries and from the filters of old."""

import json

import pytest
from msgspec import Raw

from phdesk.core.question import question_of, read_question
from phdesk.models.insight import Insight


def raw(value):
    return Raw(json.dumps(value).encode())


def legacy(**filters):
    return read_question(Insight(filters=raw(filters)))


def wrapped(node, depth):
    for _ in range(depth):
        node = {"kind": "InsightVizNode", "source": node}
    return node


@pytest.mark.parametrize("depth", [0, 1, 2, 8])
def test_wrappers_are_taken_off(depth):
    assert question_of(wrapped({"kind": "TrendsQuery"}, depth)).kind == "TrendsQuery"


def test_wrappers_without_end_are_given_up():
    assert question_of(wrapped({"kind": "TrendsQuery"}, 50)).kind == "InsightVizNode"


@pytest.mark.parametrize(
    ("node", "kind", "display"),
    [
        ({"kind": "TrendsQuery"}, "TrendsQuery", "ActionsLineGraph"),
        ({"kind": "TrendsQuery", "trendsFilter": {"display": "X"}}, "TrendsQuery", "X"),
        ({"kind": "FunnelsQuery"}, "FunnelsQuery", "steps"),
        (
            {"kind": "FunnelsQuery", "funnelsFilter": {"funnelVizType": "trends"}},
            "FunnelsQuery",
            "trends",
        ),
        ({"kind": "RetentionQuery"}, "RetentionQuery", ""),
        ({"kind": "HogQLQuery"}, "HogQLQuery", "ActionsTable"),
        (
            {
                "kind": "DataVisualizationNode",
                "display": "ActionsBar",
                "source": {"kind": "HogQLQuery"},
            },
            "HogQLQuery",
            "ActionsBar",
        ),
        ({"kind": "NewThingQuery"}, "NewThingQuery", ""),
        ({}, "", ""),
        ({"kind": 5}, "5", ""),
    ],
)
def test_the_display_has_the_default_of_its_kind(node, kind, display):
    question = question_of(node)
    assert (question.kind, question.display) == (kind, display)


def test_dates_interval_and_compare_are_read():
    question = question_of(
        {
            "kind": "TrendsQuery",
            "dateRange": {"date_from": "-30d", "date_to": None},
            "interval": "week",
            "compareFilter": {"compare": True},
            "series": [{"event": "a"}, "junk"],
        }
    )
    assert (question.date_from, question.date_to, question.interval) == ("-30d", None, "week")
    assert question.compare
    assert question.series == ({"event": "a"},)


@pytest.mark.parametrize(
    ("filters", "kind"),
    [
        ({"insight": "TRENDS"}, "TrendsQuery"),
        ({"insight": "FUNNELS"}, "FunnelsQuery"),
        ({"insight": "RETENTION"}, "RetentionQuery"),
        ({"insight": "PATHS"}, "PathsQuery"),
        ({"insight": "STICKINESS"}, "StickinessQuery"),
        ({"insight": "LIFECYCLE"}, "LifecycleQuery"),
        ({"insight": "TRENDS", "shown_as": "Stickiness"}, "StickinessQuery"),
        ({"insight": "TRENDS", "shown_as": "Lifecycle"}, "LifecycleQuery"),
        ({"events": []}, "TrendsQuery"),
    ],
)
def test_filters_name_their_kind(filters, kind):
    assert legacy(**filters).kind == kind


def test_filters_of_trends_become_a_query():
    question = legacy(
        insight="TRENDS",
        events=[{"id": "b", "type": "events", "order": 1, "custom_name": "Bee"}],
        actions=[{"id": 7, "name": "Act", "type": "actions", "order": 0}],
        display="ActionsBar",
        interval="hour",
        date_from="-24h",
        compare=True,
        breakdown="$browser",
        breakdown_type="event",
        formula="A/B",
        aggregation_axis_format="percentage",
        aggregation_axis_prefix="$",
        show_values_on_series=True,
        smoothing_intervals=7,
        hidden_legend_keys={"1": True, "0": False},
    )
    assert question.display == "ActionsBar"
    assert question.interval == "hour"
    assert question.date_from == "-24h"
    assert question.compare
    assert [node["kind"] for node in question.series] == ["ActionsNode", "EventsNode"]
    assert question.series[1]["event"] == "b"
    assert question.source["breakdownFilter"]["breakdown"] == "$browser"
    assert question.filter["formula"] == "A/B"
    assert question.filter["aggregationAxisFormat"] == "percentage"
    assert question.filter["aggregationAxisPrefix"] == "$"
    assert question.filter["showValuesOnSeries"] is True
    assert question.filter["smoothingIntervals"] == 7
    assert question.filter["hiddenLegendIndexes"] == [1]


def test_filters_of_funnels_become_a_query():
    question = legacy(
        insight="FUNNELS", funnel_viz_type="time_to_convert", layout="horizontal", bin_count=8
    )
    assert question.display == "time_to_convert"
    assert question.filter["layout"] == "horizontal"
    assert question.filter["binCount"] == 8


def test_the_oldest_funnel_trends_are_known_by_their_display():
    assert legacy(insight="FUNNELS", display="ActionsLineGraph").display == "trends"


def test_filters_of_retention_become_a_query():
    entity = {"id": "$pageview", "type": "events"}
    question = legacy(insight="RETENTION", period="Week", target_entity=entity, total_intervals=6)
    assert question.filter["period"] == "Week"
    assert question.filter["targetEntity"] == entity
    assert question.filter["totalIntervals"] == 6


def test_a_query_wins_over_filters():
    insight = Insight(query=raw({"kind": "PathsQuery"}), filters=raw({"insight": "TRENDS"}))
    assert read_question(insight).kind == "PathsQuery"


def test_the_first_modern_queries_are_brought_up_to_date():
    question = question_of(
        {"kind": "TrendsQuery", "trendsFilter": {"smoothing_intervals": 3, "compare": True}}
    )
    assert question.filter["smoothingIntervals"] == 3
    assert question.compare
