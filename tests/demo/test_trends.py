"""Trends count what was planted, bucket by bucket."""

import pytest

from phdesk.demo.errors import ApiError

OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"
WEEK = {"date_from": "-3d"}  # 20, 21, 22 and 23 November


def node(event, math="total", **more):
    return {"kind": "EventsNode", "event": event, "name": event, "math": math} | more


def run(engine, *series, **more):
    return engine.run({"kind": "TrendsQuery", "series": list(series), "dateRange": WEEK} | more)


@pytest.fixture
def small(plant):
    return plant(
        ("visit", 1, "11-20 10:00", {"browser": "Chrome", "ms": 10}),
        ("visit", 1, "11-20 11:00", {"browser": "Chrome", "ms": 20}),
        ("visit", 2, "11-20 12:00", {"browser": "Safari", "ms": 30}),
        ("visit", 2, "11-22 12:00", {"browser": "Safari", "ms": 50}),
        ("visit", 3, "11-22 13:00", {"browser": "Opera", "ms": 5}),
        ("visit", 4, "11-23 13:00", {}),
        ("pay", 1, "11-22 09:00", {"amount": 40}),
        ("pay", 2, "11-22 09:30", {"amount": 60}),
        ("visit", 1, "11-17 10:00", {"browser": "Chrome"}),
        ("visit", 9, "10-01 10:00", {"browser": "Chrome"}),
        traits={1: {"plan": "pro"}, 2: {"plan": "free"}, 3: {"plan": "free"}},
    )


def test_total_and_its_days(small):
    (item,) = run(small, node("visit"))["results"]
    assert item["data"] == [3, 0, 2, 1]
    assert item["days"] == ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]
    assert item["labels"][0] == "20-Nov-2026"
    assert item["count"] == 6.0
    assert item["action"]["id"] == item["label"] == "visit"


@pytest.mark.parametrize(
    ("math", "expected"),
    [
        ("dau", [2, 0, 2, 1]),
        ("sum", [60.0, 0.0, 55.0, 0.0]),
        ("avg", [20.0, 0.0, 27.5, 0.0]),
        ("min", [10.0, 0.0, 5.0, 0.0]),
        ("max", [30.0, 0.0, 50.0, 0.0]),
        ("median", [20.0, 0.0, 27.5, 0.0]),
        ("p90", [28.0, 0.0, 45.5, 0.0]),
        ("p99", [29.8, 0.0, 49.55, 0.0]),
        ("weekly_active", [2, 2, 3, 4]),
        ("monthly_active", [2, 2, 3, 4]),
        ("first_time_for_user", [1, 0, 1, 1]),
    ],
)
def test_maths(small, math, expected):
    (item,) = run(small, node("visit", math, math_property="ms"))["results"]
    assert item["data"] == pytest.approx(expected)


def test_weekly_active_looks_back_before_the_range(small):
    (item,) = run(small, node("visit", "weekly_active"), dateRange={"date_from": "2026-11-23"})[
        "results"
    ]
    assert item["data"] == [4]


def test_breakdown_ranks_and_gathers_the_rest(small):
    answer = run(small, node("visit"), breakdownFilter={"breakdown": "browser",
                 "breakdown_type": "event", "breakdown_limit": 2})  # fmt: skip
    found = {item["breakdown_value"]: item["data"] for item in answer["results"]}
    assert found == {"Chrome": [2, 0, 0, 0], "Safari": [1, 0, 1, 0], OTHER: [0, 0, 1, 1]}
    assert answer["hasMore"] is True
    assert all(isinstance(value, float) for data in found.values() for value in data)


def test_breakdown_names_what_has_no_value(small):
    answer = run(small, node("visit"), breakdownFilter={"breakdown": "browser"})
    assert [item["breakdown_value"] for item in answer["results"]][-1] == NONE
    assert answer["hasMore"] is False


def test_having_no_value_takes_its_place_by_size(plant):
    engine = plant(
        *[("visit", 1, f"11-22 1{hour}:00") for hour in range(3)],
        *[("visit", 1, f"11-22 1{hour}:30", {"browser": "Chrome"}) for hour in range(4)],
        ("visit", 1, "11-22 09:00", {"browser": "Edge"}),
    )
    split = {"breakdown": "browser", "breakdown_limit": 2}
    found = run(engine, node("visit"), breakdownFilter=split)["results"]
    assert [item["breakdown_value"] for item in found] == ["Chrome", OTHER, NONE]


def test_breakdown_by_person(small):
    split = {"breakdown": "plan", "breakdown_type": "person"}
    answer = run(small, node("visit", "dau"), breakdownFilter=split)
    found = {item["label"]: item["count"] for item in answer["results"]}
    assert found == {"free": 3.0, "pro": 1.0, NONE: 1.0}


