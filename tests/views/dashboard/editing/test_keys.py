import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from phdesk.models.dashboard import Box
from phdesk.views.dashboard.editing import arranging
from phdesk.views.dashboard.editing.marks import Handle
from tests.views.dashboard.editing.hands import Hands
from tests.views.dashboard.showing import grid_of

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
START = {1: Box(0, 0, 6, 5), 2: Box(6, 0, 6, 5), 3: Box(0, 5, 6, 5)}


@pytest.fixture
def spoken(monkeypatch):
    """What a screen reader is told."""
    told = []
    monkeypatch.setattr(arranging, "speak", lambda _widget, words: told.append(words))
    return told


@pytest.fixture
def first(hands):
    """The keyboard on the first tile."""
    hands.grid.focus_tile(1)
    return hands


def focused():
    return QApplication.focusWidget()


def test_tab_goes_from_a_tile_to_its_handles_and_on_to_the_next(first):
    names = []
    for _ in range(4):
        names.append(focused().accessibleName())
        first.key(Key.Key_Tab)
    assert names == ["Tile 1", "Move Tile 1", "Resize Tile 1", "Tile 2"]


def test_tab_follows_a_new_order(first):
    first.key(Key.Key_M)
    first.key(Key.Key_Right)
    for _ in range(5):
        first.key(Key.Key_Right)
    first.key(Key.Key_Return)
    assert first.boxes[1] == Box(6, 0, 6, 5)
    first.grid.focus_tile(3)
    names = []
    for _ in range(5):
        names.append(focused().accessibleName())
        first.key(Key.Key_Tab)
    assert names == ["Tile 3", "Move Tile 3", "Resize Tile 3", "Tile 1", "Move Tile 1"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_enter_on_a_handle_takes_the_tile_and_enter_keeps_it(first, key):
    first.key(Key.Key_Tab)
    first.key(key)
    assert first.outlined == 1
    assert first.said == (
        "Moving Tile 1. Arrows move it, Shift and arrows resize it, "
        "Enter keeps it, Esc puts it back."
    )
    first.key(Key.Key_Right)
    assert first.said == "Moved to column 2, row 1"
    first.key(Key.Key_Return)
    assert first.said == "Tile 1: column 2, row 1; 6 wide, 5 high."
    assert [one[1] for one in first.told] == [Box(1, 0, 6, 5)]
    assert focused().accessibleName() == "Move Tile 1", "the keyboard stays"
    assert first.outlined is None


def test_arrows_on_the_resize_handle_resize(first):
    for _ in range(2):
        first.key(Key.Key_Tab)
    first.key(Key.Key_Return)
    first.key(Key.Key_Down)
    first.key(Key.Key_Left)
    assert first.said == "5 wide, 6 high"
    first.key(Key.Key_Return)
    assert first.boxes[1] == Box(0, 0, 5, 6)
    assert len(first.told) == 1


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        pytest.param([(Key.Key_M, None), (Key.Key_Down, None)], Box(0, 5, 6, 5), id="move"),
        pytest.param([(Key.Key_M, None), (Key.Key_Right, SHIFT)], Box(0, 0, 7, 5), id="wider"),
        pytest.param([(Key.Key_S, None), (Key.Key_Up, None)], Box(0, 0, 6, 4), id="lower"),
        pytest.param([(Key.Key_S, None), (Key.Key_Up, SHIFT)], Box(0, 0, 6, 4), id="shift too"),
    ],
)
def test_letters_take_the_tile_that_has_the_keyboard(first, keys, box):
    for key, modifier in keys:
        first.key(key, modifier or Qt.KeyboardModifier.NoModifier)
    first.key(Key.Key_Return)
    assert first.boxes[1] == box


def test_escape_puts_it_back_and_stays_in_the_edit_mode(first):
    first.key(Key.Key_M)
    first.key(Key.Key_Right)
    first.key(Key.Key_Right, SHIFT)
    first.key(Key.Key_Escape)
    assert first.boxes == START
    assert first.said == "Tile 1 is back at column 1, row 1; 6 wide, 5 high."
    assert not first.told
    assert first.screen.editing


def test_a_step_into_nothing_is_said(first):
    first.key(Key.Key_M)
    first.key(Key.Key_Left)
    assert first.said == "It cannot go further that way."
    first.key(Key.Key_S)
    for _ in range(5):
        first.key(Key.Key_Up, SHIFT)
    assert first.said == "It cannot be resized further that way."
    assert first.boxes[1] == Box(0, 0, 6, 2)


def test_a_tile_goes_out_of_sight_only_with_the_page(qtbot):
    hands = Hands(qtbot, *grid_of(20)).edit()
    hands.grid.focus_tile(1)
    hands.key(Key.Key_M)
    for _ in range(5):
        hands.key(Key.Key_Down)
        hands.at_rest()
        assert 1 in hands.grid.visible_ids()
    assert hands.grid.verticalScrollBar().value() > 0
    hands.key(Key.Key_Escape)


def test_tab_keeps_the_tile_where_it_is_and_goes_on(first):
    first.key(Key.Key_M)
    first.key(Key.Key_Right)
    first.key(Key.Key_Tab)
    assert first.told
    assert first.boxes[1].x == 1
    assert focused().accessibleName() == "Move Tile 1"


def test_a_click_elsewhere_keeps_it_too(first, qtbot):
    first.key(Key.Key_M)
    first.key(Key.Key_Right)
    qtbot.mouseClick(first.tile(2), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert first.boxes[1].x == 1
    assert len(first.told) == 1


def test_a_click_on_a_handle_takes_the_tile_for_the_arrows(hands, qtbot):
    qtbot.mouseClick(hands.handle(2, "Resize"), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    hands.key(Key.Key_Left)
    hands.key(Key.Key_Return)
    assert hands.boxes[2] == Box(6, 0, 5, 5)


def test_the_letters_do_nothing_outside_the_edit_mode(viewing):
    viewing.grid.focus_tile(1)
    for key in (Key.Key_M, Key.Key_Right, Key.Key_Return):
        viewing.key(key)
    assert viewing.boxes == START
    assert not viewing.grid.findChildren(Handle)


def test_every_step_is_spoken_as_it_is_shown(first, spoken):
    first.key(Key.Key_M)
    first.key(Key.Key_Right)
    assert spoken[-1] == first.said == "Moved to column 2, row 1"
    first.key(Key.Key_Down, SHIFT)
    assert spoken[-1] == first.said == "6 wide, 6 high"
    first.key(Key.Key_Return)
    assert spoken[-1] == first.said
    first.screen.undo()
    assert spoken[-1] == "Undone. Nothing left to undo."
    first.screen.redo()
    assert spoken[-1] == "Done again. Nothing left to redo."
    first.screen.redo()
    assert spoken[-1] == "There is nothing to redo."
