"""A wall tells of all tiles of its rotation, whichever page is on show, and not too often."""

import pytest

from phdesk.core.wall.roll import following, roll_of
from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Hours, Item, Look
from phdesk.store import tiles
from phdesk.views.monitor.roll import AGAIN, EVERY
from tests.store.builders import text, tile
from tests.views.dashboard.showing import pending, trend
from tests.views.monitor.hall import items

WEEK = tuple(range(7))
NOBODY = Failure(cause=Cause.INVALID, message="no answer")


class Watch:
    """Hears the beats of a wall, as its watch does."""

    def __init__(self, hall):
        self.hall, self.beat = hall, None

    def hear(self):
        told = self.hall.window.beat()
        self.beat = following(told, self.beat)
        return told

    @property
    def tiles(self):
        return {f"{one.dashboard} / {one.tile}": one for one in roll_of(self.beat)}

    @property
    def on_show(self):
        return [name for name, one in self.tiles.items() if one.on_show]


@pytest.fixture
def watch(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    return Watch(hall)


def test_all_tiles_are_told_on_each_page_and_one_is_on_show(watch):
    watch.hall.show(*items(1, 2, 3))
    names = ["Weekly / Tile of 1", "Growth / Tile of 2", "Ops / Tile of 3"]
    for shown in [*names, names[0]]:
        watch.hear()
        assert list(watch.tiles) == names
        assert watch.on_show == [shown]
        assert all(one.calculated is not None for one in watch.tiles.values())
        watch.hall.pass_(10)


def test_they_are_told_when_they_are_others_and_now_and_then(watch):
    watch.hall.show(*items(1, 2), dwell=1.0)
    told = [watch.hear().all_tiles is not None]
    for _ in range(int(AGAIN)):
        watch.hall.pass_(1)
        told.append(watch.hear().all_tiles is not None)
    assert [at for at, one in enumerate(told) if one] == [0, AGAIN]
    watch.hall.know(3)
    watch.hall.show(*items(1, 3), dwell=1.0)
    watch.hall.pass_(EVERY)
    assert watch.hear().all_tiles is not None
    assert list(watch.tiles) == ["Weekly / Tile of 1", "Ops / Tile of 3"]


def test_failures_and_old_numbers_elsewhere_are_told(watch):
    hall = watch.hall
    hall.show(*items(1, 2), refresh=1800, dwell=100_000.0)
    hall.store.apply(tiles.with_tile_failure, (2, 1), NOBODY, now=hall.time, asked=99)
    hall.pass_(3700)
    watch.hear()
    assert watch.on_show == ["Weekly / Tile of 1"]
    other = watch.tiles["Growth / Tile of 2"]
    assert (other.stale, other.failure) == (True, "no answer")


def test_items_whose_hours_are_over_owe_nothing(watch):
    hall = watch.hall
    now = hall.conductor.clocks.local()
    minute = now.hour * 60 + now.minute
    later = Hours(days=WEEK, start=(minute + 60) % 1440, end=(minute + 120) % 1440)
    hall.show(Item(dashboard=1), Item(dashboard=2, hours=(later,)), dwell=10_000.0)
    watch.hear()
    assert list(watch.tiles) == ["Weekly / Tile of 1"]
    hall.pass_(3700)
    watch.hear()
    assert list(watch.tiles) == ["Weekly / Tile of 1", "Growth / Tile of 2"]


def test_a_tile_in_two_items_is_one(watch):
    watch.hall.show(Item(dashboard=1), Item(dashboard=1, tile=1))
    watch.hear()
    assert list(watch.tiles) == ["Weekly / Tile of 1"]
    watch.hall.pass_(10)
    watch.hear()
    assert watch.on_show == ["Weekly / Tile of 1"]


def test_cards_are_of_no_age_and_a_number_that_never_came_is_told(hall):
    hall.sign_in()
    hall.know(1, tiles=[text(1, "# Hello"), tile(2, pending())])
    hall.know(2)
    hall.show(*items(2, 1))
    watch = Watch(hall)
    watch.hear()
    (_, other) = roll_of(watch.beat)
    assert (other.key, other.calculated) == ("dashboard 1 2", None)


def test_names_of_many_tiles_are_found_in_a_few_looks(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(n, trend(-5, name=f"T{n}")) for n in range(1, 36)])
    hall.know(2)
    hall.show(*items(2, 1))
    watch = Watch(hall)
    told = [watch.hear().all_tiles for _ in range(4)]
    assert [one is None for one in told] == [True, True, True, False]
    assert len(watch.tiles) == 36


def test_a_name_that_is_to_be_hidden_by_now_is_told_no_more(hall):
    hall.sign_in()
    hall.know(1)
    hall.know(2, tiles=[tile(1, trend(-5, name="Visits of ada@example.com"))])
    hall.show(*items(1, 2), dwell=1000.0)
    watch = Watch(hall)
    watch.hear()
    assert "Growth / Visits of ada@example.com" in watch.tiles
    hall.show(*items(1, 2), dwell=1000.0, look=Look(motion=False, blur=("people",)))
    hall.pass_(EVERY)
    watch.hear()
    assert "ada@" not in "".join(watch.tiles)
