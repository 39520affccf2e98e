"""The settings: sections at the left, what each holds at the right; all is written at once."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from phdesk.services.settings import Settings
from phdesk.views.dialogs import words
from phdesk.views.dialogs.settings_page import SettingsPage
from phdesk.views.dialogs.settings_pages import AlertsPage, freshness, general
from phdesk.views.theme import Theme
from phdesk.views.widgets.pressing import Dialog

SECTIONS = ("General", "Freshness", "Alerts")
SIDE, ROW = 132, 32  # px
WRITTEN = "What you choose holds at once, and stands in {}."


class SettingsDialog(Dialog):
    """Shows settings and says what a person chose."""

    changed = Signal(str, object)  # name of a setting, its new value

    def __init__(self, theme: Theme, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.alerts = AlertsPage(theme)
        self._pages: tuple[SettingsPage, ...] = (general(theme), freshness(theme), self.alerts)
        self._sections, self._stack = QListWidget(), QStackedWidget()
        self._lay_out(theme, path)
        for page in self._pages:
            page.changed.connect(self.changed)
        self._sections.currentRowChanged.connect(self._on_section)
        self._sections.setCurrentRow(0)
        self.resize(620, 640)

    def set_settings(self, settings: Settings) -> None:
        """Show what holds."""
        for page in self._pages:
            page.set_settings(settings)

    def show_section(self, name: str) -> None:
        """Turn to a section."""
        self._sections.setCurrentRow(SECTIONS.index(name))

    def _lay_out(self, theme: Theme, path: str) -> None:
        self._sections.setAccessibleName("Sections")
        self._sections.setProperty("ring", True)
        for name in SECTIONS:
            item = QListWidgetItem(name)
            item.setSizeHint(QSize(0, ROW))
            self._sections.addItem(item)
        self._sections.setFixedWidth(SIDE)
        for page in self._pages:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            self._stack.addWidget(area)
        close = QPushButton("Close")
        close.setAutoDefault(False)  # Enter is for what has the keyboard
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(words.note(theme, WRITTEN.format(path)), 1)
        foot.addWidget(close)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addWidget(self._sections)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(words.heading("Settings", theme))
        column.addLayout(middle, 1)
        column.addLayout(foot)

    @Slot(int)
    def _on_section(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
