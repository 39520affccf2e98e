from typing import get_args

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QTableView

from phdesk.core.building.breakdowns import breakdowns
from phdesk.core.building.conditions import conditions
from phdesk.core.building.draft import at, opened, put
from phdesk.core.building.field import Control as Kinds
from phdesk.core.building.parts import exclusions, formulas, goals
from phdesk.core.building.series import series
from phdesk.core.building.starting import STARTS, blank
from phdesk.views.building.event_picker import Picked
from phdesk.views.building.fields_pane import CONTROLS
from phdesk.views.building.heading import Heading
from phdesk.views.building.list_controls import ExclusionLine
from phdesk.views.theme import light
from tests import a11y
from tests.views.building.making import Making, made, popup
from tests.views.explore.samples import BODIES, PEOPLE, view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
RETURN, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(qtbot, widget, key=SPACE):
    widget.setFocus()
    qtbot.keyClick(widget, key)


def pick(qtbot, words, opener):
    press(qtbot, opener)
    field = popup(qtbot).focusWidget()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, RETURN)


def test_each_setting_that_the_core_knows_has_a_control():
    assert set(CONTROLS) == set(get_args(Kinds))


@pytest.mark.parametrize("kind", [one.kind for one in STARTS])
def test_a_new_insight_of_each_kind_is_shown_with_names_and_room(kind, qtbot):
    page = made(qtbot, kind).page
    assert page.kinds.taker.property("kind") == kind
    assert page.fields.rows
    assert a11y.faults(page) == []


@pytest.mark.parametrize("width", [780, 1024])
@pytest.mark.parametrize("kind", [one.kind for one in STARTS])
def test_settings_are_wide_enough_and_tab_never_moves_them_sideways(kind, width, qtbot):
    page = made(qtbot, kind).page
    page.resize(width, 400)
    qtbot.waitUntil(lambda: page.fields.horizontalScrollBar().maximum() == 0)
    page.fields.setMinimumWidth(0)
    page.fields.widget().setMinimumWidth(page.fields.width() + 40)  # as with long words
    qtbot.waitUntil(lambda: page.fields.horizontalScrollBar().maximum() > 0)
    page.kinds.taker.setFocus()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert page.fields.horizontalScrollBar().value() == 0


@pytest.mark.parametrize("by", ["kind", "start"])
def test_what_is_begun_is_shown_from_its_first_setting(qtbot, by):
    making = made(qtbot, "funnel")
    making.page.resize(1024, 400)
    bar = making.page.fields.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    making.take(put(making.draft, "aggregation_group_type_index", 0))
    assert bar.value() > 0, "an edit moves nothing"
    if by == "kind":
        making.take(blank("stickiness"))
    else:
        making.page.start()  # another one of the same kind
    assert bar.value() == 0


def test_a_chart_is_chosen_by_keys_and_its_settings_come_and_go(qtbot):
    making = made(qtbot, "trends")
    assert "trendsFilter.yAxisScaleType" in making.rows
    chart = making.control("trendsFilter.display").taker
    chart.setFocus()
    while at(making.draft, "trendsFilter.display") != "ActionsPie":
        qtbot.keyClick(chart, DOWN)
    assert "trendsFilter.yAxisScaleType" not in making.rows
    assert "interval" not in making.rows
    assert chart.hasFocus(), "the keyboard stays where it was"


def test_a_series_is_another_event_and_counted_otherwise(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "signed", making.named("Series A: Pageview"))
    assert series(making.draft)[0].event == "signed_up"
    math = making.named("What is counted of series A")
    math.setCurrentText("Sum")
    math.activated.emit(math.currentIndex())
    row = making.control("series").rows[0]
    assert row.fault == "Choose the property to count.", "at the series that it is about"
    assert making.rows["series"].fault == ""
    pick(qtbot, "amount", making.named("Counted of series A: Choose a property"))
    assert series(making.draft)[0].property == "amount"
    assert row.fault == ""


def test_series_are_added_as_actions_doubled_moved_and_removed(qtbot):
    making = made(qtbot, "trends")
    press(qtbot, making.named("Add a series"))
    popover = popup(qtbot)
    popover.sought._kinds[1].click()
    qtbot.keyClick(popover.findChild(QLineEdit), RETURN)
    assert series(making.draft)[1].action == 7

    def choose(place, words):
        press(qtbot, making.named(f"More for series {place}"))
        menu = popup(qtbot)
        next(one for one in menu.actions() if one.text() == words).trigger()
        menu.close()

    choose("B", "Move up")
    assert [one.action for one in series(making.draft)] == [7, None]
    choose("A", "Duplicate")
    assert [one.action for one in series(making.draft)] == [7, 7, None]
    choose("B", "Remove")
    assert [one.action for one in series(making.draft)] == [7, None]


