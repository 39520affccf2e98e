"""Funnels follow people step by step within the window."""

import pytest

from phdesk.demo.errors import ApiError

STEPS = ("sign up", "create", "invite")


def run(engine, steps=STEPS, split=None, **settings):
    query = {
        "kind": "FunnelsQuery",
        "series": [{"kind": "EventsNode", "event": name, "name": name} for name in steps],
        "dateRange": {"date_from": "-10d"},
        "funnelsFilter": {"funnelVizType": "steps"} | settings,
    }
    if split:
        query["breakdownFilter"] = {"breakdown": split, "breakdown_type": "event"}
    return engine.run(query)["results"]


@pytest.fixture
def small(plant):
    return plant(
        # 1 does it all; 10 s to the second step, 50 s to the third.
        ("sign up", 1, "11-20 10:00:00", {"browser": "Chrome"}),
        ("create", 1, "11-20 10:00:10", {"browser": "Edge"}),
        ("invite", 1, "11-20 10:01:00"),
        # 2 does the steps in the wrong order, then creates after 30 s.
        ("invite", 2, "11-20 09:00:00"),
        ("sign up", 2, "11-20 10:00:00", {"browser": "Chrome"}),
        ("create", 2, "11-20 10:00:30"),
        # 3 is too slow for a window of a day.
        ("sign up", 3, "11-20 10:00:00", {"browser": "Safari"}),
        ("create", 3, "11-22 10:00:00"),
        # 4 only signs up, with a browser nobody knows.
        ("sign up", 4, "11-21 10:00:00"),
        # 5 never signed up.
        ("create", 5, "11-21 10:00:00"),
    )


def test_steps_narrow(small):
    steps = run(small, funnelWindowInterval=1)
    assert [step["count"] for step in steps] == [4, 2, 1]
    assert [step["order"] for step in steps] == [0, 1, 2]
    assert steps[0]["average_conversion_time"] is None
    assert steps[1]["average_conversion_time"] == 20.0
    assert steps[1]["median_conversion_time"] == 20.0
    assert steps[2]["average_conversion_time"] == 50.0


def test_a_wider_window_lets_the_slow_through(small):
    assert [step["count"] for step in run(small)] == [4, 3, 1]


def test_breakdown_takes_the_first_touch(small):
    groups = run(small, split="browser", funnelWindowInterval=1)
    found = {tuple(group[0]["breakdown_value"]): [step["count"] for step in group]
             for group in groups}  # fmt: skip
    assert found == {("Chrome",): [2, 2, 1], ("Safari",): [1, 0, 0], ("",): [1, 0, 0]}


def test_time_to_convert_has_bins_and_an_end(small):
    found = run(small, STEPS[:2], funnelVizType="time_to_convert", funnelWindowInterval=1)
    assert found["average_conversion_time"] == 20.0
    assert found["bins"][0][0] == 10
    assert sum(count for _, count in found["bins"]) == 2
    assert found["bins"][-1][1] == 0


def test_time_to_convert_of_nobody_is_empty(plant):
    found = run(plant(("x", 1, "11-20 10:00")), funnelVizType="time_to_convert")
    assert found == {"average_conversion_time": None, "bins": []}


def test_trends_give_percents_by_day_of_entry(small):
    (item,) = run(small, STEPS[:2], funnelVizType="trends", funnelWindowInterval=1)
    shares = dict(zip(item["days"], item["data"], strict=True))
    assert shares["2026-11-20"] == 66.67
    assert shares["2026-11-21"] == 0.0
    assert item["count"] == len(item["days"]) == 11


def test_one_step_is_no_funnel(small):
    with pytest.raises(ApiError, match="at least two steps"):
        run(small, STEPS[:1])


def counts(steps):
    return [step["count"] for step in steps]


def test_strictly_nothing_may_come_between(plant):
    engine = plant(
        ("sign up", 1, "11-20 10:00:00"),
        ("create", 1, "11-20 10:00:10"),
        ("sign up", 2, "11-20 10:00:00"),
        ("look", 2, "11-20 10:00:05"),
        ("create", 2, "11-20 10:00:10"),
    )
    assert counts(run(engine, STEPS[:2])) == [2, 2]
    assert counts(run(engine, STEPS[:2], funnelOrderType="strict")) == [2, 1]


def test_in_any_order_steps_are_counted_not_named(small):
    steps = run(small, funnelOrderType="unordered", funnelWindowInterval=1)
    assert counts(steps) == [5, 2, 2]
    assert [step["name"] for step in steps] == [
        "Completed 1 step",
        "Completed 2 steps",
        "Completed 3 steps",
    ]
    assert steps[0]["action_id"] is None


def test_who_did_what_is_left_out_is_not_counted(plant):
    engine = plant(
        ("sign up", 1, "11-20 10:00:00"),
        ("fail", 1, "11-20 10:00:05"),
        ("create", 1, "11-20 10:00:10"),
        ("sign up", 2, "11-20 10:00:00"),
        ("create", 2, "11-20 10:00:10"),
        ("fail", 2, "11-20 10:00:20"),
        ("invite", 2, "11-20 10:00:30"),
    )
    fail = {"kind": "EventsNode", "event": "fail"}
    between = [{**fail, "funnelFromStep": 0, "funnelToStep": 1}]
    assert counts(run(engine, exclusions=between)) == [1, 1, 1]
    anywhere = [{**fail, "funnelFromStep": 0, "funnelToStep": 2}]
    assert counts(run(engine, exclusions=anywhere)) == [0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("first_touch", {"Chrome": [1, 1]}),
        ("last_touch", {"Edge": [1, 1]}),
        ("step", {"Edge": [1, 1]}),
        ("all_events", {"Chrome": [1, 0]}),
    ],
)
def test_a_breakdown_is_taken_from_the_step_that_is_chosen(plant, kind, expected):
    engine = plant(
        ("sign up", 1, "11-20 10:00:00", {"browser": "Chrome"}),
        ("create", 1, "11-20 10:00:10", {"browser": "Edge"}),
    )
    groups = run(
        engine,
        STEPS[:2],
        split="browser",
        breakdownAttributionType=kind,
        breakdownAttributionValue=1,
    )
    assert {group[0]["breakdown_value"][0]: counts(group) for group in groups} == expected


def test_the_same_event_twice_needs_two_events(plant):
    engine = plant(
        ("open", 1, "11-20 10:00"), ("open", 2, "11-20 10:00"), ("open", 2, "11-21 11:00")
    )
    assert counts(run(engine, ("open", "open"))) == [2, 1]


def test_conversion_over_time_is_told_for_each_value(small):
    first, *rest = run(small, STEPS[:2], split="browser", funnelVizType="trends")
    assert first["breakdown_value"] == ["Chrome"]
    assert len(rest) == 2
