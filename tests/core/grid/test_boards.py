import pytest

from phdesk.api import decoding
from phdesk.core.charts.context import Context
from phdesk.core.charts.view import tile_view
from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.placement import Want, default_size, place
from phdesk.models.dashboard import Box, ButtonCard, Tile
from tests.api.recorded import body
from tests.shared import needs_shared
from tests.store.builders import NOON, board, text, tile

RECORDED = (
    "dashboard_retrieve_overview_full",
    "dashboard_retrieve_growth_filtered_blocking",
    "dashboard_retrieve_cold_no_refresh",
)


def test_tiles_stand_where_they_are_stored():
    assert board_boxes(board(tile(3), tile(1, x=6))) == {3: Box(0, 0, 6, 5), 1: Box(6, 0, 6, 5)}


def test_tiles_without_a_layout_have_the_size_of_their_kind():
    button = Tile(id=2, button=ButtonCard("Go", "/"))
    unknown = Tile(id=3)
    assert board_boxes(board(text(1), button, unknown)) == {
        1: Box(0, 0, 2, 2),
        2: Box(2, 0, 3, 1),
        3: Box(5, 0, 6, 5),
    }


@needs_shared
@pytest.mark.parametrize("name", RECORDED)
def test_boxes_are_those_that_the_screen_shows(name):
    dashboard = decoding.dashboard(body(name))
    views = [tile_view(one, Context(now=NOON)) for one in dashboard.tiles]
    wants = [
        Want(one.sm, *default_size(view.kind, view.display))
        for one, view in zip(dashboard.tiles, views, strict=True)
    ]
    assert list(board_boxes(dashboard).values()) == place(wants)
