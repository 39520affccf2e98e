"""All that is shared, in one list: since when, ended with one press, and taken back."""

import json

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidget, QToolButton

from phdesk.views.desk.shared_list import SHARED, SharedList
from phdesk.views.desk.shared_mark import WORD, SharedMark
from phdesk.views.desk.sharing import Sharing
from phdesk.views.dialogs.shared_list import SharedList as Dialog
from phdesk.views.dialogs.sharing import Sharing as Settings
from tests.services import posthog
from tests.services.posthog import HOST
from tests.views.desk.conftest import button

LEFT = Qt.MouseButton.LeftButton
OLD = {"created_at": "2024-01-05T10:00:00Z", "enabled": True, "access_token": "t9"}
NEW = OLD | {"created_at": "2026-11-20T10:00:00Z", "access_token": "t10"}
OFF = {"created_at": None, "enabled": False, "access_token": "random"}


class Links:
    """Three dashboards, two of them shared; insights of which one is."""

    def __init__(self, ada, server):
        self.ada, self.qtbot, self.server = ada, ada.qtbot, server
        self.held = {"dashboards/10": NEW, "dashboards/9": OLD, "insights/101": NEW}
        self.insights = [posthog.insight(101), posthog.insight(102)]
        self.sent = []
        self.asked = []
        self.refusal = None
        self.fails = []  # statuses of the next changes, which do not arrive
        self.slow = None  # a gate before the answer to how one is shared
        self.reading = server.handle
        server.handle = self.handle
        self.part = SharedList(ada.desk, Sharing(ada.desk))

    async def handle(self, request):
        path = request.url.path.removeprefix("/api/projects/7/")
        if path == "dashboards/":
            rows = [
                {"id": number, "name": f"Board {number}", "is_shared": self.is_on(number)}
                for number in (9, 10, 11)
            ]
            return httpx.Response(200, json={"results": rows, "next": None})
        if path == "insights/":
            return httpx.Response(200, json={"results": self.insights, "next": None})
        if not path.endswith("/sharing/"):
            return await self.reading(request)
        what = path.removesuffix("/sharing/")
        if self.refusal is not None:
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        if request.method == "PATCH" and self.fails:
            return httpx.Response(self.fails.pop(0), json={"detail": "Not for you."})
        if request.method == "PATCH":
            body = json.loads(request.content)
            self.sent.append((what, body))
            self.held[what] = self.held[what] | body
        else:
            self.asked.append(what)
        held = self.held.get(what, OFF)
        if request.method == "GET" and self.slow is not None:
            await self.server.wait(self.slow)
        return httpx.Response(200, json=held)

    def is_on(self, number):
        return self.held.get(f"dashboards/{number}", OFF)["enabled"]

    def open(self):
        shown = self.ada.window.shortcut_actions
        next(one for one in shown if one.text() == SHARED).trigger()
        self.qtbot.waitUntil(lambda: "being asked" not in self.dialog._note.text())
        return self.dialog

    @property
    def dialog(self):
        return self.ada.dialog(Dialog)

    def rows(self):
        table = self.dialog.findChild(QTableWidget)
        return [
            [table.item(row, column).text() for column in range(4)]
            for row in range(table.rowCount())
        ]

    def names(self):
        return [row[0] for row in self.rows()]

    def press(self, text):
        self.qtbot.mouseClick(button(self.dialog, text), LEFT)

    def until(self, said):
        self.qtbot.waitUntil(lambda: said in self.dialog.line.text)


@pytest.fixture
def desk(signed_out, windowed, online, server):
    made = Links(windowed, server)
    server.tiles = [posthog.tile(1, -5), posthog.tile(2, -9, y=5)]
    windowed.opens(online)
    return made


def test_all_shared_dashboards_are_listed_the_oldest_first(desk):
    dialog = desk.open()
    assert desk.names() == ["Board 9", "Board 10"]
    assert desk.rows()[0][1:] == ["Dashboard", desk.rows()[0][2], "None"]
    assert desk.rows()[0][2].startswith("5 Jan 2024, ")
    assert not dialog.findChild(QTableWidget).item(0, 2).icon().isNull()  # for long
    assert "2 dashboards shared. PostHog does not list single insights" in dialog._note.text()
    assert sorted(desk.asked) == ["dashboards/10", "dashboards/9"]  # what is not shared costs none


def test_many_dashboards_are_asked_some_at_a_time(desk, monkeypatch):
    monkeypatch.setattr("phdesk.views.desk.shared_list.FEW", 1)
    desk.open()
    desk.qtbot.waitUntil(lambda: all(row[2] for row in desk.rows()))
    assert desk.names() == ["Board 9", "Board 10"]
    assert len(desk.asked) == 2


