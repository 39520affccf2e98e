"""The check of the open dashboard: what is found, gone to, put right with one press, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget

from phdesk.core.filters import Filter, Override
from phdesk.store.overrides import with_override
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.health import CHECK, FILTERED, Health
from phdesk.views.dialogs.board_words import NameDialog
from phdesk.views.dialogs.health import Health as Dialog
from tests.services.posthog import Gate
from tests.views.desk.conftest import button, sent

LEFT = Qt.MouseButton.LeftButton
SEEN = [{"name": "signed_up", "last_seen_at": "2026-11-23T11:00:00Z"}]
OLD = {"created_at": "2024-01-05T10:00:00Z", "enabled": True, "access_token": "t9"}
ASKED = {
    "kind": "TrendsQuery",
    "series": [{"kind": "EventsNode", "event": "signed_up", "math": "total"}],
    "dateRange": {"date_from": "-30d"},
}


def asking(tile, **more):
    tile["insight"]["query"] = {"kind": "InsightVizNode", "source": ASKED | more}
    return tile


class Checked:
    def __init__(self, ada, server):
        self.ada, self.server, self.qtbot = ada, server, ada.qtbot
        self.edits = Edits(ada.desk)
        self.health = Health(ada.desk, ada.pages)

    def open(self):
        shown = self.ada.window.shortcut_actions
        next(one for one in shown if one.text() == CHECK).trigger()
        self.qtbot.waitUntil(lambda: "being asked" not in self.dialog._note.text())
        return self.dialog

    @property
    def dialog(self):
        return self.ada.dialog(Dialog)

    @property
    def rows(self):
        table = self.dialog.findChild(QTableWidget)
        return [(table.item(row, 1).text(), table.item(row, 2).text())
                for row in range(table.rowCount())]  # fmt: skip

    def choose(self, what):
        names = [row[0] for row in self.rows]
        self.dialog.findChild(QTableWidget).setCurrentCell(names.index(what), 0)

    def press(self, text):
        self.qtbot.mouseClick(button(self.dialog, text), LEFT)

    def says(self, text):
        self.qtbot.waitUntil(lambda: text in self.dialog.line.text)


@pytest.fixture
def checked(signed_out, windowed, online, server):
    """Ada with a dashboard whose second tile asks the same, and whose third has other dates."""
    server.fields = {"name": "Weekly", "description": "For all", "is_shared": False}
    own = asking(sent(3, -7, y=10), dateRange={"date_from": "-90d"})
    own["filters_overrides"] = {"date_from": "-90d"}
    server.tiles = [asking(sent(1, -5)), asking(sent(2, -9, y=5)), own]
    server.special["event_definitions/"] = (200, {"results": SEEN, "next": None})
    server.special["dashboards/9/sharing/"] = (200, OLD)
    windowed.opens(online)
    return Checked(windowed, server)


@pytest.fixture
def shared(checked):
    """The same, shared with everybody for long: that finding is chosen."""
    checked.server.fields["is_shared"] = True
    checked.ada.window.refresh_requested.emit(False)
    checked.qtbot.waitUntil(lambda: checked.ada.board.dashboard.row.is_shared)
    checked.open()
    checked.choose("Old link")
    return checked


def test_findings_are_listed_and_lead_to_their_tiles(checked):
    dialog = checked.open()
    assert checked.rows == [("Duplicate", "Insight 102"), ("Other dates", "Insight 103")]
    assert dialog._reason.text() == "It asks and shows the same as “Insight 101” on this dashboard."
    checked.choose("Other dates")
    checked.press("Go to the tile")
    grid = checked.ada.screen.grid
    checked.qtbot.waitUntil(grid.tiles[3].hasFocus)


def test_a_double_is_removed_with_one_press_and_comes_back(checked):
    checked.open()
    checked.choose("Duplicate")
    checked.press("Remove the tile")
    checked.says("no longer on this dashboard")
    assert checked.server.changed[-1] == {"tiles": [{"id": 2, "deleted": True}]}
    checked.qtbot.waitUntil(lambda: ("Duplicate", "Insight 102") not in checked.rows)
    checked.press("Undo")
    checked.qtbot.waitUntil(
        lambda: checked.server.changed[-1] == {"tiles": [{"id": 2, "deleted": False}]}
    )
    checked.qtbot.waitUntil(lambda: ("Duplicate", "Insight 102") in checked.rows)


def test_own_filters_are_dropped_and_sent_back_whole(checked):
    checked.open()
    checked.choose("Other dates")
    checked.press("Drop its own filters")
    checked.says("follows the dashboard's filters now")
    assert checked.server.changed[-1] == {"tiles": [{"id": 3, "filters_overrides": None}]}
    checked.press("Undo")
    back = {"tiles": [{"id": 3, "filters_overrides": {"date_from": "-90d"}}]}
    checked.qtbot.waitUntil(lambda: checked.server.changed[-1] == back)


def test_after_another_change_undo_in_the_list_is_gone_and_takes_back_nothing_else(checked):
    checked.open()
    checked.choose("Other dates")
    checked.press("Drop its own filters")
    checked.says("follows the dashboard's filters now")
    checked.ada.screen.tile_edit_requested.emit(1, "color", "blue")
    checked.qtbot.waitUntil(
        lambda: checked.server.changed[-1] == {"tiles": [{"id": 1, "color": "blue"}]}
    )
    checked.qtbot.waitUntil(lambda: not checked.dialog.line.isVisible())
    assert checked.dialog.line.text == ""


def test_a_link_that_ends_late_says_nothing_of_the_dashboard_checked_by_then(shared):
    server = shared.server
    server.special["PATCH dashboards/9/sharing/"] = gate = Gate()
    gate.answer = OLD | {"enabled": False}
    shared.press("Stop sharing")
    shared.health._number = 10  # as after another dashboard was opened, and checked
    lists = len(server.paths("dashboards/"))
    gate.open()
    shared.qtbot.waitUntil(lambda: len(server.paths("dashboards/")) > lists)
    assert not shared.dialog.line.isVisible()


def test_a_refused_fix_says_why_and_changes_nothing(checked):
    checked.open()
    refusal = {
        "type": "authentication_error",
        "code": "permission_denied",
        "detail": "API key missing required scope 'dashboard:write'",
    }
    checked.server.special["PATCH dashboards/9/"] = (403, refusal)
    checked.choose("Duplicate")
    checked.press("Remove the tile")
    checked.qtbot.waitUntil(lambda: "dashboard:write" in checked.dialog._trouble.text())
    assert ("Duplicate", "Insight 102") in checked.rows


def test_a_missing_description_is_asked_for(checked):
    checked.server.fields["description"] = ""
    checked.ada.window.refresh_requested.emit(False)
    checked.qtbot.waitUntil(lambda: not checked.ada.board.dashboard.row.description)
    checked.open()
    checked.choose("No description")
    checked.press("Describe it…")
    assert checked.ada.dialog(NameDialog)


def test_without_a_fact_the_rule_says_so(checked):
    checked.server.special["event_definitions/"] = (403, {
        "type": "authentication_error", "code": "permission_denied",
        "detail": "API key missing required scope 'event_definition:read'"})  # fmt: skip
    dialog = checked.open()
    assert "Event not seen: not judged 3 times, the key lacks the scope event_definition:read." in (
        dialog._unjudged.text()
    )


def test_temporary_filters_are_not_what_is_checked(checked):
    override = Override(filters=Filter(date_from="-7d"))
    checked.ada.parts.store.apply(with_override, 9, override)
    checked.health.open()
    assert checked.ada.window.notice.text == FILTERED


def test_an_old_link_is_ended_with_one_press_and_comes_back(shared):
    server = shared.server
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD | {"enabled": False})
    shared.press("Stop sharing")
    shared.says("leads nowhere now")
    assert ("PATCH", "dashboards/9/sharing/", {"enabled": False}) in server.sent
    assert "Old link" not in [row[0] for row in shared.rows]
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD)
    shared.press("Undo")
    shared.says("The dashboard is shared again, with the same link.")
    assert ("PATCH", "dashboards/9/sharing/", {"enabled": True}) in server.sent


def test_a_link_that_was_renewed_meanwhile_is_not_called_the_same(shared):
    server = shared.server
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD | {"enabled": False})
    shared.press("Stop sharing")
    shared.says("leads nowhere now")
    server.special["PATCH dashboards/9/sharing/"] = (200, OLD | {"access_token": "new"})
    shared.press("Undo")
    shared.says("shared again, with another link than before.")
