"""Pointer and keys inside a tile's chart, with real events."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from phdesk.core.charts.spec import SankeyBody, SankeyLink, SankeyNode, XYBody, XYSeries
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.charts import pointing, xy
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from phdesk.views.dashboard import card
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.widgets.pinned import Pinned
from tests.views.charts import bodies
from tests.views.dashboard.showing import exposed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 15))


def chart(*labels, days=DAYS):
    series = tuple(
        XYSeries(label=label, color=f"preset-{i + 1}", values=tuple(range(i, i + len(days))))
        for i, label in enumerate(labels)
    )
    body = XYBody(
        x_labels=tuple(day[-2:] for day in days), x_titles=days, x_starts=days, series=series
    )
    return replace(bodies.view(body, bodies.TABLE), title="Visits", short_id="abc")


@pytest.fixture
def tile(qtbot):
    QCursor.setPos(799, 799)  # beside the window
    holder = exposed(qtbot, QWidget(), 620, 420)
    tile = TileWidget(4, look.light(), holder)
    tile.setGeometry(10, 10, 580, 380)
    tile.show()
    tile.set_view(chart("Visits", "Sign-ups", "Sales"))
    tile.opened = []
    tile.wishes.open_requested.connect(tile.opened.append)
    tile.holder = holder
    yield tile
    QToolTip.hideText()


def plot(tile):
    inner = card.body_rect(tile.rect().toRectF(), tile.view)
    return arrange(inner, tile.shown.body, Ink(look.light()))


def at_bucket(tile, number):
    area = plot(tile).area
    return QPointF(plot(tile).xs[number], area.center().y()).toPoint()


def at_name(tile, number):
    """Find a series' name in the legend by asking every few pixels."""
    inner, ink = card.body_rect(tile.rect().toRectF(), tile.view), Ink(look.light())
    line = plot(tile).legend
    for x in range(int(line.left()), int(line.right()), 3):
        point = QPointF(x, line.center().y())
        if xy.part_at(inner, tile.shown.body, ink, point) == number:
            return point.toPoint()
    raise AssertionError(number)


def drag(qtbot, tile, first, last):
    qtbot.mousePress(tile, LEFT, pos=at_bucket(tile, first))
    for number in range(first, last, 1 if last > first else -1):
        qtbot.mouseMove(tile, at_bucket(tile, number))
    qtbot.mouseMove(tile, at_bucket(tile, last))
    return at_bucket(tile, last)


def titles(tile):
    return tile.shown.body.x_titles


def hidden(tile):
    return tile.shown.body.set_aside


def with_keys(tile, qtbot):
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)


def test_a_drag_zooms_to_its_buckets_and_says_so(tile, qtbot):
    before = tile.grab().toImage()
    end = drag(qtbot, tile, 3, 8)
    assert tile.grab().toImage() != before, "the span is marked while it is dragged"
    assert titles(tile) == DAYS, "not before the button is let go"
    qtbot.mouseRelease(tile, LEFT, pos=end)
    assert titles(tile) == DAYS[3:9]
    assert tile.card_state.local == "zoomed"
    assert tile.view.body.x_titles == DAYS, "what was sent stays whole"


def test_a_drag_backwards_or_beyond_the_edge_zooms_too(tile, qtbot):
    drag(qtbot, tile, 9, 11)
    beyond = at_bucket(tile, 13) + QPoint(60, -400)
    qtbot.mouseMove(tile, beyond)
    qtbot.mouseRelease(tile, LEFT, pos=beyond)
    assert titles(tile) == DAYS[9:]
    qtbot.mouseRelease(tile, LEFT, pos=drag(qtbot, tile, 3, 1))
    assert titles(tile) == DAYS[10:13]


def test_a_double_click_zooms_out_and_the_next_opens_large(tile, qtbot):
    qtbot.mouseRelease(tile, LEFT, pos=drag(qtbot, tile, 3, 8))
    qtbot.mouseDClick(tile, LEFT, pos=at_bucket(tile, 2))
    assert titles(tile) == DAYS
    assert tile.opened == []
    assert tile.card_state.local == ""
    qtbot.mouseDClick(tile, LEFT, pos=at_bucket(tile, 2))
    assert tile.opened == [4]


