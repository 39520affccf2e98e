"""Asks for dashboards by the dialogs of a window, and reads what it says."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

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


def opened(desk, dialog):
    listed(desk, dialog, "Open")
    dialog.choose("posthog t2")
    field = dialog.slots_.field("A")
    desk.qtbot.keyClicks(field, "signed_up")
    made(desk, dialog)
