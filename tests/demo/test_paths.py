"""Paths follow pages within a session."""

import pytest


def page(person, at, path):
    return ("$pageview", person, f"11-22 {at}", {"$current_url": f"https://x.example{path}"})


@pytest.fixture
def small(plant):
    return plant(
        page(1, "10:00:00", "/"),
        page(1, "10:00:10", "/pricing"),
        page(1, "10:00:15", "/pricing"),
        page(1, "10:01:10", "/signup"),
        page(2, "11:00:00", "/"),
        page(2, "11:00:30", "/pricing"),
        # An hour later begins another session.
        page(2, "12:30:00", "/pricing"),
        page(2, "12:30:05", "/docs"),
    )


def run(engine, **settings):
    chosen = {"includeEventTypes": ["$pageview"]} | settings
    query = {"kind": "PathsQuery", "dateRange": {"date_from": "-2d"}, "pathsFilter": chosen}
    return engine.run(query)["results"]


def test_edges_are_counted_and_timed_in_milliseconds(small):
    first, *rest = run(small)
    assert first == {
        "source": "1_https://x.example",
        "target": "2_https://x.example/pricing",
        "value": 2,
        "average_conversion_time": 20_000.0,
    }
    assert {(edge["source"], edge["target"], edge["value"]) for edge in rest} == {
        ("2_https://x.example/pricing", "3_https://x.example/signup", 1),
        ("1_https://x.example/pricing", "2_https://x.example/docs", 1),
    }


def test_a_start_point_drops_what_came_before(small):
    edges = run(small, startPoint="https://x.example/pricing")
    assert {edge["target"] for edge in edges} == {
        "2_https://x.example/signup",
        "2_https://x.example/docs",
    }


def test_limits(small):
    assert len(run(small, edgeLimit=1)) == 1
    assert {edge["target"][0] for edge in run(small, stepLimit=2)} == {"2"}
    assert run(small, includeEventTypes=["$screen"]) == []


def test_an_end_point_keeps_what_leads_to_it(small):
    edges = run(small, endPoint="https://x.example/signup/")
    assert {edge["source"] for edge in edges} == {
        "1_https://x.example",
        "2_https://x.example/pricing",
    }
    assert run(small, endPoint="https://x.example/nowhere") == []


def test_pages_are_left_out_or_count_as_one(small):
    without = run(small, excludeEvents=["https://x.example/pricing"])
    assert {edge["target"] for edge in without} == {"2_https://x.example/signup"}
    grouped = run(small, pathGroupings=["https://x.example/*"])
    assert {edge["target"] for edge in grouped} == {"2_https://x.example/*"}


def test_edges_may_have_too_few_or_too_many(small):
    assert [edge["value"] for edge in run(small, minEdgeWeight=2)] == [2]
    assert [edge["value"] for edge in run(small, maxEdgeWeight=1)] == [1, 1]


def test_an_expression_may_name_the_stops(small):
    edges = run(small, includeEventTypes=["hogql"], pathsHogQLExpression="toHour(timestamp)")
    assert [(edge["source"], edge["target"]) for edge in edges] == []
    named = run(small, includeEventTypes=["hogql"], pathsHogQLExpression="properties.$current_url")
    assert len(named) == 3
