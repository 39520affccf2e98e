import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox

from phdesk.store import tiles
from phdesk.views import theme as look
from phdesk.views.dashboard import drawing
from phdesk.views.explore.explore import Explore
from phdesk.views.notice import MAY_BREAK
from tests.services.posthog import HOST
from tests.store.builders import NOON, TROUBLE
from tests.views.dashboard.showing import trend
from tests.views.desk.conftest import button

LEFT = Qt.MouseButton.LeftButton


def details(ada, tile_id):
    ada.screen.grid.tiles[tile_id].ask_details()
    return ada.dialog(QMessageBox)


def words(box):
    return "\n".join(label.text() for label in box.findChildren(QLabel))


def test_the_button_opens_the_dashboard_in_posthog(ada, qtbot):
    qtbot.mouseClick(button(ada.screen, "Open in PostHog"), LEFT)
    assert ada.browsed == [f"{HOST}/project/7/dashboard/9"]


def test_a_tile_opens_its_insight_in_posthog(ada):
    ada.screen.grid.tiles[2].ask_browser()
    assert ada.browsed == [f"{HOST}/project/7/insights/short102"]


def test_a_tile_without_a_page_of_its_own_opens_its_dashboard(ada):
    ada.screen.views[2] = replace(ada.screen.views[2], short_id="")
    ada.screen.grid.tiles[2].ask_browser()
    assert ada.browsed == [f"{HOST}/project/7/dashboard/9"]


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ("https://example.com/a", ["https://example.com/a"]),
        ("/insights/x", [f"{HOST}/insights/x"]),
        ("mailto:ada@example.org", []),
        ("javascript:alert(1)", []),
        ("file:///etc/passwd", []),
        ("//evil.example", []),
    ],
)
def test_only_safe_links_reach_the_browser(ada, link, opened):
    ada.screen.link_requested.emit(1, link)
    assert ada.browsed == opened


def test_a_link_that_no_browser_takes_can_be_copied(ada, qtbot):
    ada.has_browser = False
    qtbot.mouseClick(button(ada.screen, "Open in PostHog"), LEFT)
    address = f"{HOST}/project/7/dashboard/9"
    assert ada.window.notice.isVisible()
    words = ada.window.notice.text.replace(MAY_BREAK, "")
    assert words == f"No browser could be started. The address is {address}"
    qtbot.mouseClick(button(ada.window.notice, "Copy the address"), LEFT)
    assert QGuiApplication.clipboard().text() == address


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.b/c", "x"])
def test_nothing_but_the_web_is_opened(ada, url):
    ada.desk.browse(url)
    assert ada.browsed == []


def test_a_large_tile_gives_way_to_the_dashboard_that_is_found(ada, qtbot):
    explore = Explore(look.light())
    ada.tiles.show(explore, 2)
    qtbot.keyClick(ada.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert ada.window.sidebar.search.hasFocus()
    qtbot.keyClick(ada.window.sidebar.search, Qt.Key.Key_Return)
    assert ada.window.page is ada.screen
    assert not explore.isVisible()
    explore.deleteLater()


def test_details_say_when_and_what(ada):
    box = details(ada, 1)
    assert box.windowTitle() == "Insight 101"
    assert "Calculated: 2026-11-23 11:55:00 UTC" in words(box)
    assert "Counts as fresh until: 2026-11-23 22:00:00 UTC" in words(box)
    box.close()


def test_details_of_a_failure_say_what_failed_and_since_when(ada, qtbot):
    ada.parts.store.apply(tiles.with_tile_failure, (9, 1), TROUBLE, now=NOON, asked=99)
    ada.parts.store.announce()
    box = details(ada, 1)
    assert "Newest refresh: The server had an error." in words(box)
    assert "Failing since: 2026-11-23 12:00:00 UTC" in words(box)
    box.close()


def test_details_show_the_words_of_the_data_as_text(ada):
    box = details(ada, 1)
    shown = [label for label in box.findChildren(QLabel) if label.text()]
    assert len(shown) >= 2
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}
    box.close()


def test_closed_details_are_gone(ada, qtbot):
    for _ in range(3):
        details(ada, 1).close()
        qtbot.waitUntil(lambda: ada.window.findChildren(QMessageBox) == [])


def test_opening_a_tile_asks_for_the_large_view(ada, qtbot):
    with qtbot.waitSignal(ada.tiles.explore_requested) as wish:
        ada.screen.grid.focus_tile(2)
        qtbot.keyClick(ada.screen.grid.tiles[2], Qt.Key.Key_Return)
    assert wish.args == [2]


def test_a_tile_opened_large_goes_back_to_where_it_was(ada, qtbot):
    explore = Explore(look.light())
    ada.tiles.show(explore, 2)
    assert ada.window.page is explore
    assert not ada.window.sidebar.isVisible()
    explore.open_in_browser_requested.emit("short102")
    assert ada.browsed == [f"{HOST}/project/7/insights/short102"]
    explore.close_requested.emit()
    assert ada.window.page is ada.screen
    assert ada.window.sidebar.isVisible()
    assert ada.screen.grid.tiles[2].hasFocus()
    explore.deleteLater()


def test_a_tile_that_is_gone_does_not_open(ada):
    explore = Explore(look.light())
    ada.tiles.show(explore, 77)
    assert ada.window.page is ada.screen
    assert ada.tiles.explore is explore  # kept for the next tile
    explore.deleteLater()


def test_the_focus_view_takes_a_large_result_when_its_view_was_made(
    ada, online, qtbot, monkeypatch
):
    monkeypatch.setattr(drawing, "LARGE", 1)
    explore = Explore(look.light())
    ada.tiles.show(explore, 2)
    shown, take = [], explore.set_view
    monkeypatch.setattr(explore, "set_view", lambda view: (shown.append(view), take(view)))
    ada.screen.set_worker(online.worker)
    found = trend(5, 7, 8, 9)
    ada.parts.store.apply(tiles.with_tile_result, (9, 2), found, now=NOON, asked=9)
    before = ada.screen.views[2]
    qtbot.waitUntil(lambda: ada.screen.views[2] is not before)
    assert shown[-1] is ada.screen.views[2]
    explore.deleteLater()
