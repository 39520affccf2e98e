"""Access and activity of the open dashboard, with a plain reason where the server does not tell."""

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget

from phdesk.views.desk.access_page import EMPTY, NO_LOG
from phdesk.views.desk.dashboards import ACCESS, Dashboards
from phdesk.views.dialogs.dashboard_access import DashboardAccess
from tests.services import posthog

LOG = "dashboards/9/activity/"
ENTRY = {
    "activity": "updated",
    "scope": "Dashboard",
    "item_id": "9",
    "user": {"first_name": "Ben"},
    "created_at": "2026-11-23T10:00:00Z",
    "detail": {"name": "Weekly", "changes": [{"field": "name", "before": "W", "after": "Weekly"}]},
}


@pytest.fixture
def desk(ada, server):
    server.special[LOG] = (200, {"results": [ENTRY]})
    Dashboards(ada.desk, ada.pages)
    return ada


def shown(desk):
    next(one for one in desk.window.shortcut_actions if one.text() == ACCESS).trigger()
    return desk.dialog(DashboardAccess)


def texts(dialog):
    return [one.text() for one in dialog.findChildren(QLabel)]


def test_level_role_and_log_are_shown(desk, server):
    server.fields |= {"user_access_level": "editor", "last_viewed_at": "2026-11-23T09:00:00Z"}
    me = {"uuid": "u1", "organizations": [{"id": "o1", "membership_level": 8}]}
    server.special["users/@me/"] = (200, me)
    dialog = shown(desk)
    log = dialog.findChild(QTableWidget)
    desk.qtbot.waitUntil(lambda: log.rowCount() == 1)
    assert [log.item(0, column).text() for column in (1, 2)] == [
        "Ben",
        "renamed it from “W” to “Weekly”",
    ]
    said = texts(dialog)
    assert any(one.startswith("You are an editor") for one in said)
    assert "You are an admin of the organization." in said
    assert any("not by whom" in one for one in said)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {"type": "invalid_request", "code": "not_found"}), NO_LOG),
        ((402, {"type": "server_error", "code": "payment_required"}), "plan"),
        ((403, {**posthog.NO_SCOPE, "detail": "missing required scope 'activity_log:read'"}),
         "activity_log:read"),
        ((200, {"results": []}), EMPTY),
    ],
    ids=["an old server", "a small plan", "a narrow key", "nothing yet"],
)  # fmt: skip
def test_where_there_is_no_log_it_says_why_and_shows_the_rest(desk, server, answer, said):
    server.special[LOG] = answer
    server.special["users/@me/"] = (403, posthog.NO_SCOPE)
    dialog = shown(desk)
    desk.qtbot.waitUntil(lambda: said in dialog.note)
    assert "Your access" in texts(dialog)
    assert any("user:read" in one for one in texts(dialog))
    assert not dialog.trouble


def test_it_can_be_looked_at_again(desk, server):
    server.special["dashboards/9/"] = (500, posthog.BROKEN)
    dialog = shown(desk)
    desk.qtbot.waitUntil(lambda: bool(dialog.trouble))
    del server.special["dashboards/9/"]
    dialog.look_requested.emit()
    desk.qtbot.waitUntil(lambda: dialog.findChild(QTableWidget).rowCount() == 1)
    assert not dialog.trouble


def test_a_board_of_ones_own_belongs_to_nobody_else(desk):
    desk.desk.open_id = None
    next(one for one in desk.window.shortcut_actions if one.text() == ACCESS).trigger()
    assert "Open a dashboard" in desk.window.notice.text
    assert not desk.dialogs()


def test_a_window_that_goes_takes_it_along(desk):
    dialog = shown(desk)
    desk.window.closed.emit()
    assert not dialog.isVisible()
