"""Dashboards of the team from a window: made, stopped half-way, and refused."""

import httpx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton

from phdesk.models.account import Project
from phdesk.store.changes import with_account, with_projects
from phdesk.views.desk.dashboards import NEW
from phdesk.views.dialogs.new_dashboard import NewDashboard
from tests.services import posthog
from tests.views.desk.dashboards.asking import (
    LEFT,
    LISTED,
    NO_SCOPE,
    QUERY,
    TEMPLATES,
    asked,
    carried_out,
    listed,
    made,
    name_in,
    opened,
    press,
    told,
)


def test_an_empty_dashboard_is_made_opened_and_taken_back(desk, writes):
    dialog = asked(desk, NewDashboard, NEW)
    made(desk, dialog)
    told(desk, "“Fresh” was made, for everyone.")
    assert writes.sent == [("POST dashboards/", {"name": "Fresh"})]
    assert desk.desk.open_id == 12
    desk.qtbot.waitUntil(lambda: not desk.dialogs())
    press(desk, desk.window.notice, "Undo")
    told(desk, "“Fresh” was deleted, for everyone.")
    assert writes.sent[-1] == ("PATCH dashboards/12/", {"deleted": True})
    assert desk.desk.open_id == 9, "what was open before"


def test_the_button_below_the_list_does_the_same(desk):
    button = next(
        one
        for one in desk.window.sidebar.findChildren(type(desk.window.sidebar._hide))
        if one.text() == "New dashboard"
    )
    desk.qtbot.mouseClick(button, LEFT)
    assert desk.dialog(NewDashboard).isVisible()


def test_what_is_refused_is_said_where_it_was_written(desk, writes):
    writes.fails["POST dashboards/"] = (403, NO_SCOPE)
    dialog = asked(desk, NewDashboard, NEW)
    made(desk, dialog)
    desk.qtbot.waitUntil(lambda: "dashboard:write" in dialog.making.text)
    assert dialog.making.text.startswith("Not made:")
    assert name_in(dialog).text() == "Fresh"
    press(desk, dialog, "Make the dashboard")
    told(desk, "was made")


def test_after_a_lost_answer_it_is_looked_for_before_it_is_made_again(desk, writes, server):
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    dialog = asked(desk, NewDashboard, NEW)
    made(desk, dialog)
    desk.qtbot.waitUntil(lambda: "looked up before" in dialog.making.text)
    rows = [{"id": 9, "name": "Weekly"}, {"id": 12, "name": "Fresh"}]
    server.special["GET dashboards/"] = (200, {"results": rows})
    press(desk, dialog, "Make the dashboard")
    told(desk, "was made")
    assert [key for key, _ in writes.sent] == ["POST dashboards/"]
    assert desk.desk.open_id == 12


def test_a_template_of_posthog_is_made_by_its_name(desk, writes):
    dialog = asked(desk, NewDashboard, NEW)
    listed(desk, dialog, "Starter")
    made(desk, dialog, start="posthog t1")
    told(desk, "was made")
    assert writes.sent == [("POST dashboards/", {"name": "Fresh", "use_template": "Starter"})]


def test_a_template_that_the_server_does_not_know_is_made_tile_by_tile(desk, writes):
    refused = {"type": "validation_error", "code": "invalid_input", "detail": "x", "attr": None}
    writes.fails["POST dashboards/"] = (400, refused)
    dialog = asked(desk, NewDashboard, NEW)
    listed(desk, dialog, "Starter")
    made(desk, dialog, start="posthog t1")
    told(desk, "was made")
    assert [body for _, body in writes.sent[1:]] == [
        {"name": "Fresh"},
        {"tiles": [{"text": {"body": "## Hi"}}]},
    ]


def test_events_are_filled_in_and_a_stop_half_way_goes_on(desk, writes):
    refused = {"type": "validation_error", "code": "invalid_input", "detail": "x", "attr": "query"}
    writes.fails["POST insights/"] = (400, refused)
    dialog = asked(desk, NewDashboard, NEW)
    opened(desk, dialog)
    desk.qtbot.waitUntil(lambda: "1 of 3 steps are done" in dialog.making.text)
    press(desk, dialog, "Go on")
    told(desk, "was made")
    sent = [body for key, body in writes.sent if key == "POST insights/"]
    assert len(sent) == 2
    node = {"kind": "EventsNode", "event": "signed_up", "name": "signed_up"}
    assert sent[1]["query"]["source"]["series"] == [node]
    assert sent[1]["dashboards"] == [12]


def test_a_stop_half_way_can_be_undone_or_kept(desk, writes):
    for choice in ("Undo all of it", "Keep what is there"):
        writes.sent.clear()
        writes.fails["POST insights/"] = (403, NO_SCOPE)
        dialog = asked(desk, NewDashboard, NEW)
        opened(desk, dialog)
        desk.qtbot.waitUntil(lambda made=dialog: "steps are done" in made.making.text)
        press(desk, dialog, choice)
        if choice == "Undo all of it":
            desk.qtbot.waitUntil(dialog.making.isHidden)
            body = {"deleted": True, "delete_insights": True}
            assert writes.sent[-1] == ("PATCH dashboards/12/", body)
            assert desk.desk.open_id == 9
            press(desk, dialog, "Cancel")
        else:
            told(desk, "was made")
            assert desk.desk.open_id == 12


