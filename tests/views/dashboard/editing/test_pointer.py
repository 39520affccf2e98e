import pytest
from PySide6.QtCore import QPoint, Qt

from phdesk.models.dashboard import Box
from phdesk.views.dashboard.editing.edge_scroll import EdgeScroll
from phdesk.views.dashboard.editing.marks import CORNER
from phdesk.views.dashboard.editing.zones import CURSORS
from tests.store.builders import text, tile
from tests.views.dashboard.editing.hands import CHART, QUIET, TITLE, Hands
from tests.views.dashboard.showing import counted, grid_of, trend

START = {1: Box(0, 0, 6, 5), 2: Box(6, 0, 6, 5), 3: Box(0, 5, 6, 5)}
SWAPPED = {1: Box(6, 0, 6, 5), 2: Box(6, 5, 6, 5), 3: Box(0, 0, 6, 5)}


def test_outside_the_edit_mode_nothing_can_be_dragged(viewing):
    viewing.move(1, viewing.cell(6, 0))
    assert viewing.boxes == START
    assert not viewing.told


def test_a_tile_is_moved_by_its_title_bar(hands):
    hands.move(1, hands.cell(6, 0))
    assert hands.boxes == SWAPPED
    assert hands.told == [SWAPPED]


def test_a_tile_is_moved_by_its_handle(hands):
    hands.press(hands.handle(1, "Move"), QPoint(14, 12))
    hands.drag(hands.cell(6, 0))
    hands.release()
    assert hands.told == [SWAPPED]


def test_a_drag_in_the_chart_stays_in_the_chart(hands):
    hands.move(1, hands.cell(6, 0), CHART)
    assert hands.boxes == START
    assert not hands.told


def test_a_card_without_a_chart_is_moved_from_anywhere(qtbot):
    hands = Hands(qtbot, text(1), tile(2, trend(-1))).edit()
    assert hands.boxes[1] == Box(6, 0, 2, 2)
    hands.move(1, hands.cell(3, 0), QPoint(90, 90))
    assert hands.boxes[1] == Box(9, 0, 2, 2)


@pytest.mark.parametrize(("pixels", "begun"), [(3, False), (4, True)])
def test_a_drag_begins_after_four_pixels(hands, pixels, begun):
    hands.press(hands.tile(1))
    hands.drag(QPoint(pixels, 0), steps=1)
    assert hands.tile(1).lifted is begun
    assert hands.ghost.isVisible() is begun
    hands.release()
    assert not hands.tile(1).lifted
    assert not hands.told


def test_in_the_hand_is_a_picture_and_in_the_grid_a_placeholder_and_neighbours_make_room(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0) + QPoint(10, 5))
    start = hands.grid.rect_of(START[1])
    assert hands.ghost.geometry().topLeft() == start.topLeft() + hands.cell(6, 0) + QPoint(10, 5)
    assert hands.tile(1).geometry() == hands.grid.rect_of(Box(6, 0, 6, 5)), "the snap cell"
    assert hands.tile(1).lifted
    hands.at_rest()
    assert hands.tile(2).geometry() == hands.grid.rect_of(Box(6, 5, 6, 5))
    assert not hands.told, "nothing is decided yet"
    hands.release()


def test_neighbours_glide_and_do_not_jump(hands):
    before = hands.tile(2).geometry()
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0), steps=2)
    assert hands.tile(2).geometry() == before, "on its way"
    hands.at_rest()
    assert hands.tile(2).geometry() != before
    hands.release()


def test_with_reduced_motion_they_are_there_at_once(viewing):
    viewing.screen.set_still(on=True)
    hands = viewing.edit()
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0), steps=2)
    assert hands.tile(2).geometry() == hands.grid.rect_of(Box(6, 5, 6, 5))
    hands.release()


def test_the_hint_says_size_and_place_within_the_window(hands):
    hands.press(hands.tile(2))
    hands.drag(hands.cell(-3, 0))
    assert hands.hint.text() == "6 × 5 · column 4, row 1"
    hands.drag(QPoint(900, 0))
    assert hands.grid.pane.rect().contains(hands.hint.geometry())
    hands.release()
    assert not hands.hint.isVisible()


