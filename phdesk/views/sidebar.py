"""The list of dashboards beside the screen: search, sections, project, state of the connection."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.listing import Section, sections, title_of
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import DashboardRow
from phdesk.views.dashboard_list import ID, STARRED, DashboardList
from phdesk.views.theme import LIST, Theme, icon
from phdesk.views.widgets.tooltips import plain_tip

WIDTH = 232


class SearchField(QLineEdit):
    """A field that Esc empties; Esc in an empty one belongs to the window."""

    aside_requested = Signal()  # Ctrl+Enter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty on Esc; tell Enter with Ctrl from Enter alone."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.aside_requested.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class Sidebar(QWidget):
    """Shows the dashboards of a project; search works on what is known, offline too."""

    dashboard_requested = Signal(int)
    aside_requested = Signal(int)  # to be opened in a tab of its own
    window_requested = Signal(int)  # to be opened in a window of its own
    favourite_toggled = Signal(int)
    board_requested = Signal(int, str)  # a dashboard, or a person's own board: what to do with it
    accounts_requested = Signal()
    hide_requested = Signal()
    reload_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[DashboardRow, ...] = ()
        self._favourites: frozenset[int] = frozenset()
        self._recent: tuple[int, ...] = ()
        self._current: int | None = None
        self._badges: dict[int, int] = {}
        self._filled: tuple[list[Section], frozenset[int], str, str] | None = None
        self._project = ProjectButton(theme, self)
        self._hide = QToolButton(self)
        self.search = SearchField(self)
        self._list = DashboardList(self)
        self._note = QLabel(self)
        self._lay_out()
        self._connect()

    def set_account(self, account: Account | None, project: Project | None) -> None:
        """Name the project and its region."""
        name = (project.name if project else "") or (account.project_name if account else "")
        region = account.region if account else ""
        self._project.set_names(name.removesuffix(" (demo data)") or "phdesk", region)

    def set_rows(self, rows: Sequence[DashboardRow]) -> None:
        """Show these dashboards."""
        self._rows = tuple(rows)
        self._fill()

    def set_favourites(self, favourites: Collection[int], recent: Sequence[int]) -> None:
        """Show which dashboards are this person's favourites and which were opened lately."""
        self._favourites, self._recent = frozenset(favourites), tuple(recent)
        self._fill()

    def set_current(self, dashboard_id: int | None) -> None:
        """Mark the dashboard that is open."""
        self._current = dashboard_id
        self._mark()

    def set_note(self, text: str) -> None:
        """Say something small at the bottom, such as that the data is a demo's."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._theme = theme
        self._project.set_theme(theme)
        self._dress()
        self._fill()

    def add_button(self, button: QWidget) -> None:
        """Put a button beside the project's name."""
        self._top.insertWidget(1, button)
        self.setTabOrder(self._project, button)  # made last, it would be Tab's last stop

    def add_foot(self, button: QWidget) -> None:
        """Put a button below the list."""
        self._column.insertWidget(self._column.indexOf(self._note), button)
        self.setTabOrder(self._list, button)

    def set_badges(self, badges: Mapping[int, int]) -> None:
        """Count beside dashboards, by id, what nobody has seen yet."""
        if badges != self._badges:
            self._badges = dict(badges)
            self._filled = None
            self._fill()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def shown(self) -> list[Section]:
        """Give what the list shows."""
        return sections(
            self._rows,
            query=self.search.text(),
            favourites=self._favourites,
            recent=self._recent,
        )

    @Slot()
    def _fill(self) -> None:
        shown = self.shown()
        what = (shown, self._favourites, self._theme.name, self.search.text())
        if what == self._filled:
            return
        same_search = self._filled is not None and self._filled[3] == what[3]
        self._filled = what
        place = self._place()
        self._list.clear()
        for section in shown:
            self._list.addItem(self._heading(section.title))
            for row in section.rows:
                self._list.addItem(self._item(row))
        if not any(section.rows for section in shown):
            self._list.clear()
            self._list.addItem(self._heading(self._empty_text()))
        self._mark()
        if same_search:
            self._go_back(*place)

    def _place(self) -> tuple[object, int]:
        """Give the dashboard with the keyboard, and how far the list is scrolled."""
        held = self._list.currentIndex().data(ID) if self._list.hasFocus() else None
        return held, self._list.verticalScrollBar().value()

    def _go_back(self, held: object, scrolled: int) -> None:
        """Leave keyboard and scroll bar where they were before the list was made anew."""
        for number in range(self._list.count()) if held is not None else ():
            item = self._list.item(number)
            if item.data(ID) == held:
                self._list.setCurrentItem(item)
                break
        self._list.doItemsLayout()
        self._list.verticalScrollBar().setValue(scrolled)

    def _empty_text(self) -> str:
        return "Nothing found" if self.search.text().strip() else "No dashboards yet"

    def _heading(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._theme.font(11.5))
        item.setForeground(self._theme.muted)
        item.setSizeHint(QSize(0, 30))
        return item

    def _item(self, row: DashboardRow) -> QListWidgetItem:
        item = QListWidgetItem(title_of(row))
        item.setData(ID, row.id)
        alerts = self._badges.get(row.id, 0)
        if alerts:
            item.setText(f"{title_of(row)} ({alerts})")
            said = "1 alert" if alerts == 1 else f"{alerts} alerts"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title_of(row)}, {said}")
        item.setSizeHint(QSize(0, 30))
        tags = f"Tags: {', '.join(row.tags)}" if row.tags else ""
        item.setToolTip(plain_tip("\n".join(part for part in (row.description, tags) if part)))
        item.setFont(self._theme.font(13))
        if alerts:
            item.setIcon(icon("bell", self._theme.bad, LIST))
        if row.id in self._favourites:
            item.setData(STARRED, True)
            if not alerts:
                item.setIcon(icon("star", self._theme.warn, LIST))
        return item

    @Slot()
    def _mark(self) -> None:
        for number in range(self._list.count()):
            item = self._list.item(number)
            if item.data(ID) == self._current and self._current is not None:
                item.setFont(self._theme.font(13, 600))
                item.setForeground(self._theme.accent)
                if not self._list.hasFocus():  # else a person is on the way to another one
                    self._list.setCurrentItem(item)
            elif item.data(ID) is not None:
                item.setFont(self._theme.font(13))
                item.setForeground(self._theme.text)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        self.setProperty("sidebar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search.setPlaceholderText("Search dashboards")
        self.search.setAccessibleName("Search dashboards")
        self.search.setClearButtonEnabled(True)
        self._list.setAccessibleName("Dashboards")
        self._list.setProperty("sidebar", True)
        self._note.setWordWrap(True)
        self._note.hide()
        self._hide.setFixedSize(28, 28)
        self._hide.setAccessibleName("Hide the sidebar")
        self._hide.setToolTip("Hide the sidebar (Ctrl+B)")
        top = self._top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._project, 1)
        top.addWidget(self._hide)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self._list, 1)
        column.addWidget(self._note)
        self._dress()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._open_first)
        self.search.aside_requested.connect(self._open_first_aside)
        self._list.itemClicked.connect(self._on_item)
        self._list.chosen.connect(self._on_item)
        self._list.aside_requested.connect(self.aside_requested)
        self._list.window_requested.connect(self.window_requested)
        self._list.favourite_toggled.connect(self.favourite_toggled)
        self._list.board_requested.connect(self.board_requested)
        self._project.clicked.connect(self.accounts_requested)
        self._hide.clicked.connect(self.hide_requested)

    def _dress(self) -> None:
        self._hide.setIcon(icon("chevron-left", self._theme.muted))
        self.search.setFont(self._theme.font(13))
        self._note.setFont(self._theme.font(11.5))
        self._note.setProperty("tone", "muted")

    @Slot()
    def _open_first(self) -> None:
        for found in self._first():
            self._choose(found)

    @Slot()
    def _open_first_aside(self) -> None:
        for found in self._first():
            self.aside_requested.emit(found)
            QTimer.singleShot(0, self.search, self.search.clear)

    def _first(self) -> list[int]:
        return [row.id for section in self.shown() for row in section.rows][:1]

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        dashboard_id = item.data(ID)
        if isinstance(dashboard_id, int):
            self._choose(dashboard_id)

    def _choose(self, dashboard_id: int) -> None:
        self.dashboard_requested.emit(dashboard_id)
        # Later: the list is still busy with the item that was chosen.
        QTimer.singleShot(0, self.search, self.search.clear)


