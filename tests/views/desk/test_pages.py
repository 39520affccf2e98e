import httpx
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.models.failure import Cause, Failure
from phdesk.store import changes
from phdesk.views import theme as look
from phdesk.views.dashboard import drawing
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.page_words import NOT_KEPT
from phdesk.views.desk.pages import Pages
from phdesk.views.main_window import MainWindow
from tests.services.conftest import ADA
from tests.services.posthog import BROKEN, KEY, Gate
from tests.store.builders import NOON, board
from tests.views.dashboard.showing import exposed, grid_of
from tests.views.desk.conftest import button, sent

BEN = Account(id="us.posthog.com-u2", host="https://us.posthog.com", project_id=7)
LEFT = Qt.MouseButton.LeftButton
GONE = Failure(cause=Cause.NOT_FOUND, message="This dashboard is not there.", status=404)


def rows_of(windowed):
    return [row.name for section in windowed.window.sidebar.shown() for row in section.rows]


def test_a_dashboard_comes_with_its_numbers_and_name(ada):
    assert ada.window.windowTitle() == "Weekly – phdesk"
    assert ada.screen.views[1].table.texts[0][-1] == "3"
    assert rows_of(ada) == ["Weekly"]
    assert ada.window.sidebar._current == 9


def test_what_is_kept_is_shown_before_there_is_a_network(windowed):
    windowed.parts.store.apply(changes.with_account, ADA, Project(id=7))
    windowed.parts.store.apply(changes.with_dashboard, board(*grid_of(2)), now=NOON)
    windowed.pages.start(9)
    assert windowed.window.page is windowed.screen
    assert len(windowed.screen.views) == 2


def test_a_dashboard_without_anything_kept_says_that_it_is_opened(windowed):
    windowed.pages.start(9)
    assert windowed.window.page is windowed.window.empty_page
    assert windowed.window.empty_page.headline == "Opening the dashboard…"


def test_a_start_with_nothing_kept_marks_nothing_until_a_key_is_used(parts, qtbot):
    window = MainWindow(look.light())
    pages = Pages(Desk(window, parts.store, parts.preferences, look.light(), lambda: NOON))
    pages.start(9)
    exposed(qtbot, window, 1200, 700)
    assert QApplication.focusWidget() is window.empty_page
    parts.store.apply(changes.with_account, ADA, Project(id=7))
    parts.store.apply(changes.with_dashboard, board(*grid_of(2)), now=NOON)
    qtbot.waitUntil(lambda: window.page is window.screen_page)
    assert QApplication.focusWidget() is window.screen_page.grid


def test_a_chosen_dashboard_that_is_still_being_read_gets_the_keyboard(windowed, qtbot):
    windowed.parts.store.apply(changes.with_account, ADA, Project(id=7))
    windowed.pages.start(None)
    windowed.window.sidebar.focus_search()
    windowed.window.sidebar.dashboard_requested.emit(9)
    assert QApplication.focusWidget() is windowed.window.empty_page
    windowed.parts.store.apply(changes.with_dashboard, board(*grid_of(2)), now=NOON)
    windowed.shows(windowed.screen)
    assert QApplication.focusWidget() is windowed.screen.grid


@pytest.mark.parametrize(
    ("change", "headline"),
    [
        pytest.param(None, "Reading the list of dashboards…", id="nothing known"),
        pytest.param(
            lambda store: store.apply(changes.with_rows, [], now=NOON),
            "This project has no dashboards yet.",
            id="none",
        ),
        pytest.param(
            lambda store: store.apply(
                changes.with_rows, [DashboardRow(id=9, name="Weekly")], now=NOON
            ),
            "Choose a dashboard.",
            id="some",
        ),
        pytest.param(
            lambda store: store.apply(changes.with_rows_failure, GONE),
            "This dashboard is not there.",
            id="failed",
        ),
    ],
)
def test_without_a_dashboard_the_page_says_why(windowed, change, headline):
    if change is not None:
        change(windowed.parts.store)
    windowed.pages.start(None)
    assert windowed.window.empty_page.headline == headline
    assert windowed.window.windowTitle() == "phdesk"