def test_a_name_is_given_to_a_series_and_taken_away(qtbot):
    making = made(qtbot, "trends")

    def rename(text):
        press(qtbot, making.named("More for series A"))
        menu = popup(qtbot)
        menu.actions()[0].trigger()
        menu.close()
        field = popup(qtbot).findChild(QLineEdit)
        field.setText(text)
        qtbot.keyClick(field, RETURN)

    rename("Visits")
    assert series(making.draft)[0].label == "Visits"
    rename("")
    assert series(making.draft)[0].label == "Pageview"


def test_a_filter_is_added_by_keys_and_dropped_by_its_cross(qtbot):
    making = made(qtbot, "trends")
    press(qtbot, making.named("Add a filter to the insight"))
    popover = popup(qtbot)
    qtbot.keyClick(popover.focusWidget(), RETURN)
    value = popover.focusWidget()
    assert value.accessibleName() == "Value"
    qtbot.keyClicks(value, "Chr")
    qtbot.keyClick(value, RETURN)
    qtbot.keyClick(value, RETURN)
    held = conditions(making.draft)
    assert [(one.key, one.value) for one in held.groups[0].conditions] == [("$browser", ["Chrome"])]
    qtbot.mouseClick(
        making.named("Remove the filter: Browser is Chrome"), Qt.MouseButton.LeftButton
    )
    assert conditions(making.draft).count == 0


def test_a_filter_is_written_as_sql_and_written_otherwise(qtbot):
    making = made(qtbot, "trends")
    button = making.named("Add a filter to the insight as an SQL expression")
    pick(qtbot, "properties.amount > 100", button)
    assert at(making.draft, "properties.0") == {
        "key": "properties.amount > 100", "type": "hogql", "value": None,
    }  # fmt: skip
    press(qtbot, making.named("Filter: properties.amount > 100"))
    field = popup(qtbot).focusWidget()
    field.setText("properties.amount > 200")
    qtbot.keyClick(field, RETURN)
    assert at(making.draft, "properties.0.key") == "properties.amount > 200"


def test_people_of_a_cohort_are_counted_or_left_out(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "paying", making.named("Add a filter to the insight by a cohort"))
    assert at(making.draft, "properties") == [
        {"key": "id", "value": 3, "operator": "in", "type": "cohort"}
    ]
    press(qtbot, making.named("Filter: In the cohort Paying plans"))
    popover = popup(qtbot)
    popover.sought._kinds[1].click()
    qtbot.keyClick(popover.sought._field, RETURN)
    assert at(making.draft, "properties.0.operator") == "not_in"
    assert making.named("Filter: Not in the cohort Paying plans")


def test_cohorts_are_compared_with_each_other_and_with_everybody(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "paying", making.named("Add a cohort to break down by"))
    pick(qtbot, "all", making.named("Add a cohort to break down by"))
    assert at(making.draft, "breakdownFilter") == {
        "breakdown": [3, "all"], "breakdown_type": "cohort",
    }  # fmt: skip
    assert making.named("Breakdown by Paying plans, All users")
    press(qtbot, making.named("Remove the breakdown by Paying plans, All users"))
    assert at(making.draft, "breakdownFilter") is None


def test_properties_of_sessions_may_be_picked(qtbot):
    making = made(qtbot, "trends")
    press(qtbot, making.named("Add a breakdown"))
    popover = popup(qtbot)
    popover._picker.sought._kinds[2].click()
    qtbot.keyClick(popover._picker.sought._field, RETURN)
    assert breakdowns(making.draft).parts[0].type == "session"


def test_groups_of_filters_are_joined_as_chosen(qtbot):
    two = [{"key": "$browser", "value": ["Chrome"], "operator": "exact", "type": "event"}] * 2
    making = Making(qtbot, put(blank("trends"), "properties", two))
    join = making.named("How the filters of this group are joined")
    join.setFocus()
    qtbot.keyClick(join, DOWN)
    assert at(making.draft, "properties.values.0.type") == "OR"


