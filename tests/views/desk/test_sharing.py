"""Sharing on screen: a look at what everybody would see, the link, its options, the end."""

import json

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QListWidget, QTableWidget

from phdesk.core.refused import NOT_MADE, TURNED_UP
from phdesk.services import doubting
from phdesk.views.desk.sharing import SHARE, Sharing
from phdesk.views.desk.sharing_passwords import AS_TYPED, WORD_LOST
from phdesk.views.dialogs.sharing import SHARE as START
from phdesk.views.dialogs.sharing import SHARE_ALL_THE_SAME
from phdesk.views.dialogs.sharing import Sharing as Dialog
from tests.services import posthog
from tests.services.posthog import HOST
from tests.views.desk.conftest import button

LEFT = Qt.MouseButton.LeftButton
OFF = {"created_at": None, "enabled": False, "access_token": "random"}
ON = {"created_at": "2026-01-05T10:00:00Z", "enabled": True, "access_token": "tok1"}
NEWER = {"settings": None, "password_required": False, "share_passwords": []}


class SharingDesk:
    """Keeps what was shared, as a server does."""

    def __init__(self, ada, server):
        self.ada, self.qtbot, self.server = ada, ada.qtbot, server
        self.held = dict(OFF)
        self.sent = []
        self.refusal = None
        self.arrives = None  # a password that is made though it is refused
        self.slow = None  # a gate before the answer to how it is shared
        self.after = 0  # the status of what is read after a change
        self.reading = server.handle
        server.handle = self.handle
        self.part = Sharing(ada.desk)

    async def handle(self, request):
        path = request.url.path.removeprefix("/api/projects/7/")
        if "/sharing/" not in path:
            return await self.reading(request)
        if request.method == "GET":
            return await self.told()
        body = json.loads(request.content) if request.content else None
        self.sent.append((request.method, path, body))
        if self.refusal is not None:
            if self.arrives is not None:
                self.held["share_passwords"] = [*self.held["share_passwords"], self.arrives]
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        if path.endswith("refresh/"):
            self.held |= {"access_token": "tok2"}
        elif path.endswith("passwords/"):
            made = {"id": 3, "note": body["note"], "is_active": True}
            self.held["share_passwords"] = [made]
            return httpx.Response(201, json=made | {"password": "told-once"})
        elif request.method == "DELETE":
            self.held["share_passwords"] = []
            return httpx.Response(204)
        else:
            first = {"created_at": ON["created_at"], "access_token": "tok1"}
            self.held |= body | (first if self.held["created_at"] is None else {})
        return httpx.Response(200, json=self.held)

    async def told(self):
        held = dict(self.held)
        if self.after and self.sent:
            return httpx.Response(self.after)
        if self.slow is not None:
            await self.server.wait(self.slow)
        return httpx.Response(200, json=held)

    def open(self, tile=None):
        if tile is None:
            shown = self.ada.window.shortcut_actions
            next(one for one in shown if one.text() == SHARE).trigger()
        else:
            menu = self.ada.screen.grid.tiles[tile]._menu()
            next(one for one in menu.findChildren(QAction) if one.text() == "Share…").trigger()
            menu.deleteLater()
        dialog = self.dialog
        self.qtbot.waitUntil(lambda: "being asked" not in dialog._state.text())
        return dialog

    @property
    def dialog(self):
        return self.ada.dialog(Dialog)

    def press(self, text):
        self.qtbot.mouseClick(button(self.dialog, text), LEFT)

    def until(self, said):
        self.qtbot.waitUntil(lambda: said in self.dialog.line.text)

    def copied(self, what):
        found = next(one for one in self.dialog.findChildren(type(button(self.dialog, "Copy")))
                     if one.accessibleName() == f"Copy: {what}")  # fmt: skip
        self.qtbot.mouseClick(found, LEFT)
        return QGuiApplication.clipboard().text()


@pytest.fixture
def desk(signed_out, windowed, online, server):
    made = SharingDesk(windowed, server)
    server.tiles = [posthog.tile(1, -5), posthog.tile(2, -9, y=5)]
    broken_down = {"kind": "TrendsQuery", "breakdownFilter": {"breakdown": "email"}}
    server.tiles[1]["insight"]["query"]["source"] = broken_down
    windowed.opens(online)
    return made


