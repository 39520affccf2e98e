"""Two people change one insight: nobody's words are written over unasked."""

from phdesk.models.account import Project
from phdesk.store.changes import with_account
from phdesk.views.desk.insights import NEW
from tests.services.posthog import Gate
from tests.views.desk.insights.with_insights import saved


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


def test_nobody_is_asked_to_choose_for_an_insight_that_was_left_meanwhile(desk, server):
    desk.edit()
    desk.name("Mine")
    gate = server.special["GET insights/101/"] = Gate()
    gate.answer = saved(name="Theirs")
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    desk.do(NEW)
    desk.choose("Keep it for later")
    desk.wait(lambda: desk.page.heading.name.text() == "")
    gate.open()
    desk.wait(lambda: "Theirs: Somebody changed its name meanwhile" in desk.notice.text)
    assert not desk.asks
    assert desk.page.heading.name.text() == "", "another insight is on the page"
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
