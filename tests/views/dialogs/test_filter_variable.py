"""Setting an SQL variable: only what fits its type."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from phdesk.core.filters import Variable
from phdesk.models.definition import Choice, VariableDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.services.filters import CHOICES
from phdesk.views import theme as look
from phdesk.views.dialogs.filter_variable import (
    NO_VALUES,
    READING,
    UNREAD,
    VariablePopover,
    problem_of,
    value_of,
)

SERVICE = Variable(id="v1", code_name="service", value="all")


def opened(qtbot, variable=SERVICE, **definition):
    button = QPushButton("service: all")
    qtbot.addWidget(button)
    button.show()
    known = VariableDefinition(id="v1", name="Service", **definition) if definition else None
    made = VariablePopover(look.light(), variable, known, button)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.taken = []
    made.chosen.connect(made.taken.append)
    made.anchor = button  # else it would go, and the popover with it
    made.open_below(button)
    return made


def field(made):
    return made.findChild(QLineEdit)


def button(made, text):
    return next(one for one in made.findChildren(QPushButton) if one.text() == text)


def test_one_of_a_list_by_keyboard(qtbot):
    made = opened(qtbot, type="List", choices=("all", "web", "api"))
    assert made.accessibleName() == "SQL variable Service"
    assert made.findChild(QListWidget).currentItem().text() == "all"
    qtbot.keyClick(field(made), Qt.Key.Key_Down)
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value="web")]


def test_letters_find_one_of_a_list_and_nothing_else_is_taken(qtbot):
    made = opened(qtbot, type="List", choices=("all", "web", "api"))
    qtbot.keyClicks(field(made), "nope")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == []
    field(made).clear()
    qtbot.keyClicks(field(made), "ap")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value="api")]


def test_without_a_definition_a_text_is_typed_over_the_old_one(qtbot):
    made = opened(qtbot)
    assert field(made).selectedText() == "all"
    qtbot.keyClicks(field(made), "worker")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value="worker")]


def test_a_number_must_be_one(qtbot):
    made = opened(qtbot, replace(SERVICE, value=500), type="Number")
    assert field(made).text() == "500"
    qtbot.keyClicks(field(made), "slow")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == []
    assert not button(made, "Apply").isEnabled()
    field(made).clear()
    qtbot.keyClicks(field(made), "250")
    qtbot.mouseClick(button(made, "Apply"), Qt.MouseButton.LeftButton)
    assert made.taken == [replace(SERVICE, value=250)]


def test_a_variable_can_be_null(qtbot):
    made = opened(qtbot, type="Number")
    qtbot.mouseClick(button(made, "Set to null"), Qt.MouseButton.LeftButton)
    assert made.taken == [replace(SERVICE, value=None, is_null=True)]


@pytest.mark.parametrize(
    ("kind", "text", "problem", "value"),
    [
        ("Number", "2.5", "", 2.5),
        ("Number", "", "Type a number.", None),
        ("Date", "2026-11-01", "", "2026-11-01"),
        ("Date", "soon", "Write dates as 2026-11-01.", "soon"),
        ("Boolean", "true", "", True),
        ("Boolean", "false", "", False),
        ("String", "", "", ""),
    ],
)
def test_texts_are_judged_and_read_by_type(kind, text, problem, value):
    assert problem_of(kind, text) == problem
    assert value_of(kind, text) == value


def test_several_are_ticked_by_letters_arrows_and_clicks_and_taken_together(qtbot):
    variable = Variable(id="v1", code_name="service", value=["web"])
    made = opened(qtbot, variable, type="List", choices=("all", "web", "api"), several=True)
    listed = made.findChild(QListWidget)

    def ticked():
        items = (listed.item(row) for row in range(listed.count()))
        return [one.text() for one in items if one.checkState() is Qt.CheckState.Checked]

    assert ticked() == ["web"]
    qtbot.keyClicks(field(made), "ap")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert ticked() == ["web", "api"]
    qtbot.keyClick(field(made), Qt.Key.Key_Down)
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert ticked() == ["all", "web", "api"]
    center = listed.visualItemRect(listed.item(1)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=center)
    assert ticked() == ["all", "api"]
    assert made.taken == []
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(variable, value=["all", "api"])]


def test_one_value_of_before_several_could_hold_is_ticked_and_kept(qtbot):
    variable = Variable(id="v1", code_name="service", value="old")
    made = opened(qtbot, variable, type="List", choices=("all", "web"), several=True)
    qtbot.keyClicks(field(made), "web")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    qtbot.mouseClick(button(made, "Apply"), Qt.MouseButton.LeftButton)
    assert made.taken == [replace(variable, value=["web", "old"])]


ASKED = {"type": "List", "choices_query": "select plan from events"}
PLANS = (Choice("p1", "Pro"), Choice("free"))


def note(made):
    return made._note.text()


def test_choices_that_a_query_gives_are_offered_when_they_come(qtbot):
    made = opened(qtbot, **ASKED)
    assert made.wants_choices
    assert note(made) == READING
    assert not made.findChild(QListWidget).isVisible()
    made.take_choices("v2", (Choice("other"),))
    assert made.wants_choices, "those were of another variable"
    made.take_choices("v1", PLANS)
    assert made.findChild(QListWidget).isVisible()
    assert (field(made).text(), note(made)) == ("", "")
    qtbot.keyClicks(field(made), "pro")  # by its label
    assert made.findChild(QListWidget).currentItem().text() == "Pro"
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value="p1")]


def test_what_was_typed_before_choices_came_finds_one_of_them(qtbot):
    made = opened(qtbot, **ASKED)
    field(made).setText("fre")
    made.take_choices("v1", PLANS)
    qtbot.mouseClick(button(made, "Apply"), Qt.MouseButton.LeftButton)
    assert made.taken == [replace(SERVICE, value="free")]


def test_several_of_the_choices_that_came_are_ticked_and_those_that_hold_are(qtbot):
    made = opened(qtbot, replace(SERVICE, value=["free"]), **ASKED, several=True)
    made.take_choices("v1", PLANS)
    found = made.findChild(QListWidget)
    ticked = [found.item(row).checkState() is Qt.CheckState.Checked for row in range(2)]
    assert ticked == [False, True]
    qtbot.keyClicks(field(made), "pro")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    qtbot.mouseClick(button(made, "Apply"), Qt.MouseButton.LeftButton)
    assert made.taken == [replace(SERVICE, value=["p1", "free"])]


@pytest.mark.parametrize("refused", [True, False], ids=["refused", "none"])
def test_where_a_query_gives_nothing_a_value_is_typed(qtbot, refused):
    made = opened(qtbot, **ASKED)
    made.take_refusal("values", Failure(cause=Cause.SERVER, message="Not this."))
    assert note(made) == READING
    if refused:
        made.take_refusal(CHOICES, Failure(cause=Cause.SERVER, message="No table."))
        assert note(made) == UNREAD.format("No table.")
    else:
        made.take_choices("v1", ())
        assert note(made) == NO_VALUES
    field(made).setText("worker")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value="worker")]


def test_choices_that_are_written_down_are_asked_for_no_more(qtbot):
    assert not opened(qtbot, **ASKED, choices=("all",)).wants_choices


@pytest.mark.parametrize("value", [["web", "api"], [1, 2], 500, 2.5, True, False, "web"])
@pytest.mark.parametrize("known", [True, False], ids=["its choices are unread", "unknown"])
def test_what_nobody_changed_is_taken_as_it_is(qtbot, value, known):
    several = {"several": isinstance(value, list)}
    made = opened(qtbot, replace(SERVICE, value=value), **(ASKED | several if known else {}))
    made.take_refusal(CHOICES, Failure(cause=Cause.SERVER, message="No table."))
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value=value)]
    assert type(made.taken[0].value) is type(value)


def test_several_values_whose_choices_are_unread_are_typed_as_they_stand(qtbot):
    made = opened(qtbot, replace(SERVICE, value=["web", "api"]), **ASKED, several=True)
    assert field(made).text() == '["web","api"]'
    field(made).setText('["web", "worker"]')
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value=["web", "worker"])]


def test_a_number_that_nothing_is_known_of_stays_one(qtbot):
    made = opened(qtbot, replace(SERVICE, value=500))
    field(made).setText("250")
    qtbot.keyClick(field(made), Qt.Key.Key_Return)
    assert made.taken == [replace(SERVICE, value=250)]
