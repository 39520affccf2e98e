"""An insight that is not saved: left, discarded, kept and found again."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from phdesk.core.building.draft import at
from phdesk.models.account import Project
from phdesk.services.insight_keeping import KIND
from phdesk.store.changes import with_account
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.insights import NEW, Insights
from phdesk.views.dialogs.one_name import OneName
from tests.views.desk.with_insights import (
    DeskWithInsights,
    saved,
    weekly,
)


@pytest.fixture
def desk(ada, server):
    return DeskWithInsights(ada, server)


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


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape])
def test_a_key_alone_neither_saves_nor_discards_on_the_way_out(desk, key):
    desk.edit()
    desk.name("Half done")
    desk.qtbot.keyClick(desk.page.kinds, Qt.Key.Key_Escape)
    desk.wait(lambda: desk.asks)
    desk.qtbot.keyClick(desk.question, key)
    desk.wait(lambda: not desk.asks)
    assert desk.page.heading.name.text() == "Half done"
    assert desk.editor.is_unsaved
    assert not desk.editor.saving.busy


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


def test_another_insight_is_begun_on_the_page_once_it_is_known_what_becomes_of_this_one(desk):
    desk.begin()
    desk.take(weekly(desk.draft))
    desk.do(NEW)
    desk.choose("Go on with it")
    assert at(desk.draft, "interval") == "week"
    desk.do(NEW)
    desk.choose("Discard it")
    desk.wait(lambda: at(desk.draft, "interval") == "day")


def kept(desk, parts, where):
    held = parts.cache.load_around(*where, KIND)
    return msgspec.json.decode(held) if held else None


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
