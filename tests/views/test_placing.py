import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from phdesk.services.settings import Window
from phdesk.views.placing import FIRST_SIZE, STEP, beside, clamped, place, place_of

NEAR = st.integers(-5000, 5000)
LONG = st.integers(1, 6000)
RECTANGLES = st.builds(QRect, NEAR, NEAR, LONG, LONG)
SCREENS = st.lists(RECTANGLES, min_size=1, max_size=4)
LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)


@given(RECTANGLES, SCREENS)
def test_a_window_always_lies_within_a_screen(wanted, screens):
    placed = clamped(wanted, screens)
    assert any(screen.contains(placed) for screen in screens)
    assert placed.width() <= wanted.width()
    assert placed.height() <= wanted.height()


@given(RECTANGLES, SCREENS)
def test_placing_twice_is_placing_once(wanted, screens):
    placed = clamped(wanted, screens)
    assert clamped(placed, screens).size() == placed.size()


@given(RECTANGLES, SCREENS)
def test_a_window_that_fits_stays(screen, others):
    inside = screen.adjusted(0, 0, -(screen.width() // 3), -(screen.height() // 3))
    assert clamped(inside, [screen]) == inside


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        pytest.param(QRect(2000, 50, 800, 600), QRect(2000, 50, 800, 600), id="second screen"),
        pytest.param(QRect(1800, 50, 800, 600), QRect(1920, 50, 800, 600), id="across both"),
        pytest.param(QRect(9000, 9000, 800, 600), QRect(1120, 480, 800, 600), id="gone screen"),
        pytest.param(QRect(100, 100, 5000, 5000), LEFT, id="too large"),
        pytest.param(QRect(-300, -20, 800, 600), QRect(0, 0, 800, 600), id="above the top"),
    ],
)
def test_a_window_goes_to_the_screen_that_shows_most_of_it(wanted, placed):
    assert clamped(wanted, [LEFT, RIGHT]) == placed


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


def test_the_first_window_fits_the_screen(window):
    place(window, None)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert (window.width(), window.height()) == (
        min(FIRST_SIZE[0], screen.width()),
        min(FIRST_SIZE[1], screen.height()),
    )


def test_a_window_comes_back_where_it_was(window):
    place(window, Window(30, 40, 500, 400))
    window.show()
    assert window.geometry() == QRect(30, 40, 500, 400)
    assert place_of(window) == Window(30, 40, 500, 400)


def test_a_maximised_window_remembers_its_own_size(window):
    place(window, Window(30, 40, 500, 400, maximised=True))
    window.show()
    assert window.isMaximized()
    assert place_of(window) == Window(30, 40, 500, 400, maximised=True)


def test_a_window_in_full_screen_remembers_its_own_size(window):
    place(window, Window(30, 40, 500, 400))
    window.show()
    window.setWindowState(Qt.WindowState.WindowFullScreen)
    assert place_of(window) == Window(30, 40, 500, 400)


def test_a_window_made_from_another_has_its_size_a_step_aside(window):
    place(window, Window(30, 40, 500, 400, maximised=True))
    window.show()
    assert beside(window) == Window(30 + STEP, 40 + STEP, 500, 400)


def test_a_window_of_a_torn_tab_lies_under_the_pointer(window):
    place(window, Window(30, 40, 500, 400))
    window.show()
    found, dropped = beside(window, QPoint(700, 300)), QPoint(700, 300)
    assert QRect(found.x, found.y, found.width, found.height).contains(dropped)
    assert (found.width, found.height) == (500, 400)
