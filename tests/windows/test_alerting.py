"""From a notice to a notification, and from a click to the tile."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from phdesk.alerting import utc_now
from phdesk.core.alert_drafts import draft_of
from phdesk.core.noticing.rules import Rules
from phdesk.services.alert_looks import AlertLook
from phdesk.services.notices.teller import Teller
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices, look_at_alerts, seen_alerts
from phdesk.store.alerts_inbox import page
from tests.app_parts import running
from tests.services.dunst import dunst_on, needs_dunst
from tests.services.notice_ways import Screen, ways_over
from tests.store.noticed import NOW, notice
from tests.test_end_to_end import WAIT, sign_in
from tests.windows.acting import whole


def about(app, tile, **others):
    account, project = app.front.workspace.where
    board = app.front.desk.open_id
    return notice(account=account, project=project, dashboard=board, tile=tile, **others)


def last_tile(app):
    return list(app.front.window.screen_page.views)[-1]


def focused(app):
    return app.front.window.screen_page.grid.focusWidget()


def is_at(app, tile):
    held = focused(app)
    return held is not None and getattr(held, "tile_id", None) == tile


def trend_of(board):
    """Give a trend of a dashboard, which the demo has calculated."""
    shown = [held.insight for held in board.tiles.values() if held.insight is not None]
    return next(one.id for one in shown if b'"TrendsQuery"' in bytes(one.query))


@pytest.fixture
def screen(monkeypatch):
    """Stand for the desktop of an app that starts afterwards."""
    screen = Screen()
    monkeypatch.setattr("phdesk.services.notices.ready.Desktop", lambda *_: screen)
    return screen


@pytest.fixture
def alerting(app, qtbot):
    qtbot.waitUntil(lambda: app.alerting is not None, timeout=WAIT)
    return app.alerting


def test_a_notice_is_kept_and_where_no_desktop_is_the_inbox_says_so(app, alerting, qtbot):
    with qtbot.waitSignals([alerting.notices.changed] * 2, timeout=WAIT):
        alerting.notices.take([about(app, last_tile(app))])
    assert [(one.notice.id, one.way) for one in page(alerting.file)] == [("n1", "inbox")]


def test_what_is_acknowledged_is_kept(app, alerting, qtbot):
    with qtbot.waitSignals([alerting.notices.changed] * 2, timeout=WAIT):
        alerting.notices.take([about(app, 1)])
    with qtbot.waitSignal(alerting.notices.changed, timeout=WAIT):
        alerting.notices.acknowledge(["n1"])
    assert page(alerting.file)[0].acknowledged is not None


def test_a_notice_waits_while_another_phdesk_writes(app, alerting, qtbot, monkeypatch):
    monkeypatch.setattr("phdesk.services.notices.notices.AGAIN", 10)
    monkeypatch.setattr("phdesk.store.alerts_file.BUSY_SECONDS", 0.01)
    add_notices(alerting.file, [], NOW)  # there is a file now
    with closing(sqlite3.connect(alerting.file.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with qtbot.assertNotEmitted(alerting.notices.changed, wait=100):
            alerting.notices.take([about(app, 1)])
    qtbot.waitUntil(lambda: len(page(alerting.file)) == 1, timeout=WAIT)


def test_a_notice_opens_its_tile_from_another_page(app, alerting, qtbot):
    wish = about(app, last_tile(app))
    other = next(row.id for row in app.desk.state.rows.items if row.id != wish.dashboard)
    app.front.pages.open_dashboard(other)
    qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
    alerting.open(wish)
    qtbot.waitUntil(lambda: is_at(app, wish.tile), timeout=WAIT)
    assert app.front.desk.open_id == wish.dashboard


def test_a_notice_about_a_project_without_a_window_opens_one(app, alerting, qtbot):
    alerting.open(replace(about(app, None), project=2, dashboard=99, tile=None))
    assert len(app.windows.all) == 2
    assert app.windows.front.workspace.where[1] == 2


def test_a_notice_of_an_account_that_was_forgotten_says_so(app, alerting, qtbot):
    alerting.open(notice(account="nobody"))
    assert "Nobody is signed in" in app.window.notice.text


def test_quiet_hours_that_are_not_understood_are_told(app, alerting, qtbot):
    app.preferences.change(replace, quiet_hours=("at night",))
    assert "quiet_hours in the settings" in app.window.notice.text


def test_an_alert_of_posthog_that_fires_is_one_notification_of_all_phdesks(
    screen, app, alerting, qtbot
):
    online = app.desk.online
    qtbot.waitUntil(lambda: app.desk.state.alerts.fetched_at is not None, timeout=WAIT)
    alerts = app.desk.state.alerts.items
    where = app.front.workspace.where
    qtbot.waitUntil(lambda: len(seen_alerts(alerting.file, *where)) == len(alerts), timeout=WAIT)
    assert screen.all == [], "what fired before the first look is no news"
    trend = trend_of(app.desk.state.dashboards[app.desk.open_id])
    rule = replace(draft_of(alerts[0], trend), name="Any", lower=None, upper=0)
    with qtbot.waitSignal(online.alerts.done, timeout=WAIT) as done:
        online.alerts.create(rule)
    online.alerts.look()
    qtbot.waitUntil(lambda: len(screen.all) == 1, timeout=WAIT)
    assert screen.all[0].title.startswith("Any")
    other, elsewhere = AlertsFile(alerting.file.path), Screen()
    look = AlertLook(
        account=where[0],
        project=app.desk.state.project,
        alerts=app.desk.state.alerts.items,
        places={},
        at=NOW,
    )
    assert look_at_alerts(other, look.where, look.compare, NOW) == ()
    asyncio.run(Teller(other, ways_over(elsewhere), Rules(), utc_now).look())
    other.close()
    assert elsewhere.all == []
    online.alerts.look()
    qtbot.waitUntil(lambda: not app.desk.state.alerts.loading, timeout=WAIT)
    online.alerts.delete(done.args[1])
    qtbot.waitUntil(lambda: len(app.desk.state.alerts.items) == len(alerts), timeout=WAIT)
    assert len(screen.all) == 1


def test_the_button_of_an_alert_of_posthog_snoozes_it_for_everyone(app, alerting, qtbot):
    online = app.desk.online
    qtbot.waitUntil(lambda: app.desk.state.alerts.fetched_at is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: alerting._watches is not None, timeout=WAIT)
    account, project = app.front.workspace.where
    alert = app.desk.state.alerts.items[0]
    told = notice(source="posthog", subject=alert.id, account=account, project=project)
    with qtbot.waitSignal(online.alerts.done, timeout=WAIT) as done:
        alerting.notices.snooze_requested.emit(told)
    assert done.args[0] == "snoozed"
    assert app.window.notice.text == f"The alert “{alert.name}” is snoozed, for everyone."
    alerting.notices.snooze_requested.emit(replace(told, project=99))
    assert app.window.notice.text.startswith("Open the project of")


@needs_dunst
def test_a_click_on_a_real_notification_raises_the_window_at_the_tile(qtbot, tmp_path, server):
    (tmp_path / "dunst").mkdir()
    with (
        dunst_on(tmp_path / "dunst") as daemon,
        running(tmp_path, theme="light", environ=daemon.environ) as app,
    ):
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
        qtbot.waitUntil(lambda: app.alerting is not None, timeout=WAIT)
        notices, wish = app.alerting.notices, about(app, last_tile(app))
        app.front.window.showMinimized()
        with qtbot.waitSignals([notices.changed] * 2, timeout=WAIT):
            notices.take([wish])
        qtbot.waitUntil(lambda: daemon.count() == 1, timeout=WAIT)
        with qtbot.waitSignal(notices.open_requested, timeout=WAIT):
            daemon.click(1)
        qtbot.waitUntil(lambda: is_at(app, wish.tile), timeout=WAIT)
        assert not app.front.window.isMinimized()
        notices.take([replace(wish, id="n2", at=wish.at)])
        qtbot.waitUntil(lambda: daemon.count() == 1, timeout=WAIT)
        with qtbot.waitSignal(notices.snooze_requested, timeout=WAIT) as snooze:
            daemon.click(2)
        assert snooze.args[0].id == "n2"
        with qtbot.waitSignal(notices.tried, timeout=WAIT) as tried:
            notices.try_out()
        assert tried.args[0].sentence.startswith("Notifications of the desktop (dunst")
    assert not list(Path(tmp_path).glob("*.alive"))
    assert os.environ.get("DBUS_SESSION_BUS_ADDRESS") != daemon.environ["DBUS_SESSION_BUS_ADDRESS"]
