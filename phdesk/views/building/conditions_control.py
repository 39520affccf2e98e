"""The conditions on all events of an insight."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.building.conditions import Conditions, conditions, may_group, with_conditions
from phdesk.views.building.condition_list import ConditionList
from phdesk.views.building.control import Control
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme


class ConditionsControl(Control):
    """Conditions in groups, where the server takes groups."""

    wide = True

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._list = ConditionList(theme, sources, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        self._list.changed.connect(self._on_changed)

    def show_value(self) -> None:
        """Show the conditions."""
        name = self.field.name
        held = conditions(self.draft, name)
        self._list.set_names(self.around.cohorts, self.around.groups)
        self._list.set_conditions(held, "the insight", grouped=may_group(name))

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self._list.set_theme(theme)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._list.taker

    @Slot(object)
    def _on_changed(self, wanted: Conditions) -> None:
        self.give(with_conditions(self.draft, self.field.name, wanted))
