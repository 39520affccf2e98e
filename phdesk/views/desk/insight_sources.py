"""Answers the wishes of a page on which an insight is built: events, properties, values."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from phdesk.models.definition import ActionDefinition, CohortDefinition, EventDefinition
from phdesk.models.failure import Failure
from phdesk.services.calls import NOBODY
from phdesk.services.definitions import find_actions, find_cohorts, find_events
from phdesk.services.filters import CHOICES
from phdesk.services.online import Online
from phdesk.services.session import Session
from phdesk.views.building.sources import Sources
from phdesk.views.desk.desk import Desk

Found = Sequence[EventDefinition | ActionDefinition | CohortDefinition]
FIND: Mapping[str, Callable[[Session, str], Awaitable[Found]]] = {
    "event": find_events,
    "action": find_actions,
    "cohort": find_cohorts,
}


class InsightSources(QObject):
    """Asks through whatever network the window has; what came is remembered for the session."""

    def __init__(self, desk: Desk, sources: Sources) -> None:
        super().__init__(sources)
        self._desk, self._sources = desk, sources
        self._online: Online | None = None
        self._known: dict[tuple[str, str], Found] = {}
        sources.properties_wanted.connect(self._on_properties)
        sources.values_wanted.connect(self._on_values)
        sources.events_wanted.connect(self._on_events)
        sources.variables_wanted.connect(self._on_variables)
        sources.choices_wanted.connect(self._on_choices)

    @Slot()
    def forget(self) -> None:
        """Ask anew: another account or project is shown."""
        self._known.clear()

    def _ready(self) -> Online | None:
        """Listen to the network of the moment."""
        online = self._desk.online
        if online is not None and online is not self._online:
            self._online = online
            online.filters.properties_came.connect(self._sources.properties_came)
            online.filters.values_came.connect(self._sources.values_came)
            online.filters.variables_came.connect(self._sources.variables_came)
            online.filters.choices_came.connect(self._sources.choices_came)
            online.filters.refused.connect(self._sources.refused)
            online.calls.changed.connect(self.forget)
        return online

    @Slot(str, str)
    def _on_properties(self, kind: str, search: str) -> None:
        online = self._ready()
        if online is None:
            self._sources.refused.emit("properties", NOBODY)
        else:
            online.filters.find_properties(kind, search)

    @Slot(str, str, str)
    def _on_values(self, kind: str, key: str, search: str) -> None:
        online = self._ready()
        if online is None:
            self._sources.refused.emit("values", NOBODY)
        else:
            online.filters.find_values(kind, key, search)

    @Slot()
    def _on_variables(self) -> None:
        online = self._ready()
        if online is None:
            self._sources.refused.emit("variables", NOBODY)
        else:
            online.filters.find_variables()

    @Slot(str)
    def _on_choices(self, number: str) -> None:
        online = self._ready()
        if online is None:
            self._sources.refused.emit(CHOICES, NOBODY)
        else:
            online.filters.find_choices(number)

    @Slot(str, str)
    def _on_events(self, kind: str, search: str) -> None:
        online, known = self._ready(), self._known.get((kind, search))
        if known is not None:
            self._sources.events_came.emit(kind, search, known)
        elif online is None:
            self._sources.refused.emit(kind, NOBODY)
        else:
            online.calls.ask(
                partial(_found, kind, search),
                done=partial(self._came, kind, search),
                failed=partial(self._failed, kind),
                tag=f"{kind}s to build with, {self._desk.viewer}",
            )

    def _came(self, kind: str, search: str, found: Found) -> None:
        self._known[kind, search] = found
        self._sources.events_came.emit(kind, search, found)

    def _failed(self, kind: str, failure: Failure) -> None:
        self._sources.refused.emit(kind, failure)


async def _found(kind: str, search: str, session: Session) -> Found:
    return await FIND[kind](session, search)
