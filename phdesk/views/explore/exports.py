"""What can be taken out of the focus view: rows as text, the table as a file, the picture."""

import re
from pathlib import Path

from PySide6.QtCore import QObject, QSaveFile, Qt, Signal, Slot
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
        """Write the whole table with raw values, whole or not at all."""
        if self._view is None:
            return
        rows, file = as_csv(self._view).encode(), QSaveFile(str(path))
        begun = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        # Of a full disk some of it may be taken without an error.
        if begun and file.write(rows) == len(rows) and file.commit():
            self.said.emit(f"Saved {path.name}.")
            return
        why = file.errorString() if file.error().value else "the disk is full"
        file.cancelWriting()
        self.said.emit(f"Could not save {path.name}: {why}.")

    @Slot(str)
    def _save_to(self, path: str) -> None:
        self.save_csv(Path(path))


def file_name(title: str) -> str:
    """Make a name for a file of a title."""
    return re.sub(r"[^\w-]+", "-", title).strip("-").lower()[:80] or "table"
