"""Watched tiles of dashboards that nobody has open, refreshed where a person wants that."""

import pytest
from msgspec.structs import replace

from phdesk.core.watching.editing import switched, with_watch
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services.board_sources import Sources
from phdesk.services.watch_keeping import WatchKeeping
from phdesk.services.watch_list import WatchList
from phdesk.services.workspace import Workspace
from phdesk.store.state import EMPTY
from tests.services import posthog
from tests.services.conftest import ADA
from tests.services.on_dashboard import calculated, settled

LIMIT = Watch(
    id="w1",
    account=ADA.id,
    project=7,
    dashboard=9,
    tile=2,
    number=Address(measure="total"),
    condition=Bound("above", 100),
)


@pytest.fixture
def keeping(ada, online, parts, server, qtbot):
    server.tiles = [posthog.tile(1, -5, stale=True), posthog.tile(2, -9, stale=True)]
    workspace = Workspace(EMPTY)
    workspace.store = parts.store
    workspace.set_online(online)
    sources = Sources(parts.cache, parts.preferences)
    sources.add(workspace)
    listed = WatchList()
    listed.change(with_watch, LIMIT)
    keeping = WatchKeeping(listed, sources, parts.preferences)
    keeping.start()
    return keeping


def on(parts, *, wanted=True):
    parts.preferences.change(replace, watch_unopened=wanted)


def test_nothing_is_asked_for_unless_a_person_wants_it(keeping, server, qtbot):
    assert server.paths("dashboards/9") == []


def test_only_the_tiles_that_are_watched_are_refreshed(keeping, parts, server, qtbot):
    on(parts)
    qtbot.waitUntil(lambda: settled(parts) and bool(server.paths("insights/")))
    assert server.paths("insights/") == ["insights/102/"], "101 is stale, but nobody watches it"


def test_a_tile_that_is_put_on_its_dashboard_anew_is_kept_up_to_date(
    keeping, online, parts, server, qtbot
):
    short_id = server.tiles[1]["insight"]["short_id"]
    keeping._list.change(with_watch, replace(LIMIT, insight=short_id))
    on(parts)
    qtbot.waitUntil(lambda: settled(parts) and "insights/102/" in calculated(server))
    anew = posthog.tile(2, 2, stale=True) | {"id": 77}
    server.tiles = [posthog.tile(1, -5, stale=True), anew]
    server.asked.clear()
    online.dashboards.read_all()
    qtbot.waitUntil(lambda: settled(parts) and calculated(server) == ["insights/102/"])


def test_the_clock_refreshes_no_other_tile_and_dashboard_of_a_hidden_window(
    keeping, online, parts, server, qtbot
):
    eight = {"id": 8, "name": "Other", "tiles": [], "filters": {}, "variables": {}}
    server.special["dashboards/8/"] = (200, eight)
    online.dashboards.set_hidden(hidden=False, viewer=1)
    for board in (8, 9):
        online.open_dashboard(board, viewer=1)
    on(parts)
    qtbot.waitUntil(lambda: settled(parts) and len(calculated(server)) >= 2)
    qtbot.waitUntil(lambda: not parts.store.state.opening)
    online.dashboards.set_hidden(hidden=True, viewer=1)
    server.tiles = [posthog.tile(1, 2, stale=True), posthog.tile(2, 2, stale=True)]
    server.asked.clear()
    online.dashboards.read_all()
    qtbot.waitUntil(lambda: settled(parts) and bool(calculated(server)))
    assert server.paths("dashboards/") == ["dashboards/9/"]
    assert calculated(server) == ["insights/102/"]
    online.dashboards.set_hidden(hidden=False, viewer=1)
    qtbot.waitUntil(lambda: settled(parts) and "insights/101/" in calculated(server))
    assert sorted(server.paths("dashboards/")) == ["dashboards/8/", *["dashboards/9/"] * 2]


def test_what_is_switched_off_is_left_alone(keeping, online, parts, qtbot):
    on(parts)
    qtbot.waitUntil(lambda: settled(parts))
    assert online.dashboards.auto.next_at is not None
    keeping._list.change(switched, "w1", on=False)
    assert online.dashboards.auto.next_at is None
    keeping._list.change(switched, "w1", on=True)
    assert online.dashboards.auto.next_at is not None
    on(parts, wanted=False)
    assert online.dashboards.auto.next_at is None
