"""List data colour themes (reference 7.2)."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.color_theme import ColorTheme


async def list_all(client: Client, project_id: int) -> tuple[ColorTheme, ...]:
    """Return the themes of a project with the global ones, in the server's order."""

    async def fetch(params: Params) -> Page[ColorTheme]:
        answer = await client.in_project(project_id, Call(path="data_color_themes/", params=params))
        return client.understood(decoding.color_themes, answer.body)

    return await read_all(fetch, (("limit", "200"),))
