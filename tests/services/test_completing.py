import json

import httpx
import pytest

from phdesk.api.errors import WrongKeyError
from phdesk.core.sources import Noun, Source
from phdesk.models.insight import NULL
from phdesk.services.calculating import BUSY_WAITS
from phdesk.services.completing import Asked
from phdesk.services.headless import Access, fetch
from tests.services.posthog import BROKEN, HOST, KEY, REFUSED, FakePostHog, Gate, insight, tile
from tests.store.builders import at

HERE = Access(host=HOST, key=KEY, project=7)
BOARD = Source(noun=Noun.DASHBOARD, id=9)
BUSY = {"query_status": {"id": "q", "error": True, "error_message": "concurrency_limit_exceeded"}}


@pytest.fixture
def server():
    server = FakePostHog()
    server.tiles = [tile(1), tile(2, 0, stale=True), tile(3), tile(4, 0), tile(5)]
    return server


def results(server, asked):
    """Fetch the dashboard and give each tile's numbers, None where there are none."""
    tiles = fetch(BOARD, HERE, asked=asked, connect=server.connect).dashboard.tiles
    found = [one.insight.result for one in tiles]
    return [None if raw == NULL else json.loads(bytes(raw))[0]["data"] for raw in found]


def test_only_what_is_missing_is_calculated_each_tile_alone(server):
    assert results(server, Asked.MISSING) == [[1], [0], [1], [0], [1]]
    assert server.paths("insights/") == ["insights/101/", "insights/103/", "insights/105/"]
    assert server.asked[-1][1] == {"refresh": "blocking", "from_dashboard": "9"}


def test_what_the_server_has_can_do(server):
    assert results(server, Asked.CACHED) == [None, [0], None, [0], None]
    assert not server.paths("insights/")


def test_everything_can_be_asked_for_anew(server):
    assert results(server, Asked.ALL) == [[1]] * 5
    asked = [params["refresh"] for path, params in server.asked if "insights/" in path]
    assert asked == ["force_blocking"] * 5


def test_two_tiles_are_calculated_at_a_time(server):
    for number in range(101, 106):
        gate = server.special[f"insights/{number}/"] = Gate()
        gate.open()
    results(server, Asked.ALL)
    assert server.most_running == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param((500, BROKEN), "The server had an error", id="HTTP 500"),
        pytest.param(httpx.ReadTimeout("no"), "did not answer in time", id="too slow"),
        pytest.param(
            (200, {**insight(103), "query_status": {"error": True, "error_message": "No column"}}),
            "No column",
            id="inside HTTP 200",
        ),
    ],
)
def test_a_tile_that_fails_says_why_and_costs_no_other(server, answer, words):
    server.special["insights/103/"] = answer
    tiles = fetch(BOARD, HERE, connect=server.connect).dashboard.tiles
    assert [one.insight.result == NULL for one in tiles] == [False, False, True, False, False]
    assert words in tiles[2].insight.error


def test_a_number_outlives_a_failure_that_came_after_it(server):
    failed = {**insight(104), "result": [], "error": "No column"}
    server.special["insights/104/"] = (200, failed)
    server.special["insights/102/"] = (500, BROKEN)
    assert results(server, Asked.ALL) == [[1], [0], [1], [0], [1]]
    tiles = fetch(BOARD, HERE, asked=Asked.ALL, connect=server.connect).dashboard.tiles
    assert (tiles[3].insight.error, tiles[3].insight.last_refresh) == ("No column", at(0))


def test_a_key_that_is_not_taken_any_more_ends_it(server):
    server.special["insights/103/"] = (401, REFUSED)
    with pytest.raises(WrongKeyError):
        fetch(BOARD, HERE, connect=server.connect)


class Crowded(FakePostHog):
    """Has no place for a query until it was asked for it a number of times."""

    def __init__(self, refusals):
        super().__init__()
        self.tiles, self.left = [tile(1)], refusals

    def calculated(self, number):
        if self.left:
            self.left -= 1
            return {**insight(number), **BUSY}
        return super().calculated(number)


@pytest.mark.parametrize(
    ("refusals", "result"), [(2, [1]), (len(BUSY_WAITS) + 1, None)], ids=["a while", "too long"]
)
def test_a_busy_organization_is_asked_again_and_in_the_end_left_alone(refusals, result):
    assert results(Crowded(refusals), Asked.MISSING) == [result]


@pytest.mark.parametrize(
    ("asked", "modes"),
    [
        (Asked.CACHED, ["force_cache"]),
        (Asked.MISSING, ["force_cache", "blocking"]),
        (Asked.ALL, ["force_cache", "force_blocking"]),
    ],
)
def test_an_insight_alone_is_calculated_as_far_as_asked(server, asked, modes):
    server.special["insights/101/"] = (200, insight(101))
    fetch(Source(noun=Noun.INSIGHT, id=101), HERE, asked=asked, connect=server.connect)
    assert [params["refresh"] for path, params in server.asked if "insights" in path] == modes


def test_a_quota_that_is_used_up_is_told_on_what_is_left_without_asking(server):
    for number in range(101, 106):
        server.special[f"insights/{number}/"] = (402, {"code": "quota_limit_exceeded"})
    tiles = fetch(BOARD, HERE, asked=Asked.MISSING, connect=server.connect).dashboard.tiles
    told = [one.insight.error for one in tiles]
    assert [why is not None and "quota" in why for why in told] == [True, False, True, False, True]
    assert len(server.paths("insights/")) <= 2
