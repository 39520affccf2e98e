"""Find what questions are made of; for single calls of a window (`services/calls`)."""

from phdesk.api.resources import actions, cohorts, event_definitions
from phdesk.models.definition import (
    ActionDefinition,
    CohortDefinition,
    EventDefinition,
    PropertyDefinition,
)
from phdesk.services.session import Session


async def find_events(session: Session, search: str = "") -> tuple[EventDefinition, ...]:
    """Find events of the project by their names."""
    return await event_definitions.find(session.client(), session.project.id, search)


async def find_actions(session: Session, search: str = "") -> tuple[ActionDefinition, ...]:
    """Find actions of the project by their names."""
    return await actions.find(session.client(), session.project.id, search)


async def find_properties(
    session: Session, kind: str, search: str = ""
) -> tuple[PropertyDefinition, ...]:
    """Find properties of events or persons by their names."""
    return await session.read_properties(kind, search)


async def find_cohorts(session: Session, search: str = "") -> tuple[CohortDefinition, ...]:
    """Find cohorts of the project by their names."""
    return await cohorts.find(session.client(), session.project.id, search)
