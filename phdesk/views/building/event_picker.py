"""Pick an event or an action by a few letters; the exact name of an event may be typed as well."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from phdesk.core.names import event_name
from phdesk.models.definition import ActionDefinition, CohortDefinition, EventDefinition
from phdesk.models.failure import Failure
from phdesk.views.building.sources import Sources
from phdesk.views.dialogs.popover import Popover
from phdesk.views.dialogs.sought_list import Kinds, SoughtList
from phdesk.views.theme import Theme

Definition = EventDefinition | ActionDefinition | CohortDefinition
KINDS = (("event", "Events"), ("action", "Actions"))
ALL_USERS = "All users"
COHORTS = (("cohort", "In the cohort"), ("cohort out", "Not in it"))
WIDTH = 340  # px
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
    """Offers what the server knows, and the letters themselves as the exact name of an event."""

    chosen = Signal(object)  # Picked
    kinds: Kinds = KINDS
    everybody = False  # whether all users may be picked
    title, field = "Event or action", "Find an event or action"
    offered = "Events and actions"

    def __init__(
        self, theme: Theme, sources: Sources, parent: QWidget | None = None, *, every: bool = True
    ) -> None:
        super().__init__(self.title, parent)
        self._sources = sources
        self._every = every  # whether all events together may be chosen
        self._known: dict[str, dict[Picked, str]] = {kind: {} for kind, _ in self.kinds}
        self._answered: set[tuple[str, str]] = set()
        self.sought = SoughtList(theme, self.kinds, self.field, self.offered)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.sought)
        self.setFixedWidth(WIDTH)
        self.sought.wanted.connect(self._ask)
        self.sought.changed.connect(self._show)
        self.sought.picked.connect(self._take)
        sources.events_came.connect(self.take_events)
        sources.refused.connect(self.take_failure)

    def start(self) -> None:
        """Ask for what can be offered at once."""
        self.sought.start()
        self.sought.setFocus()

    def names(self) -> list[str]:
        """Give what is offered."""
        return self.sought.labels()

    @Slot(str, str, object)
    def take_events(
        self,
        kind: str,
        search: str,
        found: Sequence[Definition],
    ) -> None:
        """Offer what the server knows; what a person has walked to stays marked."""
        for which in (one for one in self._known if _asked(one) == kind):
            for one in found:
                picked = _picked(one, which)
                self._known[which][picked] = _label(picked)
        self._answered.add((kind, search))
        if kind == _asked(self.sought.kind):
            self._offer(self.sought.walked)

    @Slot(str, object)
    def take_failure(self, what: str, failure: Failure) -> None:
        """Say why there is no list; the name of an event can be typed all the same."""
        if what == _asked(self.sought.kind):
            more = " Type the event's exact name." if what == "event" else ""
            self.sought.say(f"{failure.message}{more}")

    @Slot()
    def _show(self) -> None:
        self._offer(None)

    def _offer(self, marked: object) -> None:
        """List what fits the letters; at the end the letters themselves, as an exact name."""
        which, letters = self.sought.kind, self.sought.letters
        folded, known = letters.casefold(), self._known[which]
        doubled = Counter(known.values())
        fitting = [
            (f"{label}   number {one.action}" if doubled[label] > 1 else label, one)
            for one, label in known.items()
            if folded in label.casefold() or folded in (one.name or "").casefold()
        ]
        fitting.sort(key=lambda one: not _begins(one[0], folded))  # keeps the order otherwise
        every = event_name(None)
        if which == "event" and self._every and folded in every.casefold():
            fitting.insert(0, (every, Picked(None)))
        if self.everybody and folded in ALL_USERS.casefold():
            fitting.append((ALL_USERS, Picked(None, None, which)))
        is_name = any(one.name == letters for one in known)
        if which == "event" and letters and not is_name:
            fitting.append((f"“{letters}” as typed", Picked(letters)))
        self.sought.offer(fitting, marked)
        kind = _asked(which)
        waits = (kind, letters) not in self._answered and not known
        found = "" if fitting else NONE_FOUND[kind]
        self.sought.say(READING[kind] if waits else found)

    @Slot(str, str)
    def _ask(self, kind: str, letters: str) -> None:
        self._sources.events_wanted.emit(_asked(kind), letters)

    @Slot(object)
    def _take(self, picked: Picked) -> None:
        self.accept()
        self.chosen.emit(picked)


class CohortPopover(EventPopover):
    """Picks a cohort in which people are, or are not."""

    kinds: Kinds = COHORTS
    title = offered = "Cohorts"
    field = "Find a cohort"


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
