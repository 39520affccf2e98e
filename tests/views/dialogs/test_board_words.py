import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from phdesk.views import theme as look
from phdesk.views.dialogs.board_words import NameDialog, TextDialog
from tests.noting import noting
from tests.views.dashboard.showing import exposed
from tests.views.dialogs.focus import names_of_focusable

LEFT = Qt.MouseButton.LeftButton


def button(dialog, text):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def field(dialog, kind, name):
    return next(one for one in dialog.findChildren(kind) if one.accessibleName() == name)


@pytest.fixture
def naming(qtbot):
    dialog = exposed(qtbot, NameDialog(look.light()), 480, 420)
    dialog.set_words("Weekly", "What we look at", ["growth", "web"])
    return dialog


@pytest.fixture
def said(naming):
    said = []
    naming.chosen.connect(noting(said))
    return said


def test_name_description_and_tags_are_changed_by_keys(naming, said, qtbot):
    assert QApplication.focusWidget() is field(naming, QLineEdit, "Name")
    qtbot.keyClicks(QApplication.focusWidget(), "Daily")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClicks(QApplication.focusWidget(), " now")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClicks(QApplication.focusWidget(), ", , new ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert said == [("Daily", "What we look at now", ["growth", "web", "new"])]
    assert not naming.isVisible()


def test_a_dashboard_has_a_name(naming, said, qtbot):
    qtbot.keyClick(field(naming, QLineEdit, "Name"), Qt.Key.Key_Delete)
    assert not button(naming, "Save for everyone").isEnabled()
    qtbot.keyClick(field(naming, QLineEdit, "Name"), Qt.Key.Key_Return)
    assert said == []


def test_cancelling_changes_nothing(naming, said, qtbot):
    qtbot.mouseClick(button(naming, "Cancel"), LEFT)
    assert (said, naming.isVisible()) == ([], False)


def test_every_part_has_a_name(naming):
    assert list(names_of_focusable(naming).values()) == [
        "Name",
        "Description",
        "Tags, with commas between them",
        "Cancel",
        "Save for everyone",
    ]


@pytest.fixture
def writing(qtbot):
    return exposed(qtbot, TextDialog(look.light()), 480, 360)


def test_a_text_is_added(writing, qtbot):
    said = []
    writing.chosen.connect(said.append)
    assert not button(writing, "Add for everyone").isEnabled()
    qtbot.keyClicks(field(writing, QPlainTextEdit, "Text of the card"), "## Notes")
    qtbot.mouseClick(button(writing, "Add for everyone"), LEFT)
    assert said == ["## Notes"]


def test_a_text_that_is_too_long_says_by_how_much(writing):
    field(writing, QPlainTextEdit, "Text of the card").setPlainText("x" * 5500)
    assert not button(writing, "Add for everyone").isEnabled()
    assert "1,500 characters too many." in [one.text() for one in writing.findChildren(QLabel)]
