"""The region of the big chart: a range of buckets that is counted."""

import pyqtgraph as pg
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor

from phdesk.views.explore.regions import buckets_between
from phdesk.views.theme import Theme

PALE, UNDER_POINTER = 36, 56  # of 255


class Region(pg.LinearRegionItem):
    """A range with two edges to drag; tells when other buckets are in it."""

    changed = Signal(object)  # (first, last), or None without a bucket

    def __init__(self, theme: Theme) -> None:
        super().__init__(swapMode="sort")
        self._count = 0
        self._told: tuple[int, int] | None = None  # what is known outside
        self.hide()
        self.set_theme(theme)
        self.sigRegionChanged.connect(self._tell)

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        for take, alpha in ((self.setBrush, PALE), (self.setHoverBrush, UNDER_POINTER)):
            fill = QColor(theme.accent)
            fill.setAlpha(alpha)
            take(pg.mkBrush(fill))
        for edge in self.lines:
            edge.setPen(pg.mkPen(theme.accent, width=1))
            edge.setHoverPen(pg.mkPen(theme.accent, width=3))

    def set_count(self, count: int) -> None:
        """Take how many buckets there are."""
        self._count = count

    def set_ends(self, ends: tuple[float, float] | None) -> None:
        """Show the range, or hide it, and tell no one."""
        self.setVisible(ends is not None)
        self._told = buckets_between(ends[0], ends[1], self._count) if ends else None
        if ends is not None:
            self.setRegion(ends)

    def buckets(self) -> tuple[int, int] | None:
        """Give first and last bucket; None when the region is hidden or holds none."""
        low, high = self.getRegion()
        return buckets_between(low, high, self._count) if self.isVisible() else None

    def move_end(self, end: int, step: int) -> None:
        """Move an end, 0 the lower and 1 the upper, as a person's wish."""
        edges = list(self.getRegion())
        edges[end] += step
        self.setRegion(sorted(edges))

    @Slot()
    def _tell(self) -> None:
        found = self.buckets()
        if found != self._told:
            self._told = found
            self.changed.emit(found)
