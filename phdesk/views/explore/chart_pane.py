"""The left side of the focus view: the big chart with its legend, or a painted picture."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from phdesk.core.charts.local import unit
from phdesk.core.charts.spec import TableBody, TileView, XYBody
from phdesk.core.smoothing import NO_AVERAGES, averages, label, problem, windows
from phdesk.views.explore.card import Card
from phdesk.views.explore.figures import log_note, log_problem
from phdesk.views.explore.picture import Picture
from phdesk.views.explore.plot import Plot, with_hidden
from phdesk.views.explore.regions import caption
from phdesk.views.explore.series_panel import SeriesPanel
from phdesk.views.theme import Theme

LEGEND_ROW = 30
LEGEND_ROWS = 6  # shown at once; the rest scrolls


class ChartPane(Card):
    """Shows any body; keeps hidden series, log axis, smoothing and region."""

    log_state_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._body: XYBody | None = None
        self._hidden: frozenset[int] = frozenset()
        self._log = False
        self._window = 0  # buckets of the moving average; 0 for none
        self._averages = NO_AVERAGES
        self.plot = Plot(theme)
        self.plot.setMinimumSize(240, 160)
        self.series = SeriesPanel(theme)
        self.picture = Picture(theme)
        self.counted = QLabel()
        self.counted.setTextFormat(Qt.TextFormat.PlainText)
        self.counted.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.counted.setWordWrap(True)
        self.counted.hide()
        self.column.addWidget(self.plot, 1)
        self.column.addWidget(self.picture, 1)
        self.column.addWidget(self.counted)
        self.column.addWidget(self.series)
        self.plot.bucket_changed.connect(self.series.set_bucket)
        self.plot.region_changed.connect(self._count)
        self.plot.focus_changed.connect(self.set_ringed)
        self.picture.focus_changed.connect(self.set_ringed)
        self.series.hidden_changed.connect(self._hide)
        self.picture.changed.connect(self._tell)

    def set_view(self, view: TileView, *, keep: bool) -> None:
        """Show a view; `keep` leaves zoom, region and hidden series as they are."""
        body = view.body if isinstance(view.body, XYBody) else None
        for part in (self.plot, self.series):
            part.setVisible(body is not None)
        drawn = body is None and not isinstance(view.body, TableBody)
        self.picture.setVisible(drawn)
        if drawn:
            self.picture.set_view(view, keep=keep)
            self._tell()
        self._take(body, keep=keep and _names(body) == _names(self._body))

    def set_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        super().set_theme(theme)
        self.plot.set_theme(theme)
        self.series.set_theme(theme)
        self.picture.set_theme(theme)

    def set_log(self, log: bool) -> None:  # noqa: FBT001  a switch
        """Switch the y axis to logarithms, where that is possible."""
        self._log = log
        self._draw(keep=True)

    def set_region_shown(self, shown: bool) -> None:  # noqa: FBT001  a switch
        """Show or hide the region and its figures."""
        self.plot.set_region_shown(shown)
        self._count(self.plot.region())

    def set_window(self, window: int) -> None:
        """Draw moving averages over so many buckets; 0 for none."""
        self._window = window
        self._smooth()
        self._draw(keep=True)

    def averaged(self) -> int:
        """Give the buckets of the moving average, 0 for none."""
        return self._window

    def choices(self) -> tuple[tuple[int, str], ...]:
        """Give the moving averages that there can be: buckets and name."""
        if self._body is None or self.window_problem():
            return ()
        its_unit = unit(self._body.x_starts)
        return tuple((size, label(size, its_unit)) for size in windows(self._body, its_unit))

    def window_problem(self) -> str:
        """Say why there can be no moving average; empty when there can."""
        return problem(self._body, unit(self._body.x_starts)) if self._body else "No axis."

    def log(self) -> bool:
        """Tell whether the axis is logarithmic now."""
        return self._log and not self.log_problem()

    def log_problem(self) -> str:
        """Say why there can be no log axis now; empty when there can."""
        return log_problem(with_hidden(self._body, self._hidden)) if self._body else "No axis."

    def log_note(self) -> str:
        """Say what the log axis leaves out now; empty when nothing, or when there is none."""
        return log_note(with_hidden(self._body, self._hidden)) if self._body and self.log() else ""

    def show_all(self) -> None:
        """Show again what was hidden by hand."""
        if self._body is None:
            self.picture.show_all()
        else:
            self.series.show_all()

    def focus_target(self) -> QWidget:
        """Name the part that takes the keys."""
        return self.picture if self._body is None else self.plot

    def _take(self, body: XYBody | None, *, keep: bool) -> None:
        self._body = body
        if body is None:
            return
        if not keep or self._window not in dict(self.choices()):
            self._window = 0
        if not keep:
            self._log = body.log
            self._hidden = frozenset(i for i, one in enumerate(body.series) if one.hidden)
        self.series.set_body(body, self._hidden)
        rows = min(max(len(body.series), 1), LEGEND_ROWS)
        self.series.setFixedHeight((rows + 1) * LEGEND_ROW + 10)
        self._smooth()
        self._draw(keep=keep)
        self.series.set_bucket(self.plot.bucket())
        self._count(self.plot.region())

    def _smooth(self) -> None:
        self._averages = NO_AVERAGES
        if self._body is not None and self._window:
            self._averages = averages(self._body, self._window, unit(self._body.x_starts))
        self.series.set_averages(self._averages)

    def _draw(self, *, keep: bool) -> None:
        if self._body is None:
            return
        body = with_hidden(self._body, self._hidden)
        self.plot.set_body(body, averages=self._averages, log=self.log(), keep=keep)

    @Slot(object)
    def _count(self, region: tuple[int, int] | None) -> None:
        self.series.set_region(region)
        self.counted.setVisible(region is not None)
        if region and self._body is not None:
            body = with_hidden(self._body, self._hidden)
            self.counted.setText(caption(body, *region, unit(body.x_starts)))

    @Slot()
    def _tell(self) -> None:
        """Say what differs from the picture as it came, or what a click would do: the line stays.

        A line that came and went would take the names away from under the pointer.
        """
        words = self.picture.caption()
        self.counted.setVisible(bool(words))
        self.counted.setText(words)

    @Slot(object)
    def _hide(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._draw(keep=True)
        self._count(self.plot.region())
        self.log_state_changed.emit()


def _names(body: XYBody | None) -> tuple[str, ...]:
    return tuple(one.label for one in body.series) if body else ()
