"""PostHog's alerts on screen: listed, made by keys alone, changed, refused in words."""

import json

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from phdesk.core.refused import FOUND, NOT_MADE, TURNED_UP
from phdesk.services import doubting
from phdesk.views.desk.alerts import Alerts
from phdesk.views.dialogs.alerts import Alerts as AlertsDialog
from phdesk.views.dialogs.alerts_form import AlertForm
from tests.api import recorded
from tests.services import posthog
from tests.services.test_posthog_alerts import FIRED, OLD_SERVER, sent
from tests.shared import needs_shared
from tests.views.desk.conftest import sent as tile_sent

LEFT = Qt.MouseButton.LeftButton
LIST = "alerts/"
NO_SCOPE = {**OLD_SERVER, "detail": "API key missing required scope 'alert:write'"}
FULL = {
    "type": "validation_error",
    "code": "invalid_input",
    "detail": "Your team has reached the limit of 5 alerts on your current plan.",
    "attr": "alert",
}


class AlertDesk:
    def __init__(self, ada, server):
        self.ada, self.server, self.qtbot = ada, server, ada.qtbot
        self.bodies = []
        handle = server.handle

        async def kept(request):
            if request.method in ("POST", "PATCH") and LIST in request.url.path:
                self.bodies.append(json.loads(request.content))
            return await handle(request)

        server.handle = kept
        self.alerts = Alerts(ada.desk)

    def open(self, tile=None):
        if tile is None:
            self.ada.window.alerts_requested.emit()
        else:
            self.choose(tile, "Alerts…")
        self.qtbot.waitUntil(lambda: not self.ada.state.alerts.loading)
        return self.dialog

    def choose(self, tile_id, text):
        menu = self.ada.screen.grid.tiles[tile_id]._menu()
        next(one for one in menu.findChildren(QAction) if one.text() == text).trigger()
        menu.deleteLater()

    @property
    def dialog(self):
        return self.ada.dialog(AlertsDialog)

    @property
    def form(self):
        return self.ada.dialog(AlertForm)

    def press(self, within, text):
        found = [one for one in within.findChildren(QPushButton) if one.text() == text]
        self.qtbot.mouseClick(found[0], LEFT)

    def rows(self):
        table = next(
            one for one in self.dialog.findChildren(QTableWidget) if one.columnCount() == 6
        )
        return [
            [table.item(row, column).text() for column in range(6)]
            for row in range(table.rowCount())
            if not table.isRowHidden(row)
        ]


@pytest.fixture
def desk(signed_out, windowed, online, server):
    """Ada with the dashboard 9 on screen, whose server keeps what it is sent."""
    made = AlertDesk(windowed, server)
    server.tiles = [tile_sent(1, -5), tile_sent(2, -9, 4, 5, 6, y=5)]
    series = [{"kind": "EventsNode", "event": "signed_up", "name": "signed_up"}]
    for held in server.tiles:
        held["insight"]["query"]["source"]["series"] = series
    windowed.opens(online)
    return made


def test_alerts_are_listed_in_words_and_filtered(desk):
    hourly = {"last_value": 3, "calculation_interval": "hourly"}
    desk.server.alerts = [FIRED | hourly, sent(id="a2", name="High", enabled=False)]
    dialog = desk.open()
    assert desk.rows() == [
        ["Firing", "Low", "Insight 101", "Below 5", "3", "Every hour"],
        ["Off", "High", "Insight 101", "Below 5", "–", "Not checked"],
    ]
    dialog.set_filter("off high")
    assert [row[1] for row in desk.rows()] == ["High"]
    assert dialog.current == "a2"
    dialog.set_filter("nothing such")
    assert desk.rows() == []
    assert dialog.current == ""
    assert not dialog._delete.isEnabled()


def test_a_name_that_looks_like_markup_is_shown_as_it_is(desk):
    name = '<img src="file:///etc/hostname"><b>Low</b> & more'
    desk.server.alerts = [FIRED | {"name": name}]
    dialog = desk.open()
    assert desk.rows()[0][1] == name
    table = next(one for one in dialog.findChildren(QTableWidget) if one.columnCount() == 6)
    assert "&lt;img src=" in table.item(0, 1).toolTip()


