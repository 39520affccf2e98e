"""The scopes of a key, least first, folded away until asked for (reference section 1.4)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look

NEEDED = (
    ("user:read", "who you are"),
    ("project:read", "your projects"),
    ("dashboard:read", "dashboards"),
    ("insight:read", "insights and their results"),
    ("query:read", "queries that run for long"),
)
OPTIONAL = (
    ("organization:read", "all your projects in the picker"),
    ("insight_variable:read", "names of dashboard variables"),
    ("property_definition:read", "properties to filter by"),
    ("event_definition:read", "events to build insights and dashboards of"),
    ("dashboard_template:read", "PostHog's templates for new dashboards"),
    ("activity_log:read", "what was done to dashboards, which ones are deleted"),
    ("action:read", "actions to build insights of"),
    ("cohort:read", "cohorts to filter insights by"),
    ("person:read", "values of persons' properties"),
    ("annotation:read", "marks on charts"),
    ("group:read", "what your groups are called, values of their properties"),
    ("alert:read", "alerts"),
    ("alert:write", "to make, change, snooze and delete alerts"),
    ("dashboard:write", "to make dashboards, save layouts, filters, names, pins and text"),
    ("insight:write", "to build, add and duplicate insights"),
    ("subscription:read", "what is sent to whom; with :write to change it"),
    ("sharing_configuration:read", "what is shared with everybody; with :write to change it"),
)


class Scopes(QWidget):
    """A button that unfolds the list of scopes, and one that copies the needed ones."""

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._toggle = QToolButton()
        self._toggle.setText("Which scopes the key needs")
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._toggle.setCheckable(True)
        self._toggle.setMinimumHeight(26)
        self._copy = QPushButton("Copy")
        self._copy.setAccessibleName("Copy the list of scopes")
        self._list = QWidget()
        self._fill(theme)
        row = QHBoxLayout()
        row.addWidget(self._toggle)
        row.addStretch()
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._list)
        self._toggle.toggled.connect(self._unfold)
        self._copy.clicked.connect(self._copy_names)
        self._unfold(False)
        self.set_theme(theme)

    def set_theme(self, theme: look.Theme) -> None:
        """Dress in a theme."""
        self._theme = theme
        name = "chevron-down" if self._toggle.isChecked() else "chevron-right"
        self._toggle.setIcon(look.icon(name, theme.muted))

    def _fill(self, theme: look.Theme) -> None:
        self._theme = theme
        grid = QGridLayout(self._list)
        grid.setContentsMargins(12, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows = [*NEEDED, ("Optional", ""), *OPTIONAL]
        for number, (scope, purpose) in enumerate(rows):
            name, words = QLabel(scope), QLabel(purpose)
            name.setFont(theme.font(12, 400 if purpose else 600))
            words.setFont(theme.font(12))
            words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            if purpose:
                name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, number, 0)
            grid.addWidget(words, number, 1)

    @Slot(bool)
    def _unfold(self, open_now: bool) -> None:  # noqa: FBT001  a slot of toggled
        self._list.setVisible(open_now)
        self._copy.setVisible(open_now)
        self.set_theme(self._theme)

    @Slot()
    def _copy_names(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(scope for scope, _ in NEEDED))
