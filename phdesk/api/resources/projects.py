"""List and read projects (reference 2.3)."""

from phdesk.api import decoding
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.account import Project


async def list_all(client: Client) -> tuple[Project, ...]:
    """Return every project that the user can see; a key made for some projects is refused."""

    async def fetch(params: Params) -> Page[Project]:
        body = await client.get("/api/projects/", dict(params))
        return client.understood(decoding.projects, body)

    return await read_all(fetch, (("limit", "200"),))


async def get(client: Client, project_id: int) -> Project:
    """Return one project with its details."""
    found = client.understood(decoding.project, await client.get(f"/api/projects/{project_id}/"))
    if not found.id:
        raise client.not_posthog("The answer is not a project.")
    return found
