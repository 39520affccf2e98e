"""One event or action, and the button that chooses it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from phdesk.core.building.series import action_entity, entity, event_entity, replaced
from phdesk.core.names import event_name
from phdesk.views.building.control import Control
from phdesk.views.building.event_picker import EventPopover, Picked
from phdesk.views.building.rows import WordsButton
from phdesk.views.building.sources import Sources
from phdesk.views.theme import Theme

CHOOSE = "Choose an event"


class EventButton(WordsButton):
    """Names an event; opens the choice of another."""

    chosen = Signal(object)  # Picked

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, "search", parent)
        self._now, self._sources = theme, sources
        self.clicked.connect(self.open)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._now = theme
        super().set_theme(theme)

    @Slot()
    def open(self) -> None:
        """Open the choice."""
        made = EventPopover(self._now, self._sources, self.window())
        made.chosen.connect(self.chosen)
        made.start()
        made.open_below(self)


class EventControl(Control):
    """An entity of retention: what people did, or came back to."""

    def __init__(self, theme: Theme, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(theme, sources, parent)
        self._button = EventButton(theme, sources, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button, 1)
        self._button.chosen.connect(self._on_chosen)

    def show_value(self) -> None:
        """Name the event."""
        held = entity(self.draft, self.field.name)
        said = held.label if held is not None else CHOOSE
        self._button.set_words(said, f"{self.field.label}: {said}")
        self._button.setEnabled(held is None or not held.fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        super().set_theme(theme)
        self._button.set_theme(theme)

    @property
    def taker(self) -> QWidget:
        """Give the part that takes the keyboard."""
        return self._button

    @Slot(object)
    def _on_chosen(self, picked: Picked) -> None:
        if picked.action is not None:
            node = action_entity(picked.action, picked.name or event_name(None))
        else:
            node = event_entity(picked.name)
        self.give(replaced(self.draft, self.field.name, node))
