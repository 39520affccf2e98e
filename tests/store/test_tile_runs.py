from datetime import timedelta

from phdesk.store.cache import CachedTile
from phdesk.store.packing import pack_tile
from phdesk.store.tile_runs import Run, of_each_day, result_of, runs_of
from tests.store.builders import NOON, answer, at

HERE = ("eu-ada", 1, 9)
DAY = 24 * 60
LONG_AGO = NOON - timedelta(days=40)


def kept(writer, minute, value, *, tile_id=1, question=b"now"):
    packed = pack_tile(tile_id, answer(minute, value=value))
    digest = b"%d" % value
    writer.save_tiles(*HERE, [CachedTile(tile_id, packed.data, at(minute), digest, question)])


def test_the_results_of_a_tile_are_read_one_by_one(cache, writer):
    for minute, value in ((0, 1), (5, 1), (9, 2)):
        kept(writer, minute, value)
    kept(writer, 7, 8, tile_id=2)
    runs = runs_of(cache, (*HERE, 1), LONG_AGO)
    assert runs == (Run(at(0), at(5)), Run(at(9), at(9)))
    first = result_of(cache, (*HERE, 1), runs[0])
    assert first.last_refresh == at(5)
    assert bytes(result_of(cache, (*HERE, 1), runs[1]).result) == b"[9, 2]"


def test_what_a_tile_asked_before_is_no_past_of_what_it_asks_now(cache, writer):
    kept(writer, 0, 1, question=b"then")
    kept(writer, 5, 2)
    assert runs_of(cache, (*HERE, 1), LONG_AGO) == (Run(at(5), at(5)),)


def test_results_of_temporary_filters_are_no_past(cache, writer):
    kept(writer, 0, 1)
    other = CachedTile(1, b"{}", at(9), b"other", b"now")
    writer.save_tiles(*HERE, [other], filters="theirs")
    assert runs_of(cache, (*HERE, 1), LONG_AGO) == (Run(at(0), at(0)),)


def test_older_results_are_left_out(cache, writer):
    kept(writer, -50 * DAY, 1)
    kept(writer, 0, 2)
    assert [run.until for run in runs_of(cache, (*HERE, 1), LONG_AGO)] == [at(0)]


def test_a_result_that_is_damaged_is_none(cache, writer):
    writer.save_tiles(*HERE, [CachedTile(1, b"not json", at(0), b"x", b"now")])
    (run,) = runs_of(cache, (*HERE, 1), LONG_AGO)
    assert result_of(cache, (*HERE, 1), run) is None


def test_of_many_results_the_last_of_each_day_and_the_newest_are_read():
    runs = tuple(Run(at(60 * hour), at(60 * hour)) for hour in range(-48, 1))
    chosen = of_each_day(runs, 2)
    assert [(run.until - NOON) / timedelta(hours=1) for run in chosen] == [-37, -13, -1, 0]
