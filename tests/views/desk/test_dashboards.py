"""Dashboards of the team from a window: made, copied, deleted, brought back, and refused."""

import httpx
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
)

from phdesk.models.account import Project
from phdesk.store.changes import with_account, with_projects
from phdesk.views.dashboard_list import DashboardList
from phdesk.views.desk.dashboard_work import MAYBE
from phdesk.views.desk.dashboards import COPY, DELETE, NEW, RESTORE, Dashboards
from phdesk.views.desk.edits import Edits
from phdesk.views.dialogs.copy_dashboard import DEEP, CopyDashboard
from phdesk.views.dialogs.delete_dashboard import SHARED, DeleteDashboard
from phdesk.views.dialogs.new_dashboard import NewDashboard
from phdesk.views.dialogs.restore_dashboard import RestoreDashboard
from tests.services import posthog

LEFT = Qt.MouseButton.LeftButton
NO_SCOPE = {**posthog.NO_SCOPE, "detail": "API key missing required scope 'dashboard:write'"}
NO_LOG = {**posthog.NO_SCOPE, "detail": "API key missing required scope 'activity_log:read'"}
TEMPLATES = "dashboard_templates/"
QUERY = {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "series": ["{A}"]}}
LISTED = {
    "results": [
        {"id": "t1", "template_name": "Starter", "tiles": [{"type": "TEXT", "body": "## Hi"}]},
        {
            "id": "t2",
            "template_name": "Open",
            "tiles": [{"type": "INSIGHT", "name": "Signups", "query": QUERY}],
            "variables": [{"id": "A", "name": "Sign-up", "required": True}],
        },
    ]
}
LOG = "activity_log/"


class Writes:
    """Answers writes of dashboards and insights, and remembers them."""

    def __init__(self, server):
        self.server, self.sent, self.fails = server, [], {}
        server.special["dashboards/12/"] = (200, self.board(12))
        self.handle = server.handle
        server.handle = self.take

    @staticmethod
    def board(number, name="Fresh", **more):
        return {"id": number, "name": name, "tiles": [], "filters": {}, **more}

    async def take(self, request):
        path = request.url.path.removeprefix("/api/projects/7/")
        key = f"{request.method} {path}"
        if key not in ("POST dashboards/", "POST insights/", "PATCH dashboards/12/"):
            return await self.handle(request)
        body = posthog.json.loads(request.content)
        self.sent.append((key, body))
        failure = self.fails.pop(key, None)
        if isinstance(failure, Exception):
            raise failure
        if failure is not None:
            return httpx.Response(failure[0], json=failure[1])
        if key == "POST insights/":
            return httpx.Response(201, json={"id": 500, "name": body["name"]})
        return httpx.Response(201, json=self.board(12, body.get("name", "Fresh")))


@pytest.fixture
def writes(server):
    server.special[TEMPLATES] = (200, LISTED)
    server.special["event_definitions/"] = (200, {"results": [{"name": "signed_up"}]})
    server.special[LOG] = (403, NO_LOG)
    return Writes(server)


@pytest.fixture
def desk(writes, ada):
    Edits(ada.desk)
    Dashboards(ada.desk, ada.pages)
    return ada


def carried_out(desk, text):
    next(one for one in desk.window.shortcut_actions if one.text() == text).trigger()


def press(desk, within, text):
    shown = [one for one in within.findChildren(QPushButton) if one.text() == text]
    desk.qtbot.mouseClick(next(one for one in shown if not one.isHidden()), LEFT)


def told(desk, word):
    desk.qtbot.waitUntil(lambda: word in desk.window.notice.text)


def name_in(dialog):
    return next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Name")


def asked(desk, kind, action):
    carried_out(desk, action)
    return desk.dialog(kind)


def listed(desk, dialog, title):
    found = dialog.findChild(QListWidget)
    desk.qtbot.waitUntil(lambda: title in [found.item(row).text() for row in range(found.count())])


def made(desk, dialog, name="Fresh", start=None):
    if start is not None:
        dialog.choose(start)
    name_in(dialog).clear()
    desk.qtbot.keyClicks(name_in(dialog), name)
    press(desk, dialog, "Make the dashboard")


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


def opened(desk, dialog):
    listed(desk, dialog, "Open")
    dialog.choose("posthog t2")
    field = dialog.slots_.field("A")
    desk.qtbot.keyClicks(field, "signed_up")
    made(desk, dialog)


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


def test_a_copy_takes_words_and_filters_along(desk, writes, server):
    server.fields |= {"description": "Why?", "tags": ["a"]}
    dialog = asked(desk, CopyDashboard, COPY)
    desk.qtbot.waitUntil(lambda: name_in(dialog).text() == "Weekly (Copy)")
    press(desk, dialog, "Duplicate")
    told(desk, "“Weekly (Copy)” was made")
    ((_, body),) = writes.sent
    assert body == {
        "name": "Weekly (Copy)",
        "description": "Why?",
        "tags": ["a"],
        "filters": {"date_from": "-30d"},
        "use_dashboard": 9,
        "duplicate_tiles": False,
    }
    assert desk.desk.open_id == 12


