from msgspec import Raw
from msgspec.structs import replace

from phdesk.models.dashboard import StoredBox
from phdesk.store import changes
from phdesk.store.frames import with_frame
from phdesk.store.state import EMPTY, NOTHING, Changes
from phdesk.store.tiles import with_tile_failure
from tests.store.builders import NOON, TROUBLE, answer, at, board, text, tile


def shown(*tiles, asked=3):
    return changes.with_dashboard(EMPTY, board(*tiles), now=NOON, asked=asked)[0]


def test_a_frame_brings_layout_and_names_and_keeps_results():
    state = shown(tile(1, answer(0)), tile(2, answer(1)))
    moved = tile(1, answer(None, name="Sign-ups"), x=6)
    state, changed = with_frame(state, board(moved, tile(2, answer(None)), name="Daily"), asked=4)
    held = state.dashboards[9]
    assert [one.sm.x for one in held.dashboard.tiles] == [6, 0]
    assert held.dashboard.row.name == "Daily"
    assert held.tiles[1].computed_at == at(0)
    assert held.tiles[1].insight.name == "Sign-ups"
    assert held.fetched_at == NOON
    assert changed == Changes(dashboards=frozenset({9}), tiles=frozenset({(9, 1)}))


def test_results_of_other_filters_are_not_taken_from_it():
    state = shown(tile(1, answer(0)))
    state, _ = with_frame(state, board(tile(1, answer(9, query=b'{"kind": "Other"}'))), asked=4)
    assert state.dashboards[9].tiles[1].insight == answer(0)


def test_temporary_filters_stay_as_they_are():
    state = shown(tile(1))
    held = replace(state.dashboards[9].dashboard, filters=Raw(b'{"date_from":"-7d"}'))
    state, _ = changes.with_dashboard(state, held, now=NOON, asked=3)
    state, _ = with_frame(state, board(tile(1)), asked=4)
    assert bytes(state.dashboards[9].dashboard.filters) == b'{"date_from":"-7d"}'


def test_a_frame_without_an_insight_does_not_empty_its_tile():
    state, _ = with_frame(shown(tile(1, answer(0))), board(tile(1)), asked=4)
    assert state.dashboards[9].tiles[1].insight == answer(0)
    assert state.dashboards[9].tiles[1].tile.insight is not None


def test_tiles_come_and_go_with_it():
    state, changed = with_frame(shown(tile(1, answer(0))), board(text(2), tile(3)), asked=4)
    assert list(state.dashboards[9].tiles) == [2, 3]
    assert changed.tiles == {(9, 2), (9, 3)}


def test_a_tiles_failure_and_refresh_go_on():
    state, _ = with_tile_failure(shown(tile(1, answer(0))), (9, 1), TROUBLE, now=NOON, asked=3)
    state, _ = with_frame(state, board(tile(1, answer(None), y=5)), asked=4)
    assert state.dashboards[9].tiles[1].failure == TROUBLE


def test_an_older_answer_does_not_move_anything_back():
    state = shown(tile(1))
    assert with_frame(state, board(tile(1, x=6)), asked=2) == (state, NOTHING)
    state, _ = with_frame(state, board(tile(1, x=6)), asked=4)
    old, _ = changes.with_dashboard(state, board(tile(1)), now=NOON, asked=3)
    assert old.dashboards[9].dashboard.tiles[0].sm == StoredBox(6, 0, 6, 5)


def test_a_dashboard_that_is_not_held_stays_so():
    assert with_frame(EMPTY, board(tile(1)), asked=1) == (EMPTY, NOTHING)
