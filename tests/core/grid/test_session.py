from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from phdesk.core.grid import session as editing
from phdesk.core.grid.boxes import collide
from phdesk.core.grid.placement import COLUMNS, Want, place
from phdesk.core.grid.session import Session
from phdesk.models.dashboard import Box, StoredBox

# Two above each other at the left, one beside them, one over the whole width below.
BOARD = {1: Box(0, 0, 6, 5), 2: Box(0, 5, 6, 5), 3: Box(6, 0, 6, 5), 4: Box(0, 10, 12, 3)}
SMALLEST = dict.fromkeys(BOARD, (2, 2))
compactions = st.sampled_from(["vertical", "horizontal", "stable"])


def opened(boxes=BOARD, **more):
    return Session(boxes=boxes, smallest=SMALLEST, **more)


def holding(tile, **more):
    return editing.begun(opened(**more), tile)


def dropped(session, tile, x, y):
    return editing.committed(editing.moved(editing.begun(session, tile), x, y))


def hand(session):
    return session.shown[session.gesture.tile]


def test_a_gesture_shows_its_preview_and_changes_nothing_until_it_is_let_go():
    session = editing.moved(holding(1), 6, 0)
    assert session.shown[1] == Box(6, 0, 6, 5)
    assert session.shown[3] == Box(6, 5, 6, 5)
    assert session.boxes == BOARD
    assert editing.committed(session).boxes == session.shown


def test_only_the_place_of_the_hand_counts_and_not_its_way():
    straight = editing.moved(holding(1), 6, 0)
    round_about = holding(1)
    for cell in ((3, 4), (0, 9), (6, 20), (2, 1), (6, 0)):
        round_about = editing.moved(round_about, *cell)
    assert round_about == straight


def test_a_gesture_is_one_step_however_long_it_was():
    session = holding(1)
    for x in range(7):
        session = editing.moved(session, x, 0)
    session = editing.committed(session)
    assert session.past == (BOARD,)
    assert editing.undone(session).boxes == BOARD


def test_a_gesture_that_ends_where_it_began_is_no_step():
    session = editing.moved(editing.moved(holding(1), 6, 0), 0, 0)
    assert editing.committed(session) == opened()


def test_cancel_leaves_nothing():
    assert editing.cancelled(editing.moved(holding(1), 6, 0)) == opened()


def test_a_new_gesture_after_undo_ends_redo():
    session = editing.undone(dropped(opened(), 1, 6, 0))
    assert session.future
    assert dropped(session, 2, 0, 0).future == ()


def test_undo_in_the_middle_of_a_gesture_gives_the_gesture_up():
    session = editing.moved(editing.begun(dropped(opened(), 1, 6, 0), 2), 6, 0)
    assert editing.undone(session).boxes == BOARD


def test_edges_stop_at_the_smallest_size_of_the_tile():
    assert hand(editing.resized(holding(1), (0, 0, -9, -9))) == Box(0, 0, 2, 2)
    session = editing.begun(Session(boxes=BOARD), 1)
    assert hand(editing.resized(session, (0, 0, -9, -9))) == Box(0, 0, 1, 1)


def test_edges_count_from_where_they_were_at_first():
    session = editing.resized(editing.resized(holding(3), (-2, 0, 0, 0)), (-1, 0, 0, 0))
    assert hand(session) == Box(5, 0, 7, 5)


@pytest.mark.parametrize(
    ("tile", "step", "there"),
    [
        pytest.param(1, (1, 0), (1, 0), id="to the next column"),
        pytest.param(1, (0, 1), (0, 5), id="down, below the tile that takes its place"),
        pytest.param(2, (0, -1), (0, 0), id="up, above the tile that made room"),
        pytest.param(1, (-1, 0), (0, 0), id="not over the left edge"),
        pytest.param(3, (1, 0), (6, 0), id="not over the right edge"),
        pytest.param(1, (0, -1), (0, 0), id="not over the top"),
        pytest.param(4, (0, 1), (0, 10), id="not below all others"),
    ],
)
def test_a_step_goes_on_until_the_tile_rests_elsewhere(tile, step, there):
    box = hand(editing.stepped(holding(tile), *step))
    assert (box.x, box.y) == there


def test_in_a_free_layout_a_step_is_one_cell():
    session = editing.stepped(holding(4, compaction="stable"), 0, 1)
    assert hand(session) == Box(0, 11, 12, 3)


def test_steps_of_both_kinds_add_up_in_one_gesture():
    session = editing.grown(editing.stepped(holding(1), 1, 0), -1, -2)
    assert hand(session) == Box(1, 0, 5, 3)
    assert editing.undone(editing.committed(session)).boxes == BOARD


def test_a_tile_is_put_where_it_is_said_as_far_as_there_is_room():
    assert hand(editing.put(holding(1), Box(9, 0, 8, 4))) == Box(4, 0, 8, 4)


def test_a_layout_from_outside_is_taken_as_it_is_and_can_be_undone_to():
    theirs = {**BOARD, 4: Box(0, 10, 6, 3)}
    assert editing.taken(opened(), theirs) == opened(theirs)
    session = editing.taken(dropped(opened(), 1, 6, 0), theirs)
    mine = session.past[-1]
    assert session.boxes == theirs
    assert editing.undone(session).boxes == mine
    assert editing.undone(editing.undone(session)).boxes == BOARD


def test_the_same_layout_from_outside_is_no_step():
    session = dropped(opened(), 1, 6, 0)
    assert editing.taken(session, dict(session.boxes)) == session


