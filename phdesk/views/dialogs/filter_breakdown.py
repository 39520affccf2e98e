"""Choose the property by which all tiles, or one insight, are broken down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.names import Groups
from phdesk.core.property_kinds import OF_DASHBOARDS, Kinds
from phdesk.models.definition import PropertyDefinition
from phdesk.models.failure import Failure
from phdesk.views.dialogs.popover import Popover
from phdesk.views.dialogs.property_picker import PropertyPicker
from phdesk.views.theme import Theme

WIDTH = 320  # px
ALL_TILES = "Break down all tiles"


class BreakdownPopover(Popover):
    """One property is enough: of a dashboard it takes the place of each tile's own breakdown."""

    properties_wanted = Signal(str, str)  # kind, search
    chosen = Signal(object)  # PropertyDefinition

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        title: str = ALL_TILES,
        kinds: Kinds = OF_DASHBOARDS,
        groups: Groups = (),
    ) -> None:
        super().__init__(title, parent)
        self._picker = PropertyPicker(theme, kinds=kinds, groups=groups)
        self._picker.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._picker)
        self._picker.wanted.connect(self.properties_wanted)
        self._picker.chosen.connect(self._on_chosen)

    def start(self) -> None:
        """Begin, once somebody answers the wishes."""
        self._picker.start()
        self._picker.setFocus()

    @Slot(str, str, object)
    def take_properties(self, kind: str, _search: str, found: Sequence[PropertyDefinition]) -> None:
        """Offer properties."""
        self._picker.set_properties(kind, found)

    @Slot(str, object)
    def take_failure(self, _what: str, failure: Failure) -> None:
        """Say what cannot be offered."""
        self._picker.set_failure(failure)

    @Slot(object)
    def _on_chosen(self, one: PropertyDefinition) -> None:
        self.accept()
        self.chosen.emit(one)
