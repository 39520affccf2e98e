"""A dashboard on screen: header with name, tags and honest age, then the grid of tiles."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.ages import oldest_age
from phdesk.core.charts.spec import TileView
from phdesk.core.listing import title_of
from phdesk.models.account import Project
from phdesk.models.failure import Failure
from phdesk.store.freshness import oldest
from phdesk.store.state import NOTHING_AROUND, Around, Changes, DashboardState
from phdesk.views.dashboard.grid_view import GridView
from phdesk.views.dashboard.late import make_layout_line
from phdesk.views.dashboard.presenting import boxes_of, card_state_of, context_of, view_of
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.banner import Banner
from phdesk.views.widgets.chips import Chips
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from phdesk.views.dashboard.layout_note import LayoutLine, LayoutNote

EDGE = 20
ROOMY, TIGHT = 760, 520  # px of width for tags and words on buttons


class DashboardScreen(QWidget):
    """Shows one DashboardState; asks for refreshes, never fetches."""

    refresh_requested = Signal(bool)  # force
    tile_refresh_requested = Signal(int)
    open_tile_requested = Signal(int)
    browser_requested = Signal(int)  # tile id; 0 is the dashboard itself
    link_requested = Signal(str)
    details_requested = Signal(int)
    layout_changed = Signal(object)  # dict[int, Box]: all tiles, after a gesture, undo or redo
    layout_save_requested = Signal()
    layout_discard_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: DashboardState | None = None
        self._project: Project | None = None
        self._offline: Failure | None = None
        self._around = NOTHING_AROUND
        self._views: dict[int, TileView] = {}
        self.grid = GridView(theme, self)
        self._title = ElidedLabel()
        self._tags = Chips(theme)
        self._subtitle = ElidedLabel()
        self._age = AgeLabel(theme)
        self._banner = Banner(theme)
        self._progress = ProgressLine(theme)
        self._line: LayoutLine | None = None  # made with the first note
        self._browser = QPushButton()
        self._browser.setAccessibleName("Open in PostHog")
        self._browser.setToolTip("Open in PostHog")
        self._refresh = QPushButton()
        self._refresh.setAccessibleName("Refresh")
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def views(self) -> Mapping[int, TileView]:
        """Give the tiles' views by id."""
        return self._views

    def show_dashboard(
        self,
        state: DashboardState,
        project: Project | None,
        offline: Failure | None,
        now: datetime,
        around: Around = NOTHING_AROUND,
    ) -> None:
        """Show a dashboard whole."""
        self._state, self._project, self._offline = state, project, offline
        self._around = around
        context = context_of(state, project, now, around)
        self._views = {one: view_of(held, context) for one, held in state.tiles.items()}
        self.grid.set_tiles(boxes_of(state, self._views))
        for tile_id, view in self._views.items():
            self.grid.set_view(tile_id, view)
        self._show_header(now)
        self.set_now(now)

    def update_dashboard(
        self,
        state: DashboardState,
        offline: Failure | None,
        changes: Changes,
        now: datetime,
    ) -> None:
        """Take over what changed, and only that: a result repaints one tile."""
        dashboard_id = state.dashboard.row.id
        if self._state is None or dashboard_id in changes.dashboards:
            self.show_dashboard(state, self._project, offline, now, self._around)
            return
        self._state, self._offline = state, offline
        context = context_of(state, self._project, now, self._around)
        for tile_id in changes.tiles_of(dashboard_id):
            if tile_id in state.tiles:
                self._views[tile_id] = view_of(state.tiles[tile_id], context)
                self.grid.set_view(tile_id, self._views[tile_id])
        self.set_now(now)

    def set_now(self, now: datetime) -> None:
        """Bring all ages up to this moment."""
        if self._state is None:
            return
        for tile_id, held in self._state.tiles.items():
            self.grid.set_card_state(tile_id, card_state_of(held, now, self._offline))
        self._show_age(now)

    def set_layout_note(self, note: "LayoutNote | None") -> None:
        """Say below the header how the layout differs from the server's, or that it does not."""
        if note is not None or self._line is not None:
            self._layout_line().set_note(note)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        if self._line is not None:
            self._line.set_theme(theme)
        for part in (self.grid, self._tags, self._age, self._banner, self._progress):
            part.set_theme(theme)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name its room: on a narrow screen tags go, and buttons keep their icons."""
        super().resizeEvent(event)
        self._fit_header()

    def _layout_line(self) -> "LayoutLine":
        if self._line is None:
            self._line = make_layout_line(self._theme)
            self._line.save_requested.connect(self.layout_save_requested)
            self._line.discard_requested.connect(self.layout_discard_requested)
            self._column.insertWidget(self._column.indexOf(self.grid), self._line)
        return self._line

    def _fit_header(self) -> None:
        roomy = self.width() >= ROOMY
        self._tags.setVisible(roomy and bool(self._tags.texts))
        self._browser.setText(" Open in PostHog" if roomy else "")
        self._age.set_brief(brief=self.width() < ROOMY)
        self._refresh.setText(" Refresh" if self.width() >= TIGHT else "")

    def _show_header(self, now: datetime) -> None:
        assert self._state is not None  # noqa: S101  set just before
        row = self._state.dashboard.row
        self._title.setText(title_of(row))
        self._title.setAccessibleName(f"Dashboard {title_of(row)}")
        self._tags.set_texts(row.tags)
        self._fit_header()
        self._subtitle.setText(row.description)
        self._subtitle.setVisible(bool(row.description))
        self._show_age(now)

    def _show_age(self, now: datetime) -> None:
        state = self._state
        if state is None:
            return
        self._age.set_text(oldest_age(oldest(state), now), self._tone(state))
        progress = state.progress
        if progress is not None:
            self._age.set_text(f"Refreshed {progress.done} of {progress.total}", "accent")
        self._progress.set_share(progress.done / max(progress.total, 1) if progress else None)
        idle = progress is None and not state.loading
        # Disabled, it would hand the keyboard to its neighbour: the next Space would press that.
        self._refresh.setEnabled(idle or self._refresh.hasFocus())
        self._show_banner(state)

    def _show_banner(self, state: DashboardState) -> None:
        failure = state.failure or self._offline
        if failure is None:
            self._banner.clear()
        else:
            self._banner.set_failure(failure, kept=any(t.has_result for t in state.tiles.values()))

    def _tone(self, state: DashboardState) -> str:
        if state.failure is not None or self._offline is not None:
            return "warn"
        failed = any(held.failure is not None for held in state.tiles.values())
        return "warn" if failed else "good"

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(8)
        name.addWidget(self._title)
        name.addWidget(self._tags)
        name.addStretch(1)
        name.addWidget(self._age)
        name.addSpacing(4)
        name.addWidget(self._refresh)
        name.addWidget(self._browser)
        head = QVBoxLayout()
        head.setContentsMargins(EDGE, 14, EDGE, 10)
        head.setSpacing(2)
        head.addLayout(name)
        head.addWidget(self._subtitle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._progress)
        self._column.addWidget(self._banner)
        self._column.addWidget(self.grid, 1)

    def _connect(self) -> None:
        self._refresh.clicked.connect(self._on_refresh)
        self._browser.clicked.connect(self._on_browser)
        self._banner.retry_requested.connect(self._on_refresh)
        self.grid.open_requested.connect(self.open_tile_requested)
        self.grid.refresh_requested.connect(self.tile_refresh_requested)
        self.grid.browser_requested.connect(self.browser_requested)
        self.grid.link_requested.connect(self.link_requested)
        self.grid.details_requested.connect(self.details_requested)

    def _dress(self) -> None:
        self._title.setFont(self._theme.font(20, 650))
        self._subtitle.setFont(self._theme.font(13))
        self._subtitle.setProperty("tone", "muted")
        self._refresh.setIcon(icon("refresh-cw", self._theme.text))
        self._browser.setIcon(icon("external-link", self._theme.text))
        self._refresh.setToolTip("Refresh stale tiles (R), all tiles (Shift+R)")

    def _on_refresh(self) -> None:
        self.refresh_requested.emit(False)

    def _on_browser(self) -> None:
        self.browser_requested.emit(0)


class AgeLabel(QWidget):
    """A dot and a text: the age of what is on screen, in the colour of its state."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._tone = "good"
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, tone: str) -> None:
        """Show a text with a dot in the colour of `tone`."""
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    def set_brief(self, *, brief: bool) -> None:
        """Leave all but the age itself to the tooltip."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def _words(self) -> str:
        return self._text.rpartition(" · ")[2] if self._brief else self._text

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    @property
    def text(self) -> str:
        """Give the words."""
        return self._text

    def sizeHint(self) -> QSize:
        """Take the room of the words."""
        measure = QFontMetricsF(self._theme.font(13))
        return QSize(round(measure.horizontalAdvance(self._words())) + 16, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dot and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawEllipse(QRectF(1, self.height() / 2 - 3.5, 7, 7))
        painter.setFont(self._theme.font(13))
        painter.setPen(QPen(self._theme.muted))
        where = QRectF(self.rect()).adjusted(14, 0, 0, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self._words())
