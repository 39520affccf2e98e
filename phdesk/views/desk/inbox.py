"""The inbox in a window: its page and bell, the counts beside what they are of."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.core.alert_words import refused_words
from phdesk.core.dates import short_month
from phdesk.core.finding import Entry
from phdesk.core.watching import editing
from phdesk.core.watching.framing import rule_text
from phdesk.models.alert import Alert
from phdesk.models.failure import Failure
from phdesk.models.notice import Notice
from phdesk.models.watch import Watch
from phdesk.services.alert_looks import look_of
from phdesk.services.settings import KeptWindow
from phdesk.services.watch_room import WatchRoom
from phdesk.store.state import Changes
from phdesk.views.addresses import insight_address
from phdesk.views.desk.arriving import Arriving
from phdesk.views.desk.at_tile import AtTile
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.watchable import THEN, watchable_palette
from phdesk.views.desk.watches import Watches
from phdesk.views.dialogs.watch_list import Line, WatchListDialog
from phdesk.views.inbox.bell import Bell
from phdesk.views.inbox.page import InboxPage
from phdesk.views.theme import Theme

INBOX = "Inbox of alerts"
LIST = "List of watches"
SNOOZED = "“{}” is snoozed until {:%H:%M} on {:%d} {}."
ASLEEP = "The alert “{}” is snoozed, for everyone."
NOT_HERE = "This alert belongs to PostHog's project. Open that project to snooze it."


class Inbox(QObject):
    """Made after the first paint."""

    def __init__(self, desk: Desk, pages: Pages, room: WatchRoom, watches: Watches) -> None:
        super().__init__(desk)
        self._desk, self._window, self._pages, self._room = desk, desk.window, pages, room
        self._watches = watches
        self._page: InboxPage | None = None
        self._list: WatchListDialog | None = None
        self._snoozing = ""  # the alert of PostHog that was to be snoozed from here
        self._heard: object = None  # the network whose alerts are listened to
        self._bells = Bell(desk.theme), Bell(desk.theme)  # in the sidebar, and where it is not
        for bell, put in zip(
            self._bells, (desk.window.sidebar.add_button, desk.window.add_to_rail), strict=True
        ):
            bell.clicked.connect(self.open)
            put(bell)
        room.inbox.changed.connect(self._fill)
        room.watches.changed.connect(self._fill_list)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._on_online)
        desk.theme_changed.connect(self._on_theme)
        desk.window.add_action(INBOX, "Ctrl+I", self.open)
        desk.window.add_action(LIST, "", self.open_list)
        self._fill()
        self._on_online()

    @Slot()
    def open(self) -> None:
        """Show what was found of alerts."""
        if self._page is None:
            self._page = InboxPage(self._desk.theme, self._window)
            self._page.close_requested.connect(self._close)
            self._page.open_requested.connect(self.show_tile)
            self._page.acknowledge_requested.connect(self._on_known)
            self._page.snooze_requested.connect(self.snooze)
            self._page.watches_requested.connect(self.open_list)
        self._page.set_inbox(self._room.inbox.inbox, self._desk.now())
        self._window.show_page(self._page, sidebar="beside")
        self._room.inbox.read()

    @Slot()
    def open_list(self) -> None:
        """List the watches of the account."""
        made = WatchListDialog(self._desk.theme, self._window)
        made.new_requested.connect(self._on_new)
        made.edit_requested.connect(self._on_edit)
        made.snooze_requested.connect(self._on_watch_snoozed)
        made.switch_requested.connect(self._on_switch)
        made.delete_requested.connect(self._on_delete)
        made.finished.connect(self._on_list_closed)
        self._list = made
        self._fill_list()
        made.open()

    @Slot(object)
    def show_tile(self, notice: Notice) -> None:
        """Go to the tile that a notice is about, in the window where its project is."""
        dashboard = notice.dashboard
        if dashboard is None:
            self._show_insight(notice)
            return
        if (notice.account, notice.project) != self._desk.where:
            self._desk.window_requested.emit(
                KeptWindow(account=notice.account, project=notice.project, dashboard=dashboard)
            )
            return
        Arriving(self._desk, self._pages, dashboard, notice.tile)

    def _show_insight(self, notice: Notice) -> None:
        """Open what an alert of PostHog watches, whose tile is on no dashboard that was read."""
        known = self._desk.preferences.accounts
        account = next((one for one in known if one.id == notice.account), None)
        if account is not None and notice.insight:
            address = insight_address(account.host, notice.project, notice.insight)
            self._desk.link_requested.emit(address)

    @Slot()
    def _close(self) -> None:
        if self._desk.open_id in self._desk.state.dashboards:
            self._window.show_dashboard_page()
        else:
            self._window.show_empty_page()

    @Slot()
    def _fill(self) -> None:
        inbox = self._room.inbox.inbox
        self._badge()
        if self._page is not None and self._window.page is self._page:
            self._page.set_inbox(inbox, self._desk.now())

    def _badge(self) -> None:
        """Count for bell and title in this window's account, beside dashboards in its project."""
        inbox = self._room.inbox.inbox
        count = len(inbox.unread_of(self._desk.where[0]))
        for bell in self._bells:
            bell.set_count(count)
        self._window.set_badge(count)
        counts = inbox.unread_by_place()
        self._window.sidebar.set_badges(
            {
                dashboard: count
                for (account, project, dashboard), count in counts.items()
                if (account, project) == self._desk.where and dashboard is not None
            }
        )

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account:
            self._badge()

    @Slot()
    def _on_online(self) -> None:
        """Hear what PostHog's alerts do; what several windows hear is kept once, by its id."""
        online = self._desk.online
        if online is not None and online is not self._heard:
            self._heard = online
            online.alerts.looked.connect(self._on_looked)
            online.alerts.done.connect(self._on_done)
            online.alerts.refused.connect(self._on_refused)

    @Slot(object, object)
    def _on_looked(self, alerts: Sequence[Alert], gone: frozenset[str] | None) -> None:
        look = look_of(self._desk.state, alerts, self._desk.now(), gone)
        if look is not None:
            self._room.inbox.look_at(look)

    @Slot(object)
    def _on_known(self, notice: Notice) -> None:
        self._room.acknowledge(notice)

    @Slot(object, int)
    def snooze(self, notice: Notice, hours: int) -> None:
        """Let an alert keep quiet for some hours; one of PostHog's for everyone."""
        if notice.source == "watch":
            self._on_watch_snoozed(notice.subject, hours)
            return
        online, state = self._desk.online, self._desk.state
        alert = next((one for one in state.alerts.items if one.id == notice.subject), None)
        is_here = (notice.account, notice.project) == self._desk.where
        if online is None or alert is None or not is_here:
            self._window.notice.set_message(NOT_HERE)
        else:
            self._snoozing = alert.id
            online.alerts.snooze(alert, timedelta(hours=hours))

    @Slot(str, object)
    def _on_done(self, what: str, alert: Alert) -> None:
        if what == "snoozed" and alert.id == self._snoozing:
            self._snoozing = ""
            self._window.notice.set_done(ASLEEP.format(alert.name or alert.insight_name))

    @Slot(str, object)
    def _on_refused(self, what: str, failure: Failure) -> None:
        if what == "snoozed" and self._snoozing:
            self._snoozing = ""
            self._window.notice.set_message(refused_words(failure))

    @Slot(str, int)
    def _on_watch_snoozed(self, watch_id: str, hours: int) -> None:
        watch = self._room.list.watch(watch_id)
        if watch is None:
            return
        until = self._desk.now() + timedelta(hours=hours) if hours else None
        self._room.snooze(watch, until)
        if until is not None:
            local = until.astimezone()
            name = watch.name or watch.known_as
            self._window.notice.set_done(SNOOZED.format(name, local, local, short_month(local)))

    @Slot(str, bool)
    def _on_switch(self, watch_id: str, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self._room.list.change(editing.switched, watch_id, on=on)

    @Slot(str)
    def _on_delete(self, watch_id: str) -> None:
        self._watches.delete(watch_id)

    @Slot(str)
    def _on_edit(self, watch_id: str) -> None:
        watch = self._room.list.watch(watch_id)
        if watch is not None:
            if self._list is not None:
                self._list.accept()
            self._change(watch)

    def _change(self, watch: Watch) -> None:
        """Let it be changed at its tile, whose dashboard may have to be opened."""
        if self._watches.is_here(watch) or watch.source != self._desk.where:
            self._watches.change(watch)
        else:
            there = watch.dashboard, watch.tile
            AtTile(self._desk, self._pages, there, partial(self._change_there, watch))

    def _change_there(self, watch: Watch, _tile: int) -> None:
        self._watches.change(watch)

    @Slot()
    def _on_new(self) -> None:
        """Choose a tile of which a number is to be watched."""
        if self._list is not None:
            self._list.accept()
        choice = watchable_palette(self._desk, self._window)
        choice.chosen.connect(self._on_tile_chosen)
        choice.open()

    @Slot(object)
    def _on_tile_chosen(self, entry: Entry) -> None:
        dashboard, _, tile = entry.key.partition(":")
        if tile:
            AtTile(self._desk, self._pages, (int(dashboard), int(tile)), self._watches.ask)
        else:
            self._pages.open_dashboard(int(dashboard))
            self._window.notice.set_message(THEN)

    @Slot()
    def _on_list_closed(self) -> None:
        self._list = None

    @Slot()
    def _fill_list(self) -> None:
        if self._list is not None:
            watches = self._room.list.by_account(self._desk.where[0])
            lines = [self._line(one) for one in watches]
            self._list.set_lines(lines, self._desk.now())

    def _line(self, watch: Watch) -> Line:
        watches = self._room.watches
        state = watches.state_of(watch)
        rule, old = rule_text(watch, state), watches.too_old(watch)
        return Line(watch, watches.standing(watch), rule, old)

    @Slot(object)
    def _on_theme(self, theme: Theme) -> None:
        for bell in self._bells:
            bell.set_theme(theme)
        if self._page is not None:
            self._page.set_theme(theme)
