"""Saving an insight from its page: what is sent, and what stands then."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from phdesk.core.building.draft import at
from phdesk.models.dashboard import DashboardRow
from phdesk.services import doubting
from phdesk.services.edits import NO_TAGS
from phdesk.store.changes import with_rows
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.insight_said import GIVEN_UP, NOT_SIGNED_IN, STILL
from phdesk.views.desk.insights import HERE, NEW
from phdesk.views.dialogs.dashboard_choice import DashboardChoice
from phdesk.views.dialogs.one_name import OneName
from phdesk.views.dialogs.trouble import Trouble
from tests.services.posthog import Gate
from tests.store.builders import NOON
from tests.views.desk.insights.with_insights import (
    NO_SCOPE,
    TRENDS,
    saved,
    weekly,
)


def test_a_new_insight_is_saved_on_the_dashboard_where_it_was_begun(desk, server):
    server.special["POST insights/"] = 201, saved(name="Visits")
    desk.begin(HERE)
    desk.name("Visits")
    read = len(server.paths("dashboards/9/"))
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “Visits” on “Weekly”.")
    ((how, body),) = desk.writes()
    assert (how, body["dashboards"], body["name"], body["saved"]) == ("POST", [9], "Visits", True)
    assert body["query"] == msgspec.to_builtins(TRENDS.query)
    assert not desk.editor.is_unsaved
    desk.wait(lambda: len(server.paths("dashboards/9/")) > read), "its tile is to be seen"
    desk.wait(lambda: not desk.ada.board.loading)
    assert desk.window.windowTitle() == "Visits – phdesk", "not the dashboard's, which was read"
    desk.take(weekly(desk.draft))
    server.special["PATCH insights/101/"] = 200, saved()
    desk.page.save_requested.emit()
    desk.wait(lambda: len(desk.writes()) == 2)
    assert desk.writes()[1][0] == "PATCH", "from then on it is changed"


def test_a_key_without_the_scope_is_told_and_nothing_is_lost(desk, server):
    server.special["POST insights/"] = 403, NO_SCOPE
    desk.begin()
    desk.name("Visits")
    desk.page.save_requested.emit()
    desk.wait(lambda: "insight:write" in desk.notice.text)
    assert desk.editor.is_unsaved
    assert desk.page.heading.name.text() == "Visits"


def test_the_insight_of_a_tile_is_read_by_itself_and_only_what_differs_is_sent(desk, server):
    desk.edit()
    assert desk.page.heading.name.text() == "Visits"
    desk.take(weekly(desk.draft))
    changed = msgspec.to_builtins(desk.draft.query)
    server.special["PATCH insights/101/"] = 200, saved(query=changed)
    desk.page.save_requested.emit()
    desk.wait(lambda: not desk.editor.is_unsaved)
    assert desk.writes() == [("PATCH", {"query": changed})]


def test_what_was_saved_can_be_undone_and_saved_as_it_was(desk, server):
    desk.edit()
    before = msgspec.to_builtins(desk.draft.query)
    desk.take(weekly(desk.draft))
    changed = saved(query=msgspec.to_builtins(desk.draft.query))
    server.special["PATCH insights/101/"] = 200, changed
    desk.page.save_requested.emit()
    desk.wait(lambda: not desk.editor.is_unsaved)
    server.special["GET insights/101/"] = 200, changed
    desk.page.undo_requested.emit()
    assert desk.editor.is_unsaved
    desk.page.save_requested.emit()
    desk.wait(lambda: len(desk.writes()) == 2)
    assert desk.writes()[1] == ("PATCH", {"query": before})


def test_an_insight_is_saved_as_another_on_no_dashboard(desk, server):
    desk.edit()
    server.special["POST insights/"] = 201, saved(id=102, name="Another", dashboards=[])
    desk.page.save_as_requested.emit()
    dialog = desk.ada.dialog(OneName)
    dialog.findChild(QLineEdit).setText("Another")
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Save").click()
    desk.wait(lambda: desk.notice.text == "Saved “Another”.")
    ((how, body),) = desk.writes()
    assert (how, body["name"], "dashboards" in body) == ("POST", "Another", False)
    assert desk.page.heading.name.text() == "Another"


def test_a_copy_of_a_name_as_long_as_names_may_be_is_called_one(desk, server):
    desk.edit()
    desk.name("N" * 400)
    desk.page.save_as_requested.emit()
    text = desk.ada.dialog(OneName).findChild(QLineEdit).text()
    assert len(text) == 400
    assert text.endswith("N (copy)")


def test_a_copy_refused_behind_another_page_is_not_asked_for_at_the_next_refusal(desk, server):
    desk.edit()
    desk.name("Visitors")
    gate = server.special["GET insights/"] = Gate()  # the look before a new one is sent
    gate.answer = {"results": []}
    server.special["POST insights/"] = 403, NO_SCOPE
    desk.editor._on_name("Another")
    desk.wait(lambda: server.running == 1)
    desk.ada.pages.open_dashboard(9)
    gate.open()
    desk.wait(lambda: not desk.editor.saving.busy)
    desk.do(NEW)
    desk.choose("Go on with it")
    server.special["PATCH insights/101/"] = 403, NO_SCOPE
    desk.page.save_requested.emit()
    desk.wait(lambda: len(desk.writes()) == 2 and not desk.editor.saving.busy)
    assert not [one for one in desk.window.findChildren(OneName) if one.isVisible()]


def test_what_was_said_of_an_insight_goes_when_another_is_begun(desk, server):
    server.special["POST insights/"] = 201, saved(name="Visits")
    desk.begin()
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “Visits” on “Weekly”.")
    desk.do(NEW)
    desk.wait(lambda: not desk.notice.isVisible())


def test_a_saved_insight_is_put_on_dashboards_and_what_is_not_saved_stays_so(desk, server):
    server.special["GET insights/101/"] = 200, saved(dashboards=[5])
    desk.edit()
    desk.take(weekly(desk.draft))
    server.special["PATCH insights/101/"] = 200, saved(dashboards=[5, 9])
    desk.page.add_requested.emit()
    dialog = desk.ada.dialog(DashboardChoice)
    dialog.findChild(QListWidget).item(0).setCheckState(Qt.CheckState.Checked)
    next(one for one in dialog.findChildren(QPushButton) if one.text() != "Cancel").click()
    desk.wait(lambda: len(desk.writes()) == 1)
    assert desk.writes() == [("PATCH", {"dashboards": [5, 9]})], "not the change of the chart"
    desk.wait(lambda: not desk.editor.saving.busy)
    assert desk.editor.is_unsaved
    assert at(desk.draft, "interval") == "week"


def ticked(desk, *names):
    """Tick dashboards in the list, and save."""
    rows = [DashboardRow(id=9, name="Weekly"), DashboardRow(id=12, name="Fresh")]
    desk.ada.parts.store.apply(with_rows, rows, now=NOON)
    desk.page.add_requested.emit()
    tick(desk, *names)


def tick(desk, *names):
    dialog = desk.ada.dialog(DashboardChoice)
    for item in items(dialog):
        on = any(item.text().startswith(one) for one in names)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    next(one for one in dialog.findChildren(QPushButton) if one.text() != "Cancel").click()


def items(dialog):
    found = dialog.findChild(QListWidget)
    return [found.item(row) for row in range(found.count())]


def told(desk):
    """Give what the list that came back says, and what of it is ticked."""
    desk.wait(lambda: any(one.isVisible() for one in desk.window.findChildren(DashboardChoice)))
    shown = items(desk.ada.dialog(DashboardChoice))
    return {one.text(): one.checkState() is Qt.CheckState.Checked for one in shown}


@pytest.mark.parametrize(
    ("ask", "kind"), [("add_requested", DashboardChoice), ("save_as_requested", OneName)]
)
def test_of_what_was_asked_and_answered_nothing_is_left(desk, ask, kind):
    desk.edit()
    getattr(desk.page, ask).emit()
    desk.ada.dialog(kind).reject()
    desk.wait(lambda: not desk.window.findChildren(kind))


def test_ticks_that_nobody_can_be_told_any_more_come_back(desk):
    desk.edit()
    desk.ada.desk.online.calls.use(None)  # signed out meanwhile
    ticked(desk, "Fresh")
    assert told(desk) == {"Weekly (still on it)": False, "Fresh (not added)": True}
    assert desk.ada.dialog(DashboardChoice).findChild(Trouble).text() == NOT_SIGNED_IN


def test_a_name_that_nobody_can_be_told_any_more_comes_back(desk):
    desk.edit()
    desk.ada.desk.online.calls.use(None)
    desk.page.save_as_requested.emit()
    dialog = desk.ada.dialog(OneName)
    dialog.findChild(QLineEdit).setText("Ours")
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Save").click()
    again = desk.ada.dialog(OneName)
    assert again.findChild(QLineEdit).text() == "Ours"
    assert again.findChild(Trouble).text() == NOT_SIGNED_IN


def test_ticks_that_were_refused_come_back_with_what_is_true(desk, server):
    desk.edit()
    refusal = {"attr": "dashboards", "detail": "No such dashboard.", "type": "validation_error"}
    server.special["PATCH insights/101/"] = 400, refusal
    ticked(desk, "Fresh")
    assert told(desk) == {"Weekly (still on it)": False, "Fresh (not added)": True}
    dialog = desk.ada.dialog(DashboardChoice)
    assert "No such dashboard." in dialog.findChild(Trouble).text()
    server.special["PATCH insights/101/"] = 200, saved(dashboards=[12])
    tick(desk, "Fresh")
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
    desk.page.add_requested.emit()
    assert told(desk) == {"Weekly": False, "Fresh": True}


def test_of_ticks_whose_answer_was_lost_it_is_said_what_may_be(desk, server, monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    ticked(desk, "Fresh")
    desk.wait(lambda: server.running == 1)
    server.special["GET insights/101/"] = 403, {"detail": "no"}
    gate.answer = ["cut off"]
    gate.open()
    assert told(desk) == {"Weekly (perhaps taken off)": False, "Fresh (perhaps added)": True}


def test_ticks_that_were_passed_over_without_a_word_are_told(desk, server):
    desk.edit()
    server.special["PATCH insights/101/"] = 200, saved()
    ticked(desk, "Fresh")
    desk.wait(lambda: "PostHog did not refuse it" in desk.notice.text)
    assert "not on “Fresh” and still on “Weekly”" in desk.notice.text
    desk.page.add_requested.emit()
    assert told(desk) == {"Weekly": True, "Fresh": False}


def test_an_answer_that_tells_less_is_not_taken_for_what_there_is(desk, server):
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    ticked(desk, "Weekly", "Fresh")
    desk.wait(lambda: server.running == 1)
    server.special["GET insights/101/"] = 200, saved(dashboards=[9, 12])
    gate.answer = saved(dashboards=[])
    gate.open()
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
    assert desk.editor._now.saved.dashboards == (9, 12)


def test_ticks_of_an_insight_that_was_left_come_back_over_no_other(desk, server, monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    ticked(desk, "Fresh")
    desk.wait(lambda: server.running == 1)
    server.special["GET insights/102/"] = 200, saved(id=102, name="Second")
    desk.part.edit(2)
    desk.wait(lambda: desk.page.heading.name.text() == "Second")
    server.special["PATCH insights/102/"] = 403, NO_SCOPE
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: not desk.editor.saving.busy)
    desk.name("Third")
    desk.page.save_requested.emit()
    desk.wait(lambda: "insight:write" in desk.notice.text and not desk.editor.saving.busy)
    assert not [one for one in desk.window.findChildren(DashboardChoice) if one.isVisible()]


def test_tags_that_the_plan_does_not_take_are_told(desk, server):
    desk.edit()
    desk.page.worded.emit("Visits", "", "weekly, company")
    server.special["PATCH insights/101/"] = 200, saved()
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == NO_TAGS.message)
    assert desk.writes() == [("PATCH", {"tags": ["weekly", "company"]})]


def test_an_answer_to_a_saving_changes_nothing_of_another_insight(desk, server):
    gate = server.special["POST insights/"] = Gate()
    gate.answer = saved(name="Visits")
    desk.begin()
    desk.name("Visits")
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    desk.do(NEW)
    desk.choose("Discard it")
    desk.wait(lambda: desk.page.heading.name.text() == "")
    gate.open()
    desk.wait(lambda: desk.notice.text == "Saved “Visits” on “Weekly”.")
    assert desk.page.heading.name.text() == ""
    assert not desk.editor.is_unsaved


def test_what_is_written_while_an_answer_is_awaited_is_kept_though_it_is_saved_twice(desk, server):
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    gate.answer = saved(name="First")
    desk.name("First")
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    desk.name("Second")
    desk.page.save_requested.emit()  # too early
    assert desk.notice.text == STILL
    gate.open()
    desk.wait(lambda: desk.notice.text == "Saved “First”.")
    assert desk.page.heading.name.text() == "Second"
    assert desk.editor.is_unsaved
    assert desk.writes() == [("PATCH", {"name": "First"})]


def test_who_leaves_while_an_answer_is_awaited_loses_nothing(desk, server):
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    gate.answer = saved(name="First")
    desk.name("First")
    desk.page.close_requested.emit()
    desk.choose("Save")
    desk.wait(lambda: server.running == 1)
    desk.name("Second")
    gate.open()
    desk.wait(lambda: desk.notice.text == "Saved “First”.")
    assert desk.page.heading.name.text() == "Second"


def test_a_saving_ends_with_the_session_and_can_be_tried_again(desk, server):
    desk.edit()
    gate = server.special["PATCH insights/101/"] = Gate()
    desk.name("First")
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    online, state = desk.ada.desk.online, desk.ada.state
    online.choose_project(state.project)  # as after a new key
    desk.wait(lambda: GIVEN_UP in desk.notice.text)
    assert not desk.editor.saving.busy
    gate.open()
    desk.wait(lambda: not isinstance(desk.window.page, BuilderPage))
    desk.do(NEW)
    desk.choose("Go on with it")
    assert desk.page.heading.name.text() == "First"
    server.special["PATCH insights/101/"] = 200, saved(name="First")
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “First”.")


def test_undo_takes_an_insight_from_no_dashboard(desk, server):
    desk.edit()
    desk.name("First")
    desk.rest()
    desk.name("Second")
    desk.rest()
    server.special["PATCH insights/101/"] = 200, saved(dashboards=[9, 12])
    desk.editor._on_dashboards((9, 12))
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
    desk.page.undo_requested.emit()
    assert desk.page.heading.name.text() == "First"
    server.special["GET insights/101/"] = 200, saved(dashboards=[9, 12])
    desk.page.save_requested.emit()
    desk.wait(lambda: len(desk.writes()) == 2)
    assert desk.writes()[-1] == ("PATCH", {"name": "First"})
