"""What can be taken out of the focus view: rows as text, the table as a file, the picture."""

import re
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from phdesk.core.charts.spec import TileView
from phdesk.core.plain import as_csv


class Exports(QObject):
    """Copies and saves, and says how it went."""

    said = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._view: TileView | None = None

    def set_view(self, view: TileView) -> None:
        """Take the tile whose table is saved."""
        self._view = view

    def copy_rows(self, rows: str) -> None:
        """Put rows on the clipboard."""
        if self._view and self._view.table.columns:
            QGuiApplication.clipboard().setText(rows)
            self.said.emit("Copied.")

    def copy_picture(self, part: QWidget) -> None:
        """Put the picture of a part on the clipboard."""
        QGuiApplication.clipboard().setPixmap(part.grab())
        self.said.emit("Copied as image.")

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file, and save the table there."""
        if self._view is None:
            return
        name = f"{file_name(self._view.title)}.csv"
        dialog = QFileDialog(self._page, "Save the table", name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def save_csv(self, path: Path) -> None:
        """Write the whole table with raw values."""
        if self._view is None:
            return
        try:
            path.write_text(as_csv(self._view), encoding="utf-8", newline="")
        except OSError as error:
            self.said.emit(f"Could not save {path.name}: {error.strerror or error}.")
        else:
            self.said.emit(f"Saved {path.name}.")

    @Slot(str)
    def _save_to(self, path: str) -> None:
        self.save_csv(Path(path))


def file_name(title: str) -> str:
    """Make a name for a file of a title."""
    return re.sub(r"[^\w-]+", "-", title).strip("-").lower()[:80] or "table"
