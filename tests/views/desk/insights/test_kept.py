"""An insight that is not saved: left, discarded, kept and found again."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from phdesk.core.building.draft import at
from phdesk.models.account import Project
from phdesk.store.changes import with_account
from phdesk.views.building.page import BuilderPage
from phdesk.views.desk.insights import NEW, NONE_WAITS, TAKEN, UNSAVED
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.one_name import OneName
from tests.services.posthog import Gate
from tests.views.desk.insights.with_insights import (
    saved,
    weekly,
)


def test_leaving_asks_once_something_would_be_lost(desk):
    desk.begin()
    desk.page.close_requested.emit()
    assert not desk.asks
    desk.ada.shows(desk.ada.screen)
    assert desk.window.windowTitle() == "Weekly – phdesk"
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
    assert not desk.notice.isVisible(), "that is done"
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


def kept(parts, where):
    """What is on disk of a project, the newest first."""
    return [msgspec.json.decode(one.data) for one in parts.cache.load_drafts(*where)]


def names(parts, where):
    return {one["details"]["name"] for one in kept(parts, where)}


def test_what_was_not_saved_when_phdesk_ended_is_there_at_the_next_start(desk, disk, server):
    ada = desk.ada
    desk.edit()
    desk.take(weekly(desk.draft))
    desk.rest()
    desk.wait(lambda: len(kept(disk, ada.desk.where)) == 1)
    desk.ends()
    later = desk.found_again()
    desk.wait(lambda: later.editor.is_unsaved)
    assert "Visits" in desk.notice.text
    asked = len(desk.asked)
    later.part.start_new()
    later.choose("Go on with it")
    assert at(later.draft, "interval") == "week"
    later.rest()
    desk.wait(lambda: len(desk.asked) == asked + 1)  # not before it was seen
    server.special["PATCH insights/101/"] = 200, saved(query=msgspec.to_builtins(later.draft.query))
    later.page.save_requested.emit()
    desk.wait(lambda: kept(disk, ada.desk.where) == [])


def test_what_was_typed_just_before_another_project_came_is_kept_where_it_belongs(desk, disk):
    desk.begin()
    desk.name("Half done")
    here, state = desk.ada.desk.where, desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: names(disk, here) == {"Half done"})
    assert kept(disk, (here[0], 8)) == []
    assert "“Half done” is not saved. It is kept" in desk.notice.text
    desk.ada.desk.store.apply(with_account, state.account, state.project)
    desk.wait(lambda: desk.editor.is_unsaved)
    assert desk.editor.title == "Half done"
    assert "“Half done” is not saved." in desk.notice.text


def test_what_was_typed_just_before_the_window_is_closed_is_kept(desk, disk):
    desk.begin()
    desk.name("Half done")
    desk.window.closed.emit()
    disk.background.stop()
    assert names(disk, desk.ada.desk.where) == {"Half done"}


def test_two_windows_keep_an_insight_each_and_a_discarded_one_takes_no_other_along(desk, disk):
    here = desk.ada.desk.where
    desk.begin()
    desk.name("First")
    desk.rest()
    desk.wait(lambda: names(disk, here) == {"First"})
    desk.ada.pages.open_dashboard(9)
    other = desk.beside()
    other.part.start_new()
    desk.wait(lambda: other.editor is not None and other.window.page is other.editor.page)
    other.name("Second")
    other.rest()
    desk.wait(lambda: names(disk, here) == {"First", "Second"})
    other.page.close_requested.emit()
    other.choose("Discard")
    desk.wait(lambda: names(disk, here) == {"First"})
    assert desk.editor.title == "First"


def test_two_windows_that_edit_one_insight_lose_nothing_of_each_other(desk, disk):
    here = desk.ada.desk.where
    desk.edit()
    desk.name("Mine")
    desk.rest()
    desk.wait(lambda: names(disk, here) == {"Mine"})
    desk.ada.pages.open_dashboard(9)
    other = desk.beside()
    other.edit()
    assert other.page.heading.name.text() == "Visits", "what is open elsewhere is not taken"
    other.name("Ours")
    other.rest()
    desk.wait(lambda: names(disk, here) == {"Mine", "Ours"})


def test_all_that_was_not_saved_comes_back_one_in_each_window_the_rest_by_name(desk, disk):
    here = desk.ada.desk.where
    desk.begin()
    for name in ("One", "Two", "Three"):
        desk.name(name)
        desk.rest()
        desk.wait(lambda name=name: name in names(disk, here))
        if name != "Three":
            desk.do(NEW)
            desk.choose("Keep it for later")
            desk.wait(lambda: desk.page.heading.name.text() == "")
    desk.ends()
    first, second = desk.found_again(), desk.found_again()
    desk.wait(lambda: {first.editor.title, second.editor.title} == {"Three", "Two"})
    assert f"waits in “{UNSAVED}”, with 1 more." in desk.notice.text
    second.part.ask_unsaved()
    desk.wait(lambda: bool(desk.window.findChildren(CommandPalette)))
    dialog = desk.ada.dialog(CommandPalette)
    assert {one.text for one in dialog.results()} == {second.editor.title, "One"}
    assert {one.hint.partition(" · ")[0] for one in dialog.results()} == {"Trends"}
    assert all(" · " in one.hint for one in dialog.results()), "and since when"
    field = dialog.findChild(QLineEdit)
    desk.qtbot.keyClicks(field, "One")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.wait(lambda: second.editor.title == "One")
    assert desk.window.page is second.editor.page
    assert names(disk, here) == {"One", "Two", "Three"}, "what made room waits in its place"


def test_one_that_another_window_went_on_with_while_a_list_was_open_is_not_taken(desk, disk):
    here = desk.ada.desk.where
    desk.begin()
    for name in ("One", "Two", ""):
        desk.name(name)
        desk.rest()
        desk.wait(lambda name=name: not name or name in names(disk, here))
        if name:
            desk.do(NEW)
            desk.choose("Keep it for later")
            desk.wait(lambda: desk.page.heading.name.text() == "")
    desk.part.ask_unsaved()
    desk.wait(lambda: bool(desk.window.findChildren(CommandPalette)))
    dialog = desk.ada.dialog(CommandPalette)
    other = desk.found_again()
    desk.wait(lambda: other.editor.title == "Two")
    field = dialog.findChild(QLineEdit)
    desk.qtbot.keyClicks(field, "Two")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.wait(lambda: desk.notice.text == TAKEN)
    assert desk.editor.title != "Two"


def test_changes_of_an_insight_that_wait_are_offered_where_it_is_edited(desk, disk):
    here = desk.ada.desk.where
    desk.edit()
    desk.name("Mine")
    desk.do(NEW)
    desk.choose("Keep it for later")
    desk.wait(lambda: desk.page.heading.name.text() == "")
    desk.part.edit(1)
    desk.choose("Open as saved")
    desk.wait(lambda: desk.page.heading.name.text() == "Visits")
    assert names(disk, here) == {"Mine"}
    desk.part.edit(1)
    desk.choose("Go on with them")
    desk.wait(lambda: desk.page.heading.name.text() == "Mine")


def test_nobody_is_asked_about_what_waits_since_the_start_to_edit_something_else(desk, disk):
    here = desk.ada.desk.where
    desk.begin()
    desk.name("Earlier")
    desk.rest()
    desk.wait(lambda: names(disk, here) == {"Earlier"})
    desk.ends()
    later = desk.found_again()
    desk.wait(lambda: later.editor.title == "Earlier")
    later.edit()
    assert later.page.heading.name.text() == "Visits"
    assert names(disk, here) == {"Earlier"}, "it waits on"


def test_what_a_closed_window_leaves_unsaved_is_told_in_the_others(desk, disk):
    other = desk.beside()
    desk.begin()
    desk.name("Half done")
    desk.part._on_closed()
    assert desk.notice.text == f"“Half done” is not saved. It waits in “{UNSAVED}”."
    other.part.ask_unsaved()
    desk.wait(lambda: other.editor is not None and other.editor.title == "Half done")


def test_nothing_waits_where_all_is_saved(desk, disk):
    desk.part.ask_unsaved()
    desk.wait(lambda: desk.notice.text == NONE_WAITS)


def test_what_is_put_aside_while_it_is_saved_waits_no_more_once_it_is(desk, disk, server):
    here = desk.ada.desk.where
    gate = server.special["POST insights/"] = Gate()
    gate.answer = saved(name="Visits")
    desk.begin()
    desk.name("Visits")
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    desk.do(NEW)
    desk.choose("Keep it for later")
    desk.wait(lambda: names(disk, here) == {"Visits"})
    desk.part.ask_unsaved()
    desk.wait(lambda: desk.notice.text == NONE_WAITS), "it is on its way"
    gate.open()
    desk.wait(lambda: kept(disk, here) == [])


def test_a_question_about_an_insight_goes_with_its_project(desk, server):
    desk.edit()
    desk.page.save_as_requested.emit()
    assert desk.ada.dialog(OneName)
    state = desk.ada.state
    desk.ada.desk.store.apply(with_account, state.account, Project(id=8, name="Lab"))
    desk.wait(lambda: not desk.window.findChildren(OneName))
    assert desk.writes() == []
