"""Find events by their names (reference 10.3); scope `event_definition:read`."""

from msgspec import Struct, structs

from phdesk.api import decoding
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.decoding import Page
from phdesk.api.pagination import Params, read_all
from phdesk.models.definition import EventDefinition

MOST = 100  # a longer list is searched, not read
MOST_PAGES = 20  # that are read where the whole list is wanted


class Events(Struct, frozen=True, gc=False):
    """Events of a project; `whole` when there are no others."""

    items: tuple[EventDefinition, ...]
    whole: bool


async def find(client: Client, project_id: int, search: str = "") -> tuple[EventDefinition, ...]:
    """Return events of a project, those whose names PostHog finds fit."""
    params = [("limit", str(MOST))]
    if search:
        params.append(("search", search))
    call = Call(path="event_definitions/", params=tuple(params))
    answer = await client.in_project(project_id, call)
    return client.understood(decoding.event_definitions, answer.body).items


async def list_all(client: Client, project_id: int) -> Events:
    """Return the events of a project, the first two thousand of a longer list."""
    left = MOST_PAGES
    whole = True

    async def fetch(params: Params) -> Page[EventDefinition]:
        nonlocal left, whole
        answer = await client.in_project(project_id, Call(path="event_definitions/", params=params))
        page = client.understood(decoding.event_definitions, answer.body)
        left -= 1
        if left or not page.next:
            return page
        whole = False
        return structs.replace(page, next=None)

    items = await read_all(fetch, (("limit", str(MOST)),))
    return Events(items, whole)
