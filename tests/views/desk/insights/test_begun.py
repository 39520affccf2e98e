"""Building an insight in a window: begun, calculated, undone, found, opened."""

import httpx
import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from phdesk.core.building.draft import at, put
from phdesk.core.filters import Variable
from phdesk.store.changes import with_offline, with_online
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.insight_around import READING
from phdesk.views.desk.insights import EDIT, FIND, NO_TILE
from phdesk.views.dialogs.command_palette import CommandPalette
from tests.services.posthog import Gate
from tests.store.builders import TROUBLE
from tests.views.desk.insights.with_insights import (
    ANSWER,
    TABLE,
    TRENDS,
    saved,
    weekly,
)


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
    assert desk.page.preview.surface.card_state.before == "Before your changes"
    desk.rest()
    desk.calculated()
    assert [one["interval"] for one in desk.asked] == ["day", "week"]
    assert desk.page.preview.said == desk.page.preview.surface.card_state.before == ""


def test_what_could_not_be_calculated_offline_is_once_posthog_is_there_again(desk, server):
    desk.begin()
    server.special["query/"] = httpx.ConnectError("no route")
    desk.take(weekly(desk.draft))
    desk.rest()
    desk.wait(lambda: "Not calculated" in desk.page.preview.said)
    store = desk.ada.desk.store
    store.apply(with_offline, TROUBLE)
    server.special["query/"] = 200, ANSWER
    store.apply(with_online)
    desk.wait(lambda: desk.page.preview.said == "")
    assert desk.asked[-1]["interval"] == "week"


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
    assert desk.page.preview.surface.card_state.before
    desk.page.save_requested.emit()
    assert desk.writes() == []
    assert "Not saved" in desk.notice.text
    desk.page.kind_chosen.emit("trends")
    assert not desk.notice.isVisible(), "it is put right"


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


def variables_asked(desk):
    return [one.get("variables") for one in desk.asked]


def test_variables_of_the_project_come_when_sql_is_written_and_a_value_is_seen_at_once(
    desk, server
):
    plan = {"id": "a-1", "name": "Plan", "code_name": "plan", "default_value": "pro"}
    server.special["insight_variables/"] = 200, {"results": [plan]}
    server.special["query/"] = 200, TABLE
    desk.begin()
    assert "insight_variables/" not in dict(server.asked)
    desk.page.kind_chosen.emit("sql")
    editor = desk.page.fields.rows["query"].control.editor
    desk.wait(lambda: bool(desk.editor._around.gather().variables))
    editor.selectAll()
    editor.write("select {variables.plan}")
    desk.page.run_requested.emit()
    desk.calculated()
    plain = {"code_name": "plan", "variableId": "a-1"}
    desk.wait(lambda: {"a-1": plain} in variables_asked(desk))
    desk.page.variables._on_chosen(Variable(id="a-1", code_name="plan", value="free"))
    desk.wait(lambda: {"a-1": {**plain, "value": "free"}} in variables_asked(desk))


def test_variables_that_the_key_may_not_read_are_asked_for_once_and_that_is_said(desk, server):
    refused = {"detail": "This action does not support Personal API Key access"}
    server.special["insight_variables/"] = 403, refused
    desk.begin()
    desk.page.kind_chosen.emit("sql")
    desk.wait(lambda: desk.editor._around.gather().no_variables not in ("", READING))
    said = desk.page.fields.rows["variables"].control._note.text()
    assert said == desk.editor._around.gather().no_variables
    desk.take(put(desk.draft, "query", "select 2"), "query")
    assert [path for path, _ in server.asked].count("insight_variables/") == 1


def test_variables_that_could_not_be_read_are_asked_for_with_the_next_edit(desk, server):
    server.special["insight_variables/"] = httpx.ConnectError("no route")
    desk.begin()
    desk.page.kind_chosen.emit("sql")
    desk.wait(lambda: desk.editor._around.gather().no_variables not in ("", READING))
    server.variables = [{"id": "a-1", "name": "Plan", "code_name": "plan", "type": "String"}]
    del server.special["insight_variables/"]
    desk.ada.desk.store.apply(with_online)
    desk.take(put(desk.draft, "query", "select 2"), "query")
    desk.wait(lambda: bool(desk.editor._around.gather().variables))


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


def test_an_insight_of_before_2024_is_edited_and_says_that_it_becomes_a_query(desk, server):
    old = {"query": None, "filters": {"insight": "TRENDS", "events": [{"id": "a"}]}}
    server.special["GET insights/101/"] = 200, saved(**old)
    desk.edit()
    assert desk.asked[-1]["series"] == [{"kind": "EventsNode", "event": "a", "name": "a"}]
    assert desk.draft.older in desk.page.fields._kept.text()
    assert desk.page.heading._state.accessibleName() == "Saved"
    desk.name("Renamed")
    assert desk.page.heading._state.accessibleName() == "Unsaved changes"
    desk.take(weekly(desk.draft))
    assert (
        desk.page.heading._state.accessibleName()
        == "Unsaved changes, to be saved as a query of today"
    )
    server.special["PATCH insights/101/"] = 200, saved(query=desk.draft.query, name="Renamed")
    desk.page.save_requested.emit()
    desk.wait(lambda: len(desk.writes("insights/101/")) == 1)
    ((_, body),) = desk.writes("insights/101/")
    assert body == {"name": "Renamed", "query": desk.draft.query}
    desk.wait(lambda: desk.page.heading._state.accessibleName() == "Saved")
    assert desk.draft.older == ""
    desk.page.undo_requested.emit()
    assert desk.draft.older == "", "it is stored as a query by now"


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


def test_another_insight_of_the_same_kind_is_shown_from_its_first_setting(desk):
    desk.begin()
    desk.window.resize(1024, 500)
    bar = desk.page.fields.verticalScrollBar()
    desk.wait(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    desk.page.close_requested.emit()
    desk.begin()
    assert bar.value() == 0
