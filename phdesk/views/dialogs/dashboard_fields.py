"""What a dashboard is made with: name, purpose, tags, folder, and whether it is pinned."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from phdesk.core.team_edits import LONGEST_NAME
from phdesk.models.dashboard import DashboardDraft
from phdesk.views import theme as look
from phdesk.views.dialogs.alerts_field import Field

ABOUT_HEIGHT = 64  # px
ABOUT_HINT = "For the growth team, every Monday: where do sign-ups come from?"
WHEREVER = "Where PostHog puts it"


class DashboardFields(QWidget):
    """The fields in one column; a folder is asked for where the server has folders."""

    changed = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tags, self._folder = QLineEdit(), QLineEdit(), QComboBox()
        self._about = QPlainTextEdit()
        self._pinned = QCheckBox("Pin it in everybody's list")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.name_field = Field(theme, "Name", self._name)
        self._folder_field = Field(theme, "Folder", self._folder)
        for field in (
            self.name_field,
            Field(theme, "Who is it for, and which question does it answer?", self._about),
            Field(theme, "Tags, with commas between them", self._tags),
            self._folder_field,
        ):
            column.addWidget(field)
        column.addWidget(self._pinned)
        self._dress()
        self._name.textChanged.connect(self.changed)
        self.set_folders(())

    def set_folders(self, folders: Sequence[str]) -> None:
        """Offer folders; another path may be typed. Without any the server has none."""
        self._folder.clear()
        self._folder.addItems(["", *folders])
        self._folder_field.setVisible(bool(folders))

    def set_draft(self, draft: DashboardDraft) -> None:
        """Fill in what there is."""
        self._name.setText(draft.name)
        self._name.setCursorPosition(0)
        self._about.setPlainText(draft.description)
        self._tags.setText(", ".join(draft.tags))
        self._folder.setCurrentText(draft.folder or "")
        self._pinned.setChecked(draft.pinned)

    @property
    def draft(self) -> DashboardDraft:
        """Give what is entered now."""
        tags = (one.strip() for one in self._tags.text().split(","))
        folder = self._folder.currentText().strip(" /")
        return DashboardDraft(
            name=self._name.text().strip(),
            description=self._about.toPlainText().strip(),
            tags=tuple(dict.fromkeys(one for one in tags if one)),
            pinned=self._pinned.isChecked(),
            folder=folder or None,
        )

    @Slot()
    def start(self) -> None:
        """Take the keyboard to the name."""
        self._name.setFocus()
        self._name.selectAll()

    def _dress(self) -> None:
        self._name.setMaxLength(LONGEST_NAME)
        self._about.setFixedHeight(ABOUT_HEIGHT)
        self._about.setTabChangesFocus(True)
        self._about.setPlaceholderText(ABOUT_HINT)
        self._tags.setPlaceholderText("growth, weekly")
        self._folder.setEditable(True)
        line = self._folder.lineEdit()
        if line is not None:
            line.setPlaceholderText(WHEREVER)
            line.setAccessibleName("Folder")
