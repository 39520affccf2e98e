"""The names of pies, proportion bars, slopes, box plots and funnels, with real events."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.core.charts.parts import names
from phdesk.views import theme as look
from phdesk.views.charts import pointing
from phdesk.views.dashboard import card
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.widgets.pinned import Pinned
from tests.views.charts import bodies
from tests.views.dashboard.showing import exposed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KINDS = ("pie", "donut", "proportion", "slope", "two box plots", "funnel groups", "funnel compared")
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def tile(qtbot, kind):
    QCursor.setPos(799, 799)  # beside the window
    holder = exposed(qtbot, QWidget(), 620, 420)
    tile = TileWidget(4, look.light(), holder)
    tile.setGeometry(10, 10, 580, 380)
    tile.show()
    view = replace(bodies.FAIR[kind], table=bodies.TABLE, summary="As it came.")
    tile.set_view(view)
    tile.opened = []
    tile.wishes.open_requested.connect(tile.opened.append)
    yield tile
    QToolTip.hideText()


def at_name(tile, number):
    """Find a name by asking every few pixels."""
    inner = card.body_rect(tile.rect().toRectF(), tile.view)
    for y in range(int(inner.bottom()), int(inner.top()), -6):
        for x in range(int(inner.left()), int(inner.right()), 24):
            point = QPointF(x, y)
            found = pointing.part_at(inner, tile.shown.body, look.light(), point)
            if found == number:
                return point.toPoint()
    raise AssertionError(number)


def hidden(tile):
    return tile.shown.body.set_aside


def others(tile, number):
    return tuple(i for i in range(len(names(tile.view.body))) if i != number)


@every_kind
def test_a_click_on_a_name_hides_it_and_again_shows_it(tile, qtbot):
    before = tile.grab().toImage()
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    assert hidden(tile) == (1,)
    assert tile.card_state.local.startswith("1 hidden")
    assert tile.grab().toImage() != before
    assert tile.findChild(Pinned) is None, "a name is no point to pin"
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    assert hidden(tile) == ()
    assert tile.shown.body == tile.view.body


@every_kind
def test_a_ctrl_click_shows_one_alone(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, CTRL, at_name(tile, 0))
    assert hidden(tile) == others(tile, 0)
    qtbot.mouseClick(tile, LEFT, CTRL, at_name(tile, 0))
    assert hidden(tile) == ()


@every_kind
def test_a_double_click_on_a_name_shows_all_and_does_not_open_the_tile(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, CTRL, at_name(tile, 1))
    spot = at_name(tile, 1)
    qtbot.mouseDClick(tile, LEFT, pos=spot)
    assert hidden(tile) == ()
    assert tile.opened == []


@every_kind
def test_a_double_click_elsewhere_opens_the_tile(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    qtbot.mouseDClick(tile, LEFT, pos=QPoint(290, 70))
    assert tile.opened == [4]
    assert hidden(tile) == (1,)


@every_kind
def test_keys_hide_isolate_and_show_all(tile, qtbot):
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)
    qtbot.keyClick(tile, Qt.Key.Key_2)
    assert hidden(tile) == (1,)
    qtbot.keyClick(tile, Qt.Key.Key_9)
    assert hidden(tile) == (1,), "there is no ninth"
    qtbot.keyClick(tile, Qt.Key.Key_0)
    assert hidden(tile) == ()
    qtbot.keyClick(tile, Qt.Key.Key_1, ALT)
    assert hidden(tile) == others(tile, 0)
    qtbot.keyClick(tile, Qt.Key.Key_0)
    assert hidden(tile) == ()
    assert tile.card_state.local == ""


@every_kind
def test_it_is_said_and_table_and_sentence_stay_whole(tile, qtbot):
    table, summary = tile.view.table, tile.view.summary
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    said = tile.accessibleDescription()
    assert said.startswith("As it came.")
    assert "Shown here: 1 hidden" in said
    assert (tile.shown.table, tile.shown.summary) == (table, summary)


@every_kind
def test_the_menu_shows_all_again(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    action = next(one for one in tile._menu().actions() if one.text() == "Show all again")
    action.trigger()
    assert hidden(tile) == ()


@pytest.mark.parametrize("kind", ["pie"])
def test_a_new_result_keeps_what_is_hidden(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    shares = tuple(reversed(tile.view.body.shares))
    tile.set_view(replace(tile.view, body=replace(tile.view.body, shares=shares)))
    assert hidden(tile) == (3,), "it is known by its name, not by its place"


@pytest.mark.parametrize("kind", ["slope"])
def test_the_second_click_of_a_double_click_needs_no_name_below_it(tile, qtbot):
    """A hidden slope leaves its place, and the name is gone from under the pointer."""
    spot = at_name(tile, 1)
    qtbot.mouseClick(tile, LEFT, pos=spot)
    assert hidden(tile) == (1,)
    inner = card.body_rect(tile.rect().toRectF(), tile.view)
    assert pointing.part_at(inner, tile.shown.body, look.light(), spot.toPointF()) is None
    qtbot.mouseDClick(tile, LEFT, pos=spot)
    assert hidden(tile) == ()
