"""What a dashboard is made with: name, purpose, tags, folder, and whether it is pinned."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from phdesk.core import new_dashboards as names
from phdesk.core.team_edits import LONGEST_NAME
from phdesk.models.dashboard import DashboardDraft, DashboardRow
from phdesk.views import theme as look
from phdesk.views.dialogs.field import Field
from phdesk.views.dialogs.trouble import show_wrong
from phdesk.views.widgets.quiet import Choice

ABOUT_HEIGHT = 64  # px
ABOUT_HINT = "For the growth team, every Monday: where do sign-ups come from?"
TAKEN = "There is a dashboard of this name already; two of one name are hard to tell apart."
WHEREVER = "Where PostHog puts it"


class DashboardFields(QWidget):
    """The fields in one column; a folder is asked for where the server has folders."""

    changed = Signal()

    def __init__(self, theme: look.Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tags, self._folder = QLineEdit(), QLineEdit(), Choice()
        self._taken: frozenset[str] = frozenset()
        self._about = QPlainTextEdit()
        self._pinned = QCheckBox("Pin it in everybody's list")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.fields = {
            key: Field(theme, name, field)
            for key, name, field in (
                (names.NAME, "Name", self._name),
                (names.ABOUT, "Who is it for, and which question does it answer?", self._about),
                (names.TAGS, "Tags, with commas between them", self._tags),
                (names.FOLDER, "Folder", self._folder),
            )
        }
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self._pinned)
        self._dress()
        self._name.textChanged.connect(self._on_name)
        self.set_rows(())

    def set_rows(self, rows: Sequence[DashboardRow]) -> None:
        """Know the dashboards that there are: their folders are offered, their names are taken.

        Another folder may be typed. Where no dashboard says that it is in one, or in none, the
        server has no folders.
        """
        folders = sorted({row.folder for row in rows if row.folder}, key=str.casefold)
        self._folder.clear()
        self._folder.addItems(["", *folders])
        self.fields[names.FOLDER].setVisible(any(row.folder is not None for row in rows))
        self._taken = frozenset(row.name.strip().casefold() for row in rows)
        self._on_name()

    def set_draft(self, draft: DashboardDraft) -> None:
        """Fill in what there is."""
        self._name.setText(draft.name)
        self._name.setCursorPosition(0)
        self._about.setPlainText(draft.description)
        self._tags.setText(", ".join(draft.tags))
        self._folder.setCurrentText(draft.folder or "")
        self._pinned.setChecked(draft.pinned)

    def set_wrong(self, wrong: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Say at the fields what is wrong, with `say` what is so with the whole."""
        show_wrong(wrong, self.fields, say)
        if not wrong.get(names.NAME):
            self._on_name()  # that there is another of this name is no reason to refuse it

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

    @property
    def last(self) -> QWidget:
        """Give where Tab comes last."""
        return self._pinned

    @Slot()
    def start(self) -> None:
        """Take the keyboard to the name."""
        self._name.setFocus()
        self._name.selectAll()

    @Slot()
    def _on_name(self) -> None:
        taken = self._name.text().strip().casefold() in self._taken
        self.fields[names.NAME].set_wrong(TAKEN if taken and self._name.text().strip() else "")
        self.changed.emit()

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
