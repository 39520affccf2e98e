"""An alert over a tile of the demo: made, fires after a calculation, seen on the tile, deleted."""

from urllib.request import Request, urlopen

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.alerts import Alerts
from phdesk.views.dialogs.alerts_form import AlertForm
from tests.app_parts import running
from tests.test_end_to_end import WAIT, board, button, complete, keys, named, sign_in  # noqa: F401


def only(app, kind):
    found = [one for one in app.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def press(qtbot, within, text):
    qtbot.mouseClick(button(within, text), Qt.MouseButton.LeftButton)


def watched_tile(app):
    """Find a tile of trends whose alerts are none yet, and which draws a line of numbers."""
    return next(
        number
        for number, held in board(app).tiles.items()
        if held.insight is not None
        and b'"TrendsQuery"' in bytes(held.insight.query)
        and not held.insight.alerts
    )


def calculated(server, insight_id):
    path = f"/api/projects/{server.project_id}/insights/{insight_id}/?refresh=force_blocking"
    asked = Request(server.url + path, headers={"Authorization": f"Bearer {server.key}"})
    with urlopen(asked) as answer:
        assert answer.status == 200


@pytest.mark.usefixtures("keys")
def test_an_alert_over_a_tile_fires_after_a_calculation(qtbot, tmp_path):
    with DemoServer() as server, running(tmp_path) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(complete(app), timeout=WAIT)
        tile = watched_tile(app)
        screen = app.window.screen_page
        screen.grid.tiles[tile].wishes.alerts_requested.emit(tile)
        dialog = only(app, Alerts)
        press(qtbot, dialog, "New alert…")
        form = only(app, AlertForm)
        qtbot.waitUntil(lambda: form.entry.users == (1,), timeout=WAIT)
        name = named(form, QLineEdit, "Name")
        assert name.text() == screen.views[tile].title
        qtbot.keyClicks(named(form, QLineEdit, "Tell when more than"), "-1")
        press(qtbot, form, "Make the alert")
        assert dialog.current == ""
        qtbot.waitUntil(lambda: dialog.current != "", timeout=WAIT)
        assert not board(app).tiles[tile].insight.alerts[0].firing

        calculated(server, board(app).tiles[tile].insight.id)  # by somebody else of the team
        press(qtbot, dialog, "Look again")
        qtbot.waitUntil(lambda: screen.views[tile].alert.startswith("Alert: above"), timeout=WAIT)
        checks = dialog.history._table
        qtbot.waitUntil(lambda: checks.rowCount() == 1, timeout=WAIT)
        assert (checks.item(0, 2).text(), checks.item(0, 3).text()) == ("Firing", "Sent")
        assert dialog._list.item(dialog._list.currentRow(), 4).text() == checks.item(0, 1).text()

        press(qtbot, dialog, "Delete…")
        press(qtbot, dialog, "Delete this alert")
        qtbot.waitUntil(lambda: not screen.views[tile].alert, timeout=WAIT)
