from msgspec import Raw
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.models.account import Project
from phdesk.models.dashboard import DashboardRow
from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.documents import unpack_dashboard, unpack_project, unpack_rows
from phdesk.store.packing import pack_dashboard, pack_project, pack_rows
from tests.api.recorded import body
from tests.shared import needs_shared
from tests.store.builders import NOON, answer, board, broken, text, tile


@needs_shared
def test_a_recorded_dashboard_comes_back_as_it_was():
    dashboard = decoding.dashboard(body("dashboard_retrieve_overview_full"))
    tiles = tuple(replace(each, raw=Raw(b"{}")) for each in dashboard.tiles)
    packed = pack_dashboard(dashboard, NOON)
    assert unpack_dashboard(packed) == replace(dashboard, tiles=tiles)
    assert len(packed.tiles) == 11


def test_answers_that_are_not_good_are_not_kept():
    dashboard = board(tile(1, answer(0)), tile(2, answer(None)), tile(3, broken()), text(4))
    assert [each.tile_id for each in pack_dashboard(dashboard, NOON).tiles] == [1]


def test_names_come_from_the_frame_and_numbers_from_the_answer():
    meta = pack_dashboard(board(tile(1, answer(None, name="New"))), NOON).meta
    tiles = pack_dashboard(board(tile(1, answer(0, name="Old"))), NOON).tiles
    insight = unpack_dashboard(CachedDashboard(meta, tiles, NOON)).tiles[0].insight
    assert insight == answer(0, name="New")


def test_what_cannot_be_read_is_a_miss():
    meta = pack_dashboard(board(tile(1, answer(0))), NOON).meta
    odd = CachedDashboard(meta, (CachedTile(1, b"{", NOON),), NOON)
    assert unpack_dashboard(odd).tiles[0].insight == answer(None)
    assert unpack_dashboard(CachedDashboard(b"[]", (), NOON)) is None
    assert unpack_rows(b'[{"id": "x"}]') is None
    assert unpack_project(b"\xff") is None


def test_rows_and_projects_come_back():
    rows = (DashboardRow(id=1, name="One", tags=("a",), created_at=NOON),)
    project = Project(id=1, name="Shop", timezone="Europe/Berlin", week_start_day=1)
    assert unpack_rows(pack_rows(rows)) == rows
    assert unpack_project(pack_project(project)) == project
