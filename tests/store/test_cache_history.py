from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.api import decoding
from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_history import (
    AT,
    MOMENTS,
    Look,
    Moment,
    TileChange,
    changed_since,
    last_look,
    moments,
    state_at,
)
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_tile
from phdesk.store.past import past_dashboard
from tests.api.recorded import body, names
from tests.shared import needs_shared
from tests.store.builders import NOON, answer, at, board
from tests.store.builders import tile as board_tile

HERE = ("eu-ada", 1, 9)


def result(value, minute, tile_id=1):
    """An answer that says `value`; its words differ each time, as an answer's times do."""
    data = f"{value} of {minute}".encode()
    return CachedTile(tile_id, data, None if minute is None else at(minute), value.encode())


def shown(cache, minute):
    """What each tile said at a minute, and when that was calculated."""
    found = state_at(cache, *HERE, at(minute))
    return {one.tile_id: (one.digest.decode(), one.computed_at) for one in found}


def newest(cache):
    return {one.tile_id: one.data.decode() for one in cache.load_tiles(*HERE)}


def times(cache):
    return [moment.at for moment in moments(cache, *HERE)]


def test_only_changed_results_add_to_the_history(cache, writer):
    for minute, value in enumerate("aabba"):
        writer.save_tiles(*HERE, [result(value, minute)])
    assert times(cache) == [at(0), at(2), at(4)]
    assert [shown(cache, minute)[1] for minute in range(6)] == [
        ("a", at(0)),
        ("a", at(1)),
        ("b", at(2)),
        ("b", at(3)),
        ("a", at(4)),
        ("a", at(4)),
    ]
    assert newest(cache) == {1: "a of 4"}


def test_between_two_calculations_of_the_same_result_the_first_one_counts(cache, writer):
    writer.save_tiles(*HERE, [result("a", 0)])
    writer.save_tiles(*HERE, [result("a", 10)])
    assert shown(cache, 9) == {1: ("a", at(0))}
    assert shown(cache, 10) == {1: ("a", at(10))}


def test_before_its_first_result_a_tile_shows_nothing(cache, writer):
    writer.save_tiles(*HERE, [result("a", 5), result("b", 0, tile_id=2)])
    assert shown(cache, -1) == {}
    assert shown(cache, 4) == {2: ("b", at(0))}
    assert moments(cache, *HERE) == (Moment(at(0), (2,)), Moment(at(5), (1,)))


def test_an_older_result_that_comes_late_is_history_at_once(cache, writer):
    writer.save_tiles(*HERE, [result("a", 0)])
    writer.save_tiles(*HERE, [result("c", 9)])
    writer.save_tiles(*HERE, [result("b", 5)])
    assert newest(cache) == {1: "c of 9"}
    assert [shown(cache, minute)[1][0] for minute in (4, 5, 8, 9)] == ["a", "b", "b", "c"]


def test_another_result_that_comes_late_cuts_a_run_at_its_ends(cache, writer):
    for value, minute in (("a", 0), ("a", 5), ("a", 10), ("b", 7)):
        writer.save_tiles(*HERE, [result(value, minute)])
    assert newest(cache) == {1: "a of 10"}
    assert [shown(cache, minute)[1] for minute in (6, 7, 9, 10)] == [
        ("a", at(0)),
        ("b", at(7)),
        ("b", at(7)),
        ("a", at(10)),
    ]
    writer.save_tiles(*HERE, [result("a", 12)])
    assert (newest(cache), times(cache)) == ({1: "a of 12"}, [at(0), at(7), at(10)])


def test_a_result_without_a_time_has_no_history(cache, writer):
    writer.save_tiles(*HERE, [result("a", None)])
    writer.save_tiles(*HERE, [result("b", None)])
    assert (newest(cache), times(cache)) == ({1: "b of None"}, [])
    writer.save_tiles(*HERE, [result("c", 3)])
    writer.save_tiles(*HERE, [result("d", None)])
    assert (newest(cache), times(cache)) == ({1: "c of 3"}, [at(3)])


ARRIVALS = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from("abc"), st.sampled_from([1, 2])),
    max_size=12,
    unique_by=lambda one: (one[0], one[2]),
)


@contextmanager
def kept(arrivals):
    """A cache that took results in this order; in memory, for speed."""
    with closing(Cache(Path("nowhere"), pytest.fail)) as cache:
        cache.turn_to("memory")
        writer = Writer(cache)
        for minute, value, tile_id in arrivals:
            writer.save_tiles(*HERE, [result(value, minute, tile_id)])
        yield cache


