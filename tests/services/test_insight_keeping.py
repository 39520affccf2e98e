"""Insights that are not saved are on disk, each by itself, whatever happens to phdesk."""

import asyncio

import msgspec
import pytest
from msgspec import Raw

from phdesk.core.building.draft import put
from phdesk.core.building.saving import Details
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work, is_unsaved
from phdesk.models.insight import Insight, SavedInsight
from phdesk.services.insight_keeping import Keeper, find_kept, kept_of, new_name, over
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer

WHERE = "ada", 7
BASE = Work(blank("trends"), Details(dashboards=(9,)))
BUILT = Work(put(BASE.draft, "interval", "week"), Details(name="Visits", dashboards=(9,)))
QUERY = Raw(msgspec.json.encode(BASE.draft.query))
SAVED = SavedInsight(insight=Insight(id=3, name="Visits", query=QUERY), dashboards=(9,))


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "cache.sqlite3")
    yield made
    made.close()


def keep(cache, **by_name):
    keeper = Keeper(cache)
    for name, kept in by_name.items():
        keeper.put(WHERE, name, kept)
    asyncio.run(keeper.write())


def found(cache, where=WHERE):
    return {one.name: one.kept for one in asyncio.run(find_kept(cache, where))}


def test_a_new_insight_comes_back_with_what_it_was_begun_with(cache):
    keep(cache, one=kept_of(BUILT, BASE, None))
    one = found(cache)["one"]
    assert one.work.draft.query == BUILT.draft.query
    assert one.work.details == BUILT.details
    assert is_unsaved(one.work, one.base)
    assert one.base.draft.query == BASE.draft.query
    assert one.number is None


def test_an_edited_insight_comes_back_with_what_is_saved_of_it(cache):
    keep(cache, one=kept_of(BUILT, BASE, SAVED))
    one = found(cache)["one"]
    assert one.saved == SAVED
    assert one.number == 3
    assert one.base.details.name == "Visits"
    assert is_unsaved(one.work, one.base)


def test_each_is_kept_by_itself_and_goes_alone(cache):
    kept = kept_of(BUILT, BASE, None)
    keep(cache, one=kept, two=kept)
    keep(cache, one=None)
    assert list(found(cache)) == ["two"]
    assert found(cache, ("ada", 8)) == {}
    assert new_name() != new_name()


def test_what_was_saved_meanwhile_is_kept_as_a_change_of_it():
    kept = over(kept_of(BUILT, BASE, None), SAVED)
    assert kept.number == 3
    assert kept.work.draft.query == BUILT.draft.query
    assert kept.base.draft.query == BASE.draft.query


def test_what_cannot_be_read_is_nothing_and_the_others_are_there(cache):
    keep(cache, one=kept_of(BUILT, BASE, None))
    Writer(cache).save_draft(*WHERE, "two", b'{"query": ')
    assert list(found(cache)) == ["one"]
