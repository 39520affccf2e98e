"""Groups are named as the project names their types: in labels, titles, sentences and tables."""

import json

import pytest
from msgspec import structs

from phdesk.core.charts.view import insight_view
from phdesk.core.names import group_names, math_name
from tests.core.charts.asked import CONTEXT, item, made, total, trends
from tests.core.charts.sent import insight, of_json
from tests.shared import RECORDINGS, needs_shared

TYPES = ((0, "organization", "organizations"), (1, "shop", ""))
KNOWN = structs.replace(CONTEXT, groups=TYPES)
UNIQUE = {"math": "unique_group", "math_group_type_index": 0}


@pytest.mark.parametrize(
    ("index", "wanted"),
    [
        (0, ("organization", "organizations")),
        (0.0, ("organization", "organizations")),
        ("0", ("organization", "organizations")),
        (1, ("shop", "shop")),
        (2, ("group", "groups")),
        (None, ("group", "groups")),
        ("x", ("group", "groups")),
    ],
)
def test_a_type_is_found_by_its_index(index, wanted):
    assert group_names(index, TYPES) == wanted


def test_maths_of_groups_say_which():
    assert math_name(UNIQUE, TYPES) == "unique organizations"
    assert math_name(UNIQUE) == "unique groups"
    assert math_name({"math": "unique_group"}, TYPES) == "unique groups"


def test_series_of_one_event_are_told_apart_by_what_they_count():
    plain = item([1, 2])
    grouped = item([1, 1], order=1)
    grouped["action"] |= UNIQUE
    body = trends([plain, grouped], context=KNOWN).body
    assert [one.label for one in body.series] == [
        "signup (total count)",
        "signup (unique organizations)",
    ]


@pytest.mark.parametrize(
    ("source", "title"),
    [
        pytest.param({}, "signup unique organizations", id="maths"),
        pytest.param(
            {"breakdownFilter": {"breakdown": "plan", "breakdown_type": "group",
                                 "breakdown_group_type_index": 1}},
            "signup unique organizations by shop's plan", id="breakdown"),
        pytest.param(
            {"breakdownFilter": {"breakdowns": [
                {"property": "plan", "type": "group", "group_type_index": 0},
                {"property": "$os", "type": "event"},
                {"property": "size", "type": "group", "group_type_index": 9}]}},
            "signup unique organizations by organization's plan & event's OS & size",
            id="several"),
    ],
)  # fmt: skip
def test_titles_name_groups(source, title):
    series = [{"kind": "EventsNode", "event": "signup", **UNIQUE}]
    assert trends([total(5)], context=KNOWN, series=series, **source).title == title


FUNNEL = [{"order": i, "name": name, "count": 9 - 4 * i} for i, name in enumerate("ab")]
LINKS = [{"source": "1_a", "target": "2_b", "value": 3}]
STICKY = [{"data": [4, 2], "days": [1, 2], "labels": ["1 day", "2 days"], "count": 6}]
TIMES = {"bins": [[0, 14], [60, 33]], "average_conversion_time": 71.5}


@pytest.mark.parametrize(
    ("kind", "own", "result"),
    [
        pytest.param("FunnelsQuery", {}, FUNNEL, id="funnel"),
        pytest.param("FunnelsQuery", {"funnelVizType": "time_to_convert"}, TIMES, id="times"),
        pytest.param("PathsQuery", {}, LINKS, id="paths"),
        pytest.param("StickinessQuery", {}, STICKY, id="stickiness"),
    ],
)
def test_what_is_counted_is_named_in_sentences_and_tables(kind, own, result):
    name = kind[:1].lower() + kind[1:].removesuffix("Query") + "Filter"
    node = {"kind": kind, name: own, "aggregation_group_type_index": 0,
            "series": [{"event": "a", **UNIQUE}]}  # fmt: skip

    def said(context):
        view = insight_view(insight(node, result), context)
        titles = " ".join(column.title for column in view.table.columns).lower()
        return f"{view.summary.partition(': ')[2]} {titles}"

    assert "organizations" in said(KNOWN)
    assert "groups" not in said(KNOWN)
    assert "groups" in said(CONTEXT)


@needs_shared
def test_the_recorded_type_names_the_recorded_insight():
    types = json.loads((RECORDINGS / "groups_types.json").read_text())["response"]["json"]
    known = tuple(
        (one["group_type_index"], one["name_singular"], one["name_plural"]) for one in types
    )
    sent = json.loads((RECORDINGS / "insight_trends_line_group_math.json").read_text())
    answer = sent["response"]["json"]
    node = answer["result"][0]["action"]
    assert math_name(node, known) == "unique organizations"
    unnamed = structs.replace(of_json({**answer, "name": ""}), derived_name="")
    view = insight_view(unnamed, structs.replace(CONTEXT, groups=known))
    assert view.title == "app_opened unique organizations"


def test_no_series_at_all_still_has_a_title():
    assert insight_view(made({"kind": "TrendsQuery"}, []), KNOWN).title == "Untitled insight"