def test_the_history_of_the_chosen_alert_is_shown(desk):
    checks = [
        {"id": "c2", "created_at": "2026-11-23T11:00:00Z", "calculated_value": 3,
         "state": "Firing", "targets_notified": True},
        {"id": "c1", "created_at": "2026-11-23T10:00:00Z", "calculated_value": 7,
         "state": "Not firing", "targets_notified": False},
    ]  # fmt: skip
    desk.server.alerts = [FIRED]
    desk.server.special["alerts/a1/"] = (200, FIRED | {"checks": checks})
    history = desk.open().history
    table = history._table
    desk.qtbot.waitUntil(lambda: table.rowCount() == 2)
    assert [table.item(0, column).text() for column in (1, 2, 3)] == ["3", "Firing", "Sent"]
    assert history._chart.accessibleName() == "2 checks of Low, 1 of them firing"


def test_an_alert_is_made_by_keys_alone(desk):
    desk.server.special["POST alerts/"] = (201, sent(name="Too few"))
    desk.server.special["alerts/a1/"] = (200, sent(name="Too few"))  # its history is read, too
    desk.open(tile=1)
    dialog = desk.dialog
    keys = desk.qtbot.keyClick
    new = next(one for one in dialog.findChildren(QPushButton) if one.text() == "New alert…")
    walk(desk, dialog, new)
    keys(new, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: bool(desk.ada.window.findChildren(AlertForm)))
    form = desk.form
    desk.qtbot.waitUntil(form._name.hasFocus)
    desk.qtbot.keyClicks(form._name, "Too few")
    walk(desk, form, form._lower)
    desk.qtbot.keyClicks(form._lower, "1,000")
    keys(form._lower, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: len(desk.bodies) == 1)
    (body,) = desk.bodies
    assert (body["name"], body["insight"]) == ("Too few", 101)
    assert body["threshold"]["configuration"]["bounds"] == {"lower": 1000, "upper": None}
    desk.qtbot.waitUntil(lambda: not desk.ada.window.findChildren(AlertForm))
    assert [row[1] for row in desk.rows()] == ["Too few"]


def walk(desk, within, wanted):
    """Go by Tab from field to field until one has the keyboard."""
    for _ in range(40):
        at = QApplication.focusWidget()
        if at is wanted:
            return
        desk.qtbot.keyClick(at or within, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {wanted.accessibleName()}")


def edited(desk, alert=None, **more):
    desk.server.alerts = [alert or sent(**more)]
    desk.open()
    desk.press(desk.dialog, "Edit…")
    return desk.form


def test_only_what_was_changed_is_sent(desk):
    form = edited(desk)
    assert (form._lower.text(), form._insight.isEnabled()) == ("5", False)
    assert form.entry.users == (1,)
    form._name.setText("Lower")
    desk.server.special["PATCH alerts/a1/"] = (200, sent(name="Lower"))
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: desk.bodies == [{"name": "Lower"}])
    desk.qtbot.waitUntil(lambda: [row[1] for row in desk.rows()] == ["Lower"])


def test_nothing_is_sent_where_nothing_was_changed(desk):
    form = edited(desk)
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: not desk.ada.window.findChildren(AlertForm))
    assert desk.bodies == []


def test_a_detector_that_is_not_known_is_shown_and_stays(desk):
    form = edited(desk, detector_config={"type": "tea_leaves", "depth": 3}, threshold=None)
    assert "tea_leaves" in form._kept.text()
    assert not form._upper.isVisible()
    form._name.setText("Leaves")
    desk.server.special["PATCH alerts/a1/"] = (200, sent(name="Leaves"))
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: desk.bodies == [{"name": "Leaves"}])


def test_what_is_entered_wrongly_is_said_at_its_field(desk):
    desk.open(tile=1)
    desk.press(desk.dialog, "New alert…")
    form = desk.form
    form._lower.setText("many")
    desk.press(form, "Make the alert")
    assert form.fields["bounds"].wrong == "“many” is not a number."
    assert form._upper.accessibleDescription()
    assert desk.bodies == []


