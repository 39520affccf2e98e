from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.grid.moves import moved, put, resized
from phdesk.core.grid.moving import moved_by_hand
from phdesk.core.grid.placement import Want, place
from phdesk.models.dashboard import Box, StoredBox

# Three columns of three tiles of one size, by number: 1, 2, 3 in the first row.
GRID = {number + 1: Box(number % 3 * 4, number // 3 * 4, 4, 4) for number in range(9)}


def after(act, tile, *how):
    ids = list(GRID)
    return dict(zip(ids, act(list(GRID.values()), ids.index(tile), *how), strict=True))


def test_what_made_room_was_not_moved():
    assert moved_by_hand(GRID, after(put, 3, Box(0, 0, 4, 4))) == {3}


def test_what_closed_a_gap_was_not_moved():
    assert moved_by_hand(GRID, after(moved, 1, 4, 99)) == {1}


def test_a_tile_that_went_over_several_was_moved_and_they_were_not():
    assert moved_by_hand(GRID, after(moved, 1, 0, 99)) == {1}


def test_a_resized_tile_is_the_one_and_those_below_it_made_room():
    assert moved_by_hand(GRID, after(resized, 2, (0, 0, 0, 3))) == {2}


def test_of_two_that_changed_places_both_may_have_been_moved():
    assert moved_by_hand(GRID, {**GRID, 1: GRID[4], 4: GRID[1]}) == {1, 4}


def test_where_nothing_moves_by_itself_all_that_differ_were_moved():
    lower = {one: Box(box.x, box.y + 2, box.w, box.h) for one, box in GRID.items()}
    assert moved_by_hand(GRID, lower, "stable") == set(GRID)
    assert moved_by_hand(GRID, {**GRID, 1: GRID[1]}, "stable") == set()


boxes = st.builds(StoredBox, st.integers(0, 11), st.integers(0, 20), st.integers(1, 12))
wants = st.lists(st.builds(Want, boxes, st.just(6), st.integers(1, 9)), max_size=10)
layouts = st.builds(lambda found: dict(enumerate(place(found))), wants)


@given(layouts, layouts)
def test_without_what_was_moved_both_layouts_are_the_same(one, other):
    ids = one.keys() & other.keys()
    before, now = ({key: boxes[key] for key in ids} for boxes in (one, other))
    before, now = (dict(zip(ids, place(as_wants(boxes)), strict=True)) for boxes in (before, now))
    rest = [key for key in ids if key not in moved_by_hand(before, now)]
    assert place(as_wants({key: before[key] for key in rest})) == place(
        as_wants({key: now[key] for key in rest})
    )


@given(layouts)
def test_nothing_was_moved_between_a_layout_and_itself(one):
    assert moved_by_hand(one, one) == set()


def as_wants(boxes):
    return [Want(StoredBox(box.x, box.y, box.w, box.h)) for box in boxes.values()]
