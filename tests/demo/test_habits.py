"""Retention, stickiness and lifecycle count people, not events."""

import pytest

from phdesk.demo.errors import ApiError


@pytest.fixture
def small(plant):
    return plant(
        ("sign up", 1, "11-20 10:00"),
        ("open", 1, "11-20 11:00"),
        ("open", 1, "11-21 11:00"),
        ("open", 1, "11-23 11:00"),
        ("sign up", 2, "11-20 10:00"),
        ("open", 2, "11-22 10:00"),
        ("sign up", 3, "11-21 10:00"),
        ("open", 3, "11-22 10:00"),
        ("open", 3, "11-22 11:00"),
        ("sign up", 1, "11-22 10:00"),
    )


def retention(engine, kind, split=None, **settings):
    chosen = {
        "period": "Day",
        "totalIntervals": 4,
        "retentionType": kind,
        "targetEntity": {"id": "sign up", "type": "events"},
        "returningEntity": {"id": "open", "type": "events"},
    } | settings
    query = {"kind": "RetentionQuery", "retentionFilter": chosen}
    if split:
        query["breakdownFilter"] = {"breakdown": split, "breakdown_type": "person"}
    rows = engine.run(query)["results"]
    return rows, [[value["count"] for value in row["values"]] for row in rows]


def test_first_time_retention_is_a_triangle(small):
    rows, counts = retention(small, "retention_first_time")
    assert counts == [[2, 1, 1, 1], [1, 1, 0], [0, 0], [0]]
    assert rows[0]["date"] == "2026-11-20T00:00:00Z"
    assert [row["label"] for row in rows] == ["Day 0", "Day 1", "Day 2", "Day 3"]


def test_recurring_retention_counts_every_start(small):
    _, counts = retention(small, "retention_recurring")
    assert counts == [[2, 1, 1, 1], [1, 1, 0], [1, 1], [0]]


def test_weekly_retention_begins_on_sunday(small):
    chosen = {"period": "Week", "totalIntervals": 3, "targetEntity": {"id": "open"}}
    rows = small.run({"kind": "RetentionQuery", "retentionFilter": chosen})["results"]
    assert [row["date"][:10] for row in rows] == ["2026-11-08", "2026-11-15", "2026-11-22"]


def test_stickiness_counts_days_of_use(small):
    query = {
        "kind": "StickinessQuery",
        "series": [{"kind": "EventsNode", "event": "open"}],
        "dateRange": {"date_from": "-3d"},
        "interval": "day",
    }
    (item,) = small.run(query)["results"]
    assert item["data"] == [2, 0, 1, 0]
    assert item["days"] == [1, 2, 3, 4]
    assert item["labels"][:2] == ["1 day", "2 days"]
    assert item["count"] == 3
    both = small.run(query | {"compareFilter": {"compare": True}})["results"]
    assert [one["compare_label"] for one in both] == ["current", "previous"]


def test_lifecycle_has_four_bands(small):
    query = {
        "kind": "LifecycleQuery",
        "series": [{"kind": "EventsNode", "event": "open", "name": "open"}],
        "dateRange": {"date_from": "-3d"},
        "interval": "day",
    }
    bands = {item["status"]: item for item in small.run(query)["results"]}
    assert list(bands) == ["new", "returning", "resurrecting", "dormant"]
    assert bands["new"]["data"] == [1.0, 0.0, 0.0, 0.0]
    assert bands["returning"]["data"] == [0.0, 1.0, 0.0, 0.0]
    assert bands["resurrecting"]["data"] == [0.0, 0.0, 2.0, 1.0]
    assert bands["dormant"]["data"] == [0.0, 0.0, -1.0, -2.0]
    assert bands["dormant"]["count"] == -3.0
    assert bands["new"]["label"] == "open - new"


def test_who_came_back_later_counts_as_back_before(small):
    _, counts = retention(small, "retention_first_time", cumulative=True)
    assert counts == [[2, 2, 2, 1], [1, 1, 0], [0, 0], [0]]


def test_coming_back_may_take_several_times(small):
    _, counts = retention(small, "retention_first_time", minimumOccurrences=2)
    assert counts == [[2, 0, 0, 0], [1, 1, 0], [0, 0], [0]]


def test_the_first_time_ever_counts_what_does_not_match(plant):
    engine = plant(
        ("sign up", 1, "11-20 10:00", {"plan": "free"}),
        ("sign up", 1, "11-22 10:00", {"plan": "pro"}),
        ("sign up", 2, "11-22 10:00", {"plan": "pro"}),
        ("open", 1, "11-22 11:00"),
    )
    pro = [{"key": "plan", "value": ["pro"], "type": "event"}]
    target = {"id": "sign up", "type": "events", "properties": pro}
    _, first = retention(engine, "retention_first_time", targetEntity=target)
    _, ever = retention(engine, "retention_first_ever_occurrence", targetEntity=target)
    assert [row[0] for row in first] == [0, 0, 2, 0]
    assert [row[0] for row in ever] == [0, 0, 1, 0]


def test_retention_is_broken_down_by_what_people_began_with(plant):
    engine = plant(
        ("sign up", 1, "11-20 10:00"),
        ("open", 1, "11-21 10:00"),
        ("sign up", 2, "11-20 10:00"),
        ("sign up", 3, "11-20 10:00"),
        traits={1: {"plan": "pro"}, 2: {"plan": "free"}, 3: {"plan": "free"}},
    )
    rows, counts = retention(engine, "retention_first_time", split="plan")
    assert [row["breakdown_value"] for row in rows] == ["free"] * 4 + ["pro"] * 4
    assert counts[0] == [2, 0, 0, 0]
    assert counts[4] == [1, 1, 0, 0]


def test_stickiness_may_count_at_least(small):
    query = {
        "kind": "StickinessQuery",
        "series": [{"kind": "EventsNode", "event": "open"}],
        "dateRange": {"date_from": "-3d"},
        "interval": "day",
        "stickinessFilter": {"computedAs": "cumulative"},
    }
    (item,) = small.run(query)["results"]
    assert item["data"] == [3, 1, 1, 0]
    assert item["labels"][0] == "1 day or more"
    groups = [{"kind": "EventsNode", "event": "open", "math": "unique_group"}]
    (item,) = small.run(query | {"series": groups})["results"]
    assert item["count"] == 0


@pytest.mark.parametrize(
    ("criteria", "data"),
    [
        ({"operator": "gte", "value": 1}, [2, 0, 1, 0]),
        ({"operator": "exact", "value": 1}, [1, 0, 1, 0]),
        ({"operator": "gte", "value": 2}, [1, 0, 0, 0]),
    ],
)
def test_stickiness_counts_days_on_which_it_happened_often_enough(small, criteria, data):
    query = {
        "kind": "StickinessQuery",
        "series": [{"kind": "EventsNode", "event": "open"}],
        "dateRange": {"date_from": "-3d"},
        "interval": "day",
        "stickinessFilter": {"stickinessCriteria": criteria},
    }
    (item,) = small.run(query)["results"]
    assert item["data"] == data


def test_groups_and_optional_steps_are_refused_rather_than_guessed(small):
    steps = [{"kind": "EventsNode", "event": "open"}] * 2
    query = {"kind": "FunnelsQuery", "series": steps, "dateRange": {"date_from": "-3d"}}
    with pytest.raises(ApiError, match="no groups"):
        small.run(query | {"aggregation_group_type_index": 0})
    with pytest.raises(ApiError, match="no optional steps"):
        small.run(query | {"series": [steps[0], {**steps[1], "optionalInFunnel": True}]})
