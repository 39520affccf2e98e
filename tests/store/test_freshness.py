import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.answers import is_good
from phdesk.models.insight import Pointed
from phdesk.store.changes import with_dashboard
from phdesk.store.freshness import (
    held_back,
    is_stale,
    may_refresh,
    needs_answer,
    oldest,
    same_question,
)
from phdesk.store.state import EMPTY, TileState
from phdesk.store.tiles import chosen, stripped_tile
from tests.store.builders import NOON, TROUBLE, answer, at, board, broken, text, tile

FRESH = answer(-5, cache_target_age=at(60))
STALE = answer(-5, cache_target_age=at(-1))
PRESSED = replace(STALE, next_allowed_client_refresh=at(10))


@pytest.mark.parametrize(
    ("insight", "good"),
    [
        (answer(0), True),
        (answer(None), False),
        (broken(), False),
        (broken(0), True),
        (replace(broken(0), result=Raw(b" [] ")), False),
        (replace(answer(0), result=Raw(b"[]")), True),
    ],
    ids=["result", "null", "error", "error beside a result", "error dressed as empty", "empty"],
)
def test_an_answer_is_good_or_not(insight, good):
    assert is_good(insight) is good


@pytest.mark.parametrize(
    ("insight", "stale"),
    [(FRESH, False), (STALE, True), (answer(None), True), (answer(0), False)],
    ids=["fresh", "stale", "missing", "never goes stale"],
)
def test_staleness_follows_the_server(insight, stale):
    assert is_stale(insight, NOON) is stale


def test_the_server_says_when_to_ask_again():
    assert may_refresh(STALE, NOON)
    assert not may_refresh(PRESSED, NOON)
    assert may_refresh(PRESSED, at(10))


OTHER = answer(None, query=b'{"kind": "TrendsQuery", "interval": "week"}')


@pytest.mark.parametrize(
    ("held", "needed"),
    [
        (TileState(tile=tile(1, FRESH), insight=FRESH), False),
        (TileState(tile=tile(1, STALE), insight=STALE), True),
        (TileState(tile=tile(1, PRESSED), insight=PRESSED), False),
        (TileState(tile=tile(1, answer()), insight=answer()), True),
        (TileState(tile=tile(1, FRESH), insight=FRESH, failure=TROUBLE), True),
        (TileState(tile=tile(1, OTHER), insight=FRESH), True),
        (TileState(tile=text(1)), False),
    ],
    ids=["fresh", "stale", "not yet", "missing", "failed", "other question", "text"],
)
def test_a_tile_needs_an_answer_or_not(held, needed):
    assert needs_answer(replace(held, tile=stripped_tile(held.tile)), NOON) is needed


def test_the_oldest_result_gives_the_age():
    tiles = (tile(1, answer(3)), tile(2, answer(1)), tile(3, answer()), text(4))
    held = with_dashboard(EMPTY, board(*tiles), now=NOON, asked=1)[0].dashboards[9]
    assert oldest(held) == at(1)
    assert oldest(held, frozenset({1, 4})) == at(3)
    assert oldest(held, frozenset({4})) is None


def test_an_error_dressed_as_empty_is_no_result():
    dressed = replace(broken(0), result=Raw(b"[]"))
    held = TileState(tile=tile(1), insight=dressed)
    assert not held.has_result
    assert held.computed_at is None
    assert needs_answer(TileState(tile=tile(1, dressed), insight=dressed), NOON)


def pointed(query, minute):
    return replace(answer(minute), pointed=Pointed(query=Raw(query)))


def test_what_is_pointed_to_is_another_question_when_it_was_changed():
    one, other = pointed(b'{"kind":"TrendsQuery"}', 0), pointed(b'{"kind":"PathsQuery"}', -5)
    assert not same_question(one, other)
    assert same_question(one, pointed(b'{ "kind": "TrendsQuery" }', -5))
    assert same_question(one, answer(None)), "a dashboard does not tell what is pointed to"
    assert chosen(one, other, late=False) == other


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        pytest.param(
            {"insight": answer(-5, next_allowed_client_refresh=at(10))}, 10, id="too early"
        ),
        pytest.param({"insight": answer(-5, next_allowed_client_refresh=at(0))}, None, id="now"),
        pytest.param({"insight": answer(-5)}, None, id="not said"),
        pytest.param({"insight": answer(next_allowed_client_refresh=at(10))}, None, id="no result"),
        pytest.param(
            {"insight": answer(-5, next_allowed_client_refresh=at(10)), "failure": TROUBLE},
            None,
            id="failed since",
        ),
        pytest.param(
            {"insight": answer(-5, next_allowed_client_refresh=at(10), query=b'{"kind": "X"}')},
            None,
            id="asks something else now",
        ),
        pytest.param(
            {"insight": answer(5, next_allowed_client_refresh=at(20))}, None, id="clock is behind"
        ),
    ],
)
def test_the_server_is_given_the_time_that_it_asks_for(more, minutes):
    held = TileState(tile=tile(1, answer()), **more)
    assert held_back(held, NOON) == (None if minutes is None else at(minutes))
