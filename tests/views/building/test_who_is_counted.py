"""Groups in the place of people, steps that may be left out, and how often it must happen."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from phdesk.core.building.draft import at, put
from phdesk.core.building.faults import faults
from phdesk.core.building.series import event_node
from phdesk.core.building.starting import blank, turned
from phdesk.core.building.untouched import untouched
from tests.views.building.making import AROUND, Making, made, popup

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
DOWN, SPACE, UP = Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Up
COUNTED = "aggregation_group_type_index"
TWO = put(blank("funnel"), "series", [event_node("a"), event_node("b")])


def chosen(qtbot, making, name, text):
    choice = making.named(name)
    choice.setFocus()
    place = choice.findText(text)
    assert place >= 0
    while choice.currentIndex() != place:
        qtbot.keyClick(choice, DOWN if choice.currentIndex() < place else UP)


def wished(qtbot, making, step, text):
    """Choose from the menu of a step; give what it offers."""
    button = making.named(f"More for step {step}")
    button.setFocus()
    qtbot.keyClick(button, SPACE)
    menu = popup(qtbot)
    assert isinstance(menu, QMenu)
    actions = {one.text(): one for one in menu.actions()}
    if text in actions:
        actions[text].trigger()
    menu.close()
    return set(actions)


@pytest.mark.parametrize("kind", ["funnel", "retention"])
def test_groups_are_counted_in_the_place_of_people(qtbot, kind):
    making = Making(qtbot, TWO if kind == "funnel" else blank(kind))
    chosen(qtbot, making, "Count", "Unique sites")
    assert at(making.draft, COUNTED) == 2
    assert untouched(making.draft) == ()
    chosen(qtbot, making, "Count", "Unique users")
    assert at(making.draft, COUNTED) is None


def test_without_groups_there_is_nothing_to_choose_unless_one_is_counted(qtbot):
    making = Making(qtbot, TWO)
    row = making.rows[COUNTED]
    none = replace(AROUND, groups=())
    making.page.set_draft(TWO, none)
    assert not row.isVisible()
    making.page.set_draft(put(TWO, COUNTED, 4), none)
    assert row.isVisible()
    assert making.named("Count").currentText() == "Unique groups 4"


def test_a_step_may_be_left_out_but_not_the_first(qtbot):
    making = Making(qtbot, TWO)
    words = "Make this step optional"
    assert words not in wished(qtbot, making, 1, "")
    wished(qtbot, making, 2, words)
    assert at(making.draft, "series.1.optionalInFunnel") is True
    assert making.named("Step 2: b   optional")
    assert untouched(making.draft) == ()
    wished(qtbot, making, 2, "Move up")
    (fault,) = [one for one in faults(making.draft) if one.name == "series.0"]
    assert "cannot be optional" in fault.message
    wished(qtbot, making, 1, "Need this step again")
    assert at(making.draft, "series.0.optionalInFunnel") is None


def test_servers_of_2024_have_no_optional_steps_and_other_kinds_none_either(qtbot):
    making = Making(qtbot, TWO)
    making.page.set_draft(TWO, replace(AROUND, modern=False))
    assert "Make this step optional" not in wished(qtbot, making, 2, "")
    optional = put(TWO, "series.1.optionalInFunnel", value=True)
    assert "optionalInFunnel" not in at(turned(optional, "trends"), "series.1")


def test_how_often_it_must_happen_is_said_whole(qtbot):
    making = made(qtbot, "stickiness")
    criteria = "stickinessFilter.stickinessCriteria"
    chosen(qtbot, making, "On each", "at most")
    assert at(making.draft, criteria) == {"operator": "lte", "value": 1}
    making = made(qtbot, "stickiness")
    making.named("On each, times").setValue(3)
    assert at(making.draft, criteria) == {"operator": "gte", "value": 3}


def test_a_unit_beside_a_number_has_no_row_of_its_own_however_often_rows_are_laid_out(qtbot):
    making = Making(qtbot, TWO)
    unit = making.rows["funnelsFilter.funnelWindowIntervalUnit"]
    for viz in ("trends", "steps"):
        making.take(put(making.draft, "funnelsFilter.funnelVizType", viz))
        assert not unit.isVisible()
        assert making.named("Within, unit")
