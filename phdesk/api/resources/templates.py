"""List templates of dashboards (reference 3.7); scope `dashboard_template:read`."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.template import DashboardTemplate


async def list_all(client: Client, project_id: int) -> tuple[DashboardTemplate, ...]:
    """Return the templates that a project can use, in the server's order."""

    async def fetch(params: Params) -> Page[DashboardTemplate]:
        answer = await client.in_project(
            project_id, Call(path="dashboard_templates/", params=params)
        )
        return client.understood(decoding.templates, answer.body)

    return await read_all(fetch, ())
