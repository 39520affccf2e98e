"""Gives alerts the screen of one wall, one after another, while its rotation stays where it is."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.wall import alarms as turns
from phdesk.core.wall.alarms import Alarm, Alarms
from phdesk.core.wall.rotation import Place
from phdesk.core.wall.stops import Stop
from phdesk.models.wall import Wall
from phdesk.services.wall_alarms import WallAlarms
from phdesk.views.monitor.clocks import Clocks

EVERY = 20.0  # seconds after which what is known may be too old


class TakeOver(QObject):
    """Follows what is found of alerts; a conductor asks it whose turn it is."""

    changed = Signal()

    def __init__(self, found: WallAlarms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.alarms = Alarms()
        self.barred = False  # after many crashes: nothing takes the screen
        self.found = found
        self._last: Alarm | None = None  # that had the screen, as it was then
        self._wall = Wall()
        self._known: tuple[Wall, tuple[str, ...]] | None = None
        self._looked = 0.0
        self._stale = True
        found.changed.connect(self._on_changed)

    def set_had(self, had: Mapping[str, str]) -> None:
        """Know what had the screen in an earlier run."""
        self.alarms = Alarms(had=had)

    @property
    def count(self) -> int:
        """Count the alerts that fire on what the wall shows."""
        return len(self.alarms.firing)

    @property
    def is_on(self) -> bool:
        """Tell whether an alert has the screen, also one that fires no more."""
        return bool(self.alarms.on)

    def of(self, key: str) -> Alarm | None:
        """Find the alert whose page has a key."""
        return next((one for one in self.alarms.firing if one.stop.key == key), None)

    def stop(self, key: str) -> Stop | None:
        """Find the stop of an alert."""
        alarm, last = self.of(key), self._last
        if alarm is None and last is not None and self.is_on and last.stop.key == key:
            return last.stop
        return alarm.stop if alarm is not None else None

    def coming(self) -> Place | None:
        """Give the page of the alert that is to have the screen now."""
        if self.barred or self._wall.alerts != "take over":
            return None
        alarm = self.alarms.coming
        return Place(alarm.stop.key) if alarm is not None else None

    def look(self, wall: Wall, stops: Iterable[Stop], clocks: Clocks) -> None:
        """Find which alerts fire now, if that may be another answer than before."""
        open_stops = tuple(stops)
        now, known = clocks.steady(), (wall, tuple(one.key for one in open_stops))
        if not self._stale and known == self._known and now - self._looked < EVERY:
            return
        self._wall, self._known, self._looked, self._stale = wall, known, now, False
        before = self.alarms
        if wall.alerts == "off":
            self.alarms = turns.with_firing(before, ())
        else:
            found = self.found.found(open_stops, clocks.now(), wall.refresh)
            self.alarms = turns.with_firing(before, found.firing, found.calm)
        if self.alarms.firing != before.firing:
            self.changed.emit()

    def ask(self, place: Place, now: float) -> None:
        """Note that the page of an alert is being drawn; one that never is, is let go."""
        alarm = self.of(place.key)
        if alarm is not None:
            self.alarms = turns.given_up(turns.asked(self.alarms, alarm, now), now)

    def begin(self, alarm: Alarm, now: float, elapsed: float) -> None:
        """Give it the screen."""
        self._last = alarm
        self.alarms = turns.begun(self.alarms, alarm, now, elapsed)

    def end(self) -> float:
        """Give the screen back; says for how long the page of the rotation had been on show."""
        self.alarms = turns.ended(self.alarms)
        return self.alarms.rested

    def is_over(self, now: float, *, held: bool) -> bool:
        """Tell whether the alert on show has had its time, or may have it no longer."""
        if self.is_on and (self.barred or self._wall.alerts != "take over"):
            return True
        return turns.over(self.alarms, now, self._wall.alert_dwell, held=held)

    def share(self, now: float) -> float:
        """Say how much of its time is over."""
        return turns.share(self.alarms, now, self._wall.alert_dwell)

    @Slot()
    def _on_changed(self) -> None:
        self._stale = True
