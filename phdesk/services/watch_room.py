"""What all windows share of a person's watches: the list, how they stand, what was told."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Slot

from phdesk.core.watching.editing import snoozed
from phdesk.core.watching.states import is_snoozed
from phdesk.models.notice import Notice
from phdesk.models.watch import Watch
from phdesk.services.alert_inbox import AlertInbox
from phdesk.services.board_sources import Sources
from phdesk.services.watch_judging import Judge
from phdesk.services.watch_keeping import WatchKeeping
from phdesk.services.watch_list import WatchList
from phdesk.services.watch_past import Pasts
from phdesk.services.watches import Watches
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import beside
from phdesk.store.cache import Cache

if TYPE_CHECKING:
    from phdesk.services.background import Background  # imports asyncio: not before the first paint

Keeps = Literal["as set", "always", "never"]


class WatchRoom(QObject):
    """Made after the first paint."""

    def __init__(
        self,
        path: Path | None,
        cache: Cache,
        sources: Sources,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        keeps: Keeps = "as set",
    ) -> None:
        """Make it; `keeps` is whether watched tiles that nobody looks at are kept up to date."""
        super().__init__(parent)
        self._now = now
        file = WatchesFile(path) if path is not None else None
        self.alerts = beside(cache.path, cache.tell)
        self.list = WatchList(file, self)
        self.pasts = Pasts(cache)
        judge = Judge(self.alerts, self.pasts, file)
        self.watches = Watches(self.list, sources, judge, now, self)
        self.keeping: WatchKeeping | None = None
        if keeps != "never":
            wishes, always = sources.preferences, keeps == "always"
            self.keeping = WatchKeeping(self.list, sources, wishes, self, always=always)
        self.inbox = AlertInbox(self.alerts, now, self)
        self.watches.noticed.connect(self.inbox.read)
        self.inbox.changed.connect(self.watches.read_again)

    def use(self, background: "Background") -> None:
        """Work in this worker from now on."""
        self.list.use(background)
        self.watches.use(background)
        self.inbox.use(background)
        if self.keeping is not None:
            self.keeping.start()

    def snooze(self, watch: Watch, until: datetime | None) -> None:
        """Let a watch keep quiet until a time; None ends that now, and what is wrong is told."""
        now = self._now()
        ends = now if until is None and is_snoozed(watch, now) else until
        self.list.change(snoozed, watch.id, ends)
        if until is not None:
            self.inbox.note_snoozed(watch, until)

    def acknowledge(self, notice: Notice) -> None:
        """Note that a person knows of an alert: nobody is reminded of it any more."""
        self.inbox.acknowledge_group(notice.group)
        watch = self.list.watch(notice.subject) if notice.source == "watch" else None
        if watch is not None:
            self.watches.acknowledge(watch)

    @Slot(str)
    def forget(self, account: str) -> None:
        """Watch nothing of an account any more."""
        self.list.forget(account)

    def close(self) -> str | None:
        """Write what is not written; the worker is gone.

        Says why that could not be done; then it may be called again.
        """
        problem = self.list.finish()
        if problem is None:
            self.alerts.close()
        return problem
