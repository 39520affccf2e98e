"""Properties of whatever they are of are picked for filters, breakdowns and what is counted."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from phdesk.core.building.draft import at, put
from phdesk.core.building.starting import blank
from tests import a11y
from tests.views.building.making import AROUND, Making, made, popup

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
RETURN, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


def opened(qtbot, button, kind):
    """Open a choice by the keyboard and look at the properties of a kind."""
    button.setFocus()
    qtbot.keyClick(button, SPACE)
    popover = popup(qtbot)
    radio = next(one for one in popover.findChildren(QRadioButton) if one.text() == kind)
    radio.setFocus()
    qtbot.keyClick(radio, SPACE)
    assert radio.isChecked()
    popover._picker.sought._field.setFocus()
    return popover


def typed(qtbot, popover, *texts):
    for text in texts:
        field = popover.focusWidget()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, RETURN)


def test_a_filter_on_a_group_names_its_type(qtbot):
    making = made(qtbot, "trends")
    asked = []
    making.page.sources.values_wanted.connect(lambda *what: asked.append(what))
    popover = opened(qtbot, making.named("Add a filter to the insight"), "Of sites")
    assert a11y.faults(popover) == []
    typed(qtbot, popover, "amount", "Chrome", "")
    assert at(making.draft, "properties") == [
        {
            "key": "amount",
            "value": ["Chrome"],
            "operator": "exact",
            "type": "group",
            "group_type_index": 2,
        }
    ]
    assert asked[0] == ("group 2", "amount", "")
    assert making.named("Filter: amount (site) is Chrome")


def test_one_group_is_picked_by_the_key_that_events_carry(qtbot):
    making = made(qtbot, "trends")
    popover = opened(qtbot, making.named("Add a filter to the insight"), "Of organizations")
    typed(qtbot, popover, "which", "acme", "")
    assert at(making.draft, "properties") == [
        {"key": "$group_0", "value": ["acme"], "operator": "exact", "type": "event"}
    ]


def test_a_breakdown_by_a_group_names_its_type(qtbot):
    making = made(qtbot, "trends")
    typed(qtbot, opened(qtbot, making.named("Add a breakdown"), "Of organizations"), "amount")
    assert at(making.draft, "breakdownFilter") == {
        "breakdown": "amount",
        "breakdown_type": "group",
        "breakdown_group_type_index": 0,
    }
    assert making.named("Breakdown by amount (organization)")


def test_a_project_without_groups_offers_none(qtbot):
    making = made(qtbot, "trends")
    making.page.set_draft(making.draft, replace(AROUND, groups=()))
    button = making.named("Add a filter to the insight")
    button.setFocus()
    qtbot.keyClick(button, SPACE)
    kinds = [one.text() for one in popup(qtbot).findChildren(QRadioButton)]
    assert kinds == ["Of events", "Of persons", "Of sessions", "Of elements"]


def test_what_was_clicked_is_filtered_by_its_text(qtbot):
    making = made(qtbot, "trends")
    asked = []
    making.page.sources.properties_wanted.connect(lambda *what: asked.append(what))
    making.page.sources.values_wanted.connect(lambda *what: asked.append(what))
    popover = opened(qtbot, making.named("Add a filter to the insight"), "Of elements")
    assert popover._picker.names() == ["tag_name", "text", "href", "selector"]
    typed(qtbot, popover, "text", "Buy", "")
    assert at(making.draft, "properties") == [
        {"key": "text", "value": ["Buy"], "operator": "exact", "type": "element"}
    ]
    assert asked == [("event", "")], "nobody lists what elements have"
    assert making.named("Filter: text (element) is Buy")


@pytest.mark.parametrize("modern", [True, False])
def test_a_counted_property_says_whose_it_is_where_the_server_knows(qtbot, modern):
    counted = put(blank("trends"), "series.0.math", "avg")
    making = Making(qtbot, counted)
    making.page.set_draft(counted, replace(AROUND, modern=modern))
    button = making.named("Counted of series A: Choose a property")
    if not modern:
        button.setFocus()
        qtbot.keyClick(button, SPACE)
        kinds = [one.text() for one in popup(qtbot).findChildren(QRadioButton)]
        assert kinds == ["Of events"]
        return
    typed(qtbot, opened(qtbot, button, "Of persons"), "amount")
    assert at(making.draft, "series.0.math_property_type") == "person_properties"
    assert making.named("Counted of series A: amount (person)")


def test_groups_are_counted(qtbot):
    making = made(qtbot, "trends")
    maths = making.named("What is counted of series A")
    maths.setFocus()
    place = maths.findText("Unique sites")
    while maths.currentIndex() != place:
        qtbot.keyClick(maths, DOWN)
    assert at(making.draft, "series.0.math") == "unique_group"
    assert at(making.draft, "series.0.math_group_type_index") == 2