@pytest.mark.parametrize(
    ("answer", "field", "words"),
    [
        (
            (400, {**FULL, "attr": "insight", "detail": "Not supported."}),
            "insight",
            "Not supported.",
        ),
        ((400, FULL), "", "Delete another or switch one off"),
        ((402, {**FULL, "code": "payment_required"}), "", "plan"),
        ((403, NO_SCOPE), "", "alert:write"),
    ],
)
def test_what_the_server_refuses_is_said_where_it_belongs(desk, answer, field, words):
    desk.server.special["POST alerts/"] = answer
    desk.open(tile=1)
    desk.press(desk.dialog, "New alert…")
    form = desk.form
    form._lower.setText("1")
    desk.press(form, "Make the alert")
    shown = form.fields[field]._wrong if field else form._trouble
    desk.qtbot.waitUntil(lambda: words in shown.text())
    assert form._name.text() == "Insight 101"
    assert form._save.isEnabled()


def test_an_alert_whose_answer_was_lost_is_looked_for_and_made_once(desk, monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    desk.server.special["POST alerts/"] = httpx.ReadError("gone")
    desk.open(tile=1)
    desk.press(desk.dialog, "New alert…")
    form = desk.form
    form._lower.setText("1")
    desk.press(form, "Make the alert")
    desk.qtbot.waitUntil(lambda: NOT_MADE in form._trouble.text())
    bounds = {"configuration": {"type": "absolute", "bounds": {"lower": 1}}}
    desk.server.alerts = [sent(id="a2", name="Insight 101", threshold=bounds)]  # it came late
    form._lower.setText("2")
    desk.press(form, "Make the alert")
    desk.qtbot.waitUntil(lambda: TURNED_UP.format("Insight 101") in form._trouble.text())
    assert len(desk.bodies) == 1
    desk.server.special["POST alerts/"] = (201, sent(id="a3", name="Insight 101"))
    desk.server.special["alerts/a3/"] = (200, sent(id="a3", name="Insight 101"))
    desk.press(form, "Make the alert")
    desk.qtbot.waitUntil(lambda: "is made" in desk.ada.window.notice.text)


def test_an_alert_that_is_there_though_its_answer_was_lost_is_made(desk, monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0,))
    gate = desk.server.special["POST alerts/"] = posthog.Gate()
    desk.open(tile=1)
    desk.press(desk.dialog, "New alert…")
    desk.form._lower.setText("1")
    desk.press(desk.form, "Make the alert")
    desk.qtbot.waitUntil(lambda: desk.server.running == 1)
    bounds = {"configuration": {"type": "absolute", "bounds": {"lower": 1}}}
    desk.server.alerts = [sent(id="a2", name="Insight 101", threshold=bounds)]
    gate.answer = ["cut off"]  # of no alert
    gate.open()
    notice = desk.ada.window.notice
    desk.qtbot.waitUntil(lambda: FOUND in notice.text)
    assert "The alert “Insight 101” is made, for everyone." in notice.text
    assert desk.dialog.current == "a2"


@pytest.mark.parametrize("what", ["Switch off", "history"])
def test_an_alert_that_somebody_deleted_meanwhile_is_said_to_be_gone(desk, what):
    desk.server.alerts = [sent()]
    dialog = desk.open()
    gone = (404, {"type": "invalid_request", "code": "not_found", "detail": "Not found."})
    desk.server.special["alerts/a1/"] = gone
    desk.server.alerts = []
    if what == "history":
        dialog.look_requested.emit()
    else:
        desk.press(dialog, what)
        desk.qtbot.waitUntil(lambda: "somebody deleted it" in dialog._trouble.text())
    desk.qtbot.waitUntil(lambda: desk.rows() == [])
    assert "This server has no alerts" not in dialog._trouble.text()


def test_an_old_server_that_takes_no_keys_is_explained(desk):
    desk.server.special[LIST] = desk.server.special["environments/7/alerts/"] = (403, OLD_SERVER)
    dialog = desk.open()
    assert "Servers before 2025" in dialog._trouble.text()


