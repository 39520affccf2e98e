"""Each rule finds its fault and gives the fact; a clean dashboard is left in peace."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.health.events import events_of, unnamed
from phdesk.core.health.finding import Finding, Unjudged
from phdesk.core.health.judging import judge, judged_anew
from phdesk.core.health.words import as_data, as_lines, counted, unjudged_lines
from phdesk.core.names import OTHER_TOKEN
from phdesk.core.question import question_of
from phdesk.models.dashboard import DashboardRow
from tests.core.health.planting import (
    AROUND,
    LAST_MONTH,
    NOW,
    ROW,
    board,
    line,
    saved,
    shared_since,
    tile,
    trends,
)


def rules(*boards, around=AROUND, whole=False):
    return [one.rule for one in judge(boards, around, whole=whole).findings]


def only(*boards, around=AROUND, whole=False):
    (found,) = judge(boards, around, whole=whole).findings
    return found


def silent(board_facts, rule, around=AROUND):
    """Give why a rule says nothing."""
    report = judge([board_facts], around)
    assert rule not in [one.rule for one in report.findings]
    return [one.why for one in report.unjudged if one.rule == rule]


def test_a_clean_dashboard_is_left_in_peace():
    report = judge([board()], AROUND)
    assert report.is_clean
    assert report.unjudged == ()
    assert counted(report) == "Nothing was found."


def by(values, math="total", **more):
    source = {"breakdownFilter": {"breakdown": "plan", "breakdown_type": "event"}}
    asked = trends(result=values, **source, **more)
    asked["query"]["source"]["series"][0]["math"] = math
    return asked


OTHER = [
    line(10, breakdown_value="free", label="free"),
    line(30, breakdown_value=OTHER_TOKEN, label="Other"),
]
OLD_EVENTS = replace(AROUND, events={**AROUND.events, "signed_up": NOW - timedelta(days=45)})
TWO_WAYS = {"breakdowns": [{"property": "plan"}, {"property": "$browser"}]}
PLANTED = [
    pytest.param(
        board(*(tile(n, trends(interval=f"{n}"), y=n * 4) for n in range(13))),
        AROUND,
        "many-tiles",
        "13 tiles with numbers",
        id="many tiles",
    ),
    pytest.param(
        board(
            {"id": 5, "text": {"body": "long"}, "layouts": {"sm": {"x": 0, "y": 0, "w": 12,
                                                                   "h": 8}}},
            tile(1, trends(), y=8),
        ),
        AROUND,
        "scroll",
        "row 12",
        id="all below the screen",
    ),
    pytest.param(board(description="  "), AROUND, "no-description", "no description", id="bare"),
    pytest.param(
        board(row=replace(ROW, last_viewed_at=NOW - timedelta(days=91))),
        AROUND,
        "unopened",
        "opened it in PostHog for 91 days, since 1 Sep 2026",
        id="unopened",
    ),
    pytest.param(
        board(row=DashboardRow(id=9, name="Weekly", last_accessed_at=NOW - timedelta(days=200))),
        AROUND,
        "unopened",
        "opened it for 200 days",
        id="unopened, on servers that tell of any reading",
    ),
    pytest.param(
        board(is_shared=True, sharing=shared_since(40)),
        AROUND,
        "old-share",
        "with no password; it was first shared on 22 Oct 2026, 40 days ago.",
        id="an old link",
    ),
    pytest.param(
        board(
            tile(1, trends(dateRange={"date_from": "-90d"}), filters_overrides={
                "date_from": "-90d"}),
        ),
        AROUND,
        "own-range",
        "“Last 90 days” by filters of its own; the dashboard's are “Last 30 days”",
        id="other dates",
    ),
    pytest.param(
        board(tile(1, trends(result=[line(0, 0, 0)]))),
        AROUND,
        "empty",
        "All its values are zero for “Last 30 days”",
        id="zero for long",
    ),
    pytest.param(
        board(tile(1, trends(result=[]))),
        AROUND,
        "empty",
        "Its answer holds nothing for “Last 30 days”",
        id="nothing for long",
    ),
    pytest.param(
        board(tile(1, trends())),
        OLD_EVENTS,
        "event-gone",
        "“signed_up” was last seen 45 days ago (17 Oct 2026)",
        id="an event that stopped",
    ),
    pytest.param(
        board(tile(1, trends("never_was"))),
        AROUND,
        "event-gone",
        "lists no event “never_was”",
        id="an event that never was",
    ),
    pytest.param(
        board(tile(1, trends(result=[]) | {"result": None, "query_status": {
            "error": True, "error_message": "Unknown  field"}})),
        AROUND,
        "broken",
        "cannot calculate it: Unknown field",
        id="broken",
    ),
    pytest.param(
        board(tile(1, trends()), tile(2, trends() | {"name": "Again"}, x=6)),
        AROUND,
        "duplicate",
        "asks and shows the same as “Count of signed_up”",
        id="a double",
    ),
    pytest.param(
        board(tile(1, trends(dateRange={"date_from": "all"}))),
        AROUND,
        "costly",
        "it covers “All time”",
        id="all time",
    ),
    pytest.param(
        board(filters={"date_from": "-3y"}),
        AROUND,
        "costly",
        "Its filter is “Last 3 years”",
        id="a long filter",
    ),
    pytest.param(
        board(tile(1, trends(breakdownFilter=TWO_WAYS))),
        AROUND,
        "costly",
        "broken down by plan and Browser at once",
        id="two breakdowns",
    ),
    pytest.param(board(tile(1, by(OTHER))), AROUND, "other", "holds 75% of", id="other"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "around", "rule", "fact"), PLANTED)
def test_each_rule_finds_its_fault_and_nothing_else(facts, around, rule, fact):
    report = judge([facts], around)
    assert {one.rule for one in report.findings} == {rule}
    assert fact in report.findings[0].reason
    assert report.findings[0].board == 9


def test_a_dashboard_that_fills_many_walls_says_how_many():
    tiles = [tile(n, trends(interval=str(n)), x=n % 2 * 6, y=n // 2 * 4) for n in range(40)]
    found = [one for one in judge([board(*tiles)], AROUND).findings if one.rule == "wall"]
    assert "it takes" in found[0].reason
    assert rules(board(*tiles)) == ["many-tiles", "wall"]


@pytest.mark.parametrize(
    ("facts", "around", "rule", "why"),
    [
        (board(row=DashboardRow(id=9, name="W")), AROUND, "unopened", "does not tell"),
        (board(is_shared=True, no_sharing="no scope"), AROUND, "old-share", "no scope"),
        (board(tile(1, trends() | {"result": None})), AROUND, "empty", "not calculated"),
        (board(tile(1, trends() | {"result": None, "query_status": {"error": True,
         "error_code": "concurrency_limit_exceeded"}})), AROUND, "broken", "was busy"),
        (board(), replace(AROUND, events=None, no_events="no scope"), "event-gone", "no scope"),
        (board(tile(1, trends("far"))), replace(AROUND, all_events=False), "event-gone",
         "too long"),
        (board(), replace(AROUND, events=dict.fromkeys(AROUND.events)), "event-gone",
         "does not tell"),
        (board(tile(1, by(OTHER, "dau"))), AROUND, "other", "unique users"),
        (board(tile(1, by(OTHER, trendsFilter={"formula": "A*2"}))), AROUND, "other", "formula"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_judged(facts, around, rule, why):
    assert why in " ".join(silent(facts, rule, around))


BOX = {"day": "2026-11-20", "min": 1.0, "p25": 3.5, "median": 5.0, "p75": 9.1, "max": 22.0}


@pytest.mark.parametrize(
    "facts",
    [
        board(is_shared=True, sharing=shared_since(20)),
        board(tile(1, trends(trendsFilter={"display": "BoxPlot"}, result=[BOX]))),
        board(tile(1, trends(trendsFilter={"display": "BoldNumber"}, result=[
            {"data": [], "count": 0, "aggregated_value": 3}]))),
        board(is_shared=False, sharing=shared_since(400)),
        board(tile(1, trends(dateRange={"date_from": "-1d"}, result=[line(0)])), filters={}),
        board(tile(1, trends(), filters_overrides=LAST_MONTH)),
        board(
            tile(1, trends(dateRange={"date_from": "-7d"}), filters_overrides={"properties": []}),
            filters={},
        ),
        board(tile(1, by([line(30, breakdown_value="free"),
                          line(10, breakdown_value=OTHER_TOKEN)]))),
        board(tile(1, trends()), tile(2, trends(trendsFilter={"display": "BoldNumber"}), x=6)),
        board(tile(1, trends() | {"user_access_level": "none", "result": None})),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fault_is_none(facts):
    assert judge([facts], AROUND).is_clean


def test_fixes_are_offered_where_they_can_be_taken_back():
    facts = board(
        tile(1, trends(dateRange={"date_from": "-90d"}), filters_overrides={"date_from": "-90d"}),
        tile(2, trends()),
        tile(3, trends(), y=4),
        description="",
        is_shared=True,
        sharing=shared_since(60),
    )
    report = judge([facts], AROUND)
    assert {(one.rule, one.tile, one.fix.kind) for one in report.findings} == {
        ("no-description", 0, "describe"),
        ("old-share", 0, "unshare"),
        ("own-range", 1, "own-filters"),
        ("duplicate", 3, "remove"),
    }


def test_a_project_names_insights_on_no_dashboard_and_saved_twice():
    insights = (
        saved(1, trends()),
        saved(2, trends() | {"name": "Copy"}),
        saved(3, trends("paid"), dashboards=[]),
    )
    report = judge([], replace(AROUND, insights=insights), whole=True)
    said = {(one.rule, one.title, one.short_id): one.reason for one in report.findings}
    assert said == {
        ("orphan", "Count of paid", "saved003"): "It is on no dashboard.",
        ("same-insight", "Count of signed_up", "saved001"): "“Copy” asks and shows the same.",
    }


def test_only_what_nothing_uses_can_be_deleted():
    points = {"query": {"kind": "InsightVizNode", "source": {
        "kind": "SavedInsightNode", "shortId": "saved004"}}}  # fmt: skip
    insights = (
        saved(1, trends() | {"name": "Spare"}, dashboards=[]),
        saved(2, trends() | {"name": "Shown"}),
        saved(3, points | {"name": "Points"}),
        saved(4, trends("paid") | {"name": "Pointed to"}, dashboards=[]),
        saved(5, trends("left") | {"name": "One"}, dashboards=[]),
        saved(6, trends("left") | {"name": "Two"}, dashboards=[]),
    )
    around = replace(AROUND, insights=insights)
    report = judge([], around, whole=True)
    fixes = {(one.rule, one.title, one.insight): one.fix and one.fix.kind
             for one in report.findings}  # fmt: skip
    assert fixes == {
        ("orphan", "Spare", 1): "delete-insight",
        ("orphan", "Pointed to", 0): None,
        ("orphan", "One", 5): "delete-insight",
        ("orphan", "Two", 6): "delete-insight",
        ("same-insight", "Spare", 1): "delete-insight",
        ("same-insight", "Two", 6): "delete-insight",
    }
    assert [one.reason for one in report.findings if one.rule == "same-insight"] == [
        "“Shown” asks and shows the same.",
        "“One” asks and shows the same.",
    ]
    rest = judged_anew(report, replace(around, insights=insights[1:5]))
    assert [(one.rule, one.title) for one in rest.findings] == [
        ("orphan", "Pointed to"),
        ("orphan", "One"),
    ]


def test_the_project_is_judged_anew_beside_what_was_said_of_dashboards():
    around = replace(AROUND, insights=(saved(3, trends("paid"), dashboards=[]),))
    facts = board(tile(1, trends()), description="")
    report = judge([facts], around, whole=True)
    assert judged_anew(report, around) == report
    rest = judged_anew(report, replace(around, insights=()))
    assert ([one.rule for one in rest.findings], rest.boards) == (["no-description"], 1)
    assert rest.unjudged == report.unjudged


def test_a_server_that_does_not_tell_the_dashboards_makes_no_orphans():
    one = saved(1, trends() | {"dashboards": None})
    report = judge([], replace(AROUND, insights=(one,)), whole=True)
    assert report.is_clean
    assert report.unjudged[0].rule == "orphan"


def test_findings_come_from_the_worst_on_in_reading_order():
    facts = board(
        tile(1, trends("gone"), y=4),
        tile(2, trends(result=[]), x=6, y=4),
        tile(3, trends("lost"), y=0),
        description="",
    )
    found = [(one.severity, one.tile) for one in judge([facts], AROUND).findings]
    assert found == [("problem", 3), ("problem", 1), ("warning", 2), ("hint", 0)]


def test_a_dashboard_that_was_not_read_is_judged_by_the_list():
    row = DashboardRow(id=9, name="Old", last_accessed_at=NOW - timedelta(days=120))
    unread = replace(board(), row=row, read=False)
    report = judge([unread], AROUND)
    assert [one.rule for one in report.findings] == ["unopened"]
    assert [one.rule for one in report.unjudged] == ["tiles"]


def test_reports_are_written_as_lines_and_as_data():
    report = judge([board(tile(1, trends("gone\nby")), is_shared=True)], AROUND)
    lines = as_lines(report)
    assert lines[0].startswith("problem  event-gone      Weekly › Count of gone by: ")
    assert lines[1] == "1 problem."
    assert unjudged_lines(report) == ("Old link: not judged, not known.",)
    data = as_data(report)
    assert (data["clean"], data["findings"][0]["tile"]) == (False, 1)
    assert data["not_judged"] == [
        {"rule": "old-share", "dashboard": 9, "tile": None, "why": "not known"}
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab-30d", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["kind", "series", "data", "count", "event", "values", "dateRange",
                         "date_from", "breakdown_value", "order", "action"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
KINDS = st.sampled_from(
    ["TrendsQuery", "FunnelsQuery", "RetentionQuery", "PathsQuery", "HogQLQuery", "NewQuery"]
)


@given(KINDS, st.dictionaries(st.sampled_from(["series", "dateRange", "breakdownFilter",
       "trendsFilter", "retentionFilter"]), JSON), JSON)  # fmt: skip
def test_no_answer_however_odd_stops_the_rules(kind, source, result):
    asked = {"query": {"kind": "InsightVizNode", "source": source | {"kind": kind}}}
    report = judge([board(tile(1, asked | {"result": result}))], AROUND)
    assert all(isinstance(one, Finding) for one in report.findings)
    assert all(isinstance(one, Unjudged) and one.why for one in report.unjudged)


ENTITY = {"id": "paid", "name": "paid", "type": "events", "kind": "EventsNode"}


@pytest.mark.parametrize(
    ("asked", "events", "why"),
    [
        ({"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "a"},
                                            {"kind": "EventsNode", "event": None}]}, ("a",), ""),
        ({"kind": "TrendsQuery", "series": [{"kind": "GroupNode", "nodes": [
            {"kind": "EventsNode", "event": "a"}, {"kind": "EventsNode", "event": "b"}]}]},
         ("a", "b"), ""),
        ({"kind": "FunnelsQuery", "series": [{"kind": "EventsNode", "event": "a"}],
          "funnelsFilter": {"exclusions": [{"kind": "EventsNode", "event": "x"}]}},
         ("a", "x"), ""),
        ({"kind": "RetentionQuery", "retentionFilter": {
            "targetEntity": ENTITY, "returningEntity": {"id": "$pageview", "type": "events"}}},
         ("paid", "$pageview"), ""),
        ({"kind": "RetentionQuery", "retentionFilter": {
            "targetEntity": {"id": 7, "type": "actions"}, "returningEntity": ENTITY}},
         ("paid",), "it counts an action"),
        ({"kind": "TrendsQuery", "series": [{"kind": "ActionsNode", "id": 7}]}, (),
         "it counts an action"),
        ({"kind": "EventsQuery", "event": "a", "select": ["*"]}, ("a",), ""),
        ({"kind": "HogQLQuery", "query": "select 1"}, (), "SQL does not say"),
    ],
)  # fmt: skip
def test_events_are_named_wherever_a_question_has_them(asked, events, why):
    question = question_of(asked)
    assert events_of(question) == events
    assert unnamed(question).startswith(why)
    assert bool(unnamed(question)) == bool(why)
