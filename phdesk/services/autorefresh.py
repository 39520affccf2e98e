"""Refresh what is open by the clock, when the machine wakes and when the network is back."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from phdesk.core.budget import Moment
from phdesk.core.pacing import Conditions, Pacer, Wishes, pause
from phdesk.services.governor import clocks
from phdesk.services.settings import Settings
from phdesk.store.store import Store

TICK = 15_000  # ms


def wishes_of(settings: Settings) -> Wishes:
    """Say how a person wants open dashboards to be refreshed by themselves."""
    return Wishes(
        minutes=settings.auto_refresh_minutes,
        on_battery=settings.refresh_on_battery,
        on_metered=settings.refresh_on_metered,
    )


class System(Protocol):
    """What the system says of power and network."""

    reconnected: SignalInstance
    disconnected: SignalInstance
    changed: SignalInstance

    @property
    def battery(self) -> bool:
        """Say whether the machine runs on battery."""

    @property
    def metered(self) -> bool:
        """Say whether each byte costs."""


class AutoRefresh(QObject):
    """Says when all that is open is to be refreshed; asks for nothing itself."""

    due = Signal()
    reconnected = Signal()  # while nothing answered
    disconnected = Signal()  # while all was well, as far as anybody knew

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], Moment] = clocks,
        chance: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._clock = store, clock
        self._pacer = Pacer(chance)
        self._system: System | None = None
        self._hidden = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)

    def set_system(self, system: System) -> None:
        """Listen to what the system says of power and network."""
        self._system = system
        system.changed.connect(self.tick)
        system.reconnected.connect(self._on_reconnected)
        system.disconnected.connect(self._on_disconnected)

    def set_wishes(self, wishes: Wishes) -> None:
        """Take over what a person set."""
        self._pacer.set_wishes(wishes, self._clock())

    def set_hidden(self, *, hidden: bool) -> None:
        """Pause while nobody looks; catch up at once afterwards."""
        self._hidden = hidden
        self.tick()

    def restart(self) -> None:
        """Count from now, because something was opened or read by hand."""
        self._pacer.restart(self._clock())
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Rest, because nothing is open."""
        self._pacer.stop()
        self._timer.stop()

    @property
    def next_at(self) -> datetime | None:
        """Say when the next refresh is due; None when none is planned."""
        return None if self._pacer.due is None else datetime.fromtimestamp(self._pacer.due, UTC)

    @property
    def paused(self) -> str:
        """Say in words why nothing is refreshed by itself now, or nothing."""
        return pause(self._pacer.wishes, self._conditions())

    @Slot()
    def tick(self) -> None:
        """Look at the clocks."""
        if self._pacer.tick(self._clock(), self._conditions()):
            self.due.emit()

    def _conditions(self) -> Conditions:
        asked = self._pacer.wishes
        system = self._system
        return Conditions(
            hidden=self._hidden,
            offline=self._store.state.offline is not None,
            battery=system is not None and not asked.on_battery and system.battery,
            metered=system is not None and not asked.on_metered and system.metered,
        )

    @Slot()
    def _on_reconnected(self) -> None:
        if self._store.state.offline is not None:
            self.reconnected.emit()

    @Slot()
    def _on_disconnected(self) -> None:
        if self._store.state.offline is None:
            self.disconnected.emit()
