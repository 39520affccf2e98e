"""List the types of groups (reference section 10)."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.models.group_type import GroupType


async def list_all(client: Client, project_id: int) -> tuple[GroupType, ...]:
    """Return a project's types of groups with their names, in the server's order."""
    answer = await client.in_project(project_id, Call(path="groups_types/"))
    return client.understood(decoding.group_types, answer.body).items
