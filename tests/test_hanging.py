import subprocess
import sys
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from phdesk.core.watching.editing import with_watch
from phdesk.core.watching.numbers import figures_of
from phdesk.demo.server import DemoServer
from phdesk.models.beat import Place
from phdesk.models.wall import Care, Hours, Item, Screen, Wall
from phdesk.models.watch import Bound, Watch
from phdesk.services.environment import Given
from phdesk.store.contexts import context_of
from tests.services.buses import Bus, desktop, needs_bus
from tests.wall_parts import hung

WAIT = 20_000  # ms
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
STILL = Care(shift=False)
NIGHT = Care(off=(Hours(start=22 * 60, end=6 * 60),))
NAME = "screen-1"  # Qt's platform for tests gives none
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def screen(care=STILL, **more):
    wall = Wall(items=(Item(dashboard=1),), care=care)
    return Screen(name="", walls={"": wall}, timezone="UTC", **more)


@pytest.fixture(scope="module")
def server():
    with DemoServer() as server:
        yield server


@pytest.fixture
def given(server):
    return lambda: Given(server.key, server.url, server.project_id)


class Hour:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Hour()
    monkeypatch.setattr("phdesk.hanging.utc_now", made)
    return made


def test_a_wall_fills_its_monitor_and_shows_its_dashboard(qtbot, tmp_path, given, qapp):
    with hung(tmp_path, given, screen()) as walls:
        qtbot.waitUntil(walls.is_whole, timeout=WAIT)
        assert walls.window.isFullScreen()
        assert walls.window.geometry() == qapp.primaryScreen().geometry()
        assert list(walls.monitor.windows) == [NAME]


def test_a_wall_at_night_is_black_and_rests_until_shortly_before_its_day(
    qtbot, tmp_path, given, clock, monkeypatch
):
    with hung(tmp_path, given, screen(NIGHT)) as walls:
        qtbot.waitUntil(walls.is_whole, timeout=WAIT)
        care = next(iter(walls.hanging._hung.values())).care
        auto = walls.online.dashboards.auto
        monitor, alerts = walls.monitor, walls.online.alerts
        listed, seen, asked = [], [], []
        monkeypatch.setattr(walls.online, "list_dashboards", lambda: listed.append(clock.now.hour))
        for hour, minute in ((21, 59), (23, 0), (5, 58), (6, 0)):
            clock.now = NOON.replace(hour=hour, minute=minute)
            care.look()
            seen.append((walls.window.is_off, auto._hidden))
            asked.append(not alerts.paused)
            if hour > 20:
                monitor._listing.timeout.emit()
        assert seen == [(False, False), (True, True), (True, False), (False, False)]
        assert asked == [True, False, True, True]
        assert listed == [21, 5], "tags are read again once somebody may see them"


def test_a_locked_wall_is_left_by_its_chord_and_no_other_way(qtbot, tmp_path, given):
    with hung(tmp_path, given, screen(locked=True)) as walls:
        qtbot.waitUntil(lambda: walls.window.frame > 0)
        handle = walls.window.windowHandle()
        QTest.keyClick(handle, Qt.Key.Key_Escape)
        walls.window.close()
        assert walls.window.isVisible()
        assert walls.left == 0
        QTest.keyClick(handle, Qt.Key.Key_L, CTRL_SHIFT)
        assert walls.left == 1
        walls.window.close()
        assert not walls.window.isVisible()


def test_a_lock_that_is_lifted_in_the_file_is_lifted_on_the_wall(qtbot, tmp_path, given):
    with hung(tmp_path, given, screen(locked=True)) as walls:
        before = walls.window
        walls.hanging.set_screen(screen(locked=False))
        QTest.keyClick(walls.window.windowHandle(), Qt.Key.Key_Escape)
        assert walls.left == 1
        assert walls.window is before


def test_a_wall_begins_where_it_was(qtbot, tmp_path, given, qapp):
    two = replace(screen(), walls={"": Wall(items=(Item(dashboard=1), Item(dashboard=2)))})
    with hung(tmp_path, given, two) as walls:
        qtbot.waitUntil(walls.is_whole, timeout=WAIT)
        first = walls.window.beat()
        walls.window.conductor.go_on()
        qtbot.waitUntil(lambda: walls.window.beat().item != first.item or walls.window.beat().page)
        there = walls.window.beat()
    with hung(
        tmp_path, given, two, resume={NAME: Place(item=there.item, page=there.page)}
    ) as walls:
        qtbot.waitUntil(lambda: bool(walls.window.beat().item), timeout=WAIT)
        assert (walls.window.beat().item, walls.window.beat().page) == (there.item, there.page)


@needs_bus
def test_the_screen_is_kept_on_while_a_wall_is_to_be_seen(
    qtbot, tmp_path, given, clock, monkeypatch
):
    bus = Bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    try:
        with desktop(bus) as service, hung(tmp_path, given, screen(NIGHT)) as walls:
            qtbot.waitUntil(lambda: bool(service.holders), timeout=WAIT)
            assert walls.hanging.trouble() == ()
            clock.now = NOON.replace(hour=23)
            next(iter(walls.hanging._hung.values())).care.look()
            qtbot.waitUntil(lambda: not service.holders)
    finally:
        bus.stop()


def test_what_cannot_be_kept_on_is_a_problem_of_the_wall(qtbot, tmp_path, given, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with hung(tmp_path, given, screen()) as walls:
        qtbot.waitUntil(lambda: bool(walls.hanging.trouble()), timeout=WAIT)
        assert "by hand" in walls.hanging.trouble()[0]


def test_a_wall_is_painted_before_anything_heavy_is_imported():
    late = {"asyncio", "httpx", "keyring", "jeepney", "numpy", "pyqtgraph"}
    words = f"import sys, phdesk.cli.monitor; print({late} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", words], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "set()\n"


def test_a_watch_is_judged_on_what_the_wall_reads_and_nothing_is_asked_for_it(
    qtbot, tmp_path, given
):
    fires = screen()
    wall = replace(fires.walls[""], alerts="take over")
    with hung(tmp_path, given, replace(fires, walls={"": wall})) as walls:
        qtbot.waitUntil(walls.is_whole, timeout=WAIT)
        where, state = walls.monitor.workspace.where, walls.monitor.workspace.store.state
        page = state.dashboards[1]
        context = context_of(page, state.project, datetime.now(UTC), state.around)
        tile, figure = next(
            (number, figures[0])
            for number, held in page.tiles.items()
            if held.insight is not None and (figures := figures_of(held.insight, context))
        )
        watch = Watch(
            id="w", account=where[0], project=where[1], dashboard=1, tile=tile,
            number=figure.address, condition=Bound("above", -1), name="Any at all",
        )  # fmt: skip
        room = walls.monitor._watches
        assert room.keeping is None
        room.list.change(with_watch, watch)
        shown = lambda: walls.showing.alarm and walls.showing.alarm.name  # noqa: E731
        qtbot.waitUntil(lambda: shown() == "Any at all", timeout=WAIT)
        assert walls.heading.alerts
        QTest.keyClick(walls.window, Qt.Key.Key_N)
        qtbot.waitUntil(lambda: shown() is None, timeout=WAIT)