class ProjectButton(QToolButton):
    """The project's initial, name and region; opens the accounts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = "phdesk"
        self._region = ""
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Accounts and projects")

    def set_names(self, name: str, region: str) -> None:
        """Show a project and its region."""
        self._name, self._region = name, region
        self.setToolTip(plain_tip(f"{name}\n{region}" if region else name))
        self.setAccessibleName(f"{name} {region}: accounts and projects")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint badge, name and region."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(self._theme.accent if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.accent_bg)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        badge = QRectF(8, 8, 20, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        painter.drawRoundedRect(badge, 5, 5)
        painter.setPen(self._theme.on_accent)
        painter.setFont(self._theme.font(11, 700))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._name[:1].upper())
        self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        line = QRectF(38, 0, self.width() - 46, self.height())
        painter.setFont(self._theme.font(11.5))
        region = painter.fontMetrics().elidedText(
            self._region, Qt.TextElideMode.ElideRight, round(line.width() / 2)
        )
        taken = painter.fontMetrics().horizontalAdvance(region)
        painter.setFont(self._theme.font(13, 600))
        room = round(line.width() - taken - 8)
        name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(self._theme.text)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle, name)
        after = line.adjusted(painter.fontMetrics().horizontalAdvance(name) + 7, 0, 0, 0)
        painter.setFont(self._theme.font(11.5))
        painter.setPen(self._theme.muted)
        painter.drawText(after, middle, region)
