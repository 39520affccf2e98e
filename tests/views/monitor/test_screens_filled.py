"""Walls fill their monitors again, whatever makes their windows smaller."""

import pytest
from PySide6.QtWidgets import QWidget

from phdesk.models.wall import Wall
from phdesk.views.monitor import screens as room
from phdesk.views.monitor.screens import TRIES, UNFILLED, Screens


class Stubborn(QWidget):
    """A window that its desktop keeps as it is."""

    def __init__(self):
        super().__init__()
        self.asked = 0
        self.obeys = True

    def showFullScreen(self):  # noqa: N802
        self.asked += 1
        if self.obeys:
            super().showFullScreen()


class Plain:
    def __init__(self):
        self.window = Stubborn()

    def add(self, _name, _wall):
        return self.window

    def change(self, _name, _wall):
        pass

    def remove(self, _name):
        pass


@pytest.fixture
def hung(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(room, "LOOK", 10)
    plain = Plain()
    qtbot.addWidget(plain.window)
    screens = Screens(qapp, plain)
    screens.set_walls({"": Wall()})
    qtbot.waitExposed(plain.window)
    yield plain.window, screens
    screens.deleteLater()


def is_full(window):
    full = window.isVisible() and window.isFullScreen() and not window.isMinimized()
    return full and window.size() == window.screen().size()


@pytest.mark.parametrize("leave", ["showNormal", "showMinimized", "showMaximized", "hide"])
def test_a_wall_that_its_desktop_made_smaller_fills_its_monitor_again(hung, qtbot, leave):
    window, screens = hung
    assert is_full(window)
    getattr(window, leave)()
    if leave == "showNormal":
        window.resize(300, 200)
    assert not is_full(window)
    qtbot.waitUntil(lambda: is_full(window))
    assert screens.problems == ()


def test_a_desktop_with_its_own_mind_is_not_fought_for_ever_but_told_of(hung, qtbot):
    window, screens = hung
    window.obeys, window.asked = False, 0
    window.showNormal()
    with qtbot.waitSignal(screens.changed):
        pass
    assert screens.problems == (UNFILLED.format(name=screens.seats[0].monitor),)
    assert window.asked == TRIES
    window.obeys = True
    with qtbot.waitSignal(screens.changed):
        window.showFullScreen()
    assert screens.problems == ()
