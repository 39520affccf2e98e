import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication

from phdesk.core.grid.metrics import metrics_for
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.grid_view import EDGE, GridView
from tests.noting import noting
from tests.views.dashboard.showing import CHART, exposed

# Handed over out of order: 3 stands left of 4, 1 above both.
BOXES = {4: Box(6, 5, 6, 5), 1: Box(0, 0, 12, 5), 3: Box(0, 5, 6, 5)}
READING = [1, 3, 4]


def many(count):
    return {number: Box(number % 2 * 6, number // 2 * 5, 6, 5) for number in range(count)}


@pytest.fixture
def grid(qtbot):
    return exposed(qtbot, GridView(look.light()), 1240, 600)


def filled(grid, boxes):
    grid.set_tiles(boxes)
    for one in boxes:
        grid.set_views({one: CHART})
    return grid


def settled(grid, qtbot):
    """Wait until there is nothing left to draw ahead."""
    qtbot.waitUntil(lambda: not grid._ahead.busy)


def scrolled(grid, qtbot, value):
    grid.verticalScrollBar().setValue(value)
    settled(grid, qtbot)


def drawn(grid):
    return [one for one, tile in grid.tiles.items() if not tile.needs_picture]


@pytest.mark.parametrize(
    ("width", "columns"), [pytest.param(1240, 12, id="wide"), pytest.param(500, 1, id="narrow")]
)
def test_tiles_stand_where_the_rules_of_the_grid_put_them(grid, width, columns):
    grid.resize(width, 600)
    grid.set_tiles(BOXES)
    ordered = [BOXES[one] for one in READING]
    places = ordered if columns == 12 else one_column(ordered)
    metrics = metrics_for(grid.metrics().width)
    assert metrics.columns == columns
    assert width - 2 * EDGE - 20 <= metrics.width <= width - 2 * EDGE
    for one, box in zip(READING, places, strict=True):
        left, top, wide, high = metrics.rectangle(box)
        assert grid.tiles[one].geometry().getRect() == (left + EDGE, top, wide, high)
    assert grid.widget().height() == metrics.height(places) + EDGE


def test_tiles_move_to_one_column_when_the_window_gets_narrow(grid):
    grid.set_tiles(BOXES)
    grid.resize(500, 600)
    assert {tile.x() for tile in grid.tiles.values()} == {EDGE}
    grid.resize(1240, 600)
    assert grid.tiles[4].x() > grid.tiles[3].geometry().right()


def test_the_scroll_bar_comes_without_moving_a_tile(grid, qtbot):
    grid.set_tiles({1: Box(0, 0, 12, 2)})
    narrow = grid.tiles[1].geometry()
    grid.set_tiles({1: Box(0, 0, 12, 2), 2: Box(0, 2, 12, 40)})
    qtbot.waitUntil(grid.verticalScrollBar().isVisible)
    assert grid.tiles[1].geometry() == narrow


def test_tab_walks_in_reading_order(grid, qtbot):
    filled(grid, BOXES)
    assert list(grid.tiles) == READING
    grid.focus_tile(1)
    for one in READING:
        assert QApplication.focusWidget() is grid.tiles[one]
        qtbot.keyClick(grid.tiles[one], Qt.Key.Key_Tab)


def test_a_new_order_changes_the_walk(grid, qtbot):
    filled(grid, BOXES)
    grid.set_tiles({**BOXES, 5: Box(6, 10, 6, 5), 4: Box(0, 10, 6, 5)})
    grid.focus_tile(3)
    qtbot.keyClick(grid.tiles[3], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is grid.tiles[4]


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (1, Qt.Key.Key_Down, 3),
        (3, Qt.Key.Key_Right, 4),
        (4, Qt.Key.Key_Left, 3),
        (4, Qt.Key.Key_Up, 1),
        (1, Qt.Key.Key_Up, 1),
        (3, Qt.Key.Key_Left, 3),
    ],
)
def test_arrows_walk_to_the_neighbour(grid, qtbot, start, key, end):
    filled(grid, BOXES)
    grid.focus_tile(start)
    qtbot.keyClick(grid.tiles[start], key)
    assert QApplication.focusWidget() is grid.tiles[end]
    assert grid.tiles[end].card_state.focused


def test_arrows_with_alt_do_not_walk(grid, qtbot):
    filled(grid, BOXES)
    grid.focus_tile(1)
    qtbot.keyClick(grid.tiles[1], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is grid.tiles[1]


def test_a_click_on_a_tile_that_is_partly_seen_moves_nothing(grid, qtbot):
    filled(grid, many(4))
    settled(grid, qtbot)
    tile = grid.tiles[2]
    assert 0 < tile.visibleRegion().boundingRect().height() < tile.height()
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert tile.hasFocus()
    assert grid.verticalScrollBar().value() == 0


def test_the_tile_with_the_keyboard_is_scrolled_into_view(grid, qtbot):
    filled(grid, many(20))
    grid.focus_tile(19)
    assert 19 in grid.visible_ids()
    qtbot.keyClick(grid.tiles[19], Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid.tiles[18], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is grid.tiles[16]
    assert 16 in grid.visible_ids()


def test_tiles_that_stay_keep_their_widget_and_others_go(grid, qtbot):
    filled(grid, BOXES)
    kept, gone = grid.tiles[3], []
    grid.tiles[4].destroyed.connect(noting(gone, 4))
    grid.set_tiles({3: Box(0, 0, 6, 5), 8: Box(6, 0, 6, 5)})
    assert list(grid.tiles) == [3, 8]
    assert grid.tiles[3] is kept
    qtbot.waitUntil(lambda: len(gone) == 1)


def test_the_keyboard_stays_on_a_tile_that_moves(grid):
    filled(grid, BOXES)
    grid.focus_tile(4)
    grid.set_tiles({4: Box(0, 0, 6, 5), 3: Box(6, 0, 6, 5)})
    assert QApplication.focusWidget() is grid.tiles[4]


def test_the_keyboard_stays_in_the_grid_when_its_tile_goes(grid, qtbot):
    filled(grid, BOXES)
    grid.focus_tile(4)
    grid.set_tiles({1: BOXES[1], 3: BOXES[3]})
    assert QApplication.focusWidget() is not None
    assert grid.isAncestorOf(QApplication.focusWidget())


def test_only_tiles_in_the_window_count_as_visible(grid, qtbot):
    filled(grid, many(40))
    assert grid.visible_ids() == [0, 1, 2, 3]
    with qtbot.waitSignal(grid.visible_changed):
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    assert grid.visible_ids()[-1] == 39
    assert 0 not in grid.visible_ids()


def test_tiles_near_the_window_are_drawn_ahead(grid, qtbot):
    filled(grid, many(40))
    settled(grid, qtbot)
    ahead = drawn(grid)
    assert set(grid.visible_ids()) < set(ahead)
    assert len(ahead) < 12


def test_pictures_far_from_the_window_are_let_go(grid, qtbot):
    filled(grid, many(40))
    settled(grid, qtbot)
    scrolled(grid, qtbot, grid.verticalScrollBar().maximum())
    assert 0 not in drawn(grid)
    assert len(drawn(grid)) < 12


def test_a_theme_reaches_every_tile(grid, qtbot):
    filled(grid, BOXES)
    before = grid.tiles[3].grab().toImage()
    grid.set_theme(look.dark())
    assert all(tile.needs_picture for tile in grid.tiles.values())
    assert grid.tiles[3].grab().toImage() != before
    grid.set_tiles({**BOXES, 9: Box(0, 10, 6, 5)})
    grid.set_views({9: CHART})
    assert grid.tiles[9]._theme is look.dark()


@pytest.mark.parametrize("name", ["open", "refresh", "browser", "details"])
def test_a_wish_of_a_tile_goes_up(grid, qtbot, name):
    filled(grid, BOXES)
    with qtbot.waitSignal(getattr(grid.wishes, f"{name}_requested")) as wish:
        getattr(grid.tiles[3].wishes, f"{name}_requested").emit(3)
    assert wish.args == [3]


def test_what_is_said_of_an_unknown_tile_is_harmless(grid):
    grid.set_tiles(BOXES)
    grid.set_views({99: CHART})
    grid.set_card_state(99, CardState(age="now"))
    grid.focus_tile(99)
    assert grid.tiles[1].view is None


def test_fifty_refreshes_leave_no_object_behind(grid, qtbot):
    boxes = many(60)
    filled(grid, boxes)
    settled(grid, qtbot)
    before = len(grid.findChildren(QObject))
    for turn in range(50):
        grid.set_tiles(boxes)
        for one in boxes:
            grid.set_card_state(one, CardState(age=f"{turn} min", refreshing=bool(turn % 2)))
            grid.set_views({one: CHART})
    grid.repaint()
    settled(grid, qtbot)
    assert len(grid.findChildren(QObject)) == before
    assert len(grid.tiles) == 60


@pytest.mark.parametrize(
    ("focused", "gone", "heir"),
    [
        pytest.param(3, {3}, 4, id="the next in reading order"),
        pytest.param(4, {4}, 3, id="the one before, at the end"),
        pytest.param(1, {1, 3}, 4, id="the next that stays"),
        pytest.param(3, {4}, 3, id="nobody, when it stays"),
    ],
)
def test_a_tile_that_goes_hands_the_keyboard_on(grid, qtbot, focused, gone, heir):
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    filled(grid, BOXES).focus_tile(focused)
    grid.set_tiles({one: box for one, box in BOXES.items() if one not in gone})
    assert QApplication.focusWidget() is grid.tiles[heir]
    assert grid.tiles[heir].card_state.focused


def test_on_another_dashboard_no_tile_is_marked(grid, qtbot):
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    filled(grid, BOXES).focus_tile(3)
    filled(grid, {one + 10: box for one, box in BOXES.items()})
    assert QApplication.focusWidget() not in grid.tiles.values()


def test_views_of_tiles_that_are_gone_are_let_go_one_after_another(grid, qtbot):
    filled(grid, {one: Box(0, 5 * one, 6, 5) for one in range(4)})
    grid.set_tiles({})
    left, past = [], grid._past
    past._timer.timeout.connect(lambda: left.append(len(past._past)))
    qtbot.waitUntil(lambda: not past._timer.isActive())
    assert left == [3, 2, 1, 0, 0]
