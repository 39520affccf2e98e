"""The check of all dashboards: what is found leads somewhere, links end, closing gives it up."""

import pytest

from phdesk.models.account import Project
from phdesk.store.changes import with_projects
from phdesk.views.desk.health_all import CHECK_ALL, NOT_SIGNED_IN, HealthOfAll
from phdesk.views.desk.pages import Pages
from phdesk.views.dialogs.health import Health as Dialog
from tests.services.posthog import HOST, Gate
from tests.views.desk.conftest import sent
from tests.views.desk.test_health import ASKED, OLD, SEEN, Checked, asking

ROWS = [
    {"id": 9, "name": "Weekly", "description": "For all", "is_shared": True},
    {"id": 10, "name": "Other", "is_shared": False},
]
ORPHAN = {
    "id": 500, "short_id": "orphan01", "name": "Alone", "dashboards": [],
    "query": {"kind": "InsightVizNode", "source": ASKED},
}  # fmt: skip


class AllChecked(Checked):
    def __init__(self, ada, server):
        self.ada, self.server, self.qtbot = ada, server, ada.qtbot
        self.part = HealthOfAll(ada.desk, ada.pages)

    def open(self):
        shown = self.ada.window.shortcut_actions
        next(one for one in shown if one.text() == CHECK_ALL).trigger()
        return self.dialog

    def wait(self):
        self.qtbot.waitUntil(lambda: "read" in self.dialog._note.text()
                             and "being" not in self.dialog._note.text())  # fmt: skip


@pytest.fixture
def checked(signed_out, windowed, online, server):
    """Ada with two dashboards: one is shared for long, the other says nothing of itself."""
    server.fields = {"name": "Weekly", "description": "For all", "is_shared": True}
    server.tiles = [asking(sent(1, -5)), asking(sent(2, -9, y=5))]
    server.special["dashboards/"] = (200, {"results": ROWS, "next": None})
    server.special["dashboards/10/"] = (200, ROWS[1] | {"tiles": [], "filters": {}})
    server.special["dashboards/9/sharing/"] = (200, OLD)
    server.special["event_definitions/"] = (200, {"results": SEEN, "next": None})
    server.special["insights/"] = (200, {"results": [ORPHAN], "next": None})
    windowed.opens(online)
    return AllChecked(windowed, server)


def test_all_dashboards_and_insights_are_checked(checked):
    checked.open()
    checked.wait()
    assert checked.rows == [
        ("Old link", "Weekly"),
        ("Duplicate", "Weekly › Insight 102"),
        ("No description", "Other"),
        ("On no dashboard", "Alone"),
    ]
    assert checked.dialog._note.text() == "2 warnings, 2 hints. 2 dashboards were read."


def test_each_finding_leads_to_where_it_is(checked):
    checked.open()
    checked.wait()
    checked.choose("On no dashboard")
    checked.press("Open in PostHog")
    assert checked.ada.browsed == [f"{HOST}/project/7/insights/orphan01"]
    checked.choose("Duplicate")
    assert not checked.dialog._fix.isVisible()  # its dashboard has to be open for that
    checked.press("Go to the tile")
    checked.qtbot.waitUntil(checked.ada.screen.grid.tiles[2].hasFocus)
    checked.choose("No description")
    checked.press("Open the dashboard")
    checked.qtbot.waitUntil(lambda: checked.ada.desk.open_id == 10)


def test_a_link_is_ended_and_comes_back(checked):
    checked.open()
    checked.wait()
    server = checked.server
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD | {"enabled": False})
    checked.choose("Old link")
    checked.press("Stop sharing")
    checked.says("“Weekly” leads nowhere now")
    assert "Old link" not in [row[0] for row in checked.rows]
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD)
    checked.press("Undo")
    checked.says("“Weekly” is shared again, with the same link.")
    assert "Old link" in [row[0] for row in checked.rows]


@pytest.fixture
def unused(checked):
    """Let nothing use the insight that is on no dashboard."""
    special = checked.server.special
    special["insights/500/"] = special["PATCH insights/500/"] = (200, ORPHAN)
    special["alerts/"] = special["subscriptions/"] = (200, {"results": [], "next": None})
    special["insights/500/sharing/"] = (200, OLD | {"enabled": False})
    return checked


def test_an_insight_that_nothing_uses_is_deleted_after_asking_and_comes_back(unused):
    unused.open()
    unused.wait()
    server, lone = unused.server, ("On no dashboard", "Alone")
    unused.choose("On no dashboard")
    unused.press("Delete the insight…")
    assert unused.dialog.line.text.startswith("Delete “Alone” for everyone?")
    unused.press("Keep it")
    assert lone in unused.rows
    assert server.sent == []
    unused.press("Delete the insight…")
    unused.press("Delete")
    unused.says("“Alone” was deleted, for everyone.")
    assert server.sent == [("PATCH", "insights/500/", {"deleted": True})]
    assert lone not in unused.rows
    unused.press("Undo")
    unused.says("“Alone” is back, for everyone.")
    assert server.sent[-1] == ("PATCH", "insights/500/", {"deleted": False})
    assert lone in unused.rows


