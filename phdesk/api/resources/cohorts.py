"""Find cohorts by their names (reference 10.4); scope `cohort:read`."""

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.definition import CohortDefinition

PAGE_SIZE = 200


async def find(client: Client, project_id: int, search: str = "") -> tuple[CohortDefinition, ...]:
    """Return cohorts whose names contain a text, in the server's order.

    The reference names no search of cohorts, so all are read and looked through here.
    """

    async def fetch(params: Params) -> Page[CohortDefinition]:
        answer = await client.in_project(project_id, Call(path="cohorts/", params=params))
        return client.understood(decoding.cohort_definitions, answer.body)

    found = await read_all(fetch, (("limit", str(PAGE_SIZE)),))
    wanted = search.casefold()
    return tuple(one for one in found if wanted in one.name.casefold())
