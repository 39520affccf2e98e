"""What a watch may have besides: how often it must be so, when it is well again, reminders."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from phdesk.models.watch import Watch
from phdesk.views.widgets.quiet import QuietNumber

LONGEST = 60 * 24 * 7  # minutes


class MoreFields(QWidget):
    """Hidden at first; most watches need none of it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(200)
        self._checks = _count("Results in a row", 1, 1000)
        self._back = _count("How far it must come back", 0, 100, " %")
        self._unfinished = QCheckBox("Judge the &unfinished one, too")
        self._remind = _count("Remind again after", 0, LONGEST, " min")
        self._rest = _count("Rest between two notices", 0, LONGEST, " min")
        self._remind.setSpecialValueText("never")
        self._rest.setSpecialValueText("none")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("&Name", self.name)
        form.addRow("Only after so &many results in a row", self._checks)
        form.addRow("&Well again when back by", self._back)
        form.addRow("&Remind again after", self._remind)
        form.addRow("R&est between two notices", self._rest)
        form.addRow(self._unfinished)
        self.name.textEdited.connect(self.changed)
        for field in (self._checks, self._back, self._remind, self._rest):
            field.valueChanged.connect(self.changed)
        self._unfinished.clicked.connect(self.changed)

    def set_watch(self, watch: Watch) -> None:
        """Show what a watch has."""
        self.name.setText(watch.name)
        self._checks.setValue(watch.checks)
        self._back.setValue(round(watch.hysteresis * 100))
        self._unfinished.setChecked(watch.unfinished)
        self._remind.setValue(watch.remind_minutes)
        self._rest.setValue(watch.cooldown_minutes)

    def put(self, watch: Watch) -> Watch:
        """Give a watch what the fields say."""
        return replace(
            watch,
            name=self.name.text().strip(),
            checks=self._checks.value(),
            hysteresis=self._back.value() / 100,
            unfinished=self._unfinished.isChecked(),
            remind_minutes=self._remind.value(),
            cooldown_minutes=self._rest.value(),
        )


def _count(name: str, least: int, most: int, unit: str = "") -> QSpinBox:
    field = QuietNumber()
    field.setAccessibleName(name)
    field.setRange(least, most)
    field.setSuffix(unit)
    return field
