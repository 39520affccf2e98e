"""A result belongs to a question: results of others neither block it nor are its past."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.question import same_asked
from phdesk.store import cache_questions
from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_history import changed_since, moments, state_at
from phdesk.store.cache_schema import MIGRATIONS, prepare
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_tile
from tests.store.builders import NOON, answer, at

HERE = ("eu-ada", 1, 9)
MONTH = b'{"kind": "TrendsQuery", "dateRange": {"date_from": "-30d"}}'
WEEK = b'{"kind": "TrendsQuery", "dateRange": {"date_from": "-7d"}}'


def result(query, minute, value=1, tile_id=1):
    return pack_tile(tile_id, answer(minute, value=value, query=query))


def newest(cache, filters=""):
    return [(one.tile_id, one.computed_at) for one in cache.load_tiles(*HERE, filters)]


def times(cache):
    return [one.at for one in moments(cache, *HERE)]


def shown(cache, minute):
    return [one.computed_at for one in state_at(cache, *HERE, at(minute))]


def test_an_older_result_of_what_is_asked_now_takes_the_place_of_another_questions(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 10)])
    writer.save_tiles(*HERE, [result(WEEK, 5)])
    assert newest(cache) == [(1, at(5))]
    writer.save_tiles(*HERE, [result(WEEK, 3)])
    assert newest(cache) == [(1, at(5))], "of one question the time decides"


def test_a_question_that_is_asked_again_has_its_own_past(cache, writer):
    for query, minute in ((MONTH, 0), (MONTH, 4), (WEEK, 2), (WEEK, 6)):
        writer.save_tiles(*HERE, [result(query, minute)])
    assert (times(cache), shown(cache, 5), shown(cache, 1)) == ([at(2), at(6)], [at(2)], [])
    writer.save_tiles(*HERE, [result(MONTH, 4)])
    assert (newest(cache), times(cache)) == ([(1, at(4))], [at(0), at(4)])
    assert shown(cache, 9) == [at(4)]


def test_filters_that_were_changed_are_no_change_of_the_number(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 0, 100)])
    writer.save_tiles(*HERE, [result(WEEK, 9, 3)])
    assert [one.before for one in changed_since(cache, *HERE, at(5))] == [None]


def test_a_late_answer_to_what_was_asked_before_is_its_past_only(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 0)])
    writer.save_tiles(*HERE, [result(WEEK, 5)])
    writer.save_tiles(*HERE, [result(MONTH, 7)], late=True)
    assert (newest(cache), times(cache)) == ([(1, at(5))], [at(5)])
    writer.save_tiles(*HERE, [result(WEEK, 6)], late=True)
    assert newest(cache) == [(1, at(6))]
    writer.save_tiles(*HERE, [result(MONTH, 0)])
    assert (newest(cache), times(cache)) == ([(1, at(7))], [at(0), at(7)])


def test_a_result_without_a_time_gives_way_to_any_other_question(cache, writer):
    undated = replace(result(MONTH, 0), computed_at=None)
    writer.save_tiles(*HERE, [undated])
    writer.save_tiles(*HERE, [result(WEEK, 5)])
    assert (newest(cache), times(cache)) == ([(1, at(5))], [at(5)])
    writer.save_tiles(*HERE, [undated], late=True)
    assert newest(cache) == [(1, at(5))]
    assert cache.all("select count(*) from blobs", ()) == [(1,)]


def test_temporary_filters_keep_the_newest_of_what_was_asked_last(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 9)], "mine")
    writer.save_tiles(*HERE, [result(WEEK, 5)], "mine")
    assert newest(cache, "mine") == [(1, at(5))]
    writer.save_tiles(*HERE, [result(WEEK, 4)], "mine")
    assert newest(cache, "mine") == [(1, at(5))]
    assert cache.all("select count(*) from blobs", ()) == [(1,)]


def test_filters_that_were_saved_bring_their_results_into_the_history_of_their_question(
    cache, writer
):
    for query, minute in ((WEEK, 0), (MONTH, 10)):
        writer.save_tiles(*HERE, [result(query, minute)])
    writer.save_tiles(*HERE, [result(WEEK, 5, 2), result(WEEK, 6, tile_id=2)], "week")
    writer.save_tiles(*HERE, [result(MONTH, 10, tile_id=3)])
    writer.adopt_tiles(*HERE, "week")
    assert newest(cache) == [(1, at(5)), (2, at(6))], "the third has none under these filters"
    assert times(cache) == [at(0), at(5), at(6), at(10)]
    assert newest(cache, "week") == []
    assert cache.all("select count(*) from blobs", ()) == [(5,)]


def test_a_tile_that_the_saved_filters_do_not_reach_keeps_its_newer_result(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 10)])
    writer.save_tiles(*HERE, [result(MONTH, 5)], "week")
    writer.adopt_tiles(*HERE, "week")
    assert (newest(cache), times(cache)) == ([(1, at(10))], [at(5), at(10)])


ARRIVALS = st.lists(
    st.tuples(st.sampled_from([MONTH, WEEK]), st.integers(1, 9), st.booleans()), max_size=12
)


@given(ARRIVALS)
@settings(max_examples=60, deadline=None)
def test_each_question_keeps_its_newest_result_whatever_the_order(arrivals):
    with closing(Cache(Path("nowhere"), pytest.fail)) as cache:
        cache.turn_to("memory")
        keeps_the_newest(cache, arrivals)


def keeps_the_newest(cache, arrivals):
    writer = Writer(cache)
    asked, best = None, {}
    for query, minute, late in arrivals:
        writer.save_tiles(*HERE, [result(query, minute)], late=late)
        asked = asked if late and asked else query
        best[query] = max(best.get(query, 0), minute)
        assert newest(cache) == [(1, at(best[asked]))]
        assert set(times(cache)) <= {at(one[1]) for one in arrivals if one[0] == asked}
        assert shown(cache, 10) == [at(best[asked])]
    rows = "select count(*), count(distinct blob), sum(newest) from results"
    (held, blobs, marked) = cache.all(rows, ())[0]
    assert (held, marked or 0) == (blobs, min(1, len(arrivals)))
    assert cache.all("select count(*) from blobs", ()) == [(held,)]


def file_of_before(path, *tiles):
    """Make a file of the version that knew no questions, with results at their minutes."""
    db = sqlite3.connect(path, isolation_level=None)
    prepare(db, MIGRATIONS[:5])
    last = len(tiles) - 1
    for number, tile in enumerate(tiles):
        stamp = tile.computed_at.timestamp()

        blob = db.execute(
            "insert into blobs (codec, data) values (1, ?)", (zlib.compress(tile.data),)
        )
        values = (*HERE, "", 1, stamp, stamp, number == last, tile.digest, 1, blob.lastrowid)
        db.execute("insert into results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    db.close()


@pytest.fixture
def older(tmp_path, told):
    path = tmp_path / "older.sqlite3"
    file_of_before(path, result(MONTH, 0), result(WEEK, 2), result(MONTH, 4))
    cache = Cache(path, told.append)
    yield cache
    cache.close()
    assert told == []


def test_results_of_an_older_file_are_all_kept_and_learn_what_they_answer(older):
    assert newest(older) == [(1, at(4))]
    writer = Writer(older)
    assert not writer.learn_some()
    assert (newest(older), times(older)) == ([(1, at(4))], [at(0), at(4)])
    writer.save_tiles(*HERE, [result(WEEK, 3)])
    assert (newest(older), times(older)) == ([(1, at(3))], [at(2), at(3)])


def test_the_newest_result_of_an_older_file_learns_it_before_another_comes(older):
    writer = Writer(older)
    writer.save_tiles(*HERE, [result(MONTH, 3)])
    assert newest(older) == [(1, at(4))]
    writer.save_tiles(*HERE, [result(WEEK, 1)])
    assert newest(older) == [(1, at(1))]


def test_a_result_that_came_again_before_its_older_row_learned_is_kept_once(older):
    writer = Writer(older)
    writer.save_tiles(*HERE, [result(MONTH, 0)])
    writer.learn_some()
    assert times(older) == [at(0), at(4)]
    assert older.all("select count(*) from blobs", ()) == [(3,)]


def test_it_is_learned_a_few_rows_at_a_time(older, monkeypatch):
    monkeypatch.setattr(cache_questions, "WITHOUT", cache_questions.WITHOUT.replace("20", "2"))
    monkeypatch.setattr(cache_questions, "ROWS", 2)
    writer = Writer(older)
    assert [writer.learn_some(), writer.learn_some()] == [True, False]


def test_a_damaged_blob_of_an_older_file_asks_nothing(older):
    older.run(None, lambda db: db.execute("update blobs set data=x'00'"))
    writer = Writer(older)
    writer.learn_some()
    assert older.all("select count(*) from results where question=x''", ()) == [(0,)]


LINE = '{"kind": "TrendsQuery", "trendsFilter": {%s}, "series": []}'


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LINE % "", LINE % '"showLegend": true, "decimalPlaces": 2', True),
        (LINE % "", '{"kind": "InsightVizNode", "full": true, "source": %s}' % (LINE % ""), True),
        (LINE % "", LINE.replace("[]", "null") % "", True),
        (LINE % '"display": "BoldNumber"', LINE % "", False),
        (LINE % '"formula": "A/B"', LINE % "", False),
        (MONTH.decode(), WEEK.decode(), False),
        (
            '{"kind": "DataVisualizationNode", "chartSettings": {"a": 1}, "source": {}}',
            '{"kind": "DataVisualizationNode", "source": {}}',
            True,
        ),
    ],
    ids=["looks", "a wrapper", "defaults", "display", "formula", "dates", "settings of a chart"],
)
def test_a_question_is_what_decides_the_numbers(one, other, same):
    first, second = answer(0, query=one.encode()), answer(0, query=other.encode())
    assert same_asked(first, second) == same
    assert (pack_tile(1, first).question == pack_tile(1, second).question) == same


def test_legacy_filters_are_a_question_too():
    old = replace(
        answer(0, query=b"null"), filters=Raw(b'{"insight": "TRENDS", "date_from": "-7d"}')
    )
    other = replace(old, filters=Raw(b'{"insight": "TRENDS", "date_from": "-30d"}'))
    assert pack_tile(1, old).question != pack_tile(1, other).question


def test_a_tile_that_left_and_came_back_with_another_question_is_kept(cache, writer):
    writer.save_tiles(*HERE, [result(MONTH, 5)])
    writer.save_dashboard(*HERE, CachedDashboard(b"{}", (), NOON), keep=[])
    writer.save_tiles(*HERE, [result(WEEK, 3)])
    assert newest(cache) == [(1, at(3))]
    assert isinstance(cache.load_tiles(*HERE)[0], CachedTile)
