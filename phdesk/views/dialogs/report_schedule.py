"""When a report is made by itself, and into which folder."""

from PySide6.QtCore import QTime, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.models.report import ReportFormat, Schedule
from phdesk.views.widgets.quiet import Choice, Clock, QuietNumber

EVERY = (("Every day", "day"), ("Every week", "week"), ("Every month", "month"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ScheduleFields(QWidget):
    """Off at first."""

    changed = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = QCheckBox("Make it &by itself")
        self._every, self._weekday = Choice(), Choice()
        for text, value in EVERY:
            self._every.addItem(text, value)
        self._every.setCurrentIndex(1)
        self._every.setAccessibleName("How often")
        self._weekday.addItems(WEEKDAYS)
        self._weekday.setAccessibleName("Day of the week")
        self._day, self._at = QuietNumber(), Clock()
        self._at.setTime(QTime(7, 0))
        self._day.setRange(1, 28)
        self._day.setPrefix("day ")
        self._day.setAccessibleName("Day of the month")
        self._at.setDisplayFormat("HH:mm")
        self._at.setAccessibleName("Time")
        self._folder, self._choose = QLineEdit(folder), QPushButton("Choose…")
        self._folder.setAccessibleName("Folder")
        self._choose.setAccessibleName("Choose a folder")
        self._lay_out()
        self._connect()
        self._update()

    @property
    def on(self) -> bool:
        """Tell whether the report is to be made by itself."""
        return self._on.isChecked()

    @property
    def good(self) -> bool:
        """Tell whether there is a folder to put it in."""
        return not self.on or bool(self._folder.text().strip())

    def schedule(self, form: ReportFormat) -> Schedule | None:
        """Give what is chosen; None where it is off."""
        if not self.on:
            return None
        at = self._at.time()
        every = self._every.currentData()
        return Schedule(
            every=every,
            weekday=self._weekday.currentIndex() if every == "week" else 0,
            day=self._day.value() if every == "month" else 1,
            at=at.hour() * 60 + at.minute(),
            folder=self._folder.text().strip(),
            formats=(form,),
        )

    def _lay_out(self) -> None:
        when, where = QHBoxLayout(), QHBoxLayout()
        for part in (self._every, self._weekday, self._day, self._at):
            when.addWidget(part)
        when.addStretch(1)
        where.addWidget(self._folder, 1)
        where.addWidget(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._on)
        column.addLayout(when)
        column.addLayout(where)

    def _connect(self) -> None:
        self._on.toggled.connect(self._update)
        self._every.currentIndexChanged.connect(self._update)
        self._weekday.currentIndexChanged.connect(self._update)
        self._day.valueChanged.connect(self._update)
        self._at.timeChanged.connect(self._update)
        self._folder.textChanged.connect(self._update)
        self._choose.clicked.connect(self._ask_folder)

    @Slot()
    def _update(self) -> None:
        every = self._every.currentData()
        for part in (self._every, self._at, self._folder, self._choose):
            part.setVisible(self.on)
        self._weekday.setVisible(self.on and every == "week")
        self._day.setVisible(self.on and every == "month")
        self.changed.emit()

    @Slot()
    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "Folder of the reports", self._folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
