"""All tiles of a wall, by what was told now and before."""

from msgspec.structs import replace

from phdesk.core.wall.roll import following, roll_of
from tests.core.wall.statuses import beat, tile

ONE, TWO = tile(key="1"), tile("Churn", key="2")


def test_a_beat_that_tells_of_no_tiles_has_those_of_before():
    before = beat(all_tiles=(ONE, TWO))
    assert following(beat(frame=8), before) == beat(frame=8, all_tiles=(ONE, TWO))
    assert following(beat(all_tiles=()), before).all_tiles == ()
    assert following(beat(), None).all_tiles is None


def test_a_tile_on_show_is_as_new_as_the_beat_under_its_own_names():
    newer = tile("An alert", minutes=0, key="2")
    assert roll_of(beat(tiles=(newer,), all_tiles=(ONE, TWO))) == (
        ONE,
        replace(newer, tile="Churn", on_show=True),
    )


def test_what_is_shown_out_of_turn_comes_last():
    other = tile("Other", key="3")
    assert roll_of(beat(tiles=(other,), all_tiles=(ONE,))) == (ONE, replace(other, on_show=True))


def test_tiles_of_no_roll_are_those_on_show():
    assert roll_of(beat(tiles=(ONE,))) == (replace(ONE, on_show=True),)
