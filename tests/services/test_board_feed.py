"""Where tiles of boards are read: by windows where there are some, else beside them."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent

from phdesk.core.boards import with_board, without_board
from phdesk.models.account import Account, Project
from phdesk.models.board import Board, Pick
from phdesk.models.failure import Cause
from phdesk.services.accounts import added, without
from phdesk.services.beside import Beside
from phdesk.services.board_room import BoardRoom
from phdesk.services.credentials import SERVICE
from phdesk.services.errands import Errands
from phdesk.services.failures import loses_session
from phdesk.services.looks import BoardLooks
from phdesk.services.online import Online
from phdesk.services.workspace import Workspace
from phdesk.store.changes import with_account
from phdesk.store.state import EMPTY
from tests.services.conftest import ADA
from tests.services.posthog import HOST, KEY, FakePostHog, tile
from tests.store.builders import NOON, at

US = "https://us.posthog.com"
BEN = Account(id="us.posthog.com-u2", host=US, email="ben@example.org", project_id=7)
HERS = Pick(id=1, account=ADA.id, project=7, dashboard=9, tile=1)
HIS = Pick(id=2, account=BEN.id, project=7, dashboard=9, tile=1)
MINE = Board(id=5, name="Mine", picks=(HERS, HIS))
THERE = BEN.id, 7


class Room:
    """Boards with a window of Ada's, and servers of both."""

    def __init__(self, parts, online, servers, qtbot):
        self.parts, self.servers, self.qtbot = parts, servers, qtbot
        self.room = BoardRoom(None, parts.cache, parts.preferences)
        self.hers = Workspace(EMPTY)
        self.hers.store = parts.store
        self.hers.set_online(online)
        self.feed = self.room.feed(self.hers, 0, None)
        self.room.shelf.change(with_board, MINE)
        self.others = []

    def goes_online(self):
        looks = BoardLooks(self.parts.cache, self.parts.background, lambda: NOON, self.room)
        self.room.use(self.parts.background, self.beside, looks)

    def beside(self, store):
        return Beside(self.parts_for(store), connect=self.connect, now=lambda: NOON)

    def parts_for(self, store):
        return replace(self.parts, store=store, background=Errands(self.parts.background))

    def connect(self, host, key):
        return self.servers[host].connect(host, key)

    def window(self, account, number=7):
        """Open a window over a project, as far as its network is concerned."""
        workspace = Workspace(with_account(EMPTY, account, Project(id=number))[0])
        parts = self.parts_for(workspace.store)
        workspace.set_online(Online(parts, connect=self.connect, now=lambda: NOON))
        self.room.sources.add(workspace)
        self.others.append(workspace)
        return workspace

    def tile(self, tile_id):
        page = self.parts.store.state.dashboards.get(MINE.page)
        return page.tiles.get(tile_id) if page is not None else None

    def shows(self, tile_id, minute):
        self.qtbot.waitUntil(lambda: self.tile(tile_id).computed_at == at(minute))

    def close(self):
        self.feed.close()
        self.room.sources.close()
        for workspace in self.others:
            workspace.close()


@pytest.fixture
def bens():
    server = FakePostHog()
    server.tiles = [tile(1, 0)]
    return server


@pytest.fixture
def servers(server, bens):
    server.tiles = [tile(1, 0)]
    return {HOST: server, US: bens}


@pytest.fixture
def room(ada, parts, online, servers, vault, qtbot):
    vault.kept[SERVICE, BEN.id] = KEY
    parts.preferences.change_accounts(added, BEN)
    room = Room(parts, online, servers, qtbot)
    yield room
    room.close()


def test_a_board_is_filled_from_a_window_and_from_beside_it(room, server, bens):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(1, 0)
    room.shows(2, 0)
    assert server.paths("dashboards/9/") == bens.paths("dashboards/9/") == ["dashboards/9/"]
    assert bens.paths("dashboards/") == ["dashboards/9/"], "nobody needs the list"


def test_before_the_network_is_there_tiles_are_those_that_were_kept(room, bens):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(2, 0)
    again = Room(room.parts, room.hers.online, room.servers, room.qtbot)
    again.feed.open(MINE.page)
    assert again.tile(2).computed_at == at(0)
    assert again.room.sources.supply(THERE).dashboards is None
    again.close()


def test_a_window_over_the_project_takes_over_from_what_was_beside(room, bens, qtbot):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(2, 0)
    his = room.window(BEN)
    assert room.room.sources.supply(THERE).store is his.store
    assert not room.room.sources._asides, "nobody else asks any more"
    his.online.switch(BEN.id)
    bens.tiles = [tile(1, 5)]
    qtbot.waitUntil(lambda: bool(his.store.state.dashboards))
    room.shows(2, 5)
    room.room.sources.remove(his)
    assert room.room.sources.supply(THERE).store is not his.store
    room.shows(2, 5)


