import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from phdesk.models.definition import ActionDefinition, EventDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.views.building.event_picker import EventPopover, Picked
from phdesk.views.building.sources import Sources
from phdesk.views.theme import light

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
EVENTS = tuple(EventDefinition(name=name) for name in ("$pageview", "insight_saved", "signed_up"))
NO_SCOPE = Failure(cause=Cause.MISSING_SCOPE, message="The key may not read events.")


class Picker:
    def __init__(self, qtbot):
        self.sources, self.asked, self.chosen = Sources(), [], []
        self.sources.events_wanted.connect(lambda kind, search: self.asked.append((kind, search)))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.popover = EventPopover(light(), self.sources, self.window)
        self.popover.chosen.connect(self.chosen.append)
        self.popover.start()
        self.popover.show()
        self.field = self.popover.findChild(QLineEdit)


@pytest.fixture
def picker(qtbot):
    return Picker(qtbot)


def test_all_events_and_what_is_known_are_offered_at_once(picker):
    assert picker.asked == [("event", "")]
    picker.sources.events_came.emit("event", "", EVENTS)
    assert picker.popover.names() == [
        "All events", "Pageview   $pageview", "insight_saved", "signed_up",
    ]  # fmt: skip


def test_what_begins_with_the_letters_comes_first_and_any_name_may_be_typed(picker, qtbot):
    picker.sources.events_came.emit("event", "", EVENTS)
    qtbot.keyClicks(picker.field, "sig")
    assert picker.popover.names() == ["signed_up", "insight_saved", "“sig” as typed"]
    qtbot.waitUntil(lambda: picker.asked[-1] == ("event", "sig"))
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.chosen == [Picked("sig")]


def test_actions_are_asked_for_when_they_are_looked_at(picker, qtbot):
    picker.popover.sought._kinds[1].click()
    assert picker.asked[-1] == ("action", "")
    picker.sources.events_came.emit("action", "", (ActionDefinition(id=7, name="Paid"),))
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.chosen == [Picked("Paid", 7, "action")]


def test_a_refusal_is_said_and_a_name_can_be_typed(picker, qtbot):
    picker.sources.refused.emit("event", NO_SCOPE)
    assert "may not read" in picker.popover.sought._note.text()
    qtbot.keyClicks(picker.field, "paid")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.chosen == [Picked("paid")]


def test_an_answer_that_finds_nothing_is_said(picker, qtbot):
    picker.popover.sought._kinds[1].click()
    picker.sources.events_came.emit("action", "", ())
    assert picker.popover.names() == []
    assert "No action" in picker.popover.sought._note.text()


def test_actions_of_one_name_are_told_apart(picker, qtbot):
    picker.popover.sought._kinds[1].click()
    twins = (ActionDefinition(id=7, name="Paid"), ActionDefinition(id=9, name="Paid"))
    picker.sources.events_came.emit("action", "", twins)
    assert picker.popover.names() == ["Paid   number 7", "Paid   number 9"]
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.chosen == [Picked("Paid", 9, "action")]


def test_what_a_person_walked_to_stays_marked_when_more_comes(picker, qtbot):
    picker.sources.events_came.emit("event", "", EVENTS)
    qtbot.keyClicks(picker.field, "s")
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    marked = picker.popover.sought._list.currentItem().text()
    more = (EventDefinition(name="sent"), EventDefinition(name="search"))
    picker.sources.events_came.emit("event", "s", more)
    assert len(picker.popover.names()) > 4
    assert picker.popover.sought._list.currentItem().text() == marked
