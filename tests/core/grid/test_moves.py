from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.grid import moves
from phdesk.core.grid.boxes import collide, compact_left, compact_up
from phdesk.core.grid.placement import COLUMNS, Want, place
from phdesk.models.dashboard import Box, StoredBox

# Two above each other at the left, one beside them, one over the whole width below.
BOARD = [Box(0, 0, 6, 5), Box(0, 5, 6, 5), Box(6, 0, 6, 5), Box(0, 10, 12, 3)]


def free_of_overlap(boxes):
    return not any(collide(a, b) for a, b in combinations(boxes, 2))


def inside(boxes):
    return all(box.x >= 0 and box.y >= 0 and box.x + box.w <= COLUMNS for box in boxes)


def test_a_tile_moved_down_changes_places_with_the_one_below():
    assert moves.moved(BOARD, 0, 0, 5) == [
        Box(0, 5, 6, 5), Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 10, 12, 3),
    ]  # fmt: skip


def test_a_tile_moved_up_pushes_down_what_lay_there():
    assert moves.moved(BOARD, 1, 0, 0) == [
        Box(0, 5, 6, 5), Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 10, 12, 3),
    ]  # fmt: skip


def test_a_tile_moved_aside_pushes_its_new_neighbours_and_leaves_a_gap_that_closes():
    after = moves.moved(BOARD, 0, 6, 0)
    assert after == [Box(6, 0, 6, 5), Box(0, 0, 6, 5), Box(6, 5, 6, 5), Box(0, 10, 12, 3)]


def test_a_tile_dropped_far_below_comes_to_rest():
    assert moves.moved(BOARD, 0, 0, 90)[0] == Box(0, 8, 6, 5)


@pytest.mark.parametrize(("x", "y", "corner"), [(-4, -1, (0, 0)), (11, 0, (6, 0))])
def test_past_the_edges_a_tile_stops_at_them(x, y, corner):
    box = moves.moved(BOARD, 2, x, y)[2]
    assert (box.x, box.y) == corner


def test_a_free_layout_keeps_gaps_and_pushes_only_what_is_in_the_way():
    boxes = [Box(0, 0, 4, 3), Box(0, 8, 4, 3), Box(0, 14, 4, 2), Box(8, 8, 4, 3)]
    after = moves.moved(boxes, 0, 0, 7, "stable")
    assert after == [Box(0, 7, 4, 3), Box(0, 10, 4, 3), Box(0, 16, 4, 2), Box(8, 8, 4, 3)]


def test_a_layout_to_the_left_wraps_what_has_no_room():
    boxes = [Box(0, 0, 6, 2), Box(6, 0, 6, 2), Box(0, 2, 6, 2)]
    after = moves.moved(boxes, 2, 6, 0, "horizontal")
    assert free_of_overlap(after)
    assert after[2] == Box(6, 0, 6, 2)


@pytest.mark.parametrize(
    ("edges", "size"),
    [
        pytest.param((0, 0, 2, 0), Box(4, 4, 6, 4), id="right"),
        pytest.param((0, 0, 0, 3), Box(4, 4, 4, 7), id="bottom"),
        pytest.param((-2, 0, 0, 0), Box(2, 4, 6, 4), id="left"),
        pytest.param((0, -1, 0, 0), Box(4, 3, 4, 5), id="top"),
        pytest.param((-9, 0, 0, 0), Box(0, 4, 8, 4), id="left, to the edge"),
        pytest.param((0, 0, 99, 0), Box(4, 4, 8, 4), id="right, to the edge"),
        pytest.param((0, -9, 0, 0), Box(4, 0, 4, 8), id="top, to the edge"),
        pytest.param((3, 0, 0, 0), Box(6, 4, 2, 4), id="left, to the smallest"),
        pytest.param((0, 0, -9, -9), Box(4, 4, 2, 2), id="corner, to the smallest"),
        pytest.param((0, 9, 0, 0), Box(4, 6, 4, 2), id="top, to the smallest"),
        pytest.param((0, 0, 0, 500), Box(4, 4, 4, 100), id="as high as it gets"),
    ],
)
def test_an_edge_moves_and_the_others_stay(edges, size):
    assert moves.stretched(Box(4, 4, 4, 4), edges, (2, 2)) == size


def test_a_wider_tile_pushes_its_neighbour_down():
    after = moves.resized(BOARD, 0, (0, 0, 2, 0))
    assert after == [Box(0, 0, 8, 5), Box(0, 5, 6, 5), Box(6, 5, 6, 5), Box(0, 10, 12, 3)]


