from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.core.wall.care import FADE, STEP
from phdesk.models.wall import Care, Hours
from phdesk.views.monitor import care as room
from phdesk.views.monitor.care import PanelCare, PointerRest

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
CARE = Care(
    dim=(Hours(start=18 * 60, end=22 * 60),), dim_to=40, off=(Hours(start=22 * 60, end=6 * 60),)
)


class Wall:
    """Notes what is set, as the window of a wall takes it."""

    def __init__(self):
        self.dim, self.offset, self.off = 1.0, (0, 0), False
        self.set = []

    def width(self):
        return 1920

    def height(self):
        return 1080

    def set_dim(self, share):
        self.set.append("dim")
        self.dim = share

    def set_offset(self, dx, dy):
        self.set.append("offset")
        self.offset = dx, dy

    def set_off(self, off):
        self.set.append("off")
        self.off = off


class Hour:
    """A clock that is set by hand."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        return self.now

    def at(self, hour, minute=0):
        self.now = NOON.replace(hour=hour, minute=minute)


@pytest.fixture
def clock():
    return Hour()


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def care(qtbot, wall, clock):
    one = PanelCare(wall, clock, UTC)
    one.set_care(CARE)
    return one


def test_a_wall_dims_in_its_hours(care, wall, clock):
    assert wall.dim == 1.0
    clock.at(18, 30)
    care.look()
    assert wall.dim == pytest.approx(0.4)
    clock.at(22, 30)
    care.look()
    assert wall.dim == 1.0


def test_a_wall_goes_dark_in_steps_that_nobody_sees(care, wall, clock):
    clock.at(18)
    seen = []
    for _ in range(int(FADE.total_seconds())):
        clock.now += timedelta(seconds=1)
        before = wall.dim
        care.look()
        seen.append(before - wall.dim)
    assert max(seen) < 2 / 255
    assert wall.dim == pytest.approx(0.4, abs=1 / 255)


def test_the_picture_moves_by_a_pixel_now_and_then(care, wall, clock):
    places = set()
    for _ in range(10):
        clock.now += STEP
        care.look()
        places.add(wall.offset)
    assert len(places) == 10
    care.set_care(Care(shift=False))
    assert wall.offset == (0, 0)


def test_a_wall_that_is_off_is_black_and_asks_nothing_until_shortly_before_its_end(
    care, wall, clock, qtbot
):
    seen = []
    for hour, minute in ((21, 59), (22, 0), (5, 54), (5, 55), (6, 0)):
        clock.at(hour, minute)
        care.look()
        seen.append((wall.off, care.shown.refreshed, care.shown.awake))
    assert seen == [
        (False, True, True),
        (True, False, False),
        (True, False, False),
        (True, True, False),
        (False, True, True),
    ]


def test_who_refreshes_is_told_when_it_rests(care, wall, clock, qtbot):
    clock.at(22)
    with qtbot.waitSignal(care.changed):
        care.look()
    with qtbot.assertNotEmitted(care.changed):
        care.look()


def test_other_hours_hold_at_once(care, wall, clock):
    care.set_care(Care(off=(Hours(),)))
    assert wall.off
    care.set_care(Care())
    assert not wall.off


def test_what_stays_the_same_is_set_once(care, wall):
    wall.set.clear()
    for _ in range(5):
        care.look()
    assert wall.set == []


def test_a_wall_looks_at_the_clock_by_itself(qtbot, wall, clock, monkeypatch):
    monkeypatch.setattr(room, "TICK", 5)
    one = PanelCare(wall, clock, UTC)
    one.set_care(CARE)
    clock.at(23)
    qtbot.waitUntil(lambda: wall.off)


@pytest.fixture
def pointer(qtbot, monkeypatch):
    monkeypatch.setattr(room, "RESTS_AFTER", 20)
    one = PointerRest()
    yield one
    one.stop()
    assert QGuiApplication.overrideCursor() is None


def test_a_pointer_that_nobody_moves_is_hidden_and_comes_back_when_moved(pointer, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    hand = QLabel("a link", window)
    hand.setCursor(Qt.CursorShape.PointingHandCursor)
    window.show()
    pointer.watch(window)
    qtbot.waitUntil(lambda: pointer.is_hidden)
    assert QGuiApplication.overrideCursor().shape() == Qt.CursorShape.BlankCursor
    QTest.mouseMove(window.windowHandle(), QPoint(40, 50))
    assert not pointer.is_hidden
    assert QGuiApplication.overrideCursor() is None
    qtbot.waitUntil(lambda: pointer.is_hidden)
    QTest.mouseMove(window.windowHandle(), QPoint(40, 50))  # as some systems do, by themselves
    assert pointer.is_hidden
