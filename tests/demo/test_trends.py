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


@pytest.mark.parametrize(("explicit", "first"), [(False, 4), (True, 3)])
def test_the_first_week_is_whole_unless_exact_times_are_asked_for(small, explicit, first):
    dates = {"date_from": "2026-11-18", "date_to": "2026-11-23", "explicitDate": explicit}
    (item,) = run(small, node("visit"), dateRange=dates, interval="week")["results"]
    assert item["data"] == [first, 3]
    assert item["count"] == first + 3


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
        ("first_matching_event_for_user", [1, 0, 1, 1]),
        ("avg_count_per_actor", [1.5, 0.0, 1.0, 1.0]),
        ("max_count_per_actor", [2.0, 0.0, 1.0, 1.0]),
        ("median_count_per_actor", [1.5, 0.0, 1.0, 1.0]),
        ("unique_group", [0, 0, 0, 0]),
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


def test_an_expression_counts_each_bucket_total_and_value(small):
    counted = node("visit", math="hogql", math_hogql="sum(properties.ms) * 2")
    (item,) = run(small, counted)["results"]
    assert item["data"] == [120.0, 0.0, 110.0, 0.0]
    (total,) = run(small, counted, trendsFilter={"display": "BoldNumber"})["results"]
    assert total["aggregated_value"] == 230.0
    split = {"breakdown": "properties.browser", "breakdown_type": "hogql", "breakdown_limit": 1}
    found = {
        one["breakdown_value"]: one["count"]
        for one in run(small, counted, breakdownFilter=split)["results"]
    }
    assert found == {"Safari": 160.0, OTHER: 70.0}


def test_conditions_in_sql_narrow(small):
    wanted = [{"key": "properties.ms > 25", "type": "hogql", "value": None}]
    assert run(small, node("visit"), properties=wanted)["results"][0]["count"] == 2


@pytest.mark.parametrize(
    "more",
    [
        {"properties": [{"key": "id", "value": 99, "type": "cohort"}]},
        {"properties": [{"key": "nope(1)", "type": "hogql"}]},
        {"properties": [{"key": "no_column", "type": "hogql"}]},
        {"properties": [{"key": "'?'", "type": "hogql"}]},
        {"properties": [{"key": "ms", "type": "event", "operator": "semver_eq", "value": "1"}]},
        {"breakdownFilter": {"breakdown": [99], "breakdown_type": "cohort"}},
    ],
)
def test_what_the_demo_cannot_count_is_refused_and_not_guessed(small, more):
    with pytest.raises(ApiError) as refusal:
        run(small, node("visit"), **more)
    assert refusal.value.status == 400


def test_numbers_are_put_into_bins_of_equal_width(small):
    split = {"breakdown": "ms", "breakdown_type": "event", "breakdown_histogram_bin_count": 2}
    found = run(small, node("visit"), breakdownFilter=split)["results"]
    assert [(one["breakdown_value"], one["count"]) for one in found] == [
        ("[5.0,27.505]", 3.0),
        ("[27.505,50.01]", 2.0),
        (NONE, 1.0),
    ]


def test_a_comparison_may_name_how_far_back(small):
    compared = {"compare": True, "compare_to": "-1w"}
    now, before = run(small, node("visit"), compareFilter=compared)["results"]
    assert before["days"] == ["2026-11-13", "2026-11-14", "2026-11-15", "2026-11-16"]
    assert now["days"][0] == "2026-11-20"


def test_hours_and_weekdays_are_counted(small):
    look = {"display": "CalendarHeatmap"}
    (item,) = run(small, node("visit"), trendsFilter=look)["results"]
    told = item["calendar_heatmap_data"]
    assert told["allAggregations"] == 6
    assert {"row": 5, "column": 10, "value": 1} in told["data"]  # Friday, 20 November
    assert {"row": 5, "value": 3} in told["rowAggregations"]
    assert {"column": 12, "value": 2} in told["columnAggregations"]


def test_boxes_say_how_values_are_spread(small):
    look = {"display": "BoxPlot"}
    found = run(small, node("visit", math_property="ms", math="avg"), trendsFilter=look)
    first, second, *_ = found["results"]
    assert (first["min"], first["median"], first["max"], first["mean"]) == (10, 20, 30, 20)
    assert second["max"] == 0.0
    assert run(small, node("visit"), trendsFilter=look)["error"]


def test_a_slope_has_two_ends(small):
    (item,) = run(small, node("visit"), trendsFilter={"display": "SlopeGraph"})["results"]
    assert item["data"] == [3, 1]
    assert item["days"] == ["2026-11-20", "2026-11-23"]
    assert item["incomplete_end"]


def test_quarters_are_cut_at_their_months(small):
    dates = {"date_from": "2026-08-01"}
    (item,) = run(small, node("visit"), interval="quarter", dateRange=dates)["results"]
    assert item["days"] == ["2026-07-01", "2026-10-01"]
    assert item["data"] == [0, 8]
