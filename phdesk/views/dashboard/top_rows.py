"""What stands above the grid: header, progress, what is read, what failed, whose the layout is."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.models.account import Project
from phdesk.models.failure import Failure
from phdesk.store.freshness import oldest
from phdesk.store.state import DashboardState
from phdesk.views.dashboard.bar_words import bar_words
from phdesk.views.dashboard.header import Header
from phdesk.views.dashboard.late import make_layout_line
from phdesk.views.dashboard.presenting import (
    age_words,
    held_back_words,
    progress_words,
    tone_of,
)
from phdesk.views.theme import Theme
from phdesk.views.widgets.banner import Banner
from phdesk.views.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from phdesk.views.dashboard.layout_note import LayoutLine, LayoutNote
    from phdesk.views.dashboard.reading import Reading


class TopRows(QObject):
    """Lays out a screen: these rows, and below them its grid."""

    layout_save_requested = Signal()
    layout_discard_requested = Signal()

    def __init__(self, theme: Theme, grid: QWidget, screen: QWidget) -> None:
        super().__init__(screen)
        self._theme, self._grid = theme, grid
        self.header = Header(theme, screen)
        self.banner = Banner(theme, screen)
        self._progress = ProgressLine(theme, screen)
        self._line: LayoutLine | None = None  # made with the first note
        self._note: LayoutNote | None = None
        self._reading: Reading | None = None
        self._strip: QWidget | None = None  # says what is read
        self._column = QVBoxLayout(screen)
        self._lay_out()

    def show_board(self, state: DashboardState, project: Project | None, now: datetime) -> None:
        """Say which dashboard this is, and under which filters."""
        self.header.set_row(state.dashboard.row)
        self.header.bar.setVisible(not state.is_own)
        self.header.bar.set_words(bar_words(state, project, now))
        self._column.activate()  # not at the next turn of the loop: the grid would jump

    def show_age(self, state: DashboardState, offline: Failure | None, now: datetime) -> None:
        """Say how old it is, how far its refresh is, and what failed."""
        reads = self._reading.reads if self._reading is not None else ""
        age = age_words(state, now)
        self.header.age.set_text(age, tone_of(state, offline, reads))
        progress = state.progress
        if progress is not None:
            self.header.age.set_text(progress_words(progress, now), "accent")
        self._progress.set_share(progress.done / max(progress.total, 1) if progress else None)
        self.header.set_idle(idle=progress is None and not state.loading)
        self.header.set_refresh_tip(held_back_words(state, now))
        failure = state.failure or offline
        if failure is None:
            self.banner.clear()
        else:
            self.banner.set_failure(failure, kept=age if oldest(state) else "")

    def set_note(self, note: "LayoutNote | None") -> None:
        """Say how the layout differs from the server's, or that it does not."""
        self._note = note
        shown = note if self._reading is None else None
        if shown is not None or self._line is not None:
            self.line().set_note(shown)

    def set_reading(self, reading: "Reading | None", strip: QWidget | None) -> None:
        """Offer no changes, below a strip that says what is read; or offer them again."""
        self._reading = reading
        self.header.set_reading(reading)
        if self._strip is not None and strip is not self._strip:
            self._strip.hide()
            self._column.removeWidget(self._strip)
        if strip is not None and strip is not self._strip:
            self._column.insertWidget(self._column.indexOf(self._progress), strip)
            strip.show()
        self._strip = strip
        self.set_note(self._note)

    def line(self) -> "LayoutLine":
        """Give the line that speaks of the layout."""
        if self._line is None:
            self._line = make_layout_line(self._theme)
            self._line.save_requested.connect(self.layout_save_requested)
            self._line.discard_requested.connect(self.layout_discard_requested)
            self._column.insertWidget(self._column.indexOf(self._grid), self._line)
            self._line.follow(self.header.bar.last)
            self._line.set_rest(self._grid)
        return self._line

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if self._line is not None:
            self._line.set_theme(theme)
        for part in (self.header, self.header.bar, self.banner, self._progress):
            part.set_theme(theme)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self._progress)
        self._column.addWidget(self.banner)
        self._column.addWidget(self._grid, 1)
