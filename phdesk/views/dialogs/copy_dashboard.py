"""Copy a dashboard: under which name, and with the same insights or with copies of them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.models.dashboard import DashboardDraft
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.dialogs.dashboard_fields import DashboardFields
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.trouble import Keyboard, Trouble

WIDTH = 520  # px
SAME = "It shows the same insights"
SAME_NOTE = "A change to an insight is seen on both dashboards."
DEEP = "Its insights are copies, too"
DEEP_NOTE = "Changes stay on one dashboard. The project has each insight twice."
FOR_ALL = "Everyone in the project sees the copy."


class CopyDashboard(Form):
    """Nothing is copied here: the wish goes up, and a refusal comes back."""

    copy_requested = Signal(object, bool)  # DashboardDraft, whether insights are copied

    def __init__(self, theme: look.Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Duplicate the dashboard")
        self._trouble = Trouble()
        self.fields = DashboardFields(theme)
        self._same, self._deep = QRadioButton(SAME), QRadioButton(DEEP)
        self._same.setChecked(True)
        self._same.setAccessibleDescription(SAME_NOTE)
        self._deep.setAccessibleDescription(DEEP_NOTE)
        self._group = QButtonGroup(self)
        self._copy, self._cancel = QPushButton("Duplicate"), QPushButton("Cancel")
        self._copy.setProperty("primary", True)
        self._copy.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._sending = False
        self._keyboard = Keyboard(self)
        self._lay_out(theme, title)
        self.fields.changed.connect(self._update)
        self._copy.clicked.connect(self._on_copy)
        self._cancel.clicked.connect(self.reject)
        self.resize(WIDTH, 0)
        self._update()

    def set_draft(self, draft: DashboardDraft) -> None:
        """Fill in what the copy would be made with."""
        self.fields.set_draft(draft)
        self.fields.start()

    def set_sending(self, *, on: bool) -> None:
        """Show that the answer is awaited; nothing is sent twice."""
        self._sending = on
        if on:
            self._keyboard.hold()
        self._copy.setText("Duplicating…" if on else "Duplicate")
        self.fields.setEnabled(not on)  # what is typed before the answer would be lost
        self._update()
        if not on:
            self._keyboard.give_back()

    @property
    def trouble(self) -> str:
        """Give the reason that is shown."""
        return self._trouble.text()

    def set_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at the fields why there is no copy, or what is wrong with the whole."""
        self.fields.set_wrong(wrong, self._trouble.say)

    def _lay_out(self, theme: look.Theme, title: str) -> None:
        row = QHBoxLayout()
        row.addWidget(words.note(theme, FOR_ALL), 1)
        row.addWidget(self._cancel)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(f"Duplicate “{title}”", theme))
        column.addWidget(self._trouble)
        column.addWidget(self.fields)
        for button, note in ((self._same, SAME_NOTE), (self._deep, DEEP_NOTE)):
            self._group.addButton(button)
            column.addWidget(button)
            column.addWidget(words.note(theme, note))
        column.addSpacing(6)
        column.addLayout(row)

    @Slot()
    def _update(self) -> None:
        self._copy.setEnabled(bool(self.fields.draft.name) and not self._sending)

    @Slot()
    def _on_copy(self) -> None:
        self.copy_requested.emit(self.fields.draft, self._deep.isChecked())
