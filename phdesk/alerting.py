"""The part of the composition root that works beside the windows: imported late, after the network.

It tells of alerts, and makes reports when they are due.

Who finds notices gives them to `notices`; who has an alert answers `notices.snooze_requested`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from phdesk import resources
from phdesk.lingering import Lingering
from phdesk.models.notice import Notice
from phdesk.services.background import Background
from phdesk.services.notices.notices import Notices
from phdesk.services.notices.ready import ready, rules_of
from phdesk.services.notices.teller import SNOOZE
from phdesk.services.places import places
from phdesk.services.preferences import Preferences
from phdesk.services.registering import own_command
from phdesk.services.report_clock import ReportClock
from phdesk.services.report_runs import folder_of
from phdesk.services.settings import KeptWindow
from phdesk.services.watch_room import WatchRoom
from phdesk.store.alerts_file import beside
from phdesk.views.addresses import insight_address
from phdesk.views.desk.arriving import Arriving
from phdesk.views.desk.open_window import OpenWindow
from phdesk.windows import Windows

ICON = "icons/phdesk-64.png"


class Alerting(QObject):
    """Makes what tells, and brings a person from a notification to the tile."""

    trouble = Signal(str)  # a sentence, from whatever thread

    def __init__(
        self,
        windows: Windows,
        worker: Background,
        preferences: Preferences,
        cache: Path,
        environ: Mapping[str, str],
        *,
        found: bool = False,
    ) -> None:
        """`found` is whether a second start comes to this phdesk."""
        super().__init__(windows)
        self._windows, self._preferences = windows, preferences
        self._settings = preferences.settings
        self._watches: WatchRoom | None = None
        self.file = beside(cache, self.trouble.emit)
        rules, self._problem = rules_of(preferences.settings)
        parts = ready(self.file, environ, resources.path(ICON), rules, utc_now)
        self.notices = Notices(parts, worker, utc_now, self)
        self.notices.open_requested.connect(self.open)
        self.notices.inbox_requested.connect(self.come_to_front)
        self.notices.trouble.connect(self.trouble)
        preferences.changed.connect(self._on_preferences)
        self.lingering = Lingering(windows, preferences, self.notices, environ, found=found)
        self._reports: ReportClock | None = None
        if found:  # of several phdesks, and of a demo, the others leave it to this one
            folder = folder_of(places(environ))
            self._reports = ReportClock(worker, folder, own_command(), environ, here_now, self)
            self._reports.made.connect(self._on_made)
            self._reports.troubled.connect(self.trouble)

    def start(self) -> None:
        """Tell from now on."""
        if self._problem:
            self.trouble.emit(self._problem)
        self.notices.start()
        if self._reports is not None:
            self._reports.start()

    def stop(self) -> None:
        """Keep nothing running any more."""
        self.lingering.stop()

    def set_watches(self, room: WatchRoom) -> None:
        """Tell what watches find, and let the inbox and what stands on screen follow each other."""
        self._watches = room
        self.lingering.set_inbox(room.inbox)
        room.watches.noticed.connect(self.notices.look)
        room.inbox.changed.connect(self.notices.look)
        self.notices.changed.connect(room.inbox.read)
        self.notices.snooze_requested.connect(self._on_snooze)

    @Slot(str)
    def _on_made(self, words: str) -> None:
        if self._windows.all:
            self._windows.front.window.notice.set_done(words)

    @Slot(object)
    def _on_snooze(self, notice: Notice) -> None:
        if notice.source == "watch" and self._watches is not None:
            watch = self._watches.list.watch(notice.subject)
            if watch is not None:
                self._watches.snooze(watch, utc_now() + SNOOZE)
        elif notice.source == "posthog":
            here = [one for one in self._windows_over(notice) if one.desk.online is not None]
            if here:
                here[-1].snooze_alert(notice, SNOOZE // timedelta(hours=1))
            else:  # it is snoozed in PostHog, by whoever reads that project
                self.come_to_front()
                self.trouble.emit(
                    f"Open the project of “{notice.title}” to snooze it for everyone."
                )

    @Slot(object)
    def open(self, notice: Notice) -> None:
        """Raise a window at the tile that a notice is about, or at its insight."""
        window = self._window_for(notice)
        if window is None:
            self.come_to_front()
            self.trouble.emit(f"Nobody is signed in to the account of “{notice.title}” any more.")
            return
        window.come_to_front()
        if notice.dashboard is not None:
            Arriving(window.desk, window.pages, notice.dashboard, notice.tile)
        elif notice.insight and (account := window.desk.state.account) is not None:
            window.open_link(insight_address(account.host, notice.project, notice.insight))

    @Slot()
    def come_to_front(self) -> None:
        """Raise the window that was used last."""
        if self._windows.all:
            self._windows.front.come_to_front()

    def _windows_over(self, notice: Notice) -> list[OpenWindow]:
        where = (notice.account, notice.project)
        fitting = [each for each in self._windows.all if each.workspace.where == where]
        return [each for each in fitting if not each.workspace.is_sealed]

    def _window_for(self, notice: Notice) -> OpenWindow | None:
        where, fitting = (notice.account, notice.project), self._windows_over(notice)
        best = [each for each in fitting if each.shows(notice.dashboard)]
        if best or fitting:
            return (best or fitting)[-1]
        account, project = where
        wish = KeptWindow(account=account, project=project, dashboard=notice.dashboard)
        return self._windows.open(wish) if self._windows.all else None

    @Slot()
    def _on_preferences(self) -> None:
        if self._preferences.settings == self._settings:
            return  # an account was renamed
        self._settings = self._preferences.settings
        rules, problem = rules_of(self._settings)
        self.notices.set_rules(rules)
        if problem != self._problem:
            self._problem = problem
            if problem:
                self.trouble.emit(problem)


def here_now() -> datetime:
    """Read the clock on this computer's wall."""
    return datetime.now().astimezone()


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)
