"""Tell what others have found of alerts, and pass on what a person does with it.

Lives in the window's thread and works in the worker. Who finds something either gives it to `take`,
or has written it with its state (`store/alerts_found`) and asks for a `look`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from phdesk.core.noticing.cards import Card
from phdesk.core.noticing.rules import Rules
from phdesk.models.failure import Failure
from phdesk.models.notice import Notice
from phdesk.services.background import Work
from phdesk.services.errands import Worker
from phdesk.services.notices.ready import Ready, try_out
from phdesk.services.notices.teller import Act, Told
from phdesk.services.notices.ways import InUse
from phdesk.store.alerts_found import add_notices
from phdesk.store.alerts_inbox import acknowledge, acknowledge_group

AGAIN = 1_000  # ms, when the file was busy
EACH = 60_000  # ms between looks: quiet hours end, and other phdesks write
T = TypeVar("T")


class Notices(QObject):
    """One for the app. Snoozing is for 1 hour (`teller.SNOOZE`), by whoever has the alert."""

    open_requested = Signal(object)  # Notice: the tile that it is about
    snooze_requested = Signal(object)  # Notice
    inbox_requested = Signal()
    balloon_requested = Signal(object)  # Card, for the tray icon
    changed = Signal()  # the history, or what is acknowledged in it
    told = Signal(object)  # tuple[Notice, ...], by this phdesk and no other
    tried = Signal(object)  # InUse: how a trial was told
    used = Signal(object)  # InUse
    trouble = Signal(str)  # a sentence

    def __init__(
        self,
        parts: Ready,
        worker: Worker,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._worker, self._now = parts, worker, now
        self._timer = QTimer(self)
        self._timer.setInterval(EACH)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Tell what an earlier run has left, and what comes from now on."""
        self._worker.at_stop(partial(_left, self._parts))
        self._timer.start()
        self.look()
        self._wait()

    def set_rules(self, rules: Rules) -> None:
        """Keep to what a person chose from now on."""
        self._parts.teller.rules = rules

    def set_tray(self, *, there: bool) -> None:
        """Say whether a tray icon stands by to show balloons."""
        self._parts.tray.is_there = there

    def take(self, notices: Sequence[Notice]) -> None:
        """Write down what was found, and tell it."""
        found = tuple(notices)
        added = partial(self._on_added, found)
        self._do(partial(_added, self._parts, found, self._now()), added)

    @Slot()
    def look(self) -> None:
        """Tell what is due; asked as soon as somebody has written what they found."""
        self._do(self._parts.teller.look, self._on_told)

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Note that a person knows of notices."""
        self._do(partial(_known, self._parts, tuple(ids), self._now()), self._on_changed)

    def acknowledge_group(self, group: str) -> None:
        """Note that a person knows of an alert."""
        self._do(partial(_group_known, self._parts, group, self._now()), self._on_changed)

    @Slot()
    def try_out(self) -> None:
        """Send a notification that is none; `tried` says how it was told."""
        self._do(partial(try_out, self._parts, self._now()), self._on_tried)

    @Slot()
    def find_used(self) -> None:
        """Find out which way is open; `used` says it."""
        self._do(self._parts.teller.in_use, self._on_used)

    def _do(self, work: Work[T], done: Callable[[T], None]) -> None:
        self._worker.submit(work, done=done, failed=self._on_failed, tag="notices")

    def _wait(self) -> None:
        self._worker.submit(
            self._parts.teller.next_act, done=self._on_act, failed=self._on_failed, tag="notices"
        )

    def _on_act(self, act: Act | Card) -> None:
        self._wait()
        if isinstance(act, Card):
            self.balloon_requested.emit(act)
        elif act.what == "open":
            self.open_requested.emit(act.notice)
        elif act.what == "snooze":
            self.snooze_requested.emit(act.notice)
        else:
            self.inbox_requested.emit()

    def _on_added(self, found: Sequence[Notice], new: tuple[Notice, ...] | None) -> None:
        if new is None:  # another phdesk is writing
            QTimer.singleShot(AGAIN, self, partial(self.take, found))
        elif new:
            self.changed.emit()
            self.look()

    def _on_told(self, told: Told) -> None:
        if told.notices:
            self.told.emit(told.notices)
            self.changed.emit()

    def _on_changed(self, _done: object) -> None:
        self.changed.emit()
        self.look()

    def _on_tried(self, used: InUse) -> None:
        self.changed.emit()
        self.tried.emit(used)

    def _on_used(self, used: InUse) -> None:
        self.used.emit(used)

    def _on_failed(self, failure: Failure) -> None:
        self.trouble.emit(failure.message)


async def _added(
    parts: Ready, notices: tuple[Notice, ...], now: datetime
) -> tuple[Notice, ...] | None:
    return add_notices(parts.file, notices, now)


async def _known(parts: Ready, ids: tuple[str, ...], now: datetime) -> bool:
    return acknowledge(parts.file, ids, now)


async def _group_known(parts: Ready, group: str, now: datetime) -> bool:
    return acknowledge_group(parts.file, group, now)


async def _left(parts: Ready) -> None:
    await parts.teller.leave()
    parts.file.close()
