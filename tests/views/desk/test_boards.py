"""A board of one's own on screen: numbers, ages and names of tiles of two accounts."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from phdesk.core.boards import with_pick
from phdesk.core.filters import Filter, Override
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Account
from phdesk.models.board import Board, Pick
from phdesk.models.failure import Cause
from phdesk.services.board_feed import FILTERED
from phdesk.services.credentials import SERVICE
from phdesk.services.links import tile_with
from phdesk.services.settings import KeptWindow, opened
from phdesk.services.snapshots import state_of, taken
from phdesk.store.changes import with_offline
from phdesk.store.contexts import project_context
from phdesk.store.snapshot import pack, place_of, unpack
from phdesk.views.dashboard.presenting import view_of
from phdesk.views.desk.filter_choices import FilterChoices
from phdesk.views.desk.filters import OF_BOARD
from phdesk.views.desk.walls import Walls
from phdesk.views.dialogs.accounts import Accounts
from tests.services.conftest import ADA
from tests.services.posthog import HOST
from tests.store.builders import NOON, TROUBLE
from tests.views.desk.with_boards import BEN, BOTH, LEFT, MINE, ORDERS, US


def test_a_board_shows_the_same_numbers_as_the_dashboard(desk, qtbot):
    desk.has(MINE)
    there = desk.screen.views[2]
    rows = desk.window.sidebar.findChild(QListWidget)
    spot = rows.visualItemRect(rows.item(1)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=spot)
    assert desk.desk.open_id == MINE.page
    here = desk.screen.views[1]
    assert (here.body, here.table, here.title) == (there.body, there.table, there.title)
    assert desk.window.windowTitle() == "Mine – phdesk"
    assert not desk.screen.filters.isVisible()
    assert "Open in PostHog" not in {
        one.accessibleName() for one in desk.screen.findChildren(QPushButton) if one.isVisible()
    }
    assert desk.tile(1).card_state.age
    assert desk.tile(1).card_state.source == "", "there is one project only"


def test_only_the_tiles_of_the_board_are_refreshed(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    assert bens.paths("insights/") == ["insights/103/"], "104 is stale, but not on the board"
    assert bens.paths("dashboards/") == ["dashboards/9/"]


def test_what_is_fresh_is_not_calculated_again(desk, server):
    before = server.paths("insights/")
    desk.opens(desk.has(MINE))
    desk.complete()
    assert server.paths("insights/") == before
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    desk.waits(lambda: server.paths("insights/") == [*before, "insights/102/"])
    desk.complete()


def test_one_tile_is_refreshed_through_its_own_account(desk, server, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.room.shelf.change(with_pick, BOTH.id, replace(ORDERS, id=3, tile=4))
    desk.waits(lambda: len(desk.page.tiles) == 3)
    desk.complete()
    before = server.paths("insights/")
    desk.chooses(2, "Refresh this tile")
    desk.waits(lambda: bens.paths("insights/") == [f"insights/{n}/" for n in (103, 104, 103)])
    desk.complete()
    assert server.paths("insights/") == before


def test_tiles_of_several_projects_say_where_they_are_from(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    said = ["Shop · EU", "Shop · US"]
    desk.waits(lambda: [desk.tile(one).card_state.source for one in (1, 2)] == said)
    assert "From Shop · US." in desk.tile(2).accessibleDescription()
    assert desk.menu(2)[-5] == "From Shop · US"
    desk.tile(2).ask_details()
    words = [label.text() for label in desk.shown(QMessageBox).findChildren(QLabel)]
    assert any("Account: ben@example.org · US" in one for one in words)
    desk.shown(QMessageBox).close()


def test_a_tile_opens_in_its_own_posthog(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    shown = desk.screen  # the store may be ahead of it
    desk.waits(lambda: all(shown.views[one].short_id for one in (1, 2)))
    desk.tile(2).ask_browser()
    desk.tile(1).ask_browser()
    desk.screen.link_requested.emit(2, "/insights/x")
    assert desk.ada.browsed == [
        f"{US}/project/7/insights/short103",
        f"{HOST}/project/7/insights/short102",
        f"{US}/insights/x",
    ]


def test_the_dashboard_of_another_account_s_tile_opens_in_a_window_of_its_own(desk, qtbot):
    desk.opens(desk.has(BOTH))
    with qtbot.waitSignal(desk.desk.window_requested) as asked:
        desk.chooses(2, "Open its dashboard")
    assert asked.args == [KeptWindow(account=BEN.id, project=7, dashboard=9)]
    assert desk.desk.open_id == BOTH.page


def test_the_dashboard_of_a_tile_opens_here_where_it_is_this_project_s(desk):
    desk.opens(desk.has(MINE))
    desk.chooses(1, "Open its dashboard")
    assert desk.desk.open_id == 9
    desk.waits(lambda: QApplication.focusWidget() is desk.tile(2))
    assert desk.ada.browsed == []


def test_an_address_leads_to_no_tile_of_another_account(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    state = desk.desk.state
    there, here = (Source(noun=Noun.INSIGHT, short_id=one) for one in ("short103", "short102"))
    assert tile_with(there, state, BOTH.page) is None
    assert tile_with(here, state, BOTH.page) == (BOTH.page, 1)


def test_an_account_without_a_key_is_a_tile_that_says_so(desk, vault):
    del vault.kept[SERVICE, BEN.id]
    desk.opens(desk.has(BOTH))
    desk.waits(lambda: desk.page.tiles[2].failure is not None)
    shown = desk.page.tiles[2]
    assert shown.failure.cause is Cause.NO_KEY
    desk.waits(lambda: "Sign in" in getattr(desk.screen.views[2].body, "detail", ""))
    assert desk.screen.views[2].title == "Orders"
    assert desk.page.tiles[1].failure is None


def test_an_account_that_is_not_known_is_a_tile_that_says_so(desk):
    stranger = Pick(id=3, account="nobody", project=1, dashboard=2, tile=3, known_as="Lost")
    desk.opens(desk.has(Board(id=7, name="Old", picks=(stranger,))))
    assert "signed out" in desk.screen.views[3].summary
    assert desk.tile(3).card_state.on_board
    desk.chooses(3, "Remove from the board")
    assert desk.boards[0].picks == ()
    desk.waits(lambda: desk.window.page is desk.window.empty_page)


def test_a_tile_that_is_removed_in_posthog_says_so_and_others_stay(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    del bens.tiles[0]
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R)
    desk.waits(lambda: "no longer on its dashboard" in desk.screen.views[2].summary)
    assert desk.page.tiles[1].has_result


def test_a_board_stays_open_while_the_account_changes(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    before = {one: held.insight for one, held in desk.page.tiles.items()}
    desk.desk.online._connect = bens.connect
    desk.desk.online.switch(BEN.id)
    desk.waits(lambda: desk.desk.state.account == BEN)
    desk.waits(lambda: desk.page is not None)
    desk.complete()
    assert desk.desk.open_id == BOTH.page
    assert {one: held.insight for one, held in desk.page.tiles.items()} == before


def test_a_board_that_was_left_for_another_account_is_not_refreshed_any_more(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.desk.online._connect = bens.connect
    desk.desk.preferences.change(opened, BEN.id, 9, NOON)
    desk.desk.window.accounts_requested.emit()
    desk.shown(Accounts).switch_requested.emit(BEN.id)
    desk.waits(lambda: desk.desk.state.account == BEN and desk.desk.open_id == 9)
    assert desk.desk.feed.board is None


def test_temporary_filters_of_a_dashboard_stay_there(desk, server):
    own = desk.screen.views[2].body
    week = Override(filters=Filter(date_from="-7d"))
    desk.desk.online.filters.override(9, week)
    desk.waits(lambda: desk.desk.state.dashboards[9].tiles[2].filters == week.key)
    assert desk.screen.views[2].body != own
    desk.opens(desk.has(MINE))
    assert desk.screen.views[1].body == own
    assert desk.tile(1).card_state.before == ""


def test_a_dashboard_under_temporary_filters_is_not_asked_for_a_board(desk, server):
    week = Override(filters=Filter(date_from="-7d"))
    desk.desk.online.filters.override(9, week)
    desk.waits(lambda: desk.desk.state.dashboards[9].tiles[2].filters == week.key)
    desk.opens(desk.has(MINE))
    desk.complete()
    before = list(server.asked)
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert desk.told == FILTERED.format("Weekly")
    assert desk.desk.state.dashboards[9].progress is None
    assert server.asked == before


def test_a_board_is_no_place_for_filters(desk):
    desk.opens(desk.has(MINE))
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_D)
    assert desk.told == OF_BOARD
    assert FilterChoices(desk.desk).board is None


def test_an_empty_board_says_how_to_fill_it(desk):
    desk.opens(desk.has(Board(id=8, name="Growth")))
    assert desk.window.page is desk.window.empty_page
    texts = [one.text() for one in desk.window.empty_page.findChildren(QLabel)]
    assert any("press B" in one for one in texts)
    assert desk.window.windowTitle() == "Growth – phdesk"


def test_offline_says_how_old_tiles_are(desk):
    desk.opens(desk.has(MINE))
    desk.complete()
    desk.ada.parts.store.apply(with_offline, TROUBLE)
    desk.waits(lambda: desk.page.failure == TROUBLE)
    assert desk.page.tiles[1].origin.away == TROUBLE


def test_nobody_is_asked_while_another_page_is_shown(desk, bens):
    desk.opens(desk.has(BOTH))
    desk.complete()
    desk.pages.open_dashboard(9)
    asked = len(bens.asked)
    desk.desk.feed.refresh(force=True)
    assert desk.desk.feed.board is None
    assert len(bens.asked) == asked


def test_a_snapshot_of_a_board_shows_each_tile_as_in_its_own_project_and_names_nobody(desk):
    desk.opens(desk.has(BOTH))
    desk.complete()
    held = unpack(pack(taken(desk.desk.state, BOTH.page, desk.screen.grid.boxes, NOON), ""))
    page = state_of(held).dashboards[BOTH.id]
    assert page.dashboard.row.name == "Both"
    before = desk.page.tiles
    assert {one: each.insight for one, each in page.tiles.items()} == {
        one: each.insight for one, each in before.items()
    }
    context = project_context(None, NOON)
    for one, each in page.tiles.items():
        assert view_of(each, context) == view_of(before[one], context)
        assert each.origin.account == Account(id="", host=before[one].origin.account.host)
    assert place_of(held) == "EU, Shop and US, Shop"
    assert all(secret not in repr(held) for secret in (ADA.id, ADA.email, BEN.id, BEN.email))


def test_f_fills_the_screen_with_a_board_as_with_any_dashboard(desk, qtbot):
    desk.desk.cache = desk.ada.parts.cache
    walls = Walls(desk.desk, desk.workspace)
    desk.opens(desk.has(MINE))
    asked = [dashboard for dashboard in desk.desk.state.dashboards if dashboard > 0]
    qtbot.keyClick(desk.window, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: walls.window is not None and walls.window.heading.title == "Mine")
    assert walls.window.conductor.sheet.tile_ids == [1]
    assert walls.window.heading.age
    assert [one for one in desk.desk.state.dashboards if one > 0] == asked
    with qtbot.waitSignal(walls.window.destroyed):
        qtbot.keyClick(walls.window, Qt.Key.Key_Escape)
    assert desk.desk.open_id == MINE.page
    assert desk.tile(1).card_state.age
