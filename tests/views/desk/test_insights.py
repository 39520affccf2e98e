"""Insights that are built in a window: begun, calculated, saved, refused, left and found again."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QMessageBox, QPushButton

from phdesk.core.building.draft import at, put
from phdesk.core.building.starting import blank
from phdesk.models.account import Project
from phdesk.services.edits import NO_TAGS
from phdesk.services.insight_keeping import KIND
from phdesk.store.changes import with_account
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.insight_saving import GIVEN_UP, MAYBE, STILL
from phdesk.views.desk.insights import EDIT, FIND, HERE, NEW, NO_TILE, Insights
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.dashboard_choice import DashboardChoice
from phdesk.views.dialogs.one_name import OneName
from tests.services.posthog import Gate

TRENDS = blank("trends")
DAYS = ["2026-11-21", "2026-11-22"]
LINE = {"data": [1, 2], "days": DAYS, "labels": DAYS, "label": "Pageview", "count": 3}
ANSWER = {"results": [LINE], "last_refresh": "2026-11-23T12:00:00Z"}
TABLE = {"results": [["a", 1]], "columns": ["name", "n"], "types": [["name", "String"]]}
NO_SCOPE = {"detail": "API key missing required scope 'insight:write'"}


def saved(**more):
    query = msgspec.to_builtins(TRENDS.query)
    return {
        "id": 101,
        "short_id": "abc",
        "name": "Visits",
        "query": query,
        "dashboards": [9],
    } | more


class Desk:
    """A window with the editor, and hands for its page."""

    def __init__(self, ada, server):
        self.ada, self.server, self.qtbot = ada, server, ada.qtbot
        self.window, self.notice = ada.window, ada.window.notice
        server.special["query/"] = 200, ANSWER
        server.special["GET insights/101/"] = 200, saved()
        Edits(ada.desk)
        self.part = Insights(ada.desk, ada.pages, ada.tiles)

    def do(self, name):
        next(one for one in self.window.shortcut_actions if one.text() == name).trigger()

    @property
    def page(self):
        assert isinstance(self.window.page, BuilderPage)
        return self.window.page

    @property
    def editor(self):
        return self.part._editor

    @property
    def draft(self):
        return self.editor.work.draft

    @property
    def asked(self):
        return [body["query"] for _, path, body in self.server.sent if path == "query/"]

    def writes(self, path="insights/"):
        every = self.server.sent
        return [(how, body) for how, where, body in every if where.startswith(path)]

    def begin(self, name=NEW):
        self.do(name)
        self.wait(lambda: isinstance(self.window.page, BuilderPage))
        self.calculated()

    def edit(self):
        self.part.edit(1)
        self.wait(lambda: isinstance(self.window.page, BuilderPage))
        self.calculated()

    def calculated(self):
        self.wait(lambda: self.page.preview.view is not None and not self.editor.preview.running)

    def wait(self, until):
        self.qtbot.waitUntil(until)

    def take(self, draft, tag=""):
        """Make an edit, as a control does."""
        self.page.edited.emit(draft, tag)

    def rest(self):
        """Let the pause after an edit end."""
        self.page.hurry()
        self.page.rested.emit()

    def name(self, text):
        self.page.heading.name.setText(text)
        self.page.heading.name.textEdited.emit(text)

    def choose(self, text):
        """Press a button of the question that is asked."""
        found = lambda: [one for one in self.window.findChildren(QMessageBox) if one.isVisible()]  # noqa: E731
        self.wait(lambda: len(found()) == 1)
        box = found()[0]
        next(one for one in box.buttons() if one.text() == text).click()
        self.wait(lambda: not found())

    @property
    def asks(self):
        return any(one.isVisible() for one in self.window.findChildren(QMessageBox))


@pytest.fixture
def desk(ada, server):
    return Desk(ada, server)


def weekly(draft):
    return put(draft, "interval", "week")


def test_a_new_insight_is_calculated_and_named_as_posthog_would(desk):
    desk.begin()
    assert desk.asked == [msgspec.to_builtins(TRENDS.source)]
    assert desk.page.preview.view.title == "Pageview count"
    assert desk.page.heading.name.placeholderText() == "Pageview count"
    assert "Pageview count" in desk.window.windowTitle()
    assert not desk.editor.is_unsaved, "nothing was done yet"


def test_it_is_asked_after_a_pause_and_only_the_newest(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    desk.take(put(desk.draft, "filterTestAccounts", True))
    assert len(desk.asked) == 1
    assert desk.page.preview.said.endswith("Leave out test accounts, Interval.")
    desk.rest()
    desk.calculated()
    assert [one["interval"] for one in desk.asked] == ["day", "week"]
    assert desk.page.preview.said == ""


def test_what_only_looks_otherwise_is_shown_at_once(desk):
    desk.begin()
    desk.take(put(desk.draft, "trendsFilter.showValuesOnSeries", True))
    assert desk.page.preview.said == ""
    desk.rest()
    assert len(desk.asked) == 1


def test_an_edit_gives_up_what_is_being_calculated(desk, server):
    desk.begin()
    server.special["query/"] = Gate()
    desk.take(weekly(desk.draft))
    desk.rest()
    desk.wait(lambda: server.running == 1)
    desk.take(put(desk.draft, "filterTestAccounts", True))
    desk.wait(lambda: server.cancelled == 1)
    desk.wait(lambda: "DELETE" in server.methods)


def test_what_is_known_to_be_wrong_is_not_sent_and_the_last_chart_stays(desk):
    desk.begin()
    desk.page.kind_chosen.emit("funnel")
    desk.rest()
    assert len(desk.asked) == 1
    assert "two steps" in desk.page.fields.rows["series"].fault
    assert desk.page.preview.view.kind == "TrendsQuery"
    assert "what is marked" in desk.page.preview.said
    desk.page.save_requested.emit()
    assert desk.writes() == []
    assert "Not saved" in desk.notice.text


def test_a_refusal_stands_at_its_setting(desk, server):
    desk.begin()
    detail = (
        "1 validation error for QueryRequest\nquery.TrendsQuery.interval\n"
        "  Input should be 'minute' [type=enum, input_value='week', input_type=str]"
    )
    server.special["query/"] = 400, {"type": "validation_error", "detail": detail}
    desk.take(weekly(desk.draft))
    desk.rest()
    desk.wait(lambda: "week" in desk.page.fields.rows["interval"].fault)
    desk.take(put(desk.draft, "interval", "day"))
    assert desk.page.fields.rows["interval"].fault == "", "of a draft that is no more"


def test_kinds_tried_one_after_another_lose_nothing_and_are_one_step(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    before = desk.draft
    for kind in ("world_map", "retention", "trends"):
        desk.page.kind_chosen.emit(kind)
    assert desk.draft.query == before.query
    desk.page.kind_chosen.emit("lifecycle")
    assert at(desk.draft, "interval") == "week"
    desk.page.undo_requested.emit()
    assert desk.draft.query == before.query


def test_undo_goes_back_over_words_and_settings(desk):
    desk.begin()
    desk.name("Vis")
    desk.name("Visits")
    desk.take(weekly(desk.draft))
    desk.page.undo_requested.emit()
    assert at(desk.draft, "interval") == "day"
    assert desk.page.heading.name.text() == "Visits"
    desk.page.undo_requested.emit()
    assert desk.page.heading.name.text() == "", "what is typed is one step"
    desk.page.redo_requested.emit()
    assert desk.page.heading.name.text() == "Visits"
    assert desk.page.preview.view.title == "Visits"


def test_a_new_insight_is_saved_on_the_dashboard_where_it_was_begun(desk, server):
    server.special["POST insights/"] = 201, saved(name="Visits")
    desk.begin(HERE)
    desk.name("Visits")
    read = len(server.paths("dashboards/9/"))
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
    ((how, body),) = desk.writes()
    assert (how, body["dashboards"], body["name"], body["saved"]) == ("POST", [9], "Visits", True)
    assert body["query"] == msgspec.to_builtins(TRENDS.query)
    assert not desk.editor.is_unsaved
    desk.wait(lambda: len(server.paths("dashboards/9/")) > read), "its tile is to be seen"
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


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unasked(desk, server):
    desk.edit()
    desk.name("Mine")
    theirs = saved(name="Theirs", last_modified_by={"first_name": "Ben"})
    server.special["GET insights/101/"] = 200, theirs
    desk.page.save_requested.emit()
    desk.choose("Open theirs")
    assert desk.writes() == []
    assert desk.page.heading.name.text() == "Theirs"
    desk.page.undo_requested.emit()
    assert desk.page.heading.name.text() == "Mine"
    server.special["PATCH insights/101/"] = 200, saved(name="Mine")
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.writes() == [("PATCH", {"name": "Mine"})])


def test_mine_is_saved_over_theirs_when_a_person_says_so(desk, server):
    desk.edit()
    desk.name("Mine")
    server.special["GET insights/101/"] = 200, saved(name="Theirs", description="Theirs, too")
    server.special["PATCH insights/101/"] = 200, saved(name="Mine", description="Theirs, too")
    desk.page.save_requested.emit()
    desk.choose("Save mine over it")
    desk.wait(lambda: desk.writes() == [("PATCH", {"name": "Mine"})])
    desk.wait(lambda: not desk.editor.is_unsaved)


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


def test_leaving_asks_once_something_would_be_lost(desk):
    desk.begin()
    desk.page.close_requested.emit()
    assert not desk.asks
    desk.ada.shows(desk.ada.screen)
    desk.begin()
    desk.take(weekly(desk.draft))
    desk.page.close_requested.emit()
    desk.choose("Keep editing")
    assert at(desk.draft, "interval") == "week"
    desk.page.close_requested.emit()
    desk.choose("Discard")
    desk.ada.shows(desk.ada.screen)
    desk.begin()
    assert at(desk.draft, "interval") == "day"


def test_who_saves_on_the_way_out_leaves_once_it_is_saved(desk, server):
    desk.edit()
    desk.name("Visitors")
    server.special["PATCH insights/101/"] = 200, saved(name="Visitors")
    desk.page.close_requested.emit()
    desk.choose("Save")
    desk.ada.shows(desk.ada.screen)
    assert desk.writes() == [("PATCH", {"name": "Visitors"})]


def test_what_another_page_came_in_the_way_of_is_there_again(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    desk.ada.pages.open_dashboard(9)
    assert "is not saved" in desk.notice.text
    desk.do(NEW)
    desk.choose("Go on with it")
    assert at(desk.draft, "interval") == "week"
    desk.ada.pages.open_dashboard(9)
    desk.do(NEW)
    desk.choose("Discard it")
    desk.wait(lambda: at(desk.draft, "interval") == "day")


def test_an_insight_of_another_project_is_let_go(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    state = desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: not desk.editor.is_unsaved)
    assert not isinstance(desk.window.page, BuilderPage)


def test_sql_runs_when_it_is_asked_for_and_a_pause_only_checks_it(desk, server):
    server.special["query/"] = 200, TABLE
    desk.begin()
    desk.page.kind_chosen.emit("sql")
    desk.rest()
    desk.wait(lambda: "select" in str(desk.asked[-1].get("query")))
    desk.calculated()
    ran = len([one for one in desk.asked if one["kind"] == "HogQLQuery"])
    desk.take(put(desk.draft, "query", "select nope from events"), "query")
    assert "Ctrl+Enter" in desk.page.preview.said
    said = {"message": "Unable to resolve field: nope", "start": 7, "end": 11}
    server.special["query/"] = 200, {"errors": [said], "warnings": [], "notices": []}
    desk.rest()
    desk.wait(lambda: "nope" in desk.page.fields.rows["query"].fault)
    assert desk.page.fields.rows["query"].control.editor.error_line == 1
    assert len([one for one in desk.asked if one["kind"] == "HogQLQuery"]) == ran
    server.special["query/"] = 200, TABLE
    desk.page.run_requested.emit()
    desk.wait(lambda: desk.page.preview.said == "")
    assert len([one for one in desk.asked if one["kind"] == "HogQLQuery"]) == ran + 1


def test_a_chart_that_is_up_to_date_is_calculated_anew_when_asked(desk):
    desk.begin()
    desk.page.run_requested.emit()
    desk.wait(lambda: len(desk.asked) == 2)
    (_, _, first), (_, _, second) = [one for one in desk.server.sent if one[1] == "query/"]
    assert (first["refresh"], second["refresh"]) == ("blocking", "force_blocking")


def test_a_tile_must_have_the_keyboard_to_be_edited_by_key(desk):
    desk.window.setFocus()
    desk.do(EDIT)
    assert desk.notice.text == NO_TILE


def test_an_insight_of_another_kind_says_why_it_is_closed_and_its_name_can_be_saved(desk, server):
    other = {"kind": "DataTableNode", "source": {"kind": "EventsQuery", "select": ["*"]}}
    server.special["GET insights/101/"] = 200, saved(query=other)
    desk.part.edit(1)
    desk.wait(lambda: isinstance(desk.window.page, BuilderPage))
    assert desk.draft.closed in desk.page.fields._kept.text()
    assert desk.page.preview.view.title == "Visits", "it is shown as PostHog has kept it"
    assert desk.asked == []
    desk.name("Renamed")
    server.special["PATCH insights/101/"] = 200, saved(query=other, name="Renamed")
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.writes() == [("PATCH", {"name": "Renamed"})])


def test_what_was_not_saved_when_phdesk_ended_is_there_at_the_next_start(desk, parts, server):
    ada = desk.ada
    ada.desk.cache, ada.desk.worker = parts.cache, parts.background
    desk.edit()
    desk.take(weekly(desk.draft))
    desk.rest()
    desk.wait(lambda: parts.cache.load_around(*ada.desk.where, KIND) is not None)
    desk.ada.pages.open_dashboard(9)
    again = Insights(ada.desk, ada.pages, ada.tiles)  # as a window at the next start
    desk.wait(lambda: again._editor is not None)
    assert again._editor.is_unsaved
    assert "Visits" in desk.notice.text
    asked = len(desk.asked)
    again.start_new()
    desk.part = again
    desk.choose("Go on with it")
    assert at(desk.draft, "interval") == "week"
    desk.rest()
    desk.wait(lambda: len(desk.asked) == asked + 1)  # not before it was seen
    server.special["PATCH insights/101/"] = 200, saved(query=msgspec.to_builtins(desk.draft.query))
    desk.page.save_requested.emit()
    desk.wait(lambda: parts.cache.load_around(*ada.desk.where, KIND) == b"null")


def test_tags_that_the_plan_does_not_take_are_told(desk, server):
    desk.edit()
    desk.page.worded.emit("Visits", "", "weekly, company")
    server.special["PATCH insights/101/"] = 200, saved()
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == NO_TAGS.message)
    assert desk.writes() == [("PATCH", {"tags": ["weekly", "company"]})]


def test_a_saved_insight_is_opened_in_posthog(desk):
    desk.edit()
    desk.page.heading.browser_requested.emit()
    assert desk.ada.browsed[-1].endswith("/project/7/insights/abc")


def test_an_insight_on_no_dashboard_is_found_and_edited(desk):
    desk.do(FIND)
    desk.wait(lambda: bool(desk.window.findChildren(CommandPalette)))
    dialog = desk.ada.dialog(CommandPalette)
    desk.qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    desk.wait(lambda: isinstance(desk.window.page, BuilderPage))
    desk.calculated()
    assert desk.page.heading.name.text() == "Visits"


def test_another_insight_is_begun_on_the_page_once_it_is_known_what_becomes_of_this_one(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    desk.do(NEW)
    desk.choose("Go on with it")
    assert at(desk.draft, "interval") == "week"
    desk.do(NEW)
    desk.choose("Discard it")
    desk.wait(lambda: at(desk.draft, "interval") == "day")


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
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
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


def test_a_new_insight_whose_answer_is_lost_may_be_there(desk, server):
    desk.begin()
    desk.name("Visits")
    server.special["POST insights/"] = 502, {}
    desk.page.save_requested.emit()
    desk.wait(lambda: MAYBE in desk.notice.text)
    assert desk.editor.is_unsaved


def kept(desk, parts, where):
    held = parts.cache.load_around(*where, KIND)
    return msgspec.json.decode(held) if held else None


def test_what_was_typed_just_before_another_project_came_is_kept_where_it_belongs(desk, parts):
    desk.ada.desk.cache, desk.ada.desk.worker = parts.cache, parts.background
    desk.begin()
    desk.name("Half done")
    here, state = desk.ada.desk.where, desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: kept(desk, parts, here) is not None)
    assert kept(desk, parts, here)["details"]["name"] == "Half done"
    assert kept(desk, parts, (here[0], 8)) is None
    desk.ada.desk.store.apply(with_account, state.account, state.project)
    desk.wait(lambda: desk.editor.is_unsaved)
    assert desk.editor.title == "Half done"


def test_what_was_typed_just_before_the_window_is_closed_is_kept(desk, parts):
    desk.ada.desk.cache, desk.ada.desk.worker = parts.cache, parts.background
    desk.begin()
    desk.name("Half done")
    desk.window.closed.emit()
    parts.background.stop()
    assert kept(desk, parts, desk.ada.desk.where)["details"]["name"] == "Half done"


def test_a_question_about_an_insight_goes_with_its_project(desk, server):
    desk.edit()
    desk.page.save_as_requested.emit()
    dialog = desk.ada.dialog(OneName)
    state = desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: not dialog.isVisible())
    assert desk.writes() == []


def test_a_choice_between_two_changes_goes_with_its_project(desk, server):
    desk.edit()
    desk.name("Mine")
    server.special["GET insights/101/"] = 200, saved(name="Theirs")
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.asks)
    state = desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: not desk.asks)
    assert [how for how, _ in desk.writes()] == []


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


def test_who_goes_back_to_ones_own_after_theirs_writes_over_nothing_else_of_theirs(desk, server):
    desk.edit()
    desk.name("Mine")
    theirs = saved(name="Theirs", description="News", dashboards=[9, 12])
    server.special["GET insights/101/"] = 200, theirs
    desk.page.save_requested.emit()
    desk.choose("Open theirs")
    assert desk.page.heading.name.text() == "Theirs"
    desk.page.undo_requested.emit()
    assert desk.page.heading.name.text() == "Mine"
    server.special["PATCH insights/101/"] = 200, theirs | {"name": "Mine"}
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.writes() == [("PATCH", {"name": "Mine"})])