def values(cache, minute):
    return {tile_id: value for tile_id, (value, _time) in shown(cache, minute).items()}


def known(arrivals, minute):
    """What is to be shown at a minute: of each tile the newest result of then or before."""
    return {tile_id: value for time, value, tile_id in sorted(arrivals) if time <= minute}


@given(ARRIVALS)
@settings(max_examples=80, deadline=None)
def test_whatever_the_order_the_time_of_calculation_decides(arrivals):
    with kept(arrivals) as cache:
        last = {tile_id: f"{value} of {minute}" for minute, value, tile_id in sorted(arrivals)}
        assert newest(cache) == last
        for minute in range(14):
            found = shown(cache, minute)
            assert found.keys() == known(arrivals, minute).keys()
            for tile_id, (value, time) in found.items():
                calculated = int((time - NOON).total_seconds()) // 60
                assert calculated <= minute
                assert (calculated, value, tile_id) in arrivals
        runs = cache.all("select tile, since, until, newest from results order by 1, 2", ())
        assert all(since <= until for _tile, since, until, _newest in runs)
        assert all(one[2] < other[1] for one, other in pairwise(runs) if one[0] == other[0])
        assert sum(run[3] for run in runs) == len(last)
        assert cache.all("select count(*) from blobs", ()) == [(len(runs),)]


@given(ARRIVALS)
@settings(max_examples=40, deadline=None)
def test_results_that_come_in_time_are_found_again_at_every_moment(arrivals):
    with kept(sorted(arrivals)) as cache:
        assert all(values(cache, minute) == known(arrivals, minute) for minute in range(14))


@given(ARRIVALS)
@settings(max_examples=40, deadline=None)
def test_results_that_all_differ_are_found_again_whenever_they_came(arrivals):
    distinct = [(minute, f"{value}{minute}", tile_id) for minute, value, tile_id in arrivals]
    with kept(distinct) as cache:
        assert all(values(cache, minute) == known(distinct, minute) for minute in range(14))


def test_what_left_the_dashboard_is_history_and_may_come_back(cache, writer):
    writer.save_tiles(*HERE, [result("a", 0), result("b", 0, tile_id=2)])
    writer.save_dashboard(*HERE, CachedDashboard(b"{}", (), NOON), keep=[2])
    assert newest(cache) == {2: "b of 0"}
    assert shown(cache, 1) == {1: ("a", at(0)), 2: ("b", at(0))}
    writer.save_tiles(*HERE, [result("a", 5)])
    assert newest(cache) == {1: "a of 5", 2: "b of 0"}
    assert times(cache) == [at(0)]


def test_an_older_result_brings_a_tile_back_with_its_newer_one(cache, writer):
    writer.save_tiles(*HERE, [result("new", 5)])
    writer.save_dashboard(*HERE, CachedDashboard(b"{}", (), NOON), keep=[])
    writer.save_tiles(*HERE, [result("old", 3)], late=True)
    assert newest(cache) == {}, "it was asked when the tile was still there"
    writer.save_tiles(*HERE, [result("old", 3)])
    assert newest(cache) == {1: "new of 5"}
    assert shown(cache, 9) == {1: ("new", at(5))}


def test_temporary_filters_have_no_history(cache, writer):
    for minute in range(3):
        writer.save_tiles(*HERE, [result(str(minute), minute)], "week")
    assert moments(cache, *HERE) == ()
    assert cache.all("select count(*) from blobs", ()) == [(1,)]


def test_what_changed_since_a_moment_comes_with_what_was_there(cache, writer):
    writer.save_tiles(*HERE, [result("same", 0), result("a", 0, 2), result("x", 0, 3)])
    writer.save_tiles(*HERE, [result("same", 9), result("b", 9, 2), result("new", 9, 4)])
    writer.save_tiles(*HERE, [result("y", 7, 3)])
    writer.save_tiles(*HERE, [result("x", 9, 3)])
    found = changed_since(cache, *HERE, at(5))
    assert [(one.now.tile_id, one.before and one.before.digest) for one in found] == [
        (2, b"a"),
        (4, None),
    ]
    assert found[0] == TileChange(result("a", 0, 2), replace(result("b", 9, 2), digest=b"b"))


