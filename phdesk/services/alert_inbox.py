"""What was found of alerts, for the screens: read in the worker, acknowledged there."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.noticing.cards import LASTING
from phdesk.models.notice import Kept, Notice
from phdesk.models.watch import Watch
from phdesk.services.alert_looks import AlertLook
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices, look_at_alerts
from phdesk.store.alerts_inbox import acknowledge, acknowledge_group, page, standing

if TYPE_CHECKING:
    from phdesk.services.background import (
        Background,
        Work,
    )  # imports asyncio: not before the first paint

SHOWN = 200  # notices
AGAIN = 1_000  # ms, when the file was busy
EVERY = 30_000  # ms: other phdesks find something, too
Place = tuple[str, int, int | None]  # account, project, dashboard


class Inbox(Struct, frozen=True, gc=False):
    """The history, the newest first, and the last notice of each alert."""

    page: tuple[Kept, ...] = ()
    standing: tuple[Kept, ...] = ()

    @property
    def lasting(self) -> tuple[Kept, ...]:
        """Give the alerts that are not well now."""
        return tuple(one for one in self.standing if one.notice.kind in LASTING)

    @property
    def unread(self) -> tuple[Kept, ...]:
        """Give those of them that nobody acknowledged."""
        return tuple(one for one in self.lasting if one.acknowledged is None)

    @property
    def standing_ids(self) -> frozenset[str]:
        """Give the ids of the notices that nothing later took the place of."""
        return frozenset(one.notice.id for one in self.standing)

    def unread_of(self, account: str) -> tuple[Kept, ...]:
        """Give those of an account."""
        return tuple(one for one in self.unread if one.notice.account == account)

    def unread_by_place(self) -> dict[Place, int]:
        """Count them by dashboard."""
        found: dict[Place, int] = {}
        for one in self.unread:
            notice = one.notice
            place = notice.account, notice.project, notice.dashboard
            found[place] = found.get(place, 0) + 1
        return found


class AlertInbox(QObject):
    """One for all windows; has everything that was found, told or not."""

    changed = Signal()

    def __init__(
        self, file: AlertsFile, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._file, self._now = file, now
        self._background: Background | None = None
        self._reading = self._again = False
        self.inbox = Inbox()
        self._beat = QTimer(self)
        self._beat.setInterval(EVERY)
        self._beat.timeout.connect(self.read)

    def use(self, background: "Background") -> None:
        """Read in this worker from now on."""
        self._background = background
        self._beat.start()
        self.read()

    @Slot()
    def read(self) -> None:
        """Read what there is now; ends in `changed` if that is something else."""
        if self._background is None or self._reading:
            self._again = self._reading
            return
        self._reading, self._again = True, False
        work = partial(_read, self._file)
        self._background.submit(work, done=self._came, failed=self._failed, tag="inbox")

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Note that a person knows of notices."""
        self._do(partial(_done, acknowledge, self._file, tuple(ids), self._now()))

    def acknowledge_group(self, group: str) -> None:
        """Note that a person knows of an alert, as it is."""
        self._do(partial(_done, acknowledge_group, self._file, group, self._now()))

    def add(self, notices: Sequence[Notice]) -> None:
        """Keep notices that come of no state, such as that something is snoozed."""
        self._do(partial(_done, add_notices, self._file, tuple(notices), self._now()))

    def look_at(self, look: AlertLook) -> None:
        """Keep how PostHog's alerts stand, and what is new of them."""
        self._do(partial(_done, look_at_alerts, self._file, look.where, look.compare, look.at))

    def note_snoozed(self, watch: Watch, until: datetime) -> None:
        """Write down that a watch keeps quiet, if it is not well: its cards go."""
        found = (one.notice for one in self.inbox.lasting if one.notice.source == "watch")
        last = next((one for one in found if one.subject == watch.id), None)
        if last is None or last.account != watch.account:
            return
        snoozed = replace(
            last,
            id=f"{last.id}/snoozed/{until.timestamp():.0f}",
            kind="snoozed",
            loud=False,
            at=self._now(),
            body=f"Until {until:%Y-%m-%d %H:%M} UTC.",
            until=until,
            points=(),
        )
        self.add([snoozed])

    def _do(self, work: "Work[object]") -> None:
        if self._background is not None:
            done = partial(self._carried_out, work)
            self._background.submit(work, done=done, failed=self._failed, tag="inbox")

    def _carried_out(self, work: "Work[object]", outcome: object) -> None:
        if outcome is None or outcome is False:  # another phdesk is writing
            QTimer.singleShot(AGAIN, self, partial(self._do, work))
        else:
            self.read()

    def _came(self, inbox: Inbox) -> None:
        self._reading = False
        if inbox != self.inbox:
            self.inbox = inbox
            self.changed.emit()
        if self._again:
            self.read()

    def _failed(self, _failure: object) -> None:
        self._reading = False


async def _read(file: AlertsFile) -> Inbox:
    return Inbox(page(file, limit=SHOWN), standing(file))


async def _done(act: Callable[..., object], *args: object) -> object:
    return act(*args)
