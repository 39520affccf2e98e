"""What is on screen becomes a snapshot, and a snapshot a state that can be shown."""

import asyncio

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.filters import Filter, Override, read_filter
from phdesk.models.account import Project
from phdesk.models.dashboard import Box, StoredBox
from phdesk.models.failure import Cause, Failure
from phdesk.services.snapshots import NOT_LOADED, host_of, opened, read, save, state_of, taken
from phdesk.store.changes import with_dashboard
from phdesk.store.overrides import effective_of, with_override
from phdesk.store.snapshot import unpack
from phdesk.store.snapshot_origins import Origins, Place, Source
from phdesk.store.state import State
from phdesk.store.tiles import with_tile_failure
from phdesk.views.dashboard.presenting import view_of
from tests.store.builders import NOON, answer, at, board, text, tile

BOXES = {1: Box(0, 3, 4, 5), 2: Box(4, 0, 8, 5), 3: Box(0, 8, 12, 2)}


def shown(override=None):
    """A state with a dashboard of two answers and a text, under temporary filters or not."""
    held = board(tile(1, answer(0)), tile(2, answer(5), x=6), text(3))
    state = with_dashboard(State(project=Project(id=1, name="Shop")), held, now=at(6))[0]
    return with_override(state, held.row.id, override)[0], held.row.id


def through_a_file(tmp_path, held, *, people=True):
    path = tmp_path / "a.phdesk"
    assert asyncio.run(save(path, held, people=people)) is None
    return asyncio.run(opened(path))


def test_answers_ages_and_places_come_back_as_they_were_shown(tmp_path):
    state, board_id = shown()
    held = through_a_file(tmp_path, taken(state, board_id, BOXES, NOON))
    again = state_of(held)
    before, after = state.dashboards[board_id], again.dashboards[board_id]
    assert {one: each.insight for one, each in after.tiles.items()} == {
        one: each.insight for one, each in before.tiles.items()
    }
    assert {one: each.computed_at for one, each in after.tiles.items()} == {
        1: at(0), 2: at(5), 3: None,
    }  # fmt: skip
    assert {each.id: each.sm for each in after.dashboard.tiles} == {
        one: StoredBox(box.x, box.y, box.w, box.h) for one, box in BOXES.items()
    }
    assert (again.account, again.project, held.made_at) == (None, state.project, NOON)


def test_temporary_filters_are_those_of_the_snapshot_and_other_answers_are_left_out(tmp_path):
    asked = Filter(date_from="-7d")
    state, board_id = shown(Override(filters=asked))
    assert all(one.is_other for one in state.dashboards[board_id].tiles.values() if one.insight)
    again = state_of(through_a_file(tmp_path, taken(state, board_id, BOXES, NOON)))
    after = again.dashboards[board_id]
    assert effective_of(after) == asked
    assert read_filter(after.saved) == asked
    assert not any(each.has_result for each in after.tiles.values())


def test_without_people_is_what_is_written(tmp_path):
    state, board_id = shown()
    query = Raw(b'{"kind":"DataTableNode","source":{"kind":"EventsQuery","select":["person"]}}')
    tiles = dict(state.dashboards[board_id].tiles)
    tiles[1] = replace(tiles[1], insight=replace(tiles[1].insight, query=query))
    listing = replace(state.dashboards[board_id], tiles=tiles)
    held = taken(replace(state, dashboards={board_id: listing}), board_id, BOXES, NOON)
    assert through_a_file(tmp_path, held).dashboard.tiles[0].insight is not None
    without = through_a_file(tmp_path, held, people=False).dashboard.tiles[0]
    assert without.insight is None
    assert "Left out" in without.text.body


def test_without_people_a_board_keeps_the_colours_of_what_its_tiles_still_name(tmp_path):
    state, board_id = shown()
    colors = (("Acme Ltd", "preset-1"),)
    source = Source(place=0, dashboard=9, tile=1, breakdown_colors=colors)
    origins = Origins(places=(Place(project=Project(id=1)),), tiles={1: source, 2: source})
    held = replace(taken(state, board_id, BOXES, NOON), origins=origins)
    named = replace(held.dashboard.tiles[1].insight, result=Raw(b'[{"label":"Acme Ltd"}]'))
    tiles = (held.dashboard.tiles[0], replace(held.dashboard.tiles[1], insight=named))
    held = replace(held, dashboard=replace(held.dashboard, tiles=tiles))
    found = through_a_file(tmp_path, held, people=False).origins.tiles
    assert {one: each.breakdown_colors for one, each in found.items()} == {1: (), 2: colors}


