import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from phdesk.views import theme as look
from phdesk.views.dialogs.one_name import OneName
from tests.views.dashboard.showing import exposed
from tests.views.dialogs.focus import names_of_focusable

NOTE = "Boards are yours alone and stay on this computer."


@pytest.fixture
def dialog(qtbot):
    return OneName(look.light(), "New board", "Make the board")


def shown(dialog, qtbot):
    exposed(qtbot, dialog, dialog.width(), dialog.height())
    return dialog.findChild(QLineEdit)


def done(dialog):
    return next(one for one in dialog.findChildren(QPushButton) if "Make" in one.text())


def test_a_name_is_typed_over_what_is_there(dialog, qtbot):
    dialog.set_name("My board", NOTE)
    field = shown(dialog, qtbot)
    qtbot.keyClicks(field, "  Mornings ")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == ["Mornings"]
    assert not dialog.isVisible()


def test_a_board_needs_a_name(dialog, qtbot):
    dialog.set_name("")
    field = shown(dialog, qtbot)
    assert not done(dialog).isEnabled()
    qtbot.keyClicks(field, "   ")
    assert not done(dialog).isEnabled()
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_title_may_be_empty(dialog, qtbot):
    dialog.set_name("", may_be_empty=True)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(shown(dialog, qtbot), Qt.Key.Key_Return)
    assert chosen.args == [""]


def test_the_note_is_seen_whole_and_all_has_names(dialog, qtbot):
    dialog.set_name("My board", NOTE)
    shown(dialog, qtbot)
    note = next(one for one in dialog.findChildren(QLabel) if one.text() == NOTE)
    assert note.height() >= note.heightForWidth(note.width())
    assert all(names_of_focusable(dialog).values())