def test_escape_gives_up_a_drag(tile, qtbot):
    with_keys(tile, qtbot)
    end = drag(qtbot, tile, 3, 8)
    qtbot.keyClick(tile, Qt.Key.Key_Escape)
    qtbot.mouseRelease(tile, LEFT, pos=end)
    assert titles(tile) == DAYS


def test_a_click_on_a_name_hides_the_series_and_again_shows_it(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    assert hidden(tile) == (1,)
    assert tile.card_state.local == "1 hidden"
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    assert hidden(tile) == ()


def test_ctrl_click_shows_one_alone_and_a_double_click_all(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, CTRL, at_name(tile, 2))
    assert hidden(tile) == (0, 1)
    qtbot.mouseDClick(tile, LEFT, pos=at_name(tile, 2))
    assert hidden(tile) == ()


def test_hidden_series_have_no_line_in_the_tooltip(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    qtbot.mouseMove(tile, at_bucket(tile, 5))
    qtbot.waitUntil(lambda: QToolTip.text() != "")
    assert "Visits" in QToolTip.text()
    assert "Sign-ups" not in QToolTip.text()


def test_a_new_result_keeps_hidden_series_and_zoom(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    qtbot.mouseRelease(tile, LEFT, pos=drag(qtbot, tile, 3, 8))
    tile.set_view(replace(tile.view, summary="newer"))
    assert (hidden(tile), titles(tile)) == ((1,), DAYS[3:9])
    tile.set_view(chart("Other"))
    assert (hidden(tile), titles(tile)) == ((), DAYS[3:9])


def test_the_menu_shows_all_again(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_name(tile, 1))
    menu = tile._menu()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().startswith("Show all"))
    action.trigger()
    assert hidden(tile) == ()
    assert not any(one.text().startswith("Show all") for one in tile._menu().actions())


def test_a_click_pins_what_the_tooltip_says_until_the_next(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_bucket(tile, 5))
    pinned = tile.holder.findChild(Pinned)
    assert pinned.isVisible()
    assert "2026-11-06" in pinned.text()
    assert tile.holder.rect().contains(pinned.geometry())
    qtbot.mouseMove(tile, at_bucket(tile, 9))
    assert tile.probe.hit.item == 5, "what is pinned stays"
    qtbot.mouseClick(tile, LEFT, pos=at_bucket(tile, 9))
    assert not pinned.isVisible()


def test_a_click_on_the_pinned_tooltip_closes_it(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_bucket(tile, 5))
    pinned = tile.holder.findChild(Pinned)
    qtbot.mouseClick(pinned, LEFT)
    assert not pinned.isVisible()
    assert tile.probe.hit is None


def test_new_data_takes_the_pinned_tooltip_away(tile, qtbot):
    qtbot.mouseClick(tile, LEFT, pos=at_bucket(tile, 5))
    tile.set_view(chart("Visits"))
    assert tile.probe.pinned is None


def test_keys_read_bucket_after_bucket_and_pin(tile, qtbot):
    with_keys(tile, qtbot)
    qtbot.keyClick(tile, Qt.Key.Key_Left, SHIFT)
    assert tile.probe.hit.item == 13, "begins at the newest"
    qtbot.keyClick(tile, Qt.Key.Key_Left, SHIFT)
    assert tile.probe.hit.title == DAYS[12]
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert DAYS[12] in tile.holder.findChild(Pinned).text()
    qtbot.keyClick(tile, Qt.Key.Key_Escape)
    assert tile.probe.pinned is None
    assert tile.probe.hit is None


def test_keys_zoom_hide_and_show_all_again(tile, qtbot):
    with_keys(tile, qtbot)
    qtbot.keyClick(tile, Qt.Key.Key_Plus)
    assert titles(tile) == DAYS[6:]
    qtbot.keyClick(tile, Qt.Key.Key_2)
    assert hidden(tile) == (1,)
    qtbot.keyClick(tile, Qt.Key.Key_1, ALT)
    assert hidden(tile) == (1, 2)
    qtbot.keyClick(tile, Qt.Key.Key_9)
    assert hidden(tile) == (1, 2), "there is no ninth"
    assert tile.card_state.local == "2 hidden, zoomed"
    qtbot.keyClick(tile, Qt.Key.Key_0)
    assert (titles(tile), hidden(tile)) == (DAYS, ())


def test_a_table_takes_no_part(tile, qtbot):
    with_keys(tile, qtbot)
    tile.toggle_table()
    qtbot.keyClick(tile, Qt.Key.Key_2)
    qtbot.mouseClick(tile, LEFT, pos=QPoint(200, 200))
    assert hidden(tile) == ()
    assert tile.holder.findChild(Pinned) is None


@pytest.fixture
def grid(qtbot):
    QCursor.setPos(1299, 899)
    grid = exposed(qtbot, GridView(look.light()), 1200, 800)
    hours = tuple(f"2026-11-01 {hour:02}:00:00" for hour in range(14))
    views = {
        1: chart("Visits", "Sales"),
        2: chart("Sign-ups", days=tuple(f"2026-11-{day:02}T00:00:00Z" for day in range(8, 22))),
        3: chart("By hour", days=hours),
    }
    grid.set_tiles({one: Box(x=0, y=5 * one, w=12, h=5) for one in views})
    for tile_id, view in views.items():
        grid.set_views({tile_id: view})
    yield grid
    QToolTip.hideText()


def linked(grid, tile_id):
    found = grid.tiles[tile_id].probe._linked
    return None if found is None else found.title


def test_the_crosshair_goes_along_on_charts_of_the_same_unit(grid, qtbot):
    tile = grid.tiles[1]
    qtbot.mouseMove(tile, at_bucket(tile, 9))
    qtbot.waitUntil(lambda: tile.probe.hit is not None)
    assert linked(grid, 2) == "2026-11-10T00:00:00Z"
    assert linked(grid, 3) is None, "hours are another unit"
    qtbot.mouseMove(tile, at_bucket(tile, 2))
    assert linked(grid, 2) is None, "the other chart begins later"


def test_the_linked_crosshair_goes_when_the_pointer_leaves(grid, qtbot):
    tile = grid.tiles[1]
    qtbot.mouseMove(tile, at_bucket(tile, 9))
    assert linked(grid, 2) is not None
    tile.probe.leave()
    assert linked(grid, 2) is None


PATHS = replace(
    bodies.view(
        SankeyBody(
            nodes=tuple(
                SankeyNode(layer=layer, label=title, title=f"/{title}", value=9.0, text="9")
                for layer, title in ((0, "start"), (1, "left"), (1, "right"))
            ),
            links=(
                SankeyLink(source=0, target=1, value=5.0),
                SankeyLink(source=0, target=2, value=4.0),
            ),
        ),
        bodies.TABLE,
    ),
    title="Paths",
)


def stops(tile):
    return [node.label for node in tile.shown.body.nodes]


def menu_at(tile, number):
    inner = card.body_rect(tile.rect().toRectF(), tile.view)
    spot = pointing.place_of(inner, tile.shown.body, look.light(), number).center().toPoint()
    tile.probe.point(spot.toPointF())
    return {one.text(): one for one in tile._menu().actions()}


def test_the_menu_of_a_stop_follows_it_and_shows_all_again(tile):
    tile.set_view(PATHS)
    menu_at(tile, 1)["Show only what is linked with left"].trigger()
    assert stops(tile) == ["start", "left"]
    assert tile.card_state.local == "linked with left"
    menu_at(tile, 0)["Show all paths again"].trigger()
    assert stops(tile) == ["start", "left", "right"]


def test_the_menu_of_a_stop_copies_its_whole_name(tile):
    tile.set_view(PATHS)
    menu_at(tile, 2)["Copy the name right"].trigger()
    assert QGuiApplication.clipboard().text() == "/right"


def test_away_from_stops_the_menu_is_that_of_any_tile(tile):
    tile.set_view(PATHS)
    tile.probe.point(QPointF(5, 5))
    assert "Copy the name left" not in {one.text() for one in tile._menu().actions()}


def test_keys_walk_along_stops(tile, qtbot):
    tile.set_view(PATHS)
    with_keys(tile, qtbot)
    before = tile.grab().toImage()
    qtbot.keyClick(tile, Qt.Key.Key_Right, SHIFT)
    assert tile.probe.stop().title == "/start"
    qtbot.keyClick(tile, Qt.Key.Key_Right, SHIFT)
    assert tile.probe.stop().title == "/left"
    assert tile.grab().toImage() != before, "its flows stand out"
