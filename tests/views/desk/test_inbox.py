"""The inbox of a window: what fires is on tile, bell, title and list, and is dealt with there."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QPushButton

from phdesk.core.ages import absolute
from phdesk.core.charts.context import Context
from phdesk.core.watching.editing import with_watch
from phdesk.core.watching.numbers import figures_of
from phdesk.models.alert import Alert
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services.board_sources import Sources
from phdesk.services.errands import Errands
from phdesk.services.notices.ready import trial
from phdesk.services.watch_room import WatchRoom
from phdesk.services.workspace import Workspace
from phdesk.store.alerts import with_alerts
from phdesk.store.state import EMPTY
from phdesk.views.desk.inbox import LIST, Inbox
from phdesk.views.desk.watch_marks import WatchMarks
from phdesk.views.desk.watches import Watches
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.watch import WatchDialog
from phdesk.views.dialogs.watch_list import WatchListDialog
from phdesk.views.inbox.bell import Bell
from phdesk.views.inbox.page import InboxPage
from tests.services.conftest import ADA
from tests.store.builders import NOON
from tests.store.noticed import notice

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
HIGH = Watch(
    id="w1",
    account=ADA.id,
    project=7,
    dashboard=9,
    tile=2,
    number=Address(measure="value", of="Signups"),
    condition=Bound("above", 1),
    known_as="Signups per day",
)


class Alerted:
    """Ada's window, in which a number of tile 2 is watched."""

    def __init__(self, ada, parts, folder):
        self.ada, self.window, self.qtbot = ada, ada.window, ada.qtbot
        sources = Sources(parts.cache, parts.preferences, ada.window)
        workspace = Workspace(EMPTY)
        workspace.store = parts.store
        sources.add(workspace)
        path = folder / "watches.toml"
        self.room = WatchRoom(path, parts.cache, sources, lambda: NOON, parent=ada.window)
        ada.desk.worker = Errands(parts.background)
        self.watches = Watches(ada.desk, ada.tiles, self.room)
        WatchMarks(ada.desk, ada.pages, self.room)
        self.inbox = Inbox(ada.desk, ada.pages, self.room, self.watches)
        self.room.use(parts.background)

    def fires(self):
        tile = self.ada.state.dashboards[9].tiles[2]
        figure = figures_of(tile.insight, Context(now=NOON))[0]
        self.room.list.change(with_watch, replace(HIGH, number=figure.address))
        self.waits(lambda: self.room.inbox.inbox.unread)
        return self

    def opens(self):
        self.qtbot.keyClick(self.window, KEY.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert isinstance(self.window.page, InboxPage)
        return self.window.page

    def waits(self, until):
        self.qtbot.waitUntil(lambda: bool(until()))

    def acts(self, text):
        """Open a menu of a button and choose from it."""
        page = self.window.page
        menus = [one.menu() for one in page.findChildren(QPushButton) if one.menu()]
        next(one for menu in menus for one in menu.actions() if one.text() == text).trigger()

    def presses(self, text):
        page = self.window.page
        found = [one for one in page.findChildren(QPushButton) if one.text() == text]
        self.qtbot.mouseClick(found[0], LEFT)

    @property
    def tile(self):
        return self.ada.screen.grid.tiles[2]

    @property
    def bell(self):
        return self.window.sidebar.findChild(Bell)

    @property
    def listed(self):
        rows = self.window.sidebar.findChild(QListWidget)
        return [rows.item(row).text() for row in range(rows.count())]


@pytest.fixture
def alerted(ada, parts, tmp_path):
    alerted = Alerted(ada, parts, tmp_path)
    yield alerted
    alerted.room.close()


def test_what_fires_is_on_tile_bell_title_and_list_by_word(alerted):
    assert alerted.tile.shown.alert == ""
    alerted.fires()
    alerted.waits(lambda: alerted.tile.shown.alert == "Watch: above 1")
    assert "Watch: above 1" in alerted.tile.accessibleDescription()
    (line,) = alerted.tile.shown.body.goal_lines
    assert (line.label, line.value) == ("Watch: above 1", 1)
    assert alerted.bell.accessibleName() == "Inbox of alerts: 1 alert"
    assert alerted.window.windowTitle().startswith("(1) ")
    assert any(text.endswith(" (1)") for text in alerted.listed)


def test_alerts_of_another_account_are_listed_and_not_counted(alerted):
    other = notice(account="grace", project=3, at=NOON)
    alerted.room.inbox.add([other])
    alerted.waits(lambda: alerted.room.inbox.inbox.unread)
    assert alerted.bell.accessibleName().endswith("nothing new")
    assert not alerted.window.windowTitle().startswith("(")
    assert [row.title for row in alerted.opens().rows] == [other.title]
    alerted.fires()
    alerted.waits(lambda: alerted.bell.accessibleName() == "Inbox of alerts: 1 alert")


def test_the_inbox_is_worked_by_keys(alerted):
    alerted.fires()
    page = alerted.opens()
    (row,) = page.rows
    assert (row.word, row.title) == ("Fires", "Signups per day")
    assert "over 1" in row.body
    assert row.spoken.startswith("Fires. Signups per day")
    alerted.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QListWidget))
    alerted.qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert alerted.window.page is alerted.window.screen_page
    assert QApplication.focusWidget() is alerted.tile


