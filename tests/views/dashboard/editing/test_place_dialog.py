import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSpinBox

from phdesk.models.dashboard import Box
from phdesk.views.dashboard.editing.place_dialog import PlaceDialog
from phdesk.views.dashboard.header import TOO_NARROW
from tests.views.dashboard.editing.hands import Hands
from tests.views.dialogs.focus import names_of_focusable


def opened(hands, tile_id, entry):
    """Choose an entry of a tile's menu, and give the dialog."""
    menu = hands.tile(tile_id)._menu()
    next(one for one in menu.actions() if one.text() == entry).trigger()
    menu.close()
    hands.qtbot.waitUntil(lambda: hands.grid.findChild(PlaceDialog) is not None)
    return hands.grid.findChild(PlaceDialog)


def field(dialog, name):
    return next(one for one in dialog.findChildren(QSpinBox) if one.accessibleName() == name)


def press(qtbot, dialog, text):
    found = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("entry", "name"), [("Move to…", "Column"), ("Size…", "Width")])
def test_the_menu_asks_for_numbers_and_begins_with_the_right_one(hands, entry, name):
    dialog = opened(hands, 2, entry)
    hands.qtbot.waitUntil(field(dialog, name).hasFocus)
    values = {one.accessibleName(): one.value() for one in dialog.findChildren(QSpinBox)}
    assert values == {"Column": 7, "Row": 1, "Width": 6, "Height": 5}
    dialog.reject()


def test_what_is_entered_is_done_as_one_step(hands, qtbot):
    dialog = opened(hands, 1, "Move to…")
    for name, value in (("Column", 3), ("Row", 1), ("Width", 4), ("Height", 6)):
        field(dialog, name).setValue(value)
    press(qtbot, dialog, "Apply")
    assert hands.boxes[1] == Box(2, 0, 4, 6)
    assert hands.said == "Tile 1: column 3, row 1; 4 wide, 6 high."
    assert len(hands.told) == 1
    hands.screen.undo()
    assert hands.boxes[1] == Box(0, 0, 6, 5)


def test_cancel_changes_nothing(hands, qtbot):
    dialog = opened(hands, 1, "Size…")
    field(dialog, "Width").setValue(3)
    press(qtbot, dialog, "Cancel")
    assert not hands.told


def test_no_tile_can_be_wider_than_its_room_or_smaller_than_its_kind(hands):
    dialog = opened(hands, 1, "Size…")
    width = field(dialog, "Width")
    assert (width.minimum(), width.maximum()) == (2, 12)
    field(dialog, "Column").setValue(10)
    assert (width.value(), width.maximum()) == (3, 3)
    dialog.reject()


def test_from_outside_the_edit_mode_it_enters_it(viewing, qtbot):
    dialog = opened(viewing, 1, "Size…")
    assert viewing.screen.editing
    dialog.reject()


def test_in_one_column_it_says_why_not(qtbot):
    hands = Hands(qtbot, width=700)
    menu = hands.tile(1)._menu()
    next(one for one in menu.actions() if one.text() == "Size…").trigger()
    menu.close()
    assert hands.said == TOO_NARROW
    assert hands.grid.findChild(PlaceDialog) is None


def test_every_field_has_a_name(hands):
    dialog = opened(hands, 1, "Size…")
    assert all(names_of_focusable(dialog).values())
    dialog.reject()
