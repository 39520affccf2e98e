"""A curve between points goes through all of them and shows no value that is not there."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.views.charts.strokes import bent, polygon, runs

HEIGHTS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


def at_steps(heights, step):
    return [(i * step, height) for i, height in enumerate(heights)]


@given(HEIGHTS, st.sampled_from([0.5, 3.0, 11.0, 80.0]))
def test_a_curve_never_leaves_the_span_of_its_neighbours(heights, step):
    points = at_steps(heights, step)
    found = bent(points)
    assert (found[0], found[-1]) == (points[0], points[-1])
    assert set(points) <= set(found)
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        between = [y for x, y in found if x1 <= x <= x2]
        slack = 1e-6 * max(abs(y1), abs(y2), 1)
        assert min(y1, y2) - slack <= min(between)
        assert max(between) <= max(y1, y2) + slack
        rises = [b - a for a, b in itertools.pairwise(between)]
        assert all(rise >= -slack for rise in rises) or all(rise <= slack for rise in rises)


def test_a_curve_is_round_where_its_points_make_a_corner():
    found = bent(at_steps([0, 10, 0], 60))
    before_top = next(y for x, y in found if x > 50)
    assert before_top > 50 / 6, "higher than the straight line, as it has flattened"


@pytest.mark.parametrize("heights", [[4], [4, 9]], ids=["one", "two"])
def test_without_a_corner_nothing_bends(heights):
    assert bent(at_steps(heights, 30)) == at_steps(heights, 30)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=20))
def test_many_points_are_given_to_qt_as_they_are(points):
    assert [(one.x(), one.y()) for one in polygon(points)] == points


@given(st.lists(st.none() | st.tuples(st.floats(0, 9), st.floats(0, 9)), max_size=12))
def test_lines_are_parted_at_their_gaps_alone(points):
    wanted = [
        list(run) for gap, run in itertools.groupby(points, lambda one: one is None) if not gap
    ]
    assert runs(points) == wanted
