"""Answers of one refresh are one stop of rewind."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.moments import TOGETHER, stops
from tests.store.builders import NOON, at


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        pytest.param([], [], id="nothing kept"),
        pytest.param([0, 1, 2], [2], id="tiles of one refresh"),
        pytest.param([0, 2.5], [0, 2.5], id="two refreshes"),
        pytest.param([60, 0, 1], [1, 60], id="in any order"),
    ],
)
def test_a_stop_is_the_end_of_a_refresh(minutes, found):
    assert stops(map(at, minutes)) == tuple(map(at, found))


@given(st.lists(st.integers(0, 10_000)))
def test_stops_lie_apart_and_every_moment_has_one_soon_after(seconds):
    times = [NOON + timedelta(seconds=one) for one in seconds]
    found = stops(times)
    assert set(found) <= set(times)
    assert all(after - before > TOGETHER for before, after in pairwise(found))
    assert all(any(stop >= time for stop in found) for time in times)
