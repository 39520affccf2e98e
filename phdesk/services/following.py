"""Read the insight that another one points to: a server calculates no `SavedInsightNode` itself."""

from phdesk.api.client import Client
from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.api.resources import insights
from phdesk.core.pointing import filled, pointed_id
from phdesk.models.insight import Insight

LONGEST = 4  # pointers to pointers; more than one is strange already
GONE = "The insight that this tile points to may be deleted, or belong to another project."


async def followed(
    client: Client, project: int, own: Insight, *, refresh: str, query_id: str | None = None
) -> Insight:
    """Give an insight the answer of the one that it points to; raises ApiError if there is none."""
    name, steps = pointed_id(own), 0
    while name and steps < LONGEST:
        found = await insights.find(client, project, name)
        if found is None or found.id is None:
            raise NotFoundError(GONE)
        name, steps, number = pointed_id(found), steps + 1, found.id
    if name or not steps:
        raise UnreadableError("This insight points to itself.")
    answer = await insights.get(client, project, number, refresh=refresh, client_query_id=query_id)
    return filled(own, answer)
