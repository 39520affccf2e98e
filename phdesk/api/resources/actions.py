"""Find actions by their names (reference 10.6); scope `action:read`."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.definition import ActionDefinition

PAGE_SIZE = 200


async def find(client: Client, project_id: int, search: str = "") -> tuple[ActionDefinition, ...]:
    """Return actions whose names contain a text, in the server's order.

    The reference names no search of actions, so all are read and looked through here.
    """

    async def fetch(params: Params) -> Page[ActionDefinition]:
        answer = await client.in_project(project_id, Call(path="actions/", params=params))
        return client.understood(decoding.action_definitions, answer.body)

    found = await read_all(fetch, (("limit", str(PAGE_SIZE)),))
    wanted = search.casefold()
    return tuple(one for one in found if wanted in one.name.casefold())