def test_a_breakdown_is_chosen_cut_into_bins_and_dropped(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "amount", making.named("Add a breakdown"))
    assert breakdowns(making.draft).parts[0].property == "amount"
    press(qtbot, making.named("More for the breakdown by amount"))
    menu = popup(qtbot)
    next(one for one in menu.actions() if one.text().startswith("10 bins")).trigger()
    menu.close()
    assert breakdowns(making.draft).parts[0].bins == 10
    press(qtbot, making.named("Remove the breakdown by amount, 10 bins"))
    assert breakdowns(making.draft).parts == ()
    assert making.page.focusWidget().accessibleName() == "Add a breakdown"


def test_dates_are_written_in_words(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "last 14 days", making.named("Dates: Last 7 days"))
    assert at(making.draft, "dateRange.date_from") == "-14d"


def test_a_formula_is_written_and_what_is_wrong_with_it_is_said(qtbot):
    making = made(qtbot, "trends")
    pick(qtbot, "A / B", making.named("Add a formula"))
    assert formulas(making.draft)[0].text == "A / B"
    assert making.rows["trendsFilter.formula"].fault
    qtbot.keyClicks(making.named("Name of formula 1"), "Share")
    assert formulas(making.draft)[0].name == "Share"
    assert set(making.tags[1:]) == {"trendsFilter.formula"}, "what is typed is one step"


def test_goals_are_added_named_and_moved(qtbot):
    making = made(qtbot, "trends")
    press(qtbot, making.named("Add a goal"))
    value = making.named("Value of goal 1")
    value.selectAll()
    qtbot.keyClicks(value, "12.5")
    assert goals(making.draft, "trendsFilter.goalLines")[0].value == 12.5


def test_who_did_something_is_left_out_of_a_funnel(qtbot):
    making = made(qtbot, "funnel")
    pick(qtbot, "signed", making.named("Add a step"))
    pick(qtbot, "signed", making.named("Add an event"))
    assert [(one.series.event, one.first, one.last) for one in exclusions(making.draft)] == [
        ("signed_up", 0, 1)
    ]
    assert making.rows["funnelsFilter.exclusions"].fault == ""
    press(qtbot, making.named("Remove this event"))
    assert exclusions(making.draft) == ()


def test_what_people_came_back_to_is_another_event(qtbot):
    making = made(qtbot, "retention")
    pick(qtbot, "signed", making.named("and came back to: Pageview"))
    assert at(making.draft, "retentionFilter.returningEntity.id") == "signed_up"
    assert at(making.draft, "retentionFilter.targetEntity.id") == "$pageview"


def test_paths_take_several_kinds_of_events_and_texts(qtbot):
    making = made(qtbot, "paths")
    boxes = making.control("pathsFilter.includeEventTypes")
    next(one for one in boxes._boxes if one.text() == "Custom events").click()
    assert at(making.draft, "pathsFilter.includeEventTypes") == ["$pageview", "custom_event"]
    texts = making.control("pathsFilter.excludeEvents").taker
    qtbot.keyClicks(texts, "/a")
    qtbot.keyClick(texts, RETURN)
    qtbot.keyClicks(texts, "/b")
    assert at(making.draft, "pathsFilter.excludeEvents") == ["/a", "/b"]
    least = making.named("Fewest users")
    assert least.text() == "not set"
    least.setFocus()
    qtbot.keyClick(least, Qt.Key.Key_Up)
    assert at(making.draft, "pathsFilter.minEdgeWeight") == 1


def test_sql_runs_with_control_and_enter_and_its_fault_has_a_place(qtbot):
    making = made(qtbot, "sql")
    editor = making.control("query").editor
    with qtbot.waitSignal(making.page.run_requested):
        qtbot.keyClick(editor, RETURN, CONTROL)
    editor.selectAll()
    qtbot.keyClicks(editor, "select (1")
    assert at(making.draft, "query") == "select (1"
    assert editor.error_line == 1
    assert "not closed" in making.rows["query"].fault


def test_columns_of_the_answer_are_drawn_as_values(qtbot):
    making = Making(qtbot, put(blank("sql"), "node.display", "ActionsLineGraph"))
    press(qtbot, making.named("Add a column"))
    menu = popup(qtbot)
    next(one for one in menu.actions() if one.text() == "events").trigger()
    menu.close()
    assert at(making.draft, "node.chartSettings.yAxis.0.column") == "events"
    qtbot.keyClicks(making.named("Name on the chart, events"), "Events")
    assert at(making.draft, "node.chartSettings.yAxis.0.settings.display.label") == "Events"