def test_from_outside_no_tile_moves_while_one_is_in_the_hand():
    session = editing.moved(holding(1), 6, 0)
    theirs = {1: Box(0, 4, 4, 4), 2: Box(4, 0, 8, 4), 3: Box(4, 4, 8, 4), 4: Box(0, 0, 4, 4)}
    after = editing.taken(session, theirs)
    assert after.shown == session.shown
    assert editing.cancelled(after).boxes == theirs, "it comes when the hand is empty"
    assert editing.committed(after).boxes == session.shown, "what the hand did comes over it"


def test_new_tiles_wait_at_the_foot_while_one_is_in_the_hand():
    session = editing.moved(holding(1), 6, 0)
    after = editing.taken(session, {8: Box(0, 0, 3, 3), **BOARD, 9: Box(3, 0, 3, 3)})
    assert {one: after.shown[one] for one in BOARD} == session.shown
    assert (after.shown[8], after.shown[9]) == (Box(0, 13, 3, 3), Box(3, 16, 3, 3))
    assert editing.moved(after, 5, 0).shown[9].y >= 13, "also when the hand goes on"
    done = editing.committed(after)
    assert done.boxes[1] == Box(6, 0, 6, 5)
    assert done.boxes.keys() == {*BOARD, 8, 9}


def test_a_tile_that_is_gone_leaves_the_hand():
    rest = {one: box for one, box in BOARD.items() if one != 1}
    after = editing.taken(editing.moved(holding(1), 6, 0), rest)
    assert after.gesture is None
    assert after.boxes == rest


def test_undo_finds_a_place_for_tiles_that_it_does_not_know_and_leaves_out_what_is_gone():
    session = dropped(opened(), 1, 6, 0)
    session = editing.taken(session, {2: BOARD[2], 3: BOARD[3], 4: BOARD[4], 9: Box(0, 0, 6, 5)})
    before = editing.undone(session).boxes
    assert before.keys() == {2, 3, 4, 9}
    assert before[3] == BOARD[3]
    assert not any(collide(a, b) for a, b in combinations(before.values(), 2))


def test_without_a_tile_in_the_hand_nothing_moves():
    for session in (
        editing.moved(opened(), 6, 0),
        editing.resized(opened(), (0, 0, 1, 1)),
        editing.stepped(opened(), 1, 0),
        editing.grown(opened(), 1, 1),
        editing.put(opened(), Box(0, 0, 1, 1)),
        editing.committed(opened()),
        editing.undone(opened()),
        editing.redone(opened()),
        editing.begun(opened(), 99),
    ):
        assert session == opened()


class Editing(RuleBasedStateMachine):
    """Any sequence of gestures, undo and redo."""

    def __init__(self):
        super().__init__()
        self.steps = []

    @initialize(
        made=st.lists(
            st.tuples(*[st.integers(1, 12), st.integers(1, 7)], *[st.integers(0, 20)] * 2),
            min_size=1,
            max_size=9,
        ),
        compaction=compactions,
    )
    def open(self, made, compaction):
        wants = [Want(StoredBox(x=x, y=y, w=w, h=h)) for w, h, x, y in made]
        first = place(wants, "vertical" if compaction == "stable" else compaction)
        self.start = dict(enumerate(first))
        smallest = {number: (1 + number % 3, 1 + number % 2) for number in self.start}
        self.session = Session(boxes=self.start, compaction=compaction, smallest=smallest)

    @rule(data=st.data(), ends=st.sampled_from(["let go", "give up"]))
    def gesture(self, data, ends):
        before = self.session
        tile = data.draw(st.sampled_from(sorted(self.start)))
        session = editing.begun(before, tile)
        for _ in range(data.draw(st.integers(1, 4))):
            session = data.draw(st.sampled_from([self.move, self.pull, self.step]))(session, data)
            assert session.boxes == before.boxes
        if ends == "let go":
            self.session = editing.committed(session)
            assert self.session.boxes == session.shown
            assert len(self.session.past) - len(before.past) == (session.shown != before.boxes)
        else:
            self.session = editing.cancelled(session)
            assert self.session == before

    def move(self, session, data):
        return editing.moved(
            session, data.draw(st.integers(-3, 14)), data.draw(st.integers(-3, 30))
        )

    def pull(self, session, data):
        return editing.resized(session, tuple(data.draw(st.tuples(*[st.integers(-9, 9)] * 4))))

    def step(self, session, data):
        ways = st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)])
        act = data.draw(st.sampled_from([editing.stepped, editing.grown]))
        return act(session, *data.draw(ways))

    @rule()
    def undo(self):
        before = self.session
        self.session = editing.undone(before)
        if before.past:
            assert editing.redone(self.session) == before, "redo repeats it"

    @rule()
    def redo(self):
        before = self.session
        self.session = editing.redone(before)
        if before.future:
            assert editing.undone(self.session) == before

    @invariant()
    def the_layout_is_sound(self):
        boxes = list(self.session.shown.values())
        assert not any(collide(a, b) for a, b in combinations(boxes, 2))
        assert all(box.x >= 0 and box.y >= 0 and box.x + box.w <= COLUMNS for box in boxes)

    @invariant()
    def undo_leads_to_the_start(self):
        back = self.session
        for _ in self.session.past:
            back = editing.undone(back)
        assert back.boxes == self.start
        assert not back.past
        for _ in self.session.past:
            back = editing.redone(back)
        assert back == self.session


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=40, stateful_step_count=16, deadline=None)


@given(st.data())
def test_a_tile_smaller_than_its_kind_may_be_stays_so_until_its_edge_is_moved(data):
    session = Session(boxes={1: Box(0, 0, 1, 1)}, smallest={1: (3, 4)})
    held = editing.begun(session, 1)
    moved = editing.moved(held, data.draw(st.integers(0, 11)), 0)
    assert (hand(moved).w, hand(moved).h) == (1, 1)
