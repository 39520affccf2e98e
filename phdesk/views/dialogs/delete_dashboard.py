"""Ask before a dashboard is deleted: what stays, what goes, and that it can come back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

WIDTH = 460  # px
FOR_ALL = "It goes for everyone in the project. You can undo this."
STAY = "Its insights stay, as they may be on other dashboards."
SHARED = "It has a public link, which then leads nowhere."
WITH = "Delete the insights, too, that are on no other dashboard"


class DeleteDashboard(Dialog):
    """Nothing is deleted here: the wish goes up."""

    delete_requested = Signal(bool)  # with its insights

    def __init__(
        self, theme: look.Theme, title: str, parent: QWidget | None = None, *, shared: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Delete the dashboard")
        self._insights = QCheckBox(WITH)
        delete, cancel = QPushButton("Delete for everyone"), QPushButton("Cancel")
        delete.setProperty("danger", True)
        cancel.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(f"Delete “{title}”?", theme))
        self.said = (FOR_ALL, *((SHARED,) if shared else ()), STAY)
        for text in self.said:
            column.addWidget(words.plain(text))
        column.addWidget(self._insights)
        column.addSpacing(6)
        column.addLayout(row)
        delete.clicked.connect(self._on_delete)
        cancel.clicked.connect(self.reject)
        self.resize(WIDTH, 0)
        self.setTabOrder(self._insights, cancel)
        self.setTabOrder(cancel, delete)
        cancel.setFocus()

    @Slot()
    def _on_delete(self) -> None:
        with_insights = self._insights.isChecked()
        self.accept()
        self.delete_requested.emit(with_insights)
