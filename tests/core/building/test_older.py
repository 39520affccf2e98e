"""Insights of before 2024 are opened as the query that PostHog itself would make of them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.core.building.draft import (
    BECOMES,
    EARLY,
    LEGACY,
    OWN_FILTER,
    at,
    body,
    is_changed,
    opened,
    opened_insight,
    put,
)
from phdesk.core.building.faults import faults
from phdesk.core.building.fields import fields
from phdesk.core.building.older import modernised
from phdesk.core.building.saving import change_body, details_of
from phdesk.core.building.starting import turned
from phdesk.core.building.untouched import untouched
from phdesk.core.question import asked_by
from phdesk.demo.schema import check_node
from phdesk.models.insight import Insight, SavedInsight
from tests.core.building.recorded import exchanges
from tests.shared import needs_shared

DEFAULTS = {  # that a server writes out where nothing was said
    "interval": "day",
    "smoothingIntervals": 1,
    "aggregationAxisFormat": "numeric",
    "breakdownAttributionType": "first_touch",
    "funnelOrderType": "ordered",
    "funnelStepReference": "total",
    "layout": "vertical",
    "edgeLimit": 50,
    "display": "ActionsLineGraph",
    "date_from": "-7d",
}


def collected():
    """Give the filters of every old insight that was recorded, each once."""
    found = {}

    def walk(value, name):
        if isinstance(value, dict):
            filters = value.get("filters")
            if isinstance(filters, dict) and filters.get("insight"):
                found.setdefault(msgspec.json.encode(filters), name)
            for part in value.values():
                walk(part, name)
        elif isinstance(value, list):
            for part in value:
                walk(part, name)

    for name, content in exchanges().items():
        walk(content, name)
    return {name + raw[:60].decode(): msgspec.json.decode(raw) for raw, name in found.items()}


def said(value):
    if isinstance(value, dict):
        found = {key: said(one) for key, one in value.items() if key != "full"}
        kept = {key: one for key, one in found.items() if one not in (None, "", [], {}, False)}
        stated = {key: one for key, one in kept.items() if DEFAULTS.get(key) != one}
        if "breakdown" not in stated and "breakdowns" not in stated:
            stated.pop("breakdown_type", None)
        return stated
    return [said(one) for one in value] if isinstance(value, list) else value


def insight_of(filters):
    return Insight(filters=Raw(msgspec.json.encode(filters)))


def insights_of(recording):
    tiles = exchanges()[recording]["response"]["json"]["tiles"]
    return {one["insight"]["id"]: one["insight"] for one in tiles if one.get("insight")}


@needs_shared
def test_the_query_is_the_one_that_a_server_makes_of_the_same_filters():
    old = insights_of("dashboard_retrieve_legacy_blocking")
    new = insights_of("cloudflag_dashboard_legacy")
    assert len(old) == 7
    for number, insight in old.items():
        made = modernised(insight["filters"])
        assert made.lost == ()
        assert said(made.query) == said(new[number]["query"]), insight["filters"]


@needs_shared
def test_every_recorded_old_insight_can_be_edited_and_saved_or_says_why_not():
    opened_ones = 0
    for name, filters in collected().items():
        draft = opened_insight(insight_of(filters))
        if draft.closed:
            assert not filters.keys() - {"insight", "date_from", "date_to"} or "template" in (
                draft.closed
            ), (name, filters)
            continue
        opened_ones += 1
        check_node(draft.query)
        assert draft.kind in OWN_FILTER
        assert fields(draft), name
        assert [one for one in faults(draft) if one.blocking] == [], name
        assert draft.older.startswith(f"{LEGACY} {BECOMES}")
        assert not is_changed(draft)
        assert opened(bytes(body(draft))).query == draft.query
        read = asked_by(insight_of(filters))
        for part in ("series", "dateRange", "interval"):
            ours = said({part: draft.source.get(part)})
            assert ours.items() <= said({part: read.get(part)}).items() or part == "series", name
        if "path_type" not in filters:
            assert "no place" not in draft.older, (name, draft.older)
    assert opened_ones > 40


def test_nothing_is_sent_of_one_that_was_not_changed_and_a_whole_query_of_one_that_was():
    filters = {"insight": "TRENDS", "events": [{"id": "a", "type": "events"}], "date_from": "-30d"}
    saved = SavedInsight(insight=insight_of(filters))
    draft = opened_insight(saved.insight)
    assert change_body(saved, draft, details_of(saved)) == {}
    weekly = change_body(saved, put(draft, "interval", "week"), details_of(saved))
    assert msgspec.json.decode(weekly["query"]) == {
        "kind": "InsightVizNode",
        "source": {
            "kind": "TrendsQuery",
            "series": [{"kind": "EventsNode", "event": "a", "name": "a"}],
            "dateRange": {"date_from": "-30d"},
            "interval": "week",
        },
    }
    assert turned(draft, "funnel").older == draft.older


@pytest.mark.parametrize(
    ("filters", "name", "value"),
    [
        ({"events": [{"id": None}]}, "series.0.event", None),
        ({"actions": [{"id": 3, "name": "Paid"}]}, "series.0.id", 3),
        ({"events": [{"id": "a", "order": 1}, {"id": "b", "order": 0}]}, "series.0.event", "b"),
        ({"events": [{"id": "a"}], "interval": "minute"}, "interval", "hour"),
        ({"events": [{"id": "a"}], "compare": True}, "compareFilter", {"compare": True}),
        ({"events": [{"id": "a"}], "filter_test_accounts": "true"}, "filterTestAccounts", True),
        ({"events": [{"id": "a"}], "sampling_factor": "0.1"}, "samplingFactor", 0.1),
        ({"events": [{"id": "a"}], "hidden_legend_keys": {"1": True, "2": False}},
         "trendsFilter.hiddenLegendIndexes", [1]),
        ({"events": [{"id": "a"}], "properties": {"$os__icontains": "Mac"}}, "properties",
         [{"key": "$os", "operator": "icontains", "value": "Mac", "type": "event"}]),
        ({"events": [{"id": "a"}],
          "properties": [{"key": "id", "value": 3, "type": "cohort", "negation": True}]},
         "properties.0.operator", "not_in"),
        ({"insight": "FUNNELS", "events": [{"id": "a", "math": "dau"}, {"id": "b"}]},
         "series.0.math", None),
        ({"insight": "FUNNELS", "events": [{"id": "a", "math": "first_time_for_user"}]},
         "series.0.math", "first_time_for_user"),
        ({"insight": "FUNNELS", "events": [{"id": "a"}], "display": "ActionsLineGraph"},
         "funnelsFilter.funnelVizType", "trends"),
        ({"insight": "FUNNELS", "events": [{"id": "a"}],
          "exclusions": [{"id": "x", "funnel_from_step": 0, "funnel_to_step": 1}]},
         "funnelsFilter.exclusions",
         [{"kind": "EventsNode", "event": "x", "funnelFromStep": 0, "funnelToStep": 1}]),
        ({"insight": "FUNNELS", "events": [{"id": "a"}],
          "breakdowns": [{"property": "plan", "type": "person"}]},
         "breakdownFilter", {"breakdown": "plan", "breakdown_type": "person"}),
        ({"insight": "STICKINESS", "events": [{"id": "a", "math": "total"}]},
         "series.0.math", None),
    ],
)  # fmt: skip
def test_each_old_form_has_its_place(filters, name, value):
    draft = opened_insight(insight_of({"insight": "TRENDS", **filters}))
    check_node(draft.query)
    assert at(draft, name) == value
    assert untouched(draft) == () or name == "samplingFactor" or "hidden" in name


@pytest.mark.parametrize(
    ("filters", "why"),
    [
        ({"insight": "ODD", "events": [{"id": "a"}]}, "“ODD”"),
        ({"events": ["{SIGNUP}"]}, "template"),
        ({"events": [{"id": "a"}], "data_warehouse": [{"id": "charges"}]}, "warehouse"),
        ({"insight": "FUNNELS", "events": [{"id": "a"}], "breakdowns": [{}, {}]}, "several"),
    ],
)
def test_one_without_a_query_of_today_is_shown_and_says_why(filters, why):
    draft = opened_insight(insight_of(filters))
    assert draft.closed.startswith(LEGACY)
    assert why in draft.closed
    assert draft.query == {}


def test_what_has_no_place_today_is_named():
    draft = opened_insight(insight_of({"insight": "PATHS", "path_type": "$screen"}))
    assert draft.older.endswith("A query of today has no place for path_type.")


def test_the_names_of_2023_become_those_of_today():
    early = {
        "kind": "TrendsQuery",
        "series": [],
        "breakdown": {"breakdown": "$os", "breakdown_type": "event"},
        "trendsFilter": {"aggregation_axis_format": "duration", "compare": True},
    }
    raw = msgspec.json.encode({"kind": "InsightVizNode", "full": True, "source": early})
    draft = opened(raw)
    assert draft.older.startswith(EARLY)
    assert at(draft, "trendsFilter") == {"aggregationAxisFormat": "duration"}
    assert at(draft, "breakdownFilter.breakdown") == "$os"
    assert at(draft, "compareFilter") == {"compare": True}
    check_node(draft.query)
    assert bytes(body(draft)) == raw, "nothing of it is sent otherwise until it is changed"


def test_a_comparison_in_the_form_of_before_is_named():
    old = {"kind": "TrendsQuery", "series": [], "trendsFilter": {"compare": True}}
    assert [one.label for one in untouched(opened(old))] == [
        "Comparison in the form of before 2025"
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["a", "event", "true", ""]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "key", "values", "type", "order"]), inner)
    ),
    max_leaves=5,
)
KEYS = ["events", "actions", "properties", "breakdown", "breakdowns", "exclusions", "interval"]
KEYS += ["target_entity", "hidden_legend_keys", "sampling_factor", "display", "date_from", "odd"]
KINDS = st.sampled_from(["TRENDS", "FUNNELS", "RETENTION", "PATHS", "STICKINESS", "LIFECYCLE"])


@given(KINDS, st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5))
def test_whatever_old_filters_hold_they_are_opened_and_hold_no_key_unknown_today(kind, held):
    draft = opened_insight(insight_of({"insight": kind, **held}))
    if not draft.closed:
        check_node(draft.query)
        fields(draft)
        faults(draft)
        untouched(draft)


def test_a_name_that_nobody_knows_is_no_old_one():
    odd = {"kind": "TrendsQuery", "series": [], "trendsFilter": {"some_day": 1, "display": "X"}}
    draft = opened(odd)
    assert draft.older == ""
    assert draft.query == odd
