import pytest
from PySide6.QtCore import QPointF, QRect, QSize

from phdesk.views.dashboard.editing import zones
from phdesk.views.dashboard.editing.zones import CURSORS, MOVE, edges_of, pulled, zone_at

TILE = QSize(400, 300)
SMALL = QSize(60, 80)


@pytest.mark.parametrize(
    ("spot", "zone"),
    [
        pytest.param((200, 24), MOVE, id="the title bar"),
        pytest.param((200, 150), None, id="the chart"),
        pytest.param((2, 150), (-1, 0), id="left"),
        pytest.param((398, 150), (1, 0), id="right"),
        pytest.param((200, 2), (0, -1), id="top"),
        pytest.param((200, 298), (0, 1), id="bottom"),
        pytest.param((3, 3), (-1, -1), id="upper left"),
        pytest.param((397, 3), (1, -1), id="upper right"),
        pytest.param((3, 297), (-1, 1), id="lower left"),
        pytest.param((397, 297), (1, 1), id="lower right"),
        pytest.param((-5, 150), (-1, 0), id="in the gap at the left"),
        pytest.param((405, 305), (1, 1), id="in the gap at the corner"),
        pytest.param((407, 150), None, id="the neighbour's half of the gap"),
    ],
)
def test_a_press_does_what_its_place_says(spot, zone):
    assert zone_at(TILE, QPointF(*spot)) == zone


def test_a_card_without_a_chart_is_its_own_title_bar():
    assert zone_at(TILE, QPointF(200, 150), whole=True) == MOVE
    assert zone_at(TILE, QPointF(2, 150), whole=True) == (-1, 0)


@pytest.mark.parametrize("axis", [0, 1])
def test_an_edge_can_be_hit_within_24_pixels(axis):
    """Half of the gap counts; the upper edge leaves room for the title bar."""
    middle = (200, 150)
    for end in (-1, 1):
        wanted = tuple(end if one == axis else 0 for one in range(2))
        hits = 0
        for offset in range(-20, 420):
            spot = tuple(offset if one == axis else middle[one] for one in range(2))
            hits += zone_at(TILE, QPointF(*spot)) == wanted
        assert hits == (16 if wanted == (0, -1) else 24)


def test_the_smallest_tile_can_be_moved_and_resized():
    found = {
        zone_at(SMALL, QPointF(x, y), whole=True) for x in range(-6, 66) for y in range(-6, 86)
    }
    assert found - {None} == set(CURSORS)
    assert zone_at(SMALL, QPointF(30, 24)) == MOVE


@pytest.mark.parametrize(
    ("zone", "edges"),
    [((-1, 0), (2, 0, 0, 0)), ((1, 1), (0, 0, 2, 3)), ((0, -1), (0, 3, 0, 0)), (MOVE, (0,) * 4)],
)
def test_only_the_edges_of_a_zone_move(zone, edges):
    assert edges_of(zone, 2, 3) == edges


def test_a_pulled_tile_stays_within_the_page_and_never_turns_over():
    start = QRect(100, 100, 200, 200)
    assert pulled(start, (-1, -1), -500, -500, (20, 500)) == QRect(20, 0, 280, 300)
    assert pulled(start, (1, 1), 900, 10, (20, 500)) == QRect(100, 100, 401, 210)
    small = pulled(start, (1, 1), -900, -900, (20, 500))
    assert small.topLeft() == start.topLeft()
    assert small.size() == QSize(zones.LEAST + 1, zones.LEAST + 1)
    assert pulled(start, (-1, 0), 900, 0, (20, 500)).right() == start.right()