def test_a_window_that_turns_to_a_project_leaves_nobody_with_what_was_beside(room, bens, qtbot):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(2, 0)
    his = room.window(BEN, 8)
    his.online.begin(BEN, KEY, Project(id=8))
    bens.tiles = [tile(1, 5)]
    his.online.begin(BEN, KEY, Project(id=7))
    room.room.sources.supply(THERE)  # somebody asks before the turn is announced
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    room.shows(2, 5)


def test_a_key_that_is_not_kept_is_lent_by_a_window_of_the_account(room, vault, qtbot):
    his = room.window(BEN, 8)
    his.online.begin(BEN, KEY, Project(id=8))
    del vault.kept[SERVICE, BEN.id]
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(2, 0)


def test_without_a_key_it_is_said_and_tried_no_more(room, vault, bens, qtbot):
    del vault.kept[SERVICE, BEN.id]
    room.goes_online()
    room.feed.open(MINE.page)
    qtbot.waitUntil(lambda: room.tile(2).origin.away is not None)
    assert room.tile(2).origin.away.cause is Cause.NO_KEY
    assert bens.asked == []


def test_who_signs_in_again_in_another_project_has_the_tiles_refreshed(room, vault, bens, qtbot):
    del vault.kept[SERVICE, BEN.id]
    room.goes_online()
    room.feed.open(MINE.page)
    qtbot.waitUntil(lambda: room.tile(2).origin.away is not None)
    his = room.window(BEN, 8)
    his.online.begin(BEN, KEY, Project(id=8))
    room.shows(2, 0)
    assert room.tile(2).origin.away is None


def test_another_key_takes_the_place_of_one_that_was_revoked(room, bens, qtbot):
    bens.special["dashboards/9/"] = 401, {"detail": "Invalid personal API key."}
    room.goes_online()
    room.feed.open(MINE.page)
    qtbot.waitUntil(lambda: room.tile(2).origin.away is not None)
    assert loses_session(room.tile(2).origin.away)
    del bens.special["dashboards/9/"]
    his = room.window(BEN, 8)
    his.online.begin(BEN, KEY, Project(id=8))
    room.shows(2, 0)
    assert room.tile(2).origin.away is None


def test_an_account_that_is_forgotten_is_read_no_more(room, qtbot):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(2, 0)
    room.parts.preferences.change_accounts(without, BEN.id)
    assert room.room.sources.supply(THERE) is None
    qtbot.waitUntil(lambda: room.tile(2).origin.account is None)
    assert room.tile(2).failure.cause is Cause.NO_KEY


def test_a_board_that_is_shown_no_more_counts_as_nobody_who_looks(room, qtbot):
    room.goes_online()
    room.feed.open(MINE.page)
    room.shows(1, 0)
    dashboards = room.hers.online.dashboards
    dashboards.set_hidden(hidden=True, viewer=0)
    assert not dashboards.auto._hidden, "the board is seen"
    room.feed.set_hidden(hidden=True)
    assert dashboards.auto._hidden
    room.feed.set_hidden(hidden=False)
    room.feed.close()
    assert dashboards.auto._hidden


def test_what_is_on_a_board_is_not_evicted(room):
    assert {(ADA.id, 9), (BEN.id, 9)} <= room.parts.cache.opened


def test_to_show_a_tile_on_a_board_is_no_look_at_its_dashboard(room, qtbot):
    room.goes_online()
    dashboards = room.hers.online.dashboards
    with qtbot.assertNotEmitted(dashboards.opened):
        room.feed.open(MINE.page)
        room.shows(1, 0)
    with qtbot.waitSignal(dashboards.opened):
        room.hers.online.open_dashboard(9)
    with qtbot.waitSignal(dashboards.left):
        dashboards.close(9)


def test_a_board_that_is_deleted_leaves_the_state(room, qtbot):
    room.feed.open(MINE.page)
    assert room.tile(1) is not None
    room.room.shelf.change(without_board, MINE.id)
    assert MINE.page not in room.parts.store.state.dashboards
    assert room.feed.board is None


def test_a_tile_that_comes_and_goes_is_opened_and_closed(room, bens):
    room.goes_online()
    room.room.shelf.change(lambda _boards: (replace(MINE, picks=(HERS,)),))
    room.feed.open(MINE.page)
    room.shows(1, 0)
    assert bens.asked == []
    room.room.shelf.change(lambda boards: (replace(boards[0], picks=(HERS, HIS)),))
    room.shows(2, 0)
    room.room.shelf.change(lambda boards: (replace(boards[0], picks=(HERS,)),))
    asked = len(bens.paths("dashboards/9/"))
    room.feed.refresh()
    assert room.tile(2) is None
    assert len(bens.paths("dashboards/9/")) == asked
