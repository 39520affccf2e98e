from PySide6.QtGui import QAction, QKeySequence

from phdesk.views import theme as look
from phdesk.views.dialogs.shortcuts import Shortcuts
from tests.views.dialogs.focus import names_of_focusable


def action(text, *keys):
    made = QAction(text)
    made.setShortcuts([QKeySequence(key) for key in keys])
    return made


def test_the_list_is_made_from_the_actions(qtbot):
    actions = [
        action("&Refresh", "R", "F5"),
        action("Find && replace…", "Ctrl+F"),
        action("Without keys"),
    ]
    dialog = Shortcuts(look.light(), actions)
    qtbot.addWidget(dialog)
    assert dialog.rows()[:2] == [("Refresh", "R, F5"), ("Find & replace", "Ctrl+F")]


def test_the_keys_of_a_tile_are_listed_too(qtbot):
    dialog = Shortcuts(look.light(), [action("Refresh", "R")])
    qtbot.addWidget(dialog)
    assert ("Open the tile large", "Enter, V") in dialog.rows()


def test_every_control_has_a_name(qtbot):
    dialog = Shortcuts(look.light(), [action("Refresh", "R")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert all(names_of_focusable(dialog).values())
