"""The left side of the focus view: the big chart with its legend, or a painted picture."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from phdesk.core.charts.spec import TableBody, TileView, XYBody
from phdesk.views.explore.card import Card
from phdesk.views.explore.figures import log_problem
from phdesk.views.explore.picture import Picture
from phdesk.views.explore.plot import Plot, with_hidden
from phdesk.views.explore.series_panel import SeriesPanel
from phdesk.views.theme import Theme

LEGEND_ROW = 30
LEGEND_ROWS = 6  # shown at once; the rest scrolls


class ChartPane(Card):
    """Shows any body; keeps hidden series, log axis and region."""

    log_state_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._body: XYBody | None = None
        self._hidden: frozenset[int] = frozenset()
        self._log = False
        self.plot = Plot(theme)
        self.plot.setMinimumSize(240, 160)
        self.series = SeriesPanel(theme)
        self.picture = Picture(theme)
        self.column.addWidget(self.plot, 1)
        self.column.addWidget(self.series)
        self.column.addWidget(self.picture, 1)
        self.plot.bucket_changed.connect(self.series.set_bucket)
        self.plot.region_changed.connect(self.series.set_region)
        self.plot.focus_changed.connect(self.set_ringed)
        self.picture.focus_changed.connect(self.set_ringed)
        self.series.hidden_changed.connect(self._hide)

    def set_view(self, view: TileView, *, keep: bool) -> None:
        """Show a view; `keep` leaves zoom, region and hidden series as they are."""
        body = view.body if isinstance(view.body, XYBody) else None
        for part in (self.plot, self.series):
            part.setVisible(body is not None)
        drawn = body is None and not isinstance(view.body, TableBody)
        self.picture.setVisible(drawn)
        if drawn:
            self.picture.set_view(view)
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
        self.series.set_region(self.plot.region())

    def log(self) -> bool:
        """Tell whether the axis is logarithmic now."""
        return self._log and not self.log_problem()

    def log_problem(self) -> str:
        """Say why there can be no log axis now; empty when there can."""
        return log_problem(with_hidden(self._body, self._hidden)) if self._body else "No axis."

    def focus_target(self) -> QWidget:
        """Name the part that takes the keys."""
        return self.picture if self._body is None else self.plot

    def _take(self, body: XYBody | None, *, keep: bool) -> None:
        self._body = body
        if body is None:
            return
        if not keep:
            self._log = body.log
            self._hidden = frozenset(i for i, one in enumerate(body.series) if one.hidden)
        self.series.set_body(body, self._hidden)
        rows = min(max(len(body.series), 1), LEGEND_ROWS)
        self.series.setFixedHeight((rows + 1) * LEGEND_ROW + 10)
        self._draw(keep=keep)
        self.series.set_bucket(self.plot.bucket())
        self.series.set_region(self.plot.region())

    def _draw(self, *, keep: bool) -> None:
        if self._body is not None:
            self.plot.set_body(with_hidden(self._body, self._hidden), log=self.log(), keep=keep)

    @Slot(object)
    def _hide(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._draw(keep=True)
        self.log_state_changed.emit()


def _names(body: XYBody | None) -> tuple[str, ...]:
    return tuple(one.label for one in body.series) if body else ()
