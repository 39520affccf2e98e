"""Subscriptions on screen: listed, made, changed, paused, tried, deleted and brought back."""

import asyncio
import copy
import json

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTableWidget

from phdesk.core import subscription_words as names
from phdesk.core.refused import FOUND, MAYBE_MADE, NOT_MADE, TURNED_UP
from phdesk.services import doubting
from phdesk.views.desk.subscriptions import SUBSCRIPTIONS, Subscriptions
from phdesk.views.dialogs.subscriptions import Subscriptions as Dialog
from phdesk.views.dialogs.subscriptions_form import SubscriptionForm
from tests.api import recorded
from tests.services import posthog
from tests.shared import needs_shared
from tests.views.desk.conftest import button

LIST = "subscriptions/"
LEFT = Qt.MouseButton.LeftButton
ONE = {
    "id": 1,
    "dashboard": 9,
    "insight": None,
    "target_type": "email",
    "target_value": "ada@example.org",
    "frequency": "weekly",
    "interval": 1,
    "byweekday": ["monday"],
    "start_date": "2026-11-02T08:00:00Z",
    "next_delivery_date": "2099-11-30T08:00:00Z",
    "title": "Monday numbers",
    "deleted": False,
}
NEWER = ONE | {"enabled": True, "dashboard_export_insights": [101], "resource_name": "Weekly"}
OF_INSIGHT = NEWER | {"id": 2, "dashboard": None, "insight": 102, "title": "Second",
                      "target_type": "slack", "target_value": "C1|#x", "integration_id": 4,
                      "dashboard_export_insights": [], "resource_name": "Insight 102"}  # fmt: skip
ELSEWHERE = NEWER | {"id": 3, "dashboard": 77, "title": "Other", "resource_name": ""}
NO_PLAN = {"type": "server_error", "code": "payment_required", "detail": "premium", "attr": None}
NO_SCOPE = posthog.NO_SCOPE | {"detail": "API key missing required scope 'subscription:write'"}


class Subscribing:
    """Keeps what was subscribed to, as a server does."""

    def __init__(self, ada, server):
        self.ada, self.qtbot, self.server = ada, ada.qtbot, server
        self.held = [NEWER, OF_INSIGHT, ELSEWHERE]
        self.bodies = []
        self.refusal = self.unlisted = None
        self.slow = False  # what is written has no answer yet
        self.begun = 0  # writes that reached the server
        self.reading = server.handle
        server.handle = self.handle
        self.part = Subscriptions(ada.desk)

    async def handle(self, request):
        if LIST not in request.url.path:
            return await self.reading(request)
        if request.method == "GET" and self.unlisted is not None:
            return httpx.Response(self.unlisted[0], json=self.unlisted[1])
        if request.method == "GET":
            shown = [one for one in self.held if not one["deleted"]]
            return httpx.Response(200, json={"results": copy.deepcopy(shown), "next": None})
        self.begun += 1
        while self.slow:
            await asyncio.sleep(0.005)
        if self.refusal is not None:
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        body = json.loads(request.content)
        self.bodies.append(body)
        if request.url.path.endswith("test-delivery/"):
            return httpx.Response(202, json={})
        if request.method == "POST":
            made = NEWER | {"id": 9} | body
            self.held = [*self.held, made]
            return httpx.Response(201, json=made)
        number = int(request.url.path.rstrip("/").rpartition("/")[2])
        self.held = [one | body if one["id"] == number else one for one in self.held]
        return httpx.Response(200, json=next(one for one in self.held if one["id"] == number))

    def open(self):
        action = next(
            one for one in self.ada.window.shortcut_actions if one.text() == SUBSCRIPTIONS
        )
        action.trigger()
        return self.waited()

    def open_on_tile(self, tile_id):
        menu = self.ada.screen.grid.tiles[tile_id]._menu()
        next(one for one in menu.findChildren(QAction) if one.text() == "Subscriptions…").trigger()
        menu.deleteLater()
        return self.waited()

    def waited(self):
        self.qtbot.waitUntil(lambda: bool(self.rows()) or self.trouble() != "")
        return self.dialog

    @property
    def dialog(self):
        return self.ada.dialog(Dialog)

    @property
    def form(self):
        return self.ada.dialog(SubscriptionForm)

    def rows(self):
        table = self.dialog.findChild(QTableWidget)
        return [
            [table.item(row, column).text() for column in range(6)]
            for row in range(table.rowCount())
        ]

    def trouble(self):
        return self.dialog._trouble.text()

    def press(self, within, text):
        self.qtbot.mouseClick(button(within, text), LEFT)

    def until(self, said):
        self.qtbot.waitUntil(lambda: said in self.dialog.line.text)


@pytest.fixture
def desk(signed_out, windowed, online, server):
    made = Subscribing(windowed, server)
    server.tiles = [posthog.tile(1, -5), posthog.tile(2, -9, y=5)]
    windowed.opens(online)
    return made


