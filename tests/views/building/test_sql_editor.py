import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from phdesk.views.building.sql_editor import SqlEditor
from phdesk.views.theme import dark, light

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SCHEMA = {"events": {"event": "string", "timestamp": "datetime"}, "persons": {"id": "string"}}


@pytest.fixture
def editor(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    made = SqlEditor(light())
    made.after = QLineEdit()
    column.addWidget(made)
    column.addWidget(made.after)
    made.set_schema(SCHEMA)
    qtbot.addWidget(window)
    window.resize(500, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    made.window_ = window
    return made


def typed(qtbot, editor, text):
    qtbot.keyClicks(editor, text)


def test_control_and_enter_run_the_query(editor, qtbot):
    typed(qtbot, editor, "select 1")
    with qtbot.waitSignal(editor.run_requested):
        qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert editor.toPlainText() == "select 1"


def test_a_table_is_completed_by_keys(editor, qtbot):
    typed(qtbot, editor, "select * from ")
    qtbot.keyClick(editor, Qt.Key.Key_Space, CONTROL)
    assert editor.offers.texts == ["events", "persons"]
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "select * from persons"
    assert not editor.offers.isVisible()


def test_offers_come_by_themselves_and_tab_takes_one(editor, qtbot):
    editor.set_text("select  from events")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    typed(qtbot, editor, "time")
    qtbot.waitUntil(editor.offers.isVisible)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "select timestamp from events"


def test_escape_closes_the_offers_and_then_goes_on_to_the_page(editor, qtbot):
    typed(qtbot, editor, "select * from ")
    qtbot.keyClick(editor, Qt.Key.Key_Space, CONTROL)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.offers.isVisible()
    assert editor.toPlainText() == "select * from "


def test_tab_leaves_the_editor(editor, qtbot):
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.after.hasFocus()


def test_an_error_is_marked_at_its_place_until_the_text_changes(editor, qtbot):
    editor.set_text("select\n  nope()\nfrom events")
    editor.set_error("Unsupported function call 'nope(...)'", 9, 15)
    assert editor.error_line == 2
    marks = editor.extraSelections()
    assert marks[0].cursor.selectedText() == "nope()"
    assert "nope" in editor.accessibleDescription()
    typed(qtbot, editor, " ")
    assert editor.error_line == 0
    assert not editor.extraSelections()
    assert editor.accessibleDescription() == ""


def test_a_new_line_begins_as_far_in_as_the_last(editor, qtbot):
    typed(qtbot, editor, "select")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    typed(qtbot, editor, "  a,")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    typed(qtbot, editor, "b")
    assert editor.toPlainText() == "select\n  a,\n  b"


def test_what_is_set_is_no_edit(editor, qtbot):
    heard = []
    editor.changed.connect(heard.append)
    editor.set_text("select 1")
    assert heard == []
    typed(qtbot, editor, "2")
    assert heard == ["2select 1"]


def test_words_have_colours_of_the_theme(editor):
    editor.set_text("select 'a'")

    def colors():
        formats = editor.document().firstBlock().layout().formats()
        return [one.format.foreground().color().name() for one in formats]

    assert colors() == [light().accent.name(), light().good.name()]
    editor.set_theme(dark())
    assert colors() == [dark().accent.name(), dark().good.name()]
    assert not editor.grab().isNull()


def test_letters_that_qt_counts_twice_shift_nothing(editor, qtbot):
    editor.set_text("select '🦔🦔' as a,  from events")
    cursor = editor.textCursor()
    cursor.setPosition(len("select '🦔🦔' as a, ") + 2)
    editor.setTextCursor(cursor)
    typed(qtbot, editor, "time")
    qtbot.waitUntil(editor.offers.isVisible)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "select '🦔🦔' as a, timestamp from events"
    typed(qtbot, editor, "!")
    assert editor.toPlainText() == "select '🦔🦔' as a, timestamp! from events"
    editor.set_error("Unable to resolve field: a", 15, 16)
    assert editor.extraSelections()[0].cursor.selectedText() == "a"
    formats = editor.document().firstBlock().layout().formats()
    assert (formats[1].start, formats[1].length) == (7, 6)


def test_an_error_at_a_place_that_is_none_marks_what_there_is(editor):
    editor.set_text("select 1")
    editor.set_error("odd", -3, 400)
    assert editor.extraSelections()[0].cursor.selectedText() == "select 1"
    editor.set_error("odd", 400, 3)
    assert editor.extraSelections()[0].cursor.selectedText() == ""


def test_what_is_taken_quickly_is_what_was_typed(editor, qtbot):
    editor.set_text("select  from events")
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    typed(qtbot, editor, "ti")
    qtbot.waitUntil(editor.offers.isVisible)
    typed(qtbot, editor, "me")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "select timestamp from events"
