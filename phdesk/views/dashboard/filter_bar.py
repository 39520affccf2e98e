"""The bar below the title: dates, interval, conditions; at the right that they are temporary.

Made for the first paint: four buttons. What else it can show is made when it is first needed.
"""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from phdesk.views.dashboard.bar_words import BarWords
from phdesk.views.dashboard.late import filter_parts
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.drop_button import DropButton

HEIGHT = 30
# How much of the bar gives way, one after the other, until it fits.
WHOLE, SHORT, COUNTED, ICONS, DATES = range(5)


class FilterBar(QWidget):
    """Shows words; a press is a wish to be shown choices, or to be rid of something."""

    requested = Signal(str, str)  # what to do ("choose", "drop", "reset"), with what

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = BarWords()
        self._level = WHOLE
        self._fitted = (-1, BarWords())
        self._dates = DropButton(theme, "calendar", self, hint="Date range (D)")
        self._interval = DropButton(theme, "chart-column", self, hint="Interval (I)")
        self._add = QPushButton(self)
        self._more = QToolButton(self)
        self._parts: dict[str, QWidget] = {}  # chips and the like, by what they stand for
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def words(self) -> BarWords:
        """Give what is said."""
        return self._words

    def set_words(self, words: BarWords) -> None:
        """Say what holds now."""
        if words == self._words:
            return
        self._words = words
        self._dates.set_words(words.dates, f"Dates: {words.dates}")
        interval = words.interval if words.interval != "Interval" else "each tile's own"
        self._interval.set_words(words.interval, f"Interval: {interval}")
        if self._parts or not words.is_plain:
            filter_parts().fill(self, self._theme, words, self._parts)
        self._fit()

    def set_fixed(self, why: str) -> None:
        """Only say what holds, where it cannot be changed; with nothing said it can."""
        self.setEnabled(not why)
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        for button in (self._add, self._more):
            button.setVisible(not why)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        for button in (self._dates, self._interval):
            button.set_theme(theme)
        self._dress()
        for part in self._parts.values():
            part.set_theme(theme)  # type: ignore[attr-defined]  # each is one of ours

    def anchor(self, name: str) -> QWidget:
        """Give the part below which the choices for something belong."""
        known: dict[str, QWidget] = {
            "dates": self._dates,
            "interval": self._interval,
            "more": self._more,
            "new": self._add,
        }
        return known.get(name) or self._parts.get(name) or self._more

    @property
    def last(self) -> QWidget:
        """Give the control that Tab leaves last."""
        part = self._parts.get("temporary")
        stops: tuple[QWidget, ...] = filter_parts().stops_of(part) if part is not None else ()
        return stops[-1] if stops else self._more

    @property
    def row(self) -> QHBoxLayout:
        """Give the layout, into which parts are put before the last two: button and stretch."""
        return self._row

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        return QSize(self._row.sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Give way in width: parts shrink or go."""
        return QSize(0, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew what fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for."""
        wanted = (self.width(), self._words)
        if wanted == self._fitted:
            return
        self._fitted = wanted
        for level in (WHOLE, SHORT, COUNTED, ICONS, DATES):
            self._show_level(level)
            if self._row.sizeHint().width() <= self.width():
                return

    def _show_level(self, level: int) -> None:
        if level == self._level and not self._parts:
            return
        self._level = level
        self._dates.set_brief(brief=level >= DATES)
        self._interval.set_brief(brief=level >= ICONS)
        self._add.setText("" if level >= ICONS else " Filter")
        if self._parts:
            filter_parts().show_level(self._parts, level)
        self._row.invalidate()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for part in (self._dates, self._interval, self._add, self._more):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._add.setText(" Filter")
        self._add.setAccessibleName("Add a filter")
        self._add.setToolTip("Add a filter (Shift+F)")
        self._more.setAccessibleName("More filters and saved views")
        self._more.setToolTip("Breakdown, test accounts, saved views")
        self._more.setFixedSize(HEIGHT, HEIGHT)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        self._dates.clicked.connect(self._on_dates)
        self._interval.clicked.connect(self._on_interval)
        self._add.clicked.connect(self._on_add)
        self._more.clicked.connect(self._on_more)

    def _dress(self) -> None:
        self._add.setIcon(icon("plus", self._theme.text))
        self._more.setIcon(icon("ellipsis", self._theme.text))

    @Slot()
    def _on_dates(self) -> None:
        self.requested.emit("choose", "dates")

    @Slot()
    def _on_interval(self) -> None:
        self.requested.emit("choose", "interval")

    @Slot()
    def _on_add(self) -> None:
        self.requested.emit("choose", "new")

    @Slot()
    def _on_more(self) -> None:
        self.requested.emit("choose", "more")
