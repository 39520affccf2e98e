"""Insights whose answer was lost: looked for on the server, and never made twice unasked."""

import httpx
import pytest

from phdesk.services import doubting
from phdesk.views.desk.insight_said import FOUND, GIVEN_UP, GONE, MAYBE, NOT_SENT, NOT_THERE
from phdesk.views.desk.insights import NEW
from tests.services.posthog import Gate
from tests.views.desk.insights.with_insights import TABLE, saved, weekly

LOST = httpx.ReadTimeout("no answer")
NO_NET = httpx.ConnectError("no route")
HERS = saved(id=102, name="Visits", dashboards=[])


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0, 0.0))


@pytest.fixture(autouse=True)
def older(desk, server):
    there(server, saved(name="Older", dashboards=[]))


def there(server, *insights):
    """Let these be what is saved, as the server lists and gives it."""
    server.special["GET insights/"] = 200, {"results": list(insights), "next": None}
    for one in insights:
        server.special[f"GET insights/{one['id']}/"] = 200, one


def sends(desk, name="Visits"):
    desk.begin()
    desk.name(name)
    desk.page.save_requested.emit()


def posts(desk):
    return [body for how, body in desk.writes() if how == "POST"]


def test_a_new_insight_that_is_there_though_its_answer_was_lost_is_saved(desk, server):
    gate = server.special["POST insights/"] = Gate()
    sends(desk)
    desk.wait(lambda: server.running == 1)
    there(server, saved(name="Older"), HERS)
    server.special["POST insights/"] = LOST
    gate.answer = {"detail": "cut off"}  # of no insight
    gate.open()
    desk.wait(lambda: desk.notice.text == FOUND.format("Visits"))
    assert not desk.editor.is_unsaved
    assert len(posts(desk)) == 1
    desk.take(weekly(desk.draft))
    server.special["PATCH insights/102/"] = 200, HERS
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.writes("insights/102/") != [])
    assert len(posts(desk)) == 1, "from then on it is changed"


def test_one_that_is_not_there_is_said_to_be_unsaved_and_can_be_saved_again(desk, server):
    server.special["POST insights/"] = LOST
    sends(desk)
    desk.wait(lambda: NOT_THERE in desk.notice.text)
    assert desk.editor.is_unsaved
    server.special["POST insights/"] = 201, HERS
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")
    assert len(posts(desk)) == 2


def test_a_server_that_fails_at_saving_is_no_fault_of_a_query(desk, server):
    server.special["query/"] = 200, TABLE
    desk.begin()
    desk.page.kind_chosen.emit("sql")
    desk.rest()
    desk.calculated()
    server.special["POST insights/"] = 500, {}
    desk.page.save_requested.emit()
    desk.wait(lambda: NOT_THERE in desk.notice.text)
    assert desk.page.fields.rows["query"].fault == ""


def test_one_that_came_late_is_found_before_it_is_sent_again(desk, server):
    server.special["POST insights/"] = LOST
    sends(desk)
    desk.wait(lambda: NOT_THERE in desk.notice.text)
    there(server, HERS)
    desk.take(weekly(desk.draft))
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == FOUND.format("Visits"))
    assert len(posts(desk)) == 1
    assert desk.editor.is_unsaved, "what was changed since is not saved"
    server.special["PATCH insights/102/"] = 200, HERS
    desk.page.save_requested.emit()
    desk.wait(lambda: desk.writes("insights/102/") != [])


def test_where_nobody_can_be_asked_that_is_said(desk, server):
    server.special["POST insights/"] = gate = Gate()
    sends(desk)
    desk.wait(lambda: server.running == 1)
    server.special["GET insights/"] = NO_NET
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: MAYBE in desk.notice.text)
    desk.page.save_requested.emit()
    desk.wait(lambda: not desk.editor.saving.busy)
    assert len(posts(desk)) == 1, "without a look nothing is sent"


def test_offline_nothing_is_sent_so_nothing_is_doubted(desk, server):
    desk.begin()
    desk.name("Visits")
    server.special["GET insights/"] = NO_NET
    desk.page.save_requested.emit()
    desk.wait(lambda: "Not saved" in desk.notice.text)
    assert MAYBE not in desk.notice.text
    assert posts(desk) == []


def test_an_equal_insight_of_earlier_is_not_taken_for_the_new_one(desk, server):
    there(server, HERS)
    server.special["POST insights/"] = LOST
    sends(desk)
    desk.wait(lambda: NOT_THERE in desk.notice.text)


