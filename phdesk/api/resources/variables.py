"""List SQL variables (reference 10.2)."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.models.definition import VariableDefinition


async def list_all(client: Client, project_id: int) -> tuple[VariableDefinition, ...]:
    """Return a project's SQL variables; one page holds 500."""
    answer = await client.in_project(project_id, Call(path="insight_variables/"))
    return client.understood(decoding.variable_definitions, answer.body).items
