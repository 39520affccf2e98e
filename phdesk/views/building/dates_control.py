"""The range of dates of an insight."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from phdesk.core.building.changing import with_dates
from phdesk.core.filter_entry import Dates
from phdesk.core.filter_ranges import range_words
from phdesk.core.jsonvalue import as_dict, as_text
from phdesk.views.building.control import Control
from phdesk.views.building.rows import WordsButton
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs.filter_dates import InsightDatesPopover
from phdesk.views.theme import Theme


class DatesControl(Control):
    """Says the range in words; they open the choice of another."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._button = WordsButton(theme, "calendar", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button, 1)
        self._button.clicked.connect(self._open)

    def show_value(self) -> None:
        """Say which dates hold."""
        said = range_words(*self._ends, self.around.now())
        if as_dict(self.field.value).get("explicitDate") is True:
            said = f"{said}, to the minute"
        self._button.set_words(said, f"{self.field.label}: {said}")

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self._button.set_theme(theme)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._button

    @property
    def _ends(self) -> tuple[str | None, str | None]:
        dates = as_dict(self.field.value)
        start, end = as_text(dates.get("date_from")), as_text(dates.get("date_to"))
        if start is None:  # the server's own
            start = as_text(as_dict(self.field.default).get("date_from")) or "-7d"
        return start, end

    @Slot()
    def _open(self) -> None:
        around = self.around
        made = InsightDatesPopover(
            self.theme, around.now, around.week_start, self._ends, self.window()
        )
        made.chosen.connect(self._on_dates)
        made.open_below(self._button)

    @Slot(object)
    def _on_dates(self, dates: Dates) -> None:
        around = self.around
        self.give(with_dates(self.draft, dates, around.now(), around.week_start))
