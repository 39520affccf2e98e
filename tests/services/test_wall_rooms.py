"""Stops of a wall are kept up to date, each under its own filters, and none disturbs another."""

from unittest.mock import Mock

import pytest
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from phdesk.core.wall.stops import Stop
from phdesk.models.account import Account
from phdesk.models.failure import Cause
from phdesk.models.wall import Item, Wall
from phdesk.services.beside import Beside
from phdesk.services.board_sources import Sources
from phdesk.services.credentials import SERVICE, Keeping, Kept
from phdesk.services.errands import Errands
from phdesk.services.failures import loses_session
from phdesk.services.parts import Parts
from phdesk.services.wall_alarms import WallSources
from phdesk.services.wall_rooms import WallRooms
from phdesk.services.wall_session import OtherKey
from phdesk.services.workspace import Workspace
from phdesk.store.overrides import wanted_key
from tests.noting import noting
from tests.services import posthog
from tests.store.builders import NOON

WEEK, MONTH = "last 7 days", "last 30 days"


@pytest.fixture
def rooms(ada, parts, online, server, qtbot):
    server.tiles = [posthog.tile(1, -5)]
    workspace = Workspace(parts.store.state)
    workspace.store = parts.store
    made = WallRooms(workspace, parts.cache, lambda: NOON)
    workspace.set_online(online)

    def beside(store):
        own = Parts(
            store=store,
            cache=parts.cache,
            background=Errands(parts.background),
            credentials=parts.credentials,
            preferences=parts.preferences,
            governor=parts.governor,
        )
        return Beside(own, connect=server.connect, now=lambda: NOON)

    made.use(beside)
    yield made
    made.close()


def stop(**more):
    return Stop(key=str(more), dashboard=9, **more)


def look_away(rooms):
    """Hide all walls for a moment, so that all is looked at anew."""
    rooms.set_hidden(hidden=True)
    rooms.set_hidden(hidden=False)


def has_number(known):
    return known.page is not None and all(one.has_result for one in known.page.tiles.values())


def spent(online):
    """Count the calculations of people and of the clock."""
    (calculations, *_) = online.dashboards.budget().classes
    return calculations.interactive, calculations.background


def query_of(known):
    (held,) = known.page.tiles.values()
    return bytes(held.insight.query).decode()


def settled(rooms, qtbot, *stops):
    def done():
        for one in stops:
            page = rooms.known(one).page
            if page is None or page.loading or page.progress is not None or page.from_cache:
                return False
            if one.wish and page.override is None:
                return False
        return True

    qtbot.waitUntil(done)


def test_a_stop_without_filters_is_the_workspaces_own(rooms, parts, qtbot):
    plain = stop()
    rooms.show("", [plain])
    settled(rooms, qtbot, plain)
    assert rooms.known(plain).page is parts.store.state.dashboards[9]


def test_two_ranges_of_one_dashboard_stand_side_by_side(rooms, parts, qtbot):
    plain, week, month = stop(), stop(range=WEEK), stop(range=MONTH)
    rooms.show("", [plain, week, month])
    settled(rooms, qtbot, plain, week, month)
    pages = [rooms.known(one).page for one in (plain, week, month)]
    assert pages[0].override is None
    assert pages[1].override.filters.date_from == "-7d"
    assert pages[2].override.filters.date_from == "-30d"
    assert wanted_key(parts.store.state, 9) == ""


def test_a_keyring_without_the_key_is_no_matter_once_another_key_was_lent(rooms, qtbot):
    week = stop(range=WEEK)
    rooms.show("", [week])
    settled(rooms, qtbot, week)
    (beside,) = rooms._networks.values()
    beside._key_came(Kept(Keeping.ABSENT))  # asked before, and slower
    assert rooms.known(week).failure is None


def test_stops_with_equal_filters_share_what_is_read(rooms, qtbot):
    one = stop(range=WEEK)
    other = Stop(key="tile", dashboard=9, tile=1, range=WEEK)
    rooms.show("", [one, other])
    settled(rooms, qtbot, one, other)
    assert rooms.known(one).page is rooms.known(other).page


def test_what_no_wall_shows_any_more_is_asked_for_no_more(rooms, online, qtbot):
    plain = stop()
    rooms.show("left", [plain])
    rooms.show("right", [plain])
    settled(rooms, qtbot, plain)
    rooms.leave("left")
    assert online.dashboards.is_watched(9)
    rooms.leave("right")
    assert not online.dashboards.is_watched(9)


