"""List, read, make and change dashboards (reference 3.1, 3.2, 3.4 and 3.5)."""

from collections.abc import Mapping

from msgspec import json

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.overrides import Filters, override_params
from phdesk.api.pagination import Params, read_all
from phdesk.models.dashboard import Dashboard, DashboardRow

PAGE_SIZE = 200


async def rows(client: Client, project_id: int) -> tuple[DashboardRow, ...]:
    """Return all dashboards of a project, without their tiles."""

    async def fetch(params: Params) -> Page[DashboardRow]:
        answer = await client.in_project(project_id, Call(path="dashboards/", params=params))
        return client.understood(decoding.dashboard_rows, answer.body)

    return await read_all(fetch, (("limit", str(PAGE_SIZE)),))


async def probe(client: Client, project_id: int) -> None:
    """Find out whether the key may read dashboards of a project; raises if not."""
    await client.in_project(project_id, Call(path="dashboards/", params=(("limit", "1"),)))


async def get(
    client: Client,
    project_id: int,
    dashboard_id: int,
    *,
    refresh: str = "force_cache",
    filters_override: Filters | None = None,
    variables_override: Filters | None = None,
) -> Dashboard:
    """Return a dashboard with the results that the server has.

    Do not ask for `blocking`: it calculates all tiles in one call, and one that fails takes the
    others with it. Refresh tiles one by one instead.
    """
    params = (("refresh", refresh), *override_params(filters_override, variables_override))
    call = Call(
        path=f"dashboards/{dashboard_id}/", params=params, blocking=refresh.endswith("blocking")
    )
    return _read(client, (await client.in_project(project_id, call)).body)


async def create(client: Client, project_id: int, body: Mapping[str, object]) -> Dashboard:
    """Make a dashboard: empty, from a template or a copy; needs the scope `dashboard:write`.

    The call is never repeated by itself: nobody knows whether the first one arrived.
    """
    call = Call(method="POST", path="dashboards/", body=json.encode(body))
    return _read(client, (await client.in_project(project_id, call)).body)


async def save(
    client: Client, project_id: int, dashboard_id: int, changes: Mapping[str, object]
) -> Dashboard:
    """Change what is named and nothing else; needs the scope `dashboard:write`.

    The answer may lack results, or have those of the saved filters: take names, layouts and looks
    from it. The call is never repeated by itself: nobody knows whether the first one arrived.
    `filters` are replaced as a whole, and explicit nulls clear them; `{}` changes nothing.
    """
    call = Call(method="PATCH", path=f"dashboards/{dashboard_id}/", body=json.encode(changes))
    return _read(client, (await client.in_project(project_id, call)).body)


def _read(client: Client, body: bytes) -> Dashboard:
    found = client.understood(decoding.dashboard, body)
    if not found.row.id:
        raise client.not_posthog("The answer is not a dashboard.")
    return found