def test_those_of_the_dashboard_and_its_insights_are_listed(desk):
    dialog = desk.open()
    assert [row[1:4] for row in desk.rows()] == [
        ["Monday numbers", "Weekly", "ada@example.org"],
        ["Second", "Insight 102", "#x in Slack"],
    ]
    assert desk.rows()[0][0] == "On"
    assert desk.rows()[0][5].endswith("30 Nov 2099")
    desk.qtbot.keyClick(dialog._scope, Qt.Key.Key_Down)
    assert [row[1] for row in desk.rows()] == ["Monday numbers", "Second", "Other"]
    assert desk.rows()[2][2] == "Dashboard 77"


def test_those_of_a_tile_are_listed_alone(desk):
    desk.open_on_tile(2)
    assert [row[1] for row in desk.rows()] == ["Second"]
    desk.press(desk.dialog, "New subscription…")
    desk.form._value.setText("ada@example.org")
    desk.press(desk.form, "Subscribe them")
    desk.until("is made")
    assert desk.bodies[0]["insight"] == 102
    assert not {"dashboard", "dashboard_export_insights"} & desk.bodies[0].keys()


def test_one_is_made_for_the_dashboard_on_screen(desk):
    dialog = desk.open()
    desk.press(dialog, "New subscription…")
    form = desk.form
    form._value.setText("ada@example")
    desk.press(form, "Subscribe them")
    assert "no e-mail address" in form.fields[names.VALUE].wrong
    form._value.setText("ada@example.org, ben@example.org")
    desk.qtbot.keyClick(form, Qt.Key.Key_Return)
    desk.until("is made, for everyone")
    body = desk.bodies[0]
    assert body["dashboard"] == 9
    assert body["dashboard_export_insights"] == [101, 102]
    assert body["target_value"] == "ada@example.org,ben@example.org"
    assert body["byweekday"] == ["monday"]
    assert "integration_id" not in body
    assert desk.dialog.current == 9


@needs_shared
def test_what_is_sent_to_an_old_server_is_what_one_took(desk):
    desk.held = [ONE]
    dialog = desk.open()
    request = recorded.exchange("subscription_create")["request"]["json"]
    assert not dialog._switch.isEnabled()  # it knows no pause
    assert not dialog._test.isEnabled()
    desk.press(dialog, "New subscription…")
    form = desk.form
    assert not form.fields[names.CHARTS].isVisible()
    form._title.setText(request["title"])
    form._value.setText(request["target_value"])
    desk.press(form, "Subscribe them")
    desk.until("is made")
    own = {"dashboard", "start_date"}
    body = desk.bodies[0]
    assert {key: body[key] for key in body if key not in own} == {
        key: request[key] for key in request if key not in own
    }


def test_only_what_is_changed_is_sent(desk):
    dialog = desk.open()
    desk.press(dialog, "Edit…")
    form = desk.form
    form._title.setText("Tuesday numbers")
    form._days._ticks["monday"].setChecked(False)
    desk.press(form, "Save for everyone")
    assert "at least one weekday" in form.fields[names.DAYS].wrong
    form._days._ticks["tuesday"].setChecked(True)
    desk.press(form, "Save for everyone")
    desk.until("is changed")
    assert desk.bodies == [{"title": "Tuesday numbers", "byweekday": ["tuesday"]}]
    desk.press(desk.dialog, "Edit…")
    desk.press(desk.form, "Save for everyone")  # nothing: nothing is sent
    assert len(desk.bodies) == 1


def test_a_month_is_chosen_by_its_weekday(desk):
    dialog = desk.open()
    desk.press(dialog, "Edit…")
    form = desk.form
    form._every.set_value("monthly", 2)
    form._days._position.setCurrentIndex(form._days._position.findData(-1))
    form._days._day.setCurrentText("Friday")
    assert "Every 2 months on the last Friday" in [
        one.text().partition(" at ")[0] for one in form.findChildren(QLabel)
    ]
    desk.press(form, "Save for everyone")
    desk.until("is changed")
    assert desk.bodies == [
        {"frequency": "monthly", "interval": 2, "byweekday": ["friday"], "bysetpos": -1}
    ]


def test_a_refusal_stands_at_its_field_and_nothing_is_lost(desk):
    wrong = {"type": "validation_error", "code": "invalid", "detail": "No such channel.",
             "attr": "target_value"}  # fmt: skip
    dialog = desk.open()
    desk.press(dialog, "Edit…")
    form = desk.form
    form._title.setText("Kept")
    desk.refusal = 400, wrong
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: form.fields[names.VALUE].wrong == "No such channel.")
    assert form._title.text() == "Kept"
    desk.refusal = 403, NO_SCOPE
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: "subscription:write" in form._trouble.text())


def test_a_newer_server_is_noticed_by_its_refusal(desk):
    """With no subscription yet, nobody knows that the server asks for charts."""
    desk.held = [ONE]
    dialog = desk.open()
    desk.press(dialog, "New subscription…")
    form = desk.form
    form._value.setText("ada@example.org")
    desk.refusal = 400, {"type": "validation_error", "code": "required", "detail": "Required.",
                         "attr": "dashboard_export_insights"}  # fmt: skip
    desk.press(form, "Subscribe them")
    desk.qtbot.waitUntil(form.fields[names.CHARTS].isVisible)
    desk.refusal = None
    form._charts.item(1).setCheckState(Qt.CheckState.Checked)
    desk.press(form, "Subscribe them")
    desk.until("is made")
    assert desk.bodies[0]["dashboard_export_insights"] == [102]


