import subprocess
import sys
from pathlib import Path

import pytest

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.services.library import load_start
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_project, pack_rows, pack_tile
from phdesk.store.state import EMPTY
from tests.store.builders import NOON, answer, at, board, tile

ADA = Account(id="a", host="https://eu.posthog.com", project_id=7, project_name="Shop")
LATE = ("httpx", "asyncio", "keyring", "numpy", "pyqtgraph", "importlib.metadata", "platformdirs")


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    Writer(cache).save_rows("a", 7, pack_rows([DashboardRow(id=9, name="Weekly")]), NOON)
    Writer(cache).save_dashboard("a", 7, 9, pack_dashboard(board(tile(1, answer(0))), at(5)))
    yield cache
    cache.close()


def test_the_app_starts_with_what_was_seen_last(cache):
    shop = Project(id=7, name="Shop", timezone="Asia/Tokyo")
    Writer(cache).save_project("a", 7, pack_project(shop))
    state = load_start(cache, Settings(account="a", dashboards={"a": 9}), [ADA])
    assert (state.account, state.project.timezone) == (ADA, "Asia/Tokyo")
    assert [row.name for row in state.rows.items] == ["Weekly"]
    held = state.dashboards[9]
    assert (held.from_cache, held.fetched_at, held.loading) == (True, at(5), False)
    assert held.tiles[1].computed_at == at(0)


def test_results_of_filters_that_were_changed_since_are_marked_as_such(cache):
    changed = b'{"kind": "TrendsQuery", "dateRange": {"date_from": "-7d"}}'
    frame = board(tile(1, answer(query=changed)), tile(2, answer()))
    Writer(cache).save_tiles("a", 7, 9, [pack_tile(2, answer(3))])
    Writer(cache).save_dashboard("a", 7, 9, pack_dashboard(frame, at(9)), keep=[1, 2])
    held = load_start(cache, Settings(dashboards={"a": 9}), [ADA]).dashboards[9]
    assert {one: tile.is_other for one, tile in held.tiles.items()} == {1: True, 2: False}
    assert held.tiles[1].computed_at == at(0), "it is still what there is to show"


def test_another_dashboard_can_be_asked_for(cache):
    state = load_start(cache, Settings(account="a", dashboards={"a": 8}), [ADA], 9)
    assert list(state.dashboards) == [9]


def test_a_project_that_is_not_cached_has_its_name(cache):
    assert load_start(cache, Settings(), [ADA]).project == Project(id=7, name="Shop")


def test_the_project_used_last_wins(cache):
    state = load_start(cache, Settings(projects={"a": 8}), [ADA])
    assert (state.project, state.rows.items) == (Project(id=8), ())


@pytest.mark.parametrize(
    ("settings", "accounts", "account"),
    [
        (Settings(), [], None),
        (Settings(account="gone"), [ADA], ADA),
        (Settings(), [Account(id="b", host="https://h")], Account(id="b", host="https://h")),
    ],
    ids=["no account", "unknown account", "no project"],
)
def test_the_app_starts_without_any_of_it(cache, settings, accounts, account):
    state = load_start(cache, settings, accounts)
    assert state.account == account
    assert account is not None or state == EMPTY


def test_nothing_slow_is_imported_before_the_first_paint():
    names = "store.store, phdesk.services.library, phdesk.services.preferences"
    script = f"import sys, phdesk.{names}, phdesk.services.failures; print(*sys.modules, sep='\\n')"
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    assert set(run.stdout.split()) & set(LATE) == set()
