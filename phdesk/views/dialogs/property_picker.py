"""Pick a property by a few letters, of events, persons and more; any name may be typed as well."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.names import Groups, property_name
from phdesk.core.property_kinds import ELEMENT, OF_DASHBOARDS, Kinds, offered, typed
from phdesk.models.definition import PropertyDefinition
from phdesk.models.failure import Failure
from phdesk.views.dialogs.sought_list import SoughtList
from phdesk.views.theme import Theme

READING = "Reading the list of properties…"
NONE = "PostHog lists none. Type the property's exact name."


class PropertyPicker(QWidget):
    """Offers what the server knows, and the letters themselves as an exact name."""

    wanted = Signal(str, str)  # kind, search: ask the server
    chosen = Signal(object)  # PropertyDefinition

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        kinds: Kinds = OF_DASHBOARDS,
        groups: Groups = (),
    ) -> None:
        super().__init__(parent)
        self._groups = groups
        self._known: dict[str, dict[str, PropertyDefinition]] = {kind: {} for kind, _ in kinds}
        self.sought = SoughtList(theme, kinds, "Find a property", "Properties")
        self.sought.wanted.connect(self._ask)
        self.sought.changed.connect(self._show)
        self.sought.picked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sought)
        self.setFocusProxy(self.sought)

    def start(self) -> None:
        """Ask for what can be offered at once."""
        self.sought.start()

    def set_properties(self, kind: str, found: Sequence[PropertyDefinition]) -> None:
        """Offer what the server knows."""
        self._known.setdefault(kind, {}).update({one.name: one for one in found})
        if kind == self.sought.kind:
            self.sought.say("" if self._known[kind] else NONE)
            self._show_more()

    def set_failure(self, failure: Failure) -> None:
        """Say why there is no list; a name can be typed all the same."""
        self.sought.say(f"{failure.message} Type the property's exact name.")
        self._show()

    def names(self) -> list[str]:
        """Give the properties that are offered."""
        return [one.name for _, one in self._fitting()]

    @Slot()
    def _show(self) -> None:
        self.sought.offer(self._fitting())

    def _show_more(self) -> None:
        """List what has come; what a person has walked to stays marked."""
        held, fitting = self.sought.walked, self._fitting()
        name = held.name if isinstance(held, PropertyDefinition) else ""
        self.sought.offer(fitting, next((one for _, one in fitting if one.name == name), None))

    def _fitting(self) -> list[tuple[str, PropertyDefinition]]:
        kind, letters = self.sought.kind, self.sought.letters
        known = ((one, _label(one)) for one in self._known[kind].values())
        listed = [*offered(kind, self._groups), *known]
        folded = letters.lower()
        fitting = [
            (label, one)
            for one, label in listed
            if folded in label.lower() or folded in one.name.lower()
        ]
        if letters and all(one.name != letters for one, _ in listed):
            fitting.append((f"“{letters}” as typed", typed(letters, kind)))
        return fitting

    @Slot(str, str)
    def _ask(self, kind: str, letters: str) -> None:
        if kind == ELEMENT:  # nobody keeps a list of them
            self.sought.say("")
            return
        if not self._known[kind]:
            self.sought.say(READING)
        self.wanted.emit(kind, letters)


def _label(one: PropertyDefinition) -> str:
    name = property_name(one.name)
    return name if name == one.name else f"{name}   {one.name}"
