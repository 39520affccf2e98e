"""Pick an event or an action by a few letters; the exact name of an event may be typed as well."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from phdesk.core.names import event_name
from phdesk.models.definition import ActionDefinition, CohortDefinition, EventDefinition
from phdesk.models.failure import Failure
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs import words
from phdesk.views.dialogs.popover import Popover
from phdesk.views.dialogs.property_picker import AFTER_TYPING
from phdesk.views.theme import Theme
from phdesk.views.widgets.walking import walked_list

Definition = EventDefinition | ActionDefinition | CohortDefinition
PICKED = Qt.ItemDataRole.UserRole
KINDS = (("event", "Events"), ("action", "Actions"))
ALL_USERS = "All users"
COHORTS = (("cohort", "In the cohort"), ("cohort out", "Not in it"))
WIDTH, HEIGHT = 340, 260  # px
READING = {
    "event": "Reading the list of events…",
    "action": "Reading the list of actions…",
    "cohort": "Reading the list of cohorts…",
}
NONE_FOUND = {
    "event": "No event of this name was found.",
    "action": "No action of this name was found.",
    "cohort": "No cohort of this name was found.",
}


class Picked(Struct, frozen=True, gc=False):
    """An event by its name, None for all events; or an action or cohort by its number."""

    name: str | None
    action: int | None = None
    kind: str = "event"  # the button under which it was found


class EventPopover(Popover):
    """The keyboard stays in the field; arrows walk along the list, Enter takes one."""

    chosen = Signal(object)  # Picked
    kinds: Sequence[tuple[str, str]] = KINDS
    everybody = False  # whether all users may be picked
    title, sought = "Event or action", "Find an event or action"
    offered = "Events and actions"

    def __init__(
        self, theme: Theme, sources: Sources, parent: QWidget | None = None, *, every: bool = True
    ) -> None:
        super().__init__(self.title, parent)
        self._sources = sources
        self._every = every  # whether all events together may be chosen
        self._kind = self.kinds[0][0]
        self._known: dict[str, dict[Picked, str]] = {kind: {} for kind, _ in self.kinds}
        self._answered: set[tuple[str, str]] = set()
        self._list, self._field = walked_list(self)
        self._kinds = [QRadioButton(label) for _, label in self.kinds]
        self._note = words.note(theme)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_TYPING)
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Ask for what can be offered at once."""
        self._ask()
        self._show()
        self._field.setFocus()

    def names(self) -> list[str]:
        """Give what is offered."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @Slot(str, str, object)
    def take_events(
        self,
        kind: str,
        search: str,
        found: Sequence[Definition],
    ) -> None:
        """Offer what the server knows."""
        for which in (one for one in self._known if _asked(one) == kind):
            for one in found:
                picked = _picked(one, which)
                self._known[which][picked] = _label(picked)
        self._answered.add((kind, search))
        if kind == _asked(self._kind):
            held = self._list.currentItem() if self._walked else None
            self._show(held.data(PICKED) if held is not None else None)

    @Slot(str, object)
    def take_failure(self, what: str, failure: Failure) -> None:
        """Say why there is no list; the name of an event can be typed all the same."""
        if what == _asked(self._kind):
            more = " Type the event's exact name." if what == "event" else ""
            self._note.setText(f"{failure.message}{more}")

    def _arrange(self) -> None:
        self._field.setPlaceholderText(self.sought)
        self._field.setAccessibleName(self.sought)
        self._list.setAccessibleName(self.offered)
        self._list.setFixedHeight(HEIGHT)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        segments = QHBoxLayout()
        segments.setSpacing(6)
        for button in self._kinds:
            button.setProperty("segment", True)
            segments.addWidget(button)
        segments.addStretch(1)
        self._kinds[0].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addLayout(segments)
        column.addWidget(self._list)
        column.addWidget(self._note)
        self.setFixedWidth(WIDTH)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._take)
        self._list.itemClicked.connect(self._on_clicked)
        self._rest.timeout.connect(self._ask)
        for button in self._kinds:
            button.toggled.connect(self._on_kind)
        self._sources.events_came.connect(self.take_events)
        self._sources.refused.connect(self.take_failure)

    def _show(self, held: Picked | None = None) -> None:
        """List what fits the letters; at the end the letters themselves, as an exact name.

        What a person has walked to is `held`, whatever else has come meanwhile.
        """
        search = self._field.text().strip()
        folded, known = search.casefold(), self._known[self._kind]
        doubled = Counter(known.values())
        fitting = [
            (f"{label}   number {one.action}" if doubled[label] > 1 else label, one)
            for one, label in known.items()
            if folded in label.casefold() or folded in (one.name or "").casefold()
        ]
        fitting.sort(key=lambda one: not _begins(one[0], folded))  # keeps the order otherwise
        every = event_name(None)
        if self._kind == "event" and self._every and folded in every.casefold():
            fitting.insert(0, (every, Picked(None)))
        if self.everybody and folded in ALL_USERS.casefold():
            fitting.append((ALL_USERS, Picked(None, None, self._kind)))
        is_name = any(one.name == search for one in known)
        if self._kind == "event" and search and not is_name:
            fitting.append((f"“{search}” as typed", Picked(search)))
        self._list.clear()
        for label, one in fitting:
            item = QListWidgetItem(label)
            item.setData(PICKED, one)
            self._list.addItem(item)
        every_one = [one for _, one in fitting]
        first = 0 if fitting else -1
        self._list.setCurrentRow(every_one.index(held) if held in every_one else first)
        kind = _asked(self._kind)
        waits = (kind, search) not in self._answered and not known
        self._note.setText(READING[kind] if waits else self._none(bool(fitting)))

    @property
    def _walked(self) -> bool:
        """Tell whether a person has gone on from what is offered first."""
        return self._list.currentRow() > 0

    def _none(self, found: bool) -> str:  # noqa: FBT001
        return "" if found else NONE_FOUND[_asked(self._kind)]

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._show()
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self._sources.events_wanted.emit(_asked(self._kind), self._field.text().strip())

    @Slot(bool)
    def _on_kind(self, _checked: bool) -> None:  # noqa: FBT001  a signal's argument
        kind = next(
            name for (name, _), b in zip(self.kinds, self._kinds, strict=True) if b.isChecked()
        )
        if kind != self._kind:
            self._kind = kind
            self._show()
            self._ask()

    @Slot()
    def _take(self) -> None:
        self._give(self._list.currentItem())

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._give(item)

    def _give(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            picked = item.data(PICKED)
            self.accept()
            self.chosen.emit(picked)


class CohortPopover(EventPopover):
    """Picks a cohort in which people are, or are not."""

    kinds: Sequence[tuple[str, str]] = COHORTS
    title = offered = "Cohorts"
    sought = "Find a cohort"


class CohortsPopover(CohortPopover):
    """Picks a cohort to break down by, or everybody beside them."""

    kinds = (("cohort", "Cohorts"),)
    everybody = True


def _asked(kind: str) -> str:
    """Name what is asked for under a button."""
    return kind.partition(" ")[0]


def _picked(one: Definition, kind: str) -> Picked:
    if isinstance(one, ActionDefinition):
        return Picked(one.name or f"Action {one.id}", one.id, kind)
    if isinstance(one, CohortDefinition):
        return Picked(one.name or f"Cohort {one.id}", one.id, kind)
    return Picked(one.name)


def _label(one: Picked) -> str:
    if one.action is not None:
        return one.name or ""
    name = event_name(one.name)
    return name if name == one.name else f"{name}   {one.name}"


def _begins(label: str, folded: str) -> bool:
    """Tell whether an event begins with what is sought, or a word of its name does."""
    return any(part.casefold().startswith(folded) for part in (label, *label.split()))
