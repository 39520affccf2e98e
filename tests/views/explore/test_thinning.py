import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.views.explore.thinning import DENSE, Part, part_in_view, thinned

VALUES = st.lists(st.floats(-1e9, 1e9) | st.just(math.nan), min_size=1, max_size=300)


@pytest.mark.parametrize(
    ("low", "high", "pixels", "part"),
    [
        pytest.param(-0.6, 99.6, 100, Part(0, 100, 1), id="a point a pixel"),
        pytest.param(20.2, 29.8, 100, Part(19, 32, 1), id="one beyond each end"),
        pytest.param(0, 99, 10, Part(0, 100, 10), id="ten points a pixel"),
        pytest.param(33, 77, 10, Part(30, 80, 5), id="steps begin at their multiples"),
        pytest.param(200, 300, 10, Part(100, 100, 1), id="nothing in view"),
        pytest.param(math.nan, 5, 10, Part(0, 100, 1), id="nowhere"),
        pytest.param(0, 99, 0, Part(0, 100, 100), id="no width"),
    ],
)
def test_only_what_is_in_view_is_chosen(low, high, pixels, part):
    assert part_in_view(100, low, high, pixels) == part


@given(VALUES, st.floats(-50, 350), st.floats(-50, 350), st.floats(1, 400))
def test_thinning_loses_no_extreme_and_invents_nothing(values, one, other, pixels):
    low, high = sorted((one, other))
    array = np.array(values)
    part = part_in_view(len(array), low, high, pixels)
    x, y = thinned(array, part)
    seen = array[part.first : part.end]
    assert len(x) == len(y)
    assert np.isin(y[np.isfinite(y)], seen).all()
    assert len(x) <= max(DENSE * pixels + 1, 2 * pixels + 4)
    if np.isfinite(seen).any():
        assert (np.nanmin(y), np.nanmax(y)) == (np.nanmin(seen), np.nanmax(seen))


@given(VALUES, st.integers(2, 20))
def test_edges_of_areas_are_the_lowest_and_the_highest(values, step):
    array = np.array(values)
    part = Part(0, len(array), step)
    _, lows = thinned(array, part, "low")
    _, highs = thinned(array, part, "high")
    _, both = thinned(array, part)
    np.testing.assert_array_equal(both[::2], lows)
    np.testing.assert_array_equal(both[1::2], highs)


def test_one_gap_does_not_swallow_its_neighbours():
    x, y = thinned(np.array([1.0, math.nan, 3.0, 5.0]), Part(0, 4, 2))
    assert x.tolist() == [0.5, 0.5, 2.5, 2.5]
    assert y.tolist() == [1.0, 1.0, 3.0, 5.0]
