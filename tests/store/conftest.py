import pytest

from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer


@pytest.fixture
def told():
    return []


@pytest.fixture
def cache(tmp_path, told):
    cache = Cache(tmp_path / "inner" / "cache.sqlite3", told.append)
    yield cache
    cache.close()


@pytest.fixture
def writer(cache):
    return Writer(cache)