def test_one_is_paused_and_goes_on(desk):
    dialog = desk.open()
    desk.press(dialog, "Pause")
    desk.until("is paused")
    desk.qtbot.waitUntil(lambda: desk.rows()[0][0] == "Paused")
    assert desk.rows()[0][5] == "None while paused"
    desk.press(dialog, "Go on")
    desk.until("goes on")
    assert desk.bodies == [{"enabled": False}, {"enabled": True}]


def test_one_is_deleted_and_brought_back(desk):
    dialog = desk.open()
    desk.press(dialog, "Delete")
    desk.until("is deleted")
    desk.qtbot.waitUntil(lambda: len(desk.rows()) == 1)
    desk.press(dialog, "Undo")
    desk.until("is back")
    desk.qtbot.waitUntil(lambda: len(desk.rows()) == 2)
    assert desk.bodies == [{"deleted": True}, {"deleted": False}]


def test_it_is_sent_now_only_after_a_question(desk):
    dialog = desk.open()
    desk.press(dialog, "Send now…")
    assert "Send “Monday numbers” once now, to ada@example.org?" in dialog.line.text
    desk.press(dialog, "Cancel")
    assert desk.bodies == []
    desk.press(dialog, "Send now…")
    desk.press(dialog, "Send now")
    desk.until("has begun to send")
    assert desk.bodies == [{}]


def test_a_plan_without_them_is_told(desk):
    desk.unlisted = 402, NO_PLAN
    dialog = desk.open()
    assert not button(dialog, "New subscription…").isEnabled()
    assert "does not include subscriptions" in desk.trouble()
    assert desk.rows() == []


def test_nobody_is_asked_without_an_account(windowed):
    Subscriptions(windowed.desk).open()
    assert "Sign in" in windowed.window.notice.text


def left_while_it_is_sent(desk):
    desk.press(desk.open(), "New subscription…")
    desk.form._value.setText("ada@example.org")
    desk.slow = True
    desk.press(desk.form, "Subscribe them")
    desk.press(desk.form, "Cancel")
    desk.press(desk.dialog, "New subscription…")
    desk.form._value.setText("ben@example.org")


def test_the_answer_to_a_form_that_was_left_takes_no_other_form_away(desk):
    left_while_it_is_sent(desk)
    desk.slow = False
    desk.until("is made, for everyone")
    assert desk.form._value.text() == "ben@example.org"
    assert len(desk.bodies) == 1


def test_what_became_of_a_form_that_was_left_is_told(desk):
    left_while_it_is_sent(desk)
    desk.refusal, desk.slow = (403, NO_SCOPE), False
    desk.until("The subscription was not made: The key lacks the scope subscription:write")
    assert desk.form._value.text() == "ben@example.org"


def lost(desk, monkeypatch):
    """Ask for a subscription of which no answer comes."""
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    desk.refusal = (502, {"detail": "bad gateway"})
    desk.press(desk.open(), "New subscription…")
    form = desk.form
    form._value.setText("ada@example.org")
    desk.press(form, "Subscribe them")
    return form


def arrives_late(desk):
    made = NEWER | {"id": 9, "title": "Weekly", "target_value": "Ada@example.org", "interval": 1}
    desk.refusal, desk.held = None, [*desk.held, made]


def test_one_that_did_not_arrive_is_said_to_be_not_made(desk, monkeypatch):
    form = lost(desk, monkeypatch)
    desk.qtbot.waitUntil(lambda: NOT_MADE in form._trouble.text())
    assert form._save.isEnabled()


def test_where_nobody_knows_whether_it_arrived_that_is_said_before_it_is_sent_twice(
    desk, monkeypatch
):
    desk.refusal, desk.slow = (502, {"detail": "bad gateway"}), True
    form = lost(desk, monkeypatch)
    desk.qtbot.waitUntil(lambda: desk.begun == 1)
    desk.unlisted, desk.slow = (503, {}), False
    desk.qtbot.waitUntil(lambda: MAYBE_MADE in form._trouble.text())
    arrives_late(desk)
    desk.unlisted = None
    desk.press(form, "Subscribe them")
    desk.until(FOUND)
    assert not desk.bodies, "there is one already"


def test_one_that_came_late_is_told_before_another_is_made_for_others(desk, monkeypatch):
    form = lost(desk, monkeypatch)
    desk.qtbot.waitUntil(lambda: NOT_MADE in form._trouble.text())
    arrives_late(desk)
    form._value.setText("ben@example.org")
    desk.press(form, "Subscribe them")
    desk.qtbot.waitUntil(lambda: TURNED_UP.format("Weekly") in form._trouble.text())
    assert not desk.bodies
    desk.press(form, "Subscribe them")
    desk.until("is made, for everyone.")
    assert [body["target_value"] for body in desk.bodies] == ["ben@example.org"]
