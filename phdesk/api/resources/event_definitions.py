"""Find events by their names (reference 10.3); scope `event_definition:read`."""

from phdesk.api import decoding
from phdesk.api.client import Call, Client
from phdesk.models.definition import EventDefinition

MOST = 100  # a longer list is searched, not read


async def find(client: Client, project_id: int, search: str = "") -> tuple[EventDefinition, ...]:
    """Return events of a project, those whose names PostHog finds fit."""
    params = [("limit", str(MOST))]
    if search:
        params.append(("search", search))
    call = Call(path="event_definitions/", params=tuple(params))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.event_definitions, answer.body).items
