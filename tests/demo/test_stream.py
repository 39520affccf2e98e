"""The invented events are the same for every run, and old ones never change."""

from datetime import UTC, datetime, timedelta

import pytest

from phdesk.demo.stream import DemoSource, first_day
from phdesk.demo.world import World

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
OPENING = (NOW - timedelta(days=40)).date()


def everything(world):
    return world.rows("select ts, event, person_id, properties from events order by id")


@pytest.fixture
def world():
    at = [NOW]
    made = World(DemoSource(7, OPENING), lambda: at[0])
    made.clock = at
    yield made
    made.close()


def test_history_begins_on_a_first_of_a_month_200_days_back():
    start = first_day(NOW)
    assert start.day == 1
    assert 200 <= (NOW.date() - start).days <= 231


def test_the_same_seed_gives_the_same_events(world):
    again = World(DemoSource(7, OPENING), lambda: NOW)
    assert everything(again) == everything(world)
    again.close()


def test_another_seed_gives_another_company(world):
    other = World(DemoSource(8, OPENING), lambda: NOW)
    assert everything(other) != everything(world)
    other.close()


def test_nothing_lies_in_the_future(world):
    assert world.rows("select count(*) from events where timestamp > ?", [NOW.isoformat()]) == [
        (0,)
    ]


def test_a_later_clock_adds_events_and_keeps_the_old(world):
    before = everything(world)
    world.clock[0] = NOW + timedelta(days=2, hours=3)
    world.sync()
    after = everything(world)
    assert after[: len(before)] == before
    assert len(after) > len(before) + 100
    fresh = World(DemoSource(7, OPENING), lambda: world.clock[0])
    assert sorted(everything(fresh)) == sorted(after)
    fresh.close()


def test_people_have_the_properties_that_filters_need(world):
    plans = dict(
        world.rows("select json_extract(properties, '$.plan'), count(*) from persons group by 1")
    )
    assert set(plans) == {None, "free", "pro", "enterprise"}
    assert world.rows(
        "select count(*) from persons where json_extract(properties, '$.email') is not null"
        " and json_extract(properties, '$.email') not like '%@example.org'"
    ) == [(0,)]


def test_weekends_are_quieter(world):
    counts = dict(world.rows("select strftime('%w', timestamp), count(*) from events group by 1"))
    assert counts["0"] < counts["2"] / 2
