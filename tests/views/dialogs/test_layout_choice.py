import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dialogs.layout_choice import LayoutChoice, LayoutPicture
from tests.noting import noting
from tests.views.dialogs.focus import names_of_focusable

MINE = {1: Box(6, 0, 6, 5), 2: Box(0, 0, 6, 5), 3: Box(0, 5, 12, 5)}
THEIRS = {1: Box(0, 10, 6, 5), 2: Box(0, 0, 6, 5), 3: Box(0, 5, 12, 5)}
NAMES = {1: "Signups", 2: "Revenue", 3: "Errors"}
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot):
    dialog = LayoutChoice(look.light(), "Weekly", None)
    qtbot.addWidget(dialog)
    dialog.set_layouts(MINE, THEIRS, {1}, NAMES)
    with qtbot.waitExposed(dialog, timeout=5_000):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def chosen(dialog):
    said = []
    dialog.mine_chosen.connect(noting(said, "mine"))
    dialog.theirs_chosen.connect(noting(said, "theirs"))
    return said


def words(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def press(dialog, qtbot, text):
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, LEFT)


def test_it_says_which_dashboard_and_which_tiles(dialog):
    assert "“Weekly”" in words(dialog)
    assert "Signups" in words(dialog)
    assert "Revenue" not in words(dialog)
    assert "not saved" in words(dialog)


def test_many_tiles_are_counted_and_one_without_a_name_has_its_number(dialog):
    boxes = {number: Box(0, number, 6, 1) for number in range(1, 10)}
    dialog.set_layouts(boxes, boxes, set(boxes), NAMES)
    assert "Signups, Revenue, Errors, Tile 4, Tile 5 and 4 more" in words(dialog)


def test_both_layouts_are_shown_with_the_tiles_in_question(dialog):
    mine, theirs = dialog.findChildren(LayoutPicture)
    assert (mine.accessibleName(), theirs.accessibleName()) == ("Yours", "The team's")
    assert mine.accessibleDescription() == "Signups at column 7, row 1"
    assert theirs.accessibleDescription() == "Signups at column 1, row 11"
    for picture, boxes in ((mine, MINE), (theirs, THEIRS)):
        image = picture.grab().toImage()
        for one, box in boxes.items():
            inside = picture.rectangle(box).bottomRight().toPoint() - QPoint(6, 6)
            token = "accent_bg" if one == 1 else "surface"
            assert image.pixelColor(inside) == getattr(look.light(), token)


@pytest.mark.parametrize(("text", "what"), [("Keep mine", "mine"), ("Take the team's", "theirs")])
def test_a_choice_closes_it(dialog, chosen, qtbot, text, what):
    press(dialog, qtbot, text)
    assert chosen == [what]
    assert not dialog.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_closing_it_in_haste_decides_nothing(dialog, chosen, qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert (chosen, dialog.isVisible()) == ([], False)


def test_all_of_it_is_reached_by_keys(dialog, qtbot):
    assert list(names_of_focusable(dialog).values()) == [
        "Keep mine",
        "Take the team's",
        "Decide later",
    ]
    assert QApplication.focusWidget().text() == "Decide later"
