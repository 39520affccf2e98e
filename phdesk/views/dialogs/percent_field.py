"""A whole percentage that a person sets; the file of the settings may say another meanwhile."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from phdesk.views.widgets.quiet import QuietNumber


class PercentField(QuietNumber):
    """Says what was set by a person alone, and shows what is set elsewhere while nobody types."""

    percent_changed = Signal(int)

    def __init__(self, least: int, most: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = -1
        self.setRange(least, most)
        self.setSingleStep(5)
        self.setSuffix(" %")
        self.setKeyboardTracking(False)  # a number that is half typed is none
        self.setAccessibleName(name)
        self.valueChanged.connect(self._on_value)

    def set_percent(self, percent: int) -> None:
        """Show what holds, within what can be set."""
        self._known = min(self.maximum(), max(self.minimum(), percent))
        if not self.hasFocus():
            self.setValue(self._known)

    @Slot(int)
    def _on_value(self, percent: int) -> None:
        if percent != self._known:
            self._known = percent
            self.percent_changed.emit(percent)
