import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from phdesk.models.account import Project
from phdesk.models.dashboard import Box
from phdesk.store import changes, tiles
from phdesk.store.state import EMPTY
from phdesk.views import theme as look
from phdesk.views.dashboard import card
from phdesk.views.dashboard.editing.marks import Handle
from phdesk.views.dashboard.header import TOO_NARROW
from phdesk.views.dashboard.layout_note import LayoutNote
from tests.noting import delivered
from tests.store.builders import NOON, board, tile
from tests.views.dashboard.editing.hands import TITLE, Hands
from tests.views.dashboard.showing import grid_of, has_color, shown_board, trend

START = {1: Box(0, 0, 6, 5), 2: Box(6, 0, 6, 5), 3: Box(0, 5, 6, 5)}
MOVED = {1: Box(6, 0, 6, 5), 2: Box(6, 5, 6, 5), 3: Box(0, 0, 6, 5)}
NOTE = LayoutNote(text="Layout changed on this computer only")


def button(hands, name):
    found = [one for one in hands.screen.findChildren(QPushButton) if one.isVisible()]
    return next(one for one in found if name in (one.accessibleName(), one.text().strip()))


def click(qtbot, hands, name):
    qtbot.mouseClick(button(hands, name), Qt.MouseButton.LeftButton)


def again(hands, *held):
    """The dashboard comes from the server again."""
    state = shown_board(*held).dashboards[9]
    hands.screen.show_dashboard(state, Project(id=7), None, NOON)


def test_a_dashboard_that_is_looked_at_has_no_handles(viewing):
    assert not viewing.grid.findChildren(Handle)
    assert viewing.line is None


def test_the_button_enters_and_leaves(viewing, qtbot):
    click(qtbot, viewing, "Edit layout")
    assert viewing.screen.editing
    assert button(viewing, "Edit layout").isChecked()
    assert len(viewing.grid.findChildren(Handle)) == 6
    assert viewing.line.isVisible()
    click(qtbot, viewing, "Edit layout")
    assert not viewing.screen.editing
    assert not button(viewing, "Edit layout").isChecked()
    assert not viewing.line.isVisible()
    qtbot.waitUntil(lambda: not viewing.grid.findChildren(Handle))
    viewing.at_rest()
    assert viewing.tile(1).y() == 0


@pytest.mark.parametrize("name", ["Done", "Edit layout"])
def test_leaving_keeps_the_layout_and_asks_nothing(hands, qtbot, name):
    hands.move(1, hands.cell(6, 0))
    click(qtbot, hands, name)
    hands.at_rest()
    assert hands.boxes == MOVED
    assert hands.told == [MOVED]


def test_escape_leaves_when_no_tile_is_in_the_hand(hands, qtbot):
    hands.grid.focus_tile(1)
    hands.key(Qt.Key.Key_Escape)
    assert not hands.screen.editing


def test_leaving_keeps_the_keyboard_on_the_page(hands, qtbot):
    hands.grid.focus_tile(1)
    hands.key(Qt.Key.Key_Tab)
    hands.screen.toggle_editing()
    assert QApplication.focusWidget() is hands.tile(1)
    hands.screen.toggle_editing()
    button(hands, "Done").setFocus()
    hands.key(Qt.Key.Key_Space)
    assert hands.grid.hasFocus()


def test_undo_and_redo_walk_through_all_gestures(hands, qtbot):
    hands.move(1, hands.cell(6, 0))
    hands.move(3, hands.cell(3, 0))
    after = hands.boxes
    assert not button(hands, "Redo").isEnabled()
    click(qtbot, hands, "Undo")
    assert hands.boxes == MOVED
    assert hands.said == "Undone. 1 step left to undo."
    hands.screen.undo()
    hands.at_rest()
    assert hands.boxes == START
    assert button(hands, "Undo").isEnabled(), "it has the keyboard"
    hands.screen.undo()
    assert hands.said == "There is nothing to undo."
    hands.screen.redo()
    click(qtbot, hands, "Redo")
    hands.at_rest()
    assert hands.boxes == after
    assert hands.told == [MOVED, after, MOVED, START, MOVED, after]


def test_the_history_outlives_the_edit_mode_but_not_the_dashboard(hands):
    hands.move(1, hands.cell(6, 0))
    hands.screen.toggle_editing()
    hands.screen.undo()
    assert hands.boxes == MOVED, "not while the layout is only looked at"
    hands.edit()
    hands.screen.undo()
    assert hands.boxes == START
    hands.screen.redo()
    other, _ = changes.with_dashboard(EMPTY, board(*grid_of(3), dashboard_id=10), now=NOON, asked=1)
    hands.screen.show_dashboard(other.dashboards[10], Project(id=7), None, NOON)
    assert not hands.screen.editing
    hands.edit()
    hands.screen.undo()
    assert hands.boxes == START
    assert hands.said == "There is nothing to undo."


