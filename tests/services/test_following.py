"""A tile that points to another insight draws that one, in windows and on the command line."""

import json

import pytest

from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.core.sources import Noun, Source
from phdesk.models.failure import Cause
from phdesk.models.insight import NULL
from phdesk.services.completing import Asked
from phdesk.services.headless import Access, fetch
from tests.services.posthog import HOST, KEY, insight, tile
from tests.store.builders import at

HERE = Access(host=HOST, key=KEY, project=7)
BOARD = Source(noun=Noun.DASHBOARD, id=9)
UNKNOWN = {"type": "validation_error", "code": "invalid_input", "detail": "Unsupported query kind"}


def points(number, short_id):
    node = {"kind": "SavedInsightNode", "shortId": short_id}
    return insight(number) | {"name": "", "query": node, "short_id": f"short{number:03}"}


@pytest.fixture
def pointing(server):
    """Tile 1 points to insight 300; a server calculates no pointer itself."""
    server.tiles = [tile(1) | {"insight": points(101, "short300")}, tile(2)]
    server.special["insights/"] = (200, {"results": [insight(300)], "next": None})
    server.special["insights/101/"] = (400, UNKNOWN)
    return server


def opened(online, parts, qtbot):
    online.open_dashboard(9, ())
    qtbot.waitUntil(lambda: settled(parts))
    return parts.store.state.dashboards[9].tiles[1]


def settled(parts):
    board = parts.store.state.dashboards.get(9)
    return board is not None and not board.loading and board.progress is None


def test_a_tile_that_points_is_filled_from_the_insight_it_names(
    online, parts, ada, pointing, qtbot
):
    held = opened(online, parts, qtbot)
    assert (held.failure, held.computed_at) == (None, at(1))
    assert (held.insight.id, held.insight.pointed.name) == (101, "Insight 300")
    assert pointing.paths("insights/101") == []
    asked = dict(pointing.asked)
    assert asked["insights/"] == {"basic": "true", "short_id": "short300"}
    assert asked["insights/300/"]["refresh"] == "blocking"
    assert "from_dashboard" not in asked["insights/300/"], "it is shown as it is saved"


def test_what_a_tile_points_to_is_kept_and_not_asked_for_again(online, parts, ada, pointing, qtbot):
    opened(online, parts, qtbot)
    count = len(pointing.paths("insights/"))
    online.dashboards.close(9)
    assert opened(online, parts, qtbot).insight.pointed.short_id == "short300"
    assert len(pointing.paths("insights/")) == count
    cached = parts.cache.load_dashboard(ada.id, 7, 9)
    assert any(b"short300" in each.data for each in cached.tiles if each.tile_id == 1)


def test_a_tile_that_points_to_nothing_says_so(online, parts, ada, pointing, qtbot):
    pointing.special["insights/"] = (200, {"results": [], "next": None})
    held = opened(online, parts, qtbot)
    assert held.failure.cause is Cause.NOT_FOUND
    assert "points to may be deleted" in held.failure.message


def first(server, asked=Asked.MISSING):
    return fetch(BOARD, HERE, asked=asked, connect=server.connect).dashboard.tiles[0].insight


@pytest.mark.parametrize(
    ("asked", "mode"),
    [(Asked.CACHED, "force_cache"), (Asked.MISSING, "blocking"), (Asked.ALL, "force_blocking")],
    ids=["cached", "missing", "all"],
)
def test_the_command_line_follows_as_far_as_it_asks(pointing, asked, mode):
    found = first(pointing, asked)
    assert json.loads(bytes(found.result))[0]["data"] == [1]
    assert dict(pointing.asked)["insights/300/"] == {"refresh": mode}


def test_a_pointer_to_a_pointer_is_followed(pointing):
    rows = {"results": [points(200, "short300"), insight(300)], "next": None}
    pointing.special["insights/"] = (200, rows)
    pointing.tiles[0] = tile(1) | {"insight": points(101, "short200")}
    assert first(pointing).pointed.short_id == "short300"


@pytest.mark.parametrize(
    ("target", "rows", "error", "words"),
    [
        ("short200", [points(200, "short200")], UnreadableError, "points to itself"),
        ("short200", [], NotFoundError, "may be deleted"),
    ],
    ids=["a circle", "nothing"],
)
def test_a_pointer_that_leads_nowhere_is_an_error(pointing, target, rows, error, words):
    pointing.special["insights/"] = (200, {"results": rows, "next": None})
    pointing.special["insights/101/"] = (200, points(101, target))
    found = first(pointing)
    assert found.result == NULL
    with pytest.raises(error, match=words):
        fetch(Source(noun=Noun.INSIGHT, id=101), HERE, connect=pointing.connect)
