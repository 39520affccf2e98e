from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.boards import (
    UNNAMED,
    arranged,
    count_of,
    counted,
    found,
    named,
    titled,
    with_board,
    with_pick,
    without_account,
    without_board,
    without_pick,
)
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box

SIGNUPS = Pick(id=1, account="ada", project=7, dashboard=9, tile=1, insight="abc")
REVENUE = Pick(id=2, account="ben", project=8, dashboard=4, tile=6)
MINE = Board(id=5, name="Mine", picks=(SIGNUPS, REVENUE))
OTHER = Board(id=6, name="Other", picks=(replace(REVENUE, id=1),))
BOTH = (MINE, OTHER)
HERE = Box(0, 0, 6, 5)


def picks(boards, board_id=5):
    board = found(boards, board_id)
    return () if board is None else board.picks


def test_a_board_is_shown_where_posthog_has_no_dashboards():
    assert MINE.page < 0
    assert MINE.page != OTHER.page


def test_a_board_is_added_last_or_at_its_old_place():
    assert [one.id for one in with_board((MINE,), OTHER)] == [5, 6]
    assert [one.id for one in with_board((MINE,), OTHER, at=0)] == [6, 5]
    assert with_board(BOTH, replace(MINE, name="Again")) == BOTH


def test_a_board_is_taken_away_and_given_another_name():
    assert without_board(BOTH, 5) == (OTHER,)
    assert without_board(BOTH, 77) == BOTH
    assert found(named(BOTH, 5, "  Ours "), 5).name == "Ours"
    assert found(named(BOTH, 5, " "), 5).name == UNNAMED
    assert named(BOTH, 99, "Ours") == BOTH


def test_a_tile_is_put_on_a_board_once_with_a_number_of_its_own():
    again = replace(SIGNUPS, id=0, title="Another")
    assert with_pick(BOTH, 5, again) == BOTH
    new = replace(SIGNUPS, id=0, tile=3)
    assert [one.id for one in picks(with_pick(BOTH, 5, new))] == [1, 2, 3]
    assert [one.id for one in picks(with_pick(BOTH, 5, replace(new, id=2)))] == [1, 2, 3]


def test_a_tile_that_was_taken_off_comes_back_as_it_was():
    placed = arranged(BOTH, 5, {1: HERE})
    kept = picks(placed)[0]
    off = without_pick(placed, 5, 1)
    assert picks(off) == (REVENUE,)
    assert set(picks(with_pick(off, 5, kept))) == {kept, REVENUE}


def test_the_same_number_on_another_board_is_another_tile():
    assert picks(without_pick(BOTH, 5, 1), 6) == OTHER.picks
    assert picks(titled(BOTH, 5, 1, " People "), 6) == OTHER.picks
    assert picks(titled(BOTH, 5, 1, " People "))[0].title == "People"


def test_tiles_that_are_not_named_stay_where_they_are():
    placed = arranged(arranged(BOTH, 5, {1: HERE}), 5, {2: Box(6, 0, 6, 5)})
    assert [one.box for one in picks(placed)] == [HERE, Box(6, 0, 6, 5)]


def test_an_account_leaves_with_its_tiles_only():
    assert count_of(BOTH, "ben") == 2
    left = without_account(BOTH, "ben")
    assert [one.picks for one in left] == [(SIGNUPS,), ()]
    assert count_of(left, "ben") == 0


NUMBERS = st.integers(1, 3)
PICKS = st.builds(
    Pick,
    id=NUMBERS,
    account=st.sampled_from(["ada", "ben"]),
    project=NUMBERS,
    dashboard=NUMBERS,
    tile=NUMBERS,
)
EDITS = st.one_of(
    st.builds(lambda n: partial(with_board, board=Board(id=n, name=str(n))), NUMBERS),
    st.builds(lambda n: partial(without_board, board_id=n), NUMBERS),
    st.builds(lambda n, t: partial(named, board_id=n, name=t), NUMBERS, st.text(max_size=3)),
    st.builds(lambda n, p: partial(with_pick, board_id=n, pick=p), NUMBERS, PICKS),
    st.builds(lambda n, p: partial(without_pick, board_id=n, pick_id=p), NUMBERS, NUMBERS),
    st.builds(lambda n, p: partial(arranged, board_id=n, boxes={p: HERE}), NUMBERS, NUMBERS),
    st.builds(lambda a: partial(without_account, account=a), st.sampled_from(["ada", "ben"])),
)


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=12))
def test_whatever_is_done_numbers_are_unique_and_each_tile_is_on_a_board_once(edits):
    boards = ()
    for edit in edits:
        boards = edit(boards)
        assert edit(boards) == boards, "written twice, after a fall, it must be the same"
    assert len({one.id for one in boards}) == len(boards)
    for board in boards:
        assert len({one.id for one in board.picks}) == len(board.picks)
        whole = [(one.source, one.dashboard, one.tile) for one in board.picks]
        assert len(set(whole)) == len(whole)
        assert all(one.id > 0 for one in board.picks)
        assert board.name.strip()


@pytest.mark.parametrize(("tiles", "words"), [(1, "1 tile"), (0, "0 tiles"), (2, "2 tiles")])
def test_tiles_are_counted_in_words(tiles, words):
    assert counted(tiles) == words