def test_before_it_is_shared_all_that_everybody_would_see_is_listed(desk):
    dialog = desk.open()
    table = dialog.findChild(QTableWidget)
    rows = [
        [table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())
    ]
    assert rows == [
        ["Insight", "Insight 102", "It is broken down by email."],
        ["Name", "Weekly", "Not known to"],
        ["Insight", "Insight 101", "Not known to"],
    ]
    assert "What may name people stands first: 1." in dialog._sees.text()
    assert "who made all this" in dialog._sees.text()
    assert not dialog._on.isVisible()
    assert desk.sent == []  # to look shares nothing


def test_it_is_shared_and_not_any_more_with_a_way_back(desk):
    desk.open()
    desk.press(SHARE_ALL_THE_SAME)
    desk.until("Everybody with the link sees it now.")
    assert desk.copied("Link") == f"{HOST}/shared/tok1"
    assert f'src="{HOST}/embedded/tok1"' in desk.copied("To put it into a page of the web")
    desk.press("Stop sharing")
    desk.until("leads nowhere now")
    assert desk.dialog._off.isVisible()
    desk.press("Undo")
    desk.until("sees it now")
    where = "dashboards/9/sharing/"
    assert desk.sent == [("PATCH", where, {"enabled": on}) for on in (True, False, True)]
    listed = desk.server.paths
    desk.qtbot.waitUntil(lambda: listed("dashboards/").count("dashboards/") >= 4)  # it knows of it


def test_an_insight_is_shared_from_its_tile(desk):
    desk.open(1)
    desk.press(START)  # nothing in it names people
    desk.until("sees it now")
    assert desk.sent == [("PATCH", "insights/101/sharing/", {"enabled": True})]


def test_options_of_old_servers_stand_in_the_link(desk):
    desk.held = dict(ON)
    dialog = desk.open()
    desk.qtbot.keyClick(dialog._options["whitelabel"], Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog._options["theme"], Qt.Key.Key_Space)
    assert desk.copied("Link") == f"{HOST}/shared/tok1?whitelabel&theme=dark"
    assert desk.sent == []
    assert not dialog._renew.isVisible()
    assert not dialog.passwords.isVisible()


def test_newer_servers_keep_the_options_and_what_phdesk_does_not_know(desk):
    desk.held = ON | NEWER | {"settings": {"unknown": 1}}
    dialog = desk.open()
    desk.qtbot.keyClick(dialog._options["noHeader"], Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: bool(desk.sent))
    assert desk.sent[0][2] == {"settings": {"unknown": 1, "noHeader": True}}
    assert desk.copied("Link") == f"{HOST}/shared/tok1"


def test_an_option_undoes_none_whose_answer_is_awaited(desk):
    desk.held = ON | NEWER
    dialog = desk.open()
    first, second = dialog._options["whitelabel"], dialog._options["noHeader"]
    desk.qtbot.keyClick(first, Qt.Key.Key_Space)
    desk.qtbot.keyClick(second, Qt.Key.Key_Space)  # before the answer
    desk.qtbot.waitUntil(second.isEnabled)
    assert desk.held["settings"] == {"whitelabel": True}
    desk.qtbot.keyClick(second, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: len(desk.sent) > 1 and second.isEnabled())
    assert desk.held["settings"] == {"whitelabel": True, "noHeader": True}
    assert first.isChecked()
    assert second.isChecked()


def test_an_option_that_is_refused_stands_as_it_was(desk):
    desk.held = ON | NEWER
    dialog = desk.open()
    desk.refusal = (
        403,
        posthog.NO_SCOPE
        | {"detail": "API key missing required scope 'sharing_configuration:write'"},
    )
    desk.qtbot.keyClick(dialog._options["whitelabel"], Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: "sharing_configuration:write" in dialog._trouble.text())
    assert not dialog._options["whitelabel"].isChecked()


