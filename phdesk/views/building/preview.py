"""What an insight in the making shows: the chart as a tile paints it, its table and sentence."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from phdesk.core.charts.spec import NoticeBody, TableBody, TileView
from phdesk.views.building.rows import Card
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.surface import TileSurface
from phdesk.views.dialogs import words
from phdesk.views.explore.results import Results
from phdesk.views.theme import Theme, icon, pixmap
from phdesk.views.widgets.elided import ElidedLabel

FEW = 16  # rows of a table that need no second one, which shows all
LEAST_CHART, SMALL_CHART, LEAST_TABLE = 220, 110, 176  # px
CHART, TABLE = 2, 1  # shares of the height


class PreviewPane(QWidget):
    """Keeps the last good chart while another is calculated, and says what differs."""

    run_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: TileView | None = None
        self._age = self._before = ""
        self._busy = self._small = False
        self._sign = QLabel()
        self._said = ElidedLabel()
        self._run = QPushButton("Calculate")
        self._run.setToolTip("Calculate again (Ctrl+Enter)")
        self._run.setAccessibleName("Calculate again")
        self.surface = TileSurface(0, theme)
        self._empty = words.plain("")
        self._card = Card()
        self._results = Results(theme)
        self._sentence = words.note(theme)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._run.clicked.connect(self.run_requested)
        self._show()

    @property
    def first(self) -> QWidget:
        """Give the control to which Tab comes first."""
        return self._run

    @property
    def view(self) -> TileView | None:
        """Give what is shown."""
        return self._view

    @property
    def said(self) -> str:
        """Give what is said above the chart."""
        return self._said.text()

    def set_view(self, view: TileView, age: str) -> None:
        """Show a chart that was calculated, and how old it is."""
        before = self._view.table if self._view is not None else None
        self._view, self._age = view, age
        self.surface.set_view(view)
        if view.table is not before:  # another name of the insight changes no row
            keep = before is not None and before.columns == view.table.columns
            self._results.set_table(view.table, keep=keep)
        self._sentence.setText(" ".join(one for one in (view.warning, view.summary) if one))
        self._show()

    def set_age(self, age: str) -> None:
        """Say how old the chart is now."""
        self._age = age
        self._dress()

    def set_small(self, *, small: bool) -> None:
        """Show the chart alone where there is little room."""
        if small != self._small:
            self._small = small
            for part in (self.surface, self._empty):
                part.setMinimumHeight(SMALL_CHART if small else LEAST_CHART)
            self._show()

    def forget(self) -> None:
        """Show nothing: another insight is built."""
        self._view, self._age, self._busy = None, "", False
        self._show()

    def set_busy(self, *, busy: bool) -> None:
        """Say that another chart is being calculated, or no longer."""
        self._busy = busy
        self._dress()

    def say(self, text: str, sign: str = "", before: str = "") -> None:
        """Say how the chart stands to what is asked; `sign` is the name of an icon.

        With `before`, words for its frame, the chart stands back: it is no answer to what is asked.
        """
        self._before = before
        self._dress()
        self._said.setText(text)
        self._said.setAccessibleName(text)
        color = self._theme.bad if sign == "circle-alert" else self._theme.warn
        self._sign.setPixmap(pixmap(sign, color, 14)) if sign else self._sign.clear()
        self._sign.setVisible(bool(sign) and self._view is not None)
        self._said.setVisible(self._view is not None)
        self._empty.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self.surface.set_theme(theme)
        self._results.set_theme(theme)
        self._run.setIcon(icon("refresh-cw", theme.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a thin line below the words while something is calculated."""
        super().paintEvent(event)
        if self._busy and self._view is None:
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.accent)
            top = self._parts.geometry().top()
            painter.drawRect(QRectF(0, top - 4, self.width(), 2))

    def _show(self) -> None:
        view = self._view
        is_table = view is not None and isinstance(view.body, TableBody)
        is_notice = view is not None and isinstance(view.body, NoticeBody)
        self._empty.setVisible(view is None)
        self._said.setVisible(view is not None)
        self.surface.setVisible(view is not None)
        rows = view is not None and bool(view.table.columns) and not is_notice
        few = view is not None and len(view.table.texts) <= FEW
        self._card.setVisible(rows and not (is_table and few) and not self._small)
        self._sentence.setVisible(view is not None and not self._small)
        self._dress()

    def _dress(self) -> None:
        self.surface.set_state(CardState(age=self._age, refreshing=self._busy, before=self._before))
        self._run.setEnabled(not self._busy or self._run.hasFocus())
        self.update()

    def _lay_out(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setForegroundRole(words.MUTED)
        self._empty.setMinimumHeight(LEAST_CHART)
        self.surface.setMinimumSize(280, LEAST_CHART)
        self.surface.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._run.setIcon(icon("refresh-cw", self._theme.text))
        chart = QWidget()
        inner = QVBoxLayout(chart)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.surface, 1)
        inner.addWidget(self._empty, 1)
        rows = QVBoxLayout(self._card)
        rows.setContentsMargins(10, 10, 10, 8)
        rows.addWidget(self._results)
        self._card.setMinimumHeight(LEAST_TABLE)
        self._parts.addWidget(chart)
        self._parts.addWidget(self._card)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(12)
        self._parts.setProperty("quiet", True)
        self._parts.setSizes([CHART * 100, TABLE * 100])  # shares, not pixels
        self._parts.setStretchFactor(0, CHART)
        self._parts.setStretchFactor(1, TABLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._top())
        column.addWidget(self._parts, 1)
        column.addWidget(self._sentence)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._sign)
        top.addWidget(self._said)
        top.addStretch(1)
        top.addWidget(self._run)
        return top
