"""The project's SQL variables are listed, inserted, completed, and have values above the chart."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton

from phdesk.core.building.draft import at, put
from phdesk.core.building.starting import blank
from phdesk.models.definition import Choice, VariableDefinition
from tests import a11y
from tests.views.building import making as shared
from tests.views.building.making import AROUND, Making, popup

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
RETURN, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
KNOWN = (
    VariableDefinition(id="a-1", name="Plan", code_name="plan", default="pro"),
    VariableDefinition(
        id="a-2", name="Service", code_name="service", type="List", choices=("all", "web"),
        default="all",
    ),
)  # fmt: skip


@pytest.fixture
def making(qtbot, monkeypatch):
    monkeypatch.setattr(shared, "AROUND", replace(AROUND, variables=KNOWN))
    return Making(qtbot, put(blank("sql"), "query", "select "))


def write(qtbot, making, text):
    editor = making.control("query").editor
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(editor, text)
    return editor


def press(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, SPACE)


def test_variables_are_listed_with_their_defaults_and_inserted(qtbot, making):
    control = making.control("variables")
    listed = [one.text() for one in control.findChildren(QLabel) if one.isVisible()]
    assert listed == ["{variables.plan}: pro (default)", "{variables.service}: all (default)"]
    editor = write(qtbot, making, "")
    press(qtbot, making.named("Insert {variables.service}"))
    assert editor.toPlainText() == "select {variables.service}"
    assert editor.hasFocus()
    assert at(making.draft, "variables") == {"a-2": {"code_name": "service", "variableId": "a-2"}}
    assert making.named("SQL variable service: all (default)")
    assert a11y.faults(making.page) == []


@pytest.mark.parametrize("typed", ["{va", "{", "pla"])
def test_variables_are_completed(qtbot, making, typed):
    editor = write(qtbot, making, typed)
    qtbot.waitUntil(editor.offers.isVisible)
    place = next(row for row, text in enumerate(editor.offers.texts) if "variables.plan" in text)
    for _ in range(place):
        qtbot.keyClick(editor, DOWN)
    qtbot.keyClick(editor, RETURN)
    assert editor.toPlainText() == "select {variables.plan}"
    assert at(making.draft, "variables.a-1.code_name") == "plan"


def test_a_value_is_chosen_above_the_chart_and_given_back_to_the_default(qtbot, making):
    write(qtbot, making, "{variables.service}")
    press(qtbot, making.named("SQL variable service: all (default)"))
    choices = popup(qtbot).findChild(QListWidget)
    assert choices.currentItem().text() == "all"
    field = popup(qtbot).findChild(QLineEdit)
    qtbot.keyClicks(field, "web")
    qtbot.keyClick(field, RETURN)
    assert at(making.draft, "variables.a-2.value") == "web"
    press(qtbot, making.named("SQL variable service: web"))
    buttons = popup(qtbot).findChildren(QPushButton)
    press(qtbot, next(one for one in buttons if one.text() == "Use the default"))
    assert at(making.draft, "variables.a-2") == {"code_name": "service", "variableId": "a-2"}
    editor = making.control("query").editor
    editor.selectAll()
    qtbot.keyClicks(editor, "select 1")
    assert not making.page.variables.isVisible()


def test_choices_that_a_query_gives_are_asked_for_when_they_are_wanted(qtbot, making):
    asked = replace(KNOWN[1], choices=(), choices_query="select a")
    around = replace(AROUND, variables=(asked,))
    wanted = []
    making.page.sources.choices_wanted.connect(wanted.append)
    write(qtbot, making, "{variables.service}")
    making.page.set_draft(making.draft, around)
    assert wanted == []
    press(qtbot, making.named("SQL variable service: all (default)"))
    assert wanted == ["a-2"]
    making.page.sources.choices_came.emit("a-2", (Choice("all"), Choice("api", "The API")))
    field = popup(qtbot).findChild(QLineEdit)
    qtbot.keyClicks(field, "the")
    qtbot.keyClick(field, RETURN)
    assert at(making.draft, "variables.a-2.value") == "api"


def test_why_there_are_none_is_said(qtbot, making):
    def said(around):
        making.page.set_draft(making.draft, around)
        control = making.control("variables")
        return [one.text() for one in control.findChildren(QLabel) if one.isVisibleTo(control)]

    assert said(replace(AROUND, no_variables="The key may not read them.")) == [
        "The key may not read them."
    ]
    assert said(replace(AROUND, variables=())) == [
        "This project has none; they are made in PostHog."
    ]


def test_tab_comes_from_the_settings_over_the_values_to_the_chart(qtbot, making):
    write(qtbot, making, "{variables.service} {variables.plan}")
    chart = making.named("Chart")
    said = ("service: all (default)", "plan: pro (default)")
    values = [making.named(f"SQL variable {one}") for one in said]
    qtbot.waitUntil(lambda: not making.page.fields._order.isActive())
    chart.setFocus()
    for expected in (*values, making.named("Calculate again")):
        qtbot.keyClick(making.page.window().focusWidget(), Qt.Key.Key_Tab)
        assert making.page.window().focusWidget() is expected
