from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.grid.boxes import reading_order
from phdesk.core.grid.fitting import fitted
from phdesk.models.dashboard import Box

HEROES = [Box(3 * i, 0, 3, 2) for i in range(4)]
BOARD = [*HEROES, Box(0, 2, 8, 5), Box(8, 2, 4, 5), Box(0, 7, 6, 5), Box(6, 7, 6, 5)]
NEAR = 1e-9

boards = st.lists(
    st.builds(Box, st.integers(0, 6), st.integers(0, 30), st.integers(1, 6), st.integers(1, 9)),
    min_size=1,
    max_size=16,
)
shapes = st.floats(0.4, 4.0)


def rows(areas):
    """Give the numbers of areas by the height at which they stand."""
    found = {}
    for number, area in enumerate(areas):
        found.setdefault(round(area.y, 9), []).append(number)
    return [found[top] for top in sorted(found)]


def test_a_board_keeps_its_rows_on_a_wide_screen():
    assert rows(fitted(BOARD, 16 / 9)) == [[0, 1, 2, 3], [4, 5], [6, 7]]


def test_on_a_screen_that_stands_upright_there_are_more_rows():
    assert len(rows(fitted(BOARD, 9 / 16))) > 3


@pytest.mark.parametrize("shape", [0.45, 0.56, 0.7, 1.0, 1.4, 1.78, 2.4])
@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_alike_tiles_that_stood_side_by_side_stay_alike(count, shape):
    wide = 12 // count
    areas = fitted([Box(i * wide, 0, wide, 2) for i in range(count)], shape)
    assert len({(round(area.w, 6), round(area.h, 6)) for area in areas}) == 1


def test_one_tile_has_the_screen_to_itself():
    (only,) = fitted([Box(4, 9, 2, 2)], 1.6)
    assert (only.x, only.y, only.w, only.h) == (0, 0, 1, 1)


def test_no_tile_is_no_area():
    assert fitted([], 1.6) == []


@given(boards, shapes)
def test_tiles_fill_the_screen_without_overlap(boxes, shape):
    areas = fitted(boxes, shape)
    assert sum(area.w * area.h for area in areas) == pytest.approx(1)
    for area in areas:
        assert -NEAR <= area.x <= area.x + area.w <= 1 + NEAR
        assert -NEAR <= area.y <= area.y + area.h <= 1 + NEAR
    for one, other in combinations(areas, 2):
        beside = one.x + one.w <= other.x + NEAR or other.x + other.w <= one.x + NEAR
        below = one.y + one.h <= other.y + NEAR or other.y + other.h <= one.y + NEAR
        assert beside or below


@given(boards, shapes)
def test_the_reading_order_is_kept(boxes, shape):
    areas = fitted(boxes, shape)
    order = [areas[i] for i in reading_order(boxes)]
    for one, following in pairwise(order):
        right = abs(one.y - following.y) < NEAR and one.x + one.w <= following.x + NEAR
        lower = one.y + one.h <= following.y + NEAR
        assert right or lower
