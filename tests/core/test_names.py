"""Names as people say them."""

import pytest

from phdesk.core.names import (
    breakdown_name,
    event_name,
    insight_title,
    kind_label,
    math_name,
    property_name,
    series_name,
)
from phdesk.core.question import Question, question_of
from phdesk.models.insight import Insight


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("$pageview", "Pageview"),
        ("$autocapture", "Autocapture"),
        ("$rageclick", "Rageclick"),
        ("$pageleave", "Pageleave"),
        ("$identify", "Identify"),
        ("$screen", "Screen"),
        ("$exception", "Exception"),
        (None, "All events"),
        ("signed_up", "signed_up"),
        ("$something_new", "$something_new"),
    ],
)
def test_events_of_posthog_have_names(event, wanted):
    assert event_name(event) == wanted


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        ({"custom_name": "Mine", "name": "$pageview", "id": "x"}, "Mine"),
        ({"custom_name": "", "name": "$pageview", "id": "x"}, "Pageview"),
        ({"name": None, "id": "$screen"}, "Screen"),
        ({"kind": "EventsNode", "event": "paid"}, "paid"),
        ({"kind": "EventsNode", "event": None}, "All events"),
        ({"kind": "ActionsNode", "id": 7}, "Action 7"),
        ({"id": None, "name": "All events"}, "All events"),
        ({"kind": "GroupNode", "nodes": [{"event": "$screen"}, {"event": "b"}]}, "Screen or b"),
    ],
)
def test_a_series_is_named_by_people_first(node, wanted):
    assert series_name(node) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Chrome", "Chrome"),
        ("", "(empty string)"),
        (None, "None (i.e. no value)"),
        ("$$_posthog_breakdown_null_$$", "None (i.e. no value)"),
        ("$$_posthog_breakdown_other_$$", "Other (i.e. all remaining values)"),
        (9007199254740991, "Other (i.e. all remaining values)"),
        ("9007199254740991", "Other (i.e. all remaining values)"),
        (9007199254740990, "None (i.e. no value)"),
        (["Chrome", "DE"], "Chrome::DE"),
        (["$$_posthog_breakdown_null_$$", "x"], "None (i.e. no value)::x"),
        (True, "true"),
        (12, "12"),
        (12.0, "12"),
        ("[6.28,198.65666666666667]", "[6.28, 198.66]"),
        ("[draft] a, b", "[draft] a, b"),
    ],
)
def test_breakdown_values_are_named(value, wanted):
    assert breakdown_name(value) == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("$browser", "Browser"),
        ("$geoip_country_code", "Country Code"),
        ("$new_thing", "New Thing"),
        ("plan", "plan"),
        ("$", "$"),
        ("", ""),
    ],
)
def test_properties_are_named(key, wanted):
    assert property_name(key) == wanted


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        ({}, "total count"),
        ({"math": "dau"}, "unique users"),
        ({"math": "p90", "math_property": "duration_ms"}, "p90 of duration_ms"),
        ({"math": "hogql", "math_hogql": "sum(1) -- Sum"}, "Sum"),
    ],
)
def test_what_is_counted_is_said(node, wanted):
    assert math_name(node) == wanted


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("TrendsQuery", "Trends"),
        ("FunnelsQuery", "Funnel"),
        ("HogQLQuery", "SQL"),
        ("WebOverviewQuery", "Web overview"),
        ("RevenueAnalyticsMRRQuery", "Revenue analytics MRR"),
        ("", "Insight"),
    ],
)
def test_kinds_are_named(kind, wanted):
    assert kind_label(Question(kind=kind)) == wanted


TRENDS = question_of({"kind": "TrendsQuery", "series": [{"event": "$pageview"}]})


@pytest.mark.parametrize(
    ("insight", "question", "wanted"),
    [
        (Insight(name="Mine", derived_name="Derived"), TRENDS, "Mine"),
        (Insight(name=" ", derived_name="Derived"), TRENDS, "Derived"),
        (Insight(), TRENDS, "Pageview count"),
        (Insight(), Question(), "Untitled insight"),
        (Insight(), question_of({"kind": "TrendsQuery"}), "Untitled insight"),
    ],
    ids=["name", "derived", "asked", "nothing", "no-series"],
)
def test_an_insight_is_titled_by_people_first(insight, question, wanted):
    assert insight_title(insight, question) == wanted