def test_an_insight_that_is_used_meanwhile_is_kept(unused):
    unused.open()
    unused.wait()
    unused.server.special["insights/500/"] = (200, ORPHAN | {"dashboards": [9]})
    unused.choose("On no dashboard")
    unused.press("Delete the insight…")
    unused.press("Delete")
    words = "“Alone” was not deleted: it is on a dashboard now."
    unused.qtbot.waitUntil(lambda: unused.dialog._trouble.text() == words)
    assert unused.server.sent == []
    assert not unused.dialog.line.isVisible()


def test_a_deletion_that_is_refused_says_which_scope_it_needs(unused):
    unused.open()
    unused.wait()
    refusal = {"type": "authentication_error", "code": "permission_denied",
               "detail": "API key missing required scope 'insight:write'"}  # fmt: skip
    unused.server.special["PATCH insights/500/"] = (403, refusal)
    unused.choose("On no dashboard")
    unused.press("Delete the insight…")
    unused.press("Delete")
    trouble = unused.dialog._trouble
    unused.qtbot.waitUntil(lambda: trouble.text().startswith("Not deleted: "))
    assert "insight:write" in trouble.text()
    assert ("On no dashboard", "Alone") in unused.rows


def test_one_that_cannot_be_read_is_one(checked):
    checked.server.special["dashboards/10/"] = (404, {
        "type": "invalid_request", "code": "not_found", "detail": "Not found."})  # fmt: skip
    dialog = checked.open()
    checked.wait()
    assert dialog._trouble.text().startswith("1 could not be read: ")
    assert ("Duplicate", "Weekly › Insight 102") in checked.rows


@pytest.fixture
def many(checked):
    """Let there be seven dashboards, which are more than are read at a time."""
    rows = [*ROWS, *({"id": number, "name": f"B {number}"} for number in range(11, 16))]
    checked.server.special["dashboards/"] = (200, {"results": rows, "next": None})
    for one in rows[1:]:
        checked.server.special[f"dashboards/{one['id']}/"] = (200, one | {"tiles": []})
    return checked


def test_it_says_how_far_it_is(many):
    many.server.special["dashboards/14/"] = gate = Gate()
    dialog = many.open()
    many.qtbot.waitUntil(lambda: dialog._note.text().startswith("5 of 7 dashboards are read."))
    gate.answer = {"id": 14, "name": "B 14", "tiles": []}
    gate.open()
    many.qtbot.waitUntil(lambda: dialog._note.text().endswith("7 dashboards were read."))
    assert ("On no dashboard", "Alone") in many.rows


def test_what_was_found_stays_when_the_rest_is_refused(many):
    many.server.special["dashboards/14/"] = (403, {
        "type": "authentication_error", "code": "permission_denied",
        "detail": "API key missing required scope 'dashboard:read'"})  # fmt: skip
    dialog = many.open()
    many.qtbot.waitUntil(lambda: "dashboard:read" in dialog._trouble.text())
    assert dialog._note.text().endswith("Only 5 of 7 dashboards were read.")
    assert ("Duplicate", "Weekly › Insight 102") in many.rows


def test_closing_gives_the_check_up(checked):
    checked.server.special["dashboards/10/"] = Gate()
    before = len(checked.server.paths("insights/"))
    dialog = checked.open()
    checked.qtbot.waitUntil(lambda: len(checked.server.paths("dashboards/10/")) > 0)
    dialog.close()
    assert checked.part._ticket is None
    assert checked.ada.dialogs() == set()
    assert len(checked.server.paths("insights/")) >= before


def test_more_that_is_told_of_the_same_project_does_not_give_the_check_up(checked):
    checked.server.special["dashboards/10/"] = gate = Gate()
    dialog = checked.open()
    checked.qtbot.waitUntil(lambda: len(checked.server.paths("dashboards/10/")) > 0)
    checked.ada.parts.store.apply(with_projects, [Project(id=7), Project(id=8)])
    checked.qtbot.waitUntil(lambda: len(checked.ada.state.projects) == 2)
    assert dialog.isVisible()
    gate.answer = ROWS[1] | {"tiles": [], "filters": {}}
    gate.open()
    checked.wait()
    assert ("No description", "Other") in checked.rows


def test_nobody_signed_in_is_told_so(signed_out, windowed):
    part = HealthOfAll(windowed.desk, Pages(windowed.desk))
    part.open()
    assert windowed.window.notice.text == NOT_SIGNED_IN
    assert windowed.window.findChildren(Dialog) == []
