"""Choose what kind of insight is built."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from phdesk.core.building.draft import Draft
from phdesk.core.building.starting import STARTS, kind_of
from phdesk.views.widgets.flow import FlowLayout
from phdesk.views.widgets.tooltips import plain_tip

GAP = 6  # px


class KindBar(QWidget):
    """One button a kind, of which one is pressed; goes on in a second row where it is narrow."""

    chosen = Signal(str)  # one of those that STARTS names

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Kind of insight")
        self._group = QButtonGroup(self)
        flow = FlowLayout(GAP, self)
        self._buttons: dict[str, QRadioButton] = {}
        for start in STARTS:
            button = QRadioButton(start.label, self)
            button.setProperty("segment", True)
            button.setToolTip(plain_tip(start.about))
            button.setAccessibleDescription(start.about)
            button.setProperty("kind", start.kind)
            self._group.addButton(button)
            self._buttons[start.kind] = button
            flow.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    def set_draft(self, draft: Draft) -> None:
        """Show of what kind a draft is."""
        now = kind_of(draft)
        for kind, button in self._buttons.items():
            if button.isChecked() != (kind == now):
                self._group.setExclusive(False)
                button.setChecked(kind == now)
                self._group.setExclusive(True)
        self.setEnabled(not draft.closed)

    @property
    def last(self) -> QWidget:
        """Give the button after which Tab leaves."""
        return list(self._buttons.values())[-1]

    @property
    def taker(self) -> QWidget:
        """Give the button that is pressed, which takes the keyboard."""
        return self._group.checkedButton() or next(iter(self._buttons.values()))

    @Slot(object)
    def _on_clicked(self, button: QRadioButton) -> None:
        self.chosen.emit(str(button.property("kind")))
