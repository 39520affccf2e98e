import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from phdesk.api import decoding
from phdesk.core.charts.context import Context
from phdesk.core.charts.view import tile_view
from phdesk.core.grid.boards import board_boxes, unsaved
from phdesk.core.grid.placement import Want, default_size, place
from phdesk.models.dashboard import Box, ButtonCard, StoredBox, Tile
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


def stored(*boxes):
    return board(*(Tile(id=number, sm=StoredBox(*box)) for number, box in enumerate(boxes, 1)))


def test_only_the_tiles_that_moved_are_sent():
    dashboard = stored((0, 0, 6, 5), (6, 0, 6, 5), (0, 5, 6, 5))
    wished = board_boxes(dashboard) | {1: Box(0, 5, 6, 5), 3: Box(0, 0, 6, 5)}
    assert unsaved(dashboard, wished) == {1: Box(0, 5, 6, 5), 3: Box(0, 0, 6, 5)}
    assert unsaved(dashboard, board_boxes(dashboard)) == {}


def test_gaps_that_nobody_sees_are_not_saved_back():
    dashboard = stored((0, 7, 6, 5), (6, 3, 6, 5))
    assert unsaved(dashboard, board_boxes(dashboard)) == {}
    assert unsaved(dashboard, {1: Box(0, 0, 6, 8)}) == {1: Box(0, 0, 6, 8)}


def test_tiles_stored_with_gaps_are_sent_when_the_moved_ones_would_come_between_them():
    dashboard = stored((0, 0, 6, 5), (0, 20, 6, 5), (0, 40, 6, 5))
    wished = {1: Box(0, 10, 6, 5), 2: Box(0, 0, 6, 5), 3: Box(0, 5, 6, 5)}
    assert unsaved(dashboard, wished) == wished


def test_a_tile_that_the_server_does_not_have_is_never_sent():
    assert unsaved(stored((0, 0, 6, 5)), {1: Box(0, 0, 6, 5), 7: Box(6, 0, 6, 5)}) == {}


def test_a_tile_without_an_id_of_the_servers_is_never_sent():
    dashboard = board(Tile(id=-1, sm=StoredBox(0, 20, 6, 5)), Tile(id=4, sm=StoredBox(0, 40, 6, 5)))
    wished = {-1: Box(0, 5, 6, 5), 4: Box(0, 0, 6, 5)}
    assert unsaved(dashboard, wished) == {4: Box(0, 0, 6, 5)}


loose = st.none() | st.integers(-5, 30)
boards = st.lists(st.tuples(loose, loose, loose, loose), max_size=9).map(lambda b: stored(*b))


@given(boards, st.data())
def test_what_is_sent_makes_the_server_show_what_was_wished(dashboard, data):
    size = len(dashboard.tiles)
    corner = st.builds(StoredBox, st.integers(0, 11), st.integers(0, 30), st.integers(1, 12))
    other = [Want(data.draw(corner), 6, 3) for _ in range(size)]
    wished = dict(zip(range(1, size + 1), place(other), strict=True))
    sent = unsaved(dashboard, wished)
    tiles = [
        replace(one, sm=StoredBox(*astuple(sent[one.id]))) if one.id in sent else one
        for one in dashboard.tiles
    ]
    assert board_boxes(replace(dashboard, tiles=tuple(tiles))) == wished
