"""What a link shows becomes a snapshot that nothing in it can bend."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from phdesk.api.errors import UnreadableError
from phdesk.api.read_sharing import read_shared_page
from phdesk.models.failure import Cause, Failure
from phdesk.models.sharing import SharedPage
from phdesk.services.shared_pages import judged, snapshot_of, wants_password
from phdesk.services.snapshots import state_of
from tests.api import recorded
from tests.api.sent import anything, encoded
from tests.shared import needs_shared

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
ADDRESS = "https://us.posthog.com/shared/token"


def page(**sent):
    return read_shared_page(json.dumps({"type": "scene", **sent}).encode(), ADDRESS)


@needs_shared
def test_the_recorded_dashboard_is_shown_with_its_ages():
    data = json.dumps(recorded.exchange("shared_dashboard_json")["response"]["json"]).encode()
    judged(data)
    held = snapshot_of(read_shared_page(data, ADDRESS), NOW)
    assert (held.link, held.host, held.made_at) == (ADDRESS, "", NOW)
    state = state_of(held)
    board = state.dashboards[6]
    assert board.dashboard.row.name == "API health and latency"
    assert board.fetched_at == NOW
    times = {one.insight.last_refresh for one in board.tiles.values() if one.insight is not None}
    assert len(times) > 1  # those of the server, not of the reading
    assert state.account is None


@needs_shared
def test_the_recorded_insight_has_the_whole_width():
    data = json.dumps(recorded.exchange("shared_insight_json")["response"]["json"]).encode()
    held = snapshot_of(read_shared_page(data, ADDRESS), NOW)
    assert held.dashboard.row.name == "Users by country"
    assert [tile.sm.w for tile in held.dashboard.tiles] == [12]
    assert state_of(held).dashboards[1].tiles[1].insight is not None


@pytest.mark.parametrize("number", [0, -5, "x", None])
def test_no_page_takes_the_place_of_a_board_of_ones_own(number):
    assert snapshot_of(page(dashboard={"id": number, "name": "x"}), NOW).dashboard.row.id == 1


def test_tiles_of_one_number_are_told_apart_and_there_is_an_end():
    twice = [{"id": 1, "text": {"body": body}} for body in "ab"]
    held = snapshot_of(page(dashboard={"id": 1, "tiles": twice}), NOW)
    assert len({tile.id for tile in held.dashboard.tiles}) == 2
    many = [{"id": number, "text": {"body": "x"}} for number in range(600)]
    with pytest.raises(UnreadableError, match="600 tiles"):
        snapshot_of(page(dashboard={"id": 1, "tiles": many}), NOW)


def test_nesting_without_end_is_refused_before_it_is_read():
    judged(b"[" * 50 + b"]" * 50)
    with pytest.raises(UnreadableError, match="nested deeper"):
        judged(b"[" * 5000 + b"]" * 5000)


@given(st.dictionaries(st.sampled_from(["type", "dashboard", "insight", "themes"]), anything))
def test_whatever_a_server_sends_is_shown_or_refused_in_words(sent):
    with suppress(UnreadableError):
        found = read_shared_page(encoded(sent), ADDRESS)
        assert found is None or state_of(snapshot_of(found, NOW)).dashboards


@given(st.dictionaries(st.sampled_from(["id", "name", "tiles", "filters"]), anything))
def test_whatever_a_dashboard_is_it_is_shown_or_refused_in_words(board):
    with suppress(UnreadableError):
        found = read_shared_page(encoded({"dashboard": board}), ADDRESS)
        assert found is None or state_of(snapshot_of(found, NOW)).dashboards


def test_colours_come_along_where_they_can_be_read():
    theme = {"id": 3, "name": "Ours", "colors": {"preset-1": "#ff0000"}, "is_global": False}
    with_theme = snapshot_of(page(insight={"id": 1}, themes=[theme]), NOW)
    assert len(with_theme.around.color_themes) == 1
    assert snapshot_of(page(insight={"id": 1}, themes=7), NOW).around.color_themes == ()


def test_a_page_without_anything_is_refused():
    with pytest.raises(UnreadableError):
        snapshot_of(SharedPage(address=ADDRESS, themes=Raw(b"null")), NOW)


def test_a_page_that_wants_a_password_is_told_from_others():
    assert wants_password(Failure(cause=Cause.FORBIDDEN, message="m", field="password"))
    assert not wants_password(Failure(cause=Cause.NOT_FOUND, message="m"))


def test_numbers_that_no_window_can_tell_apart_are_given_anew():
    tiles = [{"id": number, "text": {"body": "x"}} for number in (2**33, 2**65, 5)]
    held = snapshot_of(page(dashboard={"id": 2**40, "name": "x", "tiles": tiles}), NOW)
    assert held.dashboard.row.id == 1
    assert [tile.id for tile in held.dashboard.tiles] == [1, 2, 3]
    usual = snapshot_of(page(dashboard={"id": 7, "name": "x", "tiles": tiles[2:]}), NOW)
    assert (usual.dashboard.row.id, [tile.id for tile in usual.dashboard.tiles]) == (7, [5])
