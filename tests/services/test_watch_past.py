"""What watches compare with, read from the history on disk."""

import asyncio
from datetime import timedelta

import pytest
from msgspec import Raw

from phdesk.core.charts.context import Context
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Baseline, Bound
from phdesk.services.watch_past import MANY, Pasts
from phdesk.store.cache import Cache, CachedTile
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_tile
from tests.core.watching.making import watch
from tests.store.builders import NOON

HERE = ("ada", 1, 2)
DAY = timedelta(days=1)
BIG = (
    b'{"kind":"TrendsQuery","series":[{"kind":"EventsNode","event":"signed_up"}],'
    b'"trendsFilter":{"display":"BoldNumber"}}'
)
LINE = b'{"label":"Signed up","aggregated_value":%d,"action":{"id":"signed_up"}}'
AVERAGE = watch(Baseline(side="below", factor=0.5), number=Address(measure="total", of="signed_up"))
CONTEXT = Context(now=NOON)


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


@pytest.fixture
def keep(cache):
    writer = Writer(cache)

    def keep(at, value):
        result = (
            b'[{"label":"Signed up","aggregated_value":%d,"action":{"id":"signed_up"}}]' % value
        )
        query = b'{"kind":"InsightVizNode","source":%s}' % BIG
        insight = Insight(id=1, query=Raw(query), result=Raw(result), last_refresh=at)
        data = pack_tile(3, insight).data
        writer.save_tiles(*HERE, [CachedTile(3, data, at, b"%d" % value, b"q")])

    return keep


def values(past):
    return [(one.at, one.value) for one in past.kept]


def test_the_results_of_the_days_before_are_what_a_number_is_compared_with(cache, keep):
    for day in range(5, -1, -1):
        keep(NOON - day * DAY, 100 + day)
    past = asyncio.run(Pasts(cache).before(AVERAGE, CONTEXT, NOON))
    assert values(past) == [(NOON - day * DAY, 100 + day) for day in range(5, 0, -1)]


def test_a_result_that_stood_for_days_is_known_at_both_ends(cache, keep):
    keep(NOON - 3 * DAY, 7)
    keep(NOON - DAY, 7)
    past = asyncio.run(Pasts(cache).before(AVERAGE, CONTEXT, NOON))
    assert values(past) == [(NOON - 3 * DAY, 7), (NOON - DAY, 7)]


def test_each_result_is_read_once(cache, keep, monkeypatch):
    keep(NOON - DAY, 7)
    pasts = Pasts(cache)
    first = asyncio.run(pasts.before(AVERAGE, CONTEXT, NOON))
    monkeypatch.setattr("phdesk.services.watch_past.result_of", None)  # any call fails
    assert asyncio.run(pasts.before(AVERAGE, CONTEXT, NOON)) == first


def test_a_fixed_limit_needs_no_past_but_for_a_trial(cache, keep):
    keep(NOON - DAY, 7)
    limit = watch(Bound("above", 100), number=AVERAGE.number)
    assert values(asyncio.run(Pasts(cache).before(limit, CONTEXT, NOON))) == []
    tried = asyncio.run(Pasts(cache).before(limit, CONTEXT, NOON, last=MANY))
    assert values(tried) == [(NOON - DAY, 7)]