def test_one_that_was_refused_is_not_looked_for(desk, server):
    server.special["POST insights/"] = 400, {"detail": "No."}
    sends(desk)
    desk.wait(lambda: "Not saved: " in desk.notice.text and not desk.editor.saving.busy)
    assert desk.editor.saving.doubt is None
    assert len(server.paths("insights/")) == 2, "the look before, and the sending"


def test_a_copy_whose_answer_was_lost_is_found_too(desk, server):
    desk.edit()
    server.special["POST insights/"] = gate = Gate()
    desk.editor._on_name("Another")
    desk.wait(lambda: server.running == 1)
    there(server, saved(), saved(id=102, name="Another", dashboards=[]))
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: desk.notice.text == FOUND.format("Another"))
    assert desk.page.heading.name.text() == "Another"
    assert not desk.editor.is_unsaved


def test_a_change_whose_answer_was_lost_is_looked_for(desk, server):
    there(server, saved())
    desk.edit()
    desk.name("Renamed")
    gate = server.special["PATCH insights/101/"] = Gate()
    desk.page.save_requested.emit()
    desk.wait(lambda: server.running == 1)
    there(server, saved(name="Renamed"))
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: desk.notice.text == FOUND.format("Renamed"))
    assert not desk.editor.is_unsaved


def test_dashboards_whose_answer_was_lost_are_looked_for(desk, server):
    there(server, saved(dashboards=[9]))
    desk.edit()
    server.special["PATCH insights/101/"] = LOST
    desk.editor._on_dashboards((9, 12))
    desk.wait(lambda: NOT_THERE in desk.notice.text)
    gate = server.special["PATCH insights/101/"] = Gate()
    desk.editor._on_dashboards((9, 12))
    desk.wait(lambda: server.running == 1)
    there(server, saved(dashboards=[9, 12]))
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: desk.notice.text == FOUND.format("Visits"))
    assert desk.editor._now.saved.dashboards == (9, 12)


def test_after_a_crash_it_is_looked_for_before_anything_is_sent_again(desk, disk, server):
    gate = server.special["POST insights/"] = Gate()
    sends(desk)
    desk.wait(lambda: server.running == 1)
    desk.wait(lambda: len(disk.cache.load_drafts(*desk.ada.desk.where)) == 1)
    there(server, HERS)
    desk.ends()
    later = desk.found_again()
    desk.wait(lambda: later.editor.is_unsaved)
    later.part.start_new()
    there(server, HERS)
    later.choose("Go on with it")
    desk.wait(lambda: desk.notice.text == FOUND.format("Visits"))
    assert not later.editor.is_unsaved
    assert len(posts(desk)) == 1
    gate.open()


def test_after_a_crash_one_that_is_not_there_is_said_to_be_unsaved_once(desk, disk, server):
    server.special["POST insights/"] = LOST
    sends(desk)
    desk.wait(lambda: NOT_THERE in desk.notice.text)
    desk.rest()
    desk.wait(lambda: len(disk.cache.load_drafts(*desk.ada.desk.where)) == 1)
    desk.ends()
    later = desk.found_again()
    desk.wait(lambda: later.editor.is_unsaved)
    later.part.ask_unsaved()
    desk.wait(lambda: desk.notice.text == GONE.format("Visits"))
    looks = len(server.paths("insights/"))
    later.part.ask_unsaved()
    assert len(server.paths("insights/")) == looks
    server.special["POST insights/"] = 201, HERS
    later.page.save_requested.emit()
    desk.wait(lambda: desk.notice.text == "Saved “Visits”.")


def test_a_session_that_ends_before_anything_is_sent_leaves_no_doubt(desk, server):
    server.special["GET insights/"] = gate = Gate()
    sends(desk)
    desk.wait(lambda: server.running == 1)
    online, state = desk.ada.desk.online, desk.ada.state
    online.choose_project(state.project)
    desk.wait(lambda: f"{GIVEN_UP} {NOT_SENT}" in desk.notice.text)
    gate.open()
    assert posts(desk) == []


def test_one_that_was_left_meanwhile_waits_as_unsaved_no_more_once_it_is_found(desk, disk, server):
    gate = server.special["POST insights/"] = Gate()
    sends(desk)
    desk.wait(lambda: server.running == 1)
    desk.do(NEW)
    desk.choose("Keep it for later")
    desk.wait(lambda: desk.page.heading.name.text() == "")
    there(server, HERS)
    gate.answer = {"detail": "cut off"}
    gate.open()
    desk.wait(lambda: desk.notice.text == FOUND.format("Visits"))
    desk.wait(lambda: disk.cache.load_drafts(*desk.ada.desk.where) == ())
    assert desk.page.heading.name.text() == "", "another insight is on the page"
