"""A person's own layout: in the state, in the cache, and after a kill."""

import random

import pytest
from msgspec.structs import replace

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box
from phdesk.services.library import load_dashboard
from phdesk.store import changes
from phdesk.store.cache import Cache, CachedDashboard
from phdesk.store.cache_eviction import evict_some
from phdesk.store.cache_wipe import forget_account
from phdesk.store.cache_writing import Writer
from phdesk.store.documents import unpack_overlay
from phdesk.store.packing import pack_overlay
from phdesk.store.state import EMPTY, NOTHING, Changes, Overlay, State
from tests.store.builders import NOON, answer, at, board, tile

HERE = ("a", 1, 9)
OVERLAY = Overlay(boxes={1: Box(6, 0, 6, 5)}, base={1: Box(0, 0, 6, 5)}, changed_at=NOON)
ONLY_NINE = Changes(dashboards=frozenset({9}))


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def test_an_overlay_is_laid_over_a_dashboard_and_taken_off():
    state, changed = changes.with_overlay(EMPTY, 9, OVERLAY)
    assert (state.overlays, changed) == ({9: OVERLAY}, ONLY_NINE)
    assert changes.with_overlay(state, 9, OVERLAY) == (state, NOTHING)
    state, changed = changes.without_overlay(state, 9)
    assert (state.overlays, changed) == ({}, ONLY_NINE)
    assert changes.without_overlay(state, 9) == (state, NOTHING)


def test_what_the_server_says_goes_under_the_overlay():
    state, _ = changes.with_overlay(EMPTY, 9, OVERLAY)
    state, _ = changes.with_dashboard(state, board(tile(1, answer(0))), now=at(1), asked=1)
    state, _ = changes.without_dashboard(state, 9)
    assert state.overlays == {9: OVERLAY}


def test_an_overlay_belongs_to_one_account():
    ada, ben = (Account(id=name, host="https://h") for name in ("ada", "ben"))
    state, _ = changes.with_account(EMPTY, ada, Project(id=1))
    state, _ = changes.with_overlay(state, 9, OVERLAY)
    assert changes.with_account(state, ada, Project(id=1))[0].overlays == {9: OVERLAY}
    assert changes.with_account(state, ben, Project(id=1))[0].overlays == {}
    assert changes.with_account(state, ada, Project(id=2))[0].overlays == {}


def test_an_overlay_comes_back_as_it_was():
    assert unpack_overlay(pack_overlay(OVERLAY)) == OVERLAY
    assert unpack_overlay(b"{") is None
    assert unpack_overlay(b'{"boxes": {}}') is None


def test_the_cache_keeps_one_overlay_for_each_dashboard(cache):
    for number, data in ((9, b"one"), (8, b"two"), (9, b"three")):
        Writer(cache).save_overlay("a", 1, number, data)
    assert cache.load_overlay(*HERE) == b"three"
    assert cache.load_overlay("a", 1, 8) == b"two"
    assert cache.load_overlay("a", 2, 9) is None
    Writer(cache).drop_overlay(*HERE)
    assert cache.load_overlay(*HERE) is None
    assert cache.load_overlay("a", 1, 8) == b"two"


def test_an_overlay_outlives_pruning_and_its_dashboard(cache):
    frame = random.Random(1).randbytes(300_000)
    Writer(cache).save_dashboard(*HERE, CachedDashboard(frame, (), NOON))
    Writer(cache).save_overlay(*HERE, b"mine")
    while cache.run(False, lambda db: evict_some(db, 100_000, frozenset())):
        pass
    assert cache.recent("a", 1) == ()
    assert cache.load_overlay(*HERE) == b"mine"


def test_an_overlay_goes_with_its_account(cache):
    Writer(cache).save_overlay(*HERE, b"mine")
    Writer(cache).save_overlay("b", 1, 9, b"theirs")
    forget_account(cache, "a")
    assert (cache.load_overlay(*HERE), cache.load_overlay("b", 1, 9)) == (None, b"theirs")


@pytest.fixture
def signed_in():
    return State(account=Account(id="a", host="https://h"), project=Project(id=1))


def test_an_overlay_is_loaded_with_its_dashboard_even_if_nothing_else_is_kept(cache, signed_in):
    Writer(cache).save_overlay(*HERE, pack_overlay(OVERLAY))
    state, changed = load_dashboard(signed_in, cache, 9)
    assert (state.overlays, state.dashboards, changed) == ({9: OVERLAY}, {}, ONLY_NINE)


def test_what_was_moved_in_this_run_is_not_overwritten_from_disk(cache, signed_in):
    Writer(cache).save_overlay(*HERE, pack_overlay(OVERLAY))
    newer = replace(OVERLAY, changed_at=at(5))
    state, _ = changes.with_overlay(signed_in, 9, newer)
    assert load_dashboard(state, cache, 9)[0].overlays == {9: newer}


def test_an_overlay_that_cannot_be_read_is_none(cache, signed_in):
    Writer(cache).save_overlay(*HERE, b"?")
    assert load_dashboard(signed_in, cache, 9)[0].overlays == {}