def test_a_new_link_is_made_after_a_question(desk):
    desk.held = ON | NEWER
    desk.open()
    desk.press("New link…")
    assert desk.sent == []
    desk.press("New link")
    desk.until("The link is new")
    assert desk.copied("Link") == f"{HOST}/shared/tok2"


def test_a_password_is_made_shown_once_and_deleted(desk):
    desk.held = ON | NEWER
    dialog = desk.open()
    desk.qtbot.keyClick(dialog.passwords._required, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: "nobody can see the page" in dialog.passwords._wrong.text())
    dialog.passwords._word.setText("short")
    desk.press("Add a password")
    assert "At least 8 characters" in dialog.passwords._wrong.text()
    dialog.passwords._word.clear()
    dialog.passwords._note.setText("Board")
    desk.press("Add a password")
    desk.qtbot.waitUntil(lambda: "told-once" in dialog.passwords._told.text())
    assert dialog.passwords._list.item(0).text() == "Board"
    desk.press("Copy the password")
    assert QGuiApplication.clipboard().text() == "told-once"
    desk.press("Delete the password")
    desk.until("opens nothing now")
    assert [body for _, _, body in desk.sent] == [
        {"password_required": True},
        {"note": "Board"},
        None,
    ]


def test_two_presses_make_one_password_and_a_refusal_lets_another_be_made(desk):
    desk.held = ON | NEWER | {"password_required": True}
    dialog = desk.open()
    desk.refusal = (403, {"error": "not on this plan"})
    desk.press("Add a password")
    desk.qtbot.waitUntil(lambda: "Not done" in dialog._trouble.text())
    desk.refusal, desk.sent = None, []
    desk.press("Add a password")
    desk.press("Add a password")
    desk.qtbot.waitUntil(lambda: "told-once" in dialog.passwords._told.text())
    assert [path for _, path, _ in desk.sent] == ["dashboards/9/sharing/passwords/"]


def test_passwords_that_nobody_is_asked_for_are_told(desk):
    desk.held = ON | NEWER | {"share_passwords": [{"id": 1, "note": "Board", "is_active": True}]}
    dialog = desk.open()
    assert "No password is asked for" in dialog.passwords._wrong.text()
    desk.qtbot.keyClick(dialog.passwords._required, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: dialog.passwords._wrong.text() == "")
    assert "and a password" in dialog._state.text()


def test_an_organization_that_forbids_it_is_quoted(desk):
    dialog = desk.open()
    desk.refusal = (
        403,
        posthog.NO_SCOPE | {"detail": "Public sharing is disabled for this organization."},
    )
    desk.press(SHARE_ALL_THE_SAME)
    desk.qtbot.waitUntil(lambda: "Public sharing is disabled" in dialog._trouble.text())
    assert dialog._off.isVisible()


def test_who_may_only_look_is_told_so(desk):
    desk.server.editable = False
    desk.ada.desk.online.dashboards.refresh(9)
    desk.qtbot.waitUntil(lambda: not desk.ada.board.dashboard.row.editable)
    dialog = desk.open()
    desk.qtbot.waitUntil(lambda: bool(dialog._trouble.text()))
    assert not dialog._start.isEnabled()


def test_nobody_is_asked_without_a_dashboard_or_an_account(windowed):
    part = Sharing(windowed.desk)
    part.open()
    assert "Open a dashboard first" in windowed.window.notice.text
    part.open_dashboard(9)
    assert "Sign in" in windowed.window.notice.text


def test_after_a_lost_answer_it_is_read_how_it_stands(desk):
    desk.open()
    lists = desk.server.paths("dashboards/").count("dashboards/")
    desk.held |= ON  # it arrives
    desk.refusal = 502, {}
    desk.press(SHARE_ALL_THE_SAME)
    dialog = desk.dialog
    desk.qtbot.waitUntil(lambda: "this is how it stands now" in dialog._trouble.text())
    assert "Not done" not in dialog._trouble.text()
    assert dialog._on.isVisible()
    assert desk.sent == [("PATCH", "dashboards/9/sharing/", {"enabled": True})]
    desk.qtbot.waitUntil(
        lambda: desk.server.paths("dashboards/").count("dashboards/") > lists
    )  # whose mark says that it is shared