def test_what_was_discarded_comes_back_with_undo(hands):
    hands.move(1, hands.cell(6, 0))
    again(hands, *grid_of(3))
    assert hands.boxes == START, "the server's, as after a discard"
    hands.screen.undo()
    assert hands.boxes == MOVED
    assert hands.told == [MOVED, MOVED], "so that it is kept again"


def test_the_line_is_one_and_the_same_before_and_after_the_first_change(hands):
    before = hands.grid.geometry()
    hands.screen.set_layout_note(NOTE)
    hands.screen.layout().activate()
    assert hands.grid.geometry() == before, "nothing may move below the pointer"
    assert NOTE.text in hands.line.text
    hands.screen.toggle_editing()
    assert hands.line.isVisible()
    assert hands.line.text == NOTE.text


def test_tab_goes_from_the_header_over_the_line_to_the_tiles(hands):
    hands.move(1, hands.cell(6, 0))
    hands.screen.set_layout_note(NOTE)
    button(hands, "Open in PostHog").setFocus()
    hands.key(Qt.Key.Key_Tab)  # the menu of the dashboard
    names = []
    for _ in range(9):
        hands.key(Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName().partition(":")[0])
    filters = ["Dates", "Interval", "Add a filter", "More filters and saved views"]
    assert names == [*filters, "Undo", "Save to PostHog", "Discard", "Done", "Tile 3"]


def test_in_one_column_editing_is_not_offered_and_says_why(qtbot):
    hands = Hands(qtbot, width=700)
    offered = button(hands, "Edit layout")
    assert not offered.isEnabled()
    assert offered.toolTip() == offered.accessibleDescription() == TOO_NARROW
    hands.screen.toggle_editing()
    assert not hands.screen.editing
    assert hands.said == TOO_NARROW
    click(qtbot, hands, "Close")
    assert not hands.line.isVisible()


def test_a_window_that_gets_narrow_ends_it_and_says_why(hands, qtbot):
    hands.move(1, hands.cell(6, 0))
    hands.screen.resize(700, 700)
    assert not hands.screen.editing
    assert hands.said == TOO_NARROW
    hands.screen.resize(1240, 700)
    assert not hands.line.isVisible()
    hands.at_rest()
    assert hands.boxes == MOVED
    assert button(hands, "Edit layout").isEnabled()


def test_a_result_that_arrives_moves_no_tile_in_the_hand(hands, qtbot):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    hands.at_rest()
    before = {one: shown.geometry() for one, shown in hands.grid.tiles.items()}
    held = grid_of(3)
    fresh = trend(5, 9, 9, 9, name="Tile 1")
    state, _ = changes.with_dashboard(EMPTY, board(*held), now=NOON, asked=1)
    state, changed = tiles.with_tile_result(state, (9, 1), fresh, now=NOON, asked=2)
    hands.screen.update_dashboard(state.dashboards[9], None, changed, NOON)
    again(hands, *held)
    delivered(qtbot)
    assert {one: shown.geometry() for one, shown in hands.grid.tiles.items()} == before
    assert hands.tile(1).lifted
    hands.release()
    assert hands.told == [MOVED]


