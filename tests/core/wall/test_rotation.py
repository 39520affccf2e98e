"""A wall goes through its stops page by page, whatever happens to the list meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall import rotation as turns
from phdesk.core.wall.rotation import Lap, Place, Rotation


def at(place, *laps, **fields):
    return turns.shown(Rotation(laps=laps, **fields), place, 100.0)


A, B, C = Lap(key="a", dwell=10), Lap(key="b", dwell=20, pages=2), Lap(key="c")


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (Place("a"), Place("b")),
        (Place("b"), Place("b", 1)),
        (Place("b", 1), Place("c")),
        (Place("c"), Place("a")),
    ],
)
def test_pages_follow_pages_and_stops_follow_stops_in_a_circle(place, there):
    rotation = at(place, A, B, C)
    assert turns.following(rotation) == there
    assert turns.preceding(at(there, A, B, C)) == place


def test_a_page_is_due_when_its_own_time_is_over():
    rotation = at(Place("b"), A, B)
    assert not turns.due(rotation, 119.9)
    assert turns.due(rotation, 120.0)
    assert turns.share(rotation, 105.0) == 0.25


def test_a_single_page_has_nothing_to_follow_it():
    assert turns.following(at(Place("a"), A)) is None


def test_a_pause_holds_the_page_and_its_time():
    paused = turns.with_pause(at(Place("a"), A, B), 104.0, paused=True)
    assert not turns.due(paused, 1e6)
    again = turns.with_pause(paused, 500.0, paused=False)
    assert turns.elapsed(again, 500.0) == 4.0
    assert turns.due(again, 506.0)


def test_turning_by_hand_while_paused_stays_paused():
    paused = turns.with_pause(at(Place("a"), A, B), 104.0, paused=True)
    turned = turns.shown(paused, Place("b"), 200.0)
    assert turned.paused
    assert not turns.due(turned, 1e6)


def test_stops_that_are_gone_or_closed_are_passed_over():
    rotation = turns.without(at(Place("a"), A, B, C), "b", "It was deleted.")
    assert turns.following(rotation) == Place("c")
    assert turns.following(rotation, {"c"}) is None
    assert turns.following(turns.with_again(rotation, "b")) == Place("b")


def test_what_may_not_be_shown_any_more_is_due_at_once_even_while_paused():
    paused = turns.with_pause(at(Place("a"), A, B), 100.0, paused=True)
    assert turns.due(paused, 100.0, {"a"})
    assert turns.due(turns.without(paused, "a", "It was deleted."), 100.0)
    assert turns.due(turns.with_laps(paused, [B]), 100.0)


def test_other_stops_leave_the_page_on_show_and_its_time_alone():
    rotation = turns.with_laps(at(Place("b", 1), A, B), [C, Lap(key="b", dwell=5), A])
    assert rotation.place == Place("b", 1)
    assert rotation.since == 100.0
    assert rotation.dwell == 5
    assert turns.following(rotation) == Place("a")


def test_a_stop_that_lost_pages_shows_its_last():
    rotation = turns.with_pages(at(Place("b", 1), A, B), "b", 1)
    assert rotation.place == Place("b")


def test_a_page_that_was_late_is_counted_and_the_present_one_stays():
    rotation = turns.stayed(at(Place("a"), A, B), 110.0)
    assert rotation.missed == 1
    assert rotation.place == Place("a")
    assert not turns.due(rotation, 119.0)


def test_a_page_that_was_waited_for_is_late_by_the_time_over_that_of_the_one_before():
    waiting = turns.awaiting(at(Place("a"), A, B, C), Place("b"))
    assert (waiting.place, waiting.late) == (Place("a"), 0), "not before it is shown"
    rotation = turns.shown(waiting, Place("b"), 112.5)
    assert (rotation.late, rotation.longest_wait, rotation.missed) == (1, 2.5, 0)
    rotation = turns.shown(turns.awaiting(rotation, Place("b", 1)), Place("b", 1), 133.5)
    assert (rotation.late, rotation.longest_wait) == (2, 2.5)
    rotation = turns.shown(rotation, Place("c"), 160.0)
    assert rotation.late == 2, "nobody found it undrawn"


@pytest.mark.parametrize(
    "instead",
    [
        pytest.param(lambda waiting: turns.stayed(waiting, 115.0), id="passed over"),
        pytest.param(lambda waiting: turns.started_over(waiting, 115.0), id="closed"),
        pytest.param(lambda waiting: turns.shown(waiting, Place("c"), 111.0), id="by hand"),
    ],
)
def test_a_page_that_was_waited_for_in_vain_is_not_late(instead):
    rotation = instead(turns.awaiting(at(Place("a"), A, B, C), Place("b")))
    assert turns.shown(rotation, Place("b"), 190.0).late == 0


def test_turns_count_changes_of_page_alone():
    rotation = at(Place("a"), A, B)
    assert rotation.turns == 0
    assert turns.shown(rotation, Place("a"), 1.0).turns == 0
    assert turns.shown(rotation, Place("b"), 1.0).turns == 1


@given(
    pages=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    skipped=st.sets(st.integers(0, 5)),
    closed=st.sets(st.integers(0, 5)),
)
def test_one_round_shows_each_page_that_may_be_shown_once(pages, skipped, closed):
    rotation = Rotation(laps=tuple(Lap(key=str(i), pages=n) for i, n in enumerate(pages)))
    for one in skipped:
        rotation = turns.without(rotation, str(one), "gone")
    shut = {str(one) for one in closed}
    open_ = [i for i in range(len(pages)) if i not in skipped | closed]
    place = turns.following(rotation, shut)
    if not open_:
        assert place is None
        return
    seen = []
    for _ in range(sum(pages[i] for i in open_)):
        assert place is not None
        seen.append(place)
        rotation = turns.shown(rotation, place, 0.0)
        place = turns.following(rotation, shut)
    assert seen == [Place(str(i), page) for i in open_ for page in range(pages[i])]
    assert place in (seen[0], None)