def test_of_what_no_wall_shows_any_more_nothing_stays_in_memory(rooms, qtbot):
    week, insight = stop(range=WEEK), Stop(key="i", insight="AbCd1234")
    rooms.show("", [stop(), week, insight])
    settled(rooms, qtbot, week)
    gone = [*rooms._rooms.values(), *rooms._networks.values()]
    own = [room.store for (_, _, wish), room in rooms._rooms.items() if wish]
    rooms.show("", [])
    assert (rooms._rooms, rooms._networks) == ({}, {})
    qtbot.waitUntil(lambda: not any(isValid(one) for one in (*gone, *own)))
    rooms.show("", [stop(), week])
    settled(rooms, qtbot, stop(), week)


def test_a_stop_of_an_unknown_account_says_so(rooms):
    elsewhere = stop(account="nobody", project=3)
    rooms.show("", [elsewhere])
    assert rooms.known(elsewhere).failure.message == "Its account is not signed in here."


BOB = Account(id="eu.posthog.com-bob", host=posthog.HOST, name="Bob", project_id=7)


@pytest.fixture
def bobs(rooms, vault):
    """Give what another account has on a wall; its key is in the keyring."""
    vault.set_password(SERVICE, BOB.id, posthog.KEY)
    rooms.set_accounts([BOB])
    return stop(account=BOB.id)


def keeper(rooms):
    """Give who looks for the key of the only room beside, as a wall has it."""
    (beside,) = rooms._networks.values()
    return OtherKey(beside)


def test_a_stop_of_another_account_goes_on_once_its_key_is_in_the_keyring(
    rooms, vault, bobs, qtbot
):
    vault.delete_password(SERVICE, BOB.id)
    rooms.show("", [bobs])
    qtbot.waitUntil(lambda: rooms.known(bobs).failure is not None)
    assert rooms.known(bobs).failure.cause is Cause.NO_KEY
    vault.set_password(SERVICE, BOB.id, posthog.KEY)
    keeper(rooms).look()
    qtbot.waitUntil(lambda: has_number(rooms.known(bobs)))
    assert rooms.known(bobs).failure is None


def test_a_refused_key_of_another_account_is_checked_by_one_call_now_and_then(
    rooms, parts, server, bobs, monkeypatch, qtbot
):
    rooms.show("", [bobs])
    settled(rooms, qtbot, bobs)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(posthog, "KEY", "phx_another")
        (beside,) = rooms._networks.values()
        beside.dashboards.refresh(9)
        qtbot.waitUntil(lambda: rooms.known(bobs).failure is not None)
        looks, asked = keeper(rooms), {}
        for minute in range(1, 18):
            qtbot.waitUntil(lambda: not parts.background._wanted)
            before = len(server.asked)
            looks.look()
            qtbot.waitUntil(lambda: not parts.background._wanted)
            if new := server.asked[before:]:
                asked[minute] = [path for path, _ in new]
    assert asked == {1: [""], 16: [""]}, "of its project alone"
    again = OtherKey(beside)
    again.look()
    qtbot.waitUntil(lambda: rooms.known(bobs).failure is None)
    assert has_number(rooms.known(bobs))


class Boards(QObject):
    """A person's boards, of which it is noted by which number each is looked at."""

    changed = Signal()
    boards = ()

    def __init__(self):
        super().__init__()
        self.shelf, self.viewers = self, []

    def feed(self, _workspace, viewer, parent):
        self.viewers.append(viewer)
        return Fed(parent)


class Fed(QObject):
    board = None
    set_hidden = close = Mock()


def test_boards_on_a_wall_are_looked_at_under_numbers_of_their_own_and_let_go_of(rooms, qtbot):
    boards = Boards()
    rooms.set_boards(boards)
    for names in ("bc", "abc", "bcd", "abcd", "d"):
        rooms.show("", [Stop(key=name, board=name) for name in names])
    assert len(boards.viewers) == 5
    assert len(set(boards.viewers)) == 5
    qtbot.waitUntil(lambda: len(rooms.findChildren(Fed)) == 1)


def test_the_projects_first_dashboard_is_shown_where_none_is_pinned(rooms, parts):
    (first, *_) = rooms.stops_of(Wall())
    listed = {row.id for row in parts.store.state.rows.items}
    assert first.dashboard in listed


def test_the_same_thing_twice_is_two_stops(rooms):
    wall = Wall(items=(Item(dashboard=9), Item(dashboard=9, range=WEEK), Item(dashboard=9)))
    keys = [one.key for one in rooms.stops_of(wall)]
    assert len(set(keys)) == 3
    assert keys == [one.key for one in rooms.stops_of(wall)], "and stay the same"


def test_an_insight_is_read_by_itself_and_needs_no_dashboard(rooms, server, qtbot):
    alone = Stop(key="insight", insight="short101")
    rooms.show("", [alone])
    qtbot.waitUntil(lambda: rooms.known(alone).page is not None)
    (held,) = rooms.known(alone).page.tiles.values()
    assert held.has_result
    assert server.paths("dashboards/9") == [], "no dashboard was asked for"


