"""The head of a dashboard: name, tags, description, age, and what can be done with the whole."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from phdesk.core.listing import title_of
from phdesk.models.dashboard import DashboardRow
from phdesk.views.dashboard.age_label import AgeLabel
from phdesk.views.dashboard.filter_bar import FilterBar
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.chips import Chips
from phdesk.views.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QToolButton  # most dashboards have no mark

    from phdesk.views.dashboard.reading import Reading

EDGE = 20
MARK = 36  # px of a mark beside its word
SETTLED = (QEvent.Type.LayoutRequest, QEvent.Type.Show)  # then the layout knows what all asks for
WIDE, ROOMY, TIGHT = 940, 760, 520  # px of width for words on buttons, and for tags
REFRESH = "Refresh stale tiles (R), all tiles (Shift+R)"
FOR_TEAM = "Change the dashboard for the team"
WHAT_FOR_TEAM = "Add cards and insights, name, pin: for everyone"
OF_BOARD = "Name or delete the board"
TOO_NARROW = "Make the window wider to edit the layout; one column only follows its order."


class Header(QWidget):
    """Says which dashboard this is; on a narrow screen tags go, and buttons keep their icons."""

    refresh_requested = Signal()
    edit_requested = Signal()
    browser_requested = Signal()
    status_requested = Signal()
    menu_requested = Signal(object)  # the button below which it belongs

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._where: ElidedLabel | None = None  # made when it is needed
        self._mark: QToolButton | None = None  # of a shared dashboard
        self._row = 0  # id of the dashboard that is shown
        self._own = False  # whether a person's own board is shown
        self._widest = 0  # px that the age of this dashboard took
        self._nowhere = False  # a snapshot of no PostHog that others reach
        self._title = ElidedLabel(self)
        self._tags = Chips(theme, self)
        self._subtitle = ElidedLabel(self)
        self.age = AgeLabel(theme, self)
        self._refresh = _button("Refresh", self)
        self._edit = _button("Edit layout", self)
        self._edit.setCheckable(True)
        self._browser = _button("Open in PostHog", self)
        self._more = _button(FOR_TEAM, self)
        self.bar = FilterBar(theme, self)  # below the name
        self._lay_out()
        self._refresh.clicked.connect(self.refresh_requested)
        self._edit.clicked.connect(self._on_edit)
        self._browser.clicked.connect(self.browser_requested)
        self._more.clicked.connect(self._on_more)
        self.age.clicked.connect(self.status_requested)
        self._editing = False
        self._tip = ""
        self._dress()

    def set_row(self, row: DashboardRow) -> None:
        """Name the dashboard."""
        if row.id != self._row:
            self._row, self._widest = row.id, 0
        self._title.setText(title_of(row))
        own = self._own = row.id < 0  # a person's own board, which PostHog has not
        self._title.setAccessibleName(f"{'Board' if own else 'Dashboard'} {title_of(row)}")
        self._show_browser()
        self._more.setAccessibleName(OF_BOARD if own else FOR_TEAM)
        self._more.setToolTip(OF_BOARD if own else WHAT_FOR_TEAM)
        if self._where is not None:
            self.set_where(self._where.text())
        self._tags.set_texts(row.tags)
        self._subtitle.setText(row.description)
        self._subtitle.setVisible(bool(row.description))
        self._fit()
        self.updateGeometry()

    def set_where(self, text: str) -> None:
        """Name project and region above the dashboard; with nothing to say, take no room."""
        if self._where is None:
            self._where = ElidedLabel(self)
            self._where.setProperty("tone", "muted")
            self._head.insertWidget(0, self._where)
        self._where.setFont(self._theme.font(11.5))
        self._where.setText(text)
        self._where.setAccessibleName(text)
        self._where.setVisible(bool(text) and not self._own)  # a board is of no project

    def add_mark(self, mark: "QToolButton") -> None:
        """Show something more beside name and tags; on a narrow screen its icon alone."""
        self._mark = mark
        self._name.insertWidget(self._name.indexOf(self._tags) + 1, mark)
        self._fit()

    def set_idle(self, *, idle: bool) -> None:
        """Offer a refresh while none runs."""
        # Disabled, it would hand the keyboard to its neighbour: the next Space would press that.
        self._refresh.setEnabled(idle or self._refresh.hasFocus())

    def set_refresh_tip(self, more: str) -> None:
        """Say what a refresh does, and in a second line what it leaves out for now."""
        self._tip = more
        self._refresh.setToolTip(f"{REFRESH}\n{more}" if more else REFRESH)
        self._refresh.setAccessibleDescription(more)

    def set_reading(self, reading: "Reading | None") -> None:
        """Take away what changes numbers or layout where they can only be read."""
        for button in (self._refresh, self._edit, self._more):
            button.setVisible(reading is None)
        self._nowhere = reading is not None and reading.reads == "alone"
        self._show_browser()
        self.bar.set_fixed(reading.why if reading is not None else "")
        self.age.setEnabled(reading is None or reading.reads == "past")

    def _show_browser(self) -> None:
        """Offer the page in PostHog, where there is one."""
        self._browser.setVisible(not (self._own or self._nowhere))

    def set_editing(self, *, on: bool) -> None:
        """Show whether the layout is being edited."""
        self._editing = on
        self._edit.setChecked(on)

    def set_columns(self, columns: int) -> None:
        """Offer editing where tiles stand side by side, and say why elsewhere."""
        self._edit.setEnabled(columns > 1)
        self._edit.setToolTip("Edit the layout (E)" if columns > 1 else TOO_NARROW)
        self._edit.setAccessibleDescription("" if columns > 1 else TOO_NARROW)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._tags.set_theme(theme)
        self.age.set_theme(theme)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name its room."""
        super().resizeEvent(event)
        self._widest = 0
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Give the name its room again when something beside it grows, as the age does."""
        done = super().event(event)
        if event.type() in SETTLED:
            self._fit()
        return done

    def _fit(self) -> None:
        roomy = self.width() >= ROOMY
        wide = self.width() >= WIDE
        self._browser.setText(" Open in PostHog" if wide else "")
        self._edit.setText(" Edit layout" if wide else "")
        self.age.set_brief(brief=not roomy)
        self._refresh.setText(" Refresh" if self.width() >= TIGHT else "")
        self._fit_beside(self._room_beside() if roomy else 0)

    def _room_beside(self) -> int:
        """Give the pixels that name, age and buttons leave to tags and mark.

        The layout is asked as it is: to bring it up to date would ask for another one, for ever.
        """
        name, age = self._name, self.age.sizeHint().width()
        self._widest = max(self._widest, age)  # else tags would come and go with each refresh
        needed = name.sizeHint().width() + self._widest - age
        for one in (self._tags, self._mark):
            if one is not None and not one.isHidden():
                needed -= one.sizeHint().width() + name.spacing()
        return self.width() - 2 * EDGE - needed

    def _fit_beside(self, room: int) -> None:
        """Show the mark with its word where there is room, and tags in what is left.

        Nothing is tried out on the widgets: each try would ask for another layout.
        """
        spacing = self._name.spacing()
        if self._mark is not None:
            style = Qt.ToolButtonStyle
            word = self._mark.fontMetrics().horizontalAdvance(self._mark.text())
            needed = 0 if self._mark.isHidden() else word + MARK + spacing
            wordy = needed <= room
            room -= needed
            self._mark.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if wordy else style.ToolButtonIconOnly
            )
        fits = self._tags.sizeHint().width() + spacing <= room
        self._tags.setVisible(fits and bool(self._tags.texts))

    def _lay_out(self) -> None:
        name = self._name = QHBoxLayout()
        name.setSpacing(8)
        name.addWidget(self._title)
        name.addWidget(self._tags)
        name.addStretch(1)
        name.addWidget(self.age)
        name.addSpacing(4)
        name.addWidget(self._refresh)
        name.addWidget(self._edit)
        name.addWidget(self._browser)
        name.addWidget(self._more)
        head = self._head = QVBoxLayout(self)
        head.setContentsMargins(EDGE, 14, EDGE, 10)
        head.setSpacing(2)
        head.addLayout(name)
        head.addWidget(self._subtitle)
        head.addSpacing(6)
        head.addWidget(self.bar)

    def _dress(self) -> None:
        self._title.setFont(self._theme.font(20, 650))
        self._subtitle.setFont(self._theme.font(13))
        self._subtitle.setProperty("tone", "muted")
        self._refresh.setIcon(icon("refresh-cw", self._theme.text))
        self._edit.setIcon(icon("pencil", self._theme.text))
        self._browser.setIcon(icon("external-link", self._theme.text))
        self.set_refresh_tip(self._tip)
        self._more.setIcon(icon("ellipsis", self._theme.text))
        self._more.setToolTip(OF_BOARD if self._own else WHAT_FOR_TEAM)
        self._browser.setToolTip("Open in PostHog")

    @Slot()
    def _on_more(self) -> None:
        self.menu_requested.emit(self._more)

    @Slot()
    def _on_edit(self) -> None:
        self._edit.setChecked(self._editing)  # until it is so
        self.edit_requested.emit()


def _button(name: str, parent: QWidget) -> QPushButton:
    made = QPushButton(parent)
    made.setAccessibleName(name)
    return made
