"""Views of one's own: name the filters that hold, take a named set, delete one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.views.dialogs import words
from phdesk.views.theme import Theme
from phdesk.views.widgets.pressing import Dialog

WIDTH, HEIGHT = 420, 440  # px
NAME = Qt.ItemDataRole.UserRole


class FilterViews(Dialog):
    """A field with a name, and the list; nothing happens here, wishes go up."""

    save_requested = Signal(str)  # name
    take_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Saved views")
        self._names: list[str] = []
        self._field = QLineEdit()
        self._save = QPushButton("Save")
        self._list = QListWidget(self)
        self._nobody = words.note(theme, "No view is saved yet. Views stay on this computer.")
        self._take = QPushButton("Show")
        self._delete = QPushButton("Delete")
        self._close = QPushButton("Close")
        self._arrange(theme)
        self._connect()
        self.resize(WIDTH, HEIGHT)
        self._judge()
        self._field.setFocus()

    def set_views(self, views: Sequence[tuple[str, str]]) -> None:
        """List views by name, with what each holds."""
        row = max(self._list.currentRow(), 0)
        self._names = [name for name, _ in views]
        self._list.clear()
        for place, (name, said) in enumerate(views, start=1):
            key = f"    Ctrl+Alt+{place}" if place <= 9 else ""
            item = QListWidgetItem(f"{name}{key}\n{said}")
            item.setData(NAME, name)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._nobody.setVisible(not views)
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the marked view with Delete."""
        if event.key() == Qt.Key.Key_Delete and self.focusWidget() is self._list:
            self._on_delete()
        else:
            super().keyPressEvent(event)

    def _arrange(self, theme: Theme) -> None:
        self._field.setPlaceholderText("Name for the filters that hold now")
        self._field.setAccessibleName("Name for the filters that hold now")
        self._list.setAccessibleName("Saved views")
        self._list.setProperty("ring", True)
        self._save.setProperty("primary", True)
        for button in (self._save, self._take, self._delete, self._close):
            button.setAutoDefault(False)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._field, 1)
        top.addWidget(self._save)
        for part in (self._take, self._delete):
            bottom.addWidget(part)
        bottom.addStretch(1)
        bottom.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Saved views", theme))
        column.addLayout(top)
        column.addWidget(self._nobody)
        column.addWidget(self._list, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._judge)
        self._field.returnPressed.connect(self._on_save)
        self._save.clicked.connect(self._on_save)
        self._list.itemActivated.connect(self._on_take)
        self._list.currentRowChanged.connect(self._judge)
        self._take.clicked.connect(self._on_take)
        self._delete.clicked.connect(self._on_delete)
        self._close.clicked.connect(self.reject)

    @property
    def _current(self) -> str:
        row = self._list.currentRow()
        return str(self._list.item(row).data(NAME)) if row >= 0 else ""

    @Slot()
    def _judge(self) -> None:
        name = self._field.text().strip()
        self._save.setEnabled(bool(name))
        self._save.setText("Replace" if name in self._names else "Save")
        for button in (self._take, self._delete):
            button.setEnabled(bool(self._current))

    @Slot()
    def _on_save(self) -> None:
        name = self._field.text().strip()
        if name:
            self._field.clear()
            self.save_requested.emit(name)

    @Slot()
    def _on_take(self) -> None:
        name = self._current
        if name:
            self.accept()
            self.take_requested.emit(name)

    @Slot()
    def _on_delete(self) -> None:
        if self._current:
            self.delete_requested.emit(self._current)