def test_what_is_acknowledged_is_counted_no_more(alerted):
    alerted.fires().opens()
    alerted.presses("&Acknowledge")
    alerted.waits(lambda: not alerted.room.inbox.inbox.unread)
    alerted.waits(lambda: alerted.bell.accessibleName().endswith("nothing new"))
    assert not alerted.window.windowTitle().startswith("(")
    assert alerted.window.page.rows[0].is_known
    watch = alerted.room.list.watches[0]
    alerted.waits(lambda: alerted.room.watches.standing(watch) == "acknowledged")


def test_a_watch_is_snoozed_from_the_inbox(alerted):
    alerted.fires().opens()
    alerted.acts("for 6 hours")
    watch = alerted.room.list.watches[0]
    assert alerted.room.watches.standing(watch) == "snoozed"
    alerted.waits(lambda: alerted.window.page.rows[0].word == "Snoozed")
    assert not alerted.room.inbox.inbox.unread
    snoozed, fired = alerted.window.page.rows
    assert snoozed.body == f"Until {absolute(NOON + timedelta(hours=6), NOON, None)}"
    assert (fired.word, fired.is_known) == ("Fires", True)
    alerted.waits(lambda: alerted.tile.shown.alert_note == "Watch snoozed")
    assert alerted.tile.shown.alert == ""
    assert "Watch snoozed." in alerted.tile.accessibleDescription()


def test_of_several_notices_of_an_alert_the_last_one_alone_is_to_be_acknowledged(alerted):
    fired = notice(account=ADA.id, at=NOON)
    alerted.room.inbox.add([fired, replace(fired, id="again", kind="reminded")])
    alerted.waits(lambda: alerted.room.inbox.inbox.unread)
    page = alerted.opens()
    assert [(row.word, row.is_known) for row in page.rows] == [
        ("Still fires", False),
        ("Fires", True),
    ]
    page.findChild(QListWidget).setCurrentRow(1)
    buttons = {one.text(): one for one in page.findChildren(QPushButton)}
    assert not buttons["&Snooze"].isEnabled()
    assert not buttons["&Acknowledge"].isEnabled()


def test_what_is_listed_is_chosen_by_state_and_source(alerted):
    alerted.fires()
    page = alerted.opens()
    source = next(one for one in page.findChildren(QComboBox) if one.accessibleName() == "Source")
    source.setFocus()
    alerted.qtbot.keyClick(source, KEY.Key_End)
    assert not page.rows
    alerted.qtbot.keyClick(source, KEY.Key_Home)
    assert len(page.rows) == 1


def test_the_list_says_why_a_watch_is_not_judged_now(alerted):
    alerted.fires()
    alerted.room.watches.too_old = lambda _watch: "its newest result is old"
    next(one for one in alerted.window.shortcut_actions if one.text() == LIST).trigger()
    rows = alerted.ada.dialog(WatchListDialog).findChild(QListWidget)
    said = rows.item(0).text()
    assert said.endswith("– fires; not judged now: its newest result is old")


def test_one_that_was_sent_as_a_test_is_a_row_like_others(alerted):
    sent = trial(NOON)
    alerted.room.inbox.add([sent])
    alerted.waits(lambda: alerted.room.inbox.inbox.page)
    (row,) = alerted.opens().rows
    assert (row.word, row.title, row.where, row.is_known) == ("Test", sent.title, "", True)


def test_an_empty_inbox_says_what_to_do(alerted):
    page = alerted.opens()
    assert page._empty.headline == "Nothing has happened yet"
    alerted.qtbot.keyClick(page, KEY.Key_Escape)
    assert alerted.window.page is alerted.window.screen_page


def test_watches_are_switched_deleted_and_brought_back_in_their_list(alerted):
    alerted.fires()
    next(one for one in alerted.window.shortcut_actions if one.text() == LIST).trigger()
    dialog = alerted.ada.dialog(WatchListDialog)
    rows = dialog.findChild(QListWidget)
    assert rows.item(0).text() == "Signups per day: above 1 – fires"
    off = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Switch &off")
    alerted.qtbot.mouseClick(off, LEFT)
    alerted.waits(lambda: rows.item(0).text().endswith("– off"))
    gone = next(one for one in dialog.findChildren(QPushButton) if one.text() == "&Delete")
    alerted.qtbot.mouseClick(gone, LEFT)
    assert alerted.room.list.watches == ()
    dialog.accept()
    undo = alerted.window.notice.findChildren(QPushButton)
    alerted.qtbot.mouseClick(next(one for one in undo if one.text() == "Undo"), LEFT)
    assert len(alerted.room.list.watches) == 1


