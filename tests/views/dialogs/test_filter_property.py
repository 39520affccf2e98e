"""Making and changing a condition by keyboard and mouse, with and without the server's help."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QToolButton,
)

from phdesk.core.filters import Property
from phdesk.models.definition import PropertyDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.views import theme as look
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.dialogs.filter_property import PropertyPopover
from tests.noting import noting

RETURN, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
BROWSER = PropertyDefinition(name="$browser")
OS = PropertyDefinition(name="$os")
AMOUNT = PropertyDefinition(name="amount", type="Numeric")
PLAN = PropertyDefinition(name="plan", kind="person")
NO_SCOPE = Failure(
    cause=Cause.MISSING_SCOPE, message="The key lacks the scope property_definition:read."
)


class Opened:
    def __init__(self, qtbot, condition=None, kind=PropertyPopover):
        self.qtbot = qtbot
        self.anchor = button = QPushButton("Filter")
        qtbot.addWidget(button)
        button.show()
        if kind is PropertyPopover:
            self.popover = PropertyPopover(look.light(), condition, button)
            self.asked_values = []
            self.popover.values_wanted.connect(noting(self.asked_values))
        else:
            self.popover = BreakdownPopover(look.light(), button)
        self.popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.asked, self.taken = [], []
        self.popover.properties_wanted.connect(noting(self.asked))
        self.popover.chosen.connect(self.taken.append)
        self.popover.start()
        self.popover.open_below(button)

    def part(self, kind, name):
        found = [p for p in self.popover.findChildren(kind) if p.accessibleName() == name]
        return found[0]

    def type(self, name, text, *keys):
        field = self.part(QLineEdit, name)
        self.qtbot.keyClicks(field, text)
        for key in keys:
            self.qtbot.keyClick(field, key)

    def listed(self, name):
        items = self.part(QListWidget, name)
        return [items.item(row).text() for row in range(items.count())]

    def operator(self, words):
        menu = next(m for m in self.popover.findChildren(QMenu) if m.isVisible())
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()


@pytest.fixture
def made(qtbot):
    made = Opened(qtbot)
    made.popover.take_properties("event", "", (BROWSER, OS, AMOUNT))
    made.popover.take_properties("person", "", (PLAN,))
    return made


def test_a_condition_by_keyboard_alone(made):
    assert made.asked == [("event", "")]
    made.type("Find a property", "brow", RETURN)
    assert made.asked_values == [("event", "$browser", "")]
    made.popover.take_values("$browser", "", ("Chrome", "Safari", "Firefox"))
    assert QApplication.focusWidget() is made.part(QLineEdit, "Value")
    made.type("Value", "saf", RETURN)
    assert made.listed("Values") == ["Safari", "Chrome", "Firefox"]
    made.type("Value", "", DOWN, DOWN, RETURN)
    assert made.taken == []
    made.type("Value", "", RETURN)
    assert made.taken == [Property(key="$browser", value=["Safari", "Chrome"])]
    assert not made.popover.isVisible()


def test_a_value_that_nobody_lists_can_be_typed(made):
    made.type("Find a property", "brow", RETURN)
    made.popover.take_values("$browser", "", ())
    made.type("Value", "Lynx", RETURN)
    made.type("Value", "", RETURN)
    assert made.taken == [Property(key="$browser", value=["Lynx"])]


def test_values_are_ticked_by_mouse(made, qtbot):
    made.type("Find a property", "brow", RETURN)
    made.popover.take_values("$browser", "", ("Chrome", "Safari"))
    values = made.part(QListWidget, "Values")
    for row in (0, 1):
        spot = values.visualItemRect(values.item(row)).center()
        qtbot.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    apply = next(b for b in made.popover.findChildren(QPushButton) if b.text() == "Apply")
    qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert made.taken == [Property(key="$browser", value=["Chrome", "Safari"])]


def test_another_operator_takes_one_text(made, qtbot):
    made.type("Find a property", "brow", RETURN)
    qtbot.keyClick(made.part(QPushButton, "Operator: is"), Qt.Key.Key_Space)
    made.operator("contains")
    made.type("Value", "rom", RETURN)
    assert made.taken == [Property(key="$browser", value="rom", operator="icontains")]


def test_some_operators_need_no_value(made, qtbot):
    made.type("Find a property", "brow", RETURN)
    qtbot.keyClick(made.part(QPushButton, "Operator: is"), Qt.Key.Key_Space)
    made.operator("is not set")
    assert not made.part(QLineEdit, "Value").isVisible()
    apply = next(b for b in made.popover.findChildren(QPushButton) if b.text() == "Apply")
    qtbot.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert made.taken == [Property(key="$browser", value="is_not_set", operator="is_not_set")]


def test_numbers_are_compared_with_numbers_only(made, qtbot):
    made.type("Find a property", "amou", RETURN)
    qtbot.keyClick(made.part(QPushButton, "Operator: is"), Qt.Key.Key_Space)
    made.operator("is at least")
    made.type("Value", "many", RETURN)
    assert made.taken == []
    made.part(QLineEdit, "Value").clear()
    made.type("Value", "20", RETURN)
    assert made.taken == [Property(key="amount", value=20, operator="gte")]


def test_properties_of_persons_are_a_choice_away(made, qtbot):
    qtbot.mouseClick(
        next(b for b in made.popover.findChildren(QRadioButton) if b.text() == "Of persons"),
        Qt.MouseButton.LeftButton,
    )
    assert made.asked[-1] == ("person", "")
    assert made.listed("Properties") == ["plan"]
    made.type("Find a property", "", RETURN)
    assert made.asked_values == [("person", "plan", "")]


def test_typing_asks_the_server_when_it_rests(made, qtbot):
    made.type("Find a property", "utm")
    qtbot.waitUntil(lambda: made.asked[-1] == ("event", "utm"))
    assert made.listed("Properties") == ["“utm” as typed"]


def test_without_the_scope_the_name_is_typed(made, qtbot):
    made.popover.take_failure("event properties", NO_SCOPE)
    made.type("Find a property", "my_prop", RETURN)
    made.popover.take_failure("values", NO_SCOPE)
    made.type("Value", "x", RETURN)
    made.type("Value", "", RETURN)
    assert made.taken == [Property(key="my_prop", value=["x"])]


def test_a_condition_that_there_is_is_changed_and_keeps_what_belongs_to_it(qtbot):
    condition = Property(key="$os", value=["Linux"], operator="exact", rest={"group_type_index": 1})
    made = Opened(qtbot, condition)
    assert made.asked_values == [("event", "$os", "")]
    made.popover.take_values("$os", "", ("Linux", "macOS"))
    assert made.listed("Values") == ["Linux", "macOS"]
    made.type("Value", "mac", RETURN)
    made.type("Value", "", RETURN)
    assert made.taken[0].value == ["Linux", "macOS"]
    assert made.taken[0].rest == {"group_type_index": 1}


def test_one_goes_back_to_the_list_of_properties(made, qtbot):
    made.type("Find a property", "brow", RETURN)
    qtbot.mouseClick(
        made.part(QToolButton, "Back to the list of properties"), Qt.MouseButton.LeftButton
    )
    assert made.part(QLineEdit, "Find a property").isVisible()
    assert made.taken == []


def test_a_breakdown_is_one_property(qtbot):
    made = Opened(qtbot, kind=BreakdownPopover)
    made.popover.take_properties("event", "", (BROWSER, OS))
    made.type("Find a property", "os", RETURN)
    assert made.taken == [OS]


def test_values_that_are_no_texts_stay_what_they_are(qtbot):
    condition = Property(key="paid", value=[True, 5, "x"], operator="exact")
    made = Opened(qtbot, condition)
    made.popover.take_values("paid", "", ("false", "true"))
    assert made.listed("Values") == ["true", "5", "x", "false"]
    made.type("Value", "fal", RETURN)
    made.type("Value", "", RETURN)
    assert made.taken[0].value == [True, 5, "x", "false"]


def test_what_was_walked_to_stays_marked_when_more_comes(made, qtbot):
    made.type("Find a property", "o", DOWN)
    items = made.part(QListWidget, "Properties")
    marked = items.currentItem().text()
    more = tuple(PropertyDefinition(name=f"o{number}") for number in range(5))
    made.popover.take_properties("event", "o", more)
    assert items.count() > 5
    assert items.currentItem().text() == marked


def test_a_value_that_was_walked_to_stays_marked_when_more_comes(qtbot):
    made = Opened(qtbot, Property(key="$os", value=[], operator="exact"))
    made.popover.take_values("$os", "", ("Linux", "macOS", "Windows"))
    made.type("Value", "i", DOWN)
    items = made.part(QListWidget, "Values")
    assert items.currentItem().text() == "Windows"
    made.popover.take_values("$os", "i", ("iOS", "Linux", "Windows"))
    assert items.currentItem().text() == "Windows"