def test_an_alert_is_switched_put_to_sleep_woken_and_deleted(desk):
    desk.server.alerts = [sent()]
    dialog = desk.open()
    desk.server.special["PATCH alerts/a1/"] = (200, sent(enabled=False))
    desk.press(dialog, "Switch off")
    desk.qtbot.waitUntil(lambda: desk.rows()[0][0] == "Off")
    asleep = sent("Snoozed", snoozed_until="2026-11-24T12:00:00Z")
    desk.server.special["PATCH alerts/a1/"] = (200, asleep)
    snooze(dialog, "1 week")
    desk.qtbot.waitUntil(lambda: desk.rows()[0][0].startswith("Snoozed until"))
    snooze(dialog, "Until a date…")
    desk.press(dialog, "Snooze until then")
    desk.qtbot.waitUntil(lambda: len(desk.bodies) == 3)
    desk.server.special["PATCH alerts/a1/"] = (200, sent())
    snooze(dialog, "Wake now")
    desk.qtbot.waitUntil(lambda: desk.rows()[0][0] == "Not firing")
    assert desk.bodies == [
        {"enabled": False},
        {"snoozed_until": "7d"},
        {"snoozed_until": "1d"},
        {"snoozed_until": None},
    ]
    desk.press(dialog, "Delete…")
    assert "no way back" in dialog._words.text()
    assert dialog._keep.hasFocus()
    desk.server.special["DELETE alerts/a1/"] = (204, None)
    desk.press(dialog, "Delete this alert")
    desk.qtbot.waitUntil(lambda: desk.rows() == [])


def snooze(dialog, text):
    menu = dialog._snooze.menu()
    action = next(one for one in menu.actions() if one.text() == text)
    assert action.isVisible()
    action.trigger()


def test_alerts_are_found_by_name_and_in_the_menu_of_the_dashboard(desk):
    assert "Alerts" in [action.text() for action in desk.ada.window.shortcut_actions]


@needs_shared
def test_recorded_alerts_of_a_server_of_2024_are_shown_and_changed(desk):  # noqa: PLR0915
    server = desk.server
    listed = json.loads(recorded.body("alerts_list_after_check"))
    firing = json.loads(recorded.body("alert_retrieve_firing"))
    server.alerts = listed["results"]
    server.special[f"alerts/{firing['id']}/"] = (200, firing)
    dialog = desk.open()
    assert {row[1]: row[3] for row in desk.rows()}["Too few sign-ups"] == "Below 1"
    dialog.set_filter("API errors")
    table = dialog._list
    table.setCurrentCell(1 if table.isRowHidden(0) else 0, 0)
    desk.qtbot.waitUntil(lambda: dialog.history._table.rowCount() == 1)
    desk.qtbot.waitUntil(lambda: desk.rows()[0][4] == "301")
    assert desk.rows()[0][:5] == [
        "Firing", "Too many API errors", "Errors per day", "Above 50", "301",
    ]  # fmt: skip
    assert dialog.history._table.item(0, 1).text() == "301"
    desk.press(dialog, "Edit…")
    form = desk.form
    assert not form._condition.isEnabled()
    server.special[f"PATCH alerts/{firing['id']}/"] = (
        200, json.loads(recorded.body("alert_patch_threshold")),
    )  # fmt: skip
    form._upper.setText("60")
    desk.press(form, "Save for everyone")
    desk.qtbot.waitUntil(lambda: desk.rows()[0][3] == "Above 60")
    (body,) = desk.bodies
    asked = recorded.exchange("alert_patch_threshold")["request"]["json"]
    assert body["threshold"] == asked["threshold"]
    refused = recorded.exchange("error_alert_on_funnel")["response"]
    server.special["POST alerts/"] = (refused["status"], refused["json"])
    dialog.set_filter("")
    desk.press(dialog, "New alert…")
    desk.qtbot.waitUntil(lambda: desk.ada.dialog(AlertForm) is not form)
    made = desk.form
    made._lower.setText("1")
    desk.press(made, "Make the alert")
    wrong = made.fields["insight"]
    desk.qtbot.waitUntil(lambda: wrong.wrong == "Alerts are not supported for this insight.")