def test_what_posthogs_alerts_do_is_kept_once_and_leads_to_the_tile(alerted, online):
    fired = Alert(id="a1", name="Low", state="Firing", upper=1, insight_id=102, value=2)
    online.alerts.looked.emit((replace(fired, state="Not firing"),), None)
    for _ in range(2):  # as two windows would hear it
        online.alerts.looked.emit((fired,), None)
    inbox = alerted.room.inbox
    alerted.waits(lambda: inbox.inbox.unread)
    (kept,) = inbox.inbox.page
    assert (kept.notice.title, kept.notice.dashboard, kept.notice.tile) == ("Low", 9, 2)


def opens_list(alerted):
    next(one for one in alerted.window.shortcut_actions if one.text() == LIST).trigger()
    return alerted.ada.dialog(WatchListDialog)


def presses_in(dialog, text, qtbot):
    found = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(found, LEFT)


def test_a_watch_is_changed_from_the_list_though_its_dashboard_is_not_open(alerted):
    alerted.fires()
    alerted.ada.pages.open_dashboard(5)
    assert alerted.ada.desk.open_id == 5
    presses_in(opens_list(alerted), "&Change…", alerted.qtbot)
    alerted.waits(lambda: alerted.window.findChildren(WatchDialog))
    dialog = alerted.ada.dialog(WatchDialog)
    assert alerted.ada.desk.open_id == 9
    assert dialog.windowTitle() == "Change the watch"
    dialog.reject()


def test_a_watch_whose_tile_is_gone_says_so(alerted):
    alerted.fires()
    alerted.room.list.change(with_watch, replace(alerted.room.list.watches[0], tile=77))
    presses_in(opens_list(alerted), "&Change…", alerted.qtbot)
    alerted.waits(lambda: "no longer on its dashboard" in alerted.window.notice.text)
    assert not alerted.window.findChildren(WatchDialog)


def test_a_watch_is_made_from_the_list_by_the_name_of_a_tile(alerted):
    presses_in(opens_list(alerted), "&New…", alerted.qtbot)
    palette = alerted.ada.dialog(CommandPalette)
    alerted.qtbot.keyClicks(palette._field, "weekly")  # the dashboard, beside each of its tiles
    alerted.qtbot.keyClick(palette._field, KEY.Key_Return)
    alerted.waits(lambda: alerted.window.findChildren(WatchDialog))
    dialog = alerted.ada.dialog(WatchDialog)
    assert dialog.windowTitle() == "Watch a number"
    dialog.reject()


def test_where_the_sidebar_is_collapsed_the_bell_is_on_the_rail(alerted):
    alerted.fires()
    alerted.waits(lambda: alerted.bell.accessibleName() == "Inbox of alerts: 1 alert")
    shown = [one for one in alerted.window.findChildren(Bell) if one.isVisible()]
    assert shown == [alerted.bell]
    alerted.qtbot.keyClick(alerted.window, KEY.Key_B, Qt.KeyboardModifier.ControlModifier)
    (bell,) = [one for one in alerted.window.findChildren(Bell) if one.isVisible()]
    assert bell is not alerted.bell
    assert bell.accessibleName() == "Inbox of alerts: 1 alert"
    alerted.qtbot.mouseClick(bell, LEFT)
    assert isinstance(alerted.window.page, InboxPage)


def test_an_alert_whose_tile_is_not_known_leads_to_its_insight(alerted, online):
    calm = Alert(id="a1", name="Low", state="Not firing", insight_id=999, insight_short_id="far")
    for alert in (calm, replace(calm, state="Firing")):
        online.alerts.looked.emit((alert,), None)
    alerted.waits(lambda: alerted.room.inbox.inbox.unread)
    alerted.opens()
    with alerted.qtbot.waitSignal(alerted.ada.desk.link_requested) as asked:
        alerted.presses("&Open the tile")
    assert asked.args == ["https://eu.posthog.com/project/7/insights/far"]


def test_a_snooze_that_posthog_refuses_is_told(alerted, online, server):
    alert = Alert(id="a1", name="Low", state="Firing", insight_id=102)
    alerted.ada.desk.store.apply(with_alerts, [alert], now=NOON)
    refusal = {"type": "authentication_error", "code": "permission_denied"}
    scope = "API key missing required scope 'alert:write'"
    server.special["PATCH alerts/a1/"] = (403, refusal | {"detail": scope})
    account, project = alerted.ada.desk.where
    alerted.inbox.snooze(
        notice(source="posthog", subject="a1", account=account, project=project), 1
    )
    alerted.waits(lambda: "alert:write" in alerted.window.notice.text)
