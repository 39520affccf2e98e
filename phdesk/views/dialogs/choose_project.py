"""Which project to open: all of them, by organization, found as one types."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.models.account import Project
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

ID = Qt.ItemDataRole.UserRole
STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class ChooseProject(Dialog):
    """A list of projects under the names of their organizations."""

    project_chosen = Signal(int)
    window_requested = Signal(int)  # the project is to be in a window of its own

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Choose a project")
        self._theme = theme
        self._projects: tuple[Project, ...] = ()
        self._current: int | None = None
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search projects")
        self._search.setAccessibleName("Search projects")
        self._search.setClearButtonEnabled(False)
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setRootIsDecorated(False)
        self._tree.setIndentation(0)
        self._tree.setAccessibleName("Projects")
        self._tree.setProperty("ring", True)
        self._none = words.note(theme)
        self._open = QPushButton("Open")
        self._open.setProperty("primary", True)
        self._open.setDefault(True)
        self._cancel = QPushButton("Cancel")
        self._window = QPushButton("Open in a new window")
        self._window.hide()
        self._arrange(theme)
        self._connect()
        self.resize(440, 480)
        self._fill()

    def set_projects(self, projects: Sequence[Project], current: int | None = None) -> None:
        """List projects and select the current one."""
        self._projects = tuple(sorted(projects, key=_order))
        self._current = current
        self._fill()

    def offer_window(self) -> None:
        """Let the project be opened in a window of its own."""
        self._window.show()

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows move in the list while the search field has the focus."""
        if event.key() in STEPS and self._search.hasFocus():
            self._tree.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def _arrange(self, theme: look.Theme) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._window)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Choose a project", theme))
        column.addWidget(self._search)
        column.addWidget(self._none)
        column.addWidget(self._tree, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._fill)
        self._tree.itemActivated.connect(self._choose)
        self._tree.currentItemChanged.connect(self._update)
        self._open.clicked.connect(self._choose)
        self._cancel.clicked.connect(self.reject)
        self._window.clicked.connect(self._choose_window)

    def _selected(self) -> int | None:
        item = self._tree.currentItem()
        return item.data(0, ID) if item else None

    @Slot()
    def _fill(self) -> None:
        wanted = self._selected() or self._current
        sought = self._search.text()
        found = [one for one in self._projects if _matches(one, sought)]
        self._tree.clear()
        for organization, group in groupby(found, key=_organization):
            self._add_group(organization, list(group))
        self._none.setText("" if found else self._nothing(sought))
        self._none.setVisible(not found)
        self._select(wanted)
        self._update()

    def _nothing(self, sought: str) -> str:
        if self._projects:
            return f"No project matches “{sought.strip()}”."
        return "This key can see no project."

    def _add_group(self, organization: str, projects: Sequence[Project]) -> None:
        top = QTreeWidgetItem([organization])
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        top.setFont(0, self._theme.font(11.5))
        top.setForeground(0, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        self._tree.addTopLevelItem(top)
        for project in projects:
            item = QTreeWidgetItem([_title(project)])
            item.setData(0, ID, project.id)
            item.setToolTip(0, f"Project {project.id}")
            top.addChild(item)
        top.setExpanded(True)

    def _select(self, wanted: int | None) -> None:
        items = self._items()
        fitting = [item for item in items if item.data(0, ID) == wanted]
        for item in (fitting or items)[:1]:
            self._tree.setCurrentItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self._tree.topLevelItem(row) for row in range(self._tree.topLevelItemCount()))
        found = (top.child(row) for top in tops if top for row in range(top.childCount()))
        return [item for item in found if item]

    @Slot()
    def _update(self) -> None:
        self._open.setEnabled(self._selected() is not None)
        self._window.setEnabled(self._selected() is not None)

    @Slot()
    def _choose(self) -> None:
        number = self._selected()
        if number is not None:
            self.accept()
            self.project_chosen.emit(number)

    @Slot()
    def _choose_window(self) -> None:
        number = self._selected()
        if number is not None:
            self.accept()
            self.window_requested.emit(number)


def _organization(project: Project) -> str:
    return project.organization or "Projects"


def _title(project: Project) -> str:
    return project.name or f"Project {project.id}"


def _order(project: Project) -> tuple[str, str, str, int]:
    organization = _organization(project)
    return organization.casefold(), organization, _title(project).casefold(), project.id


def _matches(project: Project, sought: str) -> bool:
    text = f"{project.organization} {_title(project)} {project.id}".casefold()
    return all(word in text for word in sought.casefold().split())
