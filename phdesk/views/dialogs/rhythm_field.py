"""How often something recurs: every so many days, weeks, months or years, and on which days."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from phdesk.core.subscription_entry import MOST_INTERVAL
from phdesk.core.subscription_words import POSITIONS, UNITS
from phdesk.models.subscription import MONTHLY, WEEKDAYS, WEEKLY
from phdesk.views.widgets.quiet import Choice, QuietNumber

SAME_DAY = "on the day it starts"
ANY = tuple(WEEKDAYS)


class EveryField(QWidget):
    """A number and a unit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interval, self._unit = QuietNumber(), Choice()
        self._interval.setRange(1, MOST_INTERVAL)
        self._interval.setAccessibleName("Every how many")
        self._unit.setAccessibleName("Days, weeks, months or years")
        for frequency, unit in UNITS.items():
            self._unit.addItem(f"{unit}s", frequency)
        self.setFocusProxy(self._interval)
        _in_row(self, self._interval, self._unit)
        self._interval.valueChanged.connect(self.changed)
        self._unit.currentIndexChanged.connect(self.changed)

    def set_value(self, frequency: str, interval: int) -> None:
        """Show how often; a unit that only a newer server knows is offered as it is."""
        if self._unit.findData(frequency) < 0:
            self._unit.addItem(frequency.replace("_", " "), frequency)
        self._unit.setCurrentIndex(self._unit.findData(frequency))
        self._interval.setMaximum(max(MOST_INTERVAL, interval))
        self._interval.setValue(interval)

    @property
    def frequency(self) -> str:
        """Give the unit, as the server calls it."""
        return str(self._unit.currentData())

    @property
    def interval(self) -> int:
        """Give the number."""
        return self._interval.value()


class DaysField(QWidget):
    """Weekdays to tick for weeks; which one of the month for months."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks = {day: QCheckBox(day[:3].capitalize()) for day in WEEKDAYS}
        self._position, self._day = Choice(), Choice()
        self._held: tuple[str, ...] = ()
        self._held_position: int | None = None
        self._frequency = ""
        self._position.setAccessibleName("Which one of the month")
        self._day.setAccessibleName("Weekday")
        self._position.addItem(SAME_DAY, None)
        for number, word in POSITIONS.items():
            self._position.addItem(f"on the {word}", number)
        self._choices: list[tuple[str, ...]] = [ANY, *((day,) for day in WEEKDAYS)]
        self._day.addItems(["day", *(day.capitalize() for day in WEEKDAYS)])
        for day, tick in self._ticks.items():
            tick.setAccessibleName(day.capitalize())
            tick.setMinimumSize(24, 24)
            tick.toggled.connect(self.changed)
        _in_row(self, *self._ticks.values(), self._position, self._day)
        self._position.currentIndexChanged.connect(self._on_position)
        self._day.currentIndexChanged.connect(self.changed)

    def set_value(self, weekdays: Sequence[str], position: int | None) -> None:
        """Show the days; of what cannot be shown here, all stays until it is changed."""
        self._held, self._held_position = tuple(weekdays), position
        for day, tick in self._ticks.items():
            tick.setChecked(day in weekdays)
        if self._position.findData(position) < 0:
            self._position.addItem(f"on number {position}", position)
        self._position.setCurrentIndex(self._position.findData(position))
        if weekdays and self._held not in self._choices:
            self._choices.append(self._held)
            self._day.addItem(" or ".join(day.capitalize() for day in weekdays))
        self._day.setCurrentIndex(self._choices.index(self._held) if weekdays else 0)

    def set_frequency(self, frequency: str) -> None:
        """Show what there is to choose for a unit."""
        self._frequency = frequency
        for tick in self._ticks.values():
            tick.setVisible(frequency == WEEKLY)
        self._position.setVisible(frequency == MONTHLY)
        self.setFocusProxy(next(iter(self._ticks.values())) if frequency == WEEKLY
                           else self._position)  # fmt: skip
        self._on_position()

    @property
    def has_choice(self) -> bool:
        """Say whether there is anything to choose."""
        return self._frequency in (WEEKLY, MONTHLY)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Give the weekdays that are chosen."""
        if self._frequency == WEEKLY:
            return tuple(day for day, tick in self._ticks.items() if tick.isChecked())
        if self._frequency == MONTHLY and self.position is not None:
            return self._choices[self._day.currentIndex()]
        return self._held

    @property
    def position(self) -> int | None:
        """Give which one of the month; None: the day of the start."""
        if self._frequency != MONTHLY:
            return self._held_position
        found: int | None = self._position.currentData()
        return found

    @Slot()
    def _on_position(self) -> None:
        months = self._frequency == MONTHLY
        self._day.setVisible(months and self._position.currentData() is not None)
        self.changed.emit()


def _in_row(inside: QWidget, *parts: QWidget) -> None:
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