@pytest.mark.parametrize(
    ("host", "page"),
    [
        pytest.param("https://eu.posthog.com", "https://eu.posthog.com", id="cloud"),
        pytest.param("http://127.0.0.1:8010", "", id="of one computer"),
        pytest.param("", "", id="unknown"),
    ],
)
def test_pages_open_only_where_others_reach_them(host, page):
    state, board_id = shown()
    assert host_of(replace(taken(state, board_id, BOXES, NOON), host=host)) == page


def test_a_file_that_is_no_snapshot_is_refused_in_one_line(tmp_path):
    path = tmp_path / "bad.phdesk"
    path.write_bytes(b"PK not a zip")
    said = read(path)
    assert said.startswith("bad.phdesk was not opened: it is damaged")
    assert "\n" not in said


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert (
        read(tmp_path / "none.phdesk") == "none.phdesk was not opened: No such file or directory."
    )


def test_what_is_written_has_no_copy_of_the_tile_as_it_came(tmp_path):
    state, board_id = shown()
    tiles = dict(state.dashboards[board_id].tiles)
    tiles[1] = replace(tiles[1], tile=replace(tiles[1].tile, raw=Raw(b'"ada@example.org"')))
    state = replace(state, dashboards={board_id: replace(state.dashboards[board_id], tiles=tiles)})
    path = tmp_path / "a.phdesk"
    asyncio.run(save(path, taken(state, board_id, BOXES, NOON), people=True))
    assert unpack(path.read_bytes()).dashboard.tiles[0].raw == Raw(b"{}")


BROKE = Failure(cause=Cause.NETWORK, message="The connection broke.", detail="ReadError")
SQL = Failure(cause=Cause.INVALID, message="No field 'pan'.", detail="No field 'pan'.\nSee line 2.")


def failed(failure, *, numbers=True):
    """A state in which the first tile has an older answer or none, and the reason for that."""
    held = board(tile(1, answer(0 if numbers else None)), tile(2, answer(5), x=6), text(3))
    state = with_dashboard(State(project=Project(id=1, name="Shop")), held, now=at(6))[0]
    return with_tile_failure(state, (held.row.id, 1), failure, now=at(7), asked=9)[0], held.row.id


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize(
    ("failure", "detail"), [(BROKE, "ReadError"), (SQL, "See line 2.")], ids=["broke", "sql"]
)
def test_why_a_tile_failed_is_said_as_it_was_on_screen(tmp_path, failure, detail, numbers):
    state, board_id = failed(failure, numbers=numbers)
    again = state_of(through_a_file(tmp_path, taken(state, board_id, BOXES, NOON)))
    before, after = (one.dashboards[board_id].tiles[1] for one in (state, again))
    assert (after.failure.message, after.failure.detail) == (failure.message, detail)
    context = Context(now=NOON)
    shown, then = (view_of(one, context) for one in (before, after))
    assert (then.warning, then.summary) == (shown.warning, shown.summary)
    assert then.warning.endswith(failure.message) == numbers
    assert again.dashboards[board_id].tiles[2].failure is None


def test_a_tile_that_was_never_loaded_for_the_filters_says_so(tmp_path):
    state, board_id = shown(Override(filters=Filter(date_from="-7d")))
    again = state_of(through_a_file(tmp_path, taken(state, board_id, BOXES, NOON)))
    told = [
        one.failure and one.failure.message for one in again.dashboards[board_id].tiles.values()
    ]
    assert told == [NOT_LOADED, NOT_LOADED, None]


def test_without_people_a_reason_quotes_nobody(tmp_path):
    quoting = Failure(
        cause=Cause.INVALID, message="No 'Ann Lee' of ann@example.com, it isn't there; it can't be."
    )
    state, board_id = failed(quoting)
    held = through_a_file(tmp_path, taken(state, board_id, BOXES, NOON), people=False)
    reason = state_of(held).dashboards[board_id].tiles[1].failure.message
    assert reason == "No (left out) of (left out), it isn't there; it can't be."
