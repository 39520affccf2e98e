"""Items of a wall become stops with keys that last, and filters over those of a dashboard."""

from datetime import UTC, datetime

import pytest
from msgspec import Raw

from phdesk.core.filters import read_filter, written
from phdesk.core.wall.stops import override_for, stops_for
from phdesk.models.dashboard import DashboardRow
from phdesk.models.wall import Item, Wall

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ROWS = (
    DashboardRow(id=1, name="zeta", tags=("Wall",)),
    DashboardRow(id=2, name="Alpha", tags=("#wall", "x")),
    DashboardRow(id=3, name="Beta"),
)
SAVED = read_filter(Raw(b'{"date_from": "-90d", "properties": [{"key": "plan", "value": "pro"}]}'))


def stops(*items, rows=ROWS, **more):
    return stops_for(Wall(items=items, **more), rows)


def only(item):
    (stop,) = stops(item)
    return stop


@pytest.mark.parametrize("tag", ["wall", "#wall", "WALL"])
def test_a_tag_is_meant_with_and_without_its_sign_and_sorted_by_name(tag):
    assert [one.dashboard for one in stops(Item(tag=tag))] == [2, 1]


def test_a_key_says_what_and_not_where_in_the_file_or_how_long():
    first = only(Item(dashboard=1, dwell=5, title="Our numbers"))
    (_, second) = stops(Item(dashboard=3), Item(dashboard=1))
    assert first.key == second.key


@pytest.mark.parametrize(
    "other",
    [
        Item(dashboard=2),
        Item(dashboard=1, range="last 7 days"),
        Item(dashboard=1, tile=4),
        Item(dashboard=1, filters={"interval": "week"}),
        Item(dashboard=1, project=8),
        Item(board="1"),
        Item(insight="abc"),
    ],
)
def test_what_shows_something_else_has_another_key(other):
    assert only(Item(dashboard=1)).key != only(other).key


def test_the_walls_time_holds_where_an_item_has_none_of_its_own():
    short, own = stops(Item(dashboard=1), Item(dashboard=2, dwell=90), dwell=12)
    assert (short.dwell, own.dwell) == (12, 90)


def test_a_range_takes_the_place_of_the_dashboards_dates_and_leaves_its_conditions():
    made = override_for(only(Item(dashboard=1, range="last 7 days")), SAVED, NOW)
    fields = written(made.filters)
    assert fields["date_from"] == "-7d"
    assert fields["properties"][0]["key"] == "plan"


def test_filters_go_over_the_dashboards_own_and_a_range_over_both():
    item = Item(dashboard=1, range="this month", filters={"interval": "week", "date_from": "-3d"})
    fields = written(override_for(only(item), SAVED, NOW).filters)
    assert fields["interval"] == "week"
    assert fields["date_from"] == "mStart"


def test_an_item_without_range_and_filters_asks_for_nothing_of_its_own():
    assert override_for(only(Item(dashboard=1)), SAVED, NOW) is None


def test_the_first_dashboard_of_the_project_stands_in_for_pinned_ones():
    assert [one.dashboard for one in stops_for(Wall(), ROWS, 3)] == [3]
    pinned = (*ROWS, DashboardRow(id=9, name="Pinned", pinned=True))
    assert [one.dashboard for one in stops_for(Wall(), pinned, 3)] == [9]
    assert [one.dashboard for one in stops_for(Wall(), ROWS)] == [1, 2, 3]
