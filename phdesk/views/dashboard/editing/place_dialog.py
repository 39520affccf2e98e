"""Place and size of a tile by numbers: no dragging, no held keys."""

from typing import Literal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.grid.moves import TALLEST
from phdesk.core.grid.placement import COLUMNS, MOST_ROWS
from phdesk.models.dashboard import Box
from phdesk.views.theme import Theme
from phdesk.views.widgets.elided import ElidedLabel
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.quiet import QuietNumber

Purpose = Literal["move", "size"]


class PlaceDialog(Dialog):
    """Asks for column, row, width and height; people count from one."""

    def __init__(
        self, title: str, box: Box, smallest: tuple[int, int], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Place and size")
        self._column = _spin(box.x + 1, 1, COLUMNS)
        self._row = _spin(box.y + 1, 1, MOST_ROWS)
        self._width = _spin(box.w, min(smallest[0], box.w), COLUMNS)
        self._height = _spin(box.h, min(smallest[1], box.h), TALLEST)
        self._width.setSuffix(f" of {COLUMNS} columns")
        self._height.setSuffix(" rows")
        heading = ElidedLabel()
        heading.setText(title)
        heading.setFont(theme.font(15, 600))
        self._note = QLabel("Other tiles make room, and gaps close as on the dashboard.")
        self._note.setFont(theme.font(12))
        self._note.setProperty("tone", "muted")
        self._lay_out(heading)
        self._column.valueChanged.connect(self._fit)
        self._fit()

    @property
    def box(self) -> Box:
        """Give what was entered."""
        column, row = self._column.value() - 1, self._row.value() - 1
        return Box(column, row, self._width.value(), self._height.value())

    def open_for(self, purpose: Purpose) -> None:
        """Open with the keyboard in the field that is asked for."""
        self.open()
        field = self._column if purpose == "move" else self._width
        field.setFocus()
        field.selectAll()

    def _lay_out(self, heading: QLabel) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, field in (
            ("&Column", self._column),
            ("&Row", self._row),
            ("&Width", self._width),
            ("&Height", self._height),
        ):
            form.addRow(name, field)
            field.setAccessibleName(name.replace("&", ""))
        apply, cancel = QPushButton("Apply"), QPushButton("Cancel")
        apply.setProperty("primary", True)
        apply.setDefault(True)
        apply.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(self._note)
        column.addLayout(buttons)
        self.setMinimumWidth(360)

    @Slot()
    def _fit(self) -> None:
        """Let a tile be no wider than there is room at its right."""
        self._width.setMaximum(COLUMNS - self._column.value() + 1)


def _spin(value: int, least: int, most: int) -> QSpinBox:
    field = QuietNumber()
    field.setRange(least, most)
    field.setValue(value)
    field.setMinimumHeight(30)
    return field
