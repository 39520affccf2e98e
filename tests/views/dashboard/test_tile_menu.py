import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from phdesk.core.charts.spec import Table
from tests.views.dashboard.one_tile import choose, enabled, opened_menu, shown
from tests.views.dashboard.showing import CHART, text_view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_menu_key_offers_everything_for_a_chart(tile, qtbot):
    shown(tile)
    qtbot.keyClick(tile, Qt.Key.Key_Menu)
    menu = opened_menu(tile, qtbot)
    assert enabled(menu) == dict.fromkeys(
        [
            "Open large",
            "Show as table",
            "Refresh this tile",
            "Copy as table",
            "Copy as image",
            "Export…",
            "Watch a number…",
            "Alerts…",
            "Subscriptions…",
            "Share…",
            "Move to…",
            "Size…",
            "Add to a board…",
            "Change for the team",
            "Edit insight…",
            "Why this number…",
            "Details…",
            "Open in PostHog",
        ],
        True,
    )
    menu.close()


@pytest.mark.parametrize(
    ("view", "off"),
    [
        pytest.param(
            text_view("Notes"),
            {
                "Open large",
                "Show as table",
                "Refresh this tile",
                "Copy as table",
                "Watch a number…",
                "Alerts…",
                "Subscriptions…",
                "Share…",
                "Edit insight…",
                "Why this number…",
            },
            id="text",
        ),
        pytest.param(replace(CHART, table=Table()), {"Show as table", "Copy as table"}, id="bare"),
        pytest.param(
            replace(CHART, short_id=""),
            {
                "Refresh this tile",
                "Watch a number…",
                "Alerts…",
                "Subscriptions…",
                "Share…",
                "Edit insight…",
                "Why this number…",
            },
            id="no address",
        ),
    ],
)
def test_the_menu_turns_off_what_a_tile_cannot(tile, qtbot, view, off):
    shown(tile, view)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(50, 50), tile.mapToGlobal(QPoint(50, 50))
    )
    QApplication.sendEvent(tile, event)
    menu = opened_menu(tile, qtbot)
    assert {text for text, on in enabled(menu).items() if not on} == off
    menu.close()


def test_the_menu_says_from_when_on_a_tile_may_be_refreshed(tile, qtbot):
    shown(tile)
    tile.set_state(replace(tile.card_state, refresh_from="from 14:20 on"))
    qtbot.keyClick(tile, Qt.Key.Key_Menu)
    menu = opened_menu(tile, qtbot)
    assert enabled(menu)["Refresh this tile (from 14:20 on)"] is False
    menu.close()


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Open large", ("open", 4)),
        ("Refresh this tile", ("refresh", 4)),
        ("Details…", ("details", 4)),
        ("Open in PostHog", ("browser", 4)),
    ],
)
def test_a_choice_of_the_menu_is_a_wish(tile, qtbot, text, wish):
    shown(tile)
    qtbot.keyClick(tile, Qt.Key.Key_Menu)
    choose(opened_menu(tile, qtbot), text)
    assert tile.wished == [wish]


def test_the_menu_says_how_to_come_back_to_the_chart(tile, qtbot):
    shown(tile).toggle_table()
    qtbot.keyClick(tile, Qt.Key.Key_Menu)
    menu = opened_menu(tile, qtbot)
    assert "Show as chart" in enabled(menu)
    menu.close()


def test_a_closed_menu_is_gone(tile, qtbot):
    shown(tile)
    for _ in range(3):
        qtbot.keyClick(tile, Qt.Key.Key_Menu)
        opened_menu(tile, qtbot).close()
    qtbot.waitUntil(lambda: tile.findChildren(QMenu) == [])