MIDDLE = 300
EIGHT = [
    # where on the tile, by how many cells, what becomes of Box(6, 0, 6, 5)
    pytest.param((2, MIDDLE), (-2, 0), Box(4, 0, 8, 5), id="left"),
    pytest.param((-3, MIDDLE), (-2, 1), Box(4, 0, 8, 5), id="left, in the gap"),
    pytest.param((-4, MIDDLE), (-3, 0), Box(6, 0, 3, 5), id="right"),
    pytest.param((MIDDLE, -4), (0, 2), Box(6, 0, 6, 7), id="bottom"),
    pytest.param((MIDDLE, 4), (0, 2), Box(6, 0, 6, 3), id="top"),
    pytest.param((3, 3), (-1, 1), Box(5, 0, 7, 4), id="upper left"),
    pytest.param((-3, 3), (-1, 2), Box(6, 0, 5, 3), id="upper right"),
    pytest.param((3, -4), (-1, 1), Box(5, 0, 7, 6), id="lower left"),
    pytest.param((-3, -4), (-2, -1), Box(6, 0, 4, 4), id="lower right"),
]


@pytest.mark.parametrize(("spot", "cells", "box"), EIGHT)
def test_a_tile_is_resized_at_each_edge_and_corner(hands, spot, cells, box):
    one = hands.tile(2)
    # negative numbers count from the right and lower border, -3 at the left lies in the gap
    x = spot[0] if spot[0] >= 0 or spot == (-3, MIDDLE) else one.width() + spot[0]
    y = spot[1] if spot[1] >= 0 else one.height() + spot[1]
    watched, where = (one, QPoint(x, y)) if x >= 0 else (hands.grid.page, one.pos() + QPoint(x, y))
    hands.press(watched, where)
    hands.drag(hands.cell(*cells))
    assert hands.hint.text() == f"{box.w} × {box.h}"
    hands.release()
    assert hands.boxes[2] == box
    assert len(hands.told) == 1


def test_the_handle_in_the_corner_resizes(hands):
    hands.press(hands.handle(1, "Resize"), QPoint(12, 12))
    hands.drag(hands.cell(2, 1))
    hands.release()
    assert hands.boxes[1] == Box(0, 0, 8, 6)


def test_while_it_is_resized_its_picture_is_stretched_and_no_chart_is_drawn(
    hands, qtbot, monkeypatch
):
    qtbot.waitUntil(lambda: not any(one.needs_picture for one in hands.grid.tiles.values()))
    hands.press(hands.handle(1, "Resize"), QPoint(12, 12))
    with counted(monkeypatch) as drawn:
        hands.drag(QPoint(40, -30))
        hands.screen.grab()
    start = hands.grid.rect_of(START[1])
    assert hands.ghost.size().toTuple() == (start.width() + 40, start.height() - 30)
    assert not drawn
    hands.release()


def test_no_tile_gets_smaller_than_its_kind_may_be(hands):
    hands.press(hands.handle(1, "Resize"), QPoint(12, 12))
    hands.drag(hands.cell(-6, -5))
    hands.release()
    assert hands.boxes[1] == Box(0, 0, 2, 2)


def test_a_text_card_may_be_one_cell(qtbot):
    hands = Hands(qtbot, text(1), tile(2, trend(-1))).edit()
    hands.press(hands.handle(1, "Resize"), QPoint(12, 12))
    hands.drag(hands.cell(-4, -4))
    hands.release()
    assert hands.boxes[1] == Box(6, 0, 1, 1)


