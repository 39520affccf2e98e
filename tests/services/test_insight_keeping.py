"""An insight that is not saved is on disk, whatever happens to phdesk."""

import asyncio

import msgspec
import pytest
from msgspec import Raw

from phdesk.core.building.draft import put
from phdesk.core.building.saving import Details
from phdesk.core.building.starting import blank
from phdesk.core.building.work import Work, is_unsaved
from phdesk.models.insight import Insight, SavedInsight
from phdesk.services.insight_keeping import KIND, find_kept, keep, kept_of
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer

WHERE = "ada", 7
BASE = Work(blank("trends"), Details(dashboards=(9,)))
BUILT = Work(put(BASE.draft, "interval", "week"), Details(name="Visits", dashboards=(9,)))


@pytest.fixture
def cache(tmp_path):
    made = Cache(tmp_path / "cache.sqlite3")
    yield made
    made.close()


def kept_and_found(cache, kept):
    asyncio.run(keep(cache, WHERE, kept))
    return asyncio.run(find_kept(cache, WHERE))


def test_a_new_insight_comes_back_with_what_it_was_begun_with(cache):
    found = kept_and_found(cache, kept_of(BUILT, BASE, None))
    assert found.work.draft.query == BUILT.draft.query
    assert found.work.details == BUILT.details
    assert is_unsaved(found.work, found.base)
    assert found.base.draft.query == BASE.draft.query


def test_an_edited_insight_comes_back_with_what_is_saved_of_it(cache):
    query = Raw(msgspec.json.encode(BASE.draft.query))
    saved = SavedInsight(insight=Insight(id=3, name="Visits", query=query), dashboards=(9,))
    found = kept_and_found(cache, kept_of(BUILT, BASE, saved))
    assert found.saved == saved
    assert found.base.details.name == "Visits"
    assert is_unsaved(found.work, found.base)


def test_what_was_saved_or_given_up_is_kept_no_more(cache):
    asyncio.run(keep(cache, WHERE, kept_of(BUILT, BASE, None)))
    assert kept_and_found(cache, None) is None
    assert asyncio.run(find_kept(cache, ("ada", 8))) is None


def test_what_cannot_be_read_is_nothing(cache):
    Writer(cache).save_around(*WHERE, KIND, b'{"query": ')
    assert asyncio.run(find_kept(cache, WHERE)) is None