def test_one_press_ends_it_and_one_takes_that_back(desk):
    desk.open()
    desk.press("Stop sharing")
    desk.until("The link to “Board 9” leads nowhere now.")
    assert desk.names() == ["Board 10"]
    desk.press("Undo")
    desk.until("“Board 9” is shared again, with the same link.")
    assert desk.names() == ["Board 9", "Board 10"]
    assert desk.sent == [("dashboards/9", {"enabled": False}), ("dashboards/9", {"enabled": True})]


def test_a_link_that_was_renewed_meanwhile_is_not_called_the_same(desk):
    desk.open()
    desk.press("Stop sharing")
    desk.until("leads nowhere now.")
    desk.held["dashboards/9"] = desk.held["dashboards/9"] | {"access_token": "other"}
    desk.press("Undo")
    desk.until("“Board 9” is shared again, with another link than before.")


def test_an_answer_from_before_a_change_does_not_show_it_as_undone(desk):
    desk.open()
    desk.fails, desk.slow = [502], posthog.Gate()
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.running == 1)  # how it stands is being read
    desk.press("Stop sharing")
    desk.until("The link to “Board 9” leads nowhere now.")
    desk.qtbot.waitUntil(lambda: desk.server.cancelled == 1)
    desk.slow.open()
    assert desk.names() == ["Board 10"]
    assert desk.dialog._trouble.text() == ""


def test_what_nobody_knows_is_read_again_though_a_later_change_is_refused(desk):
    desk.open()
    desk.fails, desk.slow = [502, 403], posthog.Gate()
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.running == 1)  # how it stands is being read
    desk.held["dashboards/9"] = OFF  # it had arrived
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.cancelled == 1)
    desk.slow.open()
    desk.qtbot.waitUntil(lambda: desk.names() == ["Board 10"])
    assert "Not for you." in desk.dialog._trouble.text()


def test_a_link_is_copied(desk):
    desk.open()
    desk.press("Copy the link")
    assert QGuiApplication.clipboard().text() == f"{HOST}/shared/t9"


def test_insights_are_asked_one_by_one_after_a_question(desk):
    desk.open()
    desk.press("Check insights too…")
    desk.until("Ask for each of 2 insights? These are 2 calls")
    assert not [one for one in desk.asked if one.startswith("insights")]
    desk.press("Check them")
    desk.until("All insights were checked.")
    assert desk.names() == ["Board 9", "Board 10", "Insight 101"]
    assert "2 dashboards and 1 insight shared" in desk.dialog._note.text()


def test_checking_many_is_stopped_by_a_press(desk, monkeypatch):
    monkeypatch.setattr("phdesk.views.desk.shared_list.FEW", 1)
    desk.insights = [posthog.insight(number) for number in range(101, 160)]
    desk.open()
    desk.press("Check insights too…")
    desk.until("59 calls")
    desk.press("Check them")
    desk.until("of 59 insights are checked…")
    desk.press("Stop")
    desk.qtbot.waitUntil(desk.dialog._insights.isEnabled)
    assert len(desk.asked) < 59


def test_where_one_is_refused_for_all_no_more_is_asked(desk):
    desk.refusal = (
        403,
        posthog.NO_SCOPE
        | {"detail": "API key missing required scope 'sharing_configuration:read'"},
    )
    dialog = desk.open()
    assert "sharing_configuration:read" in dialog._trouble.text()
    assert desk.names() == ["Board 9", "Board 10"]  # that they are shared is known all the same
    assert desk.rows()[0][2] == ""
    assert not button(dialog, "Copy the link").isEnabled()


def test_the_settings_of_one_are_opened(desk):
    desk.open()
    desk.press("Share settings…")
    assert desk.ada.dialog(Settings) is not None


def mark(desk):
    found = [one for one in desk.ada.window.findChildren(QToolButton) if one.text() == WORD]
    return found[0] if found else None


def test_a_shared_dashboard_carries_a_mark_that_leads_to_its_link(desk):
    SharedMark(desk.ada.desk, desk.ada.pages, desk.part._one)
    desk.qtbot.waitUntil(lambda: mark(desk) is not None)
    assert mark(desk).isVisible()
    desk.qtbot.mouseClick(mark(desk), LEFT)
    settings = desk.ada.dialog(Settings)
    desk.qtbot.waitUntil(settings._on.isVisible)
    desk.qtbot.mouseClick(button(settings, "Stop sharing"), LEFT)
    desk.qtbot.waitUntil(lambda: not mark(desk).isVisible())  # the list says so


def test_one_that_is_not_shared_carries_none(desk):
    desk.held["dashboards/9"] = OFF
    desk.ada.desk.online.list_dashboards()
    desk.qtbot.waitUntil(
        lambda: not any(row.is_shared for row in desk.ada.state.rows.items if row.id == 9)
    )
    SharedMark(desk.ada.desk, desk.ada.pages, desk.part._one)
    assert mark(desk) is None


def test_nobody_is_asked_without_an_account(windowed):
    SharedList(windowed.desk, Sharing(windowed.desk)).open()
    assert "Sign in" in windowed.window.notice.text
