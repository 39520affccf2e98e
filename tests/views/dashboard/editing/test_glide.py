import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from phdesk.views.dashboard.editing.glide import Glide

HERE, THERE, FAR = QRect(0, 0, 100, 50), QRect(200, 80, 100, 50), QRect(0, 5000, 100, 50)
SEEN = QRect(0, 0, 600, 400)


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def child(page):
    child = QWidget(page)
    child.setGeometry(HERE)
    return child


def test_a_widget_passes_through_what_lies_between(child, qtbot):
    glide, passed = Glide(), []

    def note_place(_value):
        passed.append(child.geometry())

    glide._clock.valueChanged.connect(note_place)
    glide.to({child: THERE}, SEEN, smooth=True)
    assert child.geometry() == HERE
    qtbot.waitUntil(lambda: not glide.moving)
    assert child.geometry() == THERE
    assert [one.x() for one in passed] == sorted(one.x() for one in passed)
    assert any(HERE.x() < one.x() < THERE.x() for one in passed)


def test_without_motion_it_is_there_at_once(child):
    Glide().to({child: THERE}, SEEN, smooth=False)
    assert child.geometry() == THERE


def test_out_of_sight_it_is_there_at_once(child):
    child.setGeometry(FAR)
    Glide().to({child: FAR.translated(0, 100)}, SEEN, smooth=True)
    assert child.geometry() == FAR.translated(0, 100)


def test_a_new_goal_is_reached_from_where_it_is(child, qtbot):
    glide = Glide()
    glide.to({child: THERE}, SEEN, smooth=True)
    qtbot.waitUntil(lambda: child.x() > 0)
    between = child.geometry()
    glide.to({child: HERE}, SEEN, smooth=True)
    assert child.geometry() == between
    qtbot.waitUntil(lambda: not glide.moving)
    assert child.geometry() == HERE


def test_what_is_forgotten_stays(child, qtbot):
    glide = Glide()
    glide.to({child: THERE}, SEEN, smooth=True)
    glide.forget(child)
    assert not glide.moving
    assert child.geometry() == HERE