def test_an_answer_from_before_a_change_does_not_show_it_as_undone(desk):
    desk.held |= ON
    desk.open()
    desk.refusal, desk.slow = (502, {}), posthog.Gate()
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.running == 1)  # how it stands is being read
    desk.refusal = None
    desk.press("Stop sharing")
    desk.until("The link leads nowhere now.")
    desk.qtbot.waitUntil(lambda: desk.server.cancelled == 1)
    desk.slow.open()
    assert not desk.dialog._on.isVisible()
    assert desk.dialog._trouble.text() == ""


def test_where_there_is_no_password_no_list_takes_room(desk):
    desk.held = ON | NEWER
    dialog = desk.open()
    assert dialog.passwords.isVisible()
    assert not dialog.passwords.findChild(QListWidget).isVisible()


def test_a_password_whose_page_cannot_be_read_afterwards_is_told_all_the_same(desk):
    desk.held = ON | NEWER
    dialog = desk.open()
    desk.after = 502  # than the change, for whoever reads
    dialog.passwords.wanted.emit("For Ben", "")
    desk.qtbot.waitUntil(lambda: "cannot be read now" in dialog._trouble.text())
    assert "told-once" in dialog.passwords._told.text()
    assert dialog.passwords.isVisible()


def lost(desk, monkeypatch, *, note="For Ben", word="", arrives=True):
    """Ask for a password of which no answer comes."""
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    desk.held = ON | NEWER | {"share_passwords": [{"id": 1, "note": "Board", "is_active": True}]}
    dialog = desk.open()
    desk.refusal = 502, {}
    dialog.passwords._note.setText(note)
    dialog.passwords._word.setText(word)
    if arrives:
        desk.arrives = {"id": 3, "note": note, "is_active": True}
    desk.press("Add a password")
    return dialog


def test_a_typed_password_that_is_there_though_its_answer_was_lost_is_made(desk, monkeypatch):
    dialog = lost(desk, monkeypatch, word="long-enough")
    desk.until(AS_TYPED)
    desk.qtbot.waitUntil(lambda: dialog.passwords._list.count() == 2)
    assert dialog.passwords._word.text() == ""
    assert dialog._trouble.text() == ""


def test_of_a_password_whose_word_was_lost_that_is_said_and_it_is_chosen(desk, monkeypatch):
    dialog = lost(desk, monkeypatch)
    desk.qtbot.waitUntil(lambda: dialog._trouble.text() == WORD_LOST)
    desk.qtbot.waitUntil(lambda: dialog.passwords._list.currentItem().text() == "For Ben")
    assert not dialog.passwords._told.isVisible()


def test_a_password_that_did_not_arrive_is_said_to_be_not_made(desk, monkeypatch):
    dialog = lost(desk, monkeypatch, word="long-enough", arrives=False)
    desk.qtbot.waitUntil(lambda: NOT_MADE in dialog._trouble.text())
    assert dialog.passwords._word.text() == "long-enough"
    late = {"id": 3, "note": "For Ben", "is_active": True}
    desk.held["share_passwords"] = [*desk.held["share_passwords"], late]
    desk.refusal = None
    dialog.passwords._word.setText("another-word")
    desk.press("Add a password")
    desk.qtbot.waitUntil(lambda: TURNED_UP.format("For Ben") in dialog._trouble.text())
    assert len(desk.sent) == 1, "its word is the first one, not this"


def test_what_nobody_knows_is_read_again_though_a_later_change_is_refused(desk):
    desk.held |= ON
    desk.open()
    desk.refusal, desk.slow = (502, {}), posthog.Gate()
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.running == 1)  # how it stands is being read
    desk.held = dict(OFF)  # it had arrived
    desk.refusal = (403, {"detail": "Not for you."})
    desk.press("Stop sharing")
    desk.qtbot.waitUntil(lambda: desk.server.cancelled == 1)
    desk.slow.open()
    desk.qtbot.waitUntil(lambda: not desk.dialog._on.isVisible())
    assert "Not for you." in desk.dialog._trouble.text()