def test_a_missing_dashboard_can_be_tried_again(ada, server, qtbot):
    server.special["dashboards/77/"] = (404, {"detail": "Not found."})
    ada.pages.open_dashboard(77)
    qtbot.waitUntil(lambda: 77 in ada.state.missing)
    ada.shows(ada.window.empty_page)
    qtbot.waitUntil(lambda: ada.window.empty_page.headline == ada.state.missing[77].message)
    assert ada.window.windowTitle() == "phdesk"
    before = len(server.paths("dashboards/77/"))
    qtbot.mouseClick(button(ada.window.empty_page, "Try again"), LEFT)
    qtbot.waitUntil(lambda: len(server.paths("dashboards/77/")) > before)


def test_the_sidebar_opens_another_dashboard_and_hands_over_the_keyboard(ada, qtbot):
    ada.parts.store.apply(changes.with_dashboard, board(*grid_of(3), dashboard_id=5), now=NOON)
    ada.parts.store.apply(
        changes.with_rows,
        [DashboardRow(id=9, name="Weekly"), DashboardRow(id=5, name="Errors")],
        now=NOON,
    )
    ada.parts.store.announce()
    ada.window.sidebar.focus_search()
    qtbot.keyClicks(ada.window.sidebar.search, "err")
    qtbot.keyClick(ada.window.sidebar.search, Qt.Key.Key_Return)
    assert ada.desk.open_id == 5
    assert len(ada.screen.views) == 3
    focused = QApplication.focusWidget()
    assert ada.screen.grid is focused or ada.screen.grid.isAncestorOf(focused)


def test_refresh_asks_the_server_and_shows_what_it_says(ada, server, qtbot):
    server.tiles[0] = sent(1, 0, 7, 8, 9)
    qtbot.keyClick(ada.window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: ada.screen.views[1].table.texts[0][-1] == "9")


def test_one_tile_alone_can_be_refreshed(ada, server, qtbot):
    before = len(server.paths("insights/10"))
    ada.screen.tile_refresh_requested.emit(2)
    qtbot.waitUntil(lambda: len(server.paths("insights/10")) > before)
    assert set(server.paths("insights/10")[before:]) == {"insights/102/"}


def test_a_tile_that_fails_keeps_its_number(ada, server, qtbot):
    before = ada.screen.views[2].body
    server.special["insights/102/"] = (500, BROKEN)
    ada.screen.tile_refresh_requested.emit(2)
    qtbot.waitUntil(lambda: ada.screen.views[2].warning != "")
    assert ada.screen.views[2].body == before
    assert ada.screen.views[1].warning == ""


def test_progress_is_counted_on_screen(ada, server, qtbot):
    gate = server.special["insights/102/"] = Gate()
    ada.screen.tile_refresh_requested.emit(2)
    qtbot.waitUntil(lambda: ada.screen.age.words.startswith("Refreshed 0 of 1"))
    assert ada.screen.grid.tiles[2].card_state.refreshing
    gate.open()
    qtbot.waitUntil(lambda: not ada.screen.grid.tiles[2].card_state.refreshing)
    qtbot.waitUntil(lambda: ada.screen.age.words.startswith("Oldest tile"))


def test_a_favourite_is_kept_and_shown(ada, qtbot):
    ada.window.sidebar.favourite_toggled.emit(9)
    assert ada.parts.preferences.settings.favourites[ADA.id] == (9,)
    qtbot.waitUntil(lambda: ada.window.sidebar.shown()[0].title == "Favourites")
    ada.window.sidebar.favourite_toggled.emit(9)
    qtbot.waitUntil(lambda: ada.window.sidebar.shown()[0].title != "Favourites")