def test_a_smaller_tile_lets_others_up():
    assert moves.resized(BOARD, 0, (0, 0, 0, -3))[1] == Box(0, 2, 6, 5)


def test_a_new_tile_stands_below_all_others():
    assert moves.added(BOARD, 6, 5)[-1] == Box(0, 13, 6, 5)
    assert moves.added([], 20, 0) == [Box(0, 0, 12, 1)]


def test_a_copy_stands_beside_or_else_below():
    assert moves.duplicated([Box(0, 0, 6, 5)], 0)[-1] == Box(6, 0, 6, 5)
    after = moves.duplicated(BOARD, 0)
    assert after[-1] == Box(0, 5, 6, 5)
    assert after[:3] == [Box(0, 0, 6, 5), Box(0, 10, 6, 5), Box(6, 0, 6, 5)]
    assert free_of_overlap(after)


def test_a_removed_tile_closes_its_gap_unless_the_layout_is_free():
    assert moves.removed(BOARD, 0) == [Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 5, 12, 3)]
    assert moves.removed(BOARD, 0, "stable") == BOARD[1:]


sizes = st.tuples(st.integers(1, 12), st.integers(1, 7))
corners = st.integers(0, 20)
compactions = st.sampled_from(["vertical", "horizontal", "stable"])


@st.composite
def boards(draw, compaction="vertical"):
    made = draw(st.lists(st.tuples(sizes, corners, corners), min_size=1, max_size=14))
    wants = [Want(StoredBox(x=x, y=y, w=w, h=h)) for (w, h), x, y in made]
    return place(wants, compaction)


@given(boards(), st.data())
def test_a_move_never_overlaps_leaves_the_grid_or_changes_a_size(boxes, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    after = moves.moved(
        boxes, index, data.draw(st.integers(-3, 15)), data.draw(st.integers(-3, 40))
    )
    assert free_of_overlap(after)
    assert inside(after)
    assert [(box.w, box.h) for box in after] == [(box.w, box.h) for box in boxes]
    assert compact_up(after, COLUMNS) == after, "it rests"


@given(boards(), st.data())
def test_a_resize_never_overlaps_or_leaves_the_grid(boxes, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    edges = tuple(data.draw(st.tuples(*[st.integers(-8, 8)] * 4)))
    after = moves.resized(boxes, index, edges, (2, 2))
    assert free_of_overlap(after)
    assert inside(after)
    others = [i for i in range(len(boxes)) if i != index]
    assert [(after[i].w, after[i].h) for i in others] == [(boxes[i].w, boxes[i].h) for i in others]


@given(boards("horizontal"), st.data())
def test_a_move_to_the_left_never_overlaps_or_leaves_the_grid(boxes, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    after = moves.moved(
        boxes, index, data.draw(st.integers(-3, 15)), data.draw(st.integers(0, 20)), "horizontal"
    )
    assert free_of_overlap(after)
    assert inside(after)
    assert free_of_overlap(compact_left(after, COLUMNS))


@given(boards(), st.data())
def test_in_a_free_layout_the_tile_lies_where_it_was_put_and_others_only_go_down(boxes, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    x, y = data.draw(st.integers(0, 12)), data.draw(st.integers(0, 30))
    after = moves.moved(boxes, index, x, y, "stable")
    assert free_of_overlap(after)
    assert (after[index].x, after[index].y) == (min(x, COLUMNS - boxes[index].w), y)
    for old, new in zip(boxes, after, strict=True):
        if new is not after[index]:
            assert (new.x, new.w, new.h) == (old.x, old.w, old.h)
            assert new.y >= old.y


@given(boards(), st.data())
def test_tiles_in_other_columns_do_not_move(boxes, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    after = moves.moved(boxes, index, data.draw(corners), data.draw(corners))
    touched = {c for box in (boxes[index], after[index]) for c in range(box.x, box.x + box.w)}
    while True:  # what shares a column with a touched one may go along
        more = touched.union(
            *(range(b.x, b.x + b.w) for b in boxes if touched & set(range(b.x, b.x + b.w)))
        )
        if more == touched:
            break
        touched = more
    for old, new in zip(boxes, after, strict=True):
        if not touched & set(range(old.x, old.x + old.w)):
            assert new == old


@given(boards(), compactions, st.data())
def test_nothing_moved_is_nothing_changed(boxes, compaction, data):
    index = data.draw(st.integers(0, len(boxes) - 1))
    box = boxes[index]
    assert moves.moved(boxes, index, box.x, box.y, compaction) == boxes
    assert moves.resized(boxes, index, (0, 0, 0, 0), compaction=compaction) == boxes