def test_a_deep_copy_that_is_refused_says_why(desk, writes):
    writes.fails["POST dashboards/"] = httpx.ReadError("gone")
    dialog = asked(desk, CopyDashboard, COPY)
    desk.qtbot.waitUntil(lambda: bool(name_in(dialog).text()))
    deep = next(one for one in dialog.findChildren(QRadioButton) if one.text() == DEEP)
    desk.qtbot.mouseClick(deep, LEFT, pos=QPoint(10, deep.height() // 2))
    press(desk, dialog, "Duplicate")
    desk.qtbot.waitUntil(lambda: MAYBE in dialog.trouble)
    assert writes.sent[0][1]["duplicate_tiles"] is True
    assert [key for key, _ in writes.sent] == ["POST dashboards/"], "never sent twice by itself"


def test_a_dashboard_is_deleted_and_brought_back_from_the_notice(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    press(desk, dialog, "Delete for everyone")
    told(desk, "“Weekly” was deleted, for everyone.")
    assert server.changed[-1] == {"deleted": True}
    assert desk.desk.open_id is None
    press(desk, desk.window.notice, "Undo")
    told(desk, "“Weekly” is back, for everyone.")
    assert server.changed[-1] == {"deleted": False}
    assert desk.desk.open_id == 9


def test_insights_go_along_only_on_wish(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    box = dialog.findChild(QCheckBox)
    desk.qtbot.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    press(desk, dialog, "Delete for everyone")
    told(desk, "was deleted")
    assert server.changed[-1] == {"deleted": True, "delete_insights": True}


def test_a_public_link_is_spoken_of_before_it_dies(desk, server):
    server.fields["is_shared"] = True
    carried_out(desk, "Refresh stale tiles")
    desk.pages.open_dashboard(9)
    desk.qtbot.waitUntil(lambda: desk.board.dashboard.row.is_shared)
    dialog = asked(desk, DeleteDashboard, DELETE)
    assert SHARED in dialog.said


def test_enter_deletes_nothing(desk, server):
    dialog = asked(desk, DeleteDashboard, DELETE)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert server.changed == []


def test_a_viewer_is_told_so_before_anything_is_asked(desk, server):
    server.editable = False
    desk.pages.open_dashboard(9)
    desk.qtbot.waitUntil(lambda: not desk.board.dashboard.row.editable)
    carried_out(desk, DELETE)
    told(desk, "Not deleted")
    assert not desk.dialogs()


def test_deleted_ones_are_listed_by_the_log_and_by_what_went_from_here(desk, server):
    entry = {"scope": "Dashboard", "item_id": "31", "activity": "deleted",
             "detail": {"name": "Old numbers"}, "user": {"first_name": "Ben"},
             "created_at": "2026-11-20T10:00:00Z"}  # fmt: skip
    server.special[LOG] = (200, {"results": [entry]})
    press(desk, asked(desk, DeleteDashboard, DELETE), "Delete for everyone")
    told(desk, "was deleted")
    server.special["GET dashboards/"] = (200, {"results": []})
    desk.desk.online.list_dashboards()
    desk.qtbot.waitUntil(lambda: not desk.state.rows.items)
    dialog = asked(desk, RestoreDashboard, RESTORE)
    found = dialog.findChild(QListWidget)
    desk.qtbot.waitUntil(lambda: found.count() == 2)
    assert found.item(0).text().startswith("Weekly – deleted today")
    assert found.item(1).text().startswith("Old numbers – deleted by Ben, 20 Nov 2026")
    press(desk, dialog, "Restore for everyone")
    told(desk, "“Weekly” is back")
    assert server.changed[-1] == {"deleted": False}


@pytest.mark.parametrize("typed", ["12", "https://eu.posthog.com/project/7/dashboard/12?x=1"])
def test_one_comes_back_by_its_number_or_address(desk, writes, typed):
    dialog = asked(desk, RestoreDashboard, RESTORE)
    desk.qtbot.waitUntil(lambda: "activity_log:read" in dialog.log)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, typed)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    told(desk, "“Fresh” is back")
    assert writes.sent == [("PATCH dashboards/12/", {"deleted": False})]


def test_a_number_that_never_was_says_so(desk, server):
    server.special["dashboards/44/"] = (404, {"type": "invalid_request", "code": "not_found"})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, "44")
    press(desk, dialog, "Restore for everyone")
    desk.qtbot.waitUntil(lambda: "never had a dashboard" in dialog.trouble)


def test_the_menu_of_the_dashboard_offers_it(desk):
    desk.screen.menu_requested.emit(desk.window)
    menu = next(one for one in desk.window.findChildren(QMenu) if one.title() == "For everyone")
    texts = [one.text() for one in menu.actions()]
    assert COPY in texts
    assert DELETE in texts
    assert isinstance(menu.actions()[0], QAction)
    menu.close()


def test_another_project_closes_dialogs_and_forgets_what_was_deleted(desk, server):
    press(desk, asked(desk, DeleteDashboard, DELETE), "Delete for everyone")
    told(desk, "was deleted")
    asked(desk, NewDashboard, NEW)
    desk.desk.online.choose_project(Project(id=8, name="Lab"))
    desk.qtbot.waitUntil(lambda: not desk.dialogs())
    server.special["projects/8/" + LOG] = (200, {"results": []})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    assert dialog.findChild(QListWidget).count() == 0


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


def test_where_nothing_is_known_to_be_deleted_it_says_so(desk):
    dialog = asked(desk, RestoreDashboard, RESTORE)
    desk.qtbot.waitUntil(lambda: "activity_log:read" in dialog.log)
    assert not dialog.findChild(QListWidget).isVisible()
    assert not next(
        one for one in dialog.findChildren(QPushButton) if "Restore" in one.text()
    ).isEnabled()


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


def test_the_projects_first_dashboard_does_not_come_again_once_it_is_deleted(desk, server):
    project = {"id": 7, "name": "Shop", "primary_dashboard": 9}
    server.special["GET projects/7/"] = server.special["GET "] = (200, project)
    desk.desk.online.choose_project(Project(id=7, name="Shop"))
    desk.qtbot.waitUntil(lambda: desk.state.project.primary_dashboard == 9)
    desk.quiet()
    dialog = asked(desk, DeleteDashboard, DELETE)
    server.special["GET dashboards/"] = (200, {"results": [{"id": 12, "name": "Fresh"}]})
    press(desk, dialog, "Delete for everyone")
    told(desk, "was deleted")
    desk.qtbot.waitUntil(lambda: [row.id for row in desk.state.rows.items] == [12])
    assert desk.desk.open_id is None
    desk.shows(desk.window.empty_page)


@pytest.mark.parametrize(
    ("text", "kind"), [("Duplicate…", CopyDashboard), ("Delete for everyone…", DeleteDashboard)]
)
def test_a_dashboard_of_the_list_is_copied_and_deleted_from_its_menu(desk, server, text, kind):
    rows = [{"id": 9, "name": "Weekly"}, {"id": 12, "name": "Fresh"}]
    server.special["GET dashboards/"] = (200, {"results": rows})
    desk.desk.online.list_dashboards()
    desk.qtbot.waitUntil(lambda: len(desk.state.rows.items) == 2)
    found = desk.window.sidebar.findChild(DashboardList)
    place = next(row for row in range(found.count()) if found.item(row).text() == "Fresh")
    found.setCurrentRow(place)
    found.setFocus()
    where = found.visualItemRect(found.item(place)).center()
    by_key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(found, QContextMenuEvent(by_key, where, found.mapToGlobal(where)))
    menu = next(one for one in found.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()
    assert "“Fresh”" in desk.dialog(kind).findChild(QLabel).text() or kind is CopyDashboard
    assert desk.desk.open_id == 9


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


def test_a_deletion_whose_answer_is_lost_may_have_been_done(desk, server):
    server.special["PATCH dashboards/9/"] = (502, {})
    dialog = asked(desk, DeleteDashboard, DELETE)
    asked_before = server.paths().count("dashboards/")
    press(desk, dialog, "Delete for everyone")
    told(desk, MAYBE)
    desk.qtbot.waitUntil(lambda: server.paths().count("dashboards/") > asked_before)


def test_a_number_too_large_for_qt_brings_no_other_dashboard_back(desk, writes, server):
    number = 2**32 + 12
    server.special[f"dashboards/{number}/"] = (404, {"type": "invalid_request"})
    dialog = asked(desk, RestoreDashboard, RESTORE)
    field = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
    desk.qtbot.keyClicks(field, str(number))
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "never had" in dialog.trouble)
    assert writes.sent == []
    assert [path for how, path, _ in server.sent if how == "PATCH"] == [f"dashboards/{number}/"]


def test_a_copy_that_is_refused_after_its_dialog_is_closed_says_so(desk, writes, server):
    dialog = asked(desk, CopyDashboard, COPY)
    assert not name_in(dialog).isEnabled()  # what is typed before the answer would be lost
    desk.qtbot.waitUntil(lambda: name_in(dialog).isEnabled())
    writes.fails["POST dashboards/"] = (403, NO_SCOPE)
    press(desk, dialog, "Duplicate")
    dialog.close()  # before the answer, which comes with the event loop
    told(desk, "dashboard:write")