def test_a_look_remembers_the_look_before(cache, writer):
    assert last_look(cache, *HERE) is None
    writer.look(*HERE, at(0))
    assert last_look(cache, *HERE) == Look(at(0), None)
    writer.still_looks(*HERE, at(5))
    writer.look(*HERE, at(60))
    writer.still_looks(*HERE, at(61))
    assert last_look(cache, *HERE) == Look(at(61), at(5))
    writer.look(*HERE, at(70))
    assert last_look(cache, *HERE) == Look(at(70), at(5)), "the same visit"
    writer.look(*HERE, at(30))
    writer.still_looks(*HERE, at(30))
    assert last_look(cache, *HERE) == Look(at(70), at(5)), "a clock that went back"
    assert last_look(cache, "eu-ada", 1, 8) is None


def test_a_clock_that_ran_ahead_stops_no_look_once_it_is_right(cache, writer):
    for minute in (0, 60, 1440, 70):
        writer.look(*HERE, at(minute))
    assert last_look(cache, *HERE) == Look(at(70), at(60))
    writer.look(*HERE, at(130))
    assert last_look(cache, *HERE) == Look(at(130), at(70))


def test_equal_results_are_known_by_their_bytes_and_their_question():
    one = answer(0)
    later = replace(one, name="New", last_refresh=at(9), cache_target_age=at(99))
    assert pack_tile(1, later).digest == pack_tile(1, one).digest
    for change in (
        {"result": Raw(b"[5]")},
        {"query": Raw(b'{"kind": "HogQLQuery"}')},
        {"columns": Raw(b'["a"]')},
        {"has_more": True},
    ):
        assert pack_tile(1, replace(one, **change)).digest != pack_tile(1, one).digest, change


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"query": b'{"kind": "T", "source": {"breakdownFilter": {"breakdown": "$os"}}}'},
            {
                "query": b'{"source": {"breakdownFilter": {"breakdowns": null, "breakdown": "$os"},'
                b' "properties": []}, "kind": "T"}'
            },
        ),
        (
            {"query": b"null", "filters": b'{"insight": "TRENDS"}'},
            {"query": b"null", "filters": b'{"insight": "TRENDS", "date_to": null}'},
        ),
    ],
    ids=["defaults of a query", "defaults of filters"],
)
def test_a_question_with_its_defaults_written_out_is_the_same(one, other):
    def digest(parts):
        raw = {name: Raw(part) for name, part in parts.items()}
        return pack_tile(1, replace(answer(0), **raw)).digest

    assert digest(one) == digest(other)


@needs_shared
def test_recorded_answers_of_one_calculation_are_one_result():
    """A dashboard, and its insights one by one, read from the same server."""
    board = decoding.dashboard(body("dashboard_retrieve_overview_full"))
    held = {one.insight.short_id: one.insight for one in board.tiles if one.insight}
    compared = set()
    for name in names():
        if not name.startswith("insight_trends"):
            continue
        alone = decoding.insight(body(name))
        twin = held.get(alone.short_id)
        if twin is not None and twin.last_refresh == alone.last_refresh:
            assert pack_tile(1, twin).digest == pack_tile(1, alone).digest, name
            compared.add(name)
    assert compared


def test_a_dashboard_of_the_past_has_the_ages_of_then(cache, writer):
    for minute in (0, 10):
        insight = answer(minute, name=f"of {minute}")
        writer.save_dashboard(*HERE, pack_dashboard(board(board_tile(1, insight)), at(minute)))
    frame = board(board_tile(1, answer(99, name="Today")), board_tile(2, answer(99)))
    past = past_dashboard(frame, state_at(cache, *HERE, at(5)))
    first, second = (one.insight for one in past.tiles)
    assert (first.name, first.last_refresh) == ("Today", at(0))
    assert (bytes(second.result), second.last_refresh) == (b"null", None)


@pytest.mark.parametrize("line", [MOMENTS, AT], ids=["moments", "a moment"])
def test_results_are_looked_up_tile_by_tile_however_long_their_history_is(cache, line):
    values = (*HERE, 0.0)[: 4 if line == AT else 3]
    plan = cache.all(f"explain query plan {line}", values)
    looked_up = [row[3] for row in plan if str(row[3]).startswith("SEARCH results")]
    assert looked_up[-1].endswith("filters=? AND tile=? AND question=? AND since=?)") or (
        line == MOMENTS and looked_up[-1].endswith("tile=? AND question=?)")
    )
