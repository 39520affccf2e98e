from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.grid.boxes import collide
from phdesk.core.grid.overlaying import Laid, base_after, laid_over
from phdesk.core.grid.placement import Want, place
from phdesk.models.dashboard import Box, StoredBox

# Two columns of three tiles: 1, 3, 5 at the left and 2, 4, 6 at the right.
GRID = {number + 1: Box(number % 2 * 6, number // 2 * 5, 6, 5) for number in range(6)}


def exchanged(boxes, one, other):
    return {**boxes, one: boxes[other], other: boxes[one]}


def without(boxes, *gone):
    return {one: box for one, box in boxes.items() if one not in gone}


MINE = exchanged(GRID, 1, 3)


def test_what_only_the_person_moved_is_shown_as_wished():
    assert laid_over(GRID, MINE, GRID) == Laid(MINE)


def test_a_tile_that_only_the_team_moved_goes_where_the_team_put_it():
    theirs = exchanged(GRID, 2, 4)
    assert laid_over(theirs, MINE, GRID) == Laid(exchanged(MINE, 2, 4))


def test_a_tile_that_both_moved_is_a_conflict_and_the_persons_layout_stays():
    theirs = exchanged(GRID, 3, 5)
    assert laid_over(theirs, MINE, GRID) == Laid(MINE, frozenset({3}))


def test_a_tile_that_both_moved_to_the_same_place_is_none():
    assert laid_over(MINE, MINE, GRID) == Laid(MINE)


def test_moves_of_both_that_would_overlap_are_a_conflict():
    mine = {**GRID, 6: Box(6, 10, 6, 9)}
    theirs = {**GRID, 1: Box(6, 15, 6, 5), 3: Box(0, 0, 6, 5), 5: Box(0, 5, 6, 5)}
    assert laid_over(theirs, mine, GRID) == Laid(mine, frozenset({1, 6}))


def test_what_the_teams_change_only_shifted_is_no_conflict():
    """The team moved a tile to the top of a column in which the person made another taller."""
    mine = {**GRID, 5: Box(0, 10, 6, 9)}
    theirs = {**GRID, 6: Box(0, 0, 6, 5), 1: Box(0, 5, 6, 5), 3: Box(0, 10, 6, 5)}
    theirs[5] = Box(0, 15, 6, 5)
    joined = {**theirs, 5: Box(0, 15, 6, 9)}
    assert laid_over(theirs, mine, GRID) == Laid(joined)


def test_a_persons_move_is_made_again_where_the_team_has_shifted_everything():
    mine = {**GRID, 1: Box(0, 10, 6, 5), 3: Box(0, 0, 6, 5), 5: Box(0, 5, 6, 5)}
    theirs = {one: Box(box.x, box.y + 3 if box.x else box.y, 6, 5) for one, box in GRID.items()}
    theirs[2] = Box(6, 0, 6, 8)
    laid = laid_over(theirs, mine, GRID)
    assert laid.conflicts == frozenset()
    assert [laid.boxes[one] for one in (1, 3, 5)] == [mine[one] for one in (1, 3, 5)]
    assert laid.boxes[2] == Box(6, 0, 6, 8)


def test_a_new_tile_stands_where_the_server_has_it_if_that_is_free():
    theirs = {**GRID, 7: Box(0, 15, 12, 3)}
    assert laid_over(theirs, MINE, GRID) == Laid({**MINE, 7: Box(0, 15, 12, 3)})


def test_a_new_tile_in_the_way_is_given_room():
    lowered = {one: Box(box.x, box.y + 2, box.w, box.h) for one, box in GRID.items()}
    mine = exchanged(GRID, 4, 6)
    laid = laid_over({**lowered, 7: Box(0, 0, 12, 2)}, mine, GRID)
    assert laid == Laid({**exchanged(lowered, 4, 6), 7: Box(0, 0, 12, 2)})


def test_a_tile_that_is_gone_is_dropped_and_its_gap_closes():
    laid = laid_over(without(GRID, 5), MINE, GRID)
    assert laid == Laid(without(MINE, 5))
    raised = {3: Box(0, 0, 6, 5), 5: Box(0, 5, 6, 5), **without(GRID, 1, 3, 5)}
    laid = laid_over(raised, exchanged(GRID, 3, 5), GRID)
    assert laid == Laid(exchanged(raised, 3, 5)), "closing the gap is no move of the team"


def test_a_free_layout_keeps_its_gaps():
    mine = {1: Box(0, 40, 6, 5)}
    assert laid_over({1: Box(0, 3, 6, 5)}, mine, {1: Box(0, 3, 6, 5)}, "stable") == Laid(mine)


def test_the_result_is_in_the_order_of_the_server():
    theirs = {number: GRID[number] for number in (4, 2, 6, 1, 3, 5)}
    assert list(laid_over(theirs, MINE, GRID).boxes) == [4, 2, 6, 1, 3, 5]


def test_what_was_seen_of_the_team_is_the_base_of_the_next_change():
    theirs = exchanged(GRID, 2, 4)
    laid = laid_over(theirs, MINE, GRID)
    base = base_after(theirs, laid, GRID)
    further = exchanged(laid.boxes, 2, 6)
    assert laid_over(theirs, further, base) == Laid(further)


def test_what_is_in_conflict_stays_in_conflict_after_the_next_change():
    theirs = {**exchanged(GRID, 3, 5), 7: Box(0, 15, 6, 5)}
    laid = laid_over(theirs, MINE, GRID)
    base = base_after(theirs, laid, GRID)
    further = exchanged(laid.boxes, 2, 4)
    assert laid_over(theirs, further, base) == Laid(further, frozenset({3}))
    assert base[7] == theirs[7]


wants = st.lists(
    st.builds(
        Want,
        st.builds(StoredBox, st.integers(0, 11), st.integers(0, 20), st.integers(1, 12)),
        st.just(6),
        st.integers(1, 9),
    ),
    max_size=12,
)
layouts = st.builds(lambda found: dict(enumerate(place(found))), wants)


@given(layouts, layouts, layouts, st.sampled_from(["vertical", "horizontal"]))
def test_whatever_both_did_every_tile_of_the_server_is_shown_and_none_overlaps(
    server, wished, base, compaction
):
    laid = laid_over(server, wished, base, compaction)
    assert list(laid.boxes) == list(server)
    assert laid.conflicts <= server.keys()
    boxes = list(laid.boxes.values())
    for index, box in enumerate(boxes):
        assert (box.x >= 0, box.x + box.w <= 12) == (True, True)
        assert not any(collide(box, other) for other in boxes[:index])


@given(layouts, layouts)
def test_without_a_change_on_the_server_the_person_sees_what_was_wished(base, wished):
    shared = base.keys() & wished.keys()
    server = {one: base[one] for one in shared}
    mine = dict(zip(shared, place([_as_want(wished[one]) for one in shared]), strict=True))
    assert laid_over(server, mine, base) == Laid({one: mine[one] for one in server})


@given(layouts, layouts)
def test_a_person_who_moved_nothing_sees_the_server(base, server):
    known = {one: box for one, box in base.items() if one in server}
    laid = laid_over(server, known, base)
    if server.keys() <= base.keys():
        assert laid == Laid(server)


def _as_want(box):
    return Want(StoredBox(box.x, box.y, box.w, box.h))