def test_two_breakdowns_make_lists(small):
    split = {"breakdowns": [{"property": "browser", "type": "event"},
                            {"property": "plan", "type": "person"}]}  # fmt: skip
    first = run(small, node("visit"), breakdownFilter=split)["results"][0]
    assert first["breakdown_value"] == ["Chrome", "pro"]
    assert first["label"] == "Chrome::pro"


def test_a_breakdown_without_events_is_empty(small):
    assert run(small, node("never"), breakdownFilter={"breakdown": "browser"})["results"] == []


def test_compare_puts_the_days_before_beside(small):
    current, previous = run(small, node("visit"), compareFilter={"compare": True})["results"]
    assert (current["compare_label"], previous["compare_label"]) == ("current", "previous")
    assert previous["days"][0] == "2026-11-17"
    assert previous["data"] == [1, 0, 0, 3]
    assert current["labels"] == ["day 0", "day 1", "day 2", "day 3"]


def test_totals_have_one_value(small):
    look = {"display": "BoldNumber"}
    (item,) = run(small, node("visit", "dau"), trendsFilter=look)["results"]
    assert (item["aggregated_value"], item["data"], item["count"]) == (4, [], 0)


def test_cumulative_adds_up(small):
    look = {"display": "ActionsLineGraphCumulative"}
    (item,) = run(small, node("visit"), trendsFilter=look)["results"]
    assert (item["data"], item["count"]) == ([3, 3, 5, 6], 6)
    (people,) = run(small, node("visit", "dau"), trendsFilter=look)["results"]
    assert people["data"] == [2, 2, 3, 4]


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        ({"formula": "A / B * 100"}, ["Formula (A / B * 100)"]),
        ({"formulas": ["A", "B"]}, ["Formula (A)", "Formula (B)"]),
        ({"formulaNodes": [{"formula": "A/B", "custom_name": "Rate"}]}, ["Rate"]),
    ],
)
def test_formulas_replace_the_series(small, settings, labels):
    answer = run(small, node("pay"), node("visit"), trendsFilter=settings)
    assert [item["label"] for item in answer["results"]] == labels
    assert answer["results"][0]["action"] is None


def test_a_formula_is_computed_for_each_bucket_and_total(small):
    look = {"formula": "A / B * 100"}
    (item,) = run(small, node("pay"), node("visit"), trendsFilter=look)["results"]
    assert item["data"] == [0.0, 0.0, 100.0, 0.0]
    look["display"] = "BoldNumber"
    (item,) = run(small, node("pay"), node("visit"), trendsFilter=look)["results"]
    assert item["aggregated_value"] == pytest.approx(100 * 2 / 6)


def test_an_unreadable_formula_is_a_hidden_error(small):
    with pytest.raises(ApiError) as refusal:
        run(small, node("pay"), node("visit"), trendsFilter={"formula": "A +* B"})
    assert refusal.value.status == 500


@pytest.mark.parametrize(
    ("operator", "value", "kind", "count"),
    [
        ("exact", ["Chrome"], "event", 2),
        ("exact", ["Chrome", "Safari"], "event", 4),
        ("is_not", ["Chrome"], "event", 4),
        ("icontains", "SAF", "event", 2),
        ("not_icontains", "SAF", "event", 4),
        ("is_set", None, "event", 5),
        ("is_not_set", None, "event", 1),
        ("exact", ["free"], "person", 3),
        ("is_not_set", None, "person", 1),
    ],
)
def test_property_filters(small, operator, value, kind, count):
    key = "browser" if kind == "event" else "plan"
    wanted = [{"key": key, "operator": operator, "value": value, "type": kind}]
    assert run(small, node("visit"), properties=wanted)["results"][0]["count"] == count
    in_series = node("visit", properties=wanted)
    assert run(small, in_series)["results"][0]["count"] == count


@pytest.mark.parametrize(("operator", "count"), [("gt", 2), ("gte", 3), ("lt", 2), ("lte", 3)])
def test_numbers_are_compared_as_numbers(small, operator, count):
    wanted = [{"key": "ms", "operator": operator, "value": "20", "type": "event"}]
    assert run(small, node("visit"), properties=wanted)["results"][0]["count"] == count


def test_or_groups(small):
    parts = [{"key": "browser", "value": name, "type": "event"} for name in ("Opera", "Safari")]
    group = {"type": "AND", "values": [{"type": "OR", "values": parts}]}
    assert run(small, node("visit"), properties=group)["results"][0]["count"] == 3


@pytest.mark.parametrize(
    ("interval", "dates", "data"),
    [
        ("hour", {"date_from": "-3h"}, [0, 1, 0, 0]),
        ("week", {"date_from": "-7d"}, [4, 3]),
        ("month", {"date_from": "-30d"}, [1, 7]),
    ],
)
def test_intervals(small, interval, dates, data):
    (item,) = run(small, node("visit"), interval=interval, dateRange=dates)["results"]
    assert item["data"] == data


def test_every_event_is_all_events(small):
    (item,) = run(small, node(None))["results"]
    assert (item["label"], item["count"]) == ("All events", 8.0)
