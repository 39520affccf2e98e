"""Dashboards side by side in tabs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.tabs import MOST, Tabs, beside, moved, stepped, turned, without

THREE = Tabs((1, 2, 3), 1)


def test_the_first_dashboard_is_the_first_tab():
    assert turned(Tabs(), 9) == beside(Tabs(), 9) == Tabs((9,), 0)


def test_a_dashboard_takes_the_tab_that_is_shown_unless_it_has_its_own():
    assert turned(THREE, 9) == Tabs((1, 9, 3), 1)
    assert turned(THREE, 3) == Tabs((1, 2, 3), 2)


def test_a_new_tab_stands_at_the_right_of_the_one_shown():
    assert beside(THREE, 9) == Tabs((1, 2, 9, 3), 2)
    assert beside(THREE, 1) == Tabs((1, 2, 3), 0), "no dashboard has two"


@pytest.mark.parametrize(
    ("at", "place", "wanted"),
    [
        (1, 1, Tabs((1, 3), 1)),
        (2, 2, Tabs((1, 2), 1)),
        (1, 0, Tabs((2, 3), 0)),
        (1, 2, Tabs((1, 2), 1)),
        (1, 7, THREE),
    ],
    ids=["the one shown", "the last, shown", "one before", "one after", "none"],
)
def test_closing_a_tab_shows_its_neighbour(at, place, wanted):
    assert without(Tabs((1, 2, 3), at), place) == wanted


def test_the_last_tab_stays():
    assert without(Tabs((1,), 0), 0) == Tabs((1,), 0)


def test_steps_go_round():
    assert stepped(THREE, 1).shown == 3
    assert stepped(stepped(THREE, 1), 1).shown == 1
    assert stepped(Tabs((1, 2, 3), 0), -1).shown == 3
    assert stepped(Tabs(), 1) == Tabs()


ACTS = st.one_of(
    st.tuples(st.sampled_from([turned, beside]), st.integers(1, 50)),
    st.tuples(st.just(without), st.integers(-1, 40)),
    st.tuples(st.just(moved), st.integers(-1, 40), st.integers(-1, 40)),
    st.tuples(st.just(stepped), st.integers(-2, 2)),
)


@given(st.lists(ACTS, max_size=80))
def test_whatever_is_done_each_dashboard_has_one_tab_and_one_is_shown(acts):
    tabs = turned(Tabs(), 1)
    for act, *rest in acts:
        before = tabs
        tabs = act(tabs, *rest)
        assert len(set(tabs.ids)) == len(tabs.ids) <= MOST
        assert 0 <= tabs.at < len(tabs.ids)
        if act is moved:
            assert tabs.shown == before.shown
            assert sorted(tabs.ids) == sorted(before.ids)
