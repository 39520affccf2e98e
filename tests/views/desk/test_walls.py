"""F fills the screen with the dashboard that is open; Esc comes back."""

import asyncio

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from phdesk.models.alert import Alert
from phdesk.services.workspace import Workspace
from phdesk.store.alerts import with_alerts
from phdesk.store.changes import with_account
from phdesk.views.desk.walls import MONITOR_MODE, Walls
from tests.store.builders import NOON


@pytest.fixture
def walls(ada):
    ada.desk.cache = ada.parts.cache
    workspace = Workspace(ada.state)
    workspace.store = ada.parts.store
    workspace.online = ada.desk.online
    made = Walls(ada.desk, workspace)
    yield made
    made.leave()


def wall(walls, ada):
    ada.qtbot.keyClick(ada.window, Qt.Key.Key_F)
    ada.qtbot.waitUntil(lambda: walls.window is not None and walls.window.heading.title != "")
    return walls.window


def test_the_open_dashboard_fills_the_screen(ada, walls):
    shown = wall(walls, ada)
    assert shown.isFullScreen()
    assert shown.heading.title == "Weekly"
    assert shown.conductor.sheet.tile_ids == list(ada.board.tiles)


def test_esc_comes_back_and_f_begins_anew(ada, walls, qtbot):
    shown = wall(walls, ada)
    with qtbot.waitSignal(shown.destroyed):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert walls.window is None
    qtbot.waitUntil(ada.window.isActiveWindow)
    assert wall(walls, ada).heading.title == "Weekly"


def test_it_asks_for_nothing_that_the_window_has(ada, walls, server):
    asked = len(server.paths("dashboards/9"))
    wall(walls, ada)
    assert len(server.paths("dashboards/9")) == asked


def test_it_is_found_by_name_and_keeps_the_dashboard_open_when_it_ends(ada, walls, qtbot):
    action = next(one for one in ada.window.shortcut_actions if one.text() == MONITOR_MODE)
    action.trigger()
    assert walls.window is not None
    walls.leave()
    assert ada.desk.online.dashboards.is_watched(9)


def test_a_wall_ends_when_another_account_comes_on(ada, walls):
    wall(walls, ada)
    ada.parts.store.apply(with_account, None, None)
    ada.parts.store.announce()
    assert walls.window is None


def test_the_pointer_hides_over_a_wall_and_is_there_again_after_it(ada, walls, monkeypatch):
    monkeypatch.setattr("phdesk.views.monitor.care.RESTS_AFTER", 20)
    wall(walls, ada)
    ada.qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is not None)
    assert QGuiApplication.overrideCursor().shape() == Qt.CursorShape.BlankCursor
    walls.leave()
    assert QGuiApplication.overrideCursor() is None


class Way:
    """Something that keeps a screen on."""

    def __init__(self):
        self.takes = False

    async def take(self):
        self.takes = True
        return "the test"

    async def lost(self):
        await asyncio.Event().wait()

    async def give_back(self):
        self.takes = False


def test_the_screen_stays_on_for_as_long_as_there_is_a_wall(ada, walls, monkeypatch):
    way = Way()
    monkeypatch.setattr("phdesk.services.awake.ways_here", lambda _windowing: [way])
    wall(walls, ada)
    ada.qtbot.waitUntil(lambda: way.takes)
    walls.leave()
    ada.qtbot.waitUntil(lambda: not way.takes)


def test_an_alert_has_the_screen_once_however_often_the_wall_is_begun(ada, walls, qtbot):
    ada.desk.preferences.change(replace, wall_alerts="take over")
    fires = Alert(id="a1", name="Low", state="Firing", lower=5, value=2, insight_id=101)
    ada.parts.store.apply(with_alerts, [fires], now=NOON)

    def alarm(shown):
        return shown.conductor.showing.alarm

    shown = wall(walls, ada)
    qtbot.waitUntil(lambda: alarm(shown) is not None)
    assert alarm(shown).name == "Low"
    with qtbot.waitSignal(shown.destroyed):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = wall(walls, ada)
    qtbot.waitUntil(lambda: again.heading.alerts == "1 alert")
    again.conductor.tick()
    assert alarm(again) is None
    assert not again.conductor.takeover.is_on
