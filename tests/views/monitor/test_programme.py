"""Which stops of a wall are shown at which time of the day."""

from datetime import datetime

import pytest

from phdesk.core.wall.stops import stops_for
from phdesk.models.wall import Hours, Item, Wall
from phdesk.views.monitor.programme import Programme

WORK = Hours(days=(0, 1, 2, 3, 4), start=8 * 60 + 30, end=18 * 60)
NIGHT = Hours(days=(0, 4), start=22 * 60, end=6 * 60)


@pytest.mark.parametrize(
    ("hour", "closed"),
    [(12, {"dashboard 3"}), (23, {"dashboard 2"}), (7, {"dashboard 2", "dashboard 3"})],
)
def test_an_item_without_hours_is_always_shown_and_others_while_theirs_hold(hour, closed):
    programme = Programme(None)
    items = (
        Item(dashboard=1),
        Item(dashboard=2, hours=(WORK,)),
        Item(dashboard=3, hours=(NIGHT,)),
    )
    programme.take(stops_for(Wall(items=items), ()))
    assert programme.closed(datetime(2026, 11, 30, hour)) == closed, "on a Monday"
