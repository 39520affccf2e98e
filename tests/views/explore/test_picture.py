"""Painted charts opened large: their names hide and show parts, as on a tile."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from phdesk.core.charts.spec import PieBody, ProportionBody
from phdesk.views.explore.picture import Picture
from tests.views.charts import bodies
from tests.views.explore.page import LEFT_BUTTON, double_click, texts
from tests.views.explore.samples import SANKEY, SHARES, view

PIE = PieBody(SHARES, "150")
BODIES = {
    "pie": (PIE, "shares"),
    "proportion": (ProportionBody(SHARES), "shares"),
    "funnel": (bodies.funnel(columns=True, groups=3, steps=3), "groups"),
    "slope": (
        bodies.slopes(("Chrome", 3.0, 5.0), ("Safari", 2.0, 1.0), ("Edge", 1.0, 1.0)),
        "slopes",
    ),
    "box plot": (bodies.boxes(series=3), "series"),
}


@pytest.fixture
def picture(explore):
    def shown(body):
        explore.set_view(view(body))
        return explore.findChild(Picture)

    return shown


def parts(picture, field):
    return [one.hidden for one in getattr(picture._view.body, field)]


def name_of(picture, number):
    """Find where a name can be clicked, by trying."""
    for y in range(picture.height() - 8, 4, -9):
        for x in range(8, picture.width(), 40):
            if picture._part_at(QPointF(x, y)) == number:
                return QPoint(x, y)
    raise AssertionError(f"no name of part {number}")


@pytest.mark.parametrize("name", ["pie", "proportion", "funnel", "box plot"])
def test_a_click_on_a_name_hides_its_part_and_ctrl_shows_it_alone(qtbot, picture, name):
    body, field = BODIES[name]
    large = picture(body)
    count = len(parts(large, field))
    qtbot.mouseClick(large, LEFT_BUTTON, pos=name_of(large, 1))
    assert parts(large, field) == [i == 1 for i in range(count)]
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(large, LEFT_BUTTON, ctrl, name_of(large, 0))
    assert parts(large, field) == [i != 0 for i in range(count)]
    double_click(qtbot, large, name_of(large, 0))
    assert not any(parts(large, field))


def test_what_is_hidden_is_said_and_h_shows_all(qtbot, explore, picture):
    large = picture(PIE)
    qtbot.mouseClick(large, LEFT_BUTTON, pos=name_of(large, 0))
    assert "1 hidden, shares of the rest. H shows all." in texts(explore)
    assert "1 hidden" in large.accessibleDescription()
    qtbot.keyClick(explore, Qt.Key.Key_H)
    assert not any(parts(large, "shares"))
    assert not [words for words in texts(explore) if "hidden" in words]


def test_names_stay_under_the_pointer(qtbot, picture):
    large = picture(PIE)
    before = large.geometry()
    qtbot.keyClick(large, Qt.Key.Key_1)
    assert large.geometry() == before


def test_a_tooltip_about_what_is_gone_goes(qtbot, picture):
    large = picture(PIE)
    middle = QPoint(large.width() // 2 + 20, large.height() // 2)
    assert tip_at(large, middle)
    qtbot.keyClick(large, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.parametrize("name", list(BODIES))
def test_the_keyboard_hides_and_isolates_by_number(qtbot, picture, name):
    body, field = BODIES[name]
    large = picture(body)
    count = len(parts(large, field))
    qtbot.keyClick(large, Qt.Key.Key_2)
    assert parts(large, field) == [i == 1 for i in range(count)]
    qtbot.keyClick(large, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert parts(large, field) == [i != 0 for i in range(count)]
    qtbot.keyClick(large, Qt.Key.Key_9)
    qtbot.keyClick(large, Qt.Key.Key_0)
    assert not any(parts(large, field))


def test_a_refreshed_chart_keeps_what_is_hidden_and_another_does_not(qtbot, explore, picture):
    large = picture(PIE)
    explore.set_view(view(PIE, short_id="pie"))
    qtbot.keyClick(large, Qt.Key.Key_1)
    explore.set_view(view(PIE, short_id="pie"))
    assert parts(large, "shares") == [True, False, False]
    explore.set_view(view(PIE, short_id="other"))
    assert not any(parts(large, "shares"))


def test_a_click_on_a_stop_follows_it_and_again_shows_all(qtbot, picture):
    large = picture(SANKEY)
    spot = next(
        QPoint(x, y)
        for y in range(4, large.height(), 40)
        for x in range(4, large.width(), 12)
        if (found := tip_at(large, QPoint(x, y))) and "<b>/pricing</b>" in found
    )
    qtbot.mouseClick(large, LEFT_BUTTON, pos=spot)
    assert large.difference() == "linked with /pricing"
    large.show_all()
    assert large.difference() == ""


def tip_at(large, spot):
    QToolTip.hideText()
    place = QPointF(spot)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QMouseEvent.Type.MouseMove, place, large.mapToGlobal(place), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(large, moved)
    return QToolTip.text()


def test_the_pointer_reads_a_slice_at_once(picture):
    large = picture(PIE)
    found = {tip_at(large, QPoint(x, large.height() // 2)) for x in range(0, large.width(), 20)}
    assert any("Chrome" in words and "90" in words for words in found)