def test_escape_puts_the_tile_back_and_the_rest_of_the_drag_does_nothing(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    hands.key(Qt.Key.Key_Escape)
    assert hands.boxes == START
    assert not hands.ghost.isVisible()
    assert hands.said.startswith("Tile 1 is back")
    hands.drag(hands.cell(-3, 2))
    hands.release()
    hands.at_rest()
    assert hands.boxes == START
    assert not hands.told
    assert hands.screen.editing, "Esc ends one thing at a time"


def test_letters_are_no_shortcuts_while_a_tile_is_in_the_hand(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    for key in (Qt.Key.Key_M, Qt.Key.Key_T, Qt.Key.Key_Return, Qt.Key.Key_Down):
        hands.key(key)
    assert hands.tile(1).lifted
    hands.release()
    assert hands.told == [SWAPPED]


def test_the_other_button_does_not_let_go(hands, qtbot):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    qtbot.mouseClick(hands.tile(1), Qt.MouseButton.RightButton, pos=TITLE)
    assert hands.tile(1).lifted
    hands.release()
    assert hands.told == [SWAPPED]


def test_a_drag_that_comes_back_changes_nothing(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    hands.drag(hands.cell(-6, 0))
    hands.release()
    assert hands.boxes == START
    assert not hands.told


def test_the_pointer_says_what_a_press_would_do(hands):
    one = hands.tile(1)
    for spot, zone in (((300, 24), (0, 0)), ((2, 200), (-1, 0)), ((300, 3), (0, -1))):
        hands.hover(one, QPoint(*spot))
        assert one.cursor().shape() == CURSORS[zone]
    hands.hover(one, QUIET)
    assert one.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert hands.handle(1, "Resize").cursor().shape() == CURSORS[CORNER]


def test_the_tile_under_the_pointer_is_outlined_also_from_the_gap(hands):
    hands.hover(hands.tile(1), QUIET)
    assert hands.outlined == 1
    gap = hands.tile(2).pos() - QPoint(3, -200)
    hands.hover(hands.grid.page, gap)
    assert hands.outlined == 2
    assert hands.grid.page.cursor().shape() == Qt.CursorShape.SizeHorCursor


def test_near_the_lower_edge_the_page_scrolls_and_the_tile_goes_along(qtbot):
    hands = Hands(qtbot, *grid_of(20)).edit()
    bar, pane = hands.grid.verticalScrollBar(), hands.grid.pane
    hands.press(hands.tile(1))
    down = pane.mapToGlobal(QPoint(0, pane.height() - 10)).y() - hands._at.y()
    hands.drag(QPoint(0, down))
    qtbot.waitUntil(lambda: bar.value() > 450)
    assert hands.boxes[1].y >= 5, "the cell under the pointer"
    hands.drag(QPoint(0, -200))
    assert not hands.grid.findChild(EdgeScroll)._clock.isActive(), "out of the zone"
    hands.drag(QPoint(0, 40 - pane.mapFromGlobal(hands._at).y() - 30))
    qtbot.waitUntil(lambda: bar.value() == 0)
    hands.release()


def test_a_drag_that_begins_near_an_edge_and_leads_away_scrolls_nothing(qtbot):
    hands = Hands(qtbot, *grid_of(20)).edit()
    bar = hands.grid.verticalScrollBar()
    bar.setValue(hands.tile(5).y() - 5)
    before = bar.value()
    hands.press(hands.tile(5), QPoint(60, 20))
    hands.drag(QPoint(0, 6))
    assert hands.tile(5).lifted
    assert not hands.arranging._frames.pointer._scroll._clock.isActive()
    hands.release()
    assert bar.value() == before


def test_beyond_the_edge_it_scrolls_on_until_the_button_is_let_go(qtbot):
    hands = Hands(qtbot, *grid_of(10)).edit()
    bar = hands.grid.verticalScrollBar()
    hands.press(hands.tile(1))
    hands.drag(QPoint(0, 2000))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    hands.release()
    assert hands.boxes[1].y >= 20
    assert len(hands.told) == 1


def test_a_double_click_on_the_title_bar_opens_nothing(hands, qtbot):
    with qtbot.assertNotEmitted(hands.screen.open_tile_requested):
        qtbot.mouseDClick(hands.tile(1), Qt.MouseButton.LeftButton, pos=TITLE)