def test_a_demo_says_that_its_data_is_made_up(windowed):
    demo = replace(ADA, is_demo=True)
    windowed.parts.store.apply(changes.with_account, demo, Project(id=7, is_demo=True))
    windowed.pages.start(None)
    assert windowed.window.sidebar._note.text().startswith("Demo data, made up.")


def test_the_search_keeps_its_text_when_news_arrive(ada, qtbot):
    ada.window.sidebar.focus_search()
    qtbot.keyClicks(ada.window.sidebar.search, "wee")
    ada.parts.store.apply(changes.with_offline, Failure(cause=Cause.NETWORK, message="No network."))
    ada.parts.store.announce()
    assert ada.window.sidebar.search.text() == "wee"
    assert QApplication.focusWidget() is ada.window.sidebar.search
    assert ada.window.sidebar._note.text() == "Offline: you see what was kept."


@pytest.mark.parametrize("where", ["search", "tile"])
def test_signing_in_takes_the_keyboard_from_nobody(ada, qtbot, where):
    if where == "search":
        ada.window.sidebar.focus_search()
    else:
        ada.screen.grid.focus_tile(2)
    focused = QApplication.focusWidget()
    with qtbot.waitSignal(ada.desk.online.signed_in):
        ada.desk.online.resume()
    assert ada.window.page is ada.screen
    assert QApplication.focusWidget() is focused


def test_another_theme_reaches_the_window(ada):
    heard = []
    ada.desk.theme_changed.connect(heard.append)
    before = ada.window.grab().toImage()
    ada.desk.set_theme(look.dark())
    after = ada.window.grab().toImage()
    ada.desk.set_theme(look.light())
    assert before != after
    assert heard == [look.dark(), look.light()]


def test_each_dashboard_stays_where_it_was_scrolled_to(ada, server, qtbot):
    scroll = ada.screen.grid.verticalScrollBar()
    qtbot.waitUntil(lambda: scroll.maximum() > 60)
    scroll.setValue(60)
    server.special["dashboards/12/"] = (200, {"id": 12, "name": "Other", "tiles": server.tiles})
    ada.pages.open_dashboard(12)
    qtbot.waitUntil(lambda: 12 in ada.state.dashboards)
    ada.shows(ada.screen)
    assert scroll.value() == 0
    ada.pages.open_dashboard(9)
    assert scroll.value() == 60


def test_no_number_of_another_account_is_shown_on_a_dashboard_of_the_same_number(
    ada, server, qtbot, monkeypatch
):
    monkeypatch.setattr(drawing, "LARGE", 0)
    ada.screen.set_worker(ada.parts.background)
    hers, seen = ada.screen.views[1].table, []
    page = ada.window.show_dashboard_page

    def note():
        if ada.state.account == BEN:
            seen.append(ada.screen.views[1].table)
        page()

    monkeypatch.setattr(ada.window, "show_dashboard_page", note)
    server.tiles = [sent(1, -5, 70, 80, 90)]
    ada.desk.online.begin(BEN, KEY, Project(id=7))
    qtbot.waitUntil(lambda: bool(seen))
    ada.quiet()
    assert hers not in seen


def test_a_dashboard_that_was_never_opened_says_offline_what_it_waits_for_and_opens_by_itself(
    ada, server, qtbot
):
    server.special["dashboards/12/"] = httpx.ConnectError("no route")
    ada.parts.store.apply(changes.with_offline, Failure(cause=Cause.NETWORK, message="Away."))
    ada.pages.open_dashboard(12)
    assert ada.window.empty_page.headline == "Away.", "at once"
    assert any(one.text() == NOT_KEPT for one in ada.window.empty_page.findChildren(QLabel))
    qtbot.waitUntil(lambda: 12 in ada.state.missing)
    server.special["dashboards/12/"] = (200, {"id": 12, "name": "Other", "tiles": server.tiles})
    ada.desk.online.dashboards.try_again()
    qtbot.waitUntil(lambda: ada.window.page is ada.screen)
    assert set(ada.screen.views) == {1, 2}