def test_an_insight_keeps_its_number_when_a_refresh_fails(rooms, server, qtbot):
    alone = Stop(key="insight", insight="short101")
    rooms.show("", [alone])
    qtbot.waitUntil(lambda: rooms.known(alone).page is not None)
    server.special["insights/"] = (500, {"detail": "memory"})
    look_away(rooms)
    qtbot.waitUntil(lambda: rooms.known(alone).failure is not None)
    (held,) = rooms.known(alone).page.tiles.values()
    assert held.has_result


@pytest.mark.parametrize("wish", [None, WEEK], ids=["its own dates", "the wall's"])
def test_an_insight_goes_on_with_another_key(ada, rooms, online, server, qtbot, wish):
    alone = Stop(key="insight", insight="short101", range=wish)
    rooms.show("", [alone])
    qtbot.waitUntil(lambda: rooms.known(alone).page is not None)
    server.special["insights/"] = (401, {"code": "not_authenticated"})
    look_away(rooms)
    qtbot.waitUntil(lambda: rooms.known(alone).failure is not None)
    assert loses_session(rooms.known(alone).failure)
    del server.special["insights/"]
    asked = len(server.paths("insights/101"))
    look_away(rooms)
    assert len(server.paths("insights/101")) == asked, "with a key that was refused"
    online.signed_in.emit(ada)
    qtbot.waitUntil(lambda: rooms.known(alone).failure is None)
    assert has_number(rooms.known(alone))


def test_an_insight_is_shown_under_the_dates_of_the_wall(rooms, server, qtbot):
    plain, week = Stop(key="a", insight="short101"), Stop(key="b", insight="short101", range=WEEK)
    rooms.show("", [plain, week])
    qtbot.waitUntil(lambda: all(has_number(rooms.known(one)) for one in (plain, week)))
    calls = [params for path, params in server.asked if path == "insights/101/"]
    asked = [params.get("filters_override", "") for params in calls]
    assert sorted(asked) == ["", '{"date_from":"-7d"}']
    assert '"date_from":"-7d"' in query_of(rooms.known(week))
    assert '"date_from":"-7d"' not in query_of(rooms.known(plain))


def test_an_insight_that_points_to_another_has_no_numbers_of_other_dates(rooms, server, qtbot):
    points = {"kind": "SavedInsightNode", "shortId": "short102"}
    server.special["insights/"] = (200, {"results": [{**posthog.insight(101), "query": points}]})
    week = Stop(key="", insight="short101", range=WEEK)
    rooms.show("", [week])
    qtbot.waitUntil(lambda: rooms.known(week).failure is not None)
    assert "other dates do not reach" in rooms.known(week).failure.message
    assert rooms.known(week).page is None


def test_an_insight_is_there_again_after_a_start_without_a_network(rooms, parts, server, qtbot):
    week = Stop(key="", insight="short101", range=WEEK)
    rooms.show("", [week])
    qtbot.waitUntil(lambda: has_number(rooms.known(week)))
    number = rooms.known(week).page.tiles[1].computed_at
    workspace = Workspace(parts.store.state)
    fresh = WallRooms(workspace, parts.cache, lambda: NOON)
    fresh.show("", [week])
    kept = fresh.known(week)
    assert (has_number(kept), kept.page.from_cache) == (True, True)
    assert kept.page.tiles[1].computed_at == number
    assert not has_number(fresh.known(Stop(key="", insight="short101"))), "of other dates"


def test_a_wall_asks_for_a_kept_insight_by_the_clocks_share(rooms, online, qtbot):
    alone = Stop(key="", insight="short101")
    rooms.show("", [alone])
    qtbot.waitUntil(lambda: has_number(rooms.known(alone)))
    assert spent(online) == (2, 0), "somebody stands before an empty wall"
    look_away(rooms)
    qtbot.waitUntil(lambda: spent(online) == (2, 2))


def test_an_insight_that_is_gone_says_so(rooms, qtbot):
    gone = Stop(key="insight", insight="short404")
    rooms.show("", [gone])
    qtbot.waitUntil(lambda: rooms.known(gone).lost)


def test_watches_find_the_numbers_of_each_project_that_walls_read(rooms, parts, online):
    state = rooms.state
    boards = Sources(parts.cache, parts.preferences)
    sources = WallSources(rooms, boards, parts.cache, rooms)
    told = []
    sources.changed.connect(noting(told))
    own, other = (state.account.id, 7), (state.account.id, 8)
    rooms.show("", [stop(range=WEEK)])
    assert sources.known(own) is None  # under other dates it is another number
    rooms.show("", [stop(), stop(project=8), stop(range=WEEK)])
    assert sources.known(own).store is parts.store
    assert sources.known(other).store.state.project.id == 8
    assert told
    rooms.show("", [stop()])
    assert sources.known(other) is None
