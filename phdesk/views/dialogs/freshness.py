"""How fresh the numbers are kept, and what that costs of the team's limits and of the disk."""

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.budget_words import Class, Report, duration, spent
from phdesk.core.pacing import Wishes
from phdesk.views.dialogs import words
from phdesk.views.dialogs.percent_field import PercentField
from phdesk.views.dialogs.popover import Popover
from phdesk.views.dialogs.store_size import StoreSize
from phdesk.views.theme import Theme
from phdesk.views.widgets.meter import Meter
from phdesk.views.widgets.quiet import Choice

WIDTH = 340  # px
MINUTES = (5, 15, 30, 60, 240, 0)
MOST_BOARDS = 4
WHOSE = (
    "PostHog counts the calls of the whole team together; phdesk takes at most two thirds of what "
    "it allows an hour."
)
DROPS = "A tile whose number fell this far or further since you last looked carries a mark."
PEOPLE, CLOCK = "accent", "faint"


class Freshness(Struct, frozen=True, gc=False, kw_only=True):
    """What is said in the upper part."""

    age: str
    next: str
    wishes: Wishes


class FreshnessPopover(Popover):
    """Says and sets; whoever opens it brings it up to date while it is open."""

    wishes_changed = Signal(object)  # Wishes
    share_changed = Signal(int)  # %, of the limits, at most, for what happens by itself
    drop_changed = Signal(int)  # %, by which a number must fall to be marked

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Freshness and API budget", parent)
        self._theme = theme
        self._wishes = Wishes()
        self._age, self._next = words.plain(""), words.note(theme)
        self._every = Choice()
        self._battery = QCheckBox("Also on battery")
        self._metered = QCheckBox("Also on metered connections")
        self._share = PercentField(0, 100, "Most of the hourly budget for what happens by itself")
        self._drop = PercentField(
            1, 99, "By how much a number must fall since you last looked to be marked"
        )
        self.store = StoreSize(theme)
        self._used, self._who = words.plain(""), words.note(theme)
        self._meter = Meter(theme)
        self._boards, self._rest = words.note(theme), words.note(theme)
        self._who.setTextFormat(Qt.TextFormat.RichText)  # figures only, no words of the data
        for minutes in MINUTES:
            self._every.addItem(every_words(minutes), minutes)
        self._every.setAccessibleName("How often open dashboards are refreshed by themselves")
        self._lay_out()
        self._every.activated.connect(self._on_changed)
        self._battery.clicked.connect(self._on_changed)
        self._metered.clicked.connect(self._on_changed)
        self._share.percent_changed.connect(self.share_changed)
        self._drop.percent_changed.connect(self.drop_changed)
        self.store.grew.connect(self.fit)

    def set_freshness(self, told: Freshness) -> None:
        """Say how old the numbers are, when the next come, and what was chosen."""
        self._wishes = told.wishes
        self._age.setText(told.age)
        self._next.setText(told.next)
        if self._every.findData(told.wishes.minutes) < 0:  # from the file
            self._every.addItem(every_words(told.wishes.minutes), told.wishes.minutes)
        self._every.setCurrentIndex(self._every.findData(told.wishes.minutes))
        self._battery.setChecked(told.wishes.on_battery)
        self._metered.setChecked(told.wishes.on_metered)
        for box in (self._battery, self._metered):
            box.setEnabled(told.wishes.minutes > 0)

    def set_share(self, percent: int) -> None:
        """Say how much of the limits is the most for what happens by itself."""
        self._share.set_percent(percent)

    def set_drop(self, percent: int) -> None:
        """Say by how much a number must fall since a person last looked to be marked."""
        self._drop.set_percent(percent)

    def set_budget(self, report: Report | None, names: Mapping[int, str]) -> None:
        """Say what was spent in the last hour; `names` are those of dashboards."""
        if report is None:
            self._used.setText("Nobody is signed in, so nothing is spent.")
            self._meter.set_parts((), "Nothing is spent")
            for label in (self._who, self._boards, self._rest):
                label.hide()
            return
        first, *others = report.classes
        self._used.setText(f"{spent(first):,} of {first.limit:,} calculations in the last hour")
        parts = (first.interactive / first.limit, PEOPLE), (first.background / first.limit, CLOCK)
        self._meter.set_parts(parts, self._used.text())
        self._say(self._who, _who(first, self._theme))
        self._say(self._boards, _boards(report, names))
        self._say(self._rest, _rest(others, report.places))

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        every = self._row("Refresh by &itself", self._every)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        self._age.setFont(self._theme.font(13, 600))
        self._used.setFont(self._theme.font(13, 600))
        column.addWidget(self._age)
        column.addWidget(self._next)
        column.addSpacing(6)
        column.addLayout(every)
        column.addWidget(self._battery)
        column.addWidget(self._metered)
        column.addSpacing(10)
        column.addWidget(self._used)
        column.addWidget(self._meter)
        for label in (self._who, self._boards, self._rest):
            column.addWidget(label)
        column.addLayout(self._row("By itself at most, each &hour", self._share))
        column.addWidget(words.note(self._theme, WHOSE))
        column.addSpacing(10)
        column.addLayout(self._row("Mark &falls of at least", self._drop))
        column.addWidget(words.note(self._theme, DROPS))
        column.addSpacing(10)
        column.addWidget(self.store)

    def _row(self, name: str, field: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(words.caption(name, field, self._theme))
        row.addStretch(1)
        row.addWidget(field)
        return row

    @Slot()
    def _on_changed(self) -> None:
        self._wishes = Wishes(
            minutes=int(self._every.currentData()),
            on_battery=self._battery.isChecked(),
            on_metered=self._metered.isChecked(),
        )
        self.wishes_changed.emit(self._wishes)


def every_words(minutes: int) -> str:
    """Say how often something is refreshed."""
    if minutes <= 0:
        return "Never"
    if minutes % 60 == 0:
        hours = minutes // 60
        return "Every hour" if hours == 1 else f"Every {hours} hours"
    return f"Every {minutes} minutes"


def _who(one: Class, theme: Theme) -> str:
    """Say who spent it, in the meter's colours, and when the next may go if none may now."""
    parts = [
        f"{_square(theme, PEOPLE)} {one.interactive:,} asked for",
        f"{_square(theme, CLOCK)} {one.background:,} by itself, of {one.background_limit:,}",
    ]
    if one.wait > 0:
        parts.append(f"the next in {duration(one.wait)}")
    return " &nbsp; ".join(parts)


def _square(theme: Theme, token: str) -> str:
    return f'<span style="color:{theme.color(token).name()}">■</span>'


def _boards(report: Report, names: Mapping[int, str]) -> str:
    shown = report.dashboards[:MOST_BOARDS]
    said = [f"{_board(number, names)}\xa0{calls:,}" for number, calls in shown]
    more = len(report.dashboards) - len(shown)
    return " · ".join([*said, *([f"{more} more"] if more else [])])


def _board(number: int, names: Mapping[int, str]) -> str:
    return names.get(number, f"Dashboard {number}") if number else "Single insights"


def _rest(others: list[Class], places: int) -> str:
    parts = []
    calls, limit = sum(map(spent, others)), others[-1].limit if others else 0
    if calls:
        parts.append(f"{calls:,} other calls, of {limit:,}")
    if places == 1:
        parts.append("one calculation at a time: the organization is busy")
    return " · ".join(parts)