def test_what_is_told_of_the_same_project_closes_nothing_that_a_person_writes_in(desk):
    dialog = asked(desk, NewDashboard, NEW)
    desk.qtbot.keyClicks(name_in(dialog), "Fresh")
    state, store = desk.state, desk.desk.store
    store.apply(with_projects, (state.project, Project(id=8, name="Lab")))
    more = Project(id=state.project.id, name="Web", timezone="Europe/Berlin")
    with desk.qtbot.waitSignal(store.changed):
        store.apply(with_account, state.account, more, anew=False)
    assert dialog.isVisible()
    assert name_in(dialog).text() == "Fresh"


def test_a_window_that_goes_takes_its_dialogs_along(desk, writes, server):
    """Another window may share its network: an answer must not reach what is gone."""
    gate = posthog.Gate()
    gate.answer = LISTED
    server.special[TEMPLATES] = gate
    dialog = asked(desk, NewDashboard, NEW)
    desk.window.closed.emit()
    assert not dialog.isVisible()
    gate.open()
    desk.qtbot.waitUntil(lambda: TEMPLATES in server.paths())


def test_who_is_still_connecting_is_not_told_to_sign_in(desk):
    desk.desk.online = None
    carried_out(desk, NEW)
    assert "still connecting" in desk.window.notice.text
    assert not desk.dialogs()


def test_tags_that_a_plan_drops_are_told(desk, writes):
    dialog = asked(desk, NewDashboard, NEW)
    tags = next(one for one in dialog.findChildren(QLineEdit) if "Tags" in one.accessibleName())
    desk.qtbot.keyClicks(tags, "growth")
    made(desk, dialog)
    told(desk, "did not take the tags")
    assert writes.sent[0][1]["tags"] == ["growth"]


def test_tiles_that_only_posthog_can_make_are_spoken_of(desk, writes, server):
    refused = {"type": "validation_error", "code": "invalid_input", "detail": "x", "attr": None}
    tiles = [{"type": "TEXT", "body": "## Hi"}, {"type": "WIDGET", "name": "Replays"}]
    starter = {**LISTED["results"][0], "tiles": tiles}
    server.special[TEMPLATES] = (200, {"results": [starter]})
    writes.fails["POST dashboards/"] = (400, refused)
    dialog = asked(desk, NewDashboard, NEW)
    listed(desk, dialog, "Starter")
    made(desk, dialog, start="posthog t1")
    told(desk, "left out: 1.")


def test_markup_in_a_template_is_shown_as_it_is_written(desk, writes, server):
    told_of = {
        "id": "t9",
        "template_name": "<b>Bold</b> & co",
        "dashboard_description": "<img src='file:///x.png'>",
        "tiles": [{"type": "INSIGHT", "name": "<i>Signups</i>", "query": QUERY}],
        "variables": [
            {"id": "A", "name": "<u>A & B</u>", "description": "<h1>x", "required": True}
        ],
    }
    server.special[TEMPLATES] = (200, {"results": [told_of]})
    dialog = asked(desk, NewDashboard, NEW)
    listed(desk, dialog, "<b>Bold</b> & co")
    names = dialog.findChild(QListWidget)
    row = next(names.item(at) for at in range(names.count()) if "Bold" in names.item(at).text())
    assert "<img" not in row.toolTip()
    names.setCurrentItem(row)
    shown = [one for one in dialog.findChildren(QLabel) if "<" in one.text()]
    assert "<u>A && B</u>" in [one.text() for one in shown]  # the & of a caption leads to its field
    assert {one.textFormat() for one in shown} == {Qt.TextFormat.PlainText}
    field = dialog.slots_.field("A")
    assert field.accessibleName() == "<u>A & B</u>"
    tips = [one.toolTip() for one in (field, *dialog.findChildren(QPushButton))]
    assert not any("<u>" in tip or "<h1>" in tip for tip in tips)


def test_another_session_ends_what_is_half_made_and_says_so(desk, writes, server):
    writes.fails["POST insights/"] = (400, {"detail": "no"})
    dialog = asked(desk, NewDashboard, NEW)
    opened(desk, dialog)
    desk.qtbot.waitUntil(lambda: dialog.making.asks)
    sent = len(writes.sent)
    desk.desk.online.choose_project(desk.state.project)  # as with another key
    told(desk, "“Fresh” may be half made")
    desk.qtbot.waitUntil(lambda: not desk.dialogs())
    assert len(writes.sent) == sent


def test_a_window_that_goes_waits_for_no_dashboard_that_is_being_made(desk, writes, server):
    """The answer would reach a part of the window that is gone."""
    dialog = asked(desk, NewDashboard, NEW)
    server.special["GET dashboards/"] = posthog.Gate()
    made(desk, dialog)
    desk.qtbot.waitUntil(lambda: server.running == 1)
    desk.window.closed.emit()
    desk.qtbot.waitUntil(lambda: server.cancelled == 1)
    assert writes.sent == []