def test_what_cannot_be_edited_is_said_and_what_is_of_another_kind_is_closed(qtbot):
    making = Making(qtbot, put(blank("trends"), "samplingFactor", 0.1))
    assert "Sampling" in making.page.fields._kept.text()
    making.take(opened({"kind": "DataTableNode", "source": {"kind": "EventsQuery"}}))
    assert making.draft.closed in making.page.fields._kept.text()
    assert not making.rows
    assert not making.page.kinds.isEnabled()


def test_the_wheel_over_the_page_changes_no_setting(qtbot):
    making = made(qtbot, "trends")
    chart = making.control("trendsFilter.display").taker
    making.page.kinds.taker.setFocus()
    middle = chart.rect().center().toPointF()
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(
        middle, chart.mapToGlobal(middle), QPoint(), QPoint(0, -120), none,
        Qt.KeyboardModifier.NoModifier, phase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart, turn)
    assert at(making.draft, "trendsFilter.display") == "ActionsLineGraph"


def test_letters_find_an_entry_of_a_choice_and_are_no_shortcuts_of_the_window(qtbot):
    making = made(qtbot, "trends")
    heard = []
    letter = QShortcut(QKeySequence("P"), making.page)
    letter.activated.connect(lambda: heard.append("P"))
    chart = making.control("trendsFilter.display").taker
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_P)
    assert heard == []
    assert at(making.draft, "trendsFilter.display") == "ActionsPie"


def test_a_description_that_has_no_room_in_its_field_is_told_whole(qtbot):
    heading = Heading(light())
    qtbot.addWidget(heading)
    heading.set_words("Signups", "long " * 1000, "a, b")
    heard = []
    heading.worded.connect(lambda *told: heard.append(told))
    qtbot.keyClicks(heading.name, "!")
    assert heard == [("Signups!", "long " * 1000, "a, b")]


@pytest.mark.parametrize("height", [560, 600, 690, 720, 900])
def test_the_chart_is_seen_whole_however_low_the_window(qtbot, height):
    page = made(qtbot, "trends").page
    page.resize(800, height)
    page.preview.set_view(view(BODIES["line"], table=PEOPLE), "just now")
    QApplication.sendPostedEvents()
    chart, room = page.preview.surface, page.preview
    lower = chart.mapTo(room, QPoint(0, chart.height())).y()
    assert lower <= room.height()
    box = chart.parentWidget()
    assert chart.mapTo(box, QPoint(0, chart.height())).y() <= box.height()


@pytest.mark.parametrize("number", [10**12, 5000, -(10**12)])
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("trends", "trendsFilter.smoothingIntervals"),
        ("trends", "breakdownFilter.breakdown_limit"),
        ("funnel", "funnelsFilter.funnelWindowInterval"),
        ("paths", "pathsFilter.edgeLimit"),
    ],
)
def test_a_number_of_any_size_is_opened_and_left_as_it_is(qtbot, kind, name, number):
    draft = put(put(blank(kind), "breakdownFilter.breakdown", "$browser"), name, number)
    page = Making(qtbot, draft)
    assert (page.draft, page.tags) == (draft, [])
    shown = [one.value() for one in page.page.findChildren(QSpinBox)]
    assert max(-(2**31) + 1, min(number, 2**31 - 1)) in shown


@pytest.mark.parametrize("step", [7, 10**20])
def test_a_step_that_the_funnel_lacks_stays_when_the_event_is_changed(qtbot, step):
    left_out = {"kind": "EventsNode", "event": "x", "funnelFromStep": 0, "funnelToStep": step}
    page = Making(qtbot, put(blank("funnel"), "funnelsFilter.exclusions", [left_out]))
    line = page.control("funnelsFilter.exclusions").findChildren(ExclusionLine)[0]
    line._on_event(Picked("signed_up"))
    (now,) = at(page.draft, "funnelsFilter.exclusions")
    assert (now["event"], now["funnelToStep"]) == ("signed_up", step)


def test_another_name_fills_no_table_anew(qtbot):
    preview = made(qtbot, "trends").page.preview
    first = view(BODIES["line"], table=PEOPLE)
    preview.set_view(first, "just now")
    model = preview.findChild(QTableView).model()
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        preview.set_view(replace(first, title="Renamed"), "just now")
    assert preview.surface.view.title == "Renamed"