def test_tiles_of_the_server_that_come_or_go_disturb_no_gesture(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    hands.at_rest()
    held = hands.tile(1).geometry()
    kept, gone, new = grid_of(3)[0], grid_of(3)[1], tile(9, trend(-1, name="New"), x=0, y=0)
    assert gone.id == 2
    again(hands, kept, grid_of(3)[2], new)
    hands.at_rest()
    assert hands.tile(1).geometry() == held
    assert hands.tile(9).view.title == "New"
    hands.release()
    hands.at_rest()
    assert hands.told[-1].keys() == {1, 3, 9}
    assert hands.boxes[1] == Box(6, 0, 6, 5)
    assert len(hands.grid.findChildren(Handle)) >= 6


def test_a_tile_that_goes_leaves_the_hand_empty(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    again(hands, *grid_of(3)[1:])
    assert not hands.ghost.isVisible()
    assert 1 not in hands.boxes
    assert not hands.told
    hands.move(2, hands.cell(-6, 0))
    assert len(hands.told) == 1


def test_a_tile_that_goes_leaves_the_keys_free(hands):
    hands.grid.focus_tile(1)
    hands.key(Qt.Key.Key_M)
    hands.key(Qt.Key.Key_Right)
    again(hands, *grid_of(3)[1:])
    hands.grid.focus_tile(2)
    hands.key(Qt.Key.Key_S)
    hands.key(Qt.Key.Key_Left)
    hands.key(Qt.Key.Key_Return)
    assert hands.told[-1][2].w == 5


def test_a_dashboard_that_changes_while_one_drags_ends_the_drag(hands):
    hands.press(hands.tile(1))
    hands.drag(hands.cell(6, 0))
    other, _ = changes.with_dashboard(EMPTY, board(*grid_of(2), dashboard_id=10), now=NOON, asked=1)
    hands.screen.show_dashboard(other.dashboards[10], Project(id=7), None, NOON)
    assert not hands.screen.editing
    assert not hands.ghost.isVisible()
    assert not hands.told
    assert hands.boxes == {1: START[1], 2: START[2]}


def test_the_dashboard_s_own_way_to_close_gaps_counts(viewing):
    state = viewing.state
    free = replace(state, dashboard=replace(state.dashboard, compaction="stable"))
    viewing.screen.show_dashboard(free, Project(id=7), None, NOON)
    viewing.edit()
    viewing.move(3, viewing.cell(0, 4))
    assert viewing.boxes[3] == Box(0, 9, 6, 5), "with a gap above"


def test_the_page_gets_no_shorter_while_a_tile_is_in_the_hand(qtbot):
    hands = Hands(qtbot, *grid_of(8)).edit()
    hands.grid.verticalScrollBar().setValue(hands.grid.verticalScrollBar().maximum())
    height, there = hands.grid.page.height(), hands.grid.verticalScrollBar().value()
    hands.press(hands.tile(8))
    hands.drag(hands.cell(-6, -3))
    assert hands.grid.page.height() >= height
    assert hands.grid.verticalScrollBar().value() == there
    hands.key(Qt.Key.Key_Escape)
    hands.release()


def test_a_tile_in_the_edit_mode_shows_a_handle_instead_of_its_age(hands):
    assert all(one.card_state.editing for one in hands.grid.tiles.values())
    hands.screen.set_now(NOON)
    assert hands.tile(1).card_state.editing, "also after its age has changed"
    hands.screen.toggle_editing()
    assert not any(one.card_state.editing for one in hands.grid.tiles.values())


def test_the_menu_button_stands_beside_the_handle(hands):
    hands.grid.focus_tile(1)
    handle, menu = hands.handle(1, "Move"), hands.tile(1)._menu_button
    assert menu.isVisible()
    assert not menu.geometry().intersects(handle.geometry())


def test_handles_stay_in_their_corners(hands):
    hands.press(hands.handle(1, "Resize"), QPoint(12, 12))
    hands.drag(hands.cell(2, 1))
    hands.release()
    hands.at_rest()
    for word in ("Move", "Resize"):
        handle = hands.handle(1, word)
        assert hands.tile(1).rect().contains(handle.geometry())
        assert hands.tile(1).width() - handle.geometry().right() < 12


def test_the_handle_for_resizing_covers_nothing_of_the_chart(viewing):
    tile = viewing.tile(1)
    chart = card.body_rect(QRectF(tile.rect()), tile.view).toAlignedRect()
    before = tile.grab(chart).toImage()
    viewing.edit()
    handle = viewing.handle(1, "Resize")
    assert chart.intersects(handle.geometry()), "its target reaches over the margin"
    assert tile.grab(chart).toImage() == before
    seen = tile.grab(handle.geometry()).toImage()
    handle.hide()
    assert tile.grab(handle.geometry()).toImage() != seen, "but it can be seen"


def test_every_handle_has_a_name_and_is_24_pixels_large(hands):
    for handle in hands.grid.findChildren(Handle):
        assert handle.accessibleName() in {
            f"{word} Tile {number}" for word in ("Move", "Resize") for number in (1, 2, 3)
        }
        assert min(handle.size().toTuple()) >= 24


def test_coming_and_going_leaves_nothing_behind(hands, qtbot):
    hands.move(1, hands.cell(6, 0))
    hands.screen.toggle_editing()
    qtbot.waitUntil(lambda: not hands.grid.findChildren(Handle))
    before = len(hands.screen.findChildren(QObject))
    for _ in range(20):
        hands.screen.toggle_editing()
        hands.screen.undo()
        hands.screen.redo()
        hands.screen.toggle_editing()
    qtbot.waitUntil(lambda: not hands.grid.findChildren(Handle))
    assert len(hands.screen.findChildren(QObject)) == before


def test_a_theme_reaches_what_is_in_the_hand(hands, qtbot):
    hands.screen.set_theme(look.dark())
    hands.press(hands.tile(1), TITLE)
    hands.drag(hands.cell(3, 0))
    image = hands.tile(1).grab().toImage()
    assert has_color(image, look.dark().accent_bg)
    hands.release()
